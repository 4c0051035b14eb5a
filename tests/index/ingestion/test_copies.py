"""The same report twice is one report, with every file that holds it known."""

from __future__ import annotations

import os
from pathlib import Path

import opencc
import pytest

from index.build import Summary, build
from index.storage.catalogue import Catalogue
from index.storage.entries import Copy
from tests import made_files
from tests.made_files import write

CLAUSES = (
    "地区生产总值完成2000亿元，增长6.5%",
    "一般公共预算收入150亿元，增长8%",
    "固定资产投资增长10%",
    "社会消费品零售总额增长9%",
    "规模以上工业增加值增长7%",
    "城镇新增就业5万人",
    "粮食总产量200万吨",
    "进出口总额增长12%",
)
WORK = (
    "坚持把发展作为第一要务，推动经济运行稳中向好",
    "深入实施创新驱动发展战略，培育壮大新兴产业",
    "扎实推进乡村振兴，粮食生产再获丰收",
    "持续改善生态环境，空气优良天数继续增加",
    "切实保障和改善民生，各项社会事业全面进步",
    "全面深化改革开放，营商环境不断优化",
)
TEXT = "\n".join(
    (
        "焦作市人民政府工作报告",
        "——2023年1月13日在焦作市第十四届人民代表大会第一次会议上",
        "各位代表：",
        "一、2022年工作回顾",
        *(
            f"2022年，全市{clause}。{work}。"
            for clause, work in zip(CLAUSES, WORK * 2, strict=False)
        ),
        "二、2023年主要目标",
        "2023年，全市经济社会发展的主要预期目标是：地区生产总值增长7%，财政收入增长6%。",
        *(
            f"第{n}，{work}，确保完成全年目标任务。"
            for n, work in zip("一二三四五六", WORK, strict=True)
        ),
    )
)
CUT = TEXT[: TEXT.index("二、2023")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "reports"


def built(folder: Path, *, prune: bool = False) -> Summary:
    return build([folder], data=folder.parent / "data", prune=prune)


def stored(folder: Path) -> tuple[list[str], list[Copy]]:
    with Catalogue.open(folder.parent / "data") as catalogue:
        return [each.document for each in catalogue.reports()], catalogue.sources.copies()


def test_other_encodings_scripts_and_formats_are_copies(folder: Path) -> None:
    write(folder / "a.txt", TEXT.encode())
    write(folder / "b.txt", TEXT.replace("\n", "\r\n").encode("gb18030"))
    write(folder / "c.txt", opencc.OpenCC("s2t").convert(TEXT).encode())
    write(folder / "d.html", made_files.html(TEXT))
    write(folder / "e.pdf", made_files.pdf(TEXT))
    write(folder / "f.docx", made_files.docx(TEXT))
    summary = built(folder)
    assert (summary.added, summary.copies, summary.reports) == (1, 5, 1)
    documents, copies = stored(folder)
    assert documents == ["a.txt"]
    assert [each.document for each in copies] == ["b.txt", "c.txt", "d.html", "e.pdf", "f.docx"]
    assert all(each.share > 0.95 and not each.is_cut for each in copies)
    assert [each.differences for each in copies] == [()] * 5


def test_a_second_run_reads_no_copy_again(folder: Path) -> None:
    write(folder / "a.txt", TEXT.encode())
    write(folder / "b.txt", TEXT.encode("gb18030"))
    built(folder)
    generation = generation_of(folder)
    summary = built(folder)
    assert (summary.unchanged, summary.copies, summary.added) == (1, 1, 0)
    assert generation_of(folder) == generation


def generation_of(folder: Path) -> int:
    with Catalogue.open(folder.parent / "data") as catalogue:
        return catalogue.generation


@pytest.mark.parametrize(("first", "second"), [(CUT, TEXT), (TEXT, CUT)])
def test_the_whole_one_is_preferred_to_a_cut_one(folder: Path, first: str, second: str) -> None:
    write(folder / "a.txt", first.encode())
    write(folder / "b.txt", second.encode())
    built(folder)
    documents, copies = stored(folder)
    assert documents == ["a.txt" if first == TEXT else "b.txt"]
    assert [(each.document, each.is_cut) for each in copies] == [
        ("b.txt" if first == TEXT else "a.txt", True)
    ]
    assert stored_again(folder) == (documents, copies)


def stored_again(folder: Path) -> tuple[list[str], list[Copy]]:
    built(folder)
    return stored(folder)


def test_the_copies_of_a_cut_report_become_those_of_the_whole_one(folder: Path) -> None:
    write(folder / "a.txt", CUT.encode())
    write(folder / "b.txt", CUT.encode("gb18030"))
    built(folder)
    write(folder / "c.txt", TEXT.encode())
    built(folder)
    documents, copies = stored(folder)
    assert documents == ["c.txt"]
    assert [each.document for each in copies] == ["a.txt", "b.txt"]


def test_figures_that_differ_are_kept_with_their_places_in_both(folder: Path) -> None:
    other = TEXT.replace("地区生产总值增长7%", "地区生产总值增长7.5%").replace("8%", "18%")
    write(folder / "a.txt", TEXT.encode())
    write(folder / "b.txt", other.encode("gb18030"))
    built(folder)
    _, [copy] = stored(folder)
    found = sorted((each.kind, each.here.value, each.there.value) for each in copy.differences)
    assert found == [("actual", "8%", "18%"), ("target", "7%", "7.5%")]
    for each in copy.differences:
        assert TEXT[each.here.start : each.here.end] == each.here.quote
        assert other[each.there.start : each.there.end] == each.there.quote


def test_another_place_or_year_is_another_report(folder: Path) -> None:
    write(folder / "a.txt", TEXT.encode())
    write(folder / "b.txt", TEXT.replace("焦作", "新乡").encode())
    write(folder / "c.txt", TEXT.replace("2023", "2024").replace("2022", "2023").encode())
    summary = built(folder)
    assert (summary.added, summary.copies) == (3, 0)


def test_a_copy_takes_the_place_of_a_file_that_has_gone(folder: Path) -> None:
    write(folder / "a.txt", TEXT.encode())
    write(folder / "b.txt", TEXT.encode("gb18030"))
    built(folder)
    (folder / "a.txt").unlink()
    built(folder)
    assert stored(folder) == (["b.txt"], [])


def test_a_copy_that_is_gone_or_says_something_else_is_none(folder: Path) -> None:
    write(folder / "a.txt", TEXT.encode())
    write(folder / "b.txt", TEXT.encode("gb18030"))
    write(folder / "c.txt", TEXT.encode("utf-16"))
    built(folder)
    (folder / "b.txt").unlink()
    write(folder / "c.txt", TEXT.replace("焦作", "新乡").encode())
    os.utime(folder / "c.txt", ns=(1, 1))
    summary = built(folder, prune=True)
    assert (summary.unchanged, summary.added, summary.copies) == (1, 1, 0)
    assert stored(folder) == (["a.txt", "c.txt"], [])


def test_a_changed_report_is_compared_anew(folder: Path) -> None:
    write(folder / "a.txt", TEXT.encode())
    write(folder / "b.txt", TEXT.encode("gb18030"))
    built(folder)
    write(folder / "a.txt", TEXT.replace("增长7%，财政", "增长7.2%，财政").encode())
    os.utime(folder / "a.txt", ns=(1, 1))
    built(folder)
    documents, [copy] = stored(folder)
    assert (documents, copy.document) == (["a.txt"], "b.txt")
    assert [(each.here.value, each.there.value) for each in copy.differences] == [("7.2%", "7%")]

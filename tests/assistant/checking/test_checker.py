"""Numbers of any text against the sample reports; texts with errors stand in `drafts.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.checking.checker import Check, Checker
from assistant.checking.types import Setting
from assistant.checking.wording import mask
from index.build import build
from index.lexicon.indicators import load_lexicon
from index.places.gazetteer import load_gazetteer
from index.storage.catalogue import Catalogue
from tests import made_files
from tests.assistant.cli.test_main import run
from tests.case_files import cases_beside, ids_of
from tests.index.ingestion.test_copies import TEXT
from tests.made_files import write


@pytest.fixture(scope="module")
def checker(seeds_index: Path) -> Iterator[Checker]:
    with Catalogue.open(seeds_index) as catalogue:
        yield Checker(catalogue, load_lexicon(), load_gazetteer())


def verdicts(check: Check) -> list[str]:
    return [each.verdict for each in check.numbers]


@pytest.mark.parametrize("case", cases_beside(__file__, "drafts.jsonl"), ids=ids_of)
def test_a_number_agrees_contradicts_or_is_not_found(
    case: dict[str, Any], checker: Checker
) -> None:
    found = checker.check(case["text"], Setting())
    assert verdicts(found) == case["verdicts"]
    for each in found.numbers:
        assert bool(each.says) == (each.verdict != "not_found")


@pytest.mark.parametrize("case", cases_beside(__file__, "planted.jsonl"), ids=ids_of)
def test_planted_errors_contradict_and_nothing_else(case: dict[str, Any], checker: Checker) -> None:
    text, wrong = case["text"], case["errors"]
    found = [
        each.number.span
        for each in checker.check(text, Setting()).numbers
        if each.verdict == "contradicts"
    ]
    spans = [range(text.index(part), text.index(part) + len(part)) for part in wrong]
    assert all(any(each.start in span for each in found) for span in spans)
    assert all(any(each.start in span for span in spans) for each in found)


def test_a_citation_is_the_characters_of_its_file(checker: Checker) -> None:
    for case in cases_beside(__file__, "drafts.jsonl"):
        for number in checker.check(case["text"], Setting()).numbers:
            for citation in number.says:
                report = checker.catalogue.report_of(citation.document)
                raw = checker.catalogue.raw(report.id)
                assert raw[citation.start : citation.end] == citation.quote


def test_a_report_agrees_with_itself_and_one_changed_number_is_found(checker: Checker) -> None:
    report = next(each for each in checker.catalogue.reports() if each.place_name == "玉门市")
    assert report.place
    text = checker.catalogue.normalized(report.id).text
    own = Setting((report.place,), report.given)
    found = checker.check(text, own)
    assert "contradicts" not in verdicts(found)
    assert verdicts(found).count("agrees") > 0.6 * len(found.numbers)
    changed = text.replace("地区生产总值255亿元", "地区生产总值265亿元", 1)
    assert verdicts(checker.check(changed, own)).count("contradicts") == 1


def test_a_mask_keeps_years_and_where_each_number_stood() -> None:
    masked = mask("2022年，全市GDP为1,234.5亿元")
    assert masked.text == "2022年全市GDP#亿元"  # 为 says nothing
    assert masked.number_at(10) == 12
    assert masked.span_at(7, 5).of("2022年，全市GDP为1,234.5亿元") == "GDP为1,234.5亿"


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of Jiaozuo's report of 2023 and a draft of the next, in Word."""
    folder = tmp_path_factory.mktemp("draft")
    write(folder / "reports" / "2023.txt", TEXT.encode())
    build([folder / "reports"], data=folder / "data")
    draft = (
        "焦作市人民政府工作报告\n——2024年1月15日在焦作市第十四届人民代表大会第二次会议上\n"
        "各位代表：\n2023年，全市财政收入增长6%。2022年，城镇新增就业6万人。\n"
    )
    write(folder / "draft.docx", made_files.docx(draft))
    return folder


def test_a_draft_is_told_what_was_promised_and_is_not_mentioned(drafted: Path) -> None:
    status, output = run("check", drafted / "draft.docx", "--data", drafted / "data")
    assert status == 1
    assert "contradicts  “6万人”" in output
    assert "promised and not mentioned: 地区生产总值 7%" in output


def test_a_draft_of_a_place_without_reports_is_told_no_promises(drafted: Path) -> None:
    draft = "新乡市人民政府工作报告\n——2024年1月15日在新乡市第十四届人民代表大会第二次会议上\n"
    write(drafted / "other.txt", draft.encode())
    _, output = run("check", drafted / "other.txt", "--data", drafted / "data")
    assert "promised" not in output


def test_a_check_is_json_and_a_page_too(drafted: Path) -> None:
    arguments = ("check", drafted / "draft.docx", "--data", drafted / "data", "--format")
    record = json.loads(run(*arguments, "json")[1])
    assert [each["verdict"] for each in record["numbers"]][-1] == "contradicts"
    page = run(*arguments, "html")[1]
    assert page.startswith("<!DOCTYPE html>")
    assert ">6万人</mark>" in page


def test_a_text_that_cannot_be_read_is_status_2(tmp_path: Path, seeds_index: Path) -> None:
    status, output = run("check", write(tmp_path / "a.pdf", b""), "--data", seeds_index)
    assert (status, "the PDF is empty" in output) == (2, True)

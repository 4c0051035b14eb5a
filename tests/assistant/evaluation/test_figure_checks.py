from __future__ import annotations

from pathlib import Path

from assistant.evaluation.checked_reports import check_catalogue, check_files
from assistant.evaluation.figure_checks import FigureCheck
from index.storage.catalogue import Catalogue
from tests.conftest import SEEDS

HEAD = (
    "# 政府工作报告\n\n——{year}年1月10日在焦作市第十四届人民代表大会第一次会议上\n\n市长 李明\n\n"
)
REVIEW = "## 一、{done}年工作回顾\n\n全市{told}。\n\n"
PLAN = "## 二、{year}年主要任务\n\n今年经济社会发展主要预期目标是:{goal}。{more}\n"


def written(
    folder: Path, year: int, told: str, *, goal: str = "地区生产总值增长6%", more: str = ""
) -> None:
    text = HEAD + REVIEW + PLAN
    text = text.format(year=year, done=year - 1, told=told, goal=goal, more=more)
    (folder / f"{year}.md").write_text(text, encoding="utf-8")


def found(check: FigureCheck) -> dict[str, int]:
    return {name: count for name, count in check.counts.items() if count}


def test_reports_that_agree_are_found_nothing_of(tmp_path: Path) -> None:
    written(tmp_path, 2022, "地区生产总值完成2000亿元,增长5%")
    written(tmp_path, 2023, "地区生产总值完成2100亿元,增长5.2%")
    check = check_files([tmp_path])
    assert (check.reports, check.with_target, check.with_result) == (2, 2, 2)
    assert found(check) == {}


def test_a_report_without_a_target_or_a_result_is_named(tmp_path: Path) -> None:
    written(tmp_path, 2022, "粮食产量完成200万吨", goal="城镇新增就业3万人")
    assert found(check_files([tmp_path])) == {"no target": 1, "no result": 1}


def test_a_report_of_no_known_place_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("地区生产总值增长5%。\n", encoding="utf-8")
    assert found(check_files([tmp_path])) == {"not dated": 1}


def test_a_growth_outside_its_band_is_named_with_its_clause(tmp_path: Path) -> None:
    written(tmp_path, 2022, "地区生产总值完成2000亿元,增长85%")
    check = check_files([tmp_path])
    assert found(check) == {"outside the band": 1}
    assert "增长85%" in check.findings[0].text


def test_two_targets_for_one_thing_are_named_but_for_a_higher_aim(tmp_path: Path) -> None:
    result = "地区生产总值完成2000亿元,增长5%"
    written(tmp_path, 2022, result, more="确保固定资产投资增长8%。固定资产投资增长10%以上。")
    written(tmp_path, 2023, result, goal="地区生产总值增长6%、力争增长7%")
    check = check_files([tmp_path])
    assert [(each.document, each.check) for each in check.findings] == [("2022.md", "two targets")]


def test_levels_that_leap_and_results_told_otherwise_are_of_the_later_report(
    tmp_path: Path,
) -> None:
    written(tmp_path, 2022, "地区生产总值完成2000亿元,增长5%")
    written(tmp_path, 2023, "地区生产总值完成200亿元。2021年地区生产总值完成3000亿元")
    check = check_files([tmp_path])
    assert found(check) == {"told otherwise": 1, "leaps": 1}
    assert {each.document for each in check.findings} == {"2023.md"}


def test_the_worst_report_stands_first(tmp_path: Path) -> None:
    written(tmp_path, 2021, "地区生产总值完成2000亿元,增长85%")
    written(tmp_path, 2022, "粮食产量完成200万吨,增长5%", goal="城镇新增就业3万人")
    (document, findings), *_ = check_files([tmp_path]).worst(1)
    assert (document, len(findings)) == ("2022.md", 2)


def test_a_file_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    told: list[str] = []
    assert check_files([tmp_path], skipped=told.append).reports == 0
    assert "empty.txt" in told[0]


def test_an_index_is_checked_as_its_files_are(seeds_index: Path) -> None:
    files = check_files([SEEDS / "reports"])
    catalogue = check_catalogue(Catalogue.open(seeds_index))
    assert catalogue.counts == files.counts
    assert (catalogue.reports, catalogue.figures) == (files.reports, files.figures)

"""Questions over many places and years, answered from made-up reports: complete, or saying what is
missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over, province_report

# place, year, result of the year before, goal, jobs, words
_FIGURES = [
    ("河北省", 2024, "5.5", "5.5%左右", 89, "大力发展低空经济。"),
    ("河北省", 2025, "5.4", "5%以上", 86, "低空经济加快发展，低空经济产业园建成。"),
    ("山西省", 2024, "5.0", "5%左右", 45, ""),
    ("山西省", 2025, "2.3", "5%左右", 45, "发展银发经济。"),
    ("辽宁省", 2025, "5.1", "5%以上", 47, ""),
    ("吉林省", 2025, "4.3", "5.5%—6%", 22, "低空经济起步。"),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    reports = {
        f"{place}_{year}": province_report(
            place, year, grew=grew, goal=goal, jobs=jobs, words=words
        )
        for place, year, grew, goal, jobs, words in _FIGURES
    }
    return assistant_over(reports, tmp_path_factory.mktemp("analysis"))


def _text(assistant: Assistant, question: str) -> str:
    """Return an answer's text without its marks and bars."""
    answer = assistant.ask(question)
    for citation in answer.citations:
        raw = assistant.raw_of(citation.document)
        assert raw[citation.start : citation.end] == citation.quote
    return re.sub(r"\s*\[\d+\]", "", answer.text)


def test_a_series_names_each_year_and_the_one_without_a_report(assistant: Assistant) -> None:
    text = _text(assistant, "河北2023到2025年GDP目标逐年是多少")
    assert "| 2024 | 5.5%左右 |" in text
    assert "| 2025 | 5%以上 |" in text
    assert "没有说明的：2023年" in text or "没有编入相应报告的：2023年" in text


def test_places_that_fit_are_told_from_those_of_which_it_cannot_be_told(
    assistant: Assistant,
) -> None:
    text = _text(assistant, "哪些省2025年GDP目标超过5%")
    assert "1个符合“高于5%”：吉林省5.5%—6%" in text
    assert "不能确定的：河北省5%以上、辽宁省5%以上" in text


def test_a_limit_is_read_with_its_negation(assistant: Assistant) -> None:
    text = _text(assistant, "哪些省2025年GDP目标不超过5%")
    assert "1个符合“不高于5%”：山西省5%左右" in text


def test_an_exception_is_left_out(assistant: Assistant) -> None:
    text = _text(assistant, "除了山西，各省2025年GDP目标是多少")
    assert "山西" not in text
    assert "河北省" in text


def test_goals_below_the_result_of_the_year_before(assistant: Assistant) -> None:
    text = _text(assistant, "哪些省2025年目标低于2024年实际增速")
    assert "河北省5%以上（2024年实际：5.4%）" in text
    assert "山西省" not in text.split("不能确定")[0].split("符合")[1]


def test_a_mean_shows_what_it_is_made_of(assistant: Assistant) -> None:
    text = _text(assistant, "2024年各省GDP增速的平均数")
    assert "平均数4.28%（17.1 ÷ 4 ≈ 4.28%）" in text


def test_who_says_a_word_and_who_does_not(assistant: Assistant) -> None:
    text = _text(assistant, "2025年哪些省提到低空经济")
    assert "4份报告中，2份提到“低空经济”：河北省、吉林省" in text
    assert "没有提到的2份：山西省、辽宁省" in text


@pytest.mark.parametrize(
    "question", ["列出2025年提到低空经济的省份", "2025年有几个省写到了低空经济"]
)
def test_the_wording_of_the_question_does_not_change_who_says_it(
    assistant: Assistant, question: str
) -> None:
    assert "4份报告中，2份提到“低空经济”" in _text(assistant, question)


def test_a_count_is_a_count(assistant: Assistant) -> None:
    text = _text(assistant, "2025年各省报告里“低空经济”出现次数排名")
    assert "河北省 2次、吉林省 1次" in text


def test_a_word_that_is_not_said_is_denied(assistant: Assistant) -> None:
    assert _text(assistant, "山西2025年报告提到低空经济了吗").startswith("没有")
    assert _text(assistant, "河北2025年报告提到低空经济了吗").startswith("提到了")


def test_an_answer_is_in_the_language_of_the_question(assistant: Assistant) -> None:
    text = _text(assistant, "Which provinces set a 2025 GDP growth target above 5%?")
    assert "Of 4 places with a figure, 1 fit “above 5%”: Jilin" in text
    assert "2025年各省" not in text
    assert "個符合" in _text(assistant, "哪些省2025年GDP目標超過5%")


def test_what_no_report_states_is_said_so(assistant: Assistant) -> None:
    answer = assistant.ask("2025年各省CPI目标是多少")
    assert answer.abstained
    assert answer.reason == "not_stated"


def test_a_run_of_years_is_told_with_its_ends_and_steps(assistant: Assistant) -> None:
    text = _text(assistant, "河北2023年和2024年的GDP增速各是多少？差了多少个百分点")
    assert "2024年比2023年低0.1个百分点（5.4% − 5.5% = −0.1个百分点）。" in text


def test_a_decline_is_counted_as_below_nothing(tmp_path: Path) -> None:
    grew = {2021: "下降9.5%", 2022: "增长17%"}
    reports = {}
    for year, told in grew.items():
        report = province_report("山西省", year, grew="", goal="5%", jobs=45)
        reports[f"山西省_{year}"] = report.replace("增长%", told)
    text = _text(assistant_over(reports, tmp_path), "山西2020年和2021年的GDP增速差多少")
    assert "高26.5个百分点（17% − (−9.5%) = 26.5个百分点）" in text


def test_goals_are_held_against_their_results(assistant: Assistant) -> None:
    text = _text(assistant, "河北省、山西省2024年GDP目标完成了吗")
    assert "没有达到目标：山西省。" in text
    assert "| 河北省 | 5.5%左右 | 5.4% | 完成（低0.1个百分点） |" in text
    assert "| 山西省 | 5%左右 | 2.3% | 没有完成（低2.7个百分点） |" in text


def test_goals_that_were_lowered_are_told_beside_those_before(assistant: Assistant) -> None:
    text = _text(assistant, "2025年哪些省下调了GDP增长目标")
    assert "1个符合“低于2024年地区生产总值增速目标”：河北省5%以上（2024年：5.5%左右）" in text


def test_words_that_no_clause_says_are_named_and_the_table_is_not_told(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("2025年各省民营经济GDP目标")
    assert answer.abstained
    assert "没有理解问题里的“民营”" in answer.text


def test_a_word_is_told_first_last_and_most_often(assistant: Assistant) -> None:
    text = _text(assistant, "低空经济在河北省报告里最早哪年出现，哪年提得最多")
    assert "最早出现在河北省2024年政府工作报告" in text
    assert "提到它的报告共2份。" in text
    assert "次数最多的是2025年，2次。" in text


def test_who_gave_the_reports_of_several_years(assistant: Assistant) -> None:
    text = _text(assistant, "河北2024到2025年的政府工作报告分别是谁作的")
    assert "| 2024 | 张三 |" in text
    assert "| 2025 | 张三 |" in text
    assert "张三，2次" not in text  # one name only: nothing to compare

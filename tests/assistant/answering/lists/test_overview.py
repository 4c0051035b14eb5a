from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings
from index.build import build

REPORT = """兰州市政府工作报告
2024年1月8日在兰州市第十七届人民代表大会第四次会议上
各位代表:
一、2023年工作回顾
(一)产业结构更加优化。工业增长。
(二)城乡面貌焕然一新。道路畅通。
(三)民生福祉持续增进。就业稳定。
(四)治理效能稳步提升。社会平安。
二、2024年工作总体要求
一是坚持稳字当头。二是坚持进字为要。三是坚持实字托底。四是坚持干字当先。
三、2024年重点工作
(一)扩大有效需求。多措并举。
(二)壮大实体经济。久久为功。
(三)深化改革开放。攻坚克难。
(四)增进民生福祉。用心用情。
四、加强政府自身建设
依法行政。
"""
OLDER = """政府工作报告
1979年6月1日在第五届全国人民代表大会第二次会议上国务院总理
各位代表:
我国人民在新时期的总任务,就是要建设现代化的国家。
我们要为完成这个光荣任务而奋斗。
"""
NATIONAL = """政府工作报告
2024年3月5日在第十四届全国人民代表大会第二次会议上国务院总理
各位代表:
一、2023年工作回顾
过去一年是很不平凡的一年,经济总体回升向好。
就业总体稳定,居民收入增长和经济增长同步。
重点领域风险有序化解,社会大局保持稳定。
粮食产量再创历史新高,民生保障有力有效。
二、2024年政府工作任务
(一)建设现代化产业体系
提升产业链水平。
(二)实施科教兴国战略
加强教育。
(三)扩大国内需求
促进消费。
(四)深化改革
激发活力。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("overview")
    files = {"兰州": REPORT, "国务院1979": OLDER, "国务院2024": NATIONAL}
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    build([folder], data=folder / "data")
    return open_assistant(Settings(data=folder / "data"))


@pytest.mark.parametrize(
    "question", ["兰州2024年重点工作有哪些", "What are the main tasks in Lanzhou's 2024 report?"]
)
def test_the_work_of_a_year_is_told_by_the_headings_of_its_section(
    assistant: Assistant, question: str
) -> None:
    text = assistant.ask(question).text
    assert all(each in text for each in ("扩大有效需求", "壮大实体经济", "深化改革开放"))
    assert "稳字当头" not in text
    assert "产业结构" not in text


def test_what_was_reached_is_told_by_the_report_that_looks_back_on_the_year(
    assistant: Assistant,
) -> None:
    text = assistant.ask("兰州2023年取得了哪些成绩").text
    assert "产业结构更加优化" in text
    assert "扩大有效需求" not in text


@pytest.mark.parametrize(
    "question", ["兰州2024年政府工作报告主要讲了什么", "Summarize Lanzhou's 2024 work report"]
)
def test_a_whole_report_is_told_by_its_headings(assistant: Assistant, question: str) -> None:
    text = assistant.ask(question).text
    assert "2023年工作回顾" in text
    assert "增进民生福祉" in text
    assert "加强政府自身建设" in text


def test_a_report_that_is_asked_about_without_a_place_is_the_national_one(
    assistant: Assistant,
) -> None:
    text = assistant.ask("2024年政府工作任务有哪些").text
    assert "实施科教兴国战略" in text
    assert "壮大实体经济" not in text


def test_a_section_without_headings_is_told_by_its_first_sentences(assistant: Assistant) -> None:
    assert "就业总体稳定" in assistant.ask("2024年政府工作报告总结了哪些成绩").text


def test_tasks_that_no_headings_tell_are_told_by_the_sentence_that_states_them(
    assistant: Assistant,
) -> None:
    text = assistant.ask("1979年政府工作报告提出了哪些任务").text
    assert "总任务,就是要建设现代化的国家" in text
    assert "光荣任务" not in text


def test_the_tasks_of_one_field_are_not_those_of_the_whole_year(assistant: Assistant) -> None:
    assert "壮大实体经济" not in assistant.ask("兰州2024年教育方面的重点任务有哪些").text


def test_a_count_of_the_work_of_a_year_is_none_of_its_figures(assistant: Assistant) -> None:
    assert "扩大有效需求" in assistant.ask("兰州2024年的四项重点工作是什么").text

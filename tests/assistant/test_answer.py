from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings
from index.build import build
from tests.conftest import SEEDS


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


def made(folder: Path, reports: dict[str, str]) -> Assistant:
    """Return an assistant over made-up reports: name of the file to text."""
    for name, text in reports.items():
        (folder / name).write_text(text, encoding="utf-8")
    build([folder], data=folder / "data")
    return open_assistant(Settings(data=folder / "data"))


def test_the_growth_target_of_jiaozuo_is_cited_with_the_very_clause(assistant: Assistant) -> None:
    answer = assistant.ask("what GDP growth did Jiaozuo target")
    assert "7%" in answer.text
    assert "2023" in answer.text
    quotes = [citation.quote for citation in answer.citations]
    assert "地區生產(chǎn)總值增長(cháng)7%" in quotes
    assert {citation.document for citation in answer.citations} == {"001_7692730640d39c1c.txt"}


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("焦作2023年GDP增长目标", "zh-Hans", "地区生产总值"),
        ("焦作2023年GDP增長目標是多少", "zh-Hant", "地區生產總值"),
        ("What is the 2023 GDP growth target of Jiaozuo?", "en", "Jiaozuo"),
    ],
)
def test_the_answer_has_the_language_and_script_of_the_question(
    assistant: Assistant, question: str, language: str, words: str
) -> None:
    answer = assistant.ask(question)
    assert answer.language == language
    assert words in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "焦作2023年GDP增长目标",
        "玉门去年固定资产投资增长多少",
        "运城的“四南四北”是什么",
        "谁主持了焦作的大会",
    ],
)
def test_every_citation_is_the_very_characters_of_its_file(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.citations
    for citation in answer.citations:
        raw = (SEEDS / "reports" / citation.document).read_bytes().decode("utf-8")
        assert raw[citation.start : citation.end] == citation.quote


def test_a_place_without_a_report_is_refused_with_what_there_is(assistant: Assistant) -> None:
    answer = assistant.ask("北京今年的GDP目标是多少")
    assert (answer.abstained, answer.reason) == (True, "no_report")
    assert "北京市" in answer.text
    assert "焦作市" in answer.text


def test_a_year_that_no_report_covers_is_refused_with_what_there_is(assistant: Assistant) -> None:
    answer = assistant.ask("What was Yumen's GDP in 2015?")
    assert (answer.abstained, answer.reason) == (True, "no_report")
    assert "2023" in answer.text


def test_what_the_report_does_not_state_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("What is the Yumen surveyed urban unemployment target for 2023?")
    assert (answer.abstained, answer.reason) == (True, "not_stated")


def test_what_no_report_is_about_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("Who will win the next World Cup?")
    assert (answer.abstained, answer.reason) == (True, "off_topic")


def test_an_opinion_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("你觉得焦作市长做得好不好?")
    assert (answer.abstained, answer.reason) == (True, "opinion")


def test_places_that_are_compared_are_each_answered(assistant: Assistant) -> None:
    answer = assistant.ask("焦作、猇亭、玉门三地固定资产投资目标增速比较")
    assert all(value in answer.text for value in ("11%", "16.5%", "20%"))


def test_a_follow_up_takes_place_and_year_from_the_turn_before(assistant: Assistant) -> None:
    answer = assistant.ask("And Yumen?", history=["What is Jiaozuo's 2023 GDP target?"])
    assert "8%" in answer.text
    assert answer.citations[0].region == "玉门市"


def test_the_reports_can_be_limited_by_place_and_year(assistant: Assistant) -> None:
    here = assistant.ask("固定资产投资目标", regions=frozenset({"620981"}))
    assert {citation.region for citation in here.citations} == {"玉门市"}
    none = assistant.ask("固定资产投资目标", years=frozenset({1999}))
    assert none.reason == "no_report"


def test_a_source_shows_the_cited_words_cleaned_and_as_in_the_file(assistant: Assistant) -> None:
    answer = assistant.ask("焦作2023年GDP增长目标")
    shown = [
        (source.cleaned.mark.of(source.cleaned.text), source.original.mark.of(source.original.text))
        for source in assistant.sources(answer)
    ]
    assert ("地区生产总值增长7%", "地區生產(chǎn)總值增長(cháng)7%") in shown


@pytest.mark.parametrize("question", ["", "?", "“”", "目标" * 1_000, "<b>焦作</b>", "\x00"])
def test_no_question_crashes(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).text


def test_an_empty_index_says_how_to_fill_it(tmp_path: Path) -> None:
    build([], data=tmp_path)
    answer = open_assistant(Settings(data=tmp_path)).ask("焦作GDP目标")
    assert (answer.abstained, answer.reason) == (True, "no_report")
    assert "baogao index" in answer.text


def test_what_a_report_says_about_something_is_several_statements_in_reading_order(
    tmp_path: Path,
) -> None:
    text = (
        "焦作市2023年政府工作报告\n各位代表:\n扩大养老服务供给。\n修建农村公路80公里。\n"
        "新建养老服务中心12个。\n整治河道5条。\n支持社会力量兴办养老服务机构。\n"
    )
    answer = made(tmp_path, {"焦作市2023.txt": text}).ask("焦作2023年报告对养老服务说了什么")
    quotes = [citation.quote for citation in answer.citations]
    assert len(quotes) == 3
    assert quotes == sorted(quotes, key=text.index)
    assert all("养老服务" in quote for quote in quotes)


def test_a_province_without_a_report_is_not_taken_for_a_prefecture_of_its_name(
    tmp_path: Path,
) -> None:
    text = "青海省政府工作报告\n各位代表:\n2025年地区生产总值增长4.5%左右。\n"
    answer = made(tmp_path, {"青海省2025.txt": text}).ask("海南2025年GDP增长目标")
    assert answer.reason == "no_report"


def test_a_report_named_by_its_year_is_the_one_that_is_quoted(tmp_path: Path) -> None:
    text = "焦作市{0}年政府工作报告\n各位代表:\n大力发展人工智能产业,{0}年建成示范园区。\n"
    reports = {f"焦作市{year}.txt": text.format(year) for year in (2023, 2024)}
    assistant = made(tmp_path, reports)
    for year in (2023, 2024):
        for question in (
            f"焦作{year}年报告怎么说人工智能",
            f"What does Jiaozuo's {year} report say about AI 人工智能?",
        ):
            years = {citation.year for citation in assistant.ask(question).citations}
            assert years == {year}


def test_an_english_subject_that_no_glossary_has_is_found_by_its_meaning(tmp_path: Path) -> None:
    text = (
        "焦作市2023年政府工作报告\n各位代表:\n扩大养老服务供给。\n推广垃圾分类。\n整治河道5条。\n"
        "加快公共数据开放。\n"
    )
    answer = made(tmp_path, {"焦作市2023.txt": text}).ask(
        "What does Jiaozuo's report say about waste sorting?"
    )
    assert [citation.quote for citation in answer.citations] == ["推广垃圾分类"]


@pytest.mark.parametrize(
    "question",
    ["写一首关于焦作的诗", "編一個焦作的故事", "Write me a short poem about Jiaozuo", "讲个笑话"],
)
def test_what_is_no_question_is_politely_declined(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.reason == "off_topic"
    assert not answer.citations


def test_the_overall_requirements_are_no_slogan(tmp_path: Path) -> None:
    text = (
        "焦作市2023年政府工作报告\n各位代表:\n一、2023年工作总体要求\n"
        "今年工作的总体要求是:坚持稳中求进,扩大内需。\n二、重点工作\n整治河道5条。\n"
    )
    answer = made(tmp_path, {"焦作市2023.txt": text}).ask("焦作2023年报告的总体要求是什么")
    assert any("稳中求进" in citation.quote for citation in answer.citations)
    assert "没有解释" not in answer.text


def test_a_filter_that_nothing_fits_does_not_call_the_index_empty(assistant: Assistant) -> None:
    answer = assistant.ask("焦作2023年GDP增长目标是多少", years=frozenset({1999}))
    assert answer.reason == "no_report"
    assert "没有符合" in answer.text
    assert "baogao index" not in answer.text

"""Questions about every place that are answered in words, over made-up reports."""

from __future__ import annotations

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

REPORTS = {
    "四川省": "培育壮大低空经济，建设通用机场。着力发展养老服务，扩大普惠供给。",
    "云南省": "积极发展低空经济、人工智能等新产业。健全社区养老服务网络。",
    "贵州省": "发展居家养老服务。没有提出用电量的增长目标，主要因为工业用电波动很大。",
    "昆明市": "建设低空经济产业园。改造老旧小区。",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    reports = {
        place: f"{place}2025年政府工作报告\n各位代表：\n一、2025年工作安排\n{words}\n"
        for place, words in REPORTS.items()
    }
    return assistant_over(reports, tmp_path_factory.mktemp("across"))


@pytest.mark.parametrize("question", ["哪些省提到低空经济", "哪些省份提到了低空经济？"])
def test_who_mentions_a_word_is_every_place_that_has_it(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    first, last = answer.text.split("\n\n")
    assert first == "3份报告中，2份提到“低空经济”：四川省[1]、云南省[2]。"
    assert last == "没有提到的1份：贵州省。"
    assert all("低空经济" in citation.quote for citation in answer.citations)


def test_all_places_are_more_than_the_provinces(assistant: Assistant) -> None:
    assert "昆明市[" in assistant.ask("哪些地方提到低空经济").text


def test_who_does_not_mention_it_comes_first_where_that_is_asked(assistant: Assistant) -> None:
    first, second = assistant.ask("哪些省没有提到低空经济").text.split("\n\n")
    assert first == "没有提到的1份：贵州省。"
    assert second == "3份报告中，2份提到“低空经济”：四川省[1]、云南省[2]。"


def test_each_place_is_heard_where_it_is_asked_how(assistant: Assistant) -> None:
    text = assistant.ask("各省怎么发展养老服务").text
    assert all(place in text for place in ("四川省", "云南省", "贵州省"))


def test_what_nobody_mentions_is_not_found(assistant: Assistant) -> None:
    answer = assistant.ask("哪些省提到足球联赛")
    assert answer.abstained


def test_a_reason_that_stands_with_what_is_asked_about_is_the_answer(assistant: Assistant) -> None:
    answer = assistant.ask("贵州2025年为什么没有提出用电量增长目标")
    assert "主要因为工业用电波动很大" in answer.text
    assert not answer.abstained

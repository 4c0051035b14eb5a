"""Which report of a place is that of a year: the one planned for it, else the one given in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.queries.mentions import reports_of
from assistant.settings import Settings
from index.types import Filter

JIAYUGUAN = "620200"
"""Its report was given in December 2021."""


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.mark.parametrize(("years", "count"), [((2022,), 1), ((2021,), 1), ((2023,), 0), ((), 1)])
def test_a_december_report_is_found_by_either_year(
    assistant: Assistant, years: tuple[int, ...], count: int
) -> None:
    where = Filter(regions=frozenset({JIAYUGUAN}))
    assert len(reports_of(assistant.searcher.catalogue, where, years)) == count


def test_a_list_over_few_places_takes_the_newest_report_of_each(assistant: Assistant) -> None:
    answer = assistant.ask("哪些地方提到乡村振兴")
    assert "嘉峪关市 2022（2021年作）" in answer.text
    assert "没有编入" not in answer.text


@pytest.mark.parametrize(
    "question",
    ["五份报告里谁提到了放管服", "五份報告裡誰提到了放管服", "這幾份報告中哪些提到放管服"],
)
def test_so_many_reports_are_all_of_them(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert {each.region for each in answer.citations} == {"嘉峪关市", "运城市"}


@pytest.mark.parametrize(
    "question",
    [
        "各地的报告都怎么说乡村振兴",
        "各地的報告都怎麼說鄉村振興",
        "What do the reports of all places say about “乡村振兴”?",
    ],
)
def test_what_each_report_says_of_a_word_is_quoted_and_the_silent_ones_are_named(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    saying = {each.region for each in answer.citations}
    assert all("乡村振兴" in each.quote or "鄉村振興" in each.quote for each in answer.citations)
    assert len(saying) > 1
    assert answer.query is not None
    assert answer.query["asks"] == "mentions_says"


def test_their_words_are_asked_for_after_who_says_it(assistant: Assistant) -> None:
    answer = assistant.ask("给我原话", history=["哪些地方提到乡村振兴"])
    assert answer.query is not None
    assert answer.query["asks"] == "mentions_says"
    assert "乡村振兴" in answer.citations[0].quote

"""A table is held to its cells: an amount that its marks do not state is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.errors import GroundingError
from assistant.grounding.cells import altered, check_cells
from assistant.settings import Settings
from assistant.types import Answer


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.fixture(scope="module")
def table(assistant: Assistant) -> Answer:
    answer = assistant.ask("各地2023年GDP增长目标")
    assert answer.query is not None
    return answer


def test_a_true_table_passes(assistant: Assistant, table: Answer) -> None:
    assert altered(table) == []
    assert check_cells(table, assistant.raw_of) == []


def test_an_amount_that_was_changed_is_found(table: Answer) -> None:
    assert altered(replace(table, text=table.text.replace("8%", "9%"))) != []


def test_a_figure_that_its_clause_does_not_state_is_found(
    assistant: Assistant, table: Answer
) -> None:
    first, *others = table.figures
    false = replace(table, figures=(replace(first, value="77"), *others))
    assert [figure.value for figure in check_cells(false, assistant.raw_of)] == ["77"]


def test_a_quote_that_is_not_there_is_an_error(assistant: Assistant, table: Answer) -> None:
    first, *others = table.citations
    false = replace(table, citations=(replace(first, quote="别的"), *others))
    with pytest.raises(GroundingError, match="index that file again"):
        check_cells(false, assistant.raw_of)

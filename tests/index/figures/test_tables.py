from __future__ import annotations

from typing import Any

import pytest

from tests.case_files import cases_beside, ids_of
from tests.index.figures.sentences import figures_of


@pytest.mark.parametrize("case", cases_beside(__file__, "tables.jsonl"), ids=ids_of)
def test_a_table_states_the_figures_of_its_cells(case: dict[str, Any]) -> None:
    text = "\n".join(case["lines"])
    figures = figures_of(text, year=case["year"], headings=case.get("headings"))

    assert [
        f"{figure.indicator_id} {figure.measure} {figure.kind} {figure.period} "
        f"{figure.value} {figure.unit}"
        for figure in figures
    ] == case["figures"]
    for figure in figures:
        assert figure.value_span.of(text).startswith(str(figure.value))
        assert figure.as_written in figure.span.of(text)

from __future__ import annotations

from typing import Any

import pytest

from index.types import Figure
from tests.case_files import cases_beside, ids_of
from tests.index.figures.sentences import figures_of


def as_case(figure: Figure) -> dict[str, str]:
    return {
        "value": str(figure.value),
        "measure": figure.measure,
        "kind": figure.kind,
        "period": figure.period,
        "qualifier": figure.qualifier or "",
    }


@pytest.mark.parametrize("case", cases_beside(__file__, "measures.jsonl"), ids=ids_of)
def test_figures_measure_what_the_words_say(case: dict[str, Any]) -> None:
    options = {key: case[key] for key in ("year", "date", "headings") if key in case}
    assert [as_case(figure) for figure in figures_of(case["text"], **options)] == case["figures"]

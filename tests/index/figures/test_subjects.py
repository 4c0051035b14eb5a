from __future__ import annotations

from typing import Any

import pytest

from tests.case_files import cases_beside, ids_of
from tests.index.figures.sentences import figures_of


@pytest.mark.parametrize("case", cases_beside(__file__, "subjects.jsonl"), ids=ids_of)
def test_amounts_are_given_of_what_the_sentence_speaks_of(case: dict[str, Any]) -> None:
    options = {key: case[key] for key in ("year", "date", "headings") if key in case}
    figures = figures_of(case["text"], **options)
    assert [[str(figure.value), figure.indicator] for figure in figures] == case["of"]

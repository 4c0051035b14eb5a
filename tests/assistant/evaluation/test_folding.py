from typing import Any

import pytest

from assistant.evaluation.folding import fold, holds, marks, occurrences
from index.types import Span
from tests.assistant.evaluation.samples import cases


@pytest.mark.parametrize("case", cases("patterns.jsonl"), ids=lambda case: case["why"])
def test_a_pattern_is_held(case: dict[str, Any]) -> None:
    assert holds(fold(case["text"]), case["pattern"]) is case["holds"]


def test_every_occurrence_is_found() -> None:
    assert list(occurrences("7%", fold("7%、17%、7%[1]"))) == [Span(0, 2), Span(7, 9)]


def test_marks_are_the_numbers_in_square_brackets() -> None:
    assert marks("增长7%[1][12](2022)[a]") == {1, 12}

from __future__ import annotations

from typing import Any

import pytest

from index.figures.subjects.names import Names
from index.lexicon.indicators import load_lexicon
from tests.case_files import cases_beside, ids_of


@pytest.mark.parametrize("case", cases_beside(__file__, "names.jsonl"), ids=ids_of)
def test_the_words_before_amounts_name_what_they_are_of(case: dict[str, Any]) -> None:
    text = case["text"]
    names = Names(text, load_lexicon())
    end = text.index(case["before"])
    found = names.subjects(0, end, case["count"], case["unit"])
    assert [subject.name for subject in found] == case["names"]
    for subject in found:
        assert text[subject.start : subject.end] == subject.as_written

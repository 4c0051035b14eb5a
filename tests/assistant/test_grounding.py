from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.errors import GroundingError
from assistant.grounding import ground
from assistant.types import Answer, Citation

RAW = {"a.txt": "地区生产总值增长7%。"}
CITATION = Citation(1, "a.txt", 0, 10, "地区生产总值增长7%", None, "焦作市", 2023)
ANSWER = Answer("?", "zh-Hans", "焦作市：“地区生产总值增长7%”[1]", citations=(CITATION,))


def test_an_exact_answer_passes_unchanged() -> None:
    assert ground(ANSWER, RAW.__getitem__) is ANSWER


def test_a_quote_that_is_not_its_span_is_refused() -> None:
    shifted = replace(ANSWER, citations=(replace(CITATION, start=1),))
    with pytest.raises(GroundingError, match=r"citation \[1\]: expected '地区生产总值增长7%'"):
        ground(shifted, RAW.__getitem__)


def test_a_mark_without_a_citation_is_refused() -> None:
    with pytest.raises(GroundingError, match=r"found \[1, 2\]"):
        ground(replace(ANSWER, text=ANSWER.text + "[2]"), RAW.__getitem__)


def test_a_citation_without_a_mark_is_refused() -> None:
    with pytest.raises(GroundingError, match=r"found \[\]"):
        ground(replace(ANSWER, text="焦作市"), RAW.__getitem__)

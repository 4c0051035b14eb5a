from __future__ import annotations

from index.text.prefix_index import NameStarts


def test_starts_are_told_by_two_characters_with_the_lengths_of_the_names() -> None:
    starts = NameStarts(["焦作", "焦作市", "焦点", "京"])
    assert list(starts.find("京焦作焦点焦炭焦")) == [(1, (3, 2)), (3, (2,))]


def test_characters_with_a_meaning_in_patterns_are_themselves() -> None:
    starts = NameStarts(["]^x", "-\\", "^]"])
    assert list(starts.find("a]^x-\\^]")) == [(1, (3,)), (4, (2,)), (6, (2,))]


def test_without_names_nothing_is_found() -> None:
    assert list(NameStarts([]).find("焦作")) == []

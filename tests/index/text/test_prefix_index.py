from __future__ import annotations

from index.text.prefix_index import PrefixIndex


def test_names_are_found_where_they_stand_the_longest_of_one_place_first() -> None:
    names = PrefixIndex(["焦作", "焦作市", "焦点", "京"])
    assert list(names.find("京焦作市焦点焦炭焦作")) == [
        (1, "焦作市"), (1, "焦作"), (4, "焦点"), (8, "焦作"),
    ]  # fmt: skip


def test_characters_with_a_meaning_in_patterns_are_themselves() -> None:
    names = PrefixIndex(["]^x", "-\\", "^]"])
    assert list(names.find("a]^x-\\^]")) == [(1, "]^x"), (4, "-\\"), (6, "^]")]


def test_without_names_nothing_is_found() -> None:
    assert list(PrefixIndex([]).find("焦作")) == []

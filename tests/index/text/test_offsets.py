import pytest

from index.text.offsets import OffsetMap, apply
from index.types import Span


def test_edits_are_made_in_order() -> None:
    assert apply("abcdef", [(1, 2, ""), (3, 5, "-")])[0] == "ac-f"


def test_an_edit_of_nothing_is_passed_over() -> None:
    text, offsets = apply("ab", [(0, 0, ""), (2, 2, "")])
    assert text == "ab"
    assert offsets == OffsetMap.identity(2)


def test_a_replaced_run_belongs_to_its_one_character() -> None:
    _, offsets = apply("ab   cd", [(2, 5, "\n")])
    assert offsets.source_span(Span(2, 3)) == Span(2, 5)


def test_what_follows_the_last_character_stays_out() -> None:
    _, offsets = apply("ab(x)cd", [(2, 5, "")])
    assert offsets.source_span(Span(0, 2)) == Span(0, 2)
    assert offsets.source_span(Span(1, 3)) == Span(1, 6)


def test_a_removed_span_has_no_target() -> None:
    _, offsets = apply("ab(x)cd", [(2, 5, "")])
    assert offsets.target_span(Span(3, 4)) == Span(2, 2)


def test_a_span_at_the_end_is_empty_there() -> None:
    _, offsets = apply("abc", [(2, 3, "")])
    assert offsets.source_span(Span(2, 2)) == Span(3, 3)


def test_maps_compose() -> None:
    middle, inner = apply("a--b  c", [(1, 3, "")])
    target, outer = apply(middle, [(2, 4, " ")])
    composed = outer.after(inner)
    assert target == "ab c"
    assert [composed.source_span(Span(i, i + 1)) for i in range(4)] == [
        Span(0, 1),
        Span(3, 4),
        Span(4, 6),
        Span(6, 7),
    ]


def test_nothing_left_is_a_map_too() -> None:
    text, offsets = apply("  ", [(0, 2, "")])
    assert text == ""
    assert offsets.after(OffsetMap.identity(2)).target_span(Span(0, 2)) == Span(0, 0)


def test_bytes_hold_the_whole_map() -> None:
    _, offsets = apply("x" * 1000 + "(y)" + "z", [(1000, 1003, ""), (1003, 1004, "w")])
    assert OffsetMap.from_bytes(offsets.to_bytes()) == offsets
    assert len(offsets.to_bytes()) < 16


def test_a_span_beyond_the_text_is_refused() -> None:
    with pytest.raises(IndexError, match="within 2 characters"):
        OffsetMap.identity(2).source_span(Span(0, 3))

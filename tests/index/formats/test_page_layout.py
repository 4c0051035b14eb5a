from __future__ import annotations

from index.formats.page_layout import Line, text_of_pages, without_furniture

SIZE = 10.0


def page(*rows: tuple[str, float]) -> list[Line]:
    """Return lines one below the other; each a text and how many characters it is set in."""
    return [
        Line(text, indent * SIZE, (indent + len(text)) * SIZE, -16.0 * n, 10 - 16.0 * n, SIZE)
        for n, (text, indent) in enumerate(rows)
    ]


FULL = "一" * 30


def test_an_indent_begins_a_paragraph() -> None:
    pages = [page((FULL[:28], 2), (FULL, 0), ("完。", 0), (FULL[:28], 2), ("完。", 0))] * 1
    assert text_of_pages(pages) == f"{FULL[:28]}{FULL}完。\n{FULL[:28]}完。\n"


def test_a_paragraph_goes_on_over_a_pages_end() -> None:
    pages = [page((FULL[:28], 2), (FULL, 0)), page(("完。", 0), (FULL[:28], 2), (FULL, 0))]
    assert text_of_pages(pages) == f"{FULL[:28]}{FULL}\f完。\n{FULL[:28]}{FULL}\n"


def test_a_paragraph_that_begins_a_page_stands_behind_its_turn() -> None:
    pages = [page((FULL[:28], 2), (FULL, 0)), page((FULL[:28], 2), ("完。", 0))]
    assert text_of_pages(pages) == f"{FULL[:28]}{FULL}\n\f{FULL[:28]}完。\n"


def test_a_page_without_lines_is_counted() -> None:
    assert text_of_pages([[], page(("第二页", 0)), []]) == "\f第二页\f\n"
    assert text_of_pages([]) == ""


def test_latin_words_are_parted_where_a_line_was_wrapped() -> None:
    pages = [page(("a" * 26 + " the", 2), ("plan holds", 0), ("x", 2), (FULL, 0))]
    assert "the plan holds" in text_of_pages(pages)


def test_what_repeats_in_the_middle_of_pages_is_text() -> None:
    pages = [
        page((f"{n}段", 2), (f"{n}条", 2), ("各位代表", 2), (f"{n}项", 2), (f"{n}节", 2))
        for n in "甲乙丙丁"
    ]
    assert text_of_pages(without_furniture(pages)).count("各位代表") == 4


def test_what_stands_on_page_after_page_at_one_height_is_no_text() -> None:
    pages = [page(("某市报告", 9), (f"{n}段", 2), (f"{n}节", 2), ("第3页", 9)) for n in "甲乙丙丁"]
    kept = [line.text for each in without_furniture(pages) for line in each]
    assert kept == [f"{n}{word}" for n in "甲乙丙丁" for word in "段节"]

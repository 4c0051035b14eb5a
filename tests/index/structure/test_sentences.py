from __future__ import annotations

import pytest

from index.structure.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一句。二句!三句?四", ["一句。", "二句!", "三句?", "四"]),
        ("他说:“好。”大家鼓掌。", ["他说:“好。”", "大家鼓掌。"]),
        ("弘扬“干!”的精神。", ["弘扬“干!”的精神。"]),
        ("一行\n二行", ["一行", "二行"]),
        ("增长7.5%;投资增长。", ["增长7.5%;投资增长。"]),
    ],
)
def test_sentences_end_at_their_marks(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected


def test_a_semicolon_ends_a_sentence_where_asked() -> None:
    text = "增长7.5%;投资增长。"
    assert [span.of(text) for span in sentences(text, soft=True)] == ["增长7.5%;", "投资增长。"]


def test_a_text_of_nothing_has_no_sentences() -> None:
    assert sentences("") == []

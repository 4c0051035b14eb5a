"""Front matter: what it says, where it stands, and what is none."""

from __future__ import annotations

from index.text.front_matter import front_matter
from index.text.normalization import normalize
from index.types import Span

_RAW = (
    '---\nsource: https://a.gov.cn/1.html\ntitle: "焦作市政府工作报告"\n---\n\n'
    "各位代表:\n现在报告工作。\n"
)


def test_its_values_stand_where_they_are_in_the_file() -> None:
    found = front_matter(_RAW)
    assert found is not None
    assert {key: value for key, (value, _) in found.entries.items()} == {
        "source": "https://a.gov.cn/1.html",
        "title": "焦作市政府工作报告",
    }
    assert all(span.of(_RAW) == value for value, span in found.entries.values())


def test_it_is_no_prose_and_offsets_stay_exact() -> None:
    normalized = normalize(_RAW)
    assert normalized.text == "各位代表:\n现在报告工作。"
    start = normalized.text.index("现在")
    assert normalized.raw_span(Span(start, start + 2)).of(_RAW) == "现在"


def test_a_rule_above_prose_begins_none() -> None:
    assert front_matter("---\n各位代表,现在报告工作。\n---\n") is None
    assert front_matter("——2024年1月9日\n") is None
    assert normalize("---\n一、回顾\n").text != ""

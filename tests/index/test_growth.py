"""Reading takes time in proportion to the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.ingestion.pipeline import Text, read
from index.storage.entries import Entry, FileState
from index.structure.passages import MAX_LENGTH
from tests.growth import in_proportion

HEAD = "焦作市2023年政府工作报告\n"
TEXTS: dict[str, Callable[[int], str]] = {
    "one line": lambda n: "发展" * (n // 2),
    "years": lambda n: "2024年" * (n // 5),
    "enumerated indicators": lambda n: "地区生产总值、" * (n // 7) + "分别增长5%",
    "growth": lambda n: "增长5%," * (n // 5),
    "figures": lambda n: "地区生产总值增长5%," * (n // 11),
    "sentences": lambda n: "经济增长5%。" * (n // 7),
    "headings": lambda n: "".join(f"{number}、发展\n" for number in range(n // 8)),
    "lines": lambda n: "".join(f"第{number}行发展\n" for number in range(n // 8)),
    "the same paragraph": lambda n: ("经济社会发展取得新成效," * 6 + "\n") * (n // 73),
    "brackets": lambda n: "(" * n,
    "respectively": lambda n: "分别" * (n // 2) + "5%",
}


def read_text(text: str) -> Entry:
    file = FileState(Path("/reports/a.txt"), 1, 1, "0" * 64)
    return read(Text(HEAD + text, "utf-8", "a.txt", file, force=True))


@pytest.mark.parametrize("kind", TEXTS)
def test_a_longer_text_takes_longer_in_proportion(kind: str) -> None:
    assert in_proportion(lambda characters: read_text(TEXTS[kind](characters)), 2_000)


def test_a_line_of_any_length_becomes_passages_of_the_usual_size() -> None:
    text = "发展" * 100_000
    entry = read_text(text)
    assert max(len(passage.text) for passage in entry.passages) <= MAX_LENGTH
    assert "".join(passage.text for passage in entry.passages).endswith(text)

"""SECURITY.md: each of its promises names the tests that hold it, and they are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_PROMISE = re.compile(r"^\| (?P<words>.+?) \| (?P<tests>`tests/.+`) \|$", re.MULTILINE)
PROMISES = [
    (each["words"], re.findall(r"`([^`]+)`", each["tests"]))
    for each in _PROMISE.finditer((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
]


def test_every_line_of_the_table_is_a_promise_with_its_test() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    table = text.partition("| promise | test |")[2].partition("\n\n")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(lines) == len(PROMISES) > 20


@pytest.mark.parametrize(("words", "tests"), PROMISES, ids=[words[:60] for words, _ in PROMISES])
def test_a_promise_is_held_by_tests_that_there_are(words: str, tests: list[str]) -> None:
    assert words
    for named in tests:
        path, _, function = named.partition("::")
        held = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"^def {function or 'test_'}", held, re.MULTILINE), named

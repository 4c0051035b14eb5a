from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.text import numbering
from index.text.numbering import Numbering

ROOM = Path(numbering.__file__).parents[1] / "structure"


@pytest.mark.parametrize(
    ("kind", "written", "number"),
    [
        (numbering.PART, "第二部分", "二"),
        (numbering.PART, "第十一章", "十一"),
        (numbering.SECTION, "三、", "三"),
        (numbering.SUBSECTION, "(十二)", "十二"),
        (numbering.ITEM, "3.", "3"),
        (numbering.ITEM, "12、", "12"),
        (numbering.SUBITEM, "(4)", "4"),
        (numbering.CIRCLED, "⑤", "⑤"),
        (numbering.ORDINAL, "第一,", "一"),
        (numbering.SPOKEN, "二要", "二"),
    ],
)
def test_a_mark_holds_its_number(kind: Numbering, written: str, number: str) -> None:
    found = re.fullmatch(kind.named("number"), written)
    assert found
    assert found["number"] == number
    assert re.fullmatch(kind.pattern, written)


@pytest.mark.parametrize(
    ("kind", "text"),
    [(numbering.ITEM, "1.5亿元"), (numbering.SPOKEN, "一要素"), (numbering.SECTION, "三是")],
)
def test_what_is_no_mark_is_none(kind: Numbering, text: str) -> None:
    assert re.match(kind.pattern, text) is None


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.name)
def test_how_items_are_numbered_is_written_nowhere_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\[一二三四五六七八九十[^\]]*\]\{1,\d\}|①-⑳|⑴-⒇|●○|◆◇", text)

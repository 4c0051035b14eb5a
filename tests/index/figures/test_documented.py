"""The page on figures: each clause that it shows states the figures beside it, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.index.figures.sentences import figures_of
from tests.index.figures.test_extraction import told

PAGE = Path(__file__).parents[3] / "docs" / "figures.md"
UNDER = {"back": "2022年工作回顾", "plan": "2023年主要目标"}
FIELDS = ("indicator", "measure", "kind", "period", "value", "qualifier")


def shown() -> list[tuple[str, str, list[dict[str, str]]]]:
    """Return each clause under its heading with the figures of its rows."""
    clauses: list[tuple[str, str, list[dict[str, str]]]] = []
    for row in re.findall(r"^\| (?:back|plan|) ?\|.*\|$", PAGE.read_text(encoding="utf-8"), re.M):
        under, clause, *cells = (cell.strip() for cell in row.strip("|").split("|"))
        if clause:
            clauses.append((UNDER[under], clause, []))
        clauses[-1][2].append(dict(zip(FIELDS, cells, strict=True)))
    return clauses


@pytest.mark.parametrize(("under", "clause", "figures"), shown())
def test_a_clause_states_what_the_page_says(
    under: str, clause: str, figures: list[dict[str, str]]
) -> None:
    found = [told(figure) for figure in figures_of(clause, headings=[under])]
    for each in found:
        each["value"] = f"{each['value']} {each.pop('unit')}".strip()
    assert found == figures


def test_numbers_that_are_no_figures_are_none() -> None:
    for text in ("打好三大攻坚战。", "在市第十四届人民代表大会第一次会议上。", "顺利召开市两会。"):
        assert figures_of(text) == []

"""Holds an answer told from a result to its cells: every figure stands in the clause it cites.

The clause is read anew, by the reader of answers and not by the one that extracted the figure.
Knows nothing of how the answer is worded, so that a right table is never withheld for its wording.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from assistant.claims.amounts import Amount, amounts_in, same_value
from assistant.grounding.check import MARK, check_citations
from assistant.grounding.figure_lock import is_value
from assistant.types import Answer, AnswerFigure
from index.places.gazetteer import load_gazetteer
from index.text.normalization import normalize
from index.text.script import to_simplified


def check_cells(answer: Answer, raw_of: Callable[[str], str]) -> list[AnswerFigure]:
    """Return the figures of an answer that the clause they cite does not state.

    Raises:
        GroundingError: a quote is not the characters of its span, or marks and citations differ.
    """
    check_citations(answer, raw_of)
    quotes = {citation.n: citation.quote for citation in answer.citations}
    return [figure for figure in answer.figures if not _stands(figure, quotes)]


def altered(answer: Answer) -> list[str]:
    """Return what of a table's text the words behind its marks do not state: amounts and places.

    A count of mentions is not looked at: the words cited are the first only.
    """
    return [*_altered_amounts(answer), *_altered_places(answer)]


def _altered_places(answer: Answer) -> list[str]:
    """Return the places that rows begin with and whose reports they do not cite."""
    regions = {citation.n: citation.region or "" for citation in answer.citations}
    found = []
    for row in (line for line in answer.text.splitlines() if line.startswith("| ")):
        cited = {regions.get(int(number), "") for number in MARK.findall(row)}
        named = to_simplified(row.split("|")[1].strip())
        places = load_gazetteer().resolve(named) if cited and not named.isdigit() else []
        if places and not cited & {named, *(place.name for place in places)}:
            found.append(row.split("|")[1].strip())
    return found


def _altered_amounts(answer: Answer) -> list[str]:
    quotes = {citation.n: _clean(citation.quote) for citation in answer.citations}
    found, reached = [], 0
    for marks in _MARKS.finditer(answer.text):
        before = answer.text[reached : marks.start()]
        reached = marks.end()
        amounts = [amount for amount in amounts_in(before) if amount.unit not in _TIMES]
        cited = [quotes.get(int(number), "") for number in MARK.findall(marks[0])]
        if amounts and not _is_cited(amounts[-1], cited):
            found.append(before[amounts[-1].start : amounts[-1].end])
    return found


_MARKS = re.compile(r"(?:\s*\[\d{1,6}\])+")
_TIMES = ("", "次", "年", "份", "个")


def _is_cited(amount: Amount, quotes: list[str]) -> bool:
    values = [amount.value] if amount.upper is None else [amount.value, amount.upper]
    stated = [
        (value, each.unit)
        for quote in quotes
        for each in amounts_in(quote)
        for value in (each.value, each.upper)
        if value is not None
    ]
    return all(
        any(same_value(value, amount.unit, other, unit) for other, unit in stated)
        for value in values
    )


def _stands(figure: AnswerFigure, quotes: dict[int, str]) -> bool:
    if not figure.value:
        return any((figure.qualifier or "") in _clean(quotes[n]) for n in figure.marks)
    return any(
        is_value(amount, figure) for n in figure.marks for amount in amounts_in(_clean(quotes[n]))
    )


@lru_cache(maxsize=8192)
def _clean(quote: str) -> str:
    return re.sub(r"\s+", "", normalize(quote).text)

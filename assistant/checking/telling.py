"""What a check found, told as lines, as a record for programs, and as a page with the text marked.

Knows how things are told, not how they were found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from html import escape
from typing import Any

from assistant.checking.checker import Check, Checked, Verdict
from assistant.checking.types import DraftNumber
from assistant.records.printing import printable
from assistant.types import Citation

_COLOURS: dict[Verdict, str] = {
    "agrees": "#d7f0d7",
    "contradicts": "#f7c9c9",
    "not_found": "#eeeeee",
}
_NAMES: dict[Verdict, str] = {
    "agrees": "agrees",
    "contradicts": "contradicts",
    "not_found": "not found",
}


def lines_of(check: Check, *, whole: bool = False) -> Iterator[str]:
    """Yield a line a number that contradicts, or each number where `whole`, and the counts last."""
    for each in check.numbers:
        if whole or each.verdict == "contradicts":
            yield f"{_NAMES[each.verdict]:<11}  {_told(each, check.text)}"
            yield from (f"    {_source(citation)}" for citation in each.says)
    for promise in check.promises:
        yield f"promised and not mentioned: {promise.indicator} {promise.goal}"
        yield f"    {_source(promise.stated)}"
    counts = Counter(each.verdict for each in check.numbers)
    told = ", ".join(f"{counts[name]} {words}" for name, words in _NAMES.items() if counts[name])
    yield f"{len(check.numbers)} numbers: {told}" if told else "no numbers"


def record_of(check: Check) -> dict[str, Any]:
    """Return a check as programs read it; offsets are characters of the text."""
    return {
        "numbers": [_number_record(each, check.text) for each in check.numbers],
        "promised_and_not_mentioned": [
            {
                "indicator": each.indicator,
                "goal": each.goal,
                "stated": each.stated.record(),
            }
            for each in check.promises
        ],
    }


def page_of(check: Check, title: str) -> str:
    """Return the text as a page of HTML, each number marked, with the reports' words behind it."""
    shown: list[str] = []
    at = 0
    for each in check.numbers:
        span = each.number.span
        shown.append(escape(check.text[at : span.start]))
        told = "\n".join([_NAMES[each.verdict], _of(each), *map(_source, each.says)])
        shown.append(
            f'<mark style="background:{_COLOURS[each.verdict]}" title="{escape(told)}">'
            f"{escape(span.of(check.text))}</mark>"
        )
        at = span.end
    shown.append(escape(check.text[at:]))
    lines = "".join(f"<li>{escape(line)}</li>" for line in lines_of(check))
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f'<body style="max-width:50em;margin:2em auto;line-height:1.8">'
        f'<div style="white-space:pre-wrap">{"".join(shown)}</div><ul>{lines}</ul></body></html>\n'
    )


def _number_record(each: Checked, text: str) -> dict[str, Any]:
    number = each.number
    amount = {name: str(value) for name, value in asdict(number.amount).items() if value}
    return {
        "start": number.span.start,
        "end": number.span.end,
        "written": number.span.of(text),
        "clause": _clause(number, text),
        "value": amount.get("value", "0"),
        "unit": number.amount.unit,
        "place": number.setting.places[0].name if number.setting.places else None,
        "year": number.setting.year,
        "indicator": number.indicator.zh if number.indicator else None,
        "kind": number.stance,
        "verdict": each.verdict,
        "says": [citation.record() for citation in each.says],
    }


_MOST_AROUND = 300
"""Characters of a number's clause that are told on either side: each number tells its own."""


def _clause(number: DraftNumber, text: str) -> str:
    start = max(number.clause.start, number.span.start - _MOST_AROUND)
    return text[start : min(number.clause.end, number.span.end + _MOST_AROUND)]


def _told(each: Checked, text: str) -> str:
    number = each.number
    clause = printable(_clause(number, text)).strip()
    return f"“{printable(number.span.of(text))}” in “{clause}” ({_of(each)})"


def _of(each: Checked) -> str:
    number = each.number
    place = number.setting.places[0].name if number.setting.places else "no place"
    year = str(number.setting.year or "no year")
    return ", ".join([place, year, number.indicator.zh if number.indicator else "its words"])


def _source(citation: Citation) -> str:
    return f"{citation.document}:{citation.start}-{citation.end}  {printable(citation.quote)}"

"""Which statements of those found are shown, in which order: of the place, each once.

Knows statements only, and nothing of why they were found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answering.quotes.ranking import Evidence
from assistant.types import Question
from index.structure.statements import Statement

_KIND_OF_PLACE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:新区|自治[州县]|[省市区县旗州盟])$")


def is_of_place(statement: Statement, question: Question) -> bool:
    """Tell whether a statement is under the name of a place that lies in one with a report."""
    around = " ".join((*statement.passage.headings, statement.lead_text, statement.text))
    names = [_KIND_OF_PLACE.sub("", region.name) for region in question.within]
    return not names or any(name in around for name in names)


def in_reading_order(statement: Statement) -> tuple[str, int]:
    """Return what puts statements in the order of their reports' text."""
    return statement.report.document, statement.span.start


def distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Drop statements whose words another one before them already has."""
    kept: list[Evidence] = []
    for item in evidence:
        words = item.statement.text
        if not any(words in other.statement.text for other in kept):
            kept.append(item)
    return kept


def without_repetition(statements: Sequence[Statement]) -> list[Statement]:
    """Keep the longest of statements that hold one another, in the place of the first."""
    kept: list[Statement] = []
    for each in statements:
        if any(each.text in other.text for other in kept):
            continue
        first = next((at for at, other in enumerate(kept) if other.text in each.text), len(kept))
        kept = [other for other in kept if other.text not in each.text]
        kept.insert(first, each)
    return kept


def by_report(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Gather statements by report, the reports in the order of their first."""
    gathered: dict[str, list[Statement]] = {}
    for statement in statements:
        gathered.setdefault(statement.report.id, []).append(statement)
    return list(gathered.values())

"""An answer beside the one that the same question gets now: which of its statements are told again.

Statements are compared with their marks read as the spans that they cite, so that numbers may
change and sources may not. Knows answers and their citations, not how they come about.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from assistant.claims.parsing import Part, parts_of
from assistant.grounding.check import MARK, Sources, evidence_of
from assistant.types import Answer


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of an answer: its `text` as it stands, marks and all, and how it is compared.

    `key` is its text with the spans that it cites, under the head of its list or table. `below`
    are the marks of a head's items.
    """

    part: Part
    text: str
    key: str
    below: tuple[int, ...] = ()

    @property
    def marks(self) -> frozenset[int]:
        """The numbers of its marks."""
        return self.part.statement.marks


def told_in(answer: Answer, sources: Sources) -> list[Told]:
    """Return the statements of an answer, in order."""
    evidence = evidence_of(answer, sources)
    parts = parts_of(answer, evidence, sources.lexicon, sources.gazetteer)
    found: list[Told] = []
    head = ""
    for place, part in enumerate(parts):
        text = answer.text[part.start : part.end].strip()
        own = _cited(text, answer)
        head = own if part.form == "head" else head if part.form in _UNDER else ""
        key = f"{head}\n{own}" if part.form in _UNDER else own
        below = _marks_below(parts[place + 1 :]) if part.form == "head" else ()
        found.append(Told(part, text, key, below))
    return found


_UNDER = ("item", "row", "rule")
"""What stands under a head."""


def _marks_below(parts: Sequence[Part]) -> tuple[int, ...]:
    marks: list[int] = []
    for part in parts:
        if part.form not in _UNDER:
            break
        marks += sorted(part.statement.marks)
    return tuple(marks)


def _cited(text: str, answer: Answer) -> str:
    """Return words with each mark read as the span that it stands for."""
    spans = {each.n: f"[{each.document}:{each.start}-{each.end}]" for each in answer.citations}
    marked = MARK.sub(lambda mark: spans.get(int(mark[1]), mark[0]), text)
    return " ".join(marked.split())


def told_again(said: Sequence[Told], now: Sequence[Told]) -> list[bool]:
    """Tell of each statement whether it is told again, in the order in which it is told now."""
    matcher = SequenceMatcher(None, [e.key for e in said], [e.key for e in now], autojunk=False)
    again = [False] * len(said)
    for block in matcher.get_matching_blocks():
        again[block.a : block.a + block.size] = [True] * block.size
    return again


def is_same_text(said: Answer, now: Answer) -> bool:
    """Tell whether two answers say the same of the same spans."""
    return _lines(said) == _lines(now)


def _lines(answer: Answer) -> list[str]:
    return [_cited(line, answer) for line in answer.text.splitlines()]


def differences(said: Answer, now: Answer) -> Iterator[tuple[str, str, str]]:
    """Yield what differs beside the text: its name, what is said, and what is told now."""
    before, after = _facts(said), _facts(now)
    for name, value in before.items():
        if value != after[name]:
            yield name, value, after[name]


def _facts(answer: Answer) -> dict[str, str]:
    facts: dict[str, Any] = {
        "language": answer.language,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "citations": [asdict(citation) for citation in answer.citations],
        "figures": [asdict(figure) for figure in answer.figures],
        "query": answer.query,
    }
    return {name: json.dumps(fact, ensure_ascii=False) for name, fact in facts.items()}

"""Checks an answer against its sources before it leaves: citations exact, every figure as cited.

Has `figure_lock` judge each statement of an answer's text against the evidence behind its marks,
and withholds those that fail. Knows citations and the files they point into; not how the answer
came about, so that a chat model's words are held to the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from assistant.claims.parsing import Part, parts_of
from assistant.claims.types import Evidence
from assistant.errors import GroundingError
from assistant.grounding.figure_lock import is_supported
from assistant.grounding.places_and_years import Given, Known, is_known
from assistant.prompts import phrase
from assistant.types import Answer, Citation
from index import deadline
from index.lexicon.indicators import Lexicon
from index.places.gazetteer import Gazetteer
from index.text.normalization import normalize

MARK = re.compile(r"\[(\d{1,6})\]")
"""A citation's mark in an answer's text."""


_MOST = 200
"""Amounts in one statement above which it is withheld unread."""


def _of_no_year(_: Citation) -> frozenset[int]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Sources:
    """What answers are checked against.

    `raw_of` gives the raw text of a document by the name citations use, `given` the place and year
    of every indexed report, `years_of` the years that a citation's words are about by where they
    stand; all are asked only where a statement needs them.
    """

    raw_of: Callable[[str], str]
    given: Callable[[], Sequence[Given]]
    lexicon: Lexicon
    gazetteer: Gazetteer
    years_of: Callable[[Citation], frozenset[int]] = _of_no_year


def ground(answer: Answer, sources: Sources, *, asked: Sequence[str] = ()) -> Answer:
    """Return `answer` with what its sources do not bear out withheld, and saying so.

    An answer whose every statement is borne out is returned as it is. One that has nothing left
    abstains.

    Args:
        answer: the answer about to leave.
        sources: what it is checked against.
        asked: the user's earlier questions, whose places and years an abstention may name.

    Raises:
        GroundingError: a quote is not the characters of its span, or marks and citations differ.
    """
    check_citations(answer, sources.raw_of)
    evidence = evidence_of(answer, sources)
    parts = parts_of(answer, evidence, sources.lexicon, sources.gazetteer)
    known = Known(answer, sources.given, sources.gazetteer, (*asked, answer.question))
    short = [part for part in parts if len(part.statement.amounts) <= _MOST]
    kept = _borne_out(short, evidence, known)
    if len(kept) == len(parts):
        return answer
    return _without(answer, parts, kept)


def check_citations(answer: Answer, raw_of: Callable[[str], str]) -> None:
    """Hold every quote to the characters of its span, and the marks in the text to the citations.

    Raises:
        GroundingError: a quote is not the characters of its span, or marks and citations differ.
    """
    documents = dict.fromkeys(citation.document for citation in answer.citations)
    raws = {document: raw_of(document) for document in documents}
    for citation in answer.citations:
        found = raws[citation.document][citation.start : citation.end]
        if found != citation.quote:
            raise GroundingError(
                f"citation [{citation.n}]: expected {citation.quote!r} at {citation.start} of"
                f" {citation.document}, found {found!r}; index that file again"
            )
    marks = {int(number) for number in MARK.findall(answer.text)}
    numbers = {citation.n for citation in answer.citations}
    if marks != numbers:
        raise GroundingError(
            f"expected the marks {sorted(numbers)} of the citations, found {sorted(marks)}"
        )


def evidence_of(answer: Answer, sources: Sources) -> list[Evidence]:
    """Return what stands behind each mark of an answer."""
    return [
        Evidence(
            n=citation.n,
            quote=_clean(citation.quote),
            region=citation.region,
            year=citation.year,
            figures=tuple(figure for figure in answer.figures if figure.marks[:1] == (citation.n,)),
            about=partial(sources.years_of, citation),
        )
        for citation in answer.citations
    ]


@lru_cache(maxsize=4096)
def _clean(quote: str) -> str:
    return normalize(quote).text


# What is borne out


def _borne_out(parts: Sequence[Part], evidence: Sequence[Evidence], known: Known) -> list[Part]:
    """Return the parts that may leave: table rows first, as what stands beside leans on them."""
    by_mark = {each.n: each for each in evidence}
    kept: list[Part] = []
    explained: frozenset[int] = frozenset()
    for part in sorted(parts, key=lambda part: part.form != "row"):
        deadline.check()
        marks = part.statement.marks
        cited = [by_mark[n] for n in sorted(marks) if n in by_mark]  # ［19］ is a footnote's
        if not marks or not is_known(part.statement, cited, known):
            continue
        if part.form != "row" and not explained:
            explained = _explained([part for part in kept if part.form == "row"], evidence)
        if is_supported(part.statement, cited, explained):
            kept.append(part)
    reached = frozenset(n for part in kept for n in part.statement.marks)
    left = [each for each in evidence if each.n in reached]
    kept.extend(
        part
        for part in parts
        if part.form == "rule"
        or (
            not part.statement.marks
            and is_known(part.statement, left, known)
            and _unmarked_holds(part, left, known)
        )
    )
    return [part for part in parts if part in kept]


def _explained(rows: Sequence[Part], evidence: Sequence[Evidence]) -> frozenset[int]:
    """Return the marks of the figures that table rows are of.

    Where the rows are all goals, or all results, those of every such figure: a long table shows
    its first rows only.
    """
    marks = {n for row in rows for n in row.statement.marks}
    kinds = {f.kind == "target" for each in evidence if each.n in marks for f in each.figures}
    alike = {
        each.n
        for each in evidence
        if len(kinds) == 1 and all((f.kind == "target") in kinds for f in each.figures)
    }
    return frozenset(marks | alike)


def _unmarked_holds(part: Part, evidence: Sequence[Evidence], known: Known) -> bool:
    """Tell whether a statement without marks may leave.

    It may state amounts as a verdict over figures that the answer's other statements cite (a
    formula over them, or values said of their places, where two or more are cited) and as the count
    of places or reports.
    """
    amounts = [a for a in part.statement.amounts if not known.is_count(part.statement, a)]
    if not amounts:
        return True
    figures = [figure for each in evidence for figure in each.figures if figure.value]
    says_where = part.statement.formulas or part.statement.places
    return len(figures) > 1 and bool(says_where) and is_supported(part.statement, evidence)


# What is left of an answer


def _without(answer: Answer, parts: Sequence[Part], kept: Sequence[Part]) -> Answer:
    """Take the parts that are not `kept` out of an answer, with all that hung on them."""
    was_cited = bool(answer.citations)
    reached = sorted({n for part in kept for n in part.statement.marks})
    if was_cited and not reached and not _stands_alone(answer):
        words = phrase("withheld_all", answer.language)
        return Answer(answer.question, answer.language, words, True, "not_stated")
    if not kept:
        words = phrase("withheld_all", answer.language)
        return Answer(answer.question, answer.language, words, True, answer.reason or "not_stated")
    blocks = [*_remaining(answer.text, parts, kept), phrase("withheld", answer.language)]
    numbers = {n: place for place, n in enumerate(marks_in_order(blocks), 1)}

    def renumbered(text: str) -> str:
        return MARK.sub(lambda mark: f"[{numbers[int(mark[1])]}]", text)

    citations = [c for c in answer.citations if c.n in numbers]
    return replace(
        answer,
        text=renumbered("\n\n".join(blocks)),
        citations=tuple(
            replace(citation, n=numbers[citation.n])
            for citation in sorted(citations, key=lambda citation: numbers[citation.n])
        ),
        figures=tuple(
            replace(figure, marks=tuple(numbers[n] for n in figure.marks if n in numbers))
            for figure in answer.figures
            if not figure.marks or figure.marks[0] in numbers
        ),
        graded=tuple(
            replace(each, text=renumbered(each.text))
            for each in answer.graded
            if set(marks_in_order([each.text])) <= set(numbers)
        ),
    )


def _stands_alone(answer: Answer) -> bool:
    """Tell whether an abstention still says something without what it found nearest."""
    return answer.abstained and answer.reason not in ("no_number", "false_premise", "truncated")


def _remaining(text: str, parts: Sequence[Part], kept: Sequence[Part]) -> list[str]:
    """Return the paragraphs that are left; a head without anything under it goes too."""
    blocks: list[str] = []
    place = first = 0
    for block in text.split("\n\n"):
        inside = [part for part in parts if place <= part.start < place + len(block) + 1]
        left = [part for part in inside if part in kept]
        body = [part for part in left if part.form not in ("head", "rule")]
        below = any(part.form != "head" for part in inside if part.form != "rule")
        if body or (left and not below):
            blocks.append(_rewritten(text, left))
        place += len(block) + 2
        first += len(inside)
    return blocks


def _rewritten(text: str, left: Sequence[Part]) -> str:
    lines: dict[int, str] = {}
    for part in left:
        start = part.start
        if part.form == "item":
            start = text.rfind("\n", 0, part.start) + 1  # with the item's number
        lines[part.line] = lines.get(part.line, "") + text[start : part.end]
    return "\n".join(line.rstrip() for line in lines.values())


def marks_in_order(texts: Sequence[str]) -> list[int]:
    """Return the numbers of the marks of texts, in the order in which they first stand."""
    return list(dict.fromkeys(int(n) for text in texts for n in MARK.findall(text)))

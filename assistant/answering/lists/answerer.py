"""Answers a question for a list: the enumeration of a report that it asks for, heads only.

A count that the question or the report states is checked against what is found. Reads no figure
and decides nothing about who or what a slogan means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.composer import Composer
from assistant.answering.lists.overview import Part, headings_of, stated_tasks
from assistant.answering.lists.ranking import ListScorer, asked_count, asked_place
from assistant.answering.slogans.parts import GENERAL, listed_under
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.types import Answer, Question
from index import deadline
from index.embedding.embedder import Embedder
from index.lexicon.numerals import numeral
from index.storage.catalogue import Catalogue
from index.structure.enumerations import enumerations
from index.structure.outline import Enumeration
from index.structure.parallelism import parallel_words
from index.structure.stock_passages import parts, problems, requirements
from index.types import Report, Span

_ENOUGH = 0.62
"""The score from which an enumeration is taken for the one asked for; see `ListScorer`."""
_LIKELY, _AHEAD = 0.35, 0.2
"""A lower score that is enough for one that is so far ahead of every other."""
_LONGEST = 1_000
"""Characters of an answer above which the heads are cut to their first clause."""


@dataclass(frozen=True, slots=True)
class Found:
    """An enumeration of a report and how well it fits the question."""

    report: Report
    enumeration: Enumeration
    score: float


def wants_list(question: Question) -> bool:
    """Tell whether a question asks for what a report enumerates."""
    if question.wanted in ("who", "when", "where") or cues.shows("means", question.folded):
        return False
    if question.wanted == "number":
        of_work = any(
            cues.shows(cue, question.folded) for cue in ("main_tasks", "requirements", "how")
        )
        return of_work and not cues.shows("number", question.folded)
    return (
        question.wanted == "list"
        or cues.shows("enumerates", question.folded)
        or cues.shows("problems", question.folded)
        or cues.shows("how", question.folded)
        or asked_count(question.folded) is not None
    )


def answer_list(
    question: Question, reports: Sequence[Report], catalogue: Catalogue, embedder: Embedder
) -> Answer | None:
    """Answer with the best enumeration of `reports`; None where none fits."""
    found = [
        best
        for report in reports
        if (best := _best(question, report, catalogue, embedder)) is not None
    ]
    if not found:
        return None
    best = max(found, key=lambda each: each.score)
    return _worded(question, best, catalogue)


def answer_item(
    question: Question, reports: Sequence[Report], catalogue: Catalogue, embedder: Embedder
) -> Answer | None:
    """Answer which item stands at a place of a numbered list: 第三项; None where that is not asked.

    The list has to have as many items as the question says there are.
    """
    place, count = asked_place(question.folded), asked_count(question.folded)
    if place is None:
        return None
    found = [each for report in reports if (each := _best(question, report, catalogue, embedder))]
    best = max(found, key=lambda each: each.score, default=None)
    items = best.enumeration.items if best and _numbered(best.enumeration) else ()
    if best is None or len(items) < place or count not in (None, len(items)):
        return None
    text = catalogue.normalized(best.report.id).text
    item = _detailed(best.enumeration, place - 1, text)
    return _worded(question, Found(best.report, item, best.score), catalogue)


def answer_parts(
    question: Question,
    terms: Sequence[str],
    texts: Sequence[tuple[Report, str]],
    catalogue: Catalogue,
) -> Answer | None:
    """Answer what a slogan counts with the list under its name: 三大攻坚战, where a report has one.

    Args:
        question: asks for what a slogan counts.
        terms: what the slogan may be called, the likeliest first.
        texts: reports with their clean texts, which are read in this order.
        catalogue: has their passages.
    """
    for term in terms:
        for report, text in texts:
            deadline.check()
            if term not in text:
                continue
            found = listed_under(term, text, catalogue.passages_of(report.id))
            if found is not None:
                return _worded(question, Found(report, found, 1.0), catalogue)
    return None


def answer_overview(
    question: Question, part: Part, reports: Sequence[Report], catalogue: Catalogue
) -> Answer | None:
    """Answer what a report says as a whole, sets as its work or looks back on, by its headings.

    The first report is taken whose headings tell it.
    """
    for report in reports:
        text = catalogue.normalized(report.id).text
        found = headings_of(question, part, text, catalogue.passages_of(report.id))
        if found is not None:
            return _worded(question, Found(report, found, 1.0), catalogue)
    return None


def answer_stated_tasks(
    question: Question, reports: Sequence[Report], catalogue: Catalogue
) -> Answer | None:
    """Answer what the tasks of a time are with the first sentence of a report that says it."""
    for report in reports:
        found = stated_tasks(catalogue.normalized(report.id).text)
        if found is not None:
            return _worded(question, Found(report, found, 1.0), catalogue)
    return None


# Which enumeration is asked for


def _best(
    question: Question, report: Report, catalogue: Catalogue, embedder: Embedder
) -> Found | None:
    text = catalogue.normalized(report.id).text
    passages = catalogue.passages_of(report.id)
    named = _named(question, text)
    if named is not None:
        return Found(report, named, 2.0)
    piece = _set_piece(question, text)
    if piece is not None:
        return Found(report, piece, 1.5)
    candidates = enumerations(text, passages)
    if cues.shows("problems", question.folded) or not candidates:
        return None
    scorer = ListScorer(question, text, candidates, embedder)
    scores = [scorer.score(place) for place in range(len(candidates))]
    touching = [place for place in range(len(candidates)) if scorer.touches(place)]
    if not touching:
        return None
    best = max(touching, key=lambda place: scores[place])
    item = scorer.item(best)
    if item is not None:
        return Found(report, _detailed(candidates[best], item, text), scores[best])
    how = cues.shows("how", question.folded) and question.wanted != "list"
    if how and not scorer.announces(best):
        return None
    first = candidates[best].items[0]
    others = [
        score
        for each, score in zip(candidates, scores, strict=True)
        if abs(each.items[0].start - first.start) > _SAME
    ]
    ahead = scores[best] - max(others, default=0.0)
    if scores[best] < (_LIKELY if ahead >= _AHEAD else _ENOUGH):
        return None
    if not scorer.names_what_is_quoted(best):
        return None
    return Found(report, candidates[best], scores[best])


_DETAIL = 240
"""Characters up to which the sentences of one item are quoted."""


def _detailed(enumeration: Enumeration, item: int, text: str) -> Enumeration:
    """Return one item of an enumeration with the sentences that follow its head.

    Those of a heading stand in the next line.
    """
    head = enumeration.items[item]
    behind = enumeration.items[item + 1 :]
    line = text.find("\n", head.end)
    if not text[head.end : line].strip():
        line = text.find("\n", line + 1)
    limit = min(behind[0].start if behind else len(text), line if line >= 0 else len(text))
    end = head.end
    for found in re.compile(r"[。!?]").finditer(text, head.end, limit):
        if found.end() - head.start > _DETAIL and end > head.end:
            break
        end = found.end()
    return Enumeration(enumeration.form, (Span(head.start, end),), None, enumeration.headings)


_SAME = 8
"""Characters within which two enumerations begin that are the same one in two forms."""


_NAMED = re.compile(
    r"([二两三四五六七八九十])个([\u4e00-\u9fff]{2})(?![\u4e00-\u9fff])|([二两三四五六七八九十])个([\u4e00-\u9fff]{2})"
)


def _named(question: Question, text: str) -> Enumeration | None:
    """Return the clauses that name 四个自觉 one by one, if the text has them."""
    for found in _NAMED.finditer(question.folded):
        count, word = found[1] or found[3], found[2] or found[4]
        if word in GENERAL:
            continue
        spans = parallel_words(text, int(numeral(count) or 0), word)
        if spans:
            return Enumeration("words", tuple(spans), None, ())
    return None


def _set_piece(question: Question, text: str) -> Enumeration | None:
    """Return the problems or the requirements of a report where those are asked for."""
    if cues.shows("problems", question.folded):
        return problems(text)
    if "部分" in question.folded:
        return parts(text)
    return requirements(text) if cues.shows("requirements", question.folded) else None


# How it is worded


def _worded(question: Question, found: Found, catalogue: Catalogue) -> Answer:
    composer = Composer(question.language, catalogue)
    enumeration, report = found.enumeration, found.report
    text = catalogue.normalized(report.id).text
    lead = "" if enumeration.lead is None else enumeration.lead.of(text)
    stated = asked_count(lead[-_NEAR_END:])
    missing = stated is not None and len(enumeration.items) < stated and _numbered(enumeration)
    cut_off = missing and enumeration.ends_text
    opening = _opening(composer, found, text, announced=_announces(enumeration, lead))
    items = _shortened(enumeration.items, text)
    lines = [f"“{composer.quoted(item.of(text))}”{composer.cite(report, item)}" for item in items]
    if cut_off:
        opening = phrase("list_cut_off", question.language, opening=opening)
    elif missing:
        opening = phrase("list_incomplete", question.language, opening=opening)
    elif len(lines) == 1:
        lines = [phrase("statement", question.language, report=opening, quotations=lines[0])]
        opening = ""
    else:
        opening = phrase("list", question.language, opening=opening)
    if question.language == "en":
        lines.append(phrase("untranslated", question.language))
    return Answer(
        question=question.text,
        language=question.language,
        text="\n\n".join(each for each in (opening, *lines) if each),
        abstained=cut_off,
        reason="truncated" if cut_off else None,
        citations=tuple(composer.citations),
    )


_NEAR_END = 24
"""Within how many of the last characters before an enumeration a count is that of its items."""


def _announces(enumeration: Enumeration, lead: str) -> bool:
    """Tell whether the words before an enumeration are worth quoting with it."""
    if (
        enumeration.form in ("announced", "headings")
        or lead.endswith(":")
        or asked_count(lead) is not None
    ):
        return True
    return len(lead) <= _BRIEF and enumeration.form in ("ranked", "bullets", "parallel")


_BRIEF = 40
"""Characters up to which words that do not end in a colon are taken to announce what follows."""


def _numbered(enumeration: Enumeration) -> bool:
    return enumeration.form == "ranked"


def _opening(composer: Composer, found: Found, text: str, *, announced: bool) -> str:
    name = composer.report(found.report)
    lead = found.enumeration.lead
    if lead is None or not announced or not found.enumeration.form:
        return name
    words = composer.quoted(lead.of(text).rstrip(":。,; "))
    mark = composer.cite(found.report, lead)
    return phrase("list_under", composer.language, report=name, lead=words, mark=mark)


def _shortened(items: Sequence[Span], text: str) -> list[Span]:
    """Cut heads that are too long together to their first clause, and last their number."""
    if sum(map(len, items)) <= _LONGEST:
        return list(items)
    cut = [_first_clause(item, text) for item in items]
    kept: list[Span] = []
    for item in cut:
        if sum(map(len, kept)) + len(item) <= _LONGEST:
            kept.append(item)
    return kept


def _first_clause(item: Span, text: str) -> Span:
    end = text.find(",", item.start + 6, item.end)
    return Span(item.start, end) if end >= 0 else Span(item.start, min(item.end, item.start + 60))

"""Answers what the reports of many places say of one thing: who speaks of it, and a few words each.

One search serves all places. Knows nothing of figures, whose table is read elsewhere, and not
which reports are meant.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.composer import Composer
from assistant.answering.quotes.ranking import Evidence, find_evidence
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.types import Answer, Question
from index.lexicon.indicators import Lexicon
from index.search.searcher import Searcher
from index.types import Filter, Report

_PASSAGES = 200
"""How many passages are read for all places together."""
_OF_ONE = 8
"""How many are read of a report that has the word, but is not among the first."""
_WORD = re.compile(r"[\u3400-\u9fff]{2,}")
_LATIN = re.compile(r"[A-Za-z-]+")
_LETTERS = 6
"""Characters of a word that statements have in common at most."""
_COMMON, _FEWEST = 30, 3
"""Among how many of the nearest statements it is looked for, and how many have to have it."""
_MEANS, _OFTEN = 0.55, 0.03
"""The cosine from which it means what is asked about, and what each e-fold of statements adds."""
_SAID = 0.5
"""The relevance from which a statement speaks of what is asked about."""
_SHOWN = 12
"""Of how many places the words are quoted."""
_LONGEST = 60
"""Characters up to which they are quoted by the sentence; longer ones by the clause."""


def asks_who_mentions(question: Question) -> bool:
    """Tell whether a question asks which of all places speak of something, not how much of it."""
    mentions = question.every_place and cues.shows("mentions", question.folded)
    return mentions and not (question.quantities or cues.shows("number", question.folded))


def answer_across(
    question: Question, reports: Sequence[Report], searcher: Searcher, lexicon: Lexicon
) -> Answer | None:
    """Answer with what each of `reports` says of a subject; None where none says anything.

    Where it is asked who mentions a word, and reports have it, a statement has to have it.

    Args:
        question: the question; an English one with the Chinese words for what it names.
        reports: the reports that are meant, one a place.
        searcher: what finds their passages.
        lexicon: the indicators' names.
    """
    evidence = _evidence(question, reports, searcher, lexicon, top=_PASSAGES)
    term = _term(question, evidence, searcher) if asks_who_mentions(question) else ""
    holds = [report for report in reports if term and term in _text(report, searcher)]
    if holds:
        question = replace(question, subject=term)
        best = _best(_evidence(question, holds, searcher, lexicon, top=_PASSAGES), term)
        for report in (report for report in holds if report.id not in best):
            best |= _best(_evidence(question, [report], searcher, lexicon, top=_OF_ONE), term)
    else:
        best = _best([item for item in evidence if item.relevance >= _SAID], "")
    if not best:
        return None
    composer = Composer(question.language, searcher.catalogue)
    said = [(report, best[report.id]) for report in reports if report.id in best]
    gap = " " if question.language == "en" else ""
    names = [
        f"{composer.place_of(report)}{gap}{composer.mark_of(item.statement)}"
        for report, item in said
    ]
    shown = sorted(said, key=lambda pair: -pair[1].score)[:_SHOWN]
    lines = [
        composer.statements([item.statement]) for report, item in said if (report, item) in shown
    ]
    if len(said) > 1:
        key = "across_word" if holds else "across"
        values = {"places": composer.joined(names)} | ({"word": term} if holds else {})
        lines.insert(0, phrase(key, question.language, **values))
    silent = [composer.place_of(report) for report in reports if holds and report not in holds]
    if silent and cues.shows("unmentioned", question.folded):
        words = phrase("across_silent", question.language, places=composer.joined(silent))
        lines = [words, lines[0]]
    elif silent and len(silent) <= len(said):
        lines.append(phrase("across_silent", question.language, places=composer.joined(silent)))
    return composer.answer(question, lines)


def _evidence(
    question: Question,
    reports: Sequence[Report],
    searcher: Searcher,
    lexicon: Lexicon,
    *,
    top: int,
) -> list[Evidence]:
    where = Filter(reports=frozenset(report.id for report in reports))
    return find_evidence(question, where, searcher, lexicon, top=top, longest=_LONGEST)


def _best(evidence: Sequence[Evidence], term: str) -> dict[str, Evidence]:
    """Return the best statement of each report that has a word, by the report's id."""
    found: dict[str, Evidence] = {}
    for item in evidence:
        if term in item.statement.text:
            found.setdefault(item.statement.report.id, item)
    return found


def _term(question: Question, evidence: Sequence[Evidence], searcher: Searcher) -> str:
    """Return the Chinese word that a question is about, "" where it is not one word.

    Of an English question it is what the statements nearest to it have in common, if that means
    the same.
    """
    if question.language != "en":
        word = "".join(question.subject.split())
        return word if _WORD.fullmatch(word) else ""
    if not searcher.embedder.fast:
        return ""
    counts: Counter[str] = Counter()
    for item in evidence[:_COMMON]:
        runs = _WORD.findall(item.statement.text)
        counts.update({part for run in runs for part in _parts(run)})
    parts = [part for part, count in counts.items() if count >= _FEWEST]
    asked = _LATIN.findall(question.subject)
    if not parts or not asked:
        return ""
    near = searcher.embedder.embed(parts) @ searcher.embedder.embed_query(" ".join(asked))
    best = max(range(len(parts)), key=lambda at: near[at] + _OFTEN * math.log(counts[parts[at]]))
    return parts[best] if near[best] >= _MEANS else ""


def _parts(run: str) -> set[str]:
    sizes = range(2, _LETTERS + 1)
    return {run[at : at + size] for size in sizes for at in range(len(run) - size + 1)}


def _text(report: Report, searcher: Searcher) -> str:
    return searcher.catalogue.normalized(report.id).text

"""Answers a question for a list: the enumeration of a report that it asks for, heads only.

A count that the question or the report states is checked against what is found. Reads no figure
and decides nothing about who or what a slogan means.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import cues
from assistant.compose import Composer
from assistant.enumerations import enumerations
from assistant.glossary import glossed
from assistant.outline import Enumeration
from assistant.parallels import parallel_words
from assistant.prompts import phrase
from assistant.quote import terms
from assistant.set_pieces import problems, requirements
from assistant.types import Answer, Question
from index.catalogue import Catalogue
from index.embedding import Embedder
from index.figure_numbers import numeral
from index.types import Report, Span

_ENOUGH = 0.62
"""The score from which an enumeration is taken for the one asked for; see `_Scorer`."""
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
        of_work = any(cues.shows(cue, question.folded) for cue in ("main_tasks", "requirements"))
        return of_work and not cues.shows("number", question.folded)
    return (
        question.wanted == "list"
        or cues.shows("enumerates", question.folded)
        or cues.shows("problems", question.folded)
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
    scorer = _Scorer(question, text, candidates, embedder)
    scores = [scorer.score(place) for place in range(len(candidates))]
    best = max(range(len(candidates)), key=lambda place: scores[place])
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


_SAME = 8
"""Characters within which two enumerations begin that are the same one in two forms."""


_NAMED = re.compile(
    r"([二两三四五六七八九十])个([\u4e00-\u9fff]{2})(?![\u4e00-\u9fff])|([二两三四五六七八九十])个([\u4e00-\u9fff]{2})"
)
_GENERAL = frozenset(
    {"方面", "部分", "重点", "问题", "目标", "主要", "地方", "项目", "任务", "领域", "城市", "内容"}
)


def _named(question: Question, text: str) -> Enumeration | None:
    """Return the clauses that name 四个自觉 one by one, if the text has them."""
    for found in _NAMED.finditer(question.folded):
        count, word = found[1] or found[3], found[2] or found[4]
        if word in _GENERAL:
            continue
        spans = parallel_words(text, int(numeral(count) or 0), word)
        if spans:
            return Enumeration("words", tuple(spans), None, ())
    return None


def _set_piece(question: Question, text: str) -> Enumeration | None:
    """Return the problems or the requirements of a report where those are asked for."""
    if cues.shows("problems", question.folded):
        return problems(text)
    return requirements(text) if cues.shows("requirements", question.folded) else None


_ITEMS = r"(?:个方面|方面|个|项|条|件|大|点|种|类|句|部分)"
_COUNTED = re.compile(rf"(?<![第\d十])(\d{{1,2}}|[二两三四五六七八九十]{{1,3}})(?={_ITEMS})")
_SPELLED = {
    word: value
    for value, word in enumerate(
        (
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ),
        start=2,
    )
}


def asked_count(folded: str) -> int | None:
    """Return how many items a question, or the words before an enumeration, say there are."""
    found = _COUNTED.findall(folded)
    if found:
        return int(found[-1]) if found[-1].isdecimal() else numeral(found[-1].replace("两", "二"))
    words = re.findall(r"[a-z]+", folded.lower())
    return next((_SPELLED[word] for word in words if word in _SPELLED), None)


def _unit(words: str) -> str:
    """Return the measure word and noun behind the count that stands in some words last."""
    found = re.findall(rf"[\d二两三四五六七八九十]{{1,3}}({_ITEMS}[\u4e00-\u9fff]?)", words)
    return str(found[-1])[:1] if found else ""


_QUOTED = re.compile(r"[“\"‘「]([^”\"’」]*[\u3400-\u9fff\d][^”\"’」]*)[”\"’」]")

_FORMS = {
    "ranked": 0.15,
    "bullets": 0.15,
    "announced": 0.1,
    "parallel": 0.05,
    "topics": 0.05,
    "headings": 0.05,
    "words": -0.05,
    "clauses": -0.15,
}
"""How likely it is, before anything is read, that an enumeration of a form is a list asked for."""

_TASKS = re.compile(
    r"重点(?:做好|抓好|推进|抓|工作|任务)|主要任务|工作任务|工作安排|以下.{0,6}工作"
)
_FIGURES = re.compile(r"\d(?:%|[亿万]|元|个百分点)")


class _Scorer:
    """Scores the enumerations of one report against one question.

    A score is about 1 where the words that announce an enumeration are those of the question, and
    a count that both state adds to it or takes from it.
    """

    def __init__(
        self,
        question: Question,
        text: str,
        candidates: Sequence[Enumeration],
        embedder: Embedder,
    ) -> None:
        self._question = question
        self._text = text
        self._candidates = candidates
        self._count = asked_count(question.folded)
        words = glossed(question) if question.language == "en" else question.subject
        named = terms(_COUNTED.sub(" ", words))
        self._terms = {term for term in named if len(term) > 1} or named
        self._leads = [self._lead(each) for each in candidates]
        self._bodies = ["".join(item.of(text) for item in each.items) for each in candidates]
        counts: Counter[str] = Counter()
        for lead, body in zip(self._leads, self._bodies, strict=True):
            counts.update(terms(lead + body) & self._terms)
        self._weights = {
            term: math.log(1 + len(candidates) / (1 + counts[term])) for term in self._terms
        }
        self._similar = [0.0] * len(candidates)
        if embedder.fast:
            query = question.folded if question.language == "en" else question.subject
            shown = [
                f"{lead} {body[:160]}" for lead, body in zip(self._leads, self._bodies, strict=True)
            ]
            vectors = embedder.embed(shown)
            self._similar = [float(near) for near in vectors @ embedder.embed_query(query or "-")]

    def _lead(self, enumeration: Enumeration) -> str:
        lead = enumeration.lead.of(self._text) if enumeration.lead else ""
        return " ".join((*enumeration.headings[-2:], lead))

    def score(self, place: int) -> float:
        enumeration = self._candidates[place]
        total = sum(self._weights.values())
        lead = terms(self._leads[place]) & self._terms
        body = (terms(self._bodies[place]) & self._terms) - lead
        coverage = 0.0
        if total:
            covered = sum(self._weights[term] for term in lead)
            covered += 0.5 * sum(self._weights[term] for term in body)
            coverage = covered / total
        if self._question.language == "en" and self._terms and not coverage:
            return 0.0  # a count alone is no sign, where there are Chinese words to go by
        score = 0.7 * coverage + 0.6 * self._similar[place] + _FORMS[enumeration.form]
        outermost = enumeration.form == "ranked" and enumeration.level <= 1
        if outermost and len(enumeration.items) < 6 and "部分" not in self._question.folded:
            score -= 0.3  # the parts of a report, which are seldom asked for
        if cues.shows("main_tasks", self._question.folded) and _TASKS.search(self._leads[place]):
            score += 0.3 if enumeration.form == "ranked" and len(enumeration.items) > 4 else 0.0
        score += self._count_match(enumeration, place)
        figures = sum(bool(_FIGURES.search(item.of(self._text))) for item in enumeration.items)
        if 2 * figures > len(enumeration.items):
            score -= 0.3
        return score + self._time_match(place)

    def _count_match(self, enumeration: Enumeration, place: int) -> float:
        if self._count is None:
            return 0.0
        stated = asked_count(self._leads[place])
        if len(enumeration.items) == self._count:
            own, other = _unit(self._question.folded), _unit(self._leads[place])
            if own and other and own != other:
                return 0.1
            return 0.45 if stated == self._count else 0.3
        return 0.3 if stated == self._count and enumeration.ends_text else -0.4

    def names_what_is_quoted(self, place: int) -> bool:
        """Tell whether an enumeration stands under the very words that a question quotes."""
        quoted = _QUOTED.findall(self._question.folded)
        around = self._leads[place] + self._bodies[place]
        return not quoted or any(words in around for words in quoted)

    def _time_match(self, place: int) -> float:
        """Return what years and the sides of past and future say."""
        lead = self._leads[place]
        score = 0.0
        years = {int(year) for year in re.findall(r"(20\d\d)年", lead)}
        if self._question.years and years:
            score += 0.15 if years & set(self._question.years) else -0.3
        past = bool(re.search(r"回顾|过去|[五一]年来|取得|成绩", lead))
        if cues.shows("looks_back", self._question.folded):
            score += 0.15 if past else -0.1
        elif past and not cues.shows("actual", self._question.folded):
            score -= 0.15
        return score


# How it is worded


def _worded(question: Question, found: Found, catalogue: Catalogue) -> Answer:
    composer = Composer(question.language, catalogue)
    enumeration, report = found.enumeration, found.report
    text = catalogue.normalized(report.id).text
    lead = enumeration.lead.of(text) if enumeration.lead else ""
    stated = asked_count(lead)
    missing = stated is not None and len(enumeration.items) < stated and _numbered(enumeration)
    cut_off = missing and enumeration.ends_text
    opening = _opening(composer, found, text, announced=_announces(enumeration, lead))
    items = _shortened(enumeration.items, text)
    lines = [f"“{composer.quoted(item.of(text))}”{composer.cite(report, item)}" for item in items]
    if question.language == "en":
        lines.append(phrase("untranslated", question.language))
    if cut_off:
        opening = phrase("list_cut_off", question.language, opening=opening)
    elif missing:
        opening = phrase("list_incomplete", question.language, opening=opening)
    else:
        opening = phrase("list", question.language, opening=opening)
    return Answer(
        question=question.text,
        language=question.language,
        text="\n\n".join([opening, *lines]),
        abstained=cut_off,
        reason="truncated" if cut_off else None,
        citations=tuple(composer.citations),
    )


def _announces(enumeration: Enumeration, lead: str) -> bool:
    """Tell whether the words before an enumeration are worth quoting with it."""
    if enumeration.form == "announced" or lead.endswith(":") or asked_count(lead) is not None:
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

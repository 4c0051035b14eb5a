"""Answers what a slogan means: what the report itself says of it, or that it says nothing.

Looks for a slogan in the words of a report and for an explanation in a fixed set of forms; never
concludes what a numeral stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.composer import Composer
from assistant.answering.slogans.names import MARKED, Text, counting, explicit, named_slogans
from assistant.answering.slogans.parts import before_name, counted_out, side_by_side
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.types import Answer, Question
from index import deadline
from index.embedding.embedder import Embedder
from index.lexicon.numerals import in_figures
from index.storage.catalogue import Catalogue
from index.structure.sentences import sentences
from index.text.folding import LOST
from index.text.scanning import lazily
from index.types import Report, Span

_REPORTS = 3
"""In how many reports a slogan is shown."""
_LONGEST = 170
"""Characters of a quoted explanation or mention."""


@dataclass(frozen=True, slots=True)
class Slogan:
    """A slogan as one report has it.

    `span` is the mention that tells most; `explanation` the words that say what it means, None
    where the report has none; `lost` is true where characters of it were lost in the source.
    """

    report: Report
    term: str
    span: Span
    explanation: Span | None
    lost: bool = False


def wants_definition(question: Question) -> bool:
    """Tell whether a question asks what words of a report mean."""
    if question.wanted in ("who", "when"):
        return False
    if not explicit(question):
        stated = question.topics or cues.shows("requirements", question.folded)
        return cues.shows("defines", question.folded) and not stated
    if cues.shows("means", question.folded):
        return True
    return len(_rest(question)) <= _AROUND or not question.topics


def asks_meaning(question: Question) -> bool:
    """Tell whether a question asks in so many words what a slogan means that it names."""
    return cues.shows("means", question.folded) and bool(explicit(question))


def find_slogans(
    question: Question,
    texts: Sequence[Text],
    embedder: Embedder,
    *,
    named: bool = False,
) -> list[Slogan]:
    """Find the slogans in a question, as reports explain or use them; none where no report does.

    Where the question only names a slogan, it is found if a report explains it, and with
    `named` also if reports only use it.
    """
    asked = cues.shows("defines", question.folded) and _is_alone(question)
    asked = asked or cues.shows("means", question.folded)
    asked = asked or (named and len(_rest(question)) <= _AROUND // 2)
    found: list[Slogan] = []
    wanted = named_slogans(question, texts, embedder)
    if not wanted and question.language == "en":
        return []
    for term in wanted or [""]:
        own = [
            slogan
            for report, text in texts
            if (slogan := _find(term, question, report, text, asked=asked))
        ]
        longest = max((len(slogan.term) for slogan in own), default=0)
        own = [slogan for slogan in own if len(slogan.term) == longest]
        own.sort(key=lambda slogan: _order(slogan, question))
        told = [slogan for slogan in own if slogan.explanation or slogan.lost]
        found.extend(_shown(own if asked else told, question))
    return found


def find_entries(question: Question, texts: Sequence[Text]) -> list[Slogan]:
    """Find what is quoted in a question as an entry of a report's notes: [15]两新: …."""
    found = []
    for term in explicit(question):
        for report, text in texts:
            spans = (Span(*each.span()) for each in _mentions(term, text))
            entries = (span for span in spans if _ENTRY.fullmatch(_line_before(text, span)))
            told = ((span, _after(span.of(text), span, text)) for span in entries)
            own = next(((span, words) for span, words in told if words is not None), None)
            if own is not None:
                span, words = own
                whole = _cut(text, words.start, words.end, marks="\n")
                found.append(Slogan(report, span.of(text), span, whole))
                break
    return found


_AROUND = 8
"""Chinese characters beside a slogan up to which a question is about nothing but the slogan."""


def _rest(question: Question) -> str:
    rest = question.subject
    for term in explicit(question):
        rest = rest.replace(term, "")
    return "".join(re.findall(r"[\u3400-\u9fff]", rest))


def _is_alone(question: Question) -> bool:
    return len(_rest(question)) <= _AROUND


def _shown(slogans: Sequence[Slogan], question: Question) -> list[Slogan]:
    """Return one report that explains, or the first few that use the words."""
    if not slogans:
        return []
    if slogans[0].explanation is not None or len(question.places) == 1:
        return list(slogans[:1])
    return list(slogans[:_REPORTS])


def _order(slogan: Slogan, question: Question) -> tuple[bool, bool, int]:
    """Order slogans: explained ones first, then those of a year asked about, then the newest."""
    year = slogan.report.given or 0
    asked = str(year) in question.folded
    return slogan.explanation is None, not asked, -year


def answer_absence(
    question: Question, reports: Sequence[Report], catalogue: Catalogue
) -> Answer | None:
    """Answer that no report has the slogans whose meaning is asked; None where one has."""
    terms = explicit(question)
    if not asks_meaning(question) or not reports:
        return None
    for report in reports:
        text = catalogue.normalized(report.id).text
        if any(_mentions(term, text) for term in terms):
            return None
    composer = Composer(question.language, catalogue)
    words = phrase(
        "slogan_absent",
        question.language,
        reports=composer.reports(reports),
        term=composer.quoted(composer.joined(terms)),
    )
    return Answer(question.text, question.language, words, True, "not_stated")


# The slogan

_NUMBERED = re.compile(r"(?:[一二两三四五六七八九十]{1,2}[\u4e00-\u9fff]{1,2}){2,4}")


def _find(
    term: str, question: Question, report: Report, text: str, *, asked: bool
) -> Slogan | None:
    """Return a slogan of a report: `term`, or without one the longest that the question has."""
    which = bool(_WHICH.search(question.folded))
    if term:
        return _slogan(term, report, text, which=which)
    asked_in_figures = in_figures(question.folded)
    terms = {found[0] for found in _NUMBERED.finditer(question.subject)}
    terms.update(counting(question.subject))
    terms |= {own for own in MARKED.findall(text) if in_figures(own) in asked_in_figures}
    if asked:
        terms.add(question.subject.replace(" ", ""))
    for each in sorted(terms, key=lambda each: (-len(each), each)):
        if (slogan := _slogan(each, report, text, which=which)) is not None:
            return slogan
    return None


_WHICH = re.compile(r"哪|包括|\bwhich\b|\bwhat are\b", re.IGNORECASE)
"""What asks for the parts of a slogan, which may stand under it as a heading."""


def _slogan(term: str, report: Report, text: str, *, which: bool) -> Slogan | None:
    mentions = _mentions(term, text) if len(term) > 1 else []
    if not mentions:
        return None
    lost = all(
        LOST in text[max(0, found.start() - 1) : found.end() + 2].partition("”")[0]
        for found in mentions
    )
    quoted = [found for found in mentions if text[found.start() - 1 : found.start()] == "“"]
    for found in quoted + mentions:
        span = Span(*found.span())
        explanation = _explanation(span.of(text), span, text)
        if explanation is not None:
            return Slogan(report, span.of(text), span, explanation, lost)
    explanation = _by_parts(term, text)
    if explanation is None and which:
        explanation = _under_it(mentions, text)
    best = max(quoted or mentions, key=lambda found: _telling(text, found.end()))
    span = Span(*best.span())
    return Slogan(report, span.of(text), span, explanation, lost)


def _mentions(term: str, text: str) -> list[re.Match[str]]:
    """Find a slogan in a text, whether its numerals are in Chinese or in figures in either."""
    bare = re.escape(in_figures(term)).replace(r"\ ", r"\s*")
    if term.isdecimal():  # 1246 is a slogan, 1246亿元 is not
        bare = rf"(?<=“){bare}(?=”)"
    has_numeral = re.search(r"\d", bare)
    return list(re.finditer(bare, in_figures(text) if has_numeral else text))


def _telling(text: str, end: int) -> bool:
    """Tell whether a noun that says what kind of thing it is follows a slogan."""
    return bool(re.match(r"”?[\u4e00-\u9fff]{2,}", text[end : end + 6]))


# What explains it

_MEANS = r"(?:,?\s*(?:即|就是|是指|指的是|分别是|包括|也就是)[::]?|:\s*(?:是指|指)?)"


def _explanation(term: str, mention: Span, text: str) -> Span | None:
    """Return the words beside a mention that say what the slogan means."""
    for form in (_after, _in_brackets, before_name):
        if (span := form(term, mention, text)) is not None:
            return span
    return None


def _after(term: str, mention: Span, text: str) -> Span | None:
    """Find: “X”,即…; “X”“Y”,即…; X:是指…; an entry of a glossary."""
    before = _line_before(text, mention)
    entry = re.fullmatch(rf"(?:{_ENTRY.pattern})?“?", before)
    between = r"[”\"]?(?:“[^”]{1,12}”|[\u4e00-\u9fff、]){0,12}?"
    means = re.compile(between + (_MEANS if not entry else rf"(?:{_MEANS}|:)\s*"))
    found = means.match(text, mention.end)
    if found is None or (":" in found[0][-1:] and not entry and not _is_listing(text, found.end())):
        return None
    if found[0].endswith("包括") and len(found[0]) > 8:
        return None
    told = text[found.end() : found.end() + 80].partition("。")[0]
    if _MEASURED.match(term) and not _LISTS.search(told):
        return None
    return _cut(text, mention.start - (before[-1:] == "“"), found.end())


_ENTRY = lazily(r"[(\[]?\d{1,3}[)\]]?[.、:]?\s*“?")


def _line_before(text: str, mention: Span) -> str:
    return text[text.rfind("\n", 0, mention.start) + 1 : mention.start]


_MEASURED = re.compile(r"[二两三四五六七八九十][大个项]")
_LISTS = re.compile(r"[、,;和与及]|[一二]是")
"""What words have that say which things a slogan counts."""


def _by_parts(term: str, text: str) -> Span | None:
    found = counted_out(term, text)
    if found is None:
        return None
    span, is_open = found
    return _cut(text, span.start, span.end) if is_open else span


_HEADING, _SECTION = 20, 300
"""Characters of a sentence that is as good as a heading, and of what is quoted under it."""


def _under_it(mentions: Sequence[re.Match[str]], text: str) -> Span | None:
    """Return a short sentence that opens a paragraph and names a slogan, with what follows it."""
    for found in mentions:
        start = text.rfind("\n", 0, found.start()) + 1
        line = text[start : end if (end := text.find("\n", start)) >= 0 else len(text)]
        first, *rest = (span for span in sentences(line))
        if not rest or len(first) > _HEADING or found.end() > start + first.end:
            continue
        told = [span for span in rest if span.end <= _SECTION] or rest[:1]
        return Span(start, start + told[-1].end)
    return None


def _is_listing(text: str, place: int) -> bool:
    sentence = text[place : place + 80].partition("。")[0]
    return "、" in sentence or ";" in sentence or bool(re.match(r"一是|一、|\(一\)", sentence))


def _cut(text: str, start: int, after: int, marks: str = "。\n") -> Span:
    """Return what stands from `start` up to a mark behind `after`, cut within where it is long."""
    ends = [place for mark in marks if (place := text.find(mark, after)) >= 0]
    end = min(ends, default=len(text))
    if end - start > _LONGEST:
        inner = [text.rfind(mark, after, start + _LONGEST) for mark in "。;,、"]
        end = next((place for place in inner if place > after), start + _LONGEST)
    return Span(start, end)


def _in_brackets(_term: str, mention: Span, text: str) -> Span | None:
    found = re.compile(r"”?\((?!\d{4}|见|以下简称)([^()\n]{6,120})\)").match(text, mention.end)
    return Span(mention.start, found.end()) if found else None


# How it is worded


def word_slogans(question: Question, shown: Sequence[Slogan], catalogue: Catalogue) -> Answer:
    """Answer what slogans mean, or that the reports only use them."""
    composer = Composer(question.language, catalogue)
    lines = [_line(slogan, composer, catalogue, brief=len(shown) > 1) for slogan in shown]
    return composer.answer(question, lines)


def word_parts(
    question: Question, terms: Sequence[str], texts: Sequence[Text], catalogue: Catalogue
) -> Answer | None:
    """Answer what a slogan counts with what the first report that can sets side by side."""
    for term in terms:
        for report, text in texts:
            deadline.check()
            span = side_by_side(term, text) if term in text else None
            if span is None:
                continue
            composer = Composer(question.language, catalogue)
            name = text.index(term)
            words = phrase(
                "slogan_parts",
                question.language,
                report=composer.report(report),
                term=composer.quoted(term),
                term_mark=composer.cite(report, Span(name, name + len(term))),
                quote=composer.quoted(span.of(text)),
                mark=composer.cite(report, span),
            )
            return Answer(
                question.text, question.language, words, citations=tuple(composer.citations)
            )
    return None


def _line(slogan: Slogan, composer: Composer, catalogue: Catalogue, *, brief: bool) -> str:
    text = catalogue.normalized(slogan.report.id).text
    name = composer.report(slogan.report)
    key = "slogan_lost" if slogan.lost else "slogan_unexplained"
    span = _clause(text, slogan.span, 40 if brief else 90)
    if slogan.explanation is not None:
        key, span = "slogan", slogan.explanation
        if brief and len(span) > 70:
            span = Span(span.start, span.start + 70)
    return phrase(
        key,
        composer.language,
        report=name,
        term=composer.quoted(slogan.term),
        quote=composer.quoted(span.of(text)),
        mark=composer.cite(slogan.report, span),
    )


def _clause(text: str, mention: Span, longest: int) -> Span:
    """Return the clause around a mention, cut where it is long."""
    start = max(text.rfind(mark, 0, mention.start) for mark in ",;:。!?\n") + 1
    ends = [place for mark in ",;。!?\n" if (place := text.find(mark, mention.end)) >= 0]
    end = min(ends, default=len(text))
    start = max(start, mention.start - longest // 2)
    return Span(start, max(mention.end, min(end, start + longest + len(mention))))

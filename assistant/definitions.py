"""Answers what a slogan means: what the report itself says of it, or that it says nothing.

Looks for a slogan in the words of a report and for an explanation in a fixed set of forms; never
concludes what a numeral stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import cues
from assistant.compose import Composer
from assistant.prompts import phrase
from assistant.types import Answer, Question
from index.catalogue import Catalogue
from index.embedding import Embedder
from index.normalize import LOST
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
    if not _explicit(question):
        stated = question.topics or cues.shows("requirements", question.folded)
        return cues.shows("defines", question.folded) and not stated
    if cues.shows("means", question.folded):
        return True
    return len(_rest(question)) <= _AROUND or not question.topics


def names_parts(question: Question) -> bool:
    """Tell whether a question names a slogan that counts its parts: 三大攻坚战."""
    return bool(_PARTS.search(question.subject))


def asks_meaning(question: Question) -> bool:
    """Tell whether a question asks in so many words what a slogan means that it names."""
    return cues.shows("means", question.folded) and bool(_explicit(question))


def find_slogans(
    question: Question,
    reports: Sequence[Report],
    catalogue: Catalogue,
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
    texts = {report.id: catalogue.normalized(report.id).text for report in reports}
    found: list[Slogan] = []
    wanted = _explicit(question)
    if not wanted and question.language == "en":
        wanted = _translated(question, texts.values(), embedder)
        if not wanted:
            return []
    for term in wanted or [""]:
        own = [
            slogan
            for report in reports
            if (slogan := _find(term, question, report, texts[report.id], asked=asked))
        ]
        longest = max((len(slogan.term) for slogan in own), default=0)
        own = [slogan for slogan in own if len(slogan.term) == longest]
        own.sort(key=lambda slogan: _order(slogan, question))
        told = [slogan for slogan in own if slogan.explanation or slogan.lost]
        found.extend(_shown(own if asked else told, question))
    return found


_NEAR, _NEARER = 0.6, 0.1
"""The cosine from which a quoted slogan is the one that English words name, and its lead."""


def _translated(question: Question, texts: Iterable[str], embedder: Embedder) -> list[str]:
    """Return the quoted slogan of the reports that English words of a question name."""
    terms = sorted(
        {term for text in texts for term in _MARKED.findall(text) if len(term) <= _BRIEF}
    )
    words = _ENGLISH.search(question.folded)
    named_as = words[1] if words else question.subject
    if not embedder.fast or not named_as.strip() or len(terms) < 2:
        return []
    near = embedder.embed(terms) @ embedder.embed_query(named_as)
    second, first = near.argsort()[-2:]
    clear = near[first] >= _NEAR and near[first] - near[second] >= _NEARER
    return [terms[int(first)]] if clear else []


_BRIEF = 14
"""Characters up to which what stands in quotation marks is a slogan."""
_ENGLISH = re.compile(r"[“\"‘]([A-Za-z][^”\"’]{3,60})[”\"’]")

_AROUND = 8
"""Chinese characters beside a slogan up to which a question is about nothing but the slogan."""


def _rest(question: Question) -> str:
    rest = question.subject
    for term in _explicit(question):
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
    year = slogan.report.year.value if slogan.report.year else 0
    asked = str(year) in question.folded
    return slogan.explanation is None, not asked, -year


def answer_absence(
    question: Question, reports: Sequence[Report], catalogue: Catalogue
) -> Answer | None:
    """Answer that no report has the slogans whose meaning is asked; None where one has."""
    terms = _explicit(question)
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

_MARKED = re.compile(r"[“\"「『‘'《]\s*([^”\"」』’'》]{2,24}?)\s*[”\"」』’'》]")
_CODE = re.compile(r"(?<![\d.])(?:\d+(?:\+[\dA-Za-z]+)+|\d{3,4}(?!\d|年|[.%]))")
_NUMBERED = re.compile(r"(?:[一二两三四五六七八九十]{1,2}[\u4e00-\u9fff]{1,2}){2,4}")

_PARTS = re.compile(r"[二两三四五六七八九十]大[\u4e00-\u9fff]{2,8}")
_SHORTEST = 4
"""Characters of such a slogan at least."""


def _explicit(question: Question) -> list[str]:
    """Return the slogans that a question quotes or writes in figures: “四个自觉”, 2+6+N."""
    quoted = [
        found[1].strip()
        for found in _MARKED.finditer(question.folded)
        if re.search(r"[\u3400-\u9fff\d]", found[1])
    ]
    return quoted or [found[0] for found in _CODE.finditer(question.subject)]


def _find(
    term: str, question: Question, report: Report, text: str, *, asked: bool
) -> Slogan | None:
    """Return a slogan of a report: `term`, or without one the longest that the question has."""
    if term:
        return _slogan(term, report, text)
    asked_in_figures = _in_figures(question.folded)
    terms = {found[0] for found in _NUMBERED.finditer(question.subject)}
    for found in _PARTS.finditer(question.subject):
        terms |= {found[0][:end] for end in range(_SHORTEST, len(found[0]) + 1)}
    terms |= {own for own in _MARKED.findall(text) if _in_figures(own) in asked_in_figures}
    if asked:
        terms.add(question.subject.replace(" ", ""))
    for each in sorted(terms, key=lambda each: (-len(each), each)):
        if (slogan := _slogan(each, report, text)) is not None:
            return slogan
    return None


def _slogan(term: str, report: Report, text: str) -> Slogan | None:
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
    best = max(quoted or mentions, key=lambda found: _telling(text, found.end()))
    span = Span(*best.span())
    return Slogan(report, span.of(text), span, explanation, lost)


def _mentions(term: str, text: str) -> list[re.Match[str]]:
    """Find a slogan in a text, whether its numerals are in Chinese or in figures in either."""
    bare = re.escape(_in_figures(term)).replace(r"\ ", r"\s*")
    if term.isdecimal():  # 1246 is a slogan, 1246亿元 is not
        bare = rf"(?<=“){bare}(?=”)"
    has_numeral = re.search(r"\d", bare)
    return list(re.finditer(bare, _in_figures(text) if has_numeral else text))


def _in_figures(words: str) -> str:
    """Return words with 一 … 九 as 1 … 9, every character at its place."""
    return words.translate(_FIGURES)


_FIGURES = str.maketrans("一二三四五六七八九", "123456789")


def _telling(text: str, end: int) -> bool:
    """Tell whether a noun that says what kind of thing it is follows a slogan."""
    return bool(re.match(r"”?[\u4e00-\u9fff]{2,}", text[end : end + 6]))


# What explains it

_MEANS = r"(?:,?\s*(?:即|就是|是指|指的是|分别是|包括|也就是)[::]?|:\s*(?:是指|指)?)"


def _explanation(term: str, mention: Span, text: str) -> Span | None:
    """Return the words beside a mention that say what the slogan means."""
    for form in (_after, _in_brackets, _before):
        if (span := form(term, mention, text)) is not None:
            return span
    return None


def _after(_term: str, mention: Span, text: str) -> Span | None:
    """Find: “X”,即…; “X”“Y”,即…; X:是指…; an entry of a glossary."""
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[line : mention.start]
    entry = re.fullmatch(r"(?:\(?\d{1,3}\)?[.、:]?\s*)?“?", before)
    between = r"[”\"]?(?:“[^”]{1,12}”|[\u4e00-\u9fff、]){0,12}?"
    means = re.compile(between + (_MEANS if not entry else rf"(?:{_MEANS}|:)"))
    found = means.match(text, mention.end)
    if found is None or (":" in found[0][-1:] and not entry and not _is_listing(text, found.end())):
        return None
    if found[0].endswith("包括") and len(found[0]) > 8:
        return None
    return _cut(text, mention.start - (before[-1:] == "“"), found.end())


def _is_listing(text: str, place: int) -> bool:
    sentence = text[place : place + 80].partition("。")[0]
    return "、" in sentence or ";" in sentence or bool(re.match(r"一是|一、|\(一\)", sentence))


def _cut(text: str, start: int, after: int) -> Span:
    """Return the sentence from `start`, cut at a mark where it is long."""
    ends = [place for mark in "。\n" if (place := text.find(mark, after)) >= 0]
    end = min(ends, default=len(text))
    if end - start > _LONGEST:
        marks = [text.rfind(mark, after, start + _LONGEST) for mark in ";,、"]
        end = next((place for place in marks if place > after), start + _LONGEST)
    return Span(start, end)


def _in_brackets(_term: str, mention: Span, text: str) -> Span | None:
    found = re.compile(r"”?\((?!\d{4}|见|以下简称)([^()\n]{6,120})\)").match(text, mention.end)
    return Span(mention.start, found.end()) if found else None


_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)} | {
    "两": 2,
    "双": 2,
    "十": 10,
}


_WORD = 3
"""Characters from which a part that a slogan sums up is a phrase and no stray word."""


def _before(term: str, mention: Span, text: str) -> Span | None:
    """Find what is set side by side just before its name: 南粮北植、南菜北种、…“四南四北”.

    As many parts as the slogan's numeral says (石油化工和装备制造两大产业), or parts joined by 等,
    vouch that they are it.
    """
    start = mention.start - (text[mention.start - 1 : mention.start] == "“")
    clause = max(text.rfind(mark, 0, start) for mark in ",;:。!?\n") + 1
    before = text[clause:start]
    parts = [part for part in re.split("、", before) if part.strip()]
    if len(parts) < 2:
        return None
    number = next((value for each in term[:2] if (value := _value(each))), None)
    counts = {len(parts), len(parts) + bool(re.search("[和与及]", parts[-1]))}
    if not before.endswith("等"):
        alike = _alike(parts) and text[mention.start - 1] == "“" and number == len(parts)
        if not alike and not (term[1:2] == "大" and number in counts):
            return None
    end = mention.end + (text[mention.end : mention.end + 1] == "”")
    tail = re.compile(r"[\u4e00-\u9fff]{0,14}(?![\d\u4e00-\u9fff])").match(text, end)
    return Span(clause, tail.end() if tail else end)


def _alike(parts: Sequence[str]) -> bool:
    """Tell whether parts are of one length, more words before the first and behind the last."""
    lengths = [len(part) for part in parts]
    if max(lengths[1:]) - min(lengths[1:]) <= 1 and lengths[0] >= lengths[1] >= _WORD:
        return True
    inner = lengths[1:-1]
    if not inner or min(lengths) < _WORD or max(inner) - min(inner) > 1:
        return False
    return 0 <= lengths[-1] - max(inner) <= _MODIFIER


_MODIFIER = 8
"""Characters of the words that may stand between the last part and the slogan."""


def _value(character: str) -> int | None:
    return int(character) if character.isdecimal() else _DIGITS.get(character)


_UNITS = "[条个大类项批家种户所]"


def _by_parts(term: str, text: str) -> Span | None:
    """Find a sentence that counts out each part of 2+6+N, in order: 2条…,6条…,N条…."""
    parts = term.split("+") if "+" in term else []
    if len(parts) < 2:
        return None
    numerals = [_written(part) for part in parts]
    counted = re.compile(
        r"[^。!?\n]{0,80}?".join(
            rf"(?<!\d)(?:{numeral}){_UNITS}[^。!?\n;,“]{{2,16}}" for numeral in numerals
        )
    )
    if (found := counted.search(text)) is not None:
        return Span(*found.span())
    meant = re.compile(
        r"[^。!?\n]{0,160}?".join(rf"“?{re.escape(part)}”?(?:是指|指|即|代表)" for part in parts)
    )
    if (found := meant.search(text)) is not None:
        return _cut(text, found.start(), found.end())
    return None


def _written(part: str) -> str:
    chinese = "一二三四五六七八九"
    if part.isdecimal() and 1 <= int(part) <= 9:
        extra = "|两" if part == "2" else ""
        return f"{part}|{chinese[int(part) - 1]}{extra}"
    return "N|若干" if part.upper() in ("N", "X") else re.escape(part)


# How it is worded


def word_slogans(question: Question, shown: Sequence[Slogan], catalogue: Catalogue) -> Answer:
    """Answer what slogans mean, or that the reports only use them."""
    composer = Composer(question.language, catalogue)
    lines = [_line(slogan, composer, catalogue, brief=len(shown) > 1) for slogan in shown]
    return Answer(
        question=question.text,
        language=question.language,
        text="\n\n".join(lines),
        citations=tuple(composer.citations),
    )


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

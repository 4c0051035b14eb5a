"""The slogans that a question names: in quotation marks, in figures, by a numeral, or in English.

Looks into the words of reports only for what English words may be called there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.lists.ranking import asked_count
from assistant.answering.slogans.parts import counted, value_of
from assistant.types import Question
from index.embedding.embedder import Embedder
from index.lexicon.numerals import CARDINALS, NUMERALS
from index.text.scanning import lazily
from index.types import Report

Text = tuple[Report, str]
"""A report and its clean text."""

MARKED = lazily(r"(?<![A-Za-z])[“\"「『‘'《]\s*([^”\"」』’'》]{2,24}?)\s*[”\"」』’'》]")
_CODE = lazily(r"(?<![\d.])(?:\d+(?:\+[\dA-Za-z]+)+|\d{3,4}(?!\d|年|[.%]))")

_PARTS = lazily(r"[二两三四五六七八九十][大个][\u4e00-\u9fff]{2,8}")
_SHORTEST = 4
"""Characters of such a slogan at least."""
_COUNTS = lazily(r"[二两三四五六七八九十][大个][\u4e00-\u9fff]{2,3}")
_BARE = 6
"""Characters up to which a question's whole subject is such a slogan: 六稳."""
_COUNT = "|".join(word for word, value in CARDINALS.items() if 1 < value <= 20)
_ENGLISH_PARTS = lazily(rf"({_COUNT}) (?:[a-z-]+ ?){{1,3}}", re.IGNORECASE)


def explicit(question: Question) -> list[str]:
    """Return the slogans that a question quotes or writes in figures: “四个自觉”, REITs, 2+6+N."""
    quoted = [
        found[1].strip()
        for found in MARKED.finditer(question.folded)
        if re.search(r"[\u3400-\u9fff\d]|^[A-Z]{2,}", found[1])
    ]
    return quoted or [found[0] for found in _CODE.finditer(question.subject)]


def names_parts(question: Question) -> bool:
    """Tell whether a question names a slogan that counts its parts: 三大攻坚战."""
    if question.language == "en":
        return bool(_ENGLISH_PARTS.fullmatch(question.subject))
    return bool(counting(question.subject))


def counting_slogans(question: Question, texts: Sequence[Text], embedder: Embedder) -> list[str]:
    """Return what the slogan of a question that counts its parts may be called, longest first."""
    wanted = named_slogans(question, texts, embedder) or counting(question.subject)
    return [term for term in wanted if counted(term)]


def counting(subject: str) -> list[str]:
    """Return every reading of the slogans in a question that count: 四个自信, the longest first."""
    names = {
        found[0][:end]
        for found in _PARTS.finditer(subject)
        for end in range(_SHORTEST, len(found[0]) + 1)
    }
    bare = subject.replace(" ", "")
    names |= {bare} if len(bare) <= _BARE else set()
    return sorted(filter(counted, names), key=lambda name: (-len(name), name))


def named_slogans(question: Question, texts: Sequence[Text], embedder: Embedder) -> list[str]:
    """Return the slogans that a question names as such, those of an English one translated."""
    wanted = explicit(question)
    if wanted or question.language != "en":
        return wanted
    return _translated(question, texts, embedder)


_NEAR, _NEARER = 0.6, 0.1
"""The cosine from which a quoted slogan is the one that English words name, and its lead."""


def _translated(question: Question, texts: Sequence[Text], embedder: Embedder) -> list[str]:
    """Return the quoted slogan of the reports that English words of a question name."""
    terms = sorted(
        {term for _, text in texts for term in MARKED.findall(text) if len(term) <= _BRIEF}
    )
    words = _ENGLISH.search(question.folded)
    named_as = words[1] if words else question.subject
    counts = [asked_count(found[1]) or 0 for found in _ENGLISH_COUNT.finditer(named_as)]
    if len(counts) > 1:
        return _of_several(counts, named_as, texts, embedder)
    if (parts := _ENGLISH_PARTS.fullmatch(named_as.strip())) is not None:
        count = asked_count(parts[1])
        counting = {term for _, text in texts for term in _COUNTS.findall(text)} | set(terms)
        terms = sorted(term for term in counting if (each := counted(term)) and each[0] == count)
    if not embedder.fast or not named_as.strip() or len(terms) < 2:
        return []
    near = embedder.embed(terms) @ embedder.embed_query(named_as)
    ranked = sorted(zip(near, terms, strict=True), reverse=True)
    first, term = ranked[0]
    second = max((score for score, other in ranked if term[:_SHORTEST] not in other), default=0.0)
    return [term] if first >= _NEAR and first - second >= _NEARER else []


_ENGLISH_COUNT = lazily(rf"\b({_COUNT})\b", re.IGNORECASE)


def names_in_english(question: Question) -> bool:
    """Tell whether an English question quotes words that count."""
    words = _ENGLISH.search(question.folded)
    return bool(words and _ENGLISH_COUNT.search(words[1]))


def _of_several(
    counts: Sequence[int], named_as: str, texts: Sequence[Text], embedder: Embedder
) -> list[str]:
    """Return the slogan of several counted parts that English words name: 一主两副, 四南四北.

    That in which the parts are set side by side goes before that in which each is quoted.
    """
    part = rf"“?[{NUMERALS}][个大项]?[\u4e00-\u9fff]{{1,4}}?”?、?"
    run = re.compile(rf"(?:{part}){{{len(counts)}}}(?=[^\u4e00-\u9fff]|$)")
    found = {match[0].strip("“”、") for _, text in texts for match in run.finditer(text)}
    terms = [
        term
        for term in sorted(found, key=lambda term: ("“" in term, term))
        if [value_of(digit) for digit in re.findall(f"[{NUMERALS}]", term)] == list(counts)
    ]
    if not terms or not embedder.fast:
        return terms[:1]
    near = embedder.embed(terms) @ embedder.embed_query(named_as)
    best = max(range(len(terms)), key=lambda at: near[at])
    return [next(term for term in terms if _bare(term) == _bare(terms[best]))]


def _bare(term: str) -> str:
    return re.sub("[“”、]", "", term)


_BRIEF = 14
"""Characters up to which what stands in quotation marks is a slogan."""
_ENGLISH = lazily(r"(?<![A-Za-z])[“\"‘']([A-Za-z][^”\"’']{3,60})[”\"’']")

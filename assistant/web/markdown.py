"""A conversation as Markdown, with its sources.

Knows the words of the page, nothing of bundles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.prompts import prompt
from assistant.records.conversations import Exchange
from assistant.types import Answer, Citation, Language
from assistant.web.texts.loading import chat_texts, page_texts
from index.text.normalization import normalize

_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~])")


_MARKUP = re.compile(r"([\\`<&~])")


def markdown(title: str, exchanges: Sequence[Exchange], created: str, language: Language) -> str:
    """Return a conversation with its sources as Markdown.

    Words of questions and reports are shown as they are and never read as markup; an answer keeps
    its own tables and lists.
    """
    texts = chat_texts(language)
    lines = [f"# {_plain(title)}", "", texts.saved_on.format(date=created[:10]), ""]
    for exchange in exchanges:
        lines += [f"## {_plain(exchange.question)}", ""]
        if exchange.answer is None:
            lines += [_plain(exchange.problem), ""]
            continue
        if exchange.answer.abstained:
            lines += [f"*{page_texts(language).not_found}*", ""]
        lines += [_MARKUP.sub(r"\\\1", exchange.answer.text), ""]
        if exchange.answer.citations:
            lines += [f"### {page_texts(language).sources}", ""]
        for citation in exchange.answer.citations:
            lines += [*_source(citation, exchange, language), ""]
        for note in exchange.answer.notes:
            lines += [_plain(note), ""]
        lines += _withheld(exchange.answer, language)
    return "\n".join(lines).rstrip() + "\n"


def plain_text(exchange: Exchange, language: Language) -> str:
    """Return an answer with its references as text to be put elsewhere."""
    answer = exchange.answer
    if answer is None:
        return exchange.problem
    texts, lines = page_texts(language), [answer.text.replace("**", "")]
    for citation in answer.citations:
        characters = texts.characters.format(start=citation.start, end=citation.end)
        place = " · ".join(str(part) for part in (citation.region, citation.year) if part)
        said = [place, citation.title or "", f"{citation.document}, {characters}"]
        cleaned = " ".join(normalize(citation.quote).text.split())
        where = " — ".join(each for each in said if each)
        lines.append(f"[{citation.n}] {where}{_COLON[language]}{cleaned}")
    return lines[0] + "\n\n" + "\n".join(lines[1:]) if lines[1:] else lines[0]


def _source(citation: Citation, exchange: Exchange, language: Language) -> list[str]:
    texts = page_texts(language)
    characters = texts.characters.format(start=citation.start, end=citation.end)
    if citation.page:
        characters = f"{texts.page.format(page=citation.page)}, {characters}"
    place = " · ".join(str(part) for part in (citation.region, citation.year) if part)
    said = [place, citation.title or "", f"{citation.document}, {characters}"]
    cleaned = normalize(citation.quote).text.strip()
    lines = [f"{citation.n}\\. {' — '.join(_plain(each) for each in said if each)}", ""]
    lines.append(f"   > {_plain(cleaned)}")
    if "".join(cleaned.split()) != "".join(citation.quote.split()):
        lines += ["", f"   {texts.original}{_COLON[language]}{_plain(citation.quote)}"]
    sha256 = {each.document: each.sha256 for each in exchange.documents}.get(citation.document)
    if sha256:
        lines += ["", f"   SHA-256 {sha256}"]
    return lines


def _withheld(answer: Answer, language: Language) -> list[str]:
    """Return what was cut of a model's words, each with the reason."""
    if not answer.withheld:
        return []
    cut = [
        f"- {_plain(each.text)} ({_plain(prompt(f'fault_{each.fault}', language))})"
        for each in answer.withheld
    ]
    return [f"### {page_texts(language).withheld.format(count=len(cut))}", "", *cut, ""]


_COLON = {"en": ": ", "zh-Hans": "：", "zh-Hant": "："}


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))

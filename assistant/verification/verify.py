"""Checks an evidence bundle: its digest, its files, its citations, and every statement.

The way of a check on one screen. Knows bundles and the reports to ask; how a statement is graded
is for `grading`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.grounding.check import MARK
from assistant.records.bundle import Bundle
from assistant.records.conversations import Document, Exchange, title_of
from assistant.records.printing import printable
from assistant.types import Answer, Citation
from assistant.verification.corpora import Corpora, Corpus
from assistant.verification.findings import Finding, Found, quoted
from assistant.verification.grading import Grading
from index.types import Report


def verify(bundle: Bundle, corpora: Corpora) -> list[Finding]:
    """Return one finding for each file, citation, figure and statement of `bundle`.

    Args:
        bundle: what is checked.
        corpora: where the cited files are looked for, and what is asked again.
    """
    findings = [Finding(0, *each) for each in _of_bundle(bundle)]
    asked: list[str] = []
    for number, exchange in enumerate(bundle.exchanges, 1):
        found = _of_exchange(bundle, exchange, corpora, tuple(asked))
        findings.extend(Finding(number, *each) for each in found)
        asked.append(exchange.question)
    return findings


def _of_bundle(bundle: Bundle) -> Iterator[Found]:
    if bundle.sha256 is None:
        yield "unknown", "bundle: carries no SHA-256 of itself, being of version 1"
    elif bundle.sha256 == bundle.digest:
        yield "right", f"bundle: is as it was written, SHA-256 {bundle.digest[:12]}…"
    else:
        expected = f"expected SHA-256 {printable(bundle.sha256)[:12]}…, found {bundle.digest[:12]}…"
        yield "differs", f"bundle: {expected}: it was changed after it was written"
    title = title_of(bundle.exchanges[0].question)
    if bundle.title != title:
        expected = f"that of its first question is {quoted(title)}"
        yield "differs", f"bundle: its title is {quoted(bundle.title)}, {expected}"


def _of_exchange(
    bundle: Bundle, exchange: Exchange, corpora: Corpora, asked: tuple[str, ...]
) -> Iterator[Found]:
    answer = exchange.answer
    if answer is None:
        yield "unknown", "has no answer to check"
        return
    found = [*_files(exchange, corpora), _marks(answer)]
    yield from found
    corpus = corpora.of(exchange)
    if corpus is None:
        yield "not supported", f"answer: {_NOTHING_TO_ASK}"
        return
    named = _named(exchange, corpus)
    checked = [
        *(_citation(each, named, corpus) for each in answer.citations),
        *(each for document in exchange.documents for each in _document(document, named, corpus)),
    ]
    yield from checked
    if any(verdict == "differs" for verdict, _ in [*found, *checked]):
        yield "not supported", "statements: stand on citations that are not right; see above"
        return
    said = replace(
        answer,
        citations=tuple(replace(c, document=named[c.document]) for c in answer.citations),
    )
    is_whole, is_same = corpus.made(exchange), bundle.is_of_these_versions
    yield from Grading(exchange, said, corpus, asked, is_whole, is_same).findings()


_NOTHING_TO_ASK = (
    "there are no reports to check it against; give the folder of those that it was made from"
)


# Files


def _files(exchange: Exchange, corpora: Corpora) -> Iterator[Found]:
    for document in exchange.documents:
        yield _file(document, corpora)
    names = [document.document for document in exchange.documents]
    if len(set(names)) < len(names):
        yield "differs", "files: two have the same name"
    cited = {citation.document for citation in exchange.answer.citations} if exchange.answer else {}
    for name in names:
        if name not in cited:
            yield "differs", f"file {printable(name)}: is not cited"


def _file(document: Document, corpora: Corpora) -> Found:
    name = printable(document.document)
    if document.sha256 is None:
        return "differs", f"file {name}: expected its SHA-256, the bundle has none"
    if corpora.has(document.sha256):
        return "right", f"file {name}: found, SHA-256 {document.sha256[:12]}…"
    others = sorted(corpora.digests_of(document.document))
    if others:
        found = f"found SHA-256 {others[0][:12]}…: it has changed, give the folder of the old one"
    else:
        found = "found no such file; give a folder that holds it"
    return "differs", f"file {name}: expected SHA-256 {document.sha256[:12]}…, {found}"


def _named(exchange: Exchange, corpus: Corpus) -> Mapping[str, str]:
    """Return the names that the cited files have among the reports to ask."""
    held = corpus.documents
    return {
        each.document: held[each.sha256]
        for each in exchange.documents
        if each.sha256 and each.sha256 in held
    }


_TOLD = ("title", "region", "year", "date", "session", "speaker", "source", "url")
"""What a bundle says of a report."""


def _document(document: Document, named: Mapping[str, str], corpus: Corpus) -> Iterator[Found]:
    """Yield what of a file's description its report does not say."""
    name = printable(document.document)
    if document.document not in named:
        yield "differs", f"file {name}: cannot be read as a report"
        return
    report = corpus.catalogue.report_of(named[document.document])
    stated = _stated(report)
    for attribute in _TOLD:
        said, found = getattr(document, attribute), stated[attribute]
        if said != found:
            about = f"file {name}: its {attribute} is {quoted(str(said))}"
            yield "differs", f"{about}, its report says {quoted(str(found))}"


def _stated(report: Report) -> dict[str, object]:
    stated = {
        name: None if value is None else value.value
        for name in ("date", "session", "speaker", "source")
        for value in [getattr(report, name)]
    }
    return {
        **stated,
        "title": report.plain_title,
        "region": report.place_name,
        "year": report.given,
        "url": report.url,
    }


# Citations and marks


def _citation(citation: Citation, named: Mapping[str, str], corpus: Corpus) -> Found:
    about = f"citation [{citation.n}]"
    place = f"{printable(citation.document)}:{citation.start}-{citation.end}"
    if citation.document not in named:
        return "differs", f"{about}: {place} is not among the bundle's documents"
    if not citation.quote:
        return "differs", f"{about}: {place} quotes nothing"
    report = corpus.catalogue.report_of(named[citation.document])
    found = corpus.catalogue.raw(report.id)[citation.start : citation.end]
    if found != citation.quote:
        expected = f"expected {quoted(citation.quote)}, found {quoted(found)}"
        return "differs", f"{about}: {place}, {expected}"
    said = (citation.title, citation.region, citation.year, citation.url)
    stated = (report.plain_title, report.place_name, report.given, report.url)
    for one, other in zip(said, stated, strict=True):
        if one != other:
            return "differs", f"{about}: says {quoted(str(one))}; its file is of {other}"
    return "right", f"{about}: {place} is {quoted(citation.quote)}"


def _marks(answer: Answer) -> Found:
    marks = {int(number) for number in MARK.findall(answer.text)}
    numbers = [citation.n for citation in answer.citations]
    if numbers != list(range(1, len(numbers) + 1)):
        return "differs", f"marks: expected citations numbered from 1, found {numbers}"
    if marks == set(numbers):
        return "right", f"marks: {len(marks)}, each with its citation"
    return "differs", f"marks: expected those of the citations, {numbers}, found {sorted(marks)}"

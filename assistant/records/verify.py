"""Checks an evidence bundle against the files: is every quote there, is every number in a quote.

Files are found by the SHA-256 of their bytes, whatever they are called now, and every statement is
held once more to what it cites. Knows bundles, files and the index; not how an answer came about.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from operator import itemgetter
from pathlib import Path
from typing import Literal

from assistant.claims.amounts import same_value
from assistant.claims.types import Evidence
from assistant.grounding.cells import altered, check_cells
from assistant.grounding.check import MARK, Sources, ground
from assistant.grounding.places_and_years import given_by
from assistant.records.bundle import Bundle
from assistant.records.conversations import Document, Exchange
from assistant.records.printing import printable
from assistant.types import Answer, AnswerFigure, Citation
from index.errors import SourceError
from index.formats.archives import is_there
from index.ingestion.loaders import digest, find_sources, load
from index.ingestion.pipeline import Text, read
from index.lexicon.indicators import load_lexicon
from index.places.gazetteer import load_gazetteer
from index.storage.catalogue import Catalogue
from index.storage.entries import Entry, FileState
from index.structure.statements import years_about
from index.text.normalization import normalize
from index.types import Report, Span

Verdict = Literal["right", "differs", "unknown"]
"""What was found: as the bundle says, otherwise than it says, or not to be told."""

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; `turn` is its question's number, 0 for the bundle as a whole."""

    turn: int
    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True)
class Files:
    """Files by the SHA-256 of their bytes, from folders and, where there is one, from the index.

    `read` gives the text of each, `names` the digests of the files that are now called so.
    """

    read: Mapping[str, Callable[[], str]]
    names: Mapping[str, frozenset[str]]

    @classmethod
    def among(cls, paths: Iterable[Path], catalogue: Catalogue | None) -> Files:
        """Return the files at `paths`, at any depth of folders, and those of `catalogue`.

        Raises:
            SourceError: a path does not exist, or a file in it cannot be opened.
        """
        read: dict[str, Callable[[], str]] = {}
        named: list[tuple[str, str]] = []
        for origin in catalogue.origins() if catalogue else ():
            read[origin.sha256] = partial(catalogue.raw, origin.report_id)  # type: ignore[union-attr]
            named.append((origin.document, origin.sha256))
        given = set(paths)
        for path in find_sources(given):
            if path not in given and not is_there(path):
                continue  # a link to nothing in a folder
            sha256 = digest(path)
            read[sha256] = partial(_text, path)
            named.append((path.name, sha256))
        names: dict[str, frozenset[str]] = {}
        for name, sha256 in named:
            names[name] = names.get(name, frozenset()) | {sha256}
        return cls(read, names)


def _text(path: Path) -> str:
    return load(path).text


def verify(
    bundle: Bundle, files: Files, reports: Callable[[], Sequence[Report]] = list
) -> list[Finding]:
    """Return one finding for each file, citation, figure, set of marks and text of `bundle`.

    Args:
        bundle: what is checked.
        files: where the cited files are looked for.
        reports: what is indexed; an answer may say so of places and years that it has no words of.
    """
    findings: list[Finding] = []
    asked: list[str] = []
    for number, exchange in enumerate(bundle.exchanges, 1):
        found = _of_exchange(exchange, files, reports, tuple(asked))
        findings.extend(Finding(number, *each) for each in found)
        asked.append(exchange.question)
    return findings


_Found = tuple[Verdict, str]


def _of_exchange(
    exchange: Exchange,
    files: Files,
    reports: Callable[[], Sequence[Report]],
    asked: Sequence[str],
) -> Iterator[_Found]:
    answer = exchange.answer
    if answer is None:
        yield "right", "has no answer to check"
        return
    texts: dict[str, str] = {}
    for document in exchange.documents:
        verdict, words, text = _file(document, files)
        yield verdict, words
        if text is not None:
            texts[document.document] = text
    named = {document.document for document in exchange.documents}
    found = [*(_citation(each, texts, named) for each in answer.citations), _marks(answer)]
    yield from found
    for figure in answer.figures:
        yield _figure(figure, answer)
    read_again = cache(partial(_read, texts))
    known = (citation for citation in answer.citations if citation.document in texts)
    forged = [each for citation in known if (each := _origin(citation, read_again)) is not None]
    yield from forged
    found += forged
    if all(verdict == "right" for verdict, _ in found):
        sources = Sources(
            texts.__getitem__,
            lambda: given_by(reports()),
            load_lexicon(),
            load_gazetteer(),
            years_of=partial(_years_of, read=read_again),
        )
        yield _statements(answer, sources, asked)


def _read(texts: Mapping[str, str], document: str) -> Entry:
    """Read a file as a report, as it was read when it was indexed."""
    file = FileState(Path(document), 0, 0, hashlib.sha256(document.encode()).hexdigest())
    return read(Text(texts[document], "", document, file))


def _years_of(citation: Citation, read: Callable[[str], Entry]) -> frozenset[int]:
    """Return the years that a citation's words are about by where they stand in the report."""
    entry, raw = read(citation.document), Span(citation.start, citation.end)
    held = [
        (min(passage.raw_span.end, raw.end) - max(passage.raw_span.start, raw.start), passage)
        for passage in entry.passages
    ]
    shared, passage = max(held, key=itemgetter(0), default=(0, None))
    if passage is None or shared <= 0:
        return frozenset()
    return years_about(entry.report, passage, entry.normalized.clean_span(raw))


def _statements(answer: Answer, sources: Sources, asked: Sequence[str]) -> _Found:
    """Compare an answer with what is left of it once it is held to its sources again.

    Statements without marks speak of what is indexed, which may have changed since. A table is
    held to its cells: each amount to the words behind its marks.
    """
    if answer.query is not None:
        wrong = altered(answer)
        if wrong or check_cells(answer, sources.raw_of):
            about = _quoted(wrong[0] if wrong else answer.figures[0].value)
            return "differs", f"text: not borne out by what it cites: {about}"
        return "right", "text: every figure of the table is borne out by what it cites"
    grounded = ground(answer, sources, asked=asked)
    if grounded.text == answer.text:
        return "right", "text: every statement is borne out by what it cites"
    left = _dense(MARK.sub("", grounded.text))
    lost = [line for line in answer.text.splitlines() if _dense(MARK.sub("", line)) not in left]
    cited = [line for line in lost if MARK.search(line)]
    if cited:
        return "differs", f"text: not borne out by what it cites: {_quoted(cited[0])}"
    about = _quoted(lost[0]) if lost else "its order"
    return "unknown", f"text: speaks of what was indexed then: {about}"


def _file(document: Document, files: Files) -> tuple[Verdict, str, str | None]:
    name = printable(document.document)
    if document.sha256 is None:
        return "differs", f"file {name}: expected its SHA-256, the bundle has none", None
    if document.sha256 in files.read:
        try:
            text = files.read[document.sha256]()
        except SourceError as error:
            return "differs", f"file {name}: {printable(str(error))}", None
        return "right", f"file {name}: found, SHA-256 {document.sha256[:12]}…", text
    others = sorted(files.names.get(document.document, ()))
    if others:
        found = f"found SHA-256 {others[0][:12]}…: it has changed, give the folder of the old one"
    else:
        found = "found no such file; give a folder that holds it"
    return "differs", f"file {name}: expected SHA-256 {document.sha256[:12]}…, {found}", None


def _citation(citation: Citation, texts: Mapping[str, str], named: set[str]) -> _Found:
    place = f"{printable(citation.document)}:{citation.start}-{citation.end}"
    if citation.document not in named:
        return "differs", f"citation [{citation.n}]: {place} is not among the bundle's documents"
    if not citation.quote:
        return "differs", f"citation [{citation.n}]: {place} quotes nothing"
    if citation.document not in texts:
        return "unknown", f"citation [{citation.n}]: {place} cannot be compared without its file"
    found = texts[citation.document][citation.start : citation.end]
    if found == citation.quote:
        return "right", f"citation [{citation.n}]: {place} is {_quoted(citation.quote)}"
    return "differs", (
        f"citation [{citation.n}]: {place}, expected {_quoted(citation.quote)}, "
        f"found {_quoted(found)}"
    )


def _origin(citation: Citation, read: Callable[[str], Entry]) -> _Found | None:
    """Return what is wrong with a citation's place and year, by the file itself."""
    report = read(citation.document).report
    place = report.place_name
    year = report.given
    if (citation.region, citation.year) == (place, year):
        return None
    said = printable(f"{citation.region}, {citation.year}")
    return "differs", f"citation [{citation.n}]: says {said}; its file is of {place}, {year}"


def _marks(answer: Answer) -> _Found:
    marks = {int(number) for number in MARK.findall(answer.text)}
    numbers = [citation.n for citation in answer.citations]
    repeated = sorted({n for n in numbers if numbers.count(n) > 1})
    if repeated:
        return "differs", f"marks: two citations have the number {repeated[0]}"
    if marks == set(numbers):
        return "right", f"marks: {len(marks)}, each with its citation"
    expected = f"expected those of the citations, {sorted(numbers)}"
    return "differs", f"marks: {expected}, found {sorted(marks)}"


def _figure(figure: AnswerFigure, answer: Answer) -> _Found:
    """Compare a figure with the numbers of the words it cites; its own marks first."""
    said = f"{figure.value}{figure.unit}"
    of = f"{figure.region} {figure.indicator} {figure.period}"
    name = printable(f"figure {of}: {said}")
    cited = [c for c in answer.citations if c.n in figure.marks] or list(answer.citations)
    if not figure.value:
        wording = figure.qualifier or ""
        held = any(_dense(wording) in _dense(normalize(c.quote).text) for c in cited)
        return (
            ("right", f"{name}{wording} is cited")
            if held and wording
            else ("unknown", f"{name} is stated in words")
        )
    if any(_states(_evidence(citation), figure) for citation in cited):
        return "right", f"{name} stands in a cited quote"
    return "differs", f"{name} stands in none of the quotes it cites"


def _evidence(citation: Citation) -> Evidence:
    return Evidence(citation.n, normalize(citation.quote).text, citation.region, citation.year)


def _states(evidence: Evidence, figure: AnswerFigure) -> bool:
    values = [Decimal(each) for each in re.findall(r"(?:^-)?[\d.]+", figure.value)]
    stated = [
        [amount.value] if amount.upper is None else [amount.value, amount.upper]
        for amount in evidence.amounts
        if same_value(amount.value, amount.unit, values[0], figure.unit)
    ]
    return any(len(each) == len(values) for each in stated) or _is_written(figure, evidence)


def _is_written(figure: AnswerFigure, evidence: Evidence) -> bool:
    """Tell whether the value stands in the quote digit for digit, as no part of a longer number."""
    pattern = rf"(?<![\d.]){re.escape(figure.value)}(?!\.?\d)"
    return re.search(pattern, evidence.dense.replace(",", "")) is not None


def _dense(text: str) -> str:
    return "".join(text.split())


def _quoted(text: str) -> str:
    shown = printable(text)
    return f"“{shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + '…'}”"

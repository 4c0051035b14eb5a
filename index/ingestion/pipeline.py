"""Reading a report: its text is cleaned, described, cut into passages and searched for figures.

Knows nothing of files, of the catalogue, or of which process it runs in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.figures.extraction import VERSION as GRAMMAR
from index.figures.extraction import extract
from index.ingestion.manifest import pairs_of
from index.lexicon.indicators import load_lexicon
from index.places.gazetteer import load_gazetteer
from index.reports.calendar import calendar_of
from index.reports.genuine import why_not
from index.reports.metadata import about, describe
from index.reports.witnesses import Told
from index.storage.entries import Entry, FileState
from index.structure.passages import split
from index.text.normalization import VERSION as NORMALIZER
from index.text.normalization import normalize

PIPELINE = f"{NORMALIZER}.3.{GRAMMAR}"
"""The second number is raised when passages, or what is read of a report, change: every report is
then made again from its stored raw text. The others are those of normalization and of figures."""


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded file that is to be read, and the name that citations will give it.

    `told` is what a person says of it; `force` has it read though it may be no report.
    """

    raw: str
    encoding: str
    document: str
    file: FileState
    told: Told | None = None
    force: bool = False


def read(text: Text) -> Entry:
    """Read a report: clean it, describe it, cut it into passages, find its figures."""
    normalized = normalize(text.raw)
    report_id = text.file.sha256[:16]
    gazetteer = load_gazetteer()
    report = describe(
        normalized,
        document=text.document,
        report_id=report_id,
        gazetteer=gazetteer,
        path=text.file.path,
        told=text.told,
    )
    report = replace(report, told=pairs_of(text.told))
    refused = None if text.force else why_not(normalized.text, report)
    passages = [] if refused else split(normalized, report_id, about(report, gazetteer))
    calendar = calendar_of(report)
    return Entry(
        report=report,
        file=text.file,
        encoding=text.encoding,
        normalized=normalized,
        passages=passages,
        figures=extract(report, passages, lexicon=load_lexicon(), gazetteer=gazetteer),
        ahead=calendar.ahead if calendar else None,
        pipeline=PIPELINE,
        refused=refused,
    )

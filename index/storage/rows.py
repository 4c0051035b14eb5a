"""Records as rows of the catalogue's tables, and rows as records.

Only `index.storage.catalogue` uses this. Nothing here decides what is stored or when.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    delete,
    insert,
)

from index.storage.compression import pack, pack_changes, unpack, unpack_text
from index.storage.entries import Entry, FileState
from index.storage.schema import FILES
from index.text.normalization import Normalized
from index.text.offsets import OffsetMap
from index.types import Doubt, Passage, Region, Report, Span, Stated

_SOURCES = 1_024
"""Raw texts that are kept, some 60 kB each: as many as a table of all places and years cites."""

_REPORTS = 2_048
"""Reports that are kept, some 5 kB each: those of an answer over all places and years."""

_NAMED_YEAR = re.compile(r"(?=([0-9]{4})年)")


def dump_report(report: Report) -> str:
    """Return a report's description as JSON."""
    return json.dumps(asdict(report), ensure_ascii=False)


@lru_cache(maxsize=_REPORTS)
def load_report(description: str) -> Report:
    """Return the report that `dump_report` wrote; those last read are kept."""
    record = json.loads(description)
    doubts = tuple(Doubt(**doubt) for doubt in record.pop("doubts", ()))
    told = tuple((name, value) for name, value in record.pop("told", ()))
    named = {field.name for field in fields(Report)}
    known = {name: _load_value(value) for name, value in record.items() if name in named}
    return Report(**known, doubts=doubts, told=told)


def _load_value(value: Any) -> Any:  # noqa: ANN401 - an attribute of any type
    if not isinstance(value, dict):
        return value
    stated = value["value"]
    if isinstance(stated, dict):
        stated = Region(**{**stated, "parents": tuple(stated["parents"])})
    span = value["span"] and Span(**value["span"])
    return Stated(value=stated, span=span, inferred=value["inferred"])


def report_row(entry: Entry) -> dict[str, Any]:
    """Return the row of a report."""
    report, file = entry.report, entry.file
    return {
        "id": report.id,
        "path": str(file.path),
        "document": report.document,
        "sha256": file.sha256,
        "encoding": entry.encoding,
        "region": report.region and report.region.value.code,
        "year": report.given,
        "ahead": entry.ahead,
        "passages": len(entry.passages),
        "pipeline": entry.pipeline,
        "description": dump_report(report),
    }


def passage_row(passage: Passage) -> dict[str, Any]:
    """Return the row of a passage."""
    return {
        "id": passage.id,
        "report_id": passage.report_id,
        "ordinal": passage.ordinal,
        "start": passage.span.start,
        "end": passage.span.end,
        "raw_start": passage.raw_span.start,
        "raw_end": passage.raw_span.end,
        "content": pack(
            json.dumps([passage.text, passage.about, *passage.headings], ensure_ascii=False)
        ),
        "digest": _digest(passage),
    }


def load_passage(row: Row[*tuple[Any, ...]]) -> Passage:
    """Return the passage of a row of `PASSAGE_COLUMNS`."""
    identifier, report_id, ordinal, start, end, raw_start, raw_end, content = row
    text, about, *headings = json.loads(unpack(content))
    return Passage(
        id=identifier,
        report_id=report_id,
        ordinal=ordinal,
        span=Span(start, end),
        raw_span=Span(raw_start, raw_end),
        text=text,
        headings=tuple(headings),
        about=about,
    )


def text_row(report_id: str, normalized: Normalized) -> dict[str, Any]:
    """Return the row of a report's raw and clean text."""
    return {
        "report_id": report_id,
        "raw": pack(normalized.raw),
        "offsets": normalized.offsets.to_bytes(),
        "changes": pack_changes(normalized),
    }


def load_text(row: Row[*tuple[Any, ...]]) -> Normalized:
    """Return the texts of a row of `raw`, `offsets` and `changes`."""
    return _unpacked(row[0], row[1], row[2])


@lru_cache(maxsize=8)
def _unpacked(raw: bytes, offsets: bytes, changes: bytes) -> Normalized:
    """Unpack the texts of a report; those last read are kept, for one answer reads them often."""
    text, places = load_source(raw, offsets)
    return Normalized(text, unpack_text(text, places, changes), places)


@lru_cache(maxsize=_SOURCES)
def load_source(raw: bytes, offsets: bytes) -> tuple[str, OffsetMap]:
    """Return the raw text of a row and the map to it; those last read are kept."""
    return unpack(raw), OffsetMap.from_bytes(offsets)


def year_rows(report_id: str, text: str) -> list[dict[str, Any]]:
    """Return a row for every year that a clean text names."""
    years = sorted({int(year) for year in _NAMED_YEAR.findall(text)})
    return [{"report_id": report_id, "year": year} for year in years]


def _digest(passage: Passage) -> str:
    content = "\n".join((passage.about, *passage.headings, passage.text))
    return blake2b(content.encode(), digest_size=8).hexdigest()


def remember_file(connection: Connection, file: FileState) -> None:
    """Write the state of a file in the place of what was known of it."""
    connection.execute(delete(FILES).where(FILES.c.path == str(file.path)))
    connection.execute(
        insert(FILES),
        {
            "path": str(file.path),
            "size": file.size,
            "mtime_ns": file.mtime_ns,
            "sha256": file.sha256,
        },
    )

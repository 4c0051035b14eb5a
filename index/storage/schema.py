"""The catalogue's tables, how its database is opened, and rows made from records and back.

Only `index.storage.catalogue` uses this. Nothing here decides what is stored or when.
"""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from dataclasses import asdict, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    delete,
    event,
    insert,
    inspect,
    select,
)

from index.errors import CatalogueError
from index.storage.compression import pack, pack_changes, unpack, unpack_text
from index.storage.entries import Entry, FileState
from index.text.normalization import Normalized
from index.text.offsets import OffsetMap
from index.types import Filter, Passage, Region, Report, Span, Stated

SCHEMA_VERSION = 5

METADATA = MetaData()

META = Table(
    "meta",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

REPORTS = Table(
    "reports",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("document", Text, nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("encoding", String(32), nullable=False),
    Column("region", String(6)),
    Column("year", Integer),
    Column("ahead", Integer),
    Column("passages", Integer, nullable=False),
    Column("pipeline", String(64), nullable=False),
    Column("description", Text, nullable=False),
    # Each holds what is counted by it, so that counting reads nothing else.
    Index("reports_by_region", "region", "ahead", "passages"),
    Index("reports_by_year", "year", "passages"),
)

# Apart from the reports, so that going through those reads no text.
TEXTS = Table(
    "texts",
    METADATA,
    Column("report_id", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("raw", LargeBinary, nullable=False),
    Column("offsets", LargeBinary, nullable=False),
    Column("changes", LargeBinary, nullable=False),
)

NAMED_YEARS = Table(
    "named_years",
    METADATA,
    Column("report_id", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("year", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

PASSAGES = Table(
    "passages",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("report_id", ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("raw_start", Integer, nullable=False),
    Column("raw_end", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("digest", String(16), nullable=False),
    UniqueConstraint("report_id", "ordinal"),
)

FILES = Table(
    "files",
    METADATA,
    Column("path", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("mtime_ns", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
)

_NAMED_YEAR = re.compile(r"(?=([0-9]{4})年)")

PASSAGE_COLUMNS = [column for column in PASSAGES.columns if column.name != "digest"]


def open_engine(path: Path) -> Engine:
    """Return an engine on the SQLite file `path`, with real transactions and a write-ahead log.

    Readers see the state at the start of their transaction while a writer writes. Every commit
    reaches the disk before it returns, so a derived index is never ahead of the catalogue.
    """
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _: object) -> None:
        # The driver's own transactions leave out statements that define tables.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def create_tables(connection: Connection) -> None:
    """Make the tables in an empty database and give the catalogue its identity."""
    if inspect(connection).get_table_names():
        return
    METADATA.create_all(connection)
    values = {"schema": str(SCHEMA_VERSION), "identity": uuid.uuid4().hex, "generation": "0"}
    connection.execute(insert(META), [{"key": k, "value": v} for k, v in values.items()])


def check_tables(connection: Connection, path: Path) -> None:
    """Raise `CatalogueError` unless the database is a catalogue of this version."""
    tables = set(inspect(connection).get_table_names())
    rows = (
        connection.execute(select(META.c.value).where(META.c.key == "schema")).all()
        if META.name in tables
        else []
    )
    if not rows or not rows[0][0].isdecimal():
        raise CatalogueError(
            f"{path} is a database of something else, not a catalogue of baogao: "
            "move it away, or choose another folder with --data or BAOGAO_DATA"
        )
    version = int(rows[0][0])
    if version > SCHEMA_VERSION:
        raise CatalogueError(
            f"{path} has version {version}, made by a newer baogao; this one reads version "
            f"{SCHEMA_VERSION}: update baogao, or choose another folder with --data or BAOGAO_DATA"
        )
    if version < SCHEMA_VERSION:
        raise CatalogueError(
            f"{path} has version {version}, made by an older baogao; this one reads version "
            f"{SCHEMA_VERSION}: move it away and index the reports again with `baogao index PATH`"
        )


def dump_report(report: Report) -> str:
    """Return a report's description as JSON."""
    return json.dumps(asdict(report), ensure_ascii=False)


def load_report(description: str) -> Report:
    """Return the report that `dump_report` wrote."""
    record = json.loads(description)
    return Report(**{field.name: _load_value(record[field.name]) for field in fields(Report)})


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
    raw, offsets = unpack(row[0]), OffsetMap.from_bytes(row[1])
    return Normalized(raw, unpack_text(raw, offsets, row[2]), offsets)


def year_rows(report_id: str, text: str) -> list[dict[str, Any]]:
    """Return a row for every year that a clean text names."""
    years = sorted({int(year) for year in _NAMED_YEAR.findall(text)})
    return [{"report_id": report_id, "year": year} for year in years]


def _digest(passage: Passage) -> str:
    content = "\n".join((passage.about, *passage.headings, passage.text))
    return blake2b(content.encode(), digest_size=8).hexdigest()


def conditions(where: Filter) -> list[ColumnElement[bool]]:
    """Return what a filter asks of a report."""
    sides = (
        (REPORTS.c.region, where.regions),
        (REPORTS.c.year, where.years),
        (REPORTS.c.id, where.reports),
    )
    return [column.in_(sorted(values)) for column, values in sides if values]


def filtered(query: Select[*tuple[Any, ...]], where: Filter) -> Select[*tuple[Any, ...]]:
    """Return a query of passages that asks of their reports what a filter does."""
    if not where:
        return query
    return query.join(REPORTS, PASSAGES.c.report_id == REPORTS.c.id).where(*conditions(where))


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

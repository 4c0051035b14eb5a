"""The catalogue's tables, how they are made, and what a filter asks of them.

Only `index.storage.catalogue` uses this. Nothing here decides what is stored or when.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    UniqueConstraint,
    insert,
    inspect,
    select,
    update,
)

from index.errors import CatalogueError, OldCatalogue
from index.types import Filter

SCHEMA_VERSION = 6
_READABLE = 5
"""The oldest version that can be read as it is: 6 has seals besides."""

METADATA = MetaData()

WORDS = String().with_variant(String(collation="C"), "postgresql")
"""Text of any length, in the order of its characters' codes wherever it is stored."""

META = Table(
    "meta",
    METADATA,
    Column("key", WORDS, primary_key=True),
    Column("value", WORDS, nullable=False),
)

REPORTS = Table(
    "reports",
    METADATA,
    Column("id", WORDS, primary_key=True),
    Column("path", WORDS, nullable=False, unique=True),
    Column("document", WORDS, nullable=False, unique=True),
    Column("sha256", WORDS, nullable=False),
    Column("encoding", WORDS, nullable=False),
    Column("region", WORDS),
    Column("year", Integer),
    Column("ahead", Integer),
    Column("passages", Integer, nullable=False),
    Column("pipeline", WORDS, nullable=False),
    Column("description", WORDS, nullable=False),
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
    Column("id", WORDS, primary_key=True),
    Column("report_id", ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("raw_start", Integer, nullable=False),
    Column("raw_end", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("digest", WORDS, nullable=False),
    UniqueConstraint("report_id", "ordinal"),
)

FILES = Table(
    "files",
    METADATA,
    Column("path", WORDS, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("sha256", WORDS, nullable=False),
)


PASSAGE_COLUMNS = [column for column in PASSAGES.columns if column.name != "digest"]


def create_tables(connection: Connection) -> None:
    """Make the tables in an empty database and give the catalogue its identity."""
    if inspect(connection).get_table_names():
        METADATA.create_all(connection)  # tables that an older version of the program did not have
        return
    METADATA.create_all(connection)
    values = {"schema": str(SCHEMA_VERSION), "identity": uuid.uuid4().hex, "generation": "0"}
    connection.execute(insert(META), [{"key": k, "value": v} for k, v in values.items()])


def check_tables(connection: Connection, name: str) -> int:
    """Return the version of a catalogue that can be read; `name` is what messages call it.

    Raises:
        CatalogueError: The database is no catalogue, or a newer version's.
        OldCatalogue: It is too old a version's to be read.
    """
    tables = set(inspect(connection).get_table_names())
    if not tables:
        raise CatalogueError(
            f"no catalogue in {name}: index some reports first with `baogao index PATH`"
        )
    rows = (
        connection.execute(select(META.c.value).where(META.c.key == "schema")).all()
        if META.name in tables
        else []
    )
    if not rows or not rows[0][0].isdecimal():
        raise CatalogueError(
            f"{name} is a database of something else, not a catalogue of baogao: "
            "move it away, or choose another folder with --data or BAOGAO_DATA"
        )
    version = int(rows[0][0])
    if version > SCHEMA_VERSION:
        raise CatalogueError(
            f"{name} has version {version}, made by a newer baogao; this one reads version "
            f"{SCHEMA_VERSION}: update baogao, or choose another folder with --data or BAOGAO_DATA"
        )
    if version < _READABLE:
        raise OldCatalogue(
            f"{name} has version {version}, made by an older baogao; this one reads version "
            f"{SCHEMA_VERSION}: `baogao index` reads its files again"
        )
    return version


def note_version(connection: Connection) -> None:
    """Note that the tables are of this version."""
    connection.execute(update(META).where(META.c.key == "schema").values(value=str(SCHEMA_VERSION)))


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

"""A checksum over everything that is stored of each report, to tell damage from what was written.

A report without a seal was stored by an older version; what is stored of it is taken as it is.
Knows nothing of what the rows mean.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, delete, insert, inspect, select
from sqlalchemy.exc import DatabaseError

from index.storage.figure_rows import FIGURES, REGIONS
from index.storage.schema import METADATA, NAMED_YEARS, PASSAGES, REPORTS, TEXTS, WORDS

SEALS = Table(
    "seals",
    METADATA,
    Column("key", WORDS, primary_key=True),
    Column("value", WORDS, nullable=False),
)

_PLACES = "regions"
"""The key of the seal over the places that figures are of, which belong to no report."""


def seal(connection: Connection, report_id: str) -> None:
    """Note the checksum of what has just been stored of a report."""
    _note(connection, report_id, _sum(connection, *_rows_of(report_id)))


def seal_places(connection: Connection) -> None:
    """Note the checksum of the places that figures are of."""
    _note(connection, _PLACES, _sum(connection, _PLACE_ROWS))


def seal_all(connection: Connection) -> None:
    """Note the checksums of all that is stored, as it is: by an older version, without any."""
    SEALS.create(connection, checkfirst=True)
    for (report_id,) in connection.execute(select(REPORTS.c.id)).all():
        seal(connection, report_id)
    seal_places(connection)


def unseal(connection: Connection, report_id: str) -> None:
    """Forget the checksum of a report that has been taken out."""
    connection.execute(delete(SEALS).where(SEALS.c.key == report_id))


def broken(connection: Connection) -> list[str]:
    """Return what differs from its checksum: ids of reports, sorted, and "regions" if they do.

    A report that has a seal and no rows counts too.
    """
    if not inspect(connection).has_table(SEALS.name):
        return []
    found = []
    for key, written in connection.execute(select(SEALS.c.key, SEALS.c.value)).all():
        queries = [_PLACE_ROWS] if key == _PLACES else _rows_of(key)
        if _sum(connection, *queries) != written:
            found.append(str(key))
    return sorted(found)


def are_places(key: str) -> bool:
    """Say whether what `broken` returned is no report but the places of the figures."""
    return key == _PLACES


def _note(connection: Connection, key: str, value: str) -> None:
    unseal(connection, key)
    connection.execute(insert(SEALS), {"key": key, "value": value})


_PLACE_ROWS = select(REGIONS).order_by(REGIONS.c.code)


def _rows_of(report_id: str) -> list[Select[*tuple[Any, ...]]]:
    own = [
        select(table).where(table.c.report_id == report_id).order_by(*table.primary_key.columns)
        for table in (TEXTS, NAMED_YEARS, FIGURES)
    ]
    passages = select(PASSAGES).where(PASSAGES.c.report_id == report_id)
    return [
        select(REPORTS).where(REPORTS.c.id == report_id),
        *own,
        passages.order_by(PASSAGES.c.ordinal),
    ]


def _sum(connection: Connection, *queries: Select[*tuple[Any, ...]]) -> str:
    """Return a checksum of rows, "" where they cannot even be read."""
    digest = blake2b(digest_size=16)
    try:
        for query in queries:
            for row in connection.execute(query):
                digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
            digest.update(b"|")
    except DatabaseError:
        return ""
    return digest.hexdigest()

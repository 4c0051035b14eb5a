"""Which files the stored reports come from: the state of each, and the copies of a report.

A copy is a file that holds a report again: in another format, script or encoding, cut off, with
other words around it. It is no report of its own; what its figures say otherwise is kept. Nothing
here decides what is a copy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Row,
    Select,
    Table,
    delete,
    insert,
    inspect,
    select,
)

from index.storage.entries import Copy, Difference, FileState, Origin, Wording
from index.storage.schema import FILES, METADATA, REPORTS, WORDS

# No key of another table: a report that is read anew keeps its copies.
COPIES = Table(
    "copies",
    METADATA,
    Column("path", WORDS, primary_key=True),
    Column("report_id", WORDS, nullable=False),
    Column("description", WORDS, nullable=False),
)

_BATCH = 1_000
"""Values in one statement: databases bound their number."""

Rows = Callable[[Select[*tuple[Any, ...]]], Sequence[Row[*tuple[Any, ...]]]]
Writing = Callable[[], AbstractContextManager[Connection]]


class SourceFiles:
    """The files of a catalogue's reports, by what the catalogue reads and writes with."""

    def __init__(self, rows: Rows, writing: Writing) -> None:
        self._rows, self._writing = rows, writing
        self._has_copies = False

    def origin(self, report_id: str) -> Origin:
        """Return where a report came from.

        Raises:
            KeyError: There is no such report.
        """
        return self.origins([report_id])[report_id]

    def origins(self, report_ids: Sequence[str]) -> dict[str, Origin]:
        """Return where reports came from, by their ids; an unknown one is left out."""
        names = ("id", "path", "document", "encoding", "sha256", "pipeline")
        query = select(*(REPORTS.c[name] for name in names))
        rows = self._in_batches(query, REPORTS.c.id, report_ids)
        return {row[0]: Origin(row[0], Path(row[1]), *row[2:]) for row in rows}

    def holds(self, report_id: str) -> bool:
        """Say whether a report is stored."""
        return bool(self._rows(select(REPORTS.c.id).where(REPORTS.c.id == report_id)))

    def state(self, path: Path) -> FileState | None:
        """Return the state in which a file was last read, None if it never was."""
        return self.states([path]).get(path)

    def states(self, paths: Sequence[Path]) -> dict[Path, FileState]:
        """Return the states in which files were last read, without those that never were."""
        rows = self._in_batches(select(FILES), FILES.c.path, [str(path) for path in paths])
        states = (FileState(Path(row[0]), *row[1:]) for row in rows)
        return {state.path: state for state in states}

    def copies(self, report_id: str | None = None) -> list[Copy]:
        """Return the copies of a report, or of all that there are, by path."""
        if not self._knows_copies():
            return []
        query = select(COPIES).join(REPORTS, COPIES.c.report_id == REPORTS.c.id)
        if report_id is not None:
            query = query.where(COPIES.c.report_id == report_id)
        return [_load(*row) for row in self._rows(query.order_by(COPIES.c.path))]

    def put_copy(self, copy: Copy) -> None:
        """Store a copy in the place of what was known of its file."""
        record = {key: value for key, value in asdict(copy).items() if key != "path"}
        description = json.dumps(record, ensure_ascii=False)
        with self._writing() as connection:
            _forget(connection, copy.path)
            row = {
                "path": str(copy.path),
                "report_id": copy.report_id,
                "description": description,
            }
            connection.execute(insert(COPIES), row)

    def forget_copy(self, path: Path) -> None:
        """Take a file out of the copies; nothing happens where it is none."""
        with self._writing() as connection:
            _forget(connection, path)

    def _in_batches(
        self, query: Select[*tuple[Any, ...]], column: Column[Any], values: Sequence[str]
    ) -> Iterator[Row[*tuple[Any, ...]]]:
        """Yield the rows of a query whose column has one of the values."""
        for first in range(0, len(values), _BATCH):
            yield from self._rows(query.where(column.in_(values[first : first + _BATCH])))

    def _knows_copies(self) -> bool:
        """Say whether there is the table of copies; an index that was last written before is read.

        Writing makes it.
        """
        if not self._has_copies:
            with self._writing() as connection:
                self._has_copies = inspect(connection).has_table(COPIES.name)
        return self._has_copies


def _forget(connection: Connection, path: Path) -> None:
    connection.execute(delete(COPIES).where(COPIES.c.path == str(path)))


def _load(path: str, report_id: str, description: str) -> Copy:
    record = json.loads(description) | {"path": Path(path), "report_id": report_id}
    differences = tuple(_difference(each) for each in record.pop("differences"))
    return Copy(**record, differences=differences)


def _difference(record: dict[str, Any]) -> Difference:
    here, there = Wording(**record.pop("here")), Wording(**record.pop("there"))
    return Difference(**record, here=here, there=there)

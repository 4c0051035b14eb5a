"""Whether a catalogue is what was written: checked whole whenever its file is not the one checked.

What the file system says of the file after a check, or after a writer is done, is kept beside it;
as long as it says the same the check need not be made again. A change that leaves size and time
as they were is met by `doctor` alone. Knows nothing of what is stored.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from index.errors import CatalogueError
from index.storage.connections import Connections
from index.storage.schema import REPORTS
from index.storage.seals import are_places, broken

_NOTED = "catalogue.checked.json"

State = tuple[tuple[int, ...], ...]
"""What the file system says of a database and its write-ahead log."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What is damaged of a catalogue whose database can still be read.

    `reports` are the ids of reports and the names that citations give them, "" where even that
    cannot be read.
    """

    reports: tuple[tuple[str, str], ...] = ()

    @property
    def documents(self) -> list[str]:
        """The names of the damaged reports, an id where the name cannot be read."""
        return [document or identifier for identifier, document in self.reports]


def state_of(path: Path) -> State:
    """Return the state of a database's files; () where there is none."""
    found = []
    for each in (path, path.with_name(f"{path.name}-wal")):
        with suppress(OSError):
            state = each.stat()
            # A log comes and goes, empty, as the database is opened and closed.
            if state.st_size:
                times = (state.st_mtime_ns, state.st_ctime_ns)
                found.append((state.st_ino, state.st_size, *times))
    return tuple(found)


def is_checked(path: Path) -> bool:
    """Say whether a database is as it was when it was last checked or written."""
    try:
        noted = json.loads(path.with_name(_NOTED).read_text(encoding="utf-8"))
        return tuple(map(tuple, noted)) == state_of(path) != ()
    except (OSError, ValueError, TypeError):
        return False


def note_checked(path: Path) -> None:
    """Keep the state of a database that is whole. Where it cannot be kept, nothing is lost."""
    draft = path.with_name(f"{_NOTED}.new")
    with suppress(OSError):
        draft.write_text(json.dumps(state_of(path)), encoding="utf-8")
        draft.replace(path.with_name(_NOTED))


def check(connections: Connections) -> Damage:
    """Read a whole database, some three seconds for 1,500 reports.

    Raises:
        CatalogueError: It is damaged beyond single reports.
    """
    with connections.reading() as connection:
        fault = connections.fault(connection)
        keys = [] if fault else broken(connection)
        names = _names(connection, keys)
    if fault or any(map(are_places, keys)):
        reason = fault or "the places do not fit"
        raise CatalogueError(
            f"{connections.name} is damaged ({reason}): restore a backup with `baogao restore`, "
            "or move it away and index the reports again with `baogao index PATH`"
        )
    return Damage(tuple((key, names.get(key, "")) for key in keys))


def _names(connection: Connection, ids: list[str]) -> dict[str, str]:
    if not ids:
        return {}
    query = select(REPORTS.c.id, REPORTS.c.document).where(REPORTS.c.id.in_(ids[:30_000]))
    return {str(row[0]): str(row[1]) for row in connection.execute(query)}

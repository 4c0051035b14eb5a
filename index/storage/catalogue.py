"""The catalogue: every report and passage in one SQL database, the truth of the index.

The database is a file of the data folder or lies on a server; the folder holds the rest.

Whatever is kept beside it (vectors, the lexical index) is derived from it and can be made again.
Each report is written in one transaction, with others or alone, which also raises the catalogue's
generation, so that a derived index can tell at a glance whether it is behind. Nothing here knows
how a report was read, cut into passages or searched.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, delete, insert, inspect, select, update

from index.errors import BaogaoIndexError, CatalogueError
from index.storage.connections import Connections, ServerConnections
from index.storage.entries import EmbeddingModel, Entry, FileState
from index.storage.figure_rows import (
    FIGURES,
    figure_row,
    note_regions,
)
from index.storage.reading import StoredReports
from index.storage.rows import (
    passage_row,
    remember_file,
    report_row,
    text_row,
    year_rows,
)
from index.storage.schema import (
    FILES,
    META,
    NAMED_YEARS,
    PASSAGES,
    REPORTS,
    SCHEMA_VERSION,
    TEXTS,
    check_tables,
    create_tables,
    note_version,
)
from index.storage.seals import seal, seal_all, seal_places, unseal
from index.storage.soundness import Damage, check, is_checked, note_checked, state_of
from index.storage.source_rows import SourceFiles
from index.writer_lock import is_written

FILE_NAME = "catalogue.sqlite"
_NAMED = 20  # damaged reports in one line
_NONE = (
    "no catalogue in {data}: index some reports first with `baogao index PATH`, "
    "or say where they are with --data or BAOGAO_DATA"
)

_log = logging.getLogger(__name__)


class Catalogue(StoredReports):
    """An open catalogue; it may be read from several threads and while another process writes."""

    def __init__(self, connections: Connections, data: Path) -> None:
        super().__init__(connections)
        self.on_server = connections.address is not None
        self._shared: Connection | None = None
        self._state: object = None
        self.damage = Damage()
        self.data = data
        self.sources = SourceFiles(self.rows, self._writing)

    @classmethod
    def open(
        cls,
        data: Path,
        *,
        create: bool = False,
        read_only: bool = False,
        database: str | None = None,
    ) -> Catalogue:
        """Open the catalogue in the folder `data`, or on a server.

        What is damaged is left out, and named by `damage`. Whoever opens a catalogue to write, with
        `create`, holds the writer's lock and sees the damaged reports too.

        Args:
            data: The data folder (`BAOGAO_DATA`).
            create: Make the folder and an empty catalogue where there is none.
            read_only: Write nothing, as in a folder that cannot be written to.
            database: The address of a PostgreSQL database (`BAOGAO_DATABASE`) that holds the
                catalogue; None for a file in the folder.

        Raises:
            CatalogueError: There is none, or it is damaged, foreign or of another version.
            CatalogueLocked: Another process is writing to the database on the server.
        """
        path = data / FILE_NAME
        if create or database:
            _make_folder(data)
        elif not path.is_file() or path.stat().st_size == 0:
            raise CatalogueError(_NONE.format(data=data))
        catalogue = cls(_connected(path, database, read_only=read_only), data)
        try:
            if create:
                catalogue._prepare()
            else:
                with catalogue._connections.reading() as connection:
                    check_tables(connection, catalogue._connections.name)
            catalogue.look_at_damage(hide=not create)
        except BaogaoIndexError:
            catalogue.close()
            raise
        return catalogue

    def _prepare(self) -> None:
        """Make what is missing of the tables."""
        self._connections.begin_writing()
        with self._connections.writing() as connection:
            create_tables(connection)
            if check_tables(connection, self._connections.name) < SCHEMA_VERSION:
                seal_all(connection)
                note_version(connection)

    @property
    def path(self) -> Path:
        """The database's file, where it is one."""
        return self.data / FILE_NAME

    @property
    def database(self) -> str | None:
        """The address of the database, where it is on a server."""
        return self._connections.address

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written to the folder."""
        return self._connections.read_only

    def look_at_damage(self, *, hide: bool = True, wholly: bool = False) -> None:
        """Check what is stored, if its file is not the one that was checked last.

        A server checks its own pages: what it stores is looked at `wholly` or not at all.

        Args:
            hide: Read from now on as if damaged reports were not there.
            wholly: Check it in any case.

        Raises:
            CatalogueError: It is damaged beyond single reports.
        """
        if self.on_server:
            self.damage = check(self._connections) if wholly else Damage()
            return
        state = state_of(self.path)
        if not wholly and (state == self._state or is_checked(self.path)):
            self._state = state
            return
        if hide and not wholly and is_written(self.data):
            return  # its file changes with every report, and is looked at when that is done
        self._connections.leave_out(())
        self.damage = check(self._connections)
        self._state = state_of(self.path)
        if self.damage.reports and hide:
            named = ", ".join(self.damage.documents[:_NAMED])
            _log.warning("what is stored of these is damaged, they are left out: %s", named)
            self._connections.leave_out([report for report, _ in self.damage.reports])
            self._every = None
        if not self.damage.reports and not self.read_only and state == self._state:
            note_checked(self.path)

    def has_seals(self) -> bool:
        """Say whether what is stored has checksums: all but what an older version stored has."""
        with self._connections.reading() as connection:
            return check_tables(connection, self._connections.name) >= SCHEMA_VERSION

    def settle(self) -> None:
        """End a writer's work: all of it is in the file, whose state is noted as that of a whole.

        Not called by a writer that found damage and has not mended it.
        """
        self._connections.settle()
        if not self.on_server:
            note_checked(self.path)

    def is_written(self) -> bool:
        """Say whether a writer is at work, on any machine."""
        return is_written(self.data) or self._connections.is_written()

    def is_replaced(self) -> bool:
        """Say whether another file has come in the place of the one that is open, or none."""
        return self._connections.is_replaced()

    def reopen(self) -> None:
        """Open what lies under the catalogue's path now.

        Raises:
            CatalogueError: There is no catalogue that can be used.
        """
        self._connections.close()
        self._state, self._every, self.damage = None, None, Damage()
        if not self.path.is_file():
            raise CatalogueError(_NONE.format(data=self.data))
        self._connections = self._connections.again()
        with self._connections.reading() as connection:
            check_tables(connection, self._connections.name)

    def is_lost(self) -> bool:
        """Say whether the state that this was kept at cannot be read any more: a server stopped."""
        return self._connections.is_lost()

    def at_one_state(self) -> Catalogue:
        """Return the catalogue as it is now; whatever is written later, it reads the same.

        It is to be closed, and may be used by several threads.
        """
        pinned = Catalogue(self._connections.pinned(), self.data)
        pinned.damage, pinned._every = self.damage, self._every
        pinned._remember_values()
        return pinned

    def copy_to(self, path: Path) -> None:
        """Write the database as it is now to a new file, whatever others write meanwhile."""
        self._connections.copy_to(path)

    @staticmethod
    def is_in(data: Path, database: str | None = None) -> bool:
        """Say whether there is a catalogue in the folder `data`, or in a server's database.

        Raises:
            CatalogueError: The server cannot be asked.
        """
        if database is None:
            return (data / FILE_NAME).is_file()
        with (
            closing(_connected(data / FILE_NAME, database, read_only=True)) as connections,
            connections.reading() as connection,
        ):
            return inspect(connection).has_table(META.name)

    def close(self) -> None:
        """Close every connection."""
        self._connections.close()

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the changes inside in one transaction: all of them, or none where it breaks off."""
        with self._connections.writing() as self._shared:
            try:
                yield
            finally:
                self._shared = None

    def put(self, entry: Entry, *, replaces: str | None = None) -> None:
        """Store a report with its passages, in the place of the report `replaces` if given."""
        report, file = entry.report, entry.file
        text = entry.normalized.text
        with self._change() as connection:
            for stale in {report.id, replaces or report.id}:
                _remove(connection, stale)
            connection.execute(insert(REPORTS), report_row(entry))
            connection.execute(insert(TEXTS), text_row(report.id, entry.normalized))
            if years := year_rows(report.id, text):
                connection.execute(insert(NAMED_YEARS), years)
            if entry.passages:
                connection.execute(insert(PASSAGES), [passage_row(p) for p in entry.passages])
            if entry.figures:
                if note_regions(connection, entry.figures):
                    seal_places(connection)
                connection.execute(insert(FIGURES), [figure_row(f, text) for f in entry.figures])
            seal(connection, report.id)
            remember_file(connection, file)

    def remove(self, report_id: str) -> None:
        """Take a report and its passages out."""
        with self._change() as connection:
            _remove(connection, report_id)

    def remember(self, file: FileState) -> None:
        """Record the state of a file that changes no report."""
        with self._writing() as connection:
            remember_file(connection, file)

    def forget(self, path: Path) -> None:
        """Forget the state of a file, so that it is read again."""
        with self._writing() as connection:
            connection.execute(delete(FILES).where(FILES.c.path == str(path)))

    def set_embedding(self, model: EmbeddingModel) -> None:
        """Record the embedding model that the index is built with."""
        values = {"embedding": model.name, "embedding_source": model.source}
        with self._connections.writing() as connection:
            connection.execute(delete(META).where(META.c.key.in_(values)))
            rows = [{"key": key, "value": value} for key, value in values.items() if value]
            connection.execute(insert(META), rows)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._shared is not None:
            yield self._shared
            return
        with self._connections.writing() as connection:
            yield connection

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        with self._writing() as connection:
            yield connection
            query = select(META.c.value).where(META.c.key == "generation")
            generation = int(connection.execute(query).scalar_one()) + 1
            connection.execute(
                update(META).where(META.c.key == "generation").values(value=str(generation))
            )


def _remove(connection: Connection, report_id: str) -> None:
    connection.execute(delete(REPORTS).where(REPORTS.c.id == report_id))
    unseal(connection, report_id)


def _connected(path: Path, database: str | None, *, read_only: bool) -> Connections:
    if database is None:
        return Connections(path, read_only=read_only)
    return ServerConnections(path, database, read_only=read_only)


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CatalogueError(
            f"the data folder {data} cannot be made ({error.strerror}): "
            "choose another with --data or BAOGAO_DATA"
        ) from error

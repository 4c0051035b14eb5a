"""How the database of a catalogue is opened, read, written and held at one state.

It is a file of SQLite or a database of a PostgreSQL server, whose one writer holds a lock of the
server, so that it may be on any machine. Only `index.storage` uses this. Knows no table, and
nothing of what is stored.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError

from index.errors import CatalogueError, CatalogueLocked, StorageFull
from index.room import is_full

_WAIT_S = 30
_WRITER = 0x62616F67616F
"""The number of the writer's lock in a database: "baogao" in ASCII."""

_LOCK_WAIT_MS = 10_000
_CONNECT_S = 10
_LOCKED = "55P03"
"""PostgreSQL's code of a lock that was waited for in vain."""
_OWNED = ("texts", "named_years", "passages", "figures")
"""The tables whose rows belong to a report, by their column `report_id`."""


class Connections:
    """The connections to one SQLite file; those of a pinned one all see the same state.

    Readers see the state at the start of their transaction while a writer writes. Every commit
    reaches the disk before it returns, so a derived index is never ahead of the catalogue.
    """

    _FIRST = "SELECT count(*) FROM sqlite_master"
    """What begins a transaction's state: a transaction begins with what is first read in it."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only or not _is_writable(path)
        self._left_out: tuple[str, ...] = ()
        self._pinned: Connection | None = None
        self._lock = threading.RLock()
        self._engine = self._new_engine()
        self._file: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """What messages call the database."""
        return str(self.path)

    @property
    def address(self) -> str | None:
        """The address of a database on a server; None of a file."""
        return None

    def again(self) -> Connections:
        """Open what lies under the same name now."""
        return Connections(self.path, read_only=self.read_only)

    def is_lost(self) -> bool:
        """Say whether the state that this is pinned to cannot be read any more."""
        return self._pinned is not None and self._pinned.invalidated

    def is_replaced(self) -> bool:
        """Say whether another file has come in the place of the one first opened, or none."""
        return self._file is not None and _file_of(self.path) != self._file

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read from.

        Raises:
            CatalogueError: The database cannot be read.
        """
        if self._pinned is None:
            with self.writing() as connection:
                yield connection
            return
        with self._lock, self._failures_told():
            yield self._pinned

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction of its own, which ends with the block.

        Raises:
            CatalogueError: The database cannot be read or written.
        """
        with self._failures_told(), self._engine.begin() as connection:
            yield connection

    def pinned(self) -> Connections:
        """Return the state of now: whatever is written later, it reads the same.

        Raises:
            CatalogueError: The database cannot be read.
        """
        pinned = self.again()
        pinned.leave_out(self._left_out)
        pinned.pin()
        return pinned

    def pin(self) -> None:
        """Read from now on the state of now.

        Raises:
            CatalogueError: The database cannot be read.
        """
        with self._failures_told():
            connection = self._engine.connect()
            connection.begin()
            connection.exec_driver_sql(self._FIRST).all()
        self._pinned = connection

    def leave_out(self, reports: Collection[str]) -> None:
        """Read from now on as if these reports were not stored; `writing` then only reads."""
        if set(reports) == set(self._left_out):
            return
        self._left_out = tuple(sorted(reports))
        self._engine.dispose()
        self._engine = self._new_engine()

    def fault(self, connection: Connection) -> str:
        """Return what the database finds wrong with its own pages, "" where they are whole."""
        found = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())
        return "" if found == "ok" else " ".join(found.split())

    def is_written(self) -> bool:
        """Say no: the writer of a file holds a lock of its folder."""
        return False

    def begin_writing(self) -> None:
        """Have the file keep a write-ahead log from now on, which readers need not wait for."""
        with self._failures_told(), self._raw() as raw:
            raw.execute("PRAGMA journal_mode=WAL").fetchall()

    def settle(self) -> None:
        """Move what the write-ahead log holds into the file itself, as far as readers let it."""
        with self._failures_told(), self._raw() as raw:
            raw.execute("PRAGMA busy_timeout=0")  # a reader may hold its state for hours
            try:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
            finally:
                raw.execute(f"PRAGMA busy_timeout={_WAIT_S * 1000}")

    def copy_to(self, path: Path) -> None:
        """Write the state of now to a new file, whatever others write meanwhile."""
        with self._failures_told(), self._raw() as raw:
            copy = sqlite3.connect(path)
            try:
                raw.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # the file alone is all
            finally:
                copy.close()

    def close(self) -> None:
        """Close every connection."""
        if self._pinned is not None:
            self._pinned.close()
            self._pinned = None
        self._engine.dispose()

    @contextmanager
    def _raw(self) -> Iterator[sqlite3.Connection]:
        """Give the driver's own connection, outside of a transaction."""
        with self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            yield raw

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        try:
            yield
        except (DatabaseError, sqlite3.DatabaseError) as error:
            cause = error.orig if isinstance(error, DatabaseError) else error
            if is_full(error, self.path.parent):
                raise StorageFull(
                    f"the disk of {self.path.parent} is full ({cause}): nothing that was stored "
                    "is lost; make room and run the command again"
                ) from error
            raise CatalogueError(
                f"{self.path} cannot be read or written ({cause}): if `baogao doctor` calls it "
                "damaged, restore a backup with `baogao restore`, or move it away and index the "
                "reports again with `baogao index PATH`"
            ) from error

    def _new_engine(self) -> Engine:
        engine = create_engine(f"sqlite:///{self.path}", creator=self._connect)

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN")

        return engine

    def _connect(self) -> sqlite3.Connection:
        connection = self._connected()
        self._file = self._file or _file_of(self.path)
        # The driver's own transactions leave out statements that define tables.
        connection.isolation_level = None
        for pragma in ("foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        if self.read_only or self._left_out:
            _hide(connection, self._left_out)
            connection.execute("PRAGMA query_only=ON")
        return connection

    def _connected(self) -> sqlite3.Connection:
        """Open the file, in a folder that cannot be written to without SQLite's own files."""
        if not self.read_only:
            return sqlite3.connect(self.path, timeout=_WAIT_S, check_same_thread=False)
        log = self.path.with_name(f"{self.path.name}-wal")
        unwritten = not _is_writable(self.path)
        settled = not (log.exists() and log.stat().st_size)
        mode = "mode=ro&immutable=1" if unwritten and settled else "mode=ro" if unwritten else ""
        uri = f"file:{quote(str(self.path.absolute()))}?{mode}"
        return sqlite3.connect(uri, uri=True, timeout=_WAIT_S, check_same_thread=False)


class ServerConnections(Connections):
    """The connections to one database of a server; those of a pinned one all see the same state."""

    _FIRST = "SELECT 1"

    def __init__(
        self, path: Path, address: str, *, read_only: bool = False, shared: Engine | None = None
    ) -> None:
        """Take the address of a database.

        Args:
            path: Where a file would lie in the data folder.
            address: Of the database.
            read_only: Write nothing.
            shared: What others are connected to the same database with: a new connection takes
                the server's time and several messages, one that another let go of takes none.

        Raises:
            CatalogueError: It is no address of PostgreSQL, or its driver is not installed.
        """
        self._address = address
        self._shared = shared
        self._writer: Connection | None = None
        super().__init__(path, read_only=read_only)

    @property
    def name(self) -> str:
        """What messages call the database: its address without a password."""
        return make_url(self._address).render_as_string(hide_password=True)

    @property
    def address(self) -> str:
        """The whole address of the database."""
        return self._address

    def again(self) -> Connections:
        """Connect to the same database."""
        return ServerConnections(self.path, self._address, read_only=self.read_only)

    def pinned(self) -> Connections:
        """Return the state of now, read over connections that all states share.

        Raises:
            CatalogueError: The database cannot be read.
        """
        pinned = ServerConnections(
            self.path, self._address, read_only=self.read_only, shared=self._engine
        )
        pinned.pin()
        return pinned

    def is_replaced(self) -> bool:
        """Say no: a database stays what it is."""
        return False

    def leave_out(self, reports: Collection[str]) -> None:
        """Leave nothing out: a server's damage is mended there."""

    def fault(self, connection: Connection) -> str:
        """Return "": a server checks its own pages."""
        del connection
        return ""

    def is_written(self) -> bool:
        """Say whether a process holds the writer's lock of the database now."""
        held = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND (classid::bigint << 32) + objid::bigint = :key AND objsubid = 1"
        )
        with self.writing() as connection:
            return bool(connection.execute(held, {"key": _WRITER}).scalar_one())

    def begin_writing(self) -> None:
        """Hold the writer's lock of the database until this is closed.

        Raises:
            CatalogueLocked: Another process holds it.
        """
        with self._failures_told():
            self._writer = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._writer.execute(text(f"SET lock_timeout = {_LOCK_WAIT_MS}"))
            try:
                self._writer.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _WRITER})
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") != _LOCKED:
                    raise
                raise CatalogueLocked(
                    f"{self.name} is being written by another process: wait until it has ended"
                ) from None

    def settle(self) -> None:
        """Do nothing: what is committed is stored."""

    def copy_to(self, path: Path) -> None:
        """Refuse: a server has tools of its own for that.

        Raises:
            CatalogueError: Always.
        """
        raise CatalogueError(
            f"{self.name} is no file that could be copied to {path}: back it up with pg_dump"
        )

    def close(self) -> None:
        """Close every connection, and let go of the writer's lock."""
        if self._writer is not None:
            self._writer.invalidate()  # the server lets the lock go with its connection
            self._writer.close()
            self._writer = None
        if self._shared is None:
            super().close()
        elif self._pinned is not None:
            if self._shared.pool is not self._pool:
                self._pinned.invalidate()  # whose connections it was has closed them
            self._pinned.close()
            self._pinned = None

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            cause = " ".join(str(error.orig).split())
            raise CatalogueError(
                f"{self.name} cannot be read or written ({cause}): see that PostgreSQL runs there, "
                "that there is such a database, and that this user may use it"
            ) from error

    def _new_engine(self) -> Engine:
        if self._shared is not None:
            self._pool = self._shared.pool
            return self._shared
        try:
            if make_url(self._address).get_backend_name() != "postgresql":
                raise ArgumentError("another kind of database")
            return create_engine(
                self._address,
                isolation_level="REPEATABLE READ",
                pool_pre_ping=True,
                max_overflow=-1,  # a state has a connection for as long as it is read
                connect_args={"connect_timeout": _CONNECT_S},
                execution_options={"postgresql_readonly": self.read_only},
            )
        except (ArgumentError, NoSuchModuleError) as error:
            raise CatalogueError(
                "expected BAOGAO_DATABASE to be an address such as "
                f"postgresql+psycopg://user:password@host/name, found another thing ({error})"
            ) from error
        except ModuleNotFoundError as error:
            raise CatalogueError(
                f"a catalogue on PostgreSQL needs {error.name}: pip install 'baogao[server]'"
            ) from error


def _file_of(path: Path) -> tuple[int, int] | None:
    """Return what the file system knows a file by, whatever its name; None where there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


def _is_writable(path: Path) -> bool:
    """Say whether a file may be written to, and its folder; one that is not there may be made."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _hide(connection: sqlite3.Connection, reports: Collection[str]) -> None:
    """Put views without some reports before the tables: a temporary name goes before another."""
    if not reports:
        return
    ids = ",".join(f"'{report}'" for report in reports if report.isalnum())
    known = {row[0] for row in connection.execute("SELECT name FROM main.sqlite_master")}
    for table in ("reports", *_OWNED):
        if table in known:
            column = "id" if table == "reports" else "report_id"
            connection.execute(
                f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} "  # noqa: S608 - ids are digits
                f"WHERE {column} NOT IN ({ids})"
            )

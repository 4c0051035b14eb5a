"""Servers of PostgreSQL and of Chroma of the tests' own, on loopback and gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import SystemRandom

import pytest
from sqlalchemy import create_engine, text


class Server:
    """A server that runs; `stop` and `start` are for what a reader makes of that."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        # PostgreSQL does not run as root, whom its own user stands in for.
        self._user = "postgres" if os.geteuid() == 0 else None
        self.port = free_port()
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "-U", "baogao")
        self._databases = 0

    def start(self) -> None:
        options = f"-F -p {self.port} -k {self._folder} -c listen_addresses=127.0.0.1"
        self._run(
            "pg_ctl",
            "--wait",
            "--timeout=200",
            "--log",
            str(self._folder / "log"),
            "-o",
            options,
            "start",
        )

    def stop(self) -> None:
        self._run("pg_ctl", "--wait", "--timeout=200", "--mode=immediate", "stop")

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://baogao@127.0.0.1:{self.port}/{name}"

    def new_database(self) -> str:
        """Return the address of an empty database."""
        self._databases += 1
        name = f"baogao_{self._databases}"
        engine = create_engine(self.address("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.address(name)

    def _run(self, program: str, *arguments: str) -> None:
        data = str(self._folder / "data")
        command = [str(self._programs / program), *arguments, "-D", data]
        # Into a file: the server keeps what it was started with open.
        with (self._folder / "said").open("a") as said:
            subprocess.run(
                command,
                user=self._user,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=True,
            )


@contextmanager
def postgresql() -> Iterator[Server]:
    """Start a server; skip the test where there is none to start."""
    programs = _programs()
    if programs is None or (os.geteuid() == 0 and not _has_user("postgres")):
        pytest.skip("needs PostgreSQL's own programs: apt-get install postgresql")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("needs psycopg: pip install -e '.[server]'")
    folder = Path(tempfile.mkdtemp(prefix="baogao-postgresql-"))
    try:
        server = Server(programs, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class ChromaServer:
    """A Chroma server that runs; `stop` and `start` are for what others make of that."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._program, self._folder = program, folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0

    def start(self) -> None:
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--path", str(self._folder)]
        with (self._folder / "said").open("ab") as said:
            self._process = subprocess.Popen(
                [str(self._program), "run", *where],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self._folder,
            )
        for _ in range(4_000):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise RuntimeError(f"chroma run: {(self._folder / 'said').read_text()[-500:]}")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"

    def new_database(self) -> str:
        """Return the address of a database that is not there yet."""
        self._databases += 1
        return self.address(f"baogao_{self._databases}")


@contextmanager
def chroma_run() -> Iterator[ChromaServer]:
    """Start a Chroma server; skip the test where there is none to start."""
    program = Path(sys.executable).parent / "chroma"
    if not program.is_file():
        pytest.skip("needs Chroma's own program: pip install chromadb")
    with tempfile.TemporaryDirectory(prefix="baogao-chroma-") as folder:
        server = ChromaServer(program, Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def free_port() -> int:
    """Return a port that nobody has, and that the system lends to no client until it is used."""
    while True:
        port = SystemRandom().randrange(10_000, 30_000)  # the system lends others
        with suppress(OSError), socket.socket() as free:
            free.bind(("127.0.0.1", port))
            return port


def _programs() -> Path | None:
    """Return the folder of the newest PostgreSQL; Debian puts it where no path leads."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: path.parts)
    found = debian[-1] if debian else shutil.which("pg_ctl")
    return Path(found).parent if found else None


def _has_user(name: str) -> bool:
    return any(each.pw_name == name for each in pwd.getpwall())

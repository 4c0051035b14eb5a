"""Reading many reports with every core: processes that read, and one place that keeps their order.

A reading process is a plain child that takes texts on its standard input and gives entries on its
standard output. So the program that asked for it is not run again, and the child ends by itself
when that program ends, however it ends. What a child fails to give back is read here: nothing is
lost. Knows nothing of the catalogue or of which files there are.
"""

from __future__ import annotations

import logging
import pickle
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock
from typing import Generic, Protocol, TypeVar

from index.ingestion.pipeline import Text, read
from index.processes import Child, can_start, cores, start_child
from index.storage.entries import Entry

_WORTH = 2_000_000
"""Characters, waiting to be read, for which processes are started: fewer are read here sooner."""

_EACH = 1_000  # what a report costs besides its characters, in characters

_AHEAD = 500_000
"""Characters for each process that may wait, read or unread: enough to keep it busy while the
catalogue is written, and few enough to fit in memory."""

_QUEUED = 1_000  # items that may wait, with a text or without

_MOST = 8  # more processes would give more than one process can write


_log = logging.getLogger(__name__)


class Readable(Protocol):
    """What may hold a text that is to be read."""

    @property
    def text(self) -> Text | None:
        """The text, if there is one."""


T = TypeVar("T", bound=Readable)


class Readers:
    """Reads texts here or, if they are many, in processes, which end with the `with` block.

    Args:
        processes: How many may be started; None for one a core.
    """

    def __init__(self, processes: int | None = None) -> None:
        wanted = min(cores(), _MOST) if processes is None else processes
        self._processes = wanted if can_start() else 1
        self._pool: _Pool | None = None

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.close()
            self._pool = None

    def read(self, items: Iterable[T]) -> Iterator[tuple[T, Entry | None]]:
        """Yield items in their order, with the entries that their texts were read into.

        A bounded number of items is taken before the first one is given back. An error of reading
        is raised in its item's turn.
        """
        source = iter(items)
        queue: deque[_Waiting[T]] = deque()
        weight, more = 0, True
        while more or queue:
            while more and self._has_room(weight, len(queue)):
                item = next(source, None)
                more = item is not None
                if item is not None:
                    queue.append(_Waiting(item))
                    weight += queue[-1].weight
                    self._hand_out(queue, weight)
            if queue:
                first = queue.popleft()
                weight -= first.weight
                yield first.item, first.entry()

    def _has_room(self, weight: int, count: int) -> bool:
        if self._processes < 2:
            return count == 0
        return count < _QUEUED and weight < _WORTH + _AHEAD * self._processes

    def _hand_out(self, queue: deque[_Waiting[T]], weight: int) -> None:
        """Give the processes what is new in the queue, once there is enough to start them for."""
        if self._pool:
            queue[-1].submit(self._pool)
        elif self._processes > 1 and weight >= _WORTH:
            try:
                self._pool = _Pool(self._processes)
            except OSError as error:
                _log.warning("reading in one process, as no other can be started: %s", error)
                self._processes = 1
                return
            for waiting in queue:
                waiting.submit(self._pool)


class _Waiting(Generic[T]):
    """An item whose turn has not come; its text may be read already, or being read."""

    def __init__(self, item: T) -> None:
        self.item = item
        self._text = item.text
        self._future: Future[Entry | None] | None = None
        self.weight = len(self._text.raw) + _EACH if self._text else 0

    def submit(self, pool: _Pool) -> None:
        if self._text:
            self._future = pool.submit(self._text)

    def entry(self) -> Entry | None:
        entry = self._future.result() if self._future else None
        return read(self._text) if self._text and entry is None else entry


class _Pool:
    """Children that read, and for each a thread that waits for it."""

    def __init__(self, count: int) -> None:
        self._children: list[Child] = []
        self._idle: SimpleQueue[Child | None] = SimpleQueue()
        self._threads = ThreadPoolExecutor(count)
        self._lock = Lock()
        self._ended = 0
        self._closing = False
        try:
            for _ in range(count):
                self._children.append(start_child("index.ingestion.workers"))
                self._idle.put(self._children[-1])
        except BaseException:
            self.close()
            raise

    def submit(self, text: Text) -> Future[Entry | None]:
        """Have a text read: into None if the child that was to read it has ended."""
        return self._threads.submit(self._read, text)

    def close(self) -> None:
        """End the children and wait until they have."""
        self._closing = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.kill()
        self._threads.shutdown()
        for child in self._children:
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    with suppress(OSError):  # what was not yet written has no reader any more
                        pipe.close()

    def _read(self, text: Text) -> Entry | None:
        child = self._idle.get()
        if child is None:
            self._idle.put(None)
            return None
        try:
            entry = _exchange(child, text)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            self._note_end(child)
            return None
        self._idle.put(child)
        return entry

    def _note_end(self, child: Child) -> None:
        child.kill()  # it may be alive, and have written what is no entry
        status = child.wait()
        with self._lock:
            self._ended += 1
            if self._ended == len(self._children):
                self._idle.put(None)
            if self._ended == 1 and not self._closing:
                _log.warning(
                    "a reading process has ended (status %s): others read on, or this one", status
                )


def _exchange(child: Child, text: Text) -> Entry:
    assert child.stdin
    assert child.stdout
    child.stdin.write(pickle.dumps(text, pickle.HIGHEST_PROTOCOL))
    child.stdin.flush()
    entry: Entry = pickle.load(child.stdout)  # noqa: S301 - from our own child
    return entry


def serve() -> None:
    """Read what comes on the standard input until it ends: what a child does."""
    texts, entries = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while True:
        try:
            text = pickle.load(texts)  # noqa: S301 - from the parent
        except EOFError:
            return
        entries.write(pickle.dumps(read(text), pickle.HIGHEST_PROTOCOL))
        entries.flush()

"""The index at one state: every question reads one, and the next is made when a writer is done.

A state is the catalogue as it was in one moment, with the derived indexes that belong to it. While
a writer is at work, or where what it left is not complete and may not be completed here, the state
before goes on serving. Where the catalogue lies on a server a thread of its own follows what other
machines write there. Nothing here searches.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from index.derived import lexical, vectors
from index.derived.chroma_server import Server, connected
from index.derived.stamps import Unreadable
from index.embedding.embedder import Embedder
from index.errors import (
    BaogaoIndexError,
    CatalogueError,
    CatalogueLocked,
    IndexDamaged,
    VectorServerError,
)
from index.room import full_disk_told
from index.search.retrievers import Retrievers
from index.storage.catalogue import Catalogue
from index.writer_lock import writing

# Filters whose passages are counted once: a conversation has few.
_FILTERS = 256

_FOLLOWED_S = 0.25
"""Seconds between two looks at what others have written to a server."""

_FOLLOWED_AT_LEAST_S = 5.0
"""The same while a server cannot be used."""

_log = logging.getLogger(__name__)


class State:
    """A catalogue at one state, what searches it, and how many questions are reading it."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder, key: object) -> None:
        self.catalogue = catalogue
        self.retrievers = Retrievers(catalogue, embedder)
        self.key = key
        self.generation = catalogue.generation
        self.count = lru_cache(_FILTERS)(catalogue.count_passages)
        self.lock = threading.Lock()
        self.readers = 0

    def close(self) -> None:
        """Let go of the files."""
        self.retrievers.close()
        self.catalogue.close()


class States:
    """The states of an index, one after the other; for several threads.

    Attributes:
        mends: Whether derived indexes that are behind or damaged are made again before a question
            is answered. A server lets no question wait for that.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        embedder: Embedder,
        *,
        mends: bool = True,
        server: Server | None = None,
    ) -> None:
        """Take an index; `server` is where its vectors' collection is, None for the folder."""
        self.catalogue = catalogue
        self.mends = mends
        self._embedder = embedder
        self._server = server
        self._ended = threading.Event()
        self._follower: threading.Thread | None = None
        self._lock = threading.Lock()
        self._catching_up = threading.Lock()
        self._now: State | None = None
        self._behind = False

    @contextmanager
    def current(self) -> Iterator[State]:
        """Give the newest complete state.

        Raises:
            CatalogueError: The catalogue has gone or is damaged.
            IndexDamaged: A derived index is, and may not be made again here.
        """
        with self._lock:
            state = self._follow()
            state.readers += 1
        try:
            yield state
        finally:
            with self._lock:
                state.readers -= 1
                if state is not self._now and not state.readers:
                    state.close()

    def serve(self) -> None:
        """Come to the newest state now; from now on no question waits for that."""
        with self.current():
            pass
        self.mends = False
        if self.catalogue.on_server and not self.catalogue.read_only and self._follower is None:
            self._follower = threading.Thread(target=self._follow_on, name="follower", daemon=True)
            self._follower.start()

    def catch_up(self) -> bool:
        """Come to what others have written to a server, and bring what is kept here to it.

        Returns:
            False where that was tried and the server does not hold all of it yet.

        Raises:
            BaogaoIndexError: The catalogue or the vectors' server cannot be used.
        """
        with self._catching_up:
            now = self._now
            if now is not None and now.generation == self.catalogue.generation:
                return True
            with ExitStack() as unless_taken:
                catalogue = unless_taken.enter_context(closing(self.catalogue.at_one_state()))
                if not self._is_complete(catalogue):
                    if self.catalogue.is_written():
                        return True  # it is not to be seen yet
                    if not self._brought_up(catalogue):
                        return False
                with self._lock:
                    self._take(catalogue, self._key(catalogue))
                unless_taken.pop_all()
                return True

    def close(self) -> None:
        """Let go of the files."""
        self._ended.set()
        if self._follower is not None:
            self._follower.join()
        with self._lock:
            self._leave()
        self.catalogue.close()

    def _follow_on(self) -> None:
        said, pause = "", _FOLLOWED_S
        if self._server is not None:
            # What reaches a server takes a second to load, which no new report waits for.
            with suppress(VectorServerError), connected(self._server):
                pass
        while not self._ended.wait(pause):
            try:
                pause = _FOLLOWED_S if self.catch_up() else min(2 * pause, _FOLLOWED_AT_LEAST_S)
                said = ""
            except BaogaoIndexError as error:
                pause = min(2 * pause, _FOLLOWED_AT_LEAST_S)
                if str(error) != said:
                    said = str(error)
                    _log.warning("what others have written is not seen here: %s", error)

    def _follow(self) -> State:
        if self.catalogue.is_replaced():
            _log.warning("%s is not the one that was opened: opened anew", self.catalogue.path)
            self._leave()
            self.catalogue.reopen()
        self.catalogue.look_at_damage()
        key = self._key(self.catalogue)
        if self._now is None or self._now.key != key or self._now.catalogue.is_lost():
            self._renew()
        assert self._now
        return self._now

    def _renew(self) -> None:
        """Come to the newest state, if it is complete."""
        now = self.catalogue
        is_complete = self._is_complete(now) or (self._mended() and self._is_complete(now))
        if not is_complete and not self.catalogue.is_written():
            self._check_whole()
        if self._now is not None and not is_complete:
            if not self._behind and not self.catalogue.is_written():
                _log.warning("the index is not complete, the one before serves: `baogao index`")
                self._behind = True
            return
        key = self._key(now)
        self._take(now.at_one_state(), key)

    def _take(self, catalogue: Catalogue, key: object) -> None:
        """Have a complete state be the one that is read."""
        state = State(catalogue, self._embedder, key)
        state.retrievers.open()
        self._leave()
        self._now, self._behind = state, False

    def _leave(self) -> None:
        if self._now is not None and not self._now.readers:
            self._now.close()
        self._now = None

    def _key(self, catalogue: Catalogue) -> object:
        """Return what is equal as long as nothing is written."""
        documents, data = self.catalogue.damage.documents, self.catalogue.data
        return catalogue.generation, documents, lexical.state(data), vectors.state(data)

    def _is_complete(self, catalogue: Catalogue) -> bool:
        return (
            lexical.is_current(catalogue)
            and vectors.is_current(catalogue, self._embedder.name)
            and self._spoilt() is None
        )

    def _spoilt(self) -> Path | None:
        return lexical.spoilt(self.catalogue.data) or vectors.spoilt(self.catalogue.data)

    def _check_whole(self) -> None:
        spoilt = self._spoilt()
        if spoilt is not None:
            self._leave()
            raise IndexDamaged(
                f"{spoilt} is not what was written: it is damaged, and is made again by "
                "`baogao index`"
            )

    def _mended(self) -> bool:
        """Bring the derived indexes up to date, if that may be done here."""
        if not self.mends or self.catalogue.read_only:
            return False
        try:
            return self._brought_up(self.catalogue)
        except VectorServerError as error:
            _log.warning("%s", error)
            return False

    def _brought_up(self, catalogue: Catalogue) -> bool:
        """Bring the derived indexes to what a catalogue holds, and say whether they are."""
        if not self._written(lambda: self._bring_up_vectors(catalogue)):
            return False
        return self._written(lambda: lexical.sync(catalogue))

    def _bring_up_vectors(self, catalogue: Catalogue) -> None:
        if self._server is not None:
            vectors.follow(catalogue, self._embedder, self._server)
        # A slow model would keep a question waiting for minutes: `baogao index` does it.
        elif self._embedder.fast:
            vectors.sync(catalogue, self._embedder)

    def _written(self, sync: Callable[[], None]) -> bool:
        data = self.catalogue.data
        try:
            with writing(data), full_disk_told(data):
                if self.catalogue.is_replaced():
                    return False
                sync()
        except (CatalogueLocked, CatalogueError, Unreadable) as error:
            _log.info("not brought up to date: %s", error)
            return False
        return True

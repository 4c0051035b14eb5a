"""Building the index: the files of reports go in, the catalogue and its two indexes come out.

Work is done once: a file whose bytes are known costs a look at its state. A run that is broken
off at any moment, in any way, is completed by the next. Nothing here knows how a report is read,
stored or searched; it composes the parts that do.
"""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from index.derived import lexical, vectors
from index.derived.chroma_server import Server, connected
from index.derived.stamps import Unreadable
from index.embedding.embedder import Embedder, open_embedder
from index.errors import IndexDamaged, SourceError
from index.ingestion.changes import Intake, Outcome, Step
from index.ingestion.copies import Change, change_of
from index.ingestion.loaders import PassedOver, find_sources
from index.ingestion.pipeline import Text
from index.ingestion.recovery import Recovered, open_to_write, take_out_damaged
from index.ingestion.walking import shown
from index.ingestion.workers import Readers
from index.reports.witnesses import Told
from index.room import full_disk_told
from index.storage.catalogue import Catalogue
from index.storage.entries import EmbeddingModel, Entry
from index.writer_lock import writing

_NAMED = 20  # damaged reports named in one line
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build has come: `done` of `total` files read or passages embedded."""

    stage: Literal["read", "embed"]
    done: int
    total: int
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not indexed, or not all of it, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassedKind:
    """Files of a folder that are of a kind that is not read, `first` one of them, and why."""

    ending: str
    count: int
    first: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did, in files, and what the catalogue holds after it.

    A `duplicate` has the very bytes of another file and is that report, as is one of the `copies`,
    which says the same in another format or encoding, or cut; `removed` counts reports taken out
    because their files are gone. `passed` are the kinds of files in folders that are not read;
    `remarks` name indexed files of which something was left out. `stages` holds the seconds of
    each.
    """

    added: int
    changed: int
    unchanged: int
    duplicate: int
    copies: int
    removed: int
    skipped: tuple[Skipped, ...]
    passed: tuple[PassedKind, ...]
    remarks: tuple[Skipped, ...]
    reports: int
    passages: int
    seconds: float
    stages: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """Return the summary as JSON has it."""
        return asdict(self)


def build(
    paths: Iterable[Path],
    *,
    data: Path,
    embedding: str | None = None,
    database: str | None = None,
    chroma: str | None = None,
    prune: bool = False,
    progress: Callable[[Progress], None] | None = None,
    wait: float = 10,
    processes: int | None = None,
    told: Told | None = None,
    force: bool = False,
    rehash: bool = False,
    follow_links: bool = False,
) -> Summary:
    """Index the reports in `paths`.

    Args:
        paths: Files, and folders to be searched for files.
        data: The data folder (`BAOGAO_DATA`).
        embedding: A sentence-transformers model by name or path; None for the bundled one. If it
            is not the one that the index was made with, every passage is embedded again.
        database: Where the catalogue is, as `Catalogue.open` has it.
        chroma: The address of a Chroma server (`BAOGAO_CHROMA`) that holds the collection of the
            vectors; None for the data folder.
        prune: Take out reports whose files no longer exist.
        progress: Told after each file and each batch of passages.
        wait: Seconds to wait for another writer to end. A reader that brings the derived indexes
            up to date holds the lock for a moment.
        processes: How many processes may be started to read many reports; None for one a core.
            With 1 all is read in this one, as few reports always are.
        told: What a person says of all the files: their place, their year, their source. It goes
            before a `manifest.csv` beside them, and that before what they say themselves.
        force: Take in also what looks like no report: a template, a novel, a falsified year.
        rehash: Read every file, also those whose size and time of change are as they were.
        follow_links: Go where links inside folders lead.

    Raises:
        SourceError: No path exists and there is no catalogue yet: none is made.
        StorageFull: There is no room on the disk; what was indexed before is as it was.
        CatalogueLocked: Another process is writing.
        CatalogueError: The catalogue cannot be used.
        EmbeddingError: The embedding model cannot be loaded.
        VectorServerError: The Chroma server cannot be used.
    """
    tell = progress or _tell_no_one
    watch = _Watch()
    server = _reached(chroma)
    embedder = open_embedder(embedding)
    passed = PassedOver()
    files, not_found = _find(paths, passed, follow_links=follow_links)
    if not files and not_found and not Catalogue.is_in(data, database):
        raise SourceError(not_found[0].reason)  # and leaves no empty catalogue
    with (
        writing(data, wait=wait),
        full_disk_told(data),
        _opened(data, database) as (catalogue, recovered),
    ):
        catalogue.set_embedding(EmbeddingModel(embedder.name, _absolute(embedding)))
        files |= {path: root for path, root in recovered.files.items() if path not in files}
        intake = Intake(catalogue, told, force=force, rehash=rehash)
        steps = _steps(intake, files, recovered, prune=prune)
        with Readers(processes) as readers:
            taken = _take(catalogue, readers.read(steps), len(files), tell)
        catalogue.settle()
        watch.lap("read")
        _derive(catalogue, embedder, server, watch, tell)
        lost = (Skipped(*each) for each in recovered.lost)
        skipped = (*not_found, *taken.skipped, *lost)
        return _summed_up(catalogue, taken, skipped, tuple(_kinds(passed)), watch.laps)


def _summed_up(
    catalogue: Catalogue,
    taken: _Taken,
    skipped: tuple[Skipped, ...],
    passed: tuple[PassedKind, ...],
    laps: dict[str, float],
) -> Summary:
    outcomes = taken.outcomes
    return Summary(
        added=outcomes["added"],
        changed=outcomes["changed"],
        unchanged=outcomes["unchanged"],
        duplicate=outcomes["duplicate"],
        copies=outcomes["copy"],
        removed=outcomes["removed"],
        skipped=skipped,
        passed=passed,
        remarks=tuple(taken.remarks),
        reports=catalogue.count_reports(),
        passages=catalogue.count_passages(),
        seconds=round(sum(laps.values()), 3),
        stages={stage: round(seconds, 3) for stage, seconds in laps.items()},
    )


def take_out(
    report_id: str,
    *,
    data: Path,
    embedding: str | None = None,
    database: str | None = None,
    chroma: str | None = None,
    wait: float = 10,
) -> None:
    """Take one report out of the index; the arguments and errors are those of `build`."""
    server = _reached(chroma)
    embedder = open_embedder(embedding)
    with (
        writing(data, wait=wait),
        full_disk_told(data),
        _opened(data, database) as (catalogue, _),
    ):
        catalogue.remove(report_id)
        catalogue.settle()
        _derive(catalogue, embedder, server, _Watch(), _tell_no_one)


def _reached(chroma: str | None) -> Server | None:
    """Return the Chroma server at an address, if one is given: it is there before work begins."""
    if chroma is None:
        return None
    server = Server.at(chroma)
    with connected(server, create=True):
        pass
    return server


def _kinds(passed: PassedOver) -> Iterator[PassedKind]:
    for kind in passed.kinds():
        reason = f"{kind.kind}: {kind.do}"
        yield PassedKind(kind.ending, kind.count, shown(kind.first), reason)


@contextmanager
def _opened(data: Path, database: str | None) -> Iterator[tuple[Catalogue, Recovered]]:
    """Open a catalogue to write to, without what of it cannot be used."""
    catalogue, recovered = open_to_write(data, database)
    with catalogue:
        if catalogue.damage.reports:
            names = ", ".join(catalogue.damage.documents[:_NAMED])
            _log.warning("what is stored of these is damaged, they are read again: %s", names)
            recovered = take_out_damaged(catalogue)
        yield catalogue, recovered


def _derive(
    catalogue: Catalogue,
    embedder: Embedder,
    server: Server | None,
    watch: _Watch,
    tell: Callable[[Progress], None],
) -> None:
    """Bring the derived indexes to what the catalogue holds."""
    try:
        lexical.sync(catalogue)
        watch.lap("lexical")
        vectors.sync(
            catalogue,
            embedder,
            server=server,
            progress=lambda n, of: tell(Progress("embed", n, of)),
        )
        watch.lap("vectors")
    except Unreadable as error:
        raise IndexDamaged(
            f"an index of {catalogue.data} cannot be written ({error}): the one before still "
            "serves; run the command again"
        ) from error


def _find(
    paths: Iterable[Path], passed: PassedOver, *, follow_links: bool
) -> tuple[dict[Path, Path], list[Skipped]]:
    """Return every file once, with the folder its name is told from, and the paths not found."""
    found: dict[Path, Path] = {}
    skipped: list[Skipped] = []
    for given in paths:
        path = Path(os.path.abspath(given))  # noqa: PTH100 - links stay as the user named them
        try:
            root = path if path.is_dir() else path.parent
            for source in find_sources([path], passed, follow_links=follow_links):
                found.setdefault(source, root)
        except SourceError as error:
            skipped.append(_skipped(path, error))
        except OSError as error:
            skipped.append(_skipped(path, SourceError(f"{path}: {error.strerror}")))
    skipped += [_skipped(path, error) for path, error in passed.refused]
    return found, skipped


@dataclass(frozen=True, slots=True)
class _ToDo:
    """What is to be done: a step, of a file if `path` is given; or a file that is skipped."""

    path: Path | None
    step: Step | Skipped

    @property
    def text(self) -> Text | None:
        return self.step.text if isinstance(self.step, Step) else None


def _steps(
    intake: Intake, files: dict[Path, Path], recovered: Recovered, *, prune: bool
) -> Iterator[_ToDo]:
    yield from (_ToDo(None, Step("added", text=text)) for text in recovered.texts)
    for path, root in files.items():
        try:
            yield _ToDo(path, intake.add(path, root))
        except SourceError as error:
            yield _ToDo(path, _skipped(path, error))
        except (OSError, ValueError) as error:  # such as a name that the system does not take
            yield _ToDo(path, _skipped(path, SourceError(f"{path}: {error}")))
    if prune:
        yield from (_ToDo(None, step) for step in intake.gone())
    yield from (_ToDo(None, step) for step in intake.outdated())


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of the files: how many of each outcome, and what is to be told of which."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Skipped] = field(default_factory=list)


def _take(
    catalogue: Catalogue,
    read: Iterable[tuple[_ToDo, Entry | None]],
    files: int,
    tell: Callable[[Progress], None],
) -> _Taken:
    """Take the steps in their order, some together in one transaction, as each waits for disk."""
    result = _Taken()
    waiting = _Waiting(catalogue)
    done = 0
    for to_do, entry in read:
        if isinstance(to_do.step, Skipped):
            result.skipped.append(to_do.step)
        elif to_do.path and entry and entry.refused:
            why = f"{to_do.path}: {entry.refused}; index it with --force if it is a report"
            result.skipped.append(_skipped(to_do.path, SourceError(why)))
        else:
            outcome = waiting.add(to_do.step, entry)
            result.outcomes[outcome] += 1
            if to_do.path:
                _log.info("%s: %s", outcome, shown(to_do.path))
            if to_do.path and to_do.step.remark:
                remark = SourceError(f"{to_do.path}: {to_do.step.remark}")
                result.remarks.append(_skipped(to_do.path, remark))
        if to_do.path:
            done += 1
            tell(Progress("read", done, files, to_do.path))
    waiting.write()
    return result


_TOGETHER = 32
"""Steps in one transaction: what a run that is broken off may have to do again."""


class _Waiting:
    """Changes that wait to be written, some together in one transaction."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._changes: list[Change] = []
        self._keys: set[tuple[str, int | None]] = set()

    def add(self, step: Step, entry: Entry | None) -> Outcome:
        """Take a step once what waits of its place and year is written; return what it is."""
        place = entry.report.place if entry else None
        key = (place.code, entry.report.given) if entry and place else None
        if key in self._keys:
            self.write()  # it may be that report again
        outcome, change = change_of(step, entry, self._catalogue)
        self._changes.append(change)
        if key:
            self._keys.add(key)
        if len(self._changes) >= _TOGETHER:
            self.write()
        return outcome

    def write(self) -> None:
        """Write what waits."""
        with self._catalogue.together():
            for change in self._changes:
                change.write(self._catalogue)
        self._changes.clear()
        self._keys.clear()


def _skipped(path: Path, error: SourceError) -> Skipped:
    return Skipped(shown(path), shown(Path(str(error))))


def _absolute(model: str | None) -> str | None:
    """Return a model's name, or its absolute path, to be found from other folders too."""
    folder = Path(model).expanduser() if model else None
    return str(folder.resolve()) if folder and folder.is_dir() else model


def _tell_no_one(_: Progress) -> None:
    """Stand in where no one wants to know."""


class _Watch:
    """Seconds of each stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = now - self._last
        self._last = now

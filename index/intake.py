"""What a file is to the catalogue: new, changed, known, or the bytes of another file again.

The bytes decide, never the name: a report's id is the digest of its file. A file whose size and
time of change are as they were is not even opened. Nothing here knows which files there are, or
what is done with reports later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from index.catalogue import Catalogue
from index.entries import Entry, FileState, Origin
from index.errors import SourceError
from index.figure_periods import calendar_of
from index.figures import VERSION as GRAMMAR
from index.figures import extract
from index.indicators import load_lexicon
from index.loaders import Source, load
from index.normalize import VERSION as NORMALIZER
from index.normalize import normalize
from index.passages import split
from index.regions import load_gazetteer
from index.reports import describe

PIPELINE = f"{NORMALIZER}.1.{GRAMMAR}"
"""The second number is raised when passages, or what is read of a report, change: every report is
then made again from its stored raw text. The others are those of normalization and of figures."""

Outcome = Literal["added", "changed", "unchanged", "duplicate"]


class Intake:
    """Takes files into a catalogue that nothing else writes to meanwhile."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        origins = catalogue.origins()
        self._by_path = {origin.path: origin for origin in origins}
        self._by_id = {origin.report_id: origin for origin in origins}
        self._documents = {origin.document for origin in origins}
        self._files = catalogue.files()

    def add(self, path: Path, root: Path) -> Outcome:
        """Take in one file.

        Args:
            path: The file, absolute.
            root: The folder from which its name in citations is told.

        Returns:
            What the file was to the catalogue. One that moved is unchanged, and cited under its
            new name.

        Raises:
            SourceError: The file cannot be read as a report.
        """
        file, source = self._read(path)
        here = self._by_path.get(path)
        known = self._by_id.get(file.sha256[:16])
        if here and here == known:
            if source:
                self._remember(file)
            return "unchanged"
        if known and self._still_holds(known):
            if here:
                self.remove(here)
            self._remember(file)
            return "duplicate"
        source = source or load(path)
        for superseded in (here, known):
            if superseded:
                self._forget(superseded)
        document = here.document if here else self._document(path, root)
        entry = make_entry(source.text, source.encoding, document, file)
        self._catalogue.put(entry, replaces=here.report_id if here else None)
        self._note(entry)
        return "changed" if here else "unchanged" if known else "added"

    def remove_gone(self) -> int:
        """Take out the reports whose files no longer exist; return how many."""
        gone = [origin for origin in self._by_path.values() if not origin.path.exists()]
        for origin in gone:
            self.remove(origin)
        return len(gone)

    def renew_outdated(self) -> int:
        """Make the reports anew that an older pipeline made, from raw text; return how many."""
        outdated = [origin for origin in self._by_path.values() if origin.pipeline != PIPELINE]
        for origin in outdated:
            file = self._files.get(origin.path) or FileState(origin.path, 0, 0, origin.sha256)
            # The file may have been changed into something unreadable: what is stored still counts.
            file = replace(file, sha256=origin.sha256)
            raw = self._catalogue.raw(origin.report_id)
            self._catalogue.put(make_entry(raw, origin.encoding, origin.document, file))
        return len(outdated)

    def remove(self, origin: Origin) -> None:
        """Take a report out."""
        self._catalogue.remove(origin.report_id)
        self._forget(origin)

    def _read(self, path: Path) -> tuple[FileState, Source | None]:
        """Return the file's state, and its text if it had to be read to know its digest."""
        try:
            str(path).encode()
            state = path.stat()
        except UnicodeEncodeError:
            raise SourceError("the file's name is not valid UTF-8; rename it") from None
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror}") from error
        last = self._files.get(path)
        if last and (last.size, last.mtime_ns) == (state.st_size, state.st_mtime_ns):
            return last, None
        source = load(path)
        return FileState(path, state.st_size, state.st_mtime_ns, source.sha256), source

    def _still_holds(self, origin: Origin) -> bool:
        try:
            return self._read(origin.path)[0].sha256 == origin.sha256
        except SourceError:
            return False

    def _document(self, path: Path, root: Path) -> str:
        """Return the shortest name from the end of the path, `root` left out, that is free."""
        return next(name for name in _names(path, root) if name not in self._documents)

    def _remember(self, file: FileState) -> None:
        self._catalogue.remember(file)
        self._files[file.path] = file

    def _note(self, entry: Entry) -> None:
        report, file = entry.report, entry.file
        origin = Origin(
            report.id, file.path, report.document, entry.encoding, file.sha256, entry.pipeline
        )
        self._by_path[origin.path] = self._by_id[origin.report_id] = origin
        self._documents.add(origin.document)
        self._files[origin.path] = file

    def _forget(self, origin: Origin) -> None:
        self._documents.discard(origin.document)
        self._by_path.pop(origin.path, None)
        self._by_id.pop(origin.report_id, None)


def make_entry(raw: str, encoding: str, document: str, file: FileState) -> Entry:
    """Read a report's text: clean it, describe it, cut it into passages, find its figures."""
    normalized = normalize(raw)
    report_id = file.sha256[:16]
    gazetteer = load_gazetteer()
    report = describe(normalized, document=document, report_id=report_id, gazetteer=gazetteer)
    passages = split(normalized, report_id)
    calendar = calendar_of(report)
    return Entry(
        report=report,
        file=file,
        encoding=encoding,
        normalized=normalized,
        passages=passages,
        figures=extract(report, passages, lexicon=load_lexicon(), gazetteer=gazetteer),
        ahead=calendar.ahead if calendar else None,
        pipeline=PIPELINE,
    )


def _names(path: Path, root: Path) -> Iterator[str]:
    parts = path.relative_to(root).parts if path.is_relative_to(root) else (path.name,)
    for length in range(len(parts), len(path.parts)):
        yield "/".join(path.parts[-length:])
    yield path.as_posix()

"""What a file is to the catalogue: new, changed, known, or the bytes of another file again.

The bytes decide, never the name: a report's id is the digest of its file. A file whose size and
time of change are as they were is not even opened, unless asked for. Nothing is written here: each
file gives a step, and steps are to be taken in order. Nothing here knows which files there are, how
a report is read, or what is done with reports later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from index.errors import SourceError
from index.formats.archives import is_there, stat_of
from index.ingestion.loaders import Source, load
from index.ingestion.manifest import pairs_of, told_from, told_of
from index.ingestion.pipeline import PIPELINE, Text
from index.ingestion.walking import check_name
from index.reports.witnesses import Told
from index.storage.catalogue import Catalogue
from index.storage.entries import FileState, Origin

_FAR = 2**63 - 1

Outcome = Literal[
    "added", "changed", "unchanged", "duplicate", "copy", "removed", "renewed", "forgotten"
]


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a file or a report, and what is to be done: nothing, if all else is None.

    `text` is to be read and stored, in the place of the report `replaces` if given; `remark` says
    what of its file was left out. The report `removes` is to be taken out, the file `forgets` is
    no copy of a report any more, and the state of the file is to be remembered as `remembers`.
    """

    outcome: Outcome
    text: Text | None = None
    remark: str | None = None
    replaces: str | None = None
    removes: str | None = None
    forgets: Path | None = None
    remembers: FileState | None = None


class Intake:
    """Takes files into a catalogue that nothing else writes to meanwhile."""

    def __init__(
        self,
        catalogue: Catalogue,
        told: Told | None = None,
        *,
        force: bool = False,
        rehash: bool = False,
    ) -> None:
        self._catalogue = catalogue
        self._rehash = rehash
        self._told, self._force = told, force
        origins = catalogue.origins()
        self._by_path = {origin.path: origin for origin in origins}
        self._by_id = {origin.report_id: origin for origin in origins}
        self._documents = {origin.document for origin in origins}
        self._files = catalogue.files()
        self._copies = {copy.path: copy for copy in catalogue.sources.copies()}

    def add(self, path: Path, root: Path) -> Step:
        """Take in one file.

        Args:
            path: The file, absolute.
            root: The folder from which its name in citations is told.

        Returns:
            What is to be done. A file that moved is unchanged, and cited under its new name.

        Raises:
            SourceError: The file cannot be read as a report.
        """
        file, source = self._read(path)
        here = self._by_path.get(path)
        known = self._by_id.get(file.sha256[:16])
        told = told_of(path, self._told)
        if here and here == known and self._is_known(told, here):
            if source is None:
                return Step("unchanged")
            self._files[path] = file
            return Step("unchanged", remembers=file)
        if known and known != here and self._still_holds(known):
            if here:
                self._forget(here)
            self._files[path] = file
            return Step("duplicate", removes=here.report_id if here else None, remembers=file)
        if here is None and self._is_copy_still(file):
            return Step("copy", remembers=file if source else None)
        source = source or load(path)
        for superseded in (here, known):
            if superseded:
                self._forget(superseded)
        document = here.document if here else self._document(path, root)
        text = Text(source.text, source.encoding, document, file, told, self._force)
        self._note(text)
        outcome: Outcome = "changed" if here else "unchanged" if known else "added"
        replaces = here.report_id if here else None
        return Step(outcome, text=text, remark=source.remark, replaces=replaces)

    def gone(self) -> Iterator[Step]:
        """Take out the reports whose files no longer exist, and forget such copies."""
        for path in self._copies:
            if not is_there(path):
                yield Step("forgotten", forgets=path)
        gone = [origin for origin in self._by_path.values() if not is_there(origin.path)]
        for origin in gone:
            self._forget(origin)
            yield Step("removed", removes=origin.report_id)

    def outdated(self) -> Iterator[Step]:
        """Renew the reports that an older pipeline read, from their stored texts."""
        for origin in self._by_path.values():
            if origin.pipeline != PIPELINE:
                file = self._files.get(origin.path) or FileState(origin.path, 0, 0, origin.sha256)
                # The file may have become something unreadable: what is stored still counts.
                file = replace(file, sha256=origin.sha256)
                try:
                    raw = self._catalogue.raw(origin.report_id)
                    told = told_from(self._catalogue.report(origin.report_id).told)
                except KeyError:  # a better copy has taken its place
                    continue
                text = Text(raw, origin.encoding, origin.document, file, told, force=True)
                yield Step("renewed", text=text)

    def _is_known(self, told: Told | None, origin: Origin) -> bool:
        """Say whether what a person says of a stored report was said of it before."""
        return told is None or self._catalogue.report(origin.report_id).told == pairs_of(told)

    def _is_copy_still(self, file: FileState) -> bool:
        """Say whether a file holds what was known as a copy, of a report that its file holds."""
        copy = self._copies.get(file.path)
        if copy is None or copy.sha256 != file.sha256:
            return False
        origin = self._by_id.get(copy.report_id)
        return origin is not None and self._still_holds(origin)

    def _read(self, path: Path) -> tuple[FileState, Source | None]:
        """Return the file's state, and its text if it had to be read to know its digest."""
        check_name(path)
        try:
            size, mtime_ns = stat_of(path)
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror}") from error
        except SourceError as error:
            raise SourceError(f"{path}: {error}") from error
        # Files may be dated far beyond what a database counts in nanoseconds.
        mtime_ns = min(max(mtime_ns, -_FAR), _FAR)
        last = self._files.get(path)
        if last and not self._rehash and (last.size, last.mtime_ns) == (size, mtime_ns):
            return last, None
        source = load(path)
        return FileState(path, size, mtime_ns, source.sha256), source

    def _still_holds(self, origin: Origin) -> bool:
        try:
            return self._read(origin.path)[0].sha256 == origin.sha256
        except SourceError:
            return False

    def _document(self, path: Path, root: Path) -> str:
        """Return the shortest name from the end of the path, `root` left out, that is free."""
        return next(name for name in _names(path, root) if name not in self._documents)

    def _note(self, text: Text) -> None:
        file = text.file
        report_id = file.sha256[:16]
        origin = Origin(report_id, file.path, text.document, text.encoding, file.sha256, PIPELINE)
        self._by_path[origin.path] = self._by_id[origin.report_id] = origin
        self._documents.add(origin.document)
        self._files[origin.path] = file

    def _forget(self, origin: Origin) -> None:
        self._documents.discard(origin.document)
        self._by_path.pop(origin.path, None)
        self._by_id.pop(origin.report_id, None)


def _names(path: Path, root: Path) -> Iterator[str]:
    parts = path.relative_to(root).parts if path.is_relative_to(root) else (path.name,)
    for length in range(len(parts), len(path.parts)):
        yield "/".join(path.parts[-length:])
    yield path.as_posix()

"""Changing which reports are indexed, from the page: taking files in, out, back, and correcting.

Files that come by the page are kept in the data folder. Every problem is one line; nothing here
knows how the page is served.
"""

from __future__ import annotations

import hashlib
import re
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import AssistantError
from assistant.limits import MOST_REQUEST_BYTES
from index.build import Summary, build, take_out
from index.errors import BaogaoIndexError
from index.reports.witnesses import Told
from index.storage.catalogue import Catalogue
from index.types import Report

LARGEST = (MOST_REQUEST_BYTES - 10_000) // 4 * 3
"""Bytes of the largest file that the page takes, which comes in base 64; larger ones are for the
command line."""
_UPLOADS = "uploads"
_REMOVED = "removed"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_WAIT = 20


class KeepingError(AssistantError):
    """A report could not be taken in, out, or corrected."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a file: its report, and what it was to the index before.

    `state` is "added", "known" where the index has the very file or a copy of it, or "refused"
    where it looks like no report; `reason` then says why. `remark` is what of it was left out.
    """

    state: str
    report: Report | None = None
    reason: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Changes the index of a catalogue that is open; one change at a time.

    `chroma` is where the collection of its vectors is, as `index.build.build` has it.
    """

    catalogue: Catalogue
    chroma: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def uploads(self) -> Path:
        """The folder of the files that came by the page."""
        return self.catalogue.data / _UPLOADS

    def take_in(self, name: str, content: bytes, *, force: bool = False) -> Kept:
        """Keep a file and index it.

        Args:
            name: of the file, as the reader has it.
            content: its bytes.
            force: takes in also what looks like no report.

        Raises:
            KeepingError: it is too large, or cannot be kept or read.
            BaogaoIndexError: the index cannot be changed.
        """
        if len(content) > LARGEST:
            raise KeepingError(f"expected at most {LARGEST:,} bytes, found {len(content):,}")
        report_id = hashlib.sha256(content).hexdigest()[:16]
        with self._lock:
            if known := _report(self.catalogue, report_id):
                return Kept("known", known)
            path = self._free_path(name)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            except OSError as error:
                raise KeepingError(f"{path.name} cannot be kept: {error.strerror}") from error
            kept = self._indexed(path, report_id, force=force)
            if kept.state != "added":
                path.unlink(missing_ok=True)
            return kept

    def _indexed(self, path: Path, report_id: str, *, force: bool) -> Kept:
        summary = self._build(path, force=force)
        remark = next((each.reason for each in summary.remarks), "")
        if report := _report(self.catalogue, report_id):
            return Kept("added", report, remark=_plain(remark, path))
        if summary.duplicate or summary.copies:
            return Kept("known")
        reason = next((each.reason for each in summary.skipped), "")
        return Kept("refused", reason=_plain(reason, path))

    def correct(self, report_id: str, region: str | None, year: int | None) -> Report:
        """Note what a person says of a report, and read it anew.

        Args:
            report_id: the report.
            region: the name of its place, None to leave it.
            year: the year in which it was given, None to leave it.

        Raises:
            KeyError: there is no such report.
            KeepingError: its file is gone or cannot be read any more.
            BaogaoIndexError: the index cannot be changed.
        """
        with self._lock:
            report, path = self.catalogue.report(report_id), self._path(report_id)
            said = dict(report.told)
            told = Told(
                who="page",
                region=region or said.get("region"),
                year=year or (int(said["year"]) if said.get("year", "").isdecimal() else None),
                date=said.get("date"),
                speaker=said.get("speaker"),
                title=said.get("title"),
                source=said.get("source"),
            )
            summary = self._build(path, told=told, force=True)
            if summary.skipped:
                raise KeepingError(_plain(summary.skipped[0].reason, path))
            return self.catalogue.report(report_id)

    def remove(self, report_id: str) -> str:
        """Take a report out of the index, and return what `bring_back` takes.

        A file that came by the page is set aside; any other stays where it is.

        Raises:
            KeyError: there is no such report.
            BaogaoIndexError: the index cannot be changed.
        """
        with self._lock:
            path = self._path(report_id)
            take_out(
                report_id,
                data=self.catalogue.data,
                embedding=self._embedding(),
                database=self.catalogue.database,
                chroma=self.chroma,
                wait=_WAIT,
            )
            if path.is_relative_to(self.uploads):
                aside = self.uploads / _REMOVED / path.name
                aside.parent.mkdir(parents=True, exist_ok=True)
                path.replace(aside)
            return str(path)

    def bring_back(self, path: str) -> Report:
        """Index a file again that `remove` took out; `path` is what that returned.

        Raises:
            KeepingError: the file is gone, or was not taken out here.
            BaogaoIndexError: the index cannot be changed.
        """
        with self._lock:
            file = Path(path)
            aside = self.uploads / _REMOVED / file.name
            if file.parent == self.uploads and aside.is_file():
                aside.replace(file)
            self._build(file, force=True)
            for origin in self.catalogue.origins():
                if origin.path == file:
                    return self.catalogue.report(origin.report_id)
            raise KeepingError(f"{file.name} is not there any more")

    def _path(self, report_id: str) -> Path:
        return self.catalogue.sources.origin(report_id).path

    def _build(self, path: Path, *, told: Told | None = None, force: bool = False) -> Summary:
        return build(
            [path],
            data=self.catalogue.data,
            embedding=self._embedding(),
            database=self.catalogue.database,
            chroma=self.chroma,
            wait=_WAIT,
            processes=1,
            told=told,
            force=force,
        )

    def _embedding(self) -> str | None:
        used = self.catalogue.embedding
        return used.source if used else None

    def _free_path(self, name: str) -> Path:
        """Return where a file of this name is kept: a name alone, that no other file has."""
        bare = _UNSAFE.sub(" ", Path(name.replace("\\", "/")).name).strip(". ")[-120:] or "report"
        path = self.uploads / bare
        for number in range(2, 1_000):
            if not path.exists():
                break
            path = self.uploads / f"{Path(bare).stem} ({number}){Path(bare).suffix}"
        return path


def _report(catalogue: Catalogue, report_id: str) -> Report | None:
    with suppress(KeyError):
        return catalogue.report(report_id)
    return None


def _plain(reason: str, path: Path) -> str:
    """Return a reason without the folder of this machine that it names."""
    return reason.replace(f"{path}: ", "").replace(str(path.parent) + "/", "")


PROBLEMS = (AssistantError, BaogaoIndexError, KeyError, OSError)
"""What may go wrong when an index is changed; each is one line."""

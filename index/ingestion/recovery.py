"""Reports whose stored rows cannot be used: which they are, and the files they can be read from.

A catalogue of a version that is not read any more is kept under another name, and its files are
read again; so is the file of a report whose stored rows are damaged. What has no file any more is
read from its stored text, where that has the very bytes the file had, and is named where it has
not. Nothing here reads a report.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import CatalogueError, OldCatalogue
from index.formats.archives import is_there
from index.ingestion.pipeline import Text
from index.storage.catalogue import Catalogue
from index.storage.entries import FileState, Origin


@dataclass(frozen=True, slots=True)
class Recovered:
    """What is to be read in place of reports that cannot be used.

    `files` are files with the folders that their names are told from, `texts` those of reports
    whose files have gone, `lost` a line for each report that is nowhere any more.
    """

    files: dict[Path, Path] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)


def open_to_write(data: Path, database: str | None = None) -> tuple[Catalogue, Recovered]:
    """Open the catalogue in `data`, or make one; the caller holds the writer's lock.

    Args:
        data: The data folder.
        database: Where the catalogue is, as `Catalogue.open` has it; on a server none is old.

    Raises:
        CatalogueError: it cannot be used.
    """
    try:
        return Catalogue.open(data, create=True, database=database), Recovered()
    except OldCatalogue as error:
        found = _of_older(data / "catalogue.sqlite", error)
    return Catalogue.open(data, create=True), found


def take_out_damaged(catalogue: Catalogue) -> Recovered:
    """Take the damaged reports out of a catalogue; return what they can be read from again."""
    found = Recovered()
    for report_id, document in catalogue.damage.reports:
        origin = _origin(catalogue, report_id)
        name = document or report_id
        if origin and is_there(origin.path):
            found.files[origin.path] = _root(origin.path, origin.document)
        elif text := origin and _stored_text(catalogue, origin):
            found.texts.append(text)
        else:
            found.lost.append((name, f"{name}: what is stored of it is damaged, its file is gone"))
        catalogue.remove(report_id)
        if origin:
            catalogue.forget(origin.path)
    return found


def _origin(catalogue: Catalogue, report_id: str) -> Origin | None:
    try:
        return catalogue.sources.origin(report_id)
    except (CatalogueError, KeyError, ValueError):
        return None


def _stored_text(catalogue: Catalogue, origin: Origin) -> Text | None:
    """Return the text of a report as it is stored, if it has the bytes of the report's file."""
    try:
        raw = catalogue.raw(origin.report_id)
        data = raw.encode(origin.encoding)
    except (CatalogueError, KeyError, ValueError, LookupError):
        return None
    if hashlib.sha256(data).hexdigest() != origin.sha256:
        return None
    file = FileState(origin.path, 0, 0, origin.sha256)
    return Text(raw, origin.encoding, origin.document, file, force=True)


def _root(path: Path, document: str) -> Path:
    """Return the folder from which a path's name is told as `document`."""
    parts = Path(document).parts
    if path.parts[-len(parts) :] == parts:
        return Path(*path.parts[: -len(parts)])
    return path.parent


def _of_older(path: Path, error: OldCatalogue) -> Recovered:
    """Move a catalogue of an older version away; return the files that it was made from."""
    try:
        with closing(sqlite3.connect(path)) as database:
            rows = database.execute("SELECT path, document FROM reports ORDER BY path").fetchall()
            version = database.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.DatabaseError:
        raise error from None
    found = Recovered()
    for written, document in rows:
        file = Path(written)
        if is_there(file):
            found.files[file] = _root(file, document)
        else:
            found.lost.append(
                (document, f"{document}: indexed by an older version, its file is gone")
            )
    for each in path.parent.glob(f"{path.name}*"):
        each.rename(each.with_name(each.name.replace(path.name, f"{path.name}.v{version[0]}", 1)))
    return found

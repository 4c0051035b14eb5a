"""What people say of files: a `manifest.csv` beside them, and the command line before it.

The table's first line names its columns, of which `file` (the file's name in that folder) is
needed and these are read: `region` (a place in any way of writing), `year` (in which the report was
given), `date` (ISO 8601), `speaker`, `title`, `source` (an address or a newspaper). Others are
passed over, and so are empty cells. Knows nothing of reports.
"""

from __future__ import annotations

import csv
from dataclasses import fields
from functools import cache
from pathlib import Path

from index.errors import SourceError
from index.reports.witnesses import Told

NAME = "manifest.csv"
_COLUMNS = tuple(field.name for field in fields(Told) if field.name != "who")


def told_of(path: Path, given: Told | None = None) -> Told | None:
    """Return what the manifest beside a file and the command line say of it, None if nothing.

    Raises:
        SourceError: the manifest cannot be read, or a year of it is no number.
    """
    table = path.parent / NAME
    row = _rows(table, table.stat().st_mtime_ns).get(path.name, {}) if table.is_file() else {}
    if not row and given is None:
        return None
    year = row.get("year")
    if year is not None and not year.isdecimal():
        raise SourceError(f"{table}: expected a year for {path.name}, found {year!r}; correct it")
    before = dict(pairs_of(given))
    return told_from(tuple({"who": NAME, **row, **before}.items()))


def pairs_of(told: Told | None) -> tuple[tuple[str, str], ...]:
    """Return what is said as pairs of an attribute and its value, for the catalogue."""
    if told is None:
        return ()
    values = ((name, getattr(told, name)) for name in ("who", *_COLUMNS))
    return tuple((name, str(value)) for name, value in values if value is not None)


def told_from(pairs: tuple[tuple[str, str], ...]) -> Told | None:
    """Return what `pairs_of` wrote down."""
    if not pairs:
        return None
    said = dict(pairs)
    year = said.get("year")
    return Told(
        who=said["who"],
        region=said.get("region"),
        year=int(year) if year else None,
        date=said.get("date"),
        speaker=said.get("speaker"),
        title=said.get("title"),
        source=said.get("source"),
    )


@cache
def _rows(path: Path, _: int) -> dict[str, dict[str, str]]:
    """Return the cells of a manifest by file name; read once as long as it is not changed."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read as UTF-8 ({error}); save it as UTF-8") from error
    reader = csv.DictReader(text.splitlines())
    if "file" not in (reader.fieldnames or ()):
        raise SourceError(f"{path}: expected a column 'file', found {reader.fieldnames}; add it")
    found: dict[str, dict[str, str]] = {}
    for row in reader:
        cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
        found[(row["file"] or "").strip()] = {name: cell for name, cell in cells.items() if cell}
    return found

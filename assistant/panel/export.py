"""Writes a panel and all that stands beside it: the data, dictionary, JSON Schema, data package.

The door of this room: parses no arguments and prints nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from assistant.errors import PanelError
from assistant.panel.columns import cells
from assistant.panel.describing import (
    NAME,
    Extent,
    Written,
    data_package,
    dictionary,
    json_schema,
)
from assistant.panel.types import PanelRow
from assistant.panel.writers import WRITERS
from index.lexicon.indicators import Indicator

_PACKAGE = "datapackage.json"


def check_paths(paths: Sequence[Path]) -> None:
    """Raise `PanelError` unless a panel can be written to these files."""
    for path in paths:
        if path.suffix[1:] not in WRITERS:
            ends = ", ".join(f".{each}" for each in WRITERS)
            raise PanelError(f"expected a file that ends in {ends}, found {path}")
    if len({path.resolve().parent for path in paths}) > 1:
        raise PanelError("expected files of one folder, which one datapackage.json describes")
    if len({path.suffix for path in paths}) < len(paths):
        raise PanelError("expected one file of each format, found two of one")
    for path in paths:
        if not path.resolve().parent.is_dir():
            raise PanelError(f"expected a folder that is there, found {path.parent}: make it first")
    _check_package(paths[0].with_name(_PACKAGE))


def _check_package(path: Path) -> None:
    """Raise `PanelError` where a data package of something else would be lost."""
    if not path.exists():
        return
    try:
        name = json.loads(path.read_text(encoding="utf-8")).get("name")
    except (ValueError, AttributeError):
        name = None
    if name != NAME:
        raise PanelError(
            f"{path} describes something else and would be lost: choose another folder"
        )


def write_panel(rows: Iterable[PanelRow], paths: Sequence[Path]) -> Extent:
    """Write rows to files of one folder, each in the format of its name, and describe them beside.

    A file appears when it is complete. Beside the first one stand `NAME.dictionary.md`,
    `NAME.schema.json` and `datapackage.json`.

    Args:
        rows: in the order to be written; they may be made as they are taken.
        paths: the files, at least one; existing ones are replaced.

    Returns:
        What was written.

    Raises:
        PanelError: a format is not known or its package not installed, or the files are not of one
            folder.
    """
    check_paths(paths)
    parts = {path: path.with_name(f"{path.name}.part") for path in paths}
    tally = _Tally()
    try:
        with ExitStack() as stack:
            writers = [
                stack.enter_context(WRITERS[path.suffix[1:]](part)) for path, part in parts.items()
            ]
            for row in rows:
                tally.count(row)
                record = cells(row)
                for write in writers:
                    write(record)
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    extent = tally.extent()
    _describe(paths, extent)
    return extent


def _describe(paths: Sequence[Path], extent: Extent) -> None:
    first = paths[0]
    files = [_written(path) for path in paths]
    package = data_package(files, version("baogao"))
    for path, text in (
        (first.with_suffix(".dictionary.md"), dictionary(extent)),
        (first.with_suffix(".schema.json"), _json(json_schema())),
        (first.with_name(_PACKAGE), _json(package)),
    ):
        path.write_text(text, encoding="utf-8")


def _written(path: Path) -> Written:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(path.name, path.suffix[1:], path.stat().st_size, digest)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


@dataclass(slots=True)
class _Tally:
    """Counts rows as they are written."""

    rows: int = 0
    places: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    indicators: Counter[tuple[Indicator, str]] = field(default_factory=Counter)

    def count(self, row: PanelRow) -> None:
        self.rows += 1
        self.places.add(row.place.code)
        self.years.add(row.year)
        if row.target.stated or row.result.stated:
            self.indicators[row.indicator, row.unit] += 1

    def extent(self) -> Extent:
        years = (min(self.years), max(self.years)) if self.years else None
        ordered = dict(
            sorted(self.indicators.items(), key=lambda each: (each[0][0].id, each[0][1]))
        )
        return Extent(self.rows, len(self.places), years, ordered)

"""What the catalogue stores of a report, and what it remembers of files and models.

Records only; nothing here knows of tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.text.normalization import Normalized
from index.types import Figure, Passage, Report


@dataclass(frozen=True, slots=True)
class FileState:
    """What the file system said of a file when it was last read, and the SHA-256 of its bytes.

    A file of the same size and time of change is taken to hold the same bytes.
    """

    path: Path
    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """An embedding model: its name, and where to open it from (None: the bundled one)."""

    name: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is stored of one report.

    `ahead` is the year that it sets goals for, None where its own is not known. `refused` says why
    the text can be no report, None where nothing speaks against it.

    `pipeline` names the versions of the code that made the passages out of `normalized.raw`.
    """

    report: Report
    file: FileState
    encoding: str
    normalized: Normalized
    passages: Sequence[Passage]
    figures: Sequence[Figure]
    ahead: int | None
    pipeline: str
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stored report came from, and the versions of the code that read it."""

    report_id: str
    path: Path
    document: str
    encoding: str
    sha256: str
    pipeline: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How one of two files states a figure: the value with its unit, and the raw characters."""

    value: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that a report states in one way (`here`) and a copy of it in another (`there`)."""

    region: str
    indicator: str
    measure: str
    kind: str
    period: str
    here: Wording
    there: Wording


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds a stored report again, under the name that lists give it.

    `share` is the part of the shorter one's text that the longer has, from 0 to 1; `is_cut` says
    that the copy holds visibly less than the report.
    """

    path: Path
    report_id: str
    document: str
    sha256: str
    encoding: str
    share: float
    is_cut: bool
    differences: tuple[Difference, ...] = ()

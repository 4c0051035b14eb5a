"""Gives the reports of files, or of an index, to the checks of their figures.

Files are read as indexing reads them, in processes where they are many, and nothing is stored.
Knows nothing of what is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.figure_checks import FigureCheck, FigureChecker
from index.errors import SourceError
from index.ingestion.loaders import find_sources, load
from index.ingestion.pipeline import Text
from index.ingestion.workers import Readers
from index.storage.catalogue import Catalogue
from index.storage.entries import FileState
from index.types import Filter


@dataclass(frozen=True, slots=True)
class _Item:
    """A file that is to be read."""

    text: Text


def check_files(
    paths: Sequence[Path], *, skipped: Callable[[str], None] = lambda _: None
) -> FigureCheck:
    """Check the figures of the reports in files and folders; nothing has to be indexed.

    Args:
        paths: files, or folders of them.
        skipped: is told why a file cannot be read.

    Raises:
        SourceError: a path does not exist.
    """
    checker = FigureChecker()
    with Readers() as readers:
        for _, entry in readers.read(_items(paths, skipped)):
            if entry is not None:
                clean = entry.normalized.text
                checker.add(entry.report, entry.figures, entry.passages, clean=clean)
    return checker.result()


def _items(paths: Sequence[Path], skipped: Callable[[str], None]) -> Iterator[_Item]:
    for given in paths:
        root = given if given.is_dir() else given.parent
        for path in find_sources([given]):
            try:
                source = load(path)
            except SourceError as error:
                skipped(str(error))
                continue
            document = path.relative_to(root).as_posix()
            file = FileState(path, 0, 0, source.sha256)
            yield _Item(Text(source.text, source.encoding, document, file))


def check_catalogue(catalogue: Catalogue) -> FigureCheck:
    """Check the figures of the reports that are indexed."""
    checker = FigureChecker()
    for report in catalogue.reports():
        figures = catalogue.figures(Filter(reports=frozenset({report.id})))
        checker.add(report, figures, catalogue.passages_of(report.id))
    return checker.result()

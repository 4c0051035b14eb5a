"""What can be read of a catalogue: reports, texts, passages and figures, by id or by a filter.

Knows how rows are found, and nothing of how they are written, checked, or kept at one state.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Select, func, select

from index import deadline
from index.storage.compression import unpack
from index.storage.connections import Connections
from index.storage.entries import EmbeddingModel, FileState, Origin
from index.storage.figure_rows import load_figures, select_figures
from index.storage.rows import load_passage, load_report, load_source, load_text
from index.storage.schema import (
    FILES,
    META,
    NAMED_YEARS,
    PASSAGE_COLUMNS,
    PASSAGES,
    REPORTS,
    TEXTS,
    conditions,
    filtered,
)
from index.text.normalization import Normalized
from index.text.offsets import OffsetMap
from index.types import Figure, Filter, Passage, Report, Span

# SQLite takes at most 32,766 variables in a statement, other databases other numbers.
_BATCH = 1_000

_ORIGIN = [REPORTS.c[name] for name in ("id", "path", "document", "encoding", "sha256", "pipeline")]
_EVERYTHING = Filter()
_READING_ORDER = (PASSAGES.c.report_id, PASSAGES.c.ordinal)


class StoredReports:
    """The reports of a database; they may be read from several threads, and while one writes."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._every: tuple[int, list[Report]] | None = None
        self._values: dict[str, str] | None = None

    @property
    def identity(self) -> str:
        """The name this catalogue was given when it was made; no two have the same."""
        return self._value("identity") or ""

    @property
    def generation(self) -> int:
        """How many times the stored reports have been changed."""
        return int(self._value("generation") or 0)

    @property
    def embedding(self) -> EmbeddingModel | None:
        """The embedding model that the index was last built with; None before the first time."""
        name = self._value("embedding")
        return EmbeddingModel(name, self._value("embedding_source")) if name else None

    def reports(self, where: Filter = _EVERYTHING) -> list[Report]:
        """Return the reports that `where` lets through, by document name.

        All of them together are kept until a report changes.
        """
        if where:
            return self._reports(where)
        generation = self.generation
        if self._every is None or self._every[0] != generation:
            self._every = (generation, self._reports(where))
        return list(self._every[1])

    def report_ids(self, where: Filter) -> list[str]:
        """Return the ids of the reports that `where` lets through, in order."""
        query = select(REPORTS.c.id).where(*conditions(where))
        return [row[0] for row in self.rows(query.order_by(REPORTS.c.id))]

    def report(self, report_id: str) -> Report:
        """Return one report.

        Raises:
            KeyError: There is no such report.
        """
        return load_report(self._one(select(REPORTS.c.description), report_id)[0])

    def report_of(self, document: str) -> Report:
        """Return the report that citations name `document`.

        Raises:
            KeyError: There is no such report.
        """
        rows = self.rows(select(REPORTS.c.description).where(REPORTS.c.document == document))
        if not rows:
            raise KeyError(document)
        return load_report(rows[0][0])

    def newest(self, where: Filter = _EVERYTHING) -> dict[str, int | None]:
        """Return the regions of the reports that `where` lets through, by their codes.

        With each stands the latest year that such a report plans, None where no year is known.
        """
        query = select(REPORTS.c.region, func.max(REPORTS.c.ahead)).where(
            REPORTS.c.region.is_not(None), *conditions(where)
        )
        query = query.group_by(REPORTS.c.region).order_by(REPORTS.c.region)
        return {row[0]: row[1] for row in self.rows(query)}

    def places_and_years(self) -> list[tuple[str, int | None]]:
        """Return the region code and the year, if known, of each report of a known region."""
        query = select(REPORTS.c.region, REPORTS.c.year).where(REPORTS.c.region.is_not(None))
        return [(code, year) for code, year in self.rows(query)]

    def years_ahead(self, where: Filter = _EVERYTHING) -> list[tuple[str, int]]:
        """Return the place of each report and the year that it plans, where both are known."""
        query = select(REPORTS.c.region, REPORTS.c.ahead).where(*conditions(where))
        return sorted({(code, year) for code, year in self.rows(query) if code and year})

    def naming(self, where: Filter, years: Collection[int]) -> set[str]:
        """Return the ids of the reports that `where` lets through and that name one of `years`."""
        query = select(REPORTS.c.id).join(NAMED_YEARS).where(NAMED_YEARS.c.year.in_(sorted(years)))
        return {row[0] for row in self.rows(query.where(*conditions(where)))}

    def raw(self, report_id: str) -> str:
        """Return the decoded source of a report: the text whose characters citations count.

        Raises:
            KeyError: There is no such report.
        """
        return unpack(self._one(select(TEXTS.c.raw).join(REPORTS), report_id)[0])

    def normalized(self, report_id: str) -> Normalized:
        """Return the raw and the clean text of a report and the map between them.

        Raises:
            KeyError: There is no such report.
        """
        query = select(TEXTS.c.raw, TEXTS.c.offsets, TEXTS.c.changes).join(REPORTS)
        return load_text(self._one(query, report_id))

    def texts_of(self, report_ids: Collection[str]) -> dict[str, tuple[str, OffsetMap]]:
        """Return the raw text of reports and the map from their clean text to it, by their ids.

        An unknown id is left out.
        """
        ids = sorted(report_ids)
        found: dict[str, tuple[str, OffsetMap]] = {}
        for first in range(0, len(ids), _BATCH):
            query = select(TEXTS.c.report_id, TEXTS.c.raw, TEXTS.c.offsets).where(
                TEXTS.c.report_id.in_(ids[first : first + _BATCH])
            )
            found.update((row[0], load_source(row[1], row[2])) for row in self.rows(query))
        return found

    def ids_of(self, documents: Collection[str]) -> dict[str, str]:
        """Return the ids of the reports that citations name so; an unknown one is left out."""
        names = sorted(documents)
        found: dict[str, str] = {}
        for first in range(0, len(names), _BATCH):
            query = select(REPORTS.c.document, REPORTS.c.id).where(
                REPORTS.c.document.in_(names[first : first + _BATCH])
            )
            found.update((row[0], row[1]) for row in self.rows(query))
        return found

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Return the passages of `ids`, in that order; an unknown id is left out."""
        found: dict[str, Passage] = {}
        for first in range(0, len(ids), _BATCH):
            query = select(*PASSAGE_COLUMNS).where(PASSAGES.c.id.in_(ids[first : first + _BATCH]))
            found.update((row.id, load_passage(row)) for row in self.rows(query))
        return [found[identifier] for identifier in ids if identifier in found]

    def passages_of(self, report_id: str) -> list[Passage]:
        """Return the passages of a report in their order; none if there is no such report."""
        return self.passages_where(Filter(reports=frozenset({report_id})))

    def passages_where(self, where: Filter) -> list[Passage]:
        """Return every passage that `where` lets through, report by report, in their order."""
        query = filtered(select(*PASSAGE_COLUMNS), where)
        return [load_passage(row) for row in self.rows(query.order_by(*_READING_ORDER))]

    def passage_ids(self, where: Filter = _EVERYTHING) -> list[str]:
        """Return the ids of the passages that `where` lets through, in the same order."""
        query = filtered(select(PASSAGES.c.id), where)
        return [row[0] for row in self.rows(query.order_by(*_READING_ORDER))]

    def passage_at(self, report_id: str, raw: Span) -> Passage | None:
        """Return the passage that shares most characters with a raw span of a report, if any."""
        query = select(*PASSAGE_COLUMNS).where(
            PASSAGES.c.report_id == report_id,
            PASSAGES.c.raw_start < max(raw.end, raw.start + 1),
            PASSAGES.c.raw_end > raw.start,
        )
        passages = [load_passage(row) for row in self.rows(query.order_by(PASSAGES.c.ordinal))]

        def shared(passage: Passage) -> int:
            own = passage.raw_span
            return min(own.end, raw.end) - max(own.start, raw.start)

        return max(passages, key=shared, default=None)

    def count_reports(self, where: Filter = _EVERYTHING) -> int:
        """Return how many reports `where` lets through."""
        query = select(func.count()).select_from(REPORTS).where(*conditions(where))
        return int(self.rows(query)[0][0])

    def count_passages(self, where: Filter = _EVERYTHING) -> int:
        """Return how many passages `where` lets through."""
        query = select(func.coalesce(func.sum(REPORTS.c.passages), 0)).where(*conditions(where))
        return int(self.rows(query)[0][0])

    def figures(
        self,
        where: Filter = _EVERYTHING,
        *,
        regions: Collection[str] = (),
        indicators: Collection[str] = (),
        kinds: Collection[str] = (),
        periods: Collection[str] = (),
    ) -> list[Figure]:
        """Return the figures that the reports `where` lets through state, in reading order.

        Args:
            where: The reports.
            regions: Codes of the places that the figures are of; empty for any.
            indicators: Ids in the lexicon or names, of what the figures are of; empty for any.
            kinds: Kinds of figures; empty for any.
            periods: What the figures are of, as they have it ("2022"); empty for any.
        """
        query = select_figures(regions=regions, indicators=indicators, kinds=kinds, periods=periods)
        return load_figures(self.rows(query.where(*conditions(where))))

    def passage_digests(self) -> dict[str, tuple[str, str]]:
        """Return each passage's report and a digest of its text and headings, by its id."""
        query = select(PASSAGES.c.id, PASSAGES.c.report_id, PASSAGES.c.digest)
        rows = self.rows(query.order_by(*_READING_ORDER))
        return {row[0]: (row[1], row[2]) for row in rows}

    def origins(self) -> list[Origin]:
        """Return where every report came from, by path."""
        rows = self.rows(select(*_ORIGIN).order_by(REPORTS.c.path))
        return [Origin(row[0], Path(row[1]), *row[2:]) for row in rows]

    def sha256(self, report_id: str) -> str:
        """Return the SHA-256 of the bytes of a report's file, in hexadecimal digits.

        Raises:
            KeyError: There is no such report.
        """
        return str(self._one(select(REPORTS.c.sha256), report_id)[0])

    def files(self) -> dict[Path, FileState]:
        """Return the state in which each file was last read, by its path."""
        paths = ((Path(row[0]), row) for row in self.rows(select(FILES)))
        return {path: FileState(path, *row[1:]) for path, row in paths}

    def _reports(self, where: Filter) -> list[Report]:
        query = select(REPORTS.c.description).where(*conditions(where))
        return [load_report(row[0]) for row in self.rows(query.order_by(REPORTS.c.document))]

    def rows(self, query: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return the rows of a query, within the time that the question at hand has."""
        deadline.check()
        with self._connections.reading() as connection:
            return connection.execute(query).all()

    def _one(self, query: Select[*tuple[Any, ...]], report_id: str) -> Row[*tuple[Any, ...]]:
        rows = self.rows(query.where(REPORTS.c.id == report_id))
        if not rows:
            raise KeyError(report_id)
        return rows[0]

    def _value(self, key: str) -> str | None:
        if self._values is not None:
            return self._values.get(key)
        rows = self.rows(select(META.c.value).where(META.c.key == key))
        return str(rows[0][0]) if rows else None

    def _remember_values(self) -> None:
        """Read what a catalogue says of itself for the last time: it is of one state."""
        self._values = {row[0]: str(row[1]) for row in self.rows(select(META.c.key, META.c.value))}

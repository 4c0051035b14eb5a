"""Which reports an answer was made from: enough to tell whether they are the ones at hand.

Knows the catalogue, and nothing of answers or of how a collection is told from another's.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from assistant.errors import RecordError
from assistant.records.json_lines import Record, integer_field, text_field, texts_field
from index.storage.catalogue import Catalogue
from index.types import Filter

_SHA256 = re.compile(r"[0-9a-f]{64}")
_EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Collection:
    """All the indexed reports, and what the question was limited to.

    `reports` is how many there are; `sha256` is of the embedding model's name and, of each report,
    the SHA-256 of its file and what a person said of it. `regions` (administrative codes) and
    `years` are the limits, empty where there are none.
    """

    reports: int
    sha256: str
    regions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def limits(self) -> Filter:
        """The limits as a search has them."""
        return Filter(regions=frozenset(self.regions), years=frozenset(self.years))

    def has_the_reports_of(self, other: Collection | None) -> bool:
        """Tell whether both are the same reports, read the same way; limits aside."""
        return other is not None and self.sha256 == other.sha256

    def record(self) -> dict[str, Any]:
        """Return the collection as JSON has it."""
        return asdict(self)


def collection_of(catalogue: Catalogue, limits: Filter = _EVERYTHING) -> Collection:
    """Return what is indexed now, with the `limits` of a question."""
    told = {report.id: report.told for report in catalogue.reports()}
    lines = sorted(
        json.dumps([origin.sha256, told.get(origin.report_id)], ensure_ascii=False)
        for origin in catalogue.origins()
    )
    model = catalogue.embedding.name if catalogue.embedding else ""
    digest = hashlib.sha256("\n".join([model, *lines]).encode()).hexdigest()
    return Collection(
        len(lines), digest, tuple(sorted(limits.regions)), tuple(sorted(limits.years))
    )


def read_collection(record: object) -> Collection | None:
    """Return the collection that a record is of; None where there is none.

    Raises:
        RecordError: a field that is missing or is not what it should be.
    """
    if record is None:
        return None
    if not isinstance(record, dict):
        raise RecordError('expected "collection" to be an object, found another value')
    sha256 = text_field(record, "sha256")
    if not _SHA256.fullmatch(sha256):
        raise RecordError(f'expected "sha256" to be 64 hexadecimal digits, found {sha256!r:.80}')
    return Collection(
        reports=integer_field(record, "reports"),
        sha256=sha256,
        regions=texts_field(record, "regions"),
        years=_years(record),
    )


def _years(record: Record) -> tuple[int, ...]:
    found = record.get("years", [])
    if not isinstance(found, list) or not all(type(year) is int for year in found):
        raise RecordError('expected "years" to be a list of numbers, found another value')
    return tuple(found)

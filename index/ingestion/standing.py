"""Whether the file of a stored report still holds what was indexed of it.

Looks at the file's state first and reads it only where that differs. Knows nothing of its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from index.errors import SourceError
from index.formats.archives import stat_of
from index.ingestion.loaders import digest
from index.storage.catalogue import Catalogue
from index.storage.entries import FileState, Origin

Standing = Literal["same", "changed", "gone"]


def standings(report_ids: Sequence[str], catalogue: Catalogue) -> dict[str, Standing]:
    """Return whether the files of reports hold the bytes that were indexed, others, or are gone.

    An unknown report is left out.
    """
    origins = catalogue.sources.origins(report_ids)
    states = catalogue.sources.states([origin.path for origin in origins.values()])
    return {key: _standing(each, states.get(each.path)) for key, each in origins.items()}


def _standing(origin: Origin, known: FileState | None) -> Standing:
    try:
        state = stat_of(origin.path)
        if known and known.sha256 == origin.sha256 and (known.size, known.mtime_ns) == state:
            return "same"
        return "same" if digest(origin.path) == origin.sha256 else "changed"
    except OSError:
        return "gone"
    except SourceError:
        return "changed"

"""Whether the file of a stored report still holds what was indexed of it.

Looks at the file's state first and reads it only where that differs. Knows nothing of its words.
"""

from __future__ import annotations

from typing import Literal

from index.errors import SourceError
from index.formats.archives import stat_of
from index.ingestion.loaders import digest
from index.storage.catalogue import Catalogue

Standing = Literal["same", "changed", "gone"]


def standing(report_id: str, catalogue: Catalogue) -> Standing:
    """Return whether a report's file holds the bytes that were indexed, others, or is gone.

    Raises:
        KeyError: There is no such report.
    """
    origin = catalogue.sources.origin(report_id)
    known = catalogue.sources.state(origin.path)
    try:
        state = stat_of(origin.path)
        if known and known.sha256 == origin.sha256 and (known.size, known.mtime_ns) == state:
            return "same"
        return "same" if digest(origin.path) == origin.sha256 else "changed"
    except OSError:
        return "gone"
    except SourceError:
        return "changed"

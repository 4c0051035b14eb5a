"""Keeps the clean texts of reports that were read, so that the next question finds them at once.

A report's id is made of its bytes, so that what is kept under it is never out of date. Knows
nothing of what is sought in a text.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from index import deadline
from index.storage.catalogue import Catalogue

_MOST = 80_000_000
"""Characters kept at most: some 4,000 reports, 160 MB."""


class Texts:
    """The clean texts of a catalogue's reports, the least recently read dropped first."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._held: OrderedDict[str, str] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def ahead(self, report_ids: Iterable[str], catalogue: Catalogue) -> None:
        """Read texts that may be asked for next, as many as are kept."""
        size = 0
        for report_id in report_ids:
            size += len(self.of(report_id, catalogue))
            if size > self._most:
                return

    def of(self, report_id: str, catalogue: Catalogue) -> str:
        """Return the clean text of a report.

        Raises:
            KeyError: There is no such report.
        """
        deadline.check()
        with self._lock:
            text = self._held.get(report_id)
            if text is not None:
                self._held.move_to_end(report_id)
                return text
        text = catalogue.normalized(report_id).text
        with self._lock:
            if report_id not in self._held:
                self._held[report_id] = text
                self._size += len(text)
            while self._size > self._most and len(self._held) > 1:
                self._size -= len(self._held.popitem(last=False)[1])
        return text

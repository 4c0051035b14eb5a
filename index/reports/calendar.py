"""The years as a report sees them: given in one, it looks back on one and ahead to another.

Knows a report's own year and date, and nothing of what its text says.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.types import Report


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years as a report sees them.

    `given` is the year in which it was given, `done` the last year it looks back on and `ahead` the
    first it looks ahead to; `day` is the ISO date of the session, None if it is not known fully.
    """

    given: int
    done: int
    ahead: int
    day: str | None


def calendar_of(report: Report) -> Calendar | None:
    """Return a report's calendar; None where its year is not known.

    A report given in November or December closes its own year, any other the year before.
    """
    if report.year is None:
        return None
    year, date = report.year.value, report.date.value if report.date else ""
    closing = date[5:7] in ("11", "12")
    done = year if closing else year - 1
    return Calendar(year, done, done + 1, date if len(date) == 10 else None)

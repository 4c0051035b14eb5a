"""What moves through a check: a number of a text, and what it is of as far as the text says.

Knows neither how a text is read nor what reports say.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.checking.reading.said import Said
from assistant.claims.amounts import Amount
from assistant.claims.dates import Stance
from index.lexicon.indicators import Indicator
from index.types import FigureMeasure, Region, Span


@dataclass(frozen=True, slots=True)
class Setting:
    """What a number is of, as far as the text has said: places that may be meant, and a year.

    `is_said` tells a year that stands with the number from that of the whole text, whose goals are
    of that year and whose results are of the one before.
    """

    places: tuple[Region, ...] = ()
    year: int | None = None
    is_said: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number is of: an indicator, or a thing that has only a `name`, and what it measures.

    `falls` says whether it is told as a decline, None where no word says up or down. `period` is
    that of several years or of months, None where it is the year of the number's setting.
    `as_written` is the name as the text has it, "" where it is English, and `qualifier` what
    qualifies the value: of a rank, among whom it is one (全省).
    """

    indicator: Indicator | None
    name: str
    measure: FigureMeasure
    falls: bool | None = None
    period: str | None = None
    as_written: str = ""
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class DraftNumber:
    """A number of a text at `span`, in a clause of a sentence, all characters of the text.

    `began` tells a number that a change began with (由43户增至61户), which is of an earlier year.
    `readings` is empty where it is not known what is counted; two tell of two things with the one
    value. `stance` says whether it is told as a goal or a result, None where it is not said;
    `may_be_goal` whether goals are spoken of near it all the same. `said` is what its sentence
    calls what is counted, None in a table.
    """

    amount: Amount
    span: Span
    clause: Span
    sentence: Span
    setting: Setting
    readings: tuple[Reading, ...] = ()
    stance: Stance | None = None
    may_be_goal: bool = False
    began: bool = False
    said: Said | None = None

    @property
    def indicator(self) -> Indicator | None:
        """The first indicator that it is of, None where it has none or only a name."""
        return next((each.indicator for each in self.readings if each.indicator), None)

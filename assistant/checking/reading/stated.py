"""What the numbers of a Chinese sentence are of, by the grammar that reads reports' figures.

The sentence is read as if it stood in a report on its setting's place and year. Knows nothing of
the text around the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.checking.types import Reading, Setting
from assistant.claims.amounts import Amount
from assistant.claims.dates import Stance
from index.figures.extraction import figures_of
from index.figures.periods import Scope
from index.figures.scopes import Scopes
from index.figures.stating import Surroundings
from index.lexicon.indicators import Lexicon
from index.lexicon.measures import CHANGES, is_downward
from index.places.gazetteer import COUNTRY, Gazetteer
from index.reports.calendar import Calendar
from index.types import Figure, Report, Stated

_Key = tuple[str, int | None, Stance | None]


@dataclass(slots=True)
class Stater:
    """Reads sentences; what was read of one is kept while the next numbers are of the same."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    _read: dict[_Key, list[Figure]] = field(default_factory=dict)

    def readings(
        self, sentence: str, amount: Amount, setting: Setting, stance: Stance | None
    ) -> tuple[Reading, ...]:
        """Return what a number of a folded sentence is of, nothing where that is not understood."""
        if setting.year is None or not _HAN.search(sentence) or len(sentence) > _MOST:
            return ()
        key = (sentence, setting.year, stance)
        if key not in self._read:
            self._read = {key: self._figures(sentence, setting.year, stance)}
        figures = [
            each
            for each in self._read[key]
            if each.value_span.start < amount.end and amount.start < each.value_span.end
        ]
        return tuple(self._reading(each) for each in figures if each.measure != "qualitative")

    def _figures(self, sentence: str, year: int, stance: Stance | None) -> list[Figure]:
        country = self.gazetteer.get(COUNTRY)
        calendar = Calendar(year + 1, year, year + 1, None)
        report = Report(
            "", "", None, Stated(country, None), Stated(year + 1, None), None, None, None, None
        )
        around = Surroundings(
            report, country, calendar, self.lexicon, self.gazetteer, Scopes(calendar)
        )
        scope = Scope(stance or "actual", year, year, sure=False)
        return list(figures_of(around, sentence, 0, scope, 0.5))

    def _reading(self, figure: Figure) -> Reading:
        indicator = self.lexicon.get(figure.indicator_id) if figure.indicator_id else None
        falls = None
        if figure.measure in CHANGES:
            falls = is_downward(figure.measure, figure.qualifier)
        period = figure.period if len(figure.period) > len("2022") else None
        return Reading(
            indicator=indicator,
            name=figure.indicator,
            measure=figure.measure,
            falls=falls,
            period=period,
            as_written=figure.as_written,
            qualifier=figure.qualifier,
        )


_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_MOST = 2_000
"""Characters of a sentence that is read so; no sentence of prose is longer."""

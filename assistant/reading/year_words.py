"""The years of an analytic question: named, a span, or every year that there are reports of.

Knows the calendar words of both languages and which years the reports plan; not what is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.queries.types import Places
from assistant.questions.years import SET_FOR, plan_end_in
from assistant.reading.ledger import Ledger, group, pattern
from assistant.reading.place_words import Reported
from assistant.reading.quantities import count_of
from index.lexicon.numerals import DIGITS, in_figures, numeral
from index.types import Kind, Span


class YearWords:
    """The years of a question: named, a span, or every year that there are reports of."""

    def __init__(self, ledger: Ledger) -> None:
        self.first: int | None = None
        self.last: int | None = None
        self.count: int | None = None
        self.back = 0
        self.named: list[int] = []
        self.of_the_reports = False
        self.relative: list[int] = []
        self.ends: tuple[int, int] | None = None
        self._reports_alone(ledger)
        for match in SET_FOR.finditer(ledger.rest):
            self.named.append(int(match["for"]))
            ledger.use("years", Span(*match.span()))
        text = ledger.rest
        for match in _RANGE.finditer(text):
            first, last = map(int, filter(None, match.groups()))
            if first <= last:
                self.ends = None if self.named else (first, last)
                self.named.extend(range(first, last + 1))
                ledger.use("years", Span(*match.span()))
        for match in _DECADE.finditer(ledger.rest):
            start = int(match[1])
            self.named.extend(range(start, start + 10))
            ledger.use("years", Span(*match.span()))
        for match in _SINCE.finditer(ledger.rest):
            self.first = int(next(filter(None, match.groups()))) + ("after" in match[0].lower())
            ledger.use("years", Span(*match.span()))
        for match in _UNTIL.finditer(ledger.rest):
            self.last = int(next(filter(None, match.groups())))
            ledger.use("years", Span(*match.span()))
        for match in _YEAR.finditer(ledger.rest):
            self.named.append(int(match[1]) if match[1] else 2000 + int(match[2]))
            ledger.use("years", Span(*match.span()))
        for match in _SPELLED.finditer(ledger.rest):
            self.named.append(int(in_figures(match[1])))
            ledger.use("years", Span(*match.span()))
        end, spans_of_end = plan_end_in(ledger.rest)
        if end is not None:
            self.named.append(end)
            ledger.use("years", spans_of_end[0])
        if self.named:
            self._years_before(ledger)
            ledger.take_counted(len(set(self.named)), _OF_YEARS)
        for cue, offset in _RELATIVE:
            for match in cue.finditer(ledger.rest):
                self.relative.append(offset)
                ledger.use("years", Span(*match.span()))
        self.plan = False
        for match in ledger.take("plan"):
            self.plan = True
            start = _PLANS[_plan(group(match, "plan") or "")]
            self.named.extend(range(start, start + 5))
        for match in ledger.take("recent"):
            self.count = count_of(group(match, "n"))
        self.every = ledger.shows("every_year")
        spans = self.relative or self.first or self.count or self.last
        self.says_any = bool(self.every or self.named or spans)

    def _reports_alone(self, ledger: Ledger) -> None:
        """Use the years of reports that only say where the figures of other years stand."""
        reports = list(pattern("of_reports").finditer(ledger.rest))
        rest = ledger.rest
        for match in reports:
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
        if _YEAR.search(rest) or _RANGE.search(rest):
            for match in reports:
                ledger.use("of_reports", Span(*match.span()))
        elif reports:
            self.of_the_reports = True

    def _years_before(self, ledger: Ledger) -> None:
        """Move the years to those before, where reports are named by them, or add the one before.

        What the reports of 2021 and 2022 say of the year before is of 2020 and 2021; 2023 beside
        the year before is 2022 and 2023.
        """
        if not ledger.take("year_before"):
            return
        if _REPORTS.search(ledger.folded) and len(set(self.named)) > 1:
            self.named = [year - 1 for year in self.named]
        else:
            self.named.append(min(self.named) - 1)

    def narrow_to_ends(self) -> None:
        """Take a span to mean its first and last year alone: 从2010年到2015年增加了多少."""
        if self.ends is not None and len(set(self.named)) == self.ends[1] - self.ends[0] + 1:
            self.named = list(self.ends)

    def chosen(self, places: Places, reported: Reported, kind: Kind | None) -> tuple[int, ...]:
        """Return the years whose figures are asked for, none where they are left open."""
        ahead = sorted(
            {year for place in places.regions for year in reported.ahead.get(place.code, ())}
        )
        shift = 0 if kind == "target" else -1
        known = [year + shift for year in ahead]
        return self._of(known, ahead, newest(places, reported, "target"), filled=True)

    def of_reports(self, places: Places, reported: Reported) -> tuple[int, ...]:
        """Return the years of the reports that are meant; none for all."""
        if self.last is not None and not self.named:
            return tuple(year for year in self._ahead(places, reported) if year <= self.last)
        if self.every and not (self.named or self.relative or self.first or self.count):
            return ()
        ahead = sorted(
            {year for place in places.regions for year in reported.ahead.get(place.code, ())}
        )
        years = self._of(ahead, ahead, newest(places, reported, "target"), filled=False)
        if years or self.every or len(places.regions) == 1:
            return years
        return (newest(places, reported, "target"),)

    def _ahead(self, places: Places, reported: Reported) -> list[int]:
        """Return the years that the reports of the places plan, in order."""
        codes = [place.code for place in places.regions]
        return sorted({year for code in codes for year in reported.ahead.get(code, ())})

    def _of(
        self, known: Sequence[int], ahead: Sequence[int], current: int, *, filled: bool
    ) -> tuple[int, ...]:
        years = list(self.named)
        if self.last is not None and not years and self.first is None:
            years = [year for year in known if year <= self.last]
        if ahead:
            years += [current + offset for offset in self.relative]
        if self.first is not None:
            last = self.last or max(known, default=self.first)
            years += [year for year in known if self.first <= year <= last]
        if self.count is not None and known:
            years += [year for year in known if year > known[-1] - self.count]
        if not years and self.every:
            years = list(known)
        spans = (self.every and len(set(self.named)) < 3) or self.first or self.count
        if filled and len(years) > 1 and spans:
            years = list(range(min(years), max(years) + 1))
        return tuple(sorted(dict.fromkeys(years)))


_RANGE = re.compile(
    r"((?:19|20)\d\d)年?(?:度)?\s?(?:到|至|—|–|-|~|～|through|until|to)+\s?((?:19|20)\d\d)(?!\d)年?(?:度)?"
    r"(?:这?[一二三四五六七八九十两\d]+年)?(?:间|之间|期间)?"
    r"|(?<=between )((?:19|20)\d\d) and ((?:19|20)\d\d)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?:自|从)?((?:19|20)\d\d)年?(?:以来|之后|以后|往后|起|开始|至今|到现在|到今年)"
    r"|\b(?:since|from|after|(?:going|dating) back to|as far back as)"
    r" ((?:19|20)\d\d)(?: on(?:wards?)?)?\b(?! to)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:到|至|截至|截止到?)((?:19|20)\d\d)年?(?:为止|止|(?=[一总]?共有?[几多]))"
    r"|\b(?:up to|until|through) ((?:19|20)\d\d)\b"
)
_DECADE = re.compile(r"((?:19|20)\d0)年代|\b((?:19|20)\d0)s\b")
_YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)(?!\d|\.\d|%|万|亿|元|人|个|户|家|件)(?:年(?:度)?(?:的)?)?|(?<![\d.])([012]\d)年(?!来|间|内)"
)
_OF_YEARS = re.compile(r"年|years")
_REPORTS = re.compile(r"报告|reports?\b", re.IGNORECASE)
_SPELLED = re.compile(rf"([一二][{DIGITS}]{{3}})年(?:度)?")
_RELATIVE = (
    (re.compile(r"今年|本年度?|\bthis year(?:.s)?\b", re.I), 0),
    (re.compile(r"去年|上一?年度?|\blast year(?:.s)?\b", re.I), -1),
    (re.compile(r"前年", re.I), -2),
    (re.compile(r"明年|\bnext year(?:.s)?\b", re.I), 1),
)
_PLANS = {9: 1996, 10: 2001, 11: 2006, 12: 2011, 13: 2016, 14: 2021, 15: 2026}


def _plan(written: str) -> int:
    return int(written) if written.isdigit() else numeral(written) or 0


def newest(places: Places, reported: Reported, kind: Kind) -> int:
    """Return the year that is meant where none is named: that which most places report last."""
    newest = Counter(
        reported.ahead[place.code][-1] for place in places.regions if reported.ahead.get(place.code)
    )
    best = max(newest.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    return best if kind == "target" else best - 1


def newest_each(places: Places, reported: Reported, kind: Kind) -> tuple[tuple[str, int], ...]:
    """Return by its code the newest year of each place that has a report."""
    shift = 0 if kind == "target" else -1
    known = [(place.code, reported.ahead.get(place.code)) for place in places.regions]
    return tuple((code, years[-1] + shift) for code, years in known if years)


def likely_kind(places: Places, years: Sequence[int], reported: Reported) -> Kind:
    """Return which kind is meant where none is named: results, where reports look back on them."""
    if not years:
        return "actual"
    pairs = [(place.code, year) for place in places.regions for year in years]
    done = sum(year + 1 in reported.ahead.get(code, ()) for code, year in pairs)
    planned = sum(year in reported.ahead.get(code, ()) for code, year in pairs)
    return "actual" if done and done >= planned / 2 else "target"

"""The figures that one sentence states: its amounts and wordings with their subjects and readings.

Each amount finds its subject before it, behind it, or in what was spoken of last; the sentence's
own times go before what holds around it. Knows nothing of headings or of other sentences but for
what stands in `Surroundings`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.figures.amounts.written import Amount
from index.figures.certainty.agreement import DOUBTED
from index.figures.certainty.doubts import may_be_anothers
from index.figures.clauses import Clause, clauses, ends_change, grouped
from index.figures.measures import (
    FigureContext,
    Reading,
    measure_of,
    of_the_last_year,
    open_over_years,
    qualifier_of,
    sums_of_when,
)
from index.figures.periods import (
    Scope,
    begins_change,
    compared_with,
    is_over,
    months_ahead,
    period,
    times,
)
from index.figures.scopes import Scopes
from index.figures.subjects.finding import Subjects
from index.figures.subjects.names import Names
from index.figures.subjects.regions import region_of
from index.figures.subjects.subject import Subject, told_apart
from index.figures.subjects.wordings import subjects_of_wording
from index.lexicon.indicators import Lexicon
from index.lexicon.qualifiers import is_threshold
from index.places.gazetteer import Gazetteer
from index.reports.calendar import Calendar
from index.types import Figure, Region, Report, Span


@dataclass(slots=True)
class Surroundings:
    """What holds around a sentence: the report and what its text has said so far.

    `announced` tells that the sentence before did no more than announce goals, and `stated` is how
    many figures were found so far.
    """

    report: Report
    region: Region
    calendar: Calendar
    lexicon: Lexicon
    gazetteer: Gazetteer
    scopes: Scopes
    announced: bool = False
    stated: int = 0


_WHOLE_SENTENCE = re.compile(r"预计全年|全年预计|预计(?:20\d\d年|今年)|初步(?:核算|统计|预计)")


class Sentence:
    """One sentence being read: its clauses, and what was spoken of last.

    `scope` holds where the sentence itself names no time; `goal` is how likely it tells of a goal.
    """

    def __init__(
        self, around: Surroundings, text: str, offset: int, scope: Scope, goal: float
    ) -> None:
        self.around = around
        self.goal = goal
        self.text = text
        self.offset = offset
        self.scope = scope
        self.times = times(text, around.calendar)
        self.expected = _WHOLE_SENTENCE.search(text) is not None
        self.names = Names(text, around.lexicon, around.gazetteer.resolve)
        self.subjects = Subjects(text, self.names)
        self.last_reading: Reading | None = None
        self.last_subject: Subject | None = None
        self.lead: Span | None = None
        self.worded: list[Subject] = []
        self.last_worded_end = self.added_end = 0

    def figures(
        self, amounts: list[Amount], worded: list[Span], structures: Sequence[tuple[Span, Span]]
    ) -> Iterator[Figure]:
        """Yield the figures of what was found in the sentence; takes the lists apart."""
        yield from self._structures(structures)
        before: Clause | None = None
        amounts.reverse()
        worded.reverse()
        for clause in clauses(self.text):
            inside = []
            while amounts and amounts[-1].start < clause.end:
                inside.append(amounts.pop())
            if inside:
                yield from self._clause(clause, inside, before)
            while worded and worded[-1].start < clause.end:
                yield from self._worded(clause, worded.pop())
            if clause.mark == ":":
                at = Span(self.offset + clause.start, self.offset + clause.end)
                self.lead = at if len(at) else None
            if clause.mark == ";" and not _GOES_ON.match(self.text, clause.end + 1):
                self.subjects.forget()
                self.last_reading = None
            before = clause if not inside else None

    # --- amounts -------------------------------------------------------------------------------

    def _clause(
        self, clause: Clause, amounts: Sequence[Amount], before: Clause | None
    ) -> Iterator[Figure]:
        begin = self.segment = self.clause_start = clause.start
        self.subjects.enter_clause()
        groups = grouped(self.text, amounts)
        for index, group in enumerate(groups):
            follows = groups[index + 1] if index + 1 < len(groups) else None
            end = follows[0].reach_start if follows else clause.end
            self.segment = begin
            if (
                index
                and self.subjects.reach(begin)
                and ends_change(self.text, groups[index - 1], group)
            ):
                yield from self._stated(self.subjects.last, group, begin, changed=True)
                begin = group[-1].reach_end
                continue
            starts = follows is not None and ends_change(self.text, group, follows)
            subjects, start, stop = self.subjects.of_group(group, begin, end, before, starts=starts)
            if subjects and starts:
                # The value before is a figure of its own only where the text says of when.
                named = [t for t in self.times if begin <= t.start and t.end <= group[0].start]
                if named:
                    yield from self._stated(subjects, group, start)
                    self.times = [time for time in self.times if time not in named]
                elif self._began(group[0].start):
                    yield from self._stated(subjects, group, start, began=True)
                self.subjects.last, begin = subjects, start
                continue
            if subjects:
                yield from self._stated(subjects, group, start, stop=stop)
            begin = max(stop, group[-1].reach_end) if subjects else group[-1].reach_end
            before = None

    def _stated(
        self,
        subjects: Sequence[Subject],
        group: Sequence[Amount],
        start: int,
        *,
        stop: int = 0,
        changed: bool = False,
        began: bool = False,
    ) -> Iterator[Figure]:
        """Yield the figures of a group: value by subject, or every subject with the one value."""
        pairs: list[tuple[Subject, Amount]]
        if len(subjects) > 1:
            subjects = told_apart(subjects)
        whole = group[-1].unit
        if len(group) > 1:
            # 10.6万、3.3万平方公里: what stands bare has the unit of the last.
            group = [
                replace(amount, unit=whole)
                if amount.unit != whole
                and set(amount.unit) <= _SCALES
                and whole.startswith(amount.unit)
                and amount.unit
                else amount
                for amount in group
            ]
            if is_threshold(passed := group[0].before):  # 突破2万亿元和3万亿元
                group = [a if a.before else replace(a, before=passed) for a in group]
        if len(subjects) == len(group):
            pairs = list(zip(subjects, group, strict=True))
        elif len(group) == 1:
            pairs = [(subject, group[0]) for subject in subjects]
        else:
            pairs = [(subjects[-1], amount) for amount in group]
            if "分别" in self.text[self.segment : group[0].start]:
                pairs = []  # of what else the values are is not told for certain
        self.subjects.spoke_of(subjects)
        # 分别达到A、B cannot be understood by half; 7%以上、力争8% can.
        end = group[-1].reach_end if len(subjects) == len(group) else 0
        for subject, amount in pairs:
            reach = max(stop if len(group) == 1 else 0, end, amount.reach_end)
            if amount.unit in _SCALES_OF_VISITS and _VISITS.search(subject.as_written):
                amount = replace(amount, unit=amount.unit + "人次")
            yield self._figure(
                subject, amount, group[0], start, reach, changed=changed, began=began
            )

    def _figure(
        self,
        subject: Subject,
        amount: Amount,
        first: Amount,
        start: int,
        end: int,
        *,
        changed: bool,
        began: bool,
    ) -> Figure:
        begin = min(start, subject.start)
        words_start = max(
            subject.end if subject.end <= first.reach_start else start,
            self.segment,
            first.start - _NEAR,
        )
        words = self.text[words_start : first.start]
        scope, own_time = self._scope_at(amount.start)
        scope = (self._began(amount.start) if began else None) or scope
        place, stop = self.added_end, subject.start
        added = bool(0 < place < stop <= place + 8 and _LISTED.fullmatch(self.text, place, stop))
        near = max(min(self.clause_start, begin), first.start - _NEAR)
        grows = amount.unit == "%" and _GROWS_BEHIND.match(self.text, amount.reach_end)
        context = FigureContext(
            subject, amount, words + "增长" if grows else words,
            around=compared_with(self.text, near) + self.text[near : first.start],
            scope=scope, outer=self.scope, review=self.around.scopes.review,
            calendar=self.around.calendar,
            before=self.last_reading, reached=changed, timed=own_time,
            elided=self._is_elided(subject), added=added,
        )  # fmt: skip
        reading = measure_of(context)
        line = self.text[self.text.rfind("\n", 0, begin) + 1 : amount.start]
        reading = of_the_last_year(context, reading, line) or reading
        reading = self._lasted(amount, scope) or reading
        self.last_reading, self.last_subject = reading, subject
        if added or _ADDED.search(
            self.text, max(self.clause_start, first.start - _NEAR), first.start
        ):
            self.added_end = amount.reach_end
        return self._made(
            subject,
            reading,
            value=amount.value,
            upper=amount.upper,
            unit=amount.unit,
            qualifier=qualifier_of(amount, words, reading, expected=self._is_expected(words)),
            wording=None,
            span=Span(begin, end),
            value_span=Span(amount.start, amount.end),
            timed=own_time,
            doubtful=sums_of_when(context, reading, self.text)
            or open_over_years(context, reading, line)
            or may_be_anothers(context, reading),
        )

    def _is_elided(self, subject: Subject) -> bool:
        """Tell whether a subject is that of the figure before, or goes on from it: 人均10400元."""
        last = self.last_subject
        return last is not None and (
            subject == last or subject.start == last.start < self.clause_start
        )

    def _lasted(self, amount: Amount, scope: Scope) -> Reading | None:
        """Return of when a length of time is: 长达五年 of all of them, 连续11年 of the last."""
        before = self.text[max(0, amount.start - 2) : amount.start]
        if amount.unit == "年" and before == "长达":
            first = self.around.calendar.done - int(amount.value) + 1
            return Reading("level", "actual", period(first, scope.last))
        if amount.unit in _LENGTHS and before == "连续" and scope.stance == "actual":
            return Reading("level", "actual", scope.months or str(scope.last))
        return None

    def _began(self, place: int) -> Scope | None:
        """Return when what changed over several years began: the year before the first."""
        here = self._scope_at(place)[0]
        done = self.around.calendar.done
        if here.last == done and _SINCE_LAST.search(self.text, max(0, place - 8), place):
            return Scope("actual", done - 1, done - 1)
        for scope in (here, self.scope):
            if scope.several and scope.stance == "actual" and scope.last == here.last:
                return Scope("actual", scope.first - 1, scope.first - 1)
        return None

    def _is_expected(self, words: str) -> bool:
        return "预计" in words or (self.expected and self.scope.stance == "actual")

    def _scope_at(self, place: int) -> tuple[Scope, bool]:
        """Return the scope that holds at a place, and whether a time beside it sets it."""
        scope, calendar = self.scope, self.around.calendar
        named = bisect_right(self.times, place, key=lambda time: time.end)
        for time in reversed(self.times[max(0, named - _TIMES) : named]):
            months, between = time.scope.months, self.text[max(time.end, place - _NEAR) : place]
            if begins_change(self.text, time, place) or (months and "全年" in between):
                continue
            over = time.scope.sure and (months is None or is_over(months, calendar))
            if scope.stance == "target" and not over:
                if months and "," not in between[1:]:
                    return months_ahead(months, calendar), True
                continue
            if scope.several and scope.stance == "target" and time.scope.last == scope.last:
                return scope, True
            return time.scope, True
        return scope, False

    def _worded(self, clause: Clause, place: Span) -> Iterator[Figure]:
        between = self.text[max(self.last_worded_end, place.start - 2) : place.start]
        if self.worded and between in (",", "、", ""):
            subjects = self.worded
        else:
            begin = max(clause.start, self.last_worded_end)
            subjects = subjects_of_wording(self.text, self.names, begin, place)
        self.worded, self.last_worded_end = subjects, place.end
        scope, _ = self._scope_at(place.start)
        for subject in subjects:
            first = scope.last if scope.stance == "actual" else scope.first
            reading = Reading("qualitative", scope.stance, period(first, scope.last))
            span = Span(min(subject.start, place.start), place.end)
            yield self._made(
                subject, reading, value=None, upper=None, unit="", qualifier=None,
                wording=place.of(self.text), span=span, value_span=place,
            )  # fmt: skip

    def _structures(self, found: Sequence[tuple[Span, Span]]) -> Iterator[Figure]:
        """Yield the shares of the three industries: 由13:58:29调整为8:56:36."""
        for index, (name, place) in enumerate(found):
            scope, timed = self._scope_at(place.start)
            changes = index + 1 < len(found) and found[index + 1][0] == name
            if index and found[index - 1][0] == name:
                between = Span(found[index - 1][1].end, place.start)
                if not any(between.start <= time.start < between.end for time in self.times):
                    scope, timed = self.scope, False
            if changes and not timed:
                began = self._began(place.start)
                if began is None:
                    continue
                scope = began
            words = name.of(self.text)
            yield self._made(
                Subject("三次产业结构", None, words, name.start, name.end),
                Reading("qualitative", scope.stance, str(scope.last)),
                value=None, upper=None, unit="", qualifier=None, wording=place.of(self.text),
                span=Span(name.start, place.end), value_span=place, timed=timed,
            )  # fmt: skip

    def _made(
        self,
        subject: Subject,
        reading: Reading,
        *,
        value: Decimal | None,
        upper: Decimal | None,
        unit: str,
        qualifier: str | None,
        wording: str | None,
        span: Span,
        value_span: Span,
        timed: bool = False,
        doubtful: bool = False,
    ) -> Figure:
        certainty = self._certainty(reading, timed=timed)
        offset = self.offset
        self.around.stated += 1
        return Figure(
            report_id=self.around.report.id,
            ordinal=self.around.stated - 1,
            region=region_of(
                self.text, subject, value_span.start, self.around.region, self.around.gazetteer
            ),
            indicator=subject.name,
            indicator_id=subject.indicator.id if subject.indicator else None,
            as_written=subject.as_written,
            measure=reading.measure,
            kind=reading.kind,
            period=reading.period,
            value=value,
            upper=upper,
            unit=unit,
            qualifier=qualifier,
            wording=wording,
            span=Span(offset + span.start, offset + span.end),
            value_span=Span(offset + value_span.start, offset + value_span.end),
            context=self.lead,
            certainty=min(certainty, DOUBTED) if doubtful else certainty,
        )

    def _certainty(self, reading: Reading, *, timed: bool) -> float:
        """Return how sure it is that a figure is of its kind: a time beside it says so itself."""
        if reading.period == self.around.calendar.day:
            return 1.0  # the session's own numbers
        sure = self.goal if reading.kind == "target" else 1 - self.goal
        return round(max(sure, _TIMED) if timed else sure, 2)


_GOES_ON = re.compile(
    r"\s?[到至]?(?:19|20)\d\d年(?:底|末)?,?(?:预计|力争)?将?(?:再)?(?:达到?|突破|超过|增至|增加到)(?=[约近]?\d)"
)
"""Behind a semicolon a later value of the same: 到2000年达到8000亿元;到2002年达到9400亿元."""
_GROWS_BEHIND = re.compile(r"的?(?:较快|高速|快速)?(?:增长|增速|增幅|涨幅)(?![约近超]?\d)")
_LISTED = re.compile(r"[、和及][^\W\d_]{0,6}")
_ADDED = re.compile(r"新增|净增|新培育|新认定")
_SCALES_OF_VISITS = ("万", "千万", "亿")
_VISITS = re.compile(r"游客|人次")
_SCALES = frozenset("十百千万亿")
_NEAR = 160  # characters before a figure that may say of what kind it is
_TIMED = 0.9
"""How sure the kind is at least where a time beside the figure tells it."""
_SINCE_LAST = re.compile(r"[由从]上年(?:末|底)?的?约?$")
"""由上年的42.4%提高到46.3%: the year before the one told of."""
_LENGTHS = ("年", "个季度", "个月")
_TIMES = 8  # times before a figure that may be its own

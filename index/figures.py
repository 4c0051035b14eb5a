"""Every figure that a report states, with what it is of, when, of what kind, and where it stands.

Sentences are cut into clauses; each amount finds its subject before it, behind it, or in what was
spoken of last; headings and the sentence say of which years and whether it is a goal. Knows nothing
of the catalogue or of questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.figure_clauses import Clause, Names, Subject, clauses, following_name
from index.figure_measures import Reading, measure_of, qualifier_of
from index.figure_numbers import Amount, find_amounts
from index.figure_periods import (
    Calendar,
    Scope,
    Time,
    calendar_of,
    period,
    scope_of_headings,
    scope_of_opening,
    scope_of_wording,
    tells_of_both,
    times,
)
from index.figure_wordings import find_wordings
from index.indicators import Lexicon
from index.passages import sentences
from index.regions import COUNTRY, Gazetteer
from index.types import Figure, Level, Passage, Region, Report, Span
from index.units import CLASSIFIERS

VERSION = 1
"""Raised when the figures of any report change, so that what was stored of them is made anew."""


def extract(
    report: Report, passages: Sequence[Passage], *, lexicon: Lexicon, gazetteer: Gazetteer
) -> list[Figure]:
    """Return the figures that a report states, in the order of the text.

    Args:
        report: the report; without region or year it yields no figure, as nobody could tell whose
            and of when they are.
        passages: all its passages in order, since what one opens (过去五年) holds for the next.
        lexicon: the indicators to know by name.
        gazetteer: the places that a clause may speak of instead of the report's own.
    """
    calendar = calendar_of(report)
    if report.region is None or calendar is None:
        return []
    reader = _Reader(report, report.region.value, calendar, lexicon, gazetteer)
    drafts = [draft for passage in passages for draft in reader.read(passage)]
    drafts.sort(key=lambda draft: (draft.value_span.start, draft.span.start))
    return [replace(draft, ordinal=ordinal) for ordinal, draft in enumerate(drafts)]


_GLOSSARY = re.compile(r"名词解释|名词注释|用语解释|注释|有关用语|用语说明")


@dataclass(slots=True)
class _Reader:
    """Reads the passages of one report in order; `scope` is what holds where nothing else says."""

    report: Report
    region: Region
    calendar: Calendar
    lexicon: Lexicon
    gazetteer: Gazetteer
    scope: Scope | None = None
    headings: tuple[str, ...] = ()
    started: bool = False

    def read(self, passage: Passage) -> Iterator[Figure]:
        if any(_GLOSSARY.search(heading) for heading in passage.headings):
            return
        self._enter(passage)
        for span in sentences(passage.text):
            sentence = span.of(passage.text)
            opened = scope_of_opening(sentence, self.scope, self.calendar)
            if opened is not None:
                self.scope = opened
            scope = self.scope or Scope(
                "actual", self.calendar.done, self.calendar.done, sure=False
            )
            offset = passage.span.start + span.start
            yield from _Sentence(self, sentence, offset, scope).figures()

    def _enter(self, passage: Passage) -> None:
        if self.started and passage.headings == self.headings:
            return
        below = self.headings[:1] == passage.headings[:1] != ()
        if self.started and below and self.scope and tells_of_both(passage.headings[0]):
            self.headings = passage.headings
            return
        self.headings, self.started = passage.headings, True
        told = scope_of_headings(passage.headings, self.calendar)
        told = told or scope_of_wording(passage.text, self.calendar)
        self.scope = told or self.scope


_GROUP_GAP = re.compile(r"\s?(?:、|和|与|及|以及|,)?\s?")
_START_OF_CHANGE = re.compile(r"(?:从|由)(?![^,。;]{0,12}(?:看|方面))[^,。;]{0,12}$")
_END_OF_CHANGE = re.compile(
    r"\s?,?(?:分别)?(?:(?:增加|增长|提高|上升|提升|扩大|下降|降低|减少|整合|压减|缩减|缩短|压缩|拓展|发展|扩展|升|降|增|跃升|攀升"
    r"|上调|下调|调整|优化|精简|增扩|上涨|回落)(?:到|至|为)|到|至|变为)(?:了)?(?:(?:19|20)\d\d年(?:底|末)?的?)?\s?"
)
_WHOLE_SENTENCE = re.compile(r"预计全年|全年预计|预计(?:20\d\d年|今年)|初步(?:核算|统计|预计)")


class _Sentence:
    """One sentence being read: its clauses, and what was spoken of last."""

    def __init__(self, reader: _Reader, text: str, offset: int, scope: Scope) -> None:
        self.reader = reader
        self.text = text
        self.offset = offset
        self.scope = scope
        self.names = Names(text, reader.lexicon)
        self.last: list[Subject] = []
        self.recent: list[Subject] = []
        self.last_reading: Reading | None = None
        self.last_subject: Subject | None = None
        self.lead: Span | None = None
        self.expected = False
        self.worded: list[Subject] = []
        self.last_worded_end = 0

    def figures(self) -> Iterator[Figure]:
        amounts = find_amounts(self.text)
        worded = find_wordings(self.text, self.scope)
        if not amounts and not worded:
            return
        self.times: list[Time] = times(self.text, self.reader.calendar)
        self.expected = _WHOLE_SENTENCE.search(self.text) is not None
        before: Clause | None = None
        for clause in clauses(self.text):
            inside = [a for a in amounts if clause.start <= a.start < clause.end]
            if inside:
                yield from self._clause(clause, inside, before)
            for place in worded:
                if clause.start <= place.start < clause.end:
                    yield from self._worded(clause, place)
            if clause.mark == ":":
                self.lead = Span(self.offset + clause.start, self.offset + clause.end)
            if clause.mark == ";":
                self.last, self.recent, self.last_reading = [], [], None
            before = clause if not inside else None

    # --- amounts -------------------------------------------------------------------------------

    def _clause(
        self, clause: Clause, amounts: Sequence[Amount], before: Clause | None
    ) -> Iterator[Figure]:
        begin = self.segment = self.clause_start = clause.start
        self.counted: tuple[int, int] | None = None
        groups = _grouped(self.text, amounts)
        for index, group in enumerate(groups):
            follows = groups[index + 1] if index + 1 < len(groups) else None
            end = follows[0].reach_start if follows else clause.end
            self.segment = begin
            if index and self.last and self._is_end_of_change(groups[index - 1], group):
                yield from self._stated(self.last, group, begin, changed=True)
                begin = group[-1].reach_end
                continue
            starts = follows is not None and self._is_end_of_change(group, follows)
            subjects, start, stop = self._subjects_of(group, begin, end, before, starts=starts)
            if subjects and starts:
                # The value before is a figure of its own only where the text says of when.
                named = [t for t in self.times if begin <= t.start and t.end <= group[0].start]
                if named:
                    yield from self._stated(subjects, group, start)
                    self.times = [time for time in self.times if time not in named]
                self.last, begin = subjects, start
                continue
            if subjects:
                yield from self._stated(subjects, group, start, stop=stop)
            begin = max(stop, group[-1].reach_end) if subjects else group[-1].reach_end
            before = None

    def _is_end_of_change(self, first: Sequence[Amount], second: Sequence[Amount]) -> bool:
        gap = self.text[first[-1].reach_end : second[0].reach_start]
        written = self.text[max(0, first[0].reach_start - 14) : first[0].reach_start]
        return _END_OF_CHANGE.fullmatch(gap) is not None and ("从" in written or "由" in written)

    def _subjects_of(
        self,
        group: Sequence[Amount],
        begin: int,
        end: int,
        before: Clause | None,
        *,
        starts: bool,
    ) -> tuple[list[Subject], int, int]:
        """Return what a group is of, where the words of its clause begin, and where they end."""
        first, last = group[0], group[-1]
        if first.form == "spelled":
            return self._spelled(first, begin, end)
        counts = _counts(first.unit)
        if self.counted and self.counted[1] == begin:
            begin = self.counted[0]  # 10个开发区工业增加值: what was counted is part of the name
            self.counted = None
        named = self.names.subjects(begin, first.reach_start, len(group), first.unit)
        if (counts or not named) and len(group) == 1 and not starts:
            behind = following_name(self.text, last.reach_end, end)
            if behind is not None and self._produces(begin, first):
                return [], begin, behind[1]
            shares = first.unit in _PERCENTS
            if behind is not None and (
                not shares or not self.last or self.text[behind[0] - 1] == "的"
            ):
                self.counted = behind if counts else None
                return self._behind(behind), self._start_of(begin, first), behind[1]
        if self._is_size(first, named, end):
            return [], begin, last.reach_end
        if first.unit in ("年", "个季度", "个月") and (lasting := self._lasting(first, end)):
            return [lasting], first.start, lasting.end
        if named:
            named = [self._completed(subject, last.reach_end, first.unit) for subject in named]
            return named, named[0].start, last.reach_end
        if before is not None:
            topic = self.names.subjects(before.start, before.end, len(group), first.unit)
            if topic and (topic[0].indicator is not None or len(topic) == len(group) > 1):
                return topic, topic[0].start, last.reach_end
        if self.last:
            return self._elided(begin, first, len(group)), self.last[0].start, last.reach_end
        return [], begin, last.reach_end

    def _is_size(self, amount: Amount, named: Sequence[Subject], end: int) -> bool:
        """Tell whether an amount is the size of a named work: 某公司20万吨铝合金棒项目."""
        if _SIZES.search(amount.unit) is None or "标准煤" in amount.unit:
            return False
        if not named or named[-1].indicator is not None:
            return False
        return following_name(self.text, amount.reach_end, end) is not None

    def _produces(self, begin: int, amount: Amount) -> bool:
        """Tell whether an amount is what a work is built for: 年产3000辆专用车项目."""
        return _CAPACITY.search(self.text, begin, amount.reach_start) is not None

    def _behind(self, place: tuple[int, int]) -> list[Subject]:
        """Return what a count's noun names, with what it has become where it is a mere 企业."""
        words = self.text[place[0] : place[1]]
        if _INHABITANTS.search(words):
            return [Subject("人口", None, words, *place)]
        if _GENERIC.fullmatch(words) and (became := _BECAME.match(self.text, place[1])):
            subject = self.names.at(*became.span("what"))
            known, title = subject.indicator, became["what"]
            for cut in range(len(title)):
                known = known or self.names.known(title[cut:] + words)
            return [replace(subject, name=known.zh if known else subject.name, indicator=known)]
        return [self.names.at(*place)]

    def _lasting(self, amount: Amount, end: int) -> Subject | None:
        """Return what lasted or came about again and again: 连续三年跻身百强."""
        before = self.text[max(0, amount.start - 2) : amount.start]
        if before == "连续":
            found = _AGAIN.match(self.text, amount.end, end)
            if found is None:
                return None
            words = "连续" + found[0]
            return Subject(words, None, words, amount.start - 2, found.end())
        found = _LASTED.match(self.text, amount.end, end)
        if found is None:
            return None
        return Subject(found["what"], None, found["what"], found.start("what"), found.end("what"))

    def _start_of(self, begin: int, amount: Amount) -> int:
        """Return where the verb before a counted noun begins: 新建 of 新建3座人行天桥."""
        words = self.text[begin : amount.reach_start]
        verb = re.search(r"[\u4e00-\u9fff]{0,6}$", words)
        return amount.reach_start - len(verb[0]) if verb else amount.reach_start

    def _spelled(self, amount: Amount, begin: int, end: int) -> tuple[list[Subject], int, int]:
        behind = following_name(self.text, amount.end, end)
        if behind is None:
            return [], begin, amount.end
        words = self.text[behind[0] : behind[1]]
        subject = self.names.at(*behind)
        if _SPELLED_THING.match(words) or subject.indicator is not None:
            return [subject], amount.start, behind[1]
        return [], begin, amount.end

    def _completed(self, subject: Subject, end: int, unit: str) -> Subject:
        """Give 投资, 总投资 and the like the noun they were said of: 项目 … 完成投资."""
        is_total = "总" in (subject.as_written[0], self.text[subject.start - 1 : subject.start])
        if is_total and self.last:
            whole, end_of = self.last[0].as_written, subject.as_written.removeprefix("总")
            for cut in range(len(whole) - 1):
                for stop in range(min(len(whole), cut + 6), cut + 1, -1):
                    known = self.names.known(whole[cut:stop] + end_of)
                    if known is not None and known != subject.indicator:
                        return replace(subject, name=known.zh, indicator=known)
        if subject.as_written not in _PARTS_OF or not _is_money(unit):
            return subject
        bases = [self.last[0].as_written] if self.last else []
        bases += [m.matched for m in self.names.between(end, len(self.text))][:1]
        for base in bases:
            for cut in range(len(base)):
                if known := self.names.known(base[cut:] + subject.as_written.removeprefix("总")):
                    return replace(subject, name=known.zh, indicator=known)
        name = bases[0] + subject.as_written if self.last else subject.as_written
        return replace(subject, name=name, indicator=None)

    def _elided(self, begin: int, amount: Amount, count: int) -> list[Subject]:
        """Return what was spoken of last, its total or share where the clause says so."""
        words = self.text[begin : amount.reach_start]
        found = _SUMS.search(words)
        if found is None and self.last and _FLOW.match(self.last[0].name):
            found = _REACHES.match(words)
        if found is None:
            if (
                len(self.last) == 1
                and ("分别" in words or "均" in words)
                and count + len(self.recent) > 2
            ):
                return self.recent[-max(2, count) :]
            return self.last
        subjects = []
        for subject in self.last:
            base = _FLOW.sub("", subject.name)
            indicator = None
            for end in (found[0], "总量", "", "数"):
                indicator = self.names.known(base + end)
                if indicator:
                    break
            if found[0] in ("占比", "比重", "占"):
                indicator, base = self.names.known(base + "占比"), base + "占比"
            elif indicator is None and base == subject.name:
                indicator = subject.indicator
            elif indicator is None and base != subject.name and found.re is _SUMS:
                base += found[0]
            subjects.append(
                replace(subject, name=indicator.zh if indicator else base, indicator=indicator)
            )
        return subjects

    def _stated(
        self,
        subjects: Sequence[Subject],
        group: Sequence[Amount],
        start: int,
        *,
        stop: int = 0,
        changed: bool = False,
    ) -> Iterator[Figure]:
        """Yield the figures of a group: value by subject, or every subject with the one value."""
        pairs: list[tuple[Subject, Amount]]
        if len(subjects) == len(group):
            pairs = list(zip(subjects, group, strict=True))
        elif len(group) == 1:
            pairs = [(subject, group[0]) for subject in subjects]
        else:
            pairs = [(subjects[-1], amount) for amount in group]
        self.last = list(subjects)
        self.recent += [s for s in subjects if s not in self.recent]
        # 分别达到A、B cannot be understood by half; 7%以上、力争8% can.
        end = group[-1].reach_end if len(subjects) == len(group) else 0
        for subject, amount in pairs:
            reach = max(stop if len(group) == 1 else 0, end, amount.reach_end)
            yield self._figure(subject, amount, group[0], start, reach, changed=changed)

    def _figure(
        self,
        subject: Subject,
        amount: Amount,
        first: Amount,
        start: int,
        end: int,
        *,
        changed: bool,
    ) -> Figure:
        begin = min(start, subject.start)
        words_start = max(subject.end if subject.end <= first.reach_start else start, self.segment)
        words = self.text[words_start : first.start]
        scope, own_time = self._scope_at(amount.start)
        reading = measure_of(
            subject, amount, words, scope, before=self.last_reading, reached=changed,
            around=self.text[min(self.clause_start, begin) : first.start],
            timed=own_time, elided=subject == self.last_subject, outer=self.scope, calendar=self.reader.calendar,
        )  # fmt: skip
        if amount.unit == "年" and self.text[max(0, amount.start - 2) : amount.start] == "长达":
            lasted = period(self.reader.calendar.done - int(amount.value) + 1, scope.last)
            reading = Reading("level", "actual", lasted)
        self.last_reading, self.last_subject = reading, subject
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
        )

    def _is_expected(self, words: str) -> bool:
        return "预计" in words or (self.expected and self.scope.stance == "actual")

    def _scope_at(self, place: int) -> tuple[Scope, bool]:
        """Return the scope that holds at a place, and whether a time beside it sets it."""
        scope = self.scope
        for time in reversed(self.times):
            if time.end > place:
                continue
            if time.scope.months and (
                scope.stance == "target" or "全年" in self.text[time.end : place]
            ):
                continue
            if scope.several and scope.stance == "target" and time.scope.last == scope.last:
                return scope, True
            return time.scope, True
        return scope, False

    # --- words in place of numbers -------------------------------------------------------------

    def _worded(self, clause: Clause, place: Span) -> Iterator[Figure]:
        between = self.text[self.last_worded_end : place.start]
        if self.worded and between in (",", "、", ""):
            subjects = self.worded
        else:
            subjects = self._subjects_of_wording(clause, place)
        if not subjects:
            return
        self.worded, self.last_worded_end = subjects, place.end
        scope, _ = self._scope_at(place.start)
        for subject in subjects:
            reading = Reading("qualitative", scope.stance, _single(scope))
            span = Span(min(subject.start, place.start), place.end)
            yield self._made(
                subject, reading, value=None, upper=None, unit="", qualifier=None,
                wording=place.of(self.text), span=span, value_span=place,
            )  # fmt: skip

    def _subjects_of_wording(self, clause: Clause, place: Span) -> list[Subject]:
        """Return every indicator of a coordination that the words are said of."""
        start = max(clause.start, self.last_worded_end)
        coordinated: list[Subject] = []
        begin = start
        for cut in [*_COORDINATES.finditer(self.text, start, place.start), None]:
            end = cut.start() if cut else place.start
            coordinated += [s for s in self.names.subjects(begin, end, 1, "") if s.indicator]
            begin = cut.end() if cut else end
        if coordinated:
            return coordinated
        subjects = self.names.subjects(start, place.start, 1, "")
        if any(_INDICATES.search(subject.name) for subject in subjects):
            return subjects
        inside = self.names.between(place.start, place.end)
        if inside and not subjects and _FULFILS.match(self.text, place.start):
            return self.names.subjects(inside[0].span.start, inside[-1].span.end, len(inside), "")
        return []

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
    ) -> Figure:
        offset = self.offset
        return Figure(
            report_id=self.reader.report.id,
            ordinal=0,
            region=self._region_of(subject, value_span.start),
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
        )

    def _region_of(self, subject: Subject, place: int) -> Region:
        """Return the place that stands right before an indicator, else the report's own."""
        own, gazetteer = self.reader.region, self.reader.gazetteer
        if subject.indicator is None or subject.start > place:
            return own
        wider = _WIDER.match(subject.as_written) or _WIDER_END.search(
            self.text, max(0, subject.start - 2), subject.start
        )
        if wider is not None:
            outer = [gazetteer.get(code) for code in own.parents]
            outer.append(gazetteer.get(COUNTRY))
            meant = [region for region in outer if region.level == _WIDER_LEVELS[wider[0]]]
            return meant[0] if meant and own.level not in ("country", meant[0].level) else own
        head = self.text[max(0, subject.start - 14) : subject.start]
        if not _PLACE_END.search(head):
            return own
        mentions = gazetteer.mentions(head)
        if not mentions or len(head) - mentions[-1].span.end > 2:
            return own
        inside = [r for r in mentions[-1].candidates if gazetteer.contains(own.code, r.code)]
        region = inside[0] if inside else mentions[-1].region
        if re.search(r"[比与和较于]$", head[: mentions[-1].span.start]):
            return own
        return region


_INHABITANTS = re.compile(r"(?:儿女|各族人民|父老乡亲|干部群众|人民|百姓)$")
_GENERIC = re.compile(
    r"(?:民营|国有|民)?企(?:业)?|学校|单位|园区|项目|县|[个]?县\(?市、?区?\)?|医院|村|高校|街区|机构"
)
_BECAME = re.compile(
    r"(?:成为|入选|入围|获评|跻身|进入|获批|被评为|被认定为|晋升为?|被命名为)(?P<what>[^,。;:!]{2,24})"
)
_AGAIN = re.compile(r"[^,。;:!]{2,24}")
_LASTED = re.compile(r"(?:[^,。;:!的]{0,8}的)(?P<what>[^,。;:!中的]{2,12})")
_SIZES = re.compile(r"吨|千瓦|兆瓦|立方米|(?<!平)(?<!平方)米$|GW|MW")
_CAPACITY = re.compile(r"(?:年产|日产|年处理|日处理|年加工|年屠宰|年出栏)量?$")
_PERCENTS = ("%", "‰", "成", "倍", "个百分点", "百分点")


_WIDER = re.compile(r"全[国省]")
_WIDER_END = re.compile(r"全[国省]$")
_WIDER_LEVELS: dict[str, Level] = {"全国": "country", "全省": "province"}
_PLACE_END = re.compile(r"[\u4e00-\u9fff]{2}(?:的|规模)?$")
_SPELLED_THING = re.compile(r"方面|部分|实事|民生|惠民|为民")
_COORDINATES = re.compile(r"、|和|以?及|与")
_FULFILS = re.compile(r"(?:确保|全面|坚决)?(?:完成|达到)")
_INDICATES = re.compile(r"指标|增速|增幅|总量|比重|收入|支出|水平|质量|排放|能耗|收支|水质|断面")
_PARTS_OF = ("投资", "总投资", "投资额", "总投资额", "完成投资")


def _is_money(unit: str) -> bool:
    return unit.endswith("元")


_SUMS = re.compile(r"总量|总数|总额|总规模|累计|占比|比重|占")
_REACHES = re.compile(r",?(?:累计)?(?:达到?|增至|增加到|增长到)")
_FLOW = re.compile(r"^(?:新增|净增|新登记|新设立|新设|新培育|新认定|新建|新开通)")


def _single(scope: Scope) -> str:
    return (
        str(scope.last)
        if not scope.several or scope.stance == "actual"
        else f"{scope.first}-{scope.last}"
    )


def _counts(unit: str) -> bool:
    """Tell whether a unit counts things, so that the thing may stand behind it."""
    return unit.lstrip("十百千万亿") in CLASSIFIERS


def _grouped(text: str, amounts: Sequence[Amount]) -> list[list[Amount]]:
    """Bring amounts together that are joined by nothing but a comma or an and."""
    groups: list[list[Amount]] = []
    for amount in amounts:
        if groups:
            last = groups[-1][-1]
            gap = text[last.reach_end : amount.reach_start]
            if last.form == amount.form and _GROUP_GAP.fullmatch(gap):
                groups[-1].append(amount)
                continue
        groups.append([amount])
    return groups

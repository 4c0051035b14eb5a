"""What the amounts of a sentence are given of.

The subject stands before its amount, behind it, in the clause before, or is what was spoken of
last. Knows nothing of periods, kinds or places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from index.figures.amounts.written import Amount
from index.figures.clauses import Clause
from index.figures.subjects.behind import Behind, counts
from index.figures.subjects.circumstances import OVER_PLAN
from index.figures.subjects.completion import POINTS, REACH, Completion
from index.figures.subjects.names import Names
from index.figures.subjects.noun_phrases import following_name, trimmed
from index.figures.subjects.subject import Subject
from index.lexicon.units import RATES, comparable


@dataclass(slots=True)
class _Group:
    """Amounts that are said together, and the words around them.

    The words before go from `begin`, those behind to `end`; `before` is the clause before, if it
    holds no amount. `starts` tells that something changed from them, `joined` that what was counted
    last is part of their name, and `named` is what the words before name, once it was looked for.
    """

    amounts: Sequence[Amount]
    begin: int
    end: int
    before: Clause | None
    starts: bool
    joined: bool
    named: Sequence[Subject] = ()

    @property
    def first(self) -> Amount:
        """The first of the amounts."""
        return self.amounts[0]

    @property
    def stop(self) -> int:
        """Where the last amount ends."""
        return self.amounts[-1].reach_end


_Found = tuple[list[Subject], int, int]
"""Subjects, and where the words begin and end that say so; without subjects the amounts are no
figures."""


_Finders = tuple[Callable[["Subjects", _Group], _Found | None], ...]


class Subjects:
    """The subjects of one sentence, found clause by clause; `last` are those spoken of last."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names
        self._behind = Behind(text, names)
        self._completion = Completion(text, names)
        self.last: list[Subject] = []
        self._recent: list[Subject] = []
        self._counted: tuple[int, int] | None = None
        self._part = ""
        self._aside: list[Subject] = []

    def enter_clause(self) -> None:
        """Forget what was counted in the clause before."""
        self._counted = None

    def forget(self) -> None:
        """Forget everything: what follows a semicolon does not go on."""
        self.last, self._recent, self._part = [], [], ""

    def spoke_of(self, subjects: Sequence[Subject]) -> None:
        """Remember subjects that figures were given of."""
        self.last, self._aside = self._aside or list(subjects), []
        fresh = [subject for subject in subjects if subject not in self._recent]
        self._recent = [*self._recent, *fresh][-_RECENT:]

    def reach(self, place: int) -> bool:
        """Tell whether what was spoken of last is near enough for a figure to go on with it."""
        return bool(self.last) and place - self.last[0].start <= REACH

    def of_group(
        self,
        amounts: Sequence[Amount],
        begin: int,
        end: int,
        before: Clause | None,
        *,
        starts: bool,
    ) -> tuple[list[Subject], int, int]:
        """Return what a group of amounts is of, and where the words begin and end that say so.

        Args:
            amounts: amounts that are said together.
            begin: where the words before it begin: the clause, or what follows the last group.
            end: where the words behind it end.
            before: the clause before, if it holds no amount and may name the subject.
            starts: whether the group is what something changed from.
        """
        joined = False
        if amounts[0].form != "spelled" and self._counted and self._counted[1] == begin:
            joined = self._text[begin] not in "、,和与及"
        if joined and self._counted is not None:
            begin = self._counted[0]  # 10个开发区工业增加值: what was counted is part of the name
            self._counted = None
        group = _Group(amounts, begin, end, before, starts, joined)
        for find in self._BY_WORDING:
            if (found := find(self, group)) is not None:
                return found
        group.named = self._named(group)
        for find in self._BY_NAME:
            if (found := find(self, group)) is not None:
                return found
        return [], begin, group.stop

    # --- told by the words around, whatever is named ---------------------------------------------

    def _spelled(self, group: _Group) -> _Found | None:
        """A count in numerals is of the noun behind it or of nothing."""
        if group.first.form != "spelled":
            return None
        return self._behind.spelled(group.first, group.begin, group.end)

    def _told_before(self, group: _Group) -> _Found | None:
        """上述2万亿元 sums up; what a census adds to an earlier year is no growth."""
        begin, place = group.begin, group.first.reach_start
        near = max(begin, place - 2)
        if _TOLD_BEFORE.search(self._text, near, place) or (
            _ADDED_BY.search(self._text, near, place)
            and _REVISED.search(self._text, max(0, begin - REACH), begin)
        ):
            return [], begin, group.stop
        return None

    def _over_plan(self, group: _Group) -> _Found | None:
        """By how much a plan was exceeded, but for points, is no figure of the subject."""
        place = group.first.reach_start
        if group.first.unit in POINTS:
            return None
        over = OVER_PLAN.search(self._text, max(group.begin, place - _PLAN_WORDS), place)
        return ([], group.begin, group.stop) if over else None

    def _spent(self, group: _Group) -> _Found | None:
        if group.first.unit not in RATES:
            return None
        spent = self._behind.spent(group.begin, group.amounts[-1])
        return ([spent], min(spent.start, group.first.reach_start), spent.end) if spent else None

    # --- told by a name before or behind ---------------------------------------------------------

    def _of_part_of_year(self, group: _Group) -> _Found | None:
        """No figure of a year, and of what is not said: 一季度增长5%."""
        if any(s.indicator is None and _PART_OF_YEAR.search(s.name) for s in group.named):
            return [], group.begin, group.stop
        return None

    def _funds(self, group: _Group) -> _Found | None:
        funds = self._behind.funds(group.named, group.amounts, group.end)
        return ([funds], self._start_of(group), funds.end) if funds else None

    def _steps(self, group: _Group) -> _Found | None:
        """财政收入连跨7个百亿元台阶 counts nothing, and what goes on is of what took them."""
        if not counts(group.first.unit) or not _STEPS.match(self._text, group.stop):
            return None
        self.last = self._named(group) or self.last
        return [], group.begin, group.stop

    def _won(self, group: _Group) -> _Found | None:
        if group.named or len(group.amounts) > 1 or not counts(group.first.unit):
            return None
        won = self._behind.won(group.stop)
        return ([won], group.first.start, won.end) if won else None

    def _counted_behind(self, group: _Group) -> _Found | None:
        """What is counted stands behind: 3座人行天桥; a share may too: 30%的企业."""
        is_count = counts(group.first.unit)
        if group.starts or len(group.amounts) > 1 or (group.named and not is_count):
            return None
        noun = following_name(self._text, group.stop, group.end)
        if noun is None:
            return None
        if _CAPACITY.search(self._text, group.begin, group.first.reach_start):
            return [], group.begin, noun[1]  # what a work is built for: 年产3000辆专用车项目
        if is_count and (each := self._behind.of_each(*noun)):
            self.last = [each]
            return [], group.begin, noun[1]
        if is_count:
            noun = self._behind.place_of(*noun)
        elif group.first.unit in RATES and self.last and self._text[noun[0] - 1] != "的":
            return None
        self._counted = noun if is_count else None
        return self._behind.named(noun), self._start_of(group), noun[1]

    def _sized(self, group: _Group) -> _Found | None:
        if self._behind.is_size(group.first, group.named, group.end):
            return [], group.begin, group.stop
        return None

    def _lasting(self, group: _Group) -> _Found | None:
        if group.first.unit not in _LENGTHS:
            return None
        if group.first.unit != "年" and any(each.indicator for each in group.named):
            self._aside = list(group.named)  # 增速连续3个季度保持全省前3位,全年增长3%
        lasting = self._behind.lasting(group.first, group.end)
        return ([lasting], group.first.start, lasting.end) if lasting else None

    def _resumed(self, group: _Group) -> _Found | None:
        """A bare 产量 takes up the indicators told before: 产量均居全国第二位."""
        named = group.named
        if len(named) != 1 or named[0].as_written not in _BARE:
            return None
        bare = named[0].as_written
        each = _EACH.search(self._text, named[0].end, group.first.start)
        spoken = self._recent if each else self.last
        again = [s for s in spoken if s.name.endswith(bare) and s.name != bare]
        return (again, again[0].start, group.stop) if again else None

    def _by_name(self, group: _Group) -> _Found | None:
        """What the words before name."""
        named = group.named
        if not named or (self.last and len(named) == 1 and named[0].as_written in _PER_HEAD):
            return None
        whole = [
            self._completion.completed(subject, group.stop, group.first.unit, self.last)
            for subject in named
        ]
        whole = [self._of_part(subject, group) for subject in whole]
        return whole, whole[0].start, group.stop

    def _of_part(self, subject: Subject, group: _Group) -> Subject:
        """Return a total as that of the area or firm that the sentence speaks of, if it does."""
        if subject.part and _AREA.search(subject.part):
            self._part = subject.part
        if subject.indicator is None or not subject.indicator.whole:
            return subject
        if _WHOLE_AREA.search(self._text, group.begin, subject.start):
            self._part = ""
        elif group.before and (
            owner := _FOUNDED.search(self._text, group.before.start, group.before.end)
        ):
            self._part = owner["what"]
        if not self._part:
            return subject
        return replace(subject, name=self._part + subject.as_written, indicator=None)

    def _by_clause_before(self, group: _Group) -> _Found | None:
        """What the clause before names, or begins with."""
        before, first = group.before, group.first
        if before is None:
            return None
        count = len(group.amounts)
        topic = self._names.subjects(before.start, before.end, count, first.unit)
        near = first.reach_start - group.begin < _NEAR
        if topic and (
            topic[0].indicator is not None
            or len(topic) == count > 1
            or (group.starts and near and len(topic[0].name) < _LONG)
        ):
            return topic, topic[0].start, group.stop
        share = self._share_of_opened(before, group)
        if share is not None:
            return [share], share.start, group.stop
        opened = self._opened(before, first)
        return ([opened], opened.start, group.stop) if opened else None

    def _share_of_opened(self, before: Clause, group: _Group) -> Subject | None:
        """Return the share of what the clause before begins with: 第三产业…,占…比重达到34%."""
        words = self._text[group.begin : group.first.reach_start]
        start, _ = trimmed(self._text, before.start, before.end)
        if group.first.unit != "%" or not _SHARES_OUTPUT.match(words):
            return None
        for stop in range(min(start + _NEAR, before.end), start + 1, -1):
            base = self._text[start:stop]
            if known := self._names.known(base + "占比"):
                return Subject(known.zh, known, base, start, stop)
        return None

    def _elided(self, group: _Group) -> _Found | None:
        """What was spoken of last."""
        if not self.reach(group.begin) or self._unfit(group.first):
            return None
        words = self._text[group.begin : group.first.reach_start]
        told = self._completion.elided(words, self.last, self._recent, len(group.amounts))
        return told, self.last[0].start, group.stop

    def _named(self, group: _Group) -> list[Subject]:
        """Return what the words before a group name; inside a bracket those within come first."""
        begin, end, unit = group.begin, group.first.reach_start, group.first.unit
        count = len(group.amounts)
        opened = self._text.rfind("(", begin, end)
        if opened >= 0 and self._text.find(")", opened, end) < 0:
            outside = self._names.subjects(begin, opened, count, unit)
            inside = self._names.subjects(opened + 1, end, count, unit)
            if inside and outside:
                self.last = outside  # 重点项目(总投资50亿元)
            return inside or outside
        named = self._names.subjects(begin, end, count, unit)
        if not group.joined or self._behind.place_of(begin, end) == (begin, end):
            return named
        return [
            replace(subject, name=self._text[begin : subject.end], indicator=None)
            if subject.indicator
            else subject
            for subject in named
        ]

    def _opened(self, before: Clause, amount: Amount) -> Subject | None:
        """Return what the clause before begins with: 粮食产量再上新台阶,突破1600亿斤."""
        start, _ = trimmed(self._text, before.start, before.end)
        if parts := _PARTS_FIRST.match(self._text, start, before.end):
            start = parts.end()
        for mention in self._names.between(start, before.end)[:1]:
            indicator = mention.candidates[0]
            fits = any(comparable(amount.unit, unit) for unit in indicator.units)
            if mention.span.start == start and len(mention.candidates) == 1 and fits:
                place = mention.span
                return Subject(indicator.zh, indicator, mention.matched, place.start, place.end)
        return None

    def _unfit(self, amount: Amount) -> bool:
        """Tell whether an amount cannot be of what was spoken of last: money, and of a rate."""
        if amount.form == "rank" or amount.unit in (*RATES, "", "年", "位"):
            return False
        return len(self.last) == 1 and _RATE.search(self.last[0].name) is not None

    def _start_of(self, group: _Group) -> int:
        """Return where the verb before a counted noun begins: 新建 of 新建3座人行天桥."""
        words = self._text[group.begin : group.first.reach_start]
        verb = re.search(r"[\u4e00-\u9fff]{0,6}$", words)
        return group.first.reach_start - len(verb[0]) if verb else group.first.reach_start

    # The ways in which a subject is told, tried in this order.
    _BY_WORDING: ClassVar[_Finders] = (
        _steps,
        _spelled,
        _told_before,
        _over_plan,
        _spent,
    )
    _BY_NAME: ClassVar[_Finders] = (
        _of_part_of_year,
        _funds,
        _won,
        _counted_behind,
        _sized,
        _lasting,
        _resumed,
        _by_name,
        _by_clause_before,
        _elided,
    )


_PLAN_WORDS = 24
_AREA = re.compile(r"(?:县域|[区园圈群带镇乡村]|兵团|走廊|城市|县\(市\)|[\d各][个]?[县市])$")
_WHOLE_AREA = re.compile(r"[全我本][市省区县州旗盟国]|各[市县]")
_FOUNDED = re.compile(
    r"(?:创建|建设|建成|成立|组建|设立|打造|推进)(?P<what>[^,。;]{2,20}?(?:园区?|公司|集团|基地|[发新示作][展区范]?区))$"
)
"""A clause that tells of an area or a firm, of which the next one goes on to speak."""

_LENGTHS = ("年", "个季度", "个月")
_PER_HEAD = ("人均", "人均水平", "人均值", "人均总量")
_RECENT = 12  # more subjects than any sentence goes on with at once
_PART_OF_YEAR = re.compile(
    r"第?[一二三四]季度$|^(?:第?[一二三四]季度|[上下]半年|前[一二三]季度|前?\d{1,2}个?月份?)"
)
_PARTS_FIRST = re.compile(r"(?:(?:第?[一二三四]季度|上半年|前[一二两三]季度)[、和]?)+")
_STEPS = re.compile(r"(?:[十百千万亿]+元?)?(?:级|新|大)?(?:台阶|关口|大关|门槛)")
_LONG = 18
_NEAR = 10  # characters that may say from when a change began
_RATE = re.compile(r"(?:率|比例|比重|占比)$")
_TOLD_BEFORE = re.compile(r"(?:上述|前述|[以如]上|这)$")
"""Before an amount it sums up what was told: 上述2万亿元."""
_REVISED = re.compile(r"经济普查[,，]|普查后|修订后")
_ADDED_BY = re.compile(r"[增减][加少]$")
"""What a census adds to an earlier year is no growth."""
_BARE = ("产量", "产值", "销量", "销售额", "营收", "税收", "利润")
_EACH = re.compile(r"[均都]|双双|分别")
_CAPACITY = re.compile(r"(?:年产|日产|年处理|日处理|年加工|年屠宰|年出栏)量?$")
_SHARES_OUTPUT = re.compile(
    r"[^\W\d_]{0,2}占(?:全[市省区县州]|地区|国内)*(?:生产总值|GDP)的?(?:比重|比例)"
)

"""What the amounts of a sentence are given of.

The subject stands before its amount, behind it, in the clause before, or is what was spoken of
last. Knows nothing of periods, kinds or places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.figures.amounts import Amount
from index.figures.clauses import Clause
from index.figures.names import Names, Subject
from index.figures.noun_phrases import following_name, trimmed
from index.lexicon.units import CLASSIFIERS, RATES, comparable
from index.types import Span


class Subjects:
    """The subjects of one sentence, found clause by clause; `last` are those spoken of last."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names
        self.last: list[Subject] = []
        self._recent: list[Subject] = []
        self._counted: tuple[int, int] | None = None

    def enter_clause(self) -> None:
        """Forget what was counted in the clause before."""
        self._counted = None

    def forget(self) -> None:
        """Forget everything: what follows a semicolon does not go on."""
        self.last, self._recent = [], []

    def spoke_of(self, subjects: Sequence[Subject]) -> None:
        """Remember subjects that figures were given of."""
        self.last = list(subjects)
        fresh = [subject for subject in subjects if subject not in self._recent]
        self._recent = [*self._recent, *fresh][-_RECENT:]

    def reach(self, place: int) -> bool:
        """Tell whether what was spoken of last is near enough for a figure to go on with it."""
        return bool(self.last) and place - self.last[0].start <= _REACH

    def of_group(
        self,
        group: Sequence[Amount],
        begin: int,
        end: int,
        before: Clause | None,
        *,
        starts: bool,
    ) -> tuple[list[Subject], int, int]:
        """Return what a group of amounts is of, and where the words begin and end that say so.

        Args:
            group: amounts that are said together.
            begin: where the words before it begin: the clause, or what follows the last group.
            end: where the words behind it end.
            before: the clause before, if it holds no amount and may name the subject.
            starts: whether the group is what something changed from.
        """
        first, last = group[0], group[-1]
        if first.form == "spelled":
            return self._spelled(first, begin, end)
        counts = _counts(first.unit)
        if self._counted and self._counted[1] == begin and self._text[begin] not in "、,和与及":
            begin = self._counted[0]  # 10个开发区工业增加值: what was counted is part of the name
            self._counted = None
        if _TOLD_BEFORE.search(self._text, begin, first.reach_start) or (
            _REVISED.search(self._text, 0, begin)
            and _ADDED_BY.search(self._text, begin, first.reach_start)
        ):
            return [], begin, last.reach_end
        if first.unit in RATES and (spent := self._spent(begin, last)):
            return [spent], min(spent.start, first.reach_start), spent.end
        named = self._names.subjects(begin, first.reach_start, len(group), first.unit)
        if any(s.indicator is None and _QUARTER.search(s.name) for s in named):
            return [], begin, last.reach_end  # no figure of a year, and of what is not said
        if funds := self._funds(named, group, end):
            return [funds], self._start_of(begin, first), funds.end
        if counts and not named and len(group) == 1 and (won := self._won(last.reach_end)):
            return [won], first.start, won.end
        if (counts or not named) and len(group) == 1 and not starts:
            behind = following_name(self._text, last.reach_end, end)
            if behind is not None and self._produces(begin, first):
                return [], begin, behind[1]
            shares = first.unit in RATES
            if counts and behind is not None and (each := self._of_each(*behind)):
                self.last = [each]
                return [], begin, behind[1]
            if behind is not None and (
                not shares or not self.last or self._text[behind[0] - 1] == "的"
            ):
                self._counted = behind if counts else None
                return self._behind(behind), self._start_of(begin, first), behind[1]
        if self._is_size(first, named, end):
            return [], begin, last.reach_end
        if first.unit in ("年", "个季度", "个月") and (lasting := self._lasting(first, end)):
            return [lasting], first.start, lasting.end
        if again := self._resumed(named, first.start):
            return again, again[0].start, last.reach_end
        if named:
            named = [self._completed(subject, last.reach_end, first.unit) for subject in named]
            return named, named[0].start, last.reach_end
        if before is not None:
            topic = self._names.subjects(before.start, before.end, len(group), first.unit)
            if topic and (
                topic[0].indicator is not None
                or len(topic) == len(group) > 1
                or (starts and first.reach_start - begin < _NEAR and len(topic[0].name) < _LONG)
            ):
                return topic, topic[0].start, last.reach_end
            if opened := self._opened(before, first):
                return [opened], opened.start, last.reach_end
        if self.reach(begin) and not self._unfit(first):
            return self._elided(begin, first, len(group)), self.last[0].start, last.reach_end
        return [], begin, last.reach_end

    def _is_size(self, amount: Amount, named: Sequence[Subject], end: int) -> bool:
        """Tell whether an amount is the size of a named work: 某公司20万吨铝合金棒项目."""
        if _SIZES.search(amount.unit) is None or "标准煤" in amount.unit:
            return False
        if not named or named[-1].indicator is not None:
            return False
        return following_name(self._text, amount.reach_end, end) is not None

    def _produces(self, begin: int, amount: Amount) -> bool:
        """Tell whether an amount is what a work is built for: 年产3000辆专用车项目."""
        return _CAPACITY.search(self._text, begin, amount.reach_start) is not None

    def _behind(self, place: tuple[int, int]) -> list[Subject]:
        """Return what a count's noun names, with what it has become where it is a mere 企业."""
        words = self._text[place[0] : place[1]]
        if _INHABITANTS.search(words):
            return [Subject("人口", None, words, *place)]
        became = _BECAME.match(self._text, place[1]) or _PRIZE.match(self._text, place[1])
        if _GENERIC.fullmatch(words) and became:
            subject = self._names.at(*became.span("what"))
            known, title = subject.indicator, became["what"]
            for cut in range(len(title)):
                known = known or self._names.known(title[cut:] + words)
            return [replace(subject, name=known.zh if known else subject.name, indicator=known)]
        return [self._names.at(*place)]

    def _of_each(self, start: int, end: int) -> Subject | None:
        """Return what every counted place has: 13个设区市地区生产总值都有所增加."""
        found = _PLACES.match(self._text, start, end)
        mentions = self._names.between(found.end(), end) if found else []
        if found is None or len(mentions) != 1 or len(mentions[0].candidates) > 1:
            return None
        place = mentions[0].span
        if place.start != found.end() or not _EVERY.match(self._text, place.end):
            return None
        indicator = mentions[0].candidates[0]
        return Subject(indicator.zh, indicator, mentions[0].matched, place.start, place.end)

    def _opened(self, before: Clause, amount: Amount) -> Subject | None:
        """Return what the clause before begins with: 粮食产量再上新台阶,突破1600亿斤."""
        start, _ = trimmed(self._text, before.start, before.end)
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

    def _won(self, place: int) -> Subject | None:
        """Return what those counted have become or won: 12人入选国家人才计划."""
        found = _BECAME.match(self._text, place) or _PRIZE.match(self._text, place)
        return self._names.at(*found.span("what")) if found else None

    def _spent(self, begin: int, amount: Amount) -> Subject | None:
        """Return the share of spending that goes to something: 八成的财政支出用于民生."""
        found = _SPENT.match(self._text, amount.reach_end)
        known = self._names.known(found["what"] + "支出占比") if found else None
        if found is None or known is None:
            return None
        whole = _SPENDING.search(self._text, begin, amount.reach_start)
        start = whole.start() if whole else amount.reach_end
        stop = amount.reach_start if whole else found.end()
        written = self._text[start:stop].removesuffix("的")
        return Subject(known.zh, known, written, start, found.end())

    def _funds(self, named: Sequence[Subject], group: Sequence[Amount], end: int) -> Subject | None:
        """Return the money that a giver gives, named behind it: 中央安排30亿元国债资金."""
        if len(named) != 1 or len(group) != 1 or named[0].indicator or not _is_money(group[0].unit):
            return None
        found = _FUNDS.match(self._text, group[0].reach_end, end)
        if found is None or not _GIVER.search(named[0].as_written):
            return None
        return self._names.at(*found.span("what"))

    def _resumed(self, named: Sequence[Subject], end: int) -> list[Subject]:
        """Return the indicators that a bare 产量 takes up again: 产量均居全国第二位."""
        if len(named) != 1 or named[0].as_written not in _BARE:
            return []
        bare = named[0].as_written
        if _EACH.search(self._text, named[0].end, end):
            return [s for s in self._recent if s.name.endswith(bare) and s.name != bare]
        return [s for s in self.last if s.name.endswith(bare) and s.name != bare]

    def _lasting(self, amount: Amount, end: int) -> Subject | None:
        """Return what lasted or came about again and again: 连续三年跻身百强."""
        before = self._text[max(0, amount.start - 2) : amount.start]
        if before == "连续":
            found = _AGAIN.match(self._text, amount.end, end)
            if found is None:
                return None
            words = "连续" + found[0]
            return Subject(words, None, words, amount.start - 2, found.end())
        found = _LASTED.match(self._text, amount.end, end)
        if found is None:
            return None
        return Subject(found["what"], None, found["what"], found.start("what"), found.end("what"))

    def _start_of(self, begin: int, amount: Amount) -> int:
        """Return where the verb before a counted noun begins: 新建 of 新建3座人行天桥."""
        words = self._text[begin : amount.reach_start]
        verb = re.search(r"[\u4e00-\u9fff]{0,6}$", words)
        return amount.reach_start - len(verb[0]) if verb else amount.reach_start

    def _spelled(self, amount: Amount, begin: int, end: int) -> tuple[list[Subject], int, int]:
        behind = following_name(self._text, amount.end, end)
        if behind is None:
            return [], begin, amount.end
        words = self._text[behind[0] : behind[1]]
        subject = self._names.at(*behind)
        if words.startswith("方面"):
            return [self._areas(subject, begin)], amount.start, behind[1]
        if _SPELLED_THING.match(words) or subject.indicator is not None:
            return [subject], amount.start, behind[1]
        return [], begin, amount.end

    def _areas(self, subject: Subject, begin: int) -> Subject:
        """Return what a number of 方面 counts: parts of the work to do, or of a look back."""
        before = self._text[begin : subject.start]
        if _LOOKS_BACK.search(before) or _LOOKS_BACK.match(self._text, subject.end):
            return replace(subject, name="工作回顾方面数")
        if _WORK.search(before) and _WORK_BEHIND.match(self._text, subject.start):
            known = self._names.known("重点工作方面数")
            return replace(subject, name=known.zh if known else subject.name, indicator=known)
        return subject

    def _completed(self, subject: Subject, end: int, unit: str) -> Subject:
        """Give 投资, 总投资 and the like the noun they were said of: 项目 … 完成投资."""
        if subject.as_written in ("产量", "年产量") and unit.endswith("辆"):
            known = None if _OTHER_VEHICLES.search(self._text) else self._names.known("汽车产量")
            return replace(subject, name=known.zh, indicator=known) if known else subject
        is_total = "总" in (subject.as_written[0], self._text[subject.start - 1 : subject.start])
        if is_total and self.last:
            whole, end_of = self.last[0].as_written, subject.as_written.removeprefix("总")
            for cut in range(len(whole) - 1):
                for stop in range(min(len(whole), cut + 6), cut + 1, -1):
                    known = self._names.known(whole[cut:stop] + end_of)
                    if known is not None and known != subject.indicator:
                        return replace(subject, name=known.zh, indicator=known)
        if subject.as_written not in _PARTS_OF or not _is_money(unit):
            return subject
        bases = [self.last[0].as_written] if self.last else []
        bases += [m.matched for m in self._names.between(end, len(self._text))][:1]
        for base in bases:
            for cut in range(len(base)):
                if known := self._names.known(base[cut:] + subject.as_written.removeprefix("总")):
                    return replace(subject, name=known.zh, indicator=known)
        name = bases[0] + subject.as_written if self.last else subject.as_written
        return replace(subject, name=name, indicator=None)

    def _elided(self, begin: int, amount: Amount, count: int) -> list[Subject]:
        """Return what was spoken of last, its total or share where the clause says so."""
        words = self._text[begin : amount.reach_start]
        found = _SUMS.search(words)
        if found is None and self.last and _FLOW.match(self.last[0].name):
            found = _REACHES.match(words)
        if found is None:
            if (
                len(self.last) == 1
                and ("分别" in words or "均" in words)
                and count + len(self._recent) > 2
            ):
                return self._recent[-max(2, count) :]
            return self.last
        subjects = []
        for subject in self.last:
            base = _FLOW.sub("", subject.name)
            indicator = None
            for end in (found[0], "总量", "", "数"):
                indicator = self._names.known(base + end)
                if indicator:
                    break
            if found[0] in ("占比", "比重", "占"):
                indicator, base = self._names.known(base + "占比"), base + "占比"
            elif indicator is None and base == subject.name:
                indicator = subject.indicator
            elif indicator is None and base != subject.name and found.re is _SUMS:
                base += found[0]
            subjects.append(
                replace(subject, name=indicator.zh if indicator else base, indicator=indicator)
            )
        return subjects

    def of_wording(self, start: int, place: Span) -> list[Subject]:
        """Return every indicator of a coordination that words in place of a value are said of.

        Args:
            start: where the words before them begin.
            place: the words.
        """
        coordinated: list[Subject] = []
        begin = start
        for cut in [*_COORDINATES.finditer(self._text, start, place.start), None]:
            end = cut.start() if cut else place.start
            coordinated += [s for s in self._names.subjects(begin, end, 1, "") if s.indicator]
            begin = cut.end() if cut else end
        if coordinated:
            return coordinated
        subjects = self._names.subjects(start, place.start, 1, "")
        if any(_INDICATES.search(subject.name) for subject in subjects):
            return subjects
        inside = self._names.between(place.start, place.end)
        if inside and not subjects and _FULFILS.match(self._text, place.start):
            return self._names.subjects(inside[0].span.start, inside[-1].span.end, len(inside), "")
        return []


_REACH = 240  # characters; farther back a reader would not look for the subject
_RECENT = 12  # more subjects than any sentence goes on with at once
_INHABITANTS = re.compile(r"(?:儿女|各族人民|父老乡亲|干部群众|人民|百姓)$")
_GENERIC = re.compile(
    r"(?:民营|国有|民)?企(?:业)?|学校|单位|园区|项目|县|[个]?县\(?市、?区?\)?|医院|村|高校|街区|机构|[^\W\d_]{0,2}成果|作品|产品|博物馆|景区"
)
_BECAME = re.compile(
    r"(?:成为|入选|入围|获评|跻身|进入|获批|被评为|被认定为|晋升为?|晋级|被命名为)(?P<what>[^,。;:!]{2,24})"
)
_PRIZE = re.compile(
    r"(?:荣获|获得?)(?P<what>[^,。;:!\d]{2,20}?(?:奖励?|称号|金牌))(?=[^\W\d_]{0,4}(?:[,。;]|$))"
)
_QUARTER = re.compile(r"第?[一二三四]季度$")
_PLACES = re.compile(
    r"设区的?市|地级市|市州|州市|市地|[市县区州盟旗]|县市区?|县\(市、?区\)|市县区?"
)
_EVERY = re.compile(r"全?[都均]")
_LONG = 18
_NEAR = 10  # characters that may say from when a change began
_RATE = re.compile(r"(?:率|比例|比重|占比)$")
_TOLD_BEFORE = re.compile(r"(?:上述|前述|[以如]上|这)$")
"""Before an amount it sums up what was told: 上述2万亿元."""

_REVISED = re.compile(r"经济普查[,，]|普查后|修订后")
_ADDED_BY = re.compile(r"[增减][加少]$")
"""What a census adds to an earlier year is no growth."""

_SPENDING = re.compile(r"(?:[^\W\d_]{0,8}支出|财力)的?$")
_SPENT = re.compile(
    r"的?(?:[^,。;\d]{0,10}?(?:支出|财力|资金))?[都均]?(?:用于|投[入向])了?到?(?:保障[和与]改善|保障|改善)?"
    r"(?P<what>[^\W\d_]{2}?)(?=[,。;、]|领域|事业|$)"
)
_FUNDS = re.compile(
    r"(?P<what>[^\W\d_]{0,10}?(?:资金|补贴|补助|债券|国债|消费券|基金|奖励金?|贷款))(?=[,。;、]|支持|用于|推动|帮助|扶持|$)"
)
_GIVER = re.compile(r"中央|财政|国家|政府|全[省市区县国]|我[省市区县]|省级?|市级?|银行|金融机构")
_BARE = ("产量", "产值", "销量", "销售额", "营收", "税收", "利润")
_EACH = re.compile(r"[均都]|双双|分别")
_LOOKS_BACK = re.compile(r"回顾|总结")
_WORK = re.compile(r"[做抓办干][好实细牢]|重点|突出|聚焦|推进|着力")
_WORK_BEHIND = re.compile(r"方面的?[^\W\d_]{0,4}(?:工作|任务)")
_OTHER_VEHICLES = re.compile(r"自行车|摩托|电动车|[动机列挂叉拖]车")
_AGAIN = re.compile(r"[^,。;:!]{2,24}")
_LASTED = re.compile(r"(?:[^,。;:!的]{0,8}的)(?P<what>[^,。;:!中的]{2,12})")
_SIZES = re.compile(r"吨|千瓦|兆瓦|立方米|(?<!平)(?<!平方)米$|GW|MW")
_CAPACITY = re.compile(r"(?:年产|日产|年处理|日处理|年加工|年屠宰|年出栏)量?$")


_SPELLED_THING = re.compile(r"方面|部分|实事|民生|惠民|为民")
_COORDINATES = re.compile(r"、|和|以?及|与")
_FULFILS = re.compile(r"(?:确保|全面|坚决)?(?:完成|达到)")
_INDICATES = re.compile(
    r"指标|增速|增幅|总量|比重|收入|支出|水平|(?<!高)质量|排放|能耗|收支|水质|断面|贫困"
)
_PARTS_OF = ("投资", "总投资", "投资额", "总投资额", "完成投资")


def _is_money(unit: str) -> bool:
    return unit.endswith("元")


_SUMS = re.compile(r"总量|总数|总额|总规模|累计|占比|比重|占")
_REACHES = re.compile(r",?(?:累计)?(?:达到?|增至|增加到|增长到)")
_FLOW = re.compile(r"^(?:新增|净增|新登记|新设立|新设|新培育|新认定|新建|新开通)")


def _counts(unit: str) -> bool:
    """Tell whether a unit counts things, so that the thing may stand behind it."""
    return unit.lstrip("十百千万亿") in CLASSIFIERS

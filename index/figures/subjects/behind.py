"""What stands behind an amount and says what it is of: 3座人行天桥, 12人入选国家人才计划.

Knows the words behind an amount and the names of the lexicon; what was spoken of before, and which
way of naming goes first, is for `subjects`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.figures.amounts.written import Amount
from index.figures.subjects.names import Names
from index.figures.subjects.noun_phrases import following_name
from index.figures.subjects.subject import Subject
from index.lexicon.units import CLASSIFIERS


@dataclass(frozen=True, slots=True)
class Behind:
    """Reads what stands behind the amounts of one sentence."""

    text: str
    names: Names

    def named(self, place: tuple[int, int]) -> list[Subject]:
        """Return what a count's noun names, with what it has become where it is a mere 企业."""
        words = self.text[place[0] : place[1]]
        if _INHABITANTS.search(words):
            return [Subject("人口", None, words, *place)]
        became = _BECAME.match(self.text, place[1]) or _PRIZE.match(self.text, place[1])
        if _GENERIC.fullmatch(words) and became:
            subject = self.names.at(*became.span("what"))
            known, title = subject.indicator, became["what"]
            for cut in range(len(title)):
                known = known or self.names.known(title[cut:] + words)
            return [replace(subject, name=known.zh if known else subject.name, indicator=known)]
        return [self.names.at(*place)]

    def place_of(self, start: int, end: int) -> tuple[int, int]:
        """Return where counted places alone are named: the 县 of 57个县地区生产总值增速."""
        found = _PLACES.match(self.text, start, end)
        if found is None:
            return start, end
        for mention in self.names.between(found.end(), end)[:1]:
            units = mention.candidates[0].units
            if mention.span.start == found.end() and units and not counts(units[0]):
                return start, found.end()
        return start, end

    def of_each(self, start: int, end: int) -> Subject | None:
        """Return what every counted place has: 13个设区市地区生产总值都有所增加."""
        found = _PLACES.match(self.text, start, end)
        mentions = self.names.between(found.end(), end) if found else []
        if found is None or len(mentions) != 1 or len(mentions[0].candidates) > 1:
            return None
        place = mentions[0].span
        if place.start != found.end() or not _EVERY.match(self.text, place.end):
            return None
        indicator = mentions[0].candidates[0]
        return Subject(indicator.zh, indicator, mentions[0].matched, place.start, place.end)

    def won(self, place: int) -> Subject | None:
        """Return what those counted have become or won: 12人入选国家人才计划."""
        found = _BECAME.match(self.text, place) or _PRIZE.match(self.text, place)
        return self.names.at(*found.span("what")) if found else None

    def spent(self, begin: int, amount: Amount) -> Subject | None:
        """Return the share of spending that goes to something: 八成的财政支出用于民生."""
        found = _SPENT.match(self.text, amount.reach_end)
        known = self.names.known(found["what"] + "支出占比") if found else None
        if found is None or known is None:
            return None
        whole = _SPENDING.search(self.text, begin, amount.reach_start)
        start = whole.start() if whole else amount.reach_end
        stop = amount.reach_start if whole else found.end()
        written = self.text[start:stop].removesuffix("的")
        return Subject(known.zh, known, written, start, found.end())

    def funds(self, named: Sequence[Subject], group: Sequence[Amount], end: int) -> Subject | None:
        """Return the money that a giver gives, named behind it: 中央安排30亿元国债资金."""
        if len(named) != 1 or len(group) != 1 or named[0].indicator or not is_money(group[0].unit):
            return None
        found = _FUNDS.match(self.text, group[0].reach_end, end)
        if found is None or not _GIVER.search(named[0].as_written):
            return None
        return self.names.at(*found.span("what"))

    def lasting(self, amount: Amount, end: int) -> Subject | None:
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

    def spelled(self, amount: Amount, begin: int, end: int) -> tuple[list[Subject], int, int]:
        """Return what a count in numerals is of, if it is one, and where that begins and ends."""
        behind = following_name(self.text, amount.end, end)
        if behind is None:
            return [], begin, amount.end
        words = self.text[behind[0] : behind[1]]
        subject = self.names.at(*behind)
        if words.startswith("方面"):
            return [self._areas(subject, begin)], amount.start, behind[1]
        if _SPELLED_THING.match(words) or subject.indicator is not None:
            return [subject], amount.start, behind[1]
        return [], begin, amount.end

    def _areas(self, subject: Subject, begin: int) -> Subject:
        """Return what a number of 方面 counts: parts of the work to do, or of a look back."""
        before = self.text[begin : subject.start]
        if _LOOKS_BACK.search(before) or _LOOKS_BACK.match(self.text, subject.end):
            return replace(subject, name="工作回顾方面数")
        if _WORK.search(before) and _WORK_BEHIND.match(self.text, subject.start):
            known = self.names.known("重点工作方面数")
            return replace(subject, name=known.zh if known else subject.name, indicator=known)
        return subject

    def is_size(self, amount: Amount, named: Sequence[Subject], end: int) -> bool:
        """Tell whether an amount is the size of a named work: 某公司20万吨铝合金棒项目."""
        if _SIZES.search(amount.unit) is None or "标准煤" in amount.unit:
            return False
        if not named or named[-1].indicator is not None:
            return False
        return following_name(self.text, amount.reach_end, end) is not None


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
_PLACES = re.compile(
    r"设区的?市|地级市|市州|州市|市地|[市县区州盟旗]|县市区?|县\(市、?区\)|市县区?"
)
_EVERY = re.compile(r"全?[都均]")
_SPENDING = re.compile(r"(?:[^\W\d_]{0,8}支出|财力)的?$")
_SPENT = re.compile(
    r"的?(?:[^,。;\d]{0,10}?(?:支出|财力|资金))?[都均]?(?:用于|投[入向])了?到?(?:保障[和与]改善|保障|改善)?"
    r"(?P<what>[^\W\d_]{2}?)(?=[,。;、]|领域|事业|$)"
)
_FUNDS = re.compile(
    r"(?P<what>[^\W\d_]{0,10}?(?:资金|补贴|补助|债券|国债|消费券|基金|奖励金?|贷款))(?=[,。;、]|支持|用于|推动|帮助|扶持|$)"
)
_GIVER = re.compile(r"中央|财政|国家|政府|全[省市区县国]|我[省市区县]|省级?|市级?|银行|金融机构")
_LOOKS_BACK = re.compile(r"回顾|总结")
_WORK = re.compile(r"[做抓办干][好实细牢]|重点|突出|聚焦|推进|着力")
_WORK_BEHIND = re.compile(r"方面的?[^\W\d_]{0,4}(?:工作|任务)")
_AGAIN = re.compile(r"[^,。;:!]{2,24}")
_LASTED = re.compile(r"(?:[^,。;:!的]{0,8}的)(?P<what>[^,。;:!中的]{2,12})")
_SIZES = re.compile(r"吨|千瓦|兆瓦|立方米|(?<!平)(?<!平方)米$|GW|MW")
_SPELLED_THING = re.compile(r"方面|部分|实事|民生|惠民|为民")


def is_money(unit: str) -> bool:
    """Tell whether a unit is one of money."""
    return unit.endswith("元")


def counts(unit: str) -> bool:
    """Tell whether a unit counts things, so that the thing may stand behind it."""
    return unit.lstrip("十百千万亿") in CLASSIFIERS

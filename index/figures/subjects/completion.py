"""Subjects that a sentence tells by half, made whole: a bare 总投资, 人均, what goes on unsaid.

Completes a subject from what was spoken of before it in the sentence. Knows nothing of where a
subject is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.figures.subjects.behind import is_money
from index.figures.subjects.names import Names
from index.figures.subjects.subject import Subject

REACH = 240  # characters; farther back a reader would not look for the subject


_OUTPUT = ("产量", "总产量", "总产", "年产量", "年总产量")
_CROP = re.compile(
    r"粮食|夏粮|秋粮|棉花|油料|蔬菜|水果|肉类|水产品|小麦|玉米|水稻|茶叶|蔗糖|原煤|煤炭"
)


@dataclass(frozen=True, slots=True)
class Completion:
    """Completes subjects of one sentence; `last` below are those spoken of last."""

    text: str
    names: Names

    def completed(self, subject: Subject, end: int, unit: str, last: Sequence[Subject]) -> Subject:
        """Give 投资, 总投资 and the like the noun they were said of: 项目 … 完成投资."""
        if subject.as_written in ("产量", "年产量") and unit.endswith("辆"):
            known = None if _OTHER_VEHICLES.search(self.text) else self.names.known("汽车产量")
            return replace(subject, name=known.zh, indicator=known) if known else subject
        if subject.as_written in _OUTPUT and subject.indicator is None:
            return self._output(subject)
        if unit in POINTS and (share := self._share(subject, end)):
            return share
        if subject.as_written == "收入" and is_money(unit):
            return self._income(subject, last)
        if subject.as_written == "支出" and subject.indicator is None:
            return self._spending(subject, last)
        is_total = "总" in (subject.as_written[0], self.text[subject.start - 1 : subject.start])
        if is_total and last:
            whole, end_of = last[0].as_written, subject.as_written.removeprefix("总")
            for cut in range(len(whole) - 1):
                for stop in range(min(len(whole), cut + 6), cut + 1, -1):
                    known = self.names.known(whole[cut:stop] + end_of)
                    if known is not None and known != subject.indicator:
                        return replace(subject, name=known.zh, indicator=known)
        if subject.as_written not in _PARTS_OF or not is_money(unit):
            return subject
        if last and last[0].indicator and last[0].name.endswith("投资"):
            return replace(subject, name=last[0].name, indicator=last[0].indicator)
        bases = [last[0].as_written] if last else []
        bases += [m.matched for m in self.names.between(end, end + REACH)][:1]
        for base in bases:
            for cut in range(len(base)):
                if known := self.names.known(base[cut:] + subject.as_written.removeprefix("总")):
                    return replace(subject, name=known.zh, indicator=known)
        spoken = last[0].indicator if last else None
        of_total = (
            spoken is not None and spoken.whole
        )  # 地区生产总值年均增长6%,累计完成投资1000亿元
        name = bases[0] + subject.as_written if last and not of_total else subject.as_written
        return replace(subject, name=name, indicator=None)

    def _output(self, subject: Subject) -> Subject:
        """Return of what a bare output is: 粮食生产获得大丰收,总产量807.84亿斤."""
        before = self.text[max(0, subject.start - REACH) : subject.start]
        crops = _CROP.findall(before[before.rfind("。") + 1 :])
        known = self.names.known(crops[-1] + "产量") if crops else None
        return replace(subject, name=known.zh, indicator=known) if known else subject

    def _share(self, subject: Subject, end: int) -> Subject | None:
        """Return the share whose points are told: 二产比重下降11.4个百分点,一产上升3个百分点."""
        known = subject.indicator
        if known is None or not is_money(known.units[0] if known.units else ""):
            return None
        near = max(0, subject.start - REACH)
        clause = max(self.text.rfind(mark, near, subject.start) for mark in ",;")
        if _OWN_RATE.search(self.text, max(clause, near), end) or not _SHARES.search(
            self.text, near, end
        ):
            return None
        base = known.zh.removesuffix("增加值")
        share = self.names.known(known.zh + "占比") or self.names.known(base + "占比")
        return replace(subject, name=share.zh if share else base + "占比", indicator=share)

    def _income(self, subject: Subject, last: Sequence[Subject]) -> Subject:
        """Return whose a bare 收入 is: the tourists', the budget's, or of what was spoken of."""
        before = self.text[max(0, subject.start - REACH) : subject.start]
        names = " ".join(spoken.name for spoken in last)
        name = "收入"
        if _TOURISM.search(names) or (not last and _TOURISM.search(before)):
            name = "旅游总收入"
        elif any(spoken.indicator and spoken.indicator.group == "budget" for spoken in last):
            name = "财政收入"
        known = self.names.known(name) if name != "收入" else None
        return replace(subject, name=known.zh if known else name, indicator=known)

    def _spending(self, subject: Subject, last: Sequence[Subject]) -> Subject:
        """Return what a bare 支出 is spent on: 医疗卫生增幅最高,支出6亿元; else the budget's."""
        near, before = max(0, subject.start - REACH), max(0, subject.start - 1)
        begin = max(self.text.rfind(mark, near, before) for mark in ",;") + 1
        words = self.text[begin : max(begin, before)]
        for cut in range(min(len(words), _LONG), 1, -1):
            if known := self.names.known(words[:cut] + subject.as_written):
                return replace(subject, name=known.zh, indicator=known)
        if found := _SPENT_MOST.match(words):
            name = found["what"] + subject.as_written
            known = self.names.known(name)
            return replace(subject, name=known.zh if known else name, indicator=known)
        if any(spoken.indicator and spoken.indicator.group == "budget" for spoken in last):
            known = self.names.known("财政支出")
            return replace(subject, name=known.zh, indicator=known) if known else subject
        return subject

    def per_head(self, last: Sequence[Subject]) -> list[Subject]:
        """Return what was spoken of last, per head: 地区生产总值突破800亿元,人均达到5.62万元."""
        found = []
        for subject in last:
            known = self.names.known("人均" + subject.name)
            units = subject.indicator.units if subject.indicator else ()
            total = units[:1] in _TOTALS or _IS_TOTAL.search(subject.name)
            if _IS_PER_HEAD.search(subject.name) or not (known or total):
                found.append(subject)
                continue
            name = known.zh if known else "人均" + subject.name
            found.append(replace(subject, name=name, indicator=known))
        return found

    def elided(
        self, words: str, last: Sequence[Subject], recent: Sequence[Subject], count: int
    ) -> list[Subject]:
        """Return what was spoken of last, its total or share where the clause says so."""
        if "人均" in words:
            return self.per_head(last)
        if _ARRIVED.search(words) and last and "到位" not in last[0].name:
            known = self.names.known("到位资金")
            name = known.zh if known else "到位资金"
            return [replace(last[0], name=name, indicator=known)]
        found = _SUMS.search(words)
        if found is None and last and _FLOW.match(last[0].name):
            found = _REACHES.match(words)
        if found is None:
            if len(last) == 1 and _ALL.search(words) and count + len(recent) > 2:
                return list(recent[-max(2, count) :])
            return list(last)
        subjects = []
        for subject in last:
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


_ARRIVED = re.compile(r"已?(?:实际)?到位(?:资金)?$")
"""协议投资总额5200亿元,已到位1100亿元: what has come of it is another thing."""
_ALL = re.compile(r"分别|(?<![年月日人平])均")
_TOURISM = re.compile(r"旅游|游客")
_SPENT_MOST = re.compile(r"(?P<what>[^\W\d_]{2,8}?)(?:增幅|增速|增长|数额|规模|占比)")
_IS_TOTAL = re.compile(r"(?:总产?值|总收入|总量|增加值)$")
_TOTALS = (("亿元",), ("万亿元",), ("亿美元",))
_IS_PER_HEAD = re.compile(r"人均|平均每人|每人")
_LONG = 18
_OTHER_VEHICLES = re.compile(r"自行车|摩托|电动车|[动机列挂叉拖]车")
_OWN_RATE = re.compile(r"增[速长幅]|涨幅|[高低快慢]于|目标|任务|比(?:上年|去年|全[国省])")
_SHARES = re.compile(r"比重|占比|份额|产业结构")
_PARTS_OF = ("投资总额", "投资", "总投资", "投资额", "总投资额", "完成投资")
_SUMS = re.compile(r"总量|总数|总额|总规模|累计|占比|比重|占")
_REACHES = re.compile(r",?(?:累计)?(?:达到?|增至|增加到|增长到)")
_FLOW = re.compile(r"^(?:新增|净增|新登记|新设立|新设|新培育|新认定|新建|新开通)")
POINTS = ("个百分点", "百分点")

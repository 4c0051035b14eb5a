"""The names in a clause that figures are given of.

A name is an indicator of the lexicon or a noun of the report's own; coordination is written out
(刑事、治安案件发案率). Knows nothing of amounts, periods or places.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from index.figures.subjects.circumstances import named_part
from index.figures.subjects.noun_phrases import WORDS, is_name, own_name, trimmed
from index.figures.subjects.subject import Subject
from index.lexicon.indicators import Indicator, IndicatorMention, Lexicon
from index.types import Span

_NARROWS = re.compile(f"(?:{WORDS['narrows']})$")
_JOINS = re.compile(r"\s?(?:、|和|与|及|以及)\s?(?:规模以上|规上|全社会|地方|外贸|全体|年末)?")
_SPLIT = re.compile(r"、|(?<!共)和(?!谐|平)|与(?!会)|以及|(?<![以普涉危波])及(?![其格时早])")
_PAUSE = re.compile("、")
_OF_ANYONE = "产值"  # a firm's or a park's as well as all industry's
_HARMLESS = re.compile(
    r"(?>预期目标|预期|目标|任务|余额|M2|数量|数值|总量|总额|总值|总数|规模|人数|水平|指数|指标|面积|情况|调控|涨幅|约束性|[数额量值总率等的])*+"
)


class Names:
    """Reads names with a lexicon: for one sentence, with its mentions.

    `mentions` are those of the whole sentence, left to right. `is_place` returns something true
    for the name of a place: its figures are a place's, and not those of a part.
    """

    def __init__(
        self, text: str, lexicon: Lexicon, is_place: Callable[[str], object] = lambda _: None
    ) -> None:
        self._text = text
        self._lexicon = lexicon
        self._is_place = is_place
        self._known: dict[str, Indicator | None] = {}

    @cached_property
    def mentions(self) -> list[IndicatorMention]:
        """The indicators that the sentence mentions."""
        found: list[IndicatorMention] = []
        for mention in self._lexicon.mentions(self._text, narrowed=True):
            if mention.matched.endswith("比") and _COMPARED.match(self._text, mention.span.end):
                # 收入比2010年: the word compares and is no part of the name 收入比.
                start = mention.span.start
                for inner in self._lexicon.mentions(mention.matched[:-1], narrowed=True):
                    place = Span(start + inner.span.start, start + inner.span.end)
                    found.append(replace(inner, span=place))
            else:
                found.append(mention)
        return found

    def between(self, start: int, end: int) -> list[IndicatorMention]:
        """Return the mentions that stand inside a stretch of the sentence."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [m for m in self.mentions[first:last] if m.span.end <= end]

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.span.start for mention in self.mentions]

    def known(self, name: str) -> Indicator | None:
        """Return the one indicator that a name, all of it, stands for."""
        if name not in self._known:
            self._known[name] = self._lexicon.named(name)
        return self._known[name]

    def subjects(self, start: int, end: int, count: int, unit: str) -> list[Subject]:
        """Return what the stretch before amounts names, `count` of them if it coordinates so many.

        Empty where it names nothing: the amounts then go on with what was named before.
        """
        start, end = named_part(self._text, start, end, unit)
        if (share := self._share(start, end)) is not None:
            return self._shares(share, start, end, count)
        mentions = self.between(start, end)
        if mentions and self._is_head(mentions[-1], end):
            found = self._mentioned(mentions, start, count, unit)
            if len(found) < count and (listed := self._listed(start, end, count)):
                return listed
            if found:
                return self._of_town_and_country(found, count)
        if count > 1 and (listed := self._listed(start, end, count)):
            return listed
        place = own_name(self._text, start, end)
        if place is None:
            return []
        return self._of_town_and_country(self._own(place, count), count)

    def _listed(self, start: int, end: int, count: int) -> list[Subject]:
        """Return as many names as there are amounts, if the stretch lists just so many."""
        start, end = trimmed(self._text, start, end)
        # 金融业、软件和信息服务业: where there are too many parts, an 和 is one name's own.
        for split in (_SPLIT, _PAUSE):
            parts = split.split(self._text[start:end])
            if len(parts) == count and all(map(is_name, parts)):
                return self._parted(start, parts)
        return []

    def _shares(self, share: Subject, start: int, end: int, count: int) -> list[Subject]:
        """Return as many shares as there are amounts: A、B占…比重, or A占…比重、B占…比重."""
        listed = self._listed(start, end, count) if count > 1 else []
        if listed and all(_SHARE_OF.search(each.as_written) for each in listed):
            return listed
        parts = _SPLIT.split(share.name.removesuffix("占比"))
        if share.indicator or len(parts) != count or not all(map(is_name, parts)):
            return [share]
        shares = []
        for part in self._parted(share.start, parts):
            known = self.known(part.name + "占比")
            name = known.zh if known else part.name + "占比"
            shares.append(replace(part, name=name, indicator=known))
        return shares

    def _of_town_and_country(self, found: list[Subject], count: int) -> list[Subject]:
        """Part what 城乡 joins where two values are given of it: the urban one comes first."""
        if count != 2 or len(found) != 1 or "城乡" not in found[0].as_written:
            return found
        parted = []
        for side in ("城市", "农村"):
            words = found[0].as_written.replace("城乡", side)
            known = self.known(words) or self.known(words.replace("城市", "城镇"))
            parted.append(replace(found[0], name=known.zh if known else words, indicator=known))
        return parted

    def at(self, start: int, end: int) -> Subject:
        """Return the subject that a stretch names, all of it."""
        words = self._text[start:end]
        indicator = self.known("经济增长" if words == "经济" else words)
        if indicator is None:
            inside = [m for m in self.between(start, end) if m.span.end == end]
            if inside and len(inside[-1].candidates) == 1:
                prefix = self._text[start : inside[-1].span.start]
                if not _NARROWS.search(prefix) and not is_name(prefix):
                    indicator = inside[-1].candidates[0]
        return Subject(indicator.zh if indicator else _tidy(words), indicator, words, start, end)

    def _share(self, start: int, end: int) -> Subject | None:
        """Return what is said to have a share of something else: 服务业在生产总值中的比重."""
        found = _SHARE_OF.search(self._text, start, end)
        if found is None or any(
            m.span.start <= found.start() and found.end() <= m.span.end
            for m in self.between(start, found.end())
        ):
            return None
        place = own_name(self._text, start, found.start())
        if place is None:
            return None
        words = self._text[place[0] : place[1]]
        for whole in (words, words + "增加值"):
            if known := self.known(whole + "占比") or self.known(whole + found[0]):
                return Subject(
                    known.zh, known, self._text[place[0] : found.end()], place[0], found.end()
                )
        return Subject(
            _tidy(words) + "占比", None, self._text[place[0] : found.end()], place[0], found.end()
        )

    def _is_head(self, mention: IndicatorMention, end: int) -> bool:
        """Tell whether no other noun stands between a mention and the amount."""
        begin, stop = trimmed(self._text, mention.span.end, end)
        rest = self._text[begin:stop]
        if "”" in rest or "(" in rest:
            rest = re.sub(r"\([^)]*\)?|[”)]", "", rest)
        return not is_name(rest) or _HARMLESS.fullmatch(rest) is not None

    def _mentioned(
        self, mentions: Sequence[IndicatorMention], start: int, count: int, unit: str
    ) -> list[Subject]:
        run = [mentions[-1]]
        for mention in reversed(mentions[-_LONGEST_RUN:-1]):
            gap = self._text[mention.span.end : run[0].span.start]
            if not _JOINS.fullmatch(gap) and not _JOINS.fullmatch(_HARMLESS.sub("", gap, count=1)):
                break
            run.insert(0, mention)
        first = self._of_mention(run[0], start, unit)
        while not first and len(run) > 1:  # a part of another name
            run.pop(0)
            first = self._of_mention(run[0], start, unit)
        found = first + [s for m in run[1:] for s in self._of_mention(m, m.span.start, unit)]
        if len(found) > 1 and found[0].indicator is None:
            found = self._of_part(found, run[0].span.start)
        if len(found) < count:
            found = self._shared(run, found, start, count)
        return found

    def _shared(
        self, run: Sequence[IndicatorMention], found: list[Subject], start: int, count: int
    ) -> list[Subject]:
        """Add what stands before mentions in one coordination with them: 刑事、治安案件发案率."""
        mention = run[0]
        begin, _ = trimmed(self._text, start, mention.span.start)
        head = self._text[begin : mention.span.start]
        parts = [part for part in _SPLIT.split(head) if part]
        if not parts or not _SPLIT.search(
            self._text[mention.span.start - 1 : mention.span.start + 1]
        ):
            tail = self._after(run[-1], count - len(found))
            return found + tail
        parts = parts[-(count - len(found)) :]
        added = []
        for part in parts:
            place = self._text.find(part, begin)
            name, indicator = self._completed(part, mention.matched)
            added.append(Subject(name, indicator, part, place, place + len(part)))
        return added + found

    def _after(self, mention: IndicatorMention, missing: int) -> list[Subject]:
        """Return what is joined to a mention behind it, its beginning left out."""
        found = _JOINED_BEHIND.match(self._text, mention.span.end)
        if found is None or missing < 1:
            return []
        added = []
        place = found.start()
        for part in [part for part in _SPLIT.split(found[0]) if part][:missing]:
            place = self._text.find(part, place)
            name, indicator = self._begun(part, mention.matched)
            added.append(Subject(name, indicator, part, place, place + len(part)))
        return added

    def _completed(self, part: str, whole: str) -> tuple[str, Indicator | None]:
        """Give a name its end from the last of its coordination."""
        for cut in range(1, len(whole)):
            if indicator := self.known(part + whole[cut:]):
                return indicator.zh, indicator
        if (indicator := self.known(part)) is not None:
            return indicator.zh, indicator
        name = part + self._shared_end(part, whole)
        return name, self.known(name)

    def _begun(self, part: str, whole: str) -> tuple[str, Indicator | None]:
        """Give a name its beginning from the first of its coordination."""
        if indicator := self.known(part):
            return indicator.zh, indicator
        for cut in range(len(whole) - 1, 0, -1):
            if indicator := self.known(whole[:cut] + part):
                return indicator.zh, indicator
        return part, None

    def _of_mention(self, mention: IndicatorMention, start: int, unit: str) -> list[Subject]:
        """Return what a mention means with what stands before it; empty for a part of a name."""
        place, written = mention.span, mention.matched
        if mention.joint:
            return [Subject(i.zh, i, written, place.start, place.end) for i in mention.candidates]
        begin, stop = trimmed(self._text, start, place.start)
        if done := self._done_by(mention, begin, stop):
            return [done]
        if narrowed := self._narrowed(mention):
            return [narrowed]
        prefix = _SPLIT.split(self._text[begin:stop])[-1] if stop == place.start else ""
        indicator = mention.candidates[0]
        if mention.ambiguous and written == _OF_ANYONE:
            return [Subject(written, None, written, place.start, place.end)]
        if mention.ambiguous:
            if is_name(prefix) or prefix in ("总", "年", "月"):
                return []
            indicator = next((i for i in mention.candidates if unit in i.units), indicator)
            if unit == "%" and written[:2] not in indicator.zh:
                return []  # 就业率达90% is no 失业率, which alone of what 就业 may mean is a rate
        elif _NARROWS.search(prefix) and self._text[place.start - 1] not in "的,":
            for cut in range(len(prefix)):
                if known := self.known(prefix[cut:] + written):
                    begin = place.start - len(prefix) + cut
                    name = self._text[begin : place.end]
                    return [Subject(known.zh, known, name, begin, place.end)]
            begin = place.start - len(prefix)
            return [Subject(_tidy(prefix + written), None, prefix + written, begin, place.end)]
        elif self._is_part(indicator, prefix):
            words = prefix + written
            begin = place.start - len(prefix)
            return [Subject(_tidy(words), None, words, begin, place.end, prefix)]
        return [Subject(indicator.zh, indicator, written, place.start, place.end)]

    def _of_part(self, found: list[Subject], end: int) -> list[Subject]:
        """Give the names that go on with that of a part what it is part of: 山区5市生产总值和…."""
        prefix = self._text[found[0].start : end]
        return [
            replace(each, name=prefix + each.as_written, indicator=None)
            if each.indicator and each.indicator.whole
            else each
            for each in found
        ]

    def _is_part(self, indicator: Indicator, prefix: str) -> bool:
        """Tell whether words before a total make it a part's: 县域生产总值, 口岸进出口总值."""
        if not indicator.whole:
            return False
        whole = _OF_WHOLE.search(prefix)
        owner = prefix[: whole.start()] if whole else prefix
        if not is_name(owner) or _NO_PART.search(owner):
            return False
        return not (whole and _WHOLE_AREA.search(whole[0])) and not self._is_place(owner)

    def _narrowed(self, mention: IndicatorMention) -> Subject | None:
        """Return trade with one partner, or loans handed out: parts of what the name stands for."""
        place, indicator = mention.span, mention.candidates[0]
        found = None
        if indicator.group == "trade":
            found = _PARTNER.search(self._text, max(0, place.start - 16), place.start)
        elif mention.matched == "贷款":
            found = _HANDED_OUT.search(self._text, max(0, place.start - 2), place.start)
        if found is None:
            return None
        words = self._text[found.start() : place.end]
        return Subject(_tidy(words), None, words, found.start(), place.end)

    def _done_by(self, mention: IndicatorMention, begin: int, stop: int) -> Subject | None:
        """Return the investment of what is said to have completed it: 项目完成投资."""
        place = mention.span
        words = self._text[begin:stop]
        if mention.matched != "投资" or self._text[stop : place.start] not in _COMPLETED:
            return None
        if not is_name(words) or len(words) > _LONGEST_WORK:
            return None
        for cut in range(len(words)):
            if known := self.known(words[cut:] + "投资"):
                return Subject(
                    known.zh, known, self._text[begin + cut : place.end], begin + cut, place.end
                )
        return Subject(_tidy(words) + "投资", None, self._text[begin : place.end], begin, place.end)

    def _own(self, place: tuple[int, int], count: int) -> list[Subject]:
        start, end = place
        parts = [part for part in _SPLIT.split(self._text[start:end]) if part]
        if count < 2 or len(parts) != count:
            return [self.at(start, end)]
        return self._parted(start, parts)

    def _parted(self, begin: int, parts: Sequence[str]) -> list[Subject]:
        """Return the names of a coordination; those before the last have its end."""
        subjects = []
        for part in parts:
            begin = self._text.find(part, begin)
            name, indicator = part, self.known(part)
            if part is not parts[-1] and self._goes_farther(parts[-1], len(part)):
                name = part + parts[-1][len(part) :]
                indicator = self.known(name)
            elif indicator is None and part is not parts[-1]:
                name = part + self._shared_end(part, parts[-1])
                indicator = self.known(name)
            name = indicator.zh if indicator else _tidy(name)
            subjects.append(Subject(name, indicator, part, begin, begin + len(part)))
            begin += len(part)
        return subjects

    def _shared_end(self, part: str, last: str) -> str:
        """Return the end that the last name of a coordination lends to one before it."""
        if _ENDS.search(part) or part[-1] in "额率量数值费款" or self._known_end(part):
            return ""
        listed = _ENDS.search(last)
        end = self._known_end(last) or (listed[0] if listed else "")
        # 先进制造业、高技术制造业增加值: what both are, the first has already.
        return end[end.rindex(part[-1]) + 1 :] if part[-1] in end else end

    def _known_end(self, name: str) -> str:
        """Return the longest end of a name that is an indicator's: 客运量 of 地铁单日最高客运量."""
        ends = (name[cut:] for cut in range(1, len(name) - 1))
        return next((end for end in ends if self.known(end)), "")

    def _goes_farther(self, last: str, length: int) -> bool:
        """Tell whether a last name is an indicator and more: 进口、出口通关时间."""
        return self.known(last) is None and self.known(last[:length]) is not None


_OF_WHOLE = re.compile(f"(?:{WORDS['of_whole']})+$")
_WHOLE_AREA = re.compile(r"[全我本][市省区县州旗盟疆国]")
_NO_PART = re.compile(
    r"[(年月]$|季度$|辖区内?$|规定$|损失$|期间$|面对|累计|完成|安排|[占即]|[高低]于|重视|标准下$|标准下农村$"
)
_COMPLETED = ("完成", "累计完成", "共完成", "已完成", "年内完成")
_LONGEST_WORK = 16
_LONGEST_RUN = 40  # more names than any coordination has
_PARTNER = re.compile(
    r"对(?!外|全[国省市区县]|上年|去年|经济|[^,。;、\d]*的)[^,。;、\d]{1,12}$"
    r"|[与同][^,。;、\d]{0,10}(?:国家|伙伴|地区|[东欧]盟|美国|[俄日韩])$"
)
_HANDED_OUT = re.compile(r"(?:发放|投放|累放)$")


_COMPARED = re.compile(
    r"(?:19|20)\d\d年|上年|去年|全国|全省|同期|[一二三四五十\d]{1,2}年前|“[九十]"
)

_SHARE_OF = re.compile(
    r"(?:在|占)(?P<whole>[^,。;、\d]{2,16}?)(?:中|里)?的?(?:比重|占比|比例|份额)"
)
_JOINED_BEHIND = re.compile(
    r"(?:[、和与及][^\W\d_]{2,8}?){1,3}(?=分别|各|均|增长|下降|上升|达到?|为)"
)
_ENDS = re.compile(
    r"(?:补贴|津贴|工资|养老金|营业额|标准|人数|收入|支出|覆盖率|占比|比重|率|增加值|产值|投资|面积|产量|数量|规模|总额|余额|补助|里程|排放量|消费|价格|起数|收益|利润|资金|贷款|存款|资产|税收|零售额|销售额|贸易额|交易额|营收|销量|吞吐量|时间)$"
)


def _tidy(name: str) -> str:
    name = name.strip("、,的 ")
    whole = name.startswith("“") and name.find("”") in (len(name) - 1, -1)
    return name.strip("“”") if whole else name

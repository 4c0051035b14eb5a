"""Clauses of sentences, and the names in them that figures are given of.

Finds what a clause speaks of beside an amount: an indicator of the lexicon, or a noun of the
report's own, with coordination (刑事、治安案件发案率) written out. Knows nothing of periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.indicators import Indicator, IndicatorMention, Lexicon
from index.types import Span


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause's characters `start` to `end` of its sentence, and the mark that ends it."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is given of: `as_written` at `start` to `end` of the sentence.

    `name` is the canonical name of `indicator`, or the report's own words where that is None.
    """

    name: str
    indicator: Indicator | None
    as_written: str
    start: int
    end: int


_MARK = re.compile(r"[,;:。!?\n]|(?P<open>[(“‘《「])|(?P<close>[)”’》」])")


def clauses(text: str) -> Iterator[Clause]:
    """Yield the clauses of a sentence; quotations and brackets stay whole."""
    depth = start = 0
    for found in _MARK.finditer(text):
        place = found.start()
        if found["open"]:
            depth += 1
        elif found["close"]:
            depth = max(0, depth - 1)
        elif not depth and not (
            text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
        ):
            yield Clause(start, place, text[place])
            start = place + 1
    yield Clause(start, len(text), "")


# --- what is no part of a name ------------------------------------------------------------------

_VERBS = (
    "新建 改建 扩建 改扩建 新改建 新改扩建 续建 改造 提升 建成 建设 完成 实现 实施 新增 净增 新开工 开工 建立 打造 创建 培育 新培育 "
    "引进 派出 派驻 下派 办理 办结 化解 已化解 剩余 组织 举办 开展 发放 投入 投资 安排 筹集 落实 争取 获得 荣获 获批 获评 "
    "拥有 共有 设立 成立 组建 推出 出台 制定 修订 启动 推进 推动 取缔 关停 淘汰 拆除 整治 治理 修复 解决 帮助 惠及 覆盖 带动 "
    "吸引 签约 落地 投产 转化 认定 入选 入围 评选 集中 统筹 支持 保障 实行 坚持 抓好 做好 重点 扎实 加快 全面 有序 深入 大力 "
    "分 分为 共分 回顾 从 有 新 布局 谋划 储备 达成 盘活 收储 征收 下达 到位 拨付 减免 发行 清理 精简 取消 下放 承接 调整 优化 形成 "
    "聚焦 连续 配备 招聘 招录 选派 培训 转移 安置 救助 资助 征集 受理 查处 立案 破获 承办 接待 通过 发布 新开通 开通 新开 更新 "
    "加装 铺设 敷设 栽植 种植 划定 建有 现有 已有 累计 计划 购置 投放 配置 采购 分别"
)
_VERB_RUN = re.compile(
    f"(?:{'|'.join(sorted(_VERBS.split(), key=len, reverse=True))}|[了的及和、并再又已将要年人])*"
)

_LEADING = re.compile(
    r"(?:[^\w“《]+|[一二三四五六七八九十]{1,2}是要?|\d{1,2}月底?前?|年底前|其中|同时|此外|特别是|目前|全年|今年|去年|上年|当年|本年|年内|到?(?:19|20)\d\d年(?:底|末|初)?|截至|截止"
    r"|\d{1,2}[-—~]\d{1,2}月|去年底|年底|全[市省区县国州旗盟](?!性|统)|我[市省区县国州旗](?!民)|本[市省区县]|[五5]年来?|累计|共计?|总共|总计|合计|已经?|将|要(?!素)|再"
    r"|又|先后|还|也|并|且|则|使|让|把|以|对|在|从|由|预计|初步|力争|确保|争取|计划|努力|实现|完成|达到?|建成|派出|保持|推动|推进|其|该|即|如|均|"
    r"成功|有效|顺利|全力|全部|进一步|持续|继续|积极|切实|着力|稳步|不断|首次|新的|建议|拟|带动|促进|位居|重点实施|实施|争取到|[向对为给把将][^,。;、\d]{2,14}?(?:发放|推送|提供|安排|拨付|投入|下达)|发放|投入|下达|相继|同时|现有|共有|拥有|等)"
)
_TRAILING = re.compile(
    r"(?:分别|[年月]人均|同比|环比|比(?:上年|去年)(?:同期)?|较(?:上年|去年)(?:同期)?|同期|[较比](?:19|20)\d\d年(?:底|末|初)?|[较比][^,。;、]{1,8}前|"
    r"(?:是|为)?(?:19|20)\d\d年的?|年均|年平均|平均|每年|实际|名义|累计|同口径|(?:按)?可比(?:价格?|口径)(?:计算)?|可比|预计|力争|确保|争取|将|拟|已经?|均|都|也|又|再|还|仍|首次"
    r"|持续|继续|稳定|保持|控制|维持|稳步|进一步|大幅|明显|成功|完成|实现|达到?|高达|安排|预期目标|每人每[年月]|每人|每[月户]|增速|增幅|涨幅|降幅|增长率?|增加|提高|提升|上升|上涨|下降|降低|减少|回升|回落|下跌|递增|缩短|缩小|压缩|压减"
    r"|跃升|跃居|攀升|扩大|扩展|(?<![新净])增|升|降|涨|突破|超过?|超出|约|近|不低于|低于|高于|为|是|有|在|至|到|由|从|于|了|共计?|总计|合计|总共|仅|就|各|要|能|可|,|、|:|总量|总数|总额|"
    r"总规模|规模|数量|绝对值|净|累计|全年|今年|[一-三]?年|力争|年内|占比|占|比重|左右|以上|以内|翻|相当于|排名|位[居列次]|居|列|名列|稳居|增量|[也均都]|的|和|与|及|保持在|以|给)$"
)
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the name inside a stretch of text begins and ends, function words left out."""
    while start < end and (found := _LEADING.match(text, start, end)):
        start = found.end()
    while start < end:
        found = _TRAILING.search(text, max(start, end - _WINDOW), end)
        if found is None:
            break
        end = found.start()
    while start < end and (found := _LEADING.match(text, start, end)):
        start = found.end()
    return start, end


_WINDOW = 14


def is_name(words: str) -> bool:
    """Tell whether words hold a noun and not mere verbs."""
    return len(_HAN.findall(words)) >= 2 and _VERB_RUN.fullmatch(words) is None


_LONGEST_NAME = 24
_CUT = re.compile(
    r"(?:[,;:。]|(?<=[\u4e00-\u9fff])(?:实施|开展|推进|投入|完成|建成|发放|新增|安排|下达|达到|率先|通过|使|为(?!民|主|农)|让)(?=[\u4e00-\u9fff“]{2}))"
)


def own_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the report's own name for what a stretch speaks of stands; None without one."""
    start, end = trimmed(text, start, end)
    if end - start > _LONGEST_NAME:
        cuts = list(_CUT.finditer(text, start, end))
        if cuts:
            inner = trimmed(text, cuts[-1].end(), end)
            if is_name(text[inner[0] : inner[1]]):
                start, end = inner
    if end - start > _LONGEST_NAME:
        place = max(text.rfind("、", start, end), text.rfind("的", start, end - 2))
        if place > start and is_name(text[place + 1 : end]):
            start = place + 1
    if end - start > 2 * _LONGEST_NAME or _COMPARISON.match(text, start, end):
        return None
    return (start, end) if is_name(text[start:end]) else None


_COMPARISON = re.compile(r"[比较占](?!重|亚|例)|相当于|[高低快]于|仅次于")


_FOLLOWING = re.compile(r"(?:“[^”\n]{1,24}”|[^\W\d_]|[·/+-]|[A-Z0-9]{1,4}(?=[^\W\d_]))+")
_NO_NOUN = re.compile(
    r"以[上下内]|左右|整合|和|与|及|并|全部|正在|正|已|均(?!衡)|都(?!市)|达|增(?!值)|减|下[降达]|上升|提[高升]|较|比|占|居(?!民|家|住)|位[居列]|为|是|完成"
    r"|实现|建成|被(?!征)|获|入[选围]|总[量数额计投]|在(?!校|职|岗|园|建)|将|开工|投[产入运资]|分别|同[比期]|其中|,|、|[多余]|进一步|由|从|到|至|大关|台阶|新[增建]|成功|年均"
    r"|用于|支持|推动|实施|开展|改善|解决|办好|保障"
)
_NOUN_END = re.compile(
    r"成为|完成|建成|实现|获|入[选围]|进入|达到?|增长|增加|全部|全面|超额|顺利|投[产运用]|开工|落[户地]|(?<!存)在(?!校|职|岗|园|建)|正在?|已|均(?!衡)|被(?!征)"
    r"|分别|按期|有序|竣工|通车|运行|通过|[和与及等](?=\d)|加快|持续|基本(?!医|养|公|农|建)|首次|总投资|纳入|列入|晋升|跻身|营业收入|产值|规上工业|实施|开业"
    r"|排名|守望|惠及|受益|启动|位?居(?=全|世|第)|位列|(?<!综合)为(?!老|民|农|主)|较|比(?!例|重)|率先|的|成功|签约|合计|回顾|工作$|化解|快速|强劲|完工|发展(?=[强迅加态势壮])"
    r"|进行|整合|实行|免费|免征|开始|陆续|提供|喜迁|相对|对(?![象口外])"
)


def following_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the noun stands that a count is followed by: 3座人行天桥; None without one."""
    if text[start : start + 1] == "的" and text[start - 1] in "%成‰":
        start += 1
    if text[start : start + 1] == "的":
        return None
    if _NO_NOUN.match(text, start, end):
        return None
    found = _FOLLOWING.match(text, start, end)
    if found is None:
        return None
    stop = found.end()
    if ended := _NOUN_END.search(text, start + 1, stop):
        stop = ended.start()
    while stop > start and text[stop - 1] in "和与及、的":
        stop -= 1
    stop = min(stop, start + _LONGEST_NAME)
    words = text[start:stop]
    return (start, stop) if len(_HAN.findall(words)) >= 2 or words in _SHORT else None


_SHORT = ("村", "县", "市", "镇", "乡", "省", "国", "人", "校")


# --- subjects -----------------------------------------------------------------------------------

_NARROWS = re.compile(
    r"(?:产业|行业|企业|园区|新区|片区|开发区|高新区|示范区|领域|制造业?|集团|公司|集群|类|型|级|项目|业|港|品|自贸区|区域|乡镇|街道|镇|机场|"
    r"[一二三四五六七八九十]大|单位|部门|体系|农业|服务业|[^全城各老]乡|特色|规模以下|区本级|外资|央企|国企|民企|汽车|电子|化工|数字|软件|新能源|光伏|电池|中央|重点地区)$"
)
_JOINS = re.compile(r"\s?(?:、|和|与|及|以及)\s?")
_SPLIT = re.compile(r"、|(?<!共)和(?!谐|平)|与(?!会)|以?及(?!其)")
_HARMLESS = re.compile(
    r"(?:数|数量|数值|总量|总额|总值|总数|规模|额|量|人数|值|总|率|水平|指数|[总]?数|等|指标|面积|的|情况)*"
)


class Names:
    """Reads names with a lexicon: for one sentence, with its mentions.

    `mentions` are those of the whole sentence, left to right.
    """

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon

    @cached_property
    def mentions(self) -> list[IndicatorMention]:
        """The indicators that the sentence mentions."""
        found: list[IndicatorMention] = []
        for mention in self._lexicon.mentions(self._text):
            if mention.matched.endswith("比") and _COMPARED.match(self._text, mention.span.end):
                # 收入比2010年: the word compares and is no part of the name 收入比.
                start = mention.span.start
                for inner in self._lexicon.mentions(mention.matched[:-1]):
                    place = Span(start + inner.span.start, start + inner.span.end)
                    found.append(replace(inner, span=place))
            else:
                found.append(mention)
        return found

    def between(self, start: int, end: int) -> list[IndicatorMention]:
        """Return the mentions that stand inside a stretch of the sentence."""
        return [m for m in self.mentions if start <= m.span.start and m.span.end <= end]

    def known(self, name: str) -> Indicator | None:
        """Return the one indicator that a name, all of it, stands for."""
        for mention in self._lexicon.mentions(name):
            if mention.span == Span(0, len(name)) and len(mention.candidates) == 1:
                return mention.candidates[0]
        return None

    def subjects(self, start: int, end: int, count: int, unit: str) -> list[Subject]:
        """Return what the stretch before amounts names, `count` of them if it coordinates so many.

        Empty where it names nothing: the amounts then go on with what was named before.
        """
        if of := _OF_WHAT.search(self._text, max(start, end - 18), end):
            end = of.start()
        if (told := _CIRCUMSTANCE.search(self._text, start + 2, end)) and not is_name(
            self._text[slice(*trimmed(self._text, told.end(), end))]
        ):
            end = told.start()
        if (share := self._share(start, end)) is not None:
            return [share]
        mentions = self.between(start, end)
        if mentions and self._is_head(mentions[-1], end):
            found = self._mentioned(mentions, start, count, unit)
            if found:
                return found
        place = own_name(self._text, start, end)
        if place is None:
            return []
        return self._own(place, count)

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
            m.span.start <= found.start() and found.end() <= m.span.end for m in self.mentions
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
        for mention in reversed(mentions[:-1]):
            gap = self._text[mention.span.end : run[0].span.start]
            if not _JOINS.fullmatch(gap) and not _JOINS.fullmatch(_HARMLESS.sub("", gap, count=1)):
                break
            run.insert(0, mention)
        first = self._of_mention(run[0], start, unit)
        found = first + [s for m in run[1:] for s in self._of_mention(m, m.span.start, unit)]
        if len(found) < count:
            found = self._shared(run[0], found, start, count)
        return found

    def _shared(
        self, mention: IndicatorMention, found: list[Subject], start: int, count: int
    ) -> list[Subject]:
        """Add what stands before a mention in one coordination with it: 刑事、治安案件发案率."""
        begin, _ = trimmed(self._text, start, mention.span.start)
        head = self._text[begin : mention.span.start]
        parts = [part for part in _SPLIT.split(head) if part]
        if not parts or not _SPLIT.search(
            self._text[mention.span.start - 1 : mention.span.start + 1]
        ):
            tail = self._after(mention, count - len(found))
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
        return part, self.known(part)

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
        place = mention.span
        written = mention.matched
        if mention.joint:
            return [Subject(i.zh, i, written, place.start, place.end) for i in mention.candidates]
        begin, stop = trimmed(self._text, start, place.start)
        prefix = _SPLIT.split(self._text[begin:stop])[-1] if stop == place.start else ""
        indicator = mention.candidates[0]
        if mention.ambiguous:
            if is_name(prefix) or prefix in ("总", "年", "月"):
                return []
            indicator = next((i for i in mention.candidates if unit in i.units), indicator)
        elif _NARROWS.search(prefix) and self._text[place.start - 1] not in "的,":
            for cut in range(len(prefix)):
                if known := self.known(prefix[cut:] + written):
                    begin = place.start - len(prefix) + cut
                    return [
                        Subject(known.zh, known, self._text[begin : place.end], begin, place.end)
                    ]
            begin = place.start - len(prefix)
            return [Subject(_tidy(prefix + written), None, prefix + written, begin, place.end)]
        return [Subject(indicator.zh, indicator, written, place.start, place.end)]

    def _own(self, place: tuple[int, int], count: int) -> list[Subject]:
        start, end = place
        words = self._text[start:end]
        parts = [part for part in _SPLIT.split(words) if part]
        if count < 2 or len(parts) != count:
            return [self.at(start, end)]
        subjects = []
        begin = start
        for part in parts:
            begin = self._text.find(part, begin)
            name, indicator = part, self.known(part)
            if indicator is None and part is not parts[-1]:
                name = part + _shared_end(part, parts[-1])
                indicator = self.known(name)
            subjects.append(
                Subject(
                    indicator.zh if indicator else _tidy(name),
                    indicator,
                    part,
                    begin,
                    begin + len(part),
                )
            )
            begin += len(part)
        return subjects


_OF_WHAT = re.compile(r"(?:占到?|超过|相当于|达到?|完成|是|为)[^,。;、\d]{2,14}的$")
"""What a percentage is taken of, which is not what it is given of: 超过农民收入的10%."""

_COMPARED = re.compile(r"(?:19|20)\d\d年|上年|去年|全国|全省")
_CIRCUMSTANCE = re.compile(r"在[^,。;]{2,20}(?:情况|基础|背景|前提|条件)[下上]")
_SHARE_OF = re.compile(
    r"(?:在|占)(?P<whole>[^,。;、\d]{2,16}?)(?:中|里)?的?(?:比重|占比|比例|份额)"
)
_JOINED_BEHIND = re.compile(r"(?:[、和与及][^\W\d_]{2,8}?)+(?=分别|各|均|增长|下降|上升|达到?|为)")
_ENDS = re.compile(
    r"(?:标准|人数|收入|支出|覆盖率|占比|比重|率|增加值|产值|投资|面积|产量|数量|规模|总额|余额|补助|里程|排放量|消费|价格|起数|收益|利润|资金|贷款|存款|资产|税收)$"
)


def _shared_end(part: str, last: str) -> str:
    """Return the end that the last name of a coordination lends to one before it."""
    end = _ENDS.search(last)
    return end[0] if end and not part.endswith(end[0]) and not _ENDS.search(part) else ""


def _tidy(name: str) -> str:
    name = name.strip("、,的 ")
    whole = name.startswith("“") and name.find("”") in (len(name) - 1, -1)
    return name.strip("“”") if whole else name

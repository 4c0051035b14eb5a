"""What a figure measures of its indicator, of which kind and period it is, and its qualifier.

Reads the words between a subject and its amount (同口径增长, 较2016年, 占比达到) with the unit and
the scope that holds there. Knows nothing of where these were found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.figures.amounts.written import Amount
from index.figures.periods import Scope, base_year, period
from index.figures.subjects.subject import Subject
from index.lexicon import qualifiers
from index.lexicon.measures import CHANGES
from index.lexicon.numerals import numeral
from index.lexicon.units import CLASSIFIERS, RATES
from index.reports.calendar import Calendar
from index.types import FigureKind, FigureMeasure


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure measures, of which kind it is, and of when."""

    measure: FigureMeasure
    kind: FigureKind
    period: str


_CHANGES_BY = (*qualifiers.rises(), *qualifiers.declines_written(), "降幅")
_GROWTH = re.compile(
    "|".join(qualifiers.pattern_of(word) for word in _CHANGES_BY if len(word) > 1)
    + "|回升|递增|上浮|增产|多增|少|翻|扩大|上调|[增涨降升减]$"
)
_REACHED = re.compile(r"(?:[到至]|达到?|为|成)(?:了)?(?:约|近|超过?|分别|[^,。]{0,2}以[上内])?$")
_AVERAGE = re.compile(r"年均|年平均|年递增|平均每年|每年(?:平均|实际|名义)?(?=增|递)|平均增长")
_SHARE = re.compile(r"占|比重|占比|比例|份额")
_YOY = re.compile(r"同比|比上年|较上年|比去年|较去年|可比口径|同口径")
_OTHERS = re.compile(
    r"(?<!不)[高低快]于[^,。;、\d]{1,10}|(?:塌|欠|超额完成)[^,。;、\d]{0,8}(?:目标|任务|计划|预期)"
)
_FLOW = re.compile(
    r"累计|新增|净增|新建|改造|建成|完成|投入|实施|办理|发放|培育|引进|新改|解决|转移|新开|减免|关停|淘汰|建设|争取|开展|举办|扩建|化解|整治|投资|获|吸引|签约"
)
_STOCK = re.compile(
    r"达到?|增至|增加到|突破|超过|跃升|提高到|总量|总数|余额|保有|拥有|稳定在|保持|存量|现有|共有|降至|扩大到|为$"
)
_NEW = re.compile(r"新增|净增|新登记|新设|新培育|新认定|多增|新入库|新注册|新上")
_ADDS = re.compile(rf"(?:{_NEW.pattern})(?:认定|国家|省|市|级|入库|建成|[^\W\d_]{{0,2}})$")
_PLAN_AHEAD = re.compile(r"力争|确保|计划|争取|目标|规划到|将(?!近)")
_PLANNED = re.compile(r"(?:原定|原计划|预定|年初(?:确定|提出|安排|计划))[^,。;\d]{0,6}$")
_ALREADY = re.compile(r"目前|现已|已(?:建成|完成|达到?|有|经)|现有")


@dataclass(frozen=True, slots=True)
class FigureContext:
    """What is known of a figure before it is told what it measures, and of when.

    Attributes:
        subject: what it is given of.
        amount: the number.
        words: what stands between the subject and the first amount of its group.
        around: the clause from its subject to the amount.
        scope: the years that hold there.
        outer: the scope of the text around the sentence's own times.
        review: the years that the report looks back on, if it has named any so far.
        calendar: the years as the report sees them.
        before: how the figure before it in the sentence was read; 力争达到8% goes on with it.
        reached: whether the amount ends a change (由43户增至61户).
        timed: whether a time named in the sentence sets the scope.
        elided: whether the subject is that of the figure before.
        added: whether it is listed with what is new (新增A三家、B五家).
    """

    subject: Subject
    amount: Amount
    words: str
    around: str
    scope: Scope
    outer: Scope
    calendar: Calendar
    review: Scope | None = None
    before: Reading | None = None
    reached: bool = False
    timed: bool = False
    elided: bool = False
    added: bool = False

    @property
    def adds(self) -> bool:
        """Whether what is given of the subject is new."""
        before = self.around[: len(self.around) - len(self.words)]
        before = before.removesuffix(self.subject.as_written)
        return self.added or _ADDS.search(before) is not None or _NEW.search(self.words) is not None


def measure_of(context: FigureContext) -> Reading:
    """Read what a figure measures, its kind and its period."""
    subject, calendar = context.subject, context.calendar
    if _adds_up(context):
        context = replace(context, scope=context.outer)
    base = base_year(context.around) or _years_ago(context)
    measure = _measure(context, base)
    if subject.indicator is not None and subject.indicator.of == "session":
        return Reading("count", "actual", calendar.day or str(calendar.given))
    if subject.as_written == "部分":
        return Reading("count", "actual", str(calendar.given))
    told = _scope_told(context)
    if told is not context.scope:
        context = replace(context, scope=told)
    return _summed(_over_years(context, measure, base))


def _summed(reading: Reading) -> Reading:
    """Return a result of several years as what it is: a sum, an average or a change over them."""
    several = _YEARS.fullmatch(reading.period) is not None and reading.measure != "rank"
    return replace(reading, kind="cumulative") if several and reading.kind == "actual" else reading


_YEARS = re.compile(r"\d{4}-\d{4}")


def _adds_up(context: FigureContext) -> bool:
    """Tell whether a figure is summed over the years of the text, not of a year named before it."""
    outer, last = context.outer, context.scope.last
    around = context.around
    stands = _STOCK.search(context.words) or _A_YEAR.search(around)  # 至2007年,累计突破1000家
    return "累计" in around and not stands and outer.several and outer.first <= last <= outer.last


_A_YEAR = re.compile(r"(?:19|20)\d\d年|去年|今年")


def _years_ago(context: FigureContext) -> int | None:
    """Return the year that a growth over so many years is measured against: 比五年前增长30%."""
    found = _AGO.search(context.around)
    if found is None:
        return None
    years = int(found[1]) if found[1].isdigit() else numeral(found[1])
    return context.scope.last - years if years is not None else None


_AGO = re.compile(r"[较比]([一二三四五六七八九十]|\d{1,2})年前")


def _scope_told(context: FigureContext) -> Scope:
    """Return the scope that the clause's own words tell: what is planned, what is so already."""
    scope, calendar = context.scope, context.calendar
    if scope.stance == "actual" and _PLANNED.search(context.words):
        return Scope("target", scope.first, scope.last)
    if context.timed:
        return scope
    if scope.stance == "actual" and not scope.sure and _PLAN_AHEAD.search(context.around):
        return Scope("target", calendar.ahead, calendar.ahead)
    if scope.stance == "target" and _ALREADY.search(context.around):
        return Scope("actual", calendar.done, calendar.done)
    return scope


def _over_years(context: FigureContext, measure: FigureMeasure, base: int | None) -> Reading:
    """Return of which years a figure is: of one, of several, or added up over them."""
    scope, outer, before = context.scope, context.outer, context.before
    kind: FigureKind = scope.stance
    if scope.months and measure != "rank":
        return Reading(measure, kind, scope.months)
    if base is not None and base < scope.last and measure in _SINCE_BASE:
        return Reading(measure, kind, period(base + 1, scope.last))
    if measure == "growth_avg" and outer.several and outer.first <= scope.last <= outer.last:
        scope = outer
    elif measure == "growth_avg" and not scope.several and kind == "actual":
        review = context.review
        scope = review if review is not None and review.last == scope.last else scope
    if measure == "ratio" and before is not None and context.amount.unit == "倍":
        if before.measure in ("growth_avg", "growth_cumulative") and _END.search(context.words):
            return Reading(measure, kind, str(scope.last))  # 年均增长5%,是“十一五”末的2倍
        return Reading(measure, before.kind, before.period)
    if not scope.several or (measure == "growth_yoy" and _YOY.search(context.words)):
        return Reading(measure, kind, str(scope.last))
    years = period(scope.first, scope.last)
    if measure in ("growth_avg", "growth_cumulative"):
        return Reading(measure, kind, years)
    own = context.around.rpartition(",")[2]  # 每年净增百亿元,总量达到1457亿元
    each_year = _EACH_YEAR.search(context.words if context.elided else own)
    if each_year and measure in ("level", "count", "change"):
        return Reading(measure, kind, years)
    if _STAYED.search(context.words) and kind == "actual" and not context.timed:
        return Reading(measure, kind, years)
    if not context.reached and _is_flow(context, measure):
        return Reading(measure, "cumulative" if scope.stance == "actual" else "target", years)
    return Reading(measure, kind, years if measure == "change" else str(scope.last))


def of_the_last_year(context: FigureContext, reading: Reading, line: str) -> Reading | None:
    """Return a growth in a review of several years as its last year's; None where it is of all.

    A report at the end of a term looks back on five years and then on the last, often without
    saying so: 地区生产总值达2165亿元,增长3%左右 in 2023. A growth over several years says so
    (累计, 比2017年) or is large.

    Args:
        context: the figure and what stands around it.
        reading: what it was read as.
        line: the text of its paragraph before it.
    """
    amount = context.amount
    if reading.measure != "growth_cumulative" or reading.kind != "cumulative" or amount.unit != "%":
        return None
    if _says_several(context.around) or _SEVERAL.search(line) or not _fits_a_year(context):
        return None
    return Reading("growth_yoy", "actual", str(context.scope.last))


def open_over_years(context: FigureContext, reading: Reading, line: str) -> bool:
    """Tell whether nobody can say if a growth is of several years or of the last; see above."""
    amount = context.amount
    if reading.measure != "growth_cumulative" or reading.kind != "cumulative" or amount.unit != "%":
        return False
    fits = _fits_a_year(context)
    return not _says_several(context.around) and fits is bool(_SEVERAL.search(line))


def _says_several(around: str) -> bool:
    """Tell whether a clause itself says over how long it counts."""
    return base_year(around) is not None or _OVER.search(around) is not None


def _fits_a_year(context: FigureContext) -> bool:
    most = _A_YEARS_FALL if qualifiers.falls(context.words) else _A_YEARS_GROWTH
    return abs(context.amount.value) <= most


_A_YEARS_GROWTH, _A_YEARS_FALL = 20, 8
"""What a year's growth and fall are at most, in percent, where nothing says over how long they are.
Of the GDP's growths told so in whole reports all up to 18 % were of one year, and those of five
years began at 30 %; energy intensity and emissions fall by some 3 % a year and 15 % in five."""
_OVER = re.compile(r"累计|累积|[较比].{0,12}[年末]|[由从].{1,16}[到至]|年来|以来|五年")
_SEVERAL = re.compile(
    r"五年|[三四五六七八九十]年[来间]|“?十[一二三四五]五”?(?:时期|期间|以来|末)|累计|年均|以来"
)


def sums_of_when(context: FigureContext, reading: Reading, text: str) -> bool:
    """Tell whether a figure may be added up over years that its clause leaves open.

    累计利用外资369亿美元, where nothing says over which years, is the year's by its place alone; so
    is 利用外资449亿美元 where five years are spoken of. What stands behind it in the `text` may say
    that it is of one: 累计完成64338万元,增长32.4%.
    """
    if reading.measure == "growth_avg" and reading.kind == "actual":
        return len(reading.period) == len("2022")  # an average over one year is of others
    if context.subject.indicator is None or len(reading.period) != len("2022"):
        return False
    if reading.measure != "level" or reading.kind != "actual":
        return False
    if context.timed or context.reached:
        return False
    if _STOCK.search(context.words) or _THE_YEAR.search(context.around):
        return False
    if "累计" in context.around:
        return _GROWS_NEXT.match(text, context.amount.reach_end) is None
    if any(each.match(text, context.amount.reach_end) for each in (_GROWS_NEXT, _STANDS_NEXT)):
        return False
    subject = context.subject.indicator
    return context.scope.several and _STANDING.search(subject.zh) is None


_THE_YEAR = re.compile(r"全年|年内|当年|今年|去年|截[至止]|目前|年底|年末|年\d?\d月")
_GROWS_NEXT = re.compile(rf"[,、(]?(?:同口径|可比|实际)?(?:{_YOY.pattern}|增长|增幅|下降|[增降]\d)")
_STANDS_NEXT = re.compile(r"[,、(]?(?:年均|是|相当于|为|居|占)")
_FIVE_SUMMED = re.compile(r"(?<![十近连前第几\d])[五5]年(?:共|合计|实际[利使])")
_IN_FIVE = re.compile(r"[\s,;]?[五5]年(?![来间后前规计期])")
"""五年固定资产投资总规模达6000亿元: of all the years, however it is put."""
_END = re.compile(r"末的?$")
_EACH_YEAR = re.compile(r"年均(?!浓度)|年平均|平均每年|每年")
_STAYED = re.compile(r"(?<!连续)(?:稳定|保持|维持)在[^\d]{0,4}$")
"""What was so in every one of the years: 粮食产量稳定在550亿斤左右."""
_SINCE_BASE = ("growth_cumulative", "growth_avg", "change")
_STANDING = re.compile(
    r"人口|总量|总数|总里程|企业数?$|机构|里程|床位|存栏|保有|参保人数|学校|医院|户数|组织|率$|标准|余额|拥有|水平|平均|人均|占比|比重|总值|总额|产值|增加值$"
    r"|工厂|小巨人|冠军|独角兽|瞪羚|[示新]范?区|[园景]区|基地|实验室|平台|品牌"
)
"""How names end of what there is at a time, and not of what was done in it."""


def _is_flow(context: FigureContext, measure: FigureMeasure) -> bool:
    """Tell whether a figure over several years adds them up."""
    subject, around = context.subject, context.around
    if "累计" in around or "累积" in around or _FIVE_SUMMED.search(around):
        return True
    if _IN_FIVE.match(around) and measure in ("level", "count", "change"):
        return _STANDING.search(subject.name) is None
    if measure not in ("level", "count", "change") or _STOCK.search(context.words):
        return False
    if _FLOW.search(around) or _FLOW.match(subject.name):
        return True
    if subject.indicator is not None and measure == "level":
        return False
    return _STANDING.search(subject.name) is None


def _measure(context: FigureContext, base: int | None) -> FigureMeasure:
    subject, words, unit = context.subject, context.words, context.amount.unit
    if context.amount.form == "rank":
        return "rank"
    if unit.endswith(("百分点", "千分点")):
        return "change"
    grows = _grows(context)
    if unit in RATES:
        return _rate(context, base, grows=grows)
    if unit == "":
        return "ratio"
    if grows and not _NEW_FIRST.match(words) and _GROWTH.search(words):
        return "change"
    if subject.indicator is not None and context.adds and not subject.name.startswith("新"):
        return "change"
    if _PER_MANY.match(subject.name):
        return "ratio"
    return "count" if unit.lstrip("十百千万亿") in CLASSIFIERS else "level"


_NEW_FIRST = re.compile(r"[新净]增")
_PER_MANY = re.compile(r"每(?:千|万|百|十万)")


def _rate(context: FigureContext, base: int | None, *, grows: bool) -> FigureMeasure:
    """Return whether a rate is a growth, over how long, or a share or a multiple of something."""
    words, unit, before = context.words, context.amount.unit, context.before
    if unit == "番":
        return "growth_cumulative"
    if context.elided and not grows and before and _goes_on(words) and "growth" in before.measure:
        return before.measure
    points = context.elided and not grows and before is not None and before.measure == "change"
    if points and _goes_on(words) and _RATE_NAMED.search(context.around):
        return "growth_yoy"  # 生产总值增速高于全省2个百分点、达到13%
    if not grows:
        return "ratio" if unit == "倍" else "share"
    if _AVERAGE.search(words) or "年均增" in context.subject.as_written:
        return "growth_avg"
    since = base is not None and context.scope.last - base > 1
    if since or (context.scope.several and not _YOY.search(words)):
        return "growth_cumulative"
    return "growth_yoy"


_ONLY_AIM = re.compile(
    r"(?:[、,和与及]|(?:19|20)\d\d年|[也都均]?为)*+(?>力争|争取|确保|努力|冲刺|达到?|实现|并|在工作中|实际|分别|[,、])*+"
)


def _goes_on(words: str) -> bool:
    """Tell whether words say nothing but that another value is meant: 力争达到."""
    return _ONLY_AIM.fullmatch(words) is not None


def _grows(context: FigureContext) -> bool:
    words, subject = context.words, context.subject
    if context.reached:
        return False
    if _RATE_NAMED.search(words):
        return True
    found = _GROWTH.search(words)
    if found is not None:
        return not _REACHED.search(words[found.end() :]) and words[-1:] not in ("到", "至", "为")
    if _GROWTH_NAMED.search(subject.as_written):
        return not _SHARE.search(words)
    return False


_RATE_NAMED = re.compile(r"增速|增幅|涨幅|降幅|增长率")
_GROWTH_NAMED = re.compile(r"(?:(?<!自然)增长|增速|涨幅|增幅|缩短|压缩|下降|降低)(?:速度|率)?$")


_AT_END = "|".join(map(qualifiers.pattern_of, qualifiers.declines_at_end()))
_DIRECTION = re.compile(
    rf"(?P<verb>{'|'.join(qualifiers.declines_written())})|(?P<last>{_AT_END})(?:了|为|达到?)?$"
)


def qualifier_of(amount: Amount, words: str, reading: Reading, *, expected: bool) -> str | None:
    """Return what is written beside a value to qualify it, joined by … where it is apart.

    A decline keeps its verb, as its value has no sign: "下降…左右".
    """
    parts: list[str] = []
    if expected and reading.kind == "actual":
        parts.append("预计")
    if reading.measure in CHANGES:
        directions = [match["verb"] or match["last"] for match in _DIRECTION.finditer(words)]
        if directions:
            parts.append(directions[-1])
    if "力争" in words and "力争" not in amount.before:
        parts.append("力争")
    if others := _OTHERS.search(words):
        parts.append(others[0])
    elif amount.before:
        parts.append(amount.before)
    if amount.after:
        parts.append(amount.after)
    return "…".join(parts) or None

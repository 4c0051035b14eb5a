"""Whether a figure under a report's own name, and in its words, is one of the indicator's column.

Reads `names.toml` beside this module. Knows names and the words around them, not which of several
figures is chosen.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from index.lexicon.indicators import Indicator
from index.lexicon.measures import AMOUNTS
from index.types import Figure

_LIKE = 0.7
"""How alike a name is to the indicator's own from where on it is another way of writing it:
生产总值 is 0.8 like 地区生产总值, 财政收入 0.33 like 一般公共预算收入."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ADDED = re.compile(
    r"新增|净增|新(?:改扩|扩|改)?建|新(?:认定|培育|登记|注册|发放|开通|开|引进|发展|投放|组建|成立|获批?|创建)"
)
_OF_SOME = re.compile(r"(?:等|依托|涉及)[:,]?$")
_JOINED = re.compile(r"(?:和|与|及|以及)$")
_MORE = re.compile(r"[、和与及]|减免|返还|优惠|补助|补贴|培训|等")
_MARK = re.compile(r"[,;:、“”\"‘’—*#)]")
_FULFILLED = re.compile(r"完成[^,。;]{0,6}(?:目标|计划|任务)")
_RATES = ("率", "比重", "比例", "占比", "水平")
_EACH = re.compile(r"分别|均|双|都|各|同步|同为|共同")
_SPAN = r"(?:[两三四五六七八九十几]|(?<!\d)\d)年"
_MEAN = re.compile(rf"{_SPAN}(?:来|间|内)?[^,。;]{{0,4}}平均|年均[增递提下]|年平均[增递]")
_YEARS = re.compile(
    rf"累计|(?<!连续)(?<!第){_SPAN}(?:来|间|内|期间|累计|共|新增)|(?<!连续)[五四三]年(?=[^前之内以度])"
    r"|[”五]期间|(?<![今去]年)以来"
)
_TOTAL = re.compile(
    rf"(?:{_SPAN}(?:来|间|内)?|[”五]期间),?(?:全[市省州区])?(?:累计|新增|净增|新建|共|完成)"
)
_REACHED = re.compile(r"(?:[到至达]|突破|超过|稳定在|保持在)了?(?:约|近)?$")


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a figure: `sentence` before its clause, `lead` right before its number.

    `behind` are the first characters behind its clause.
    """

    sentence: str
    lead: str
    behind: str

    @property
    def segment(self) -> str:
        """The words right before the clause, up to the mark before them."""
        return _MARK.split(self.sentence)[-1]


def is_named(figure: Figure, indicator: Indicator) -> bool:
    """Tell whether a figure's name is the indicator's, or means the very same."""
    name, own = figure.as_written, indicator.zh
    if not _same_numbers(name, own):
        return False
    if _names("other", indicator.id).fullmatch(name):
        return False
    return likeness(name, own) > 0 or bool(_names("same", indicator.id).fullmatch(name))


def _same_numbers(name: str, canonical: str) -> bool:
    """Tell whether a name can be the indicator's by its numbers: PM10 is not PM2.5, 4A not A."""
    wanted, own = _NUMBER.findall(canonical), _NUMBER.findall(name)
    return not own or own == wanted


def adds(segment: str, figure: Figure, canonical: str) -> bool:
    """Tell whether an amount is what was added, the indicator what there is: 新增贷款, 贷款余额."""
    if "新" in canonical or figure.measure not in AMOUNTS:
        return False
    return bool(_ADDED.search(segment + figure.clause))


@lru_cache(maxsize=65536)
def likeness(name: str, canonical: str) -> int:
    """Return 1 where a name is much like the indicator's own or holds it, else 0."""
    if canonical in name or name.isascii():
        return 1
    return int(SequenceMatcher(None, name, canonical).ratio() >= _LIKE)


def is_of_a_part(around: Around, figure: Figure, canonical: str) -> bool:
    """Tell whether words beside a name say that the figure is of a part, or of more."""
    own, _, behind = figure.clause.partition(figure.as_written)
    if _OF_SOME.search(around.sentence) or _OF_SOME.search(own):
        return True  # 依托32家上市公司
    if not _whole().fullmatch(around.segment):
        return True  # 铜货物进出口总值
    joined = _JOINED.search(around.segment) or _MORE.match(behind)
    in_words = figure.measure == "qualitative"
    if joined and not in_words and not _EACH.search(figure.clause):
        return True  # 肉蛋奶和水产品总产量达到260万吨, 税收减免115亿元
    if (
        figure.measure == "share"
        and behind.startswith("的")
        and not figure.as_written.endswith(_RATES)
    ):
        return True  # 一般公共预算支出的77%用于民生
    if figure.measure == "share" and _FULFILLED.search(behind):
        return True  # 分别完成年度目标的122.9%
    lead = around.segment + own
    return any(
        (lead.endswith(word) or own.startswith(word)) and word not in canonical for word in _part()
    )


def is_of_years(around: Around) -> bool:
    """Tell whether the words before a number say that it is of several years: 五年平均, 三年筹集.

    What was reached at their end is of the last one: 五年来…增加到145亿元.
    """
    if _MEAN.search(around.lead):
        return True
    if _REACHED.search(around.lead):
        return False
    return bool(_YEARS.search(around.lead) or _TOTAL.search(around.sentence))


@cache
def _names(table: str, identifier: str) -> re.Pattern[str]:
    return re.compile(_file()[table].get(identifier, "(?!)"))


@cache
def _whole() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _file()["whole"].split()), key=len, reverse=True))
    return re.compile(rf"(?:{words}|[0-9]{{1,4}}年?|[一二三四五六七八九十]+[、.]?|\s)*")


@cache
def _part() -> tuple[str, ...]:
    return tuple(_file()["part"])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))

"""Whether a figure under a report's own name, and in its words, is one of the indicator's column.

Reads `names.toml` beside this module. Knows names and the words around them, not which of several
figures is chosen.
"""

from __future__ import annotations

import re
import tomllib
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from index.lexicon.indicators import Indicator
from index.types import Figure

_LIKE = 0.7
"""How alike a name is to the indicator's own from where on it is another way of writing it:
生产总值 is 0.8 like 地区生产总值, 财政收入 0.33 like 一般公共预算收入."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ADDED = re.compile(r"新增|净增|新建|新认定|新培育|新登记|新注册|新发放")
_OF_SOME = re.compile(r"(?:等|依托|涉及|其中)[:,]?$")
_JOINED = re.compile(r"(?:和|与|及|以及)$")
_MORE = re.compile(r"[、和与及]|减免|返还|优惠|补助|补贴|等")
_EACH = re.compile(r"分别|均|双|都|各|同步|同为|共同")
_SPAN = r"(?:[两三四五六七八九十几]|(?<!\d)\d)年"
_MEAN = re.compile(rf"{_SPAN}(?:来|间|内)?[^,。;]{{0,4}}平均|年均[增递提下]|年平均[增递]")
_YEARS = re.compile(
    rf"累计|(?<!连续)(?<!第){_SPAN}(?:来|间|内|期间|累计|共|新增)|(?<!连续)[五四三]年(?=[^前之内以度])"
    r"|[”五]期间|(?<![今去])年?以来"
)
_REACHED = re.compile(r"(?:[到至达为]|突破|超过|稳定在|保持在)了?(?:约|近)?$")


def is_named(figure: Figure, indicator: Indicator) -> bool:
    """Tell whether a figure's name is the indicator's, or means the very same."""
    name, own = figure.as_written, indicator.zh
    if not _same_numbers(name, own) or _adds_to_a_stock(figure, own):
        return False
    if _names("other", indicator.id).fullmatch(name):
        return False
    return likeness(name, own) > 0 or bool(_names("same", indicator.id).fullmatch(name))


def _same_numbers(name: str, canonical: str) -> bool:
    """Tell whether a name can be the indicator's by its numbers: PM10 is not PM2.5."""
    wanted, own = _NUMBER.findall(canonical), _NUMBER.findall(name)
    return not wanted or not own or own == wanted


def _adds_to_a_stock(figure: Figure, canonical: str) -> bool:
    """Tell whether a name says what was added, the indicator what there is: 新增贷款, 贷款余额."""
    added = bool(_ADDED.search(figure.as_written)) and not _ADDED.search(canonical)
    return added and "新" not in canonical and figure.measure not in ("change", "growth_yoy")


@lru_cache(maxsize=65536)
def likeness(name: str, canonical: str) -> int:
    """Return 1 where a name is much like the indicator's own or holds it, else 0."""
    if canonical in name or name.isascii():
        return 1
    return int(SequenceMatcher(None, name, canonical).ratio() >= _LIKE)


def is_of_a_part(before: str, figure: Figure, canonical: str) -> bool:
    """Tell whether words beside a name say that the figure is of a part, or of more.

    Args:
        before: the words right before the figure's clause, within its sentence.
        figure: the figure.
        canonical: the indicator's own name.
    """
    own, _, behind = figure.clause.partition(figure.as_written)
    lead = before + own
    if _OF_SOME.search(before) or _OF_SOME.search(lead):
        return True
    joined = _JOINED.search(before) or _MORE.match(behind)
    if joined and not _EACH.search(figure.clause):
        return True  # 肉蛋奶和水产品总产量达到260万吨, 税收减免115亿元
    return any(lead.endswith(word) and word not in canonical for word in _part())


def is_of_years(lead: str) -> bool:
    """Tell whether the words before a number say that it is of several years: 五年平均, 三年筹集.

    What was reached at their end is of the last one: 五年来…增加到145亿元.
    """
    return bool(_MEAN.search(lead)) or bool(_YEARS.search(lead) and not _REACHED.search(lead))


@cache
def _names(table: str, identifier: str) -> re.Pattern[str]:
    return re.compile(_file()[table].get(identifier, "(?!)"))


@cache
def _part() -> tuple[str, ...]:
    return tuple(_file()["part"])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))

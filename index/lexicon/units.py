"""Units of figures: what each measures, and conversion between units of one dimension.

A unit is a scale (万), a base (元), possibly per something else (万元/人). Conversion is for
comparing only; a figure keeps the unit that its report states. Nothing here knows of figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

# Dimension → factor by base unit, relative to one unit of the dimension. A unit that stands by
# itself counts things that no other unit here counts.
_MEASURES = {
    "yuan": {"元": "1", "人民币": "1", "元人民币": "1"},
    "dollar": {"美元": "1"},
    "hong kong dollar": {"港元": "1"},
    "euro": {"欧元": "1"},
    "person": {"人": "1", "名": "1", "位": "1"},
    "visit": {"人次": "1"},
    "entity": {"个": "1", "家": "1", "户": "1"},
    "mass": {"吨": "1000", "公斤": "1", "千克": "1", "斤": "0.5", "克": "0.001", "毫克": "1e-6",
             "微克": "1e-9"},
    "coal equivalent": {"吨标准煤": "1", "吨标煤": "1"},
    "length": {"公里": "1000", "千米": "1000", "米": "1", "延米": "1", "海里": "1852", "里": "500"},
    "area": {"平方公里": "1e6", "平方千米": "1e6", "公顷": "1e4", "平方米": "1", "平米": "1",
             "亩": "666.666666666667"},
    "volume": {"立方米": "1", "方": "1", "升": "0.001", "立方": "1"},
    "power": {"千瓦": "1", "兆瓦": "1000", "瓦": "0.001", "吉瓦": "1e6", "GW": "1e6", "MW": "1000"},
    "energy": {"千瓦时": "1", "度": "1", "兆瓦时": "1000"},
    "percent": {"%": "1", "‰": "0.1", "成": "10"},
    "percentage point": {"个百分点": "1", "百分点": "1", "个千分点": "0.1"},
    "times": {"倍": "1"},
    "doubling": {"番": "1"},
    "month": {"月": "1", "个月": "1", "季度": "3", "个季度": "3", "年": "12"},
    "day": {"天": "1", "日": "1", "周": "7"},
    "working day": {"个工作日": "1", "工作日": "1"},
    "year of age": {"岁": "1"},
    "hour": {"小时": "1", "分钟": "0.0166666666666667"},
    "container": {"标箱": "1", "标准箱": "1", "TEU": "1"},
    "computing": {"EFLOPS": "1000", "EFlops": "1000", "PFLOPS": "1", "PFlops": "1", "P": "1"},
}  # fmt: skip

MEASURE_UNITS = frozenset(
    unit
    for dimension, units in _MEASURES.items()
    if dimension not in ("person", "entity", "visit")
    for unit in units
)
"""Base units that measure; the others count."""

_COUNTED = (
    "个 家 户 座 条 所 项 支 处 件 套 间 台 辆 部 张 名 位 人 次 场 起 宗 批 册 种 类 艘 架 "
    "列 班 栋 幢 株 头 只 尾 羽 口 眼 盏 枚 块 篇 门 款 本 份 轮 组 片 对 道 站 床 箱 剂 例 "
    "笔 环 卷 票 盘 篮 桩 枪 棵 帧 孔 尊 把 档 讲 回 幅 席 人次 场次 批次 架次 班次 班列 户次 "
    "车次 剂次 台套 头只 套间 人份 标段 泊位"
)
CLASSIFIERS = frozenset(re.findall(r"\S+", _COUNTED))
"""Measure words that count things."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a unit measures, per what, and how many of the dimension's own unit it is."""

    dimension: str
    per: str | None
    factor: Decimal


def comparable(unit: str, other: str) -> bool:
    """Tell whether figures in the two units can be compared after conversion."""
    first, second = _parsed(unit), _parsed(other)
    return (first.dimension, first.per) == (second.dimension, second.per)


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """Return how many `to` are `value` of `unit`: `convert(Decimal(2), "万亿元", "亿元")` is 20000.

    Raises:
        ValueError: the units measure different things.
    """
    if not comparable(unit, to):
        raise ValueError(f"expected two units of one dimension, found {unit!r} and {to!r}")
    converted = value * _parsed(unit).factor / _parsed(to).factor
    return converted.quantize(Decimal(1)) if converted == converted.to_integral() else converted


_FACTORS = {
    unit: (dimension, Decimal(factor))
    for dimension, units in _MEASURES.items()
    for unit, factor in units.items()
}

_SCALED = re.compile(f"([{''.join(SCALES)}]*)(.*)", re.DOTALL)


@cache
def _parsed(unit: str) -> _Unit:
    above, _, below = unit.partition("/")
    dimension, factor = _single(above)
    if not below:
        return _Unit(dimension, None, factor)
    per, divisor = _single(below)
    return _Unit(dimension, per, factor / divisor)


def _single(unit: str) -> tuple[str, Decimal]:
    if unit in _FACTORS:
        return _FACTORS[unit]
    scale, base = _SCALED.fullmatch(unit).groups()  # type: ignore[union-attr]
    factor = Decimal(1)
    for character in scale:
        factor *= SCALES[character]
    dimension, base_factor = _FACTORS.get(base, (base, Decimal(1)))
    return dimension, factor * base_factor

"""Bar and line charts as SVG text: no script, no font and no file from elsewhere.

A chart carries its own colours, so that it is the same in a page and in a picture saved from it; a
page may override them by class. Every label is escaped. Knows nothing of figures and reports.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

_FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
_INK, _FAINT, _RULE = "#1f2933", "#5b6770", "#d5dbe1"
_SIZE = 13
_GAP = 8


@dataclass(frozen=True, slots=True)
class Series:
    """A series as the legend names it; a `hollow` one is drawn in outline or dashed."""

    name: str
    colour: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a series: `label` is where it stands, a place or a year, `text` how it is written.

    `link` is kept as `data-figure`, for a page that opens what is clicked.
    """

    series: str
    label: str
    value: float
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a chart.

    `title` says what it shows, above it and to screen readers; `width` is that of the picture in
    its own units, of which text is 13 high; `note` stands beneath it: where the values are from,
    and their unit. Without `values` a line's values are told on hovering alone; lines are drawn
    `from_zero` where what matters is how large a value is.
    """

    title: str
    width: int = 720
    note: str = ""
    values: bool = True
    from_zero: bool = False


def bar_chart(points: Sequence[Point], series: Mapping[str, Series], frame: Frame) -> str:
    """Return horizontal bars, a row for each label in the order of `points`.

    Args:
        points: what is drawn; a label may have a bar of each series.
        series: by the key that points use, in the order of the bars and of the legend.
        frame: what stands around them.
    """
    width = frame.width
    shown = _shown(points, series)
    labels = list(dict.fromkeys(point.label for point in points))
    heading = _heading(frame.title, shown, width)
    left = min(max(map(text_width, labels)) + 2 * _GAP, width * 0.45)
    right = min(max(text_width(point.text) for point in points) + 2 * _GAP, width * 0.4)
    low = min(0.0, *(point.value for point in points))
    high = max(0.0, *(point.value for point in points)) or 1.0
    scale = (width - left - right) / (high - low)
    zero = left - low * scale
    parts, top = [heading.svg], heading.height
    for label in labels:
        own = [
            point
            for key in shown
            for point in points
            if (point.series, point.label) == (key, label)
        ]
        height = 18 * len(own)
        parts.append(
            _text(_cut(label, left - _GAP), left - _GAP, top + height / 2 + 5, "end", _INK)
        )
        for row, point in enumerate(own):
            parts.append(_bar(point, series[point.series], zero, scale, top + 18 * row, width))
        top += height + 10
    parts.insert(1, _rule(zero, heading.height - 4, zero, top - 6))
    return _noted(parts, top, frame)


def _bar(point: Point, series: Series, zero: float, scale: float, top: float, width: int) -> str:
    length = abs(point.value) * scale
    start = zero if point.value >= 0 else zero - length
    shape = _box(start, top + 2, max(length, 1), 14, series)
    end = max(start + length, zero) + _GAP
    value = _text(_cut(point.text, width - end), end, top + 14, "start", _INK)
    return _marked(point, series, shape + value)


def line_chart(points: Sequence[Point], series: Mapping[str, Series], frame: Frame) -> str:
    """Return lines across years, one for each series; arguments as for `bar_chart`.

    Labels are years in digits, and stand apart as the years do. A line is faint where it crosses a
    year without a value.
    """
    shown, width = _shown(points, series), frame.width
    heading = _heading(frame.title, shown, width)
    ticks = _ticks([*(point.value for point in points), *([0.0] if frame.from_zero else [])])
    left = max(text_width(_number(tick)) for tick in ticks) + _GAP
    margin = max(24.0, max(text_width(point.text) for point in points) / 2)
    top, height = heading.height + 16, 220
    years = sorted({int(point.label) for point in points})
    step = (width - left - 2 * margin) / max(years[-1] - years[0], 1)
    places = {year: left + margin + (year - years[0]) * step for year in years}

    def y(value: float) -> float:
        return top + height * (1 - (value - ticks[0]) / (ticks[-1] - ticks[0]))

    parts = [heading.svg]
    for tick in ticks:
        parts.append(_rule(left, y(tick), width, y(tick)))
        parts.append(_text(_number(tick), left - _GAP, y(tick) + 4, "end", _FAINT))
    parts += [
        _text(str(year), places[year], top + height + 24, "middle", _FAINT)
        for year in _apart(places)
    ]
    for key, each in shown.items():
        own = {int(point.label): point for point in points if point.series == key}
        spots = {year: (places[year], y(own[year].value)) for year in sorted(own)}
        parts.append(_line(spots, each))
        named = _apart(
            {year: spot[0] for year, spot in spots.items()},
            max(text_width(point.text) for point in own.values()),
        )
        for year, spot in spots.items():
            drop = 20 if _below(own[year], points, each) else -10
            words = _text(own[year].text, spot[0], spot[1] + drop, "middle", _INK)
            shape = _dot(spot, each) + (words if frame.values and year in named else "")
            parts.append(_marked(own[year], each, shape))
    return _noted(parts, top + height + 34, frame)


def _below(point: Point, points: Sequence[Point], series: Series) -> bool:
    """Tell whether a value is written under its dot: what is lower, in its year or of its line."""
    year = int(point.label)
    others = [p.value for p in points if p.label == point.label and p.series != point.series]
    if others and any(value != point.value for value in others):
        return point.value < max(others)
    beside = [p.value for p in points if p.series == point.series and abs(int(p.label) - year) == 1]
    is_valley = bool(beside) and point.value < min(beside)
    return series.hollow or is_valley


def _line(spots: Mapping[int, tuple[float, float]], series: Series) -> str:
    dash = ' stroke-dasharray="6 4"' if series.hollow else ""
    pieces = []
    for (year, one), (then, other) in itertools.pairwise(sorted(spots.items())):
        faint = "" if then - year == 1 else ' stroke-opacity="0.3"'
        pieces.append(
            f'<line x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}" '
            f'stroke="{series.colour}" stroke-width="2"{dash}{faint}/>'
        )
    return "".join(pieces)


def _dot(spot: tuple[float, float], series: Series) -> str:
    fill = "#ffffff" if series.hollow else series.colour
    return (
        f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="4.5" fill="{fill}" '
        f'stroke="{series.colour}" stroke-width="2"/>'
    )


def _marked(point: Point, series: Series, content: str) -> str:
    """Wrap a value's shapes so that they say on hovering what they are."""
    link = f' data-figure="{escape(point.link)}"' if point.link else ""
    said = escape(f"{point.label} · {series.name}: {point.text}")
    return f'<g class="value"{link}><title>{said}</title>{content}</g>'


# Their parts


@dataclass(frozen=True, slots=True)
class _Heading:
    svg: str
    height: float


def _heading(title: str, series: Mapping[str, Series], width: int) -> _Heading:
    """Return the title and the legend beneath it."""
    parts, top = [], 18.0
    for line in _lines(title, width):
        parts.append(_text(line, 0, top, "start", _INK, bold=True))
        top += 20
    start = 0.0
    for each in series.values():
        if start and start + 26 + text_width(each.name) > width:
            start, top = 0.0, top + 20
        parts.append(_box(start + 1, top - 10, 18, 10, each))
        parts.append(_text(each.name, start + 26, top, "start", _FAINT))
        start += 26 + text_width(each.name) + 2 * _GAP
    return _Heading("".join(parts), top + 12)


def _box(x: float, y: float, width: float, height: float, series: Series) -> str:
    tint = ' fill-opacity="0.12"' if series.hollow else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" rx="2" '
        f'fill="{series.colour}"{tint} stroke="{series.colour}" stroke-width="1.5"/>'
    )


def _shown(points: Iterable[Point], series: Mapping[str, Series]) -> dict[str, Series]:
    used = {point.series for point in points}
    return {key: each for key, each in series.items() if key in used}


def _text(words: str, x: float, y: float, anchor: str, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    kind = "faint" if colour == _FAINT else "ink"
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'fill="{colour}"{weight}>{escape(words)}</text>'
    )


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f'<line class="rule" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{_RULE}"/>'
    )


def _noted(parts: list[str], height: float, frame: Frame) -> str:
    """Return a picture with its note beneath it."""
    for line in _lines(frame.note, frame.width) if frame.note else []:
        height += 18
        parts.append(_text(line, 0, height - 4, "start", _FAINT))
    return _svg(parts, frame.width, height + (6 if frame.note else 0), frame.title)


def _svg(parts: Iterable[str], width: float, height: float, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
        f'width="{width}" height="{height:.0f}" role="img" aria-label="{escape(title)}" '
        f'font-family="{_FONT}" font-size="{_SIZE}">{"".join(parts)}</svg>'
    )


def text_width(words: str) -> float:
    """Return about how wide words are drawn: a Chinese character 13, a Latin one 8 or so."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in words)
    return _SIZE * (wide + 0.62 * (len(words) - wide))


def _cut(words: str, room: float) -> str:
    """Shorten words to the room there is."""
    if text_width(words) <= room:
        return words
    while words and text_width(words + "…") > room:
        words = words[:-1]
    return words + "…"


def _lines(words: str, room: float) -> list[str]:
    """Break a title into lines, at blanks where it has them."""
    lines = [""]
    pieces = words.split(" ") if " " in words else list(words)
    glue = " " if " " in words else ""
    for piece in pieces:
        longer = f"{lines[-1]}{glue}{piece}" if lines[-1] else piece
        if lines[-1] and text_width(longer) * 1.06 > room:
            lines.append(piece)
        else:
            lines[-1] = longer
    return lines


def _apart(places: Mapping[int, float], room: float = 36) -> set[int]:
    """Return which places keep a label so that none touches the next; the last always does."""
    kept: list[int] = []
    for key in sorted(places, reverse=True):
        if not kept or places[kept[-1]] - places[key] >= room + 4:
            kept.append(key)
    return set(kept)


def _ticks(values: Sequence[float]) -> list[float]:
    """Return four to seven round numbers that hold `values` between them."""
    low, high = min(values), max(values)
    if low == high:
        low, high = low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
    rough = (high - low) / 4
    magnitude = 10 ** math.floor(math.log10(rough))
    step = next(magnitude * factor for factor in (1, 2, 2.5, 5, 10) if magnitude * factor >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(n * step, 10) for n in range(first, last + 1)]


def _number(value: float) -> str:
    return f"{value:,.10g}" if abs(value) >= 10_000 else f"{value:.10g}"

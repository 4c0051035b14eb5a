"""The chart of an indicator over years: target and result of one place, or one side of several.

Knows which series are drawn; how a chart is drawn stands in `svg_charts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.panel.types import PanelRow
from assistant.panel.units import plain
from assistant.types import Language
from assistant.web.charts.figure_charts import figure_key, place_name
from assistant.web.charts.svg_charts import Frame, Point, Series, line_chart
from assistant.web.texts.loading import trend_texts
from assistant.web.trends.series import Trend, drawn, side_of
from index.types import Kind

MOST = 8
"""Places that are drawn: more lines are not told apart."""
_WIDE, _TOLD = 560, 12
"""How wide a chart has to be, and of how many years at most, for its values to be written in it."""
_COLOURS = (
    *("#1d5fa8", "#b4540a", "#4d7c4f", "#a3387f"),
    *("#7a6a00", "#0f7f8c", "#6b4fb3", "#8a3b2e"),
)
_SIDES: Mapping[Kind, tuple[str, bool]] = {
    "target": ("#b4540a", True),
    "actual": ("#1d5fa8", False),
}


def series_chart(trend: Trend, kind: Kind, frame: Frame, language: Language) -> str:
    """Return a trend as SVG; "" where fewer than two years have a number."""
    places = trend.places
    if len(places) == 1:
        return _both_sides(trend.rows, frame, language)
    shown = {place.code: place for place in places[:MOST]}
    rows = [row for row in drawn(trend.rows, kind) if row.place.code in shown]
    points = [_point(row, row.place.code, kind) for row in rows]
    series = {
        code: Series(place_name(place, language), colour)
        for (code, place), colour in zip(shown.items(), _COLOURS, strict=False)
    }
    return _lines(points, series, replace(frame, values=False))


def _both_sides(rows: Sequence[PanelRow], frame: Frame, language: Language) -> str:
    texts = trend_texts(language)
    points = [_point(row, kind, kind) for kind in _SIDES for row in drawn(rows, kind)]
    names: Mapping[Kind, str] = {"target": texts.target, "actual": texts.result}
    series = {str(kind): Series(names[kind], *_SIDES[kind]) for kind in _SIDES}
    tells = frame.width >= _WIDE and len({point.label for point in points}) <= _TOLD
    return _lines(points, series, replace(frame, values=tells))


def _point(row: PanelRow, series: str, kind: Kind) -> Point:
    side = side_of(row, kind)
    assert side.stated is not None  # `drawn` has left the others out
    value = side.stated.candidate.value
    assert value is not None
    words = f"{plain(value):f}".replace("-", "−") + row.unit
    link = figure_key(side.stated.candidate.figure)
    return Point(series, str(row.year), float(value), words, link)


def _lines(points: Sequence[Point], series: Mapping[str, Series], frame: Frame) -> str:
    if len({point.label for point in points}) < 2:
        return ""
    return line_chart(points, series, frame)

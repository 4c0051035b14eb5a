"""The chart of a trace: how often a term is said per 10,000 characters, year by year.

Knows which series are drawn; how a chart is drawn stands in `svg_charts`.
"""

from __future__ import annotations

from assistant.queries.traces import TraceResult, TraceYear
from assistant.web.charts.svg_charts import Frame, Point, Series, line_chart

_COLOUR = "#1d5fa8"


def trace_chart(result: TraceResult) -> str:
    """Return the years of a trace as SVG; a year without a mention is 0, without a report absent.

    Raises:
        ValueError: no report of a known year was read.
    """
    years = [year for year in result.years if year.year]
    if not years:
        raise ValueError("expected reports of known years, found none")
    points = [Point("rate", str(year.year), round(year.rate, 2), _told(year)) for year in years]
    words = "、".join(result.query.words)
    series = {"rate": Series("mentions per 10,000 characters", _COLOUR)}
    return line_chart(points, series, Frame(f"{words}, {years[0].year}–{years[-1].year}"))


def _told(year: TraceYear) -> str:
    return f"{year.rate:.2f}" if year.count else "0"

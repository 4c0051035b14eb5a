"""The chart of a trace: how often a term is said per 10,000 characters, year by year.

Knows which series are drawn; how a chart is drawn stands in `svg_charts`.
"""

from __future__ import annotations

from assistant.queries.traces import TraceResult, TraceYear
from assistant.types import Language
from assistant.web.charts.svg_charts import Frame, Point, Series, line_chart
from assistant.web.texts.loading import trend_texts
from index.text.script import to_traditional

_COLOUR = "#1d5fa8"


def trace_chart(
    result: TraceResult,
    language: Language = "en",
    *,
    since: int = 0,
    width: int = 720,
    note: str = "",
) -> str:
    """Return the years of a trace as SVG; a year without a mention is 0, without a report absent.

    Args:
        result: the trace.
        language: of its words.
        since: the first year that is drawn.
        width: of the picture, as of `Frame`.
        note: what stands beneath it.

    Raises:
        ValueError: no report of a known year was read.
    """
    years = [year for year in result.years if year.year and year.year >= since]
    if not years:
        raise ValueError("expected reports of known years, found none")
    points = [Point("rate", str(year.year), round(year.rate, 2), _told(year)) for year in years]
    comma, listed = (", ", ", ") if language == "en" else ("，", "、")
    words = listed.join(in_script(each, language) for each in result.query.words)
    series = {"rate": Series(trend_texts(language).per_10000, _COLOUR)}
    title = f"{words}{comma}{years[0].year}–{years[-1].year}"
    return line_chart(points, series, Frame(title, width, note, from_zero=True))


def in_script(words: str, language: Language) -> str:
    """Return a clean text's words in the script of the page."""
    return to_traditional(words) if language == "zh-Hant" else words


def _told(year: TraceYear) -> str:
    return f"{year.rate:.2f}" if year.count else "0"

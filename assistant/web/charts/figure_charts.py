"""Which chart a set of figures makes: bars across places, lines across years, or none.

Only what compares is drawn together: one indicator, one measure, one dimension of units. Knows how
figures are worded; how a chart is drawn stands in `charts`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from typing import TypeVar

from assistant.answering.figures.lookup import Stated
from assistant.answering.figures.wording import (
    amount_english,
    value_english,
    value_words,
    with_unit,
)
from assistant.answering.goals.promises import declines
from assistant.types import Answer, AnswerFigure, Language
from assistant.web.charts.svg_charts import Frame, Point, Series, bar_chart, line_chart
from assistant.web.texts.loading import figure_texts
from index.lexicon.indicators import Lexicon, load_lexicon
from index.lexicon.measures import AMOUNTS, CHANGES, is_downward
from index.lexicon.qualifiers import is_threshold, parted
from index.lexicon.units import comparable, convert
from index.places.gazetteer import load_gazetteer
from index.text.script import to_traditional
from index.types import Figure, FigureKind, Region

T = TypeVar("T")

_BARS = 30
"""How many places a chart shows; more are neither read nor told apart."""
_COMPARED = 3
"""From how many places on an answer's comparison is drawn as well."""
_COLOURS: dict[FigureKind, tuple[str, bool]] = {
    "target": ("#b4540a", True),
    "actual": ("#1d5fa8", False),
    "cumulative": ("#4d7c4f", False),
}


@dataclass(frozen=True, slots=True)
class _Value:
    """A figure that may be drawn: its place, its year and its value in the chart's unit."""

    stated: Stated
    place: Region
    year: int
    value: Decimal


def figure_chart(
    stated: Sequence[Stated],
    language: Language,
    lexicon: Lexicon,
    *,
    width: int = 720,
    today: date | None = None,
) -> str:
    """Return the chart of the figures that compare best, "" where none do.

    Lines across years where they are of one place, else bars across places in the year that most
    of them have; targets and results are two series.
    """
    values = _comparable(stated)
    if not values:
        return ""
    places = {each.place.code for each in values}
    years = {each.year for each in values}
    if len(places) == 1 and len(years) > 1:
        return _lines(values, language, lexicon, width, _note(values, language, today))
    most = Counter(year for year, _ in {(each.year, each.place.code) for each in values})
    year = max(most, key=lambda one: (most[one], one))
    of_year = [each for each in values if each.year == year]
    if len(of_year) < 2:
        return ""
    return _bars(of_year, year, language, lexicon, width, _note(of_year, language, today))


def _note(values: Sequence[_Value], language: Language, today: date | None) -> str:
    """Return what stands beneath a chart: the reports that its values are from, unit and day."""
    years = sorted({each.stated.report.given or 0 for each in values})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    return figure_texts(language).chart_note.format(
        years=span,
        unit=values[0].stated.figure.unit,
        date=(today or date.today()).isoformat(),
    )


def _comparable(stated: Iterable[Stated]) -> list[_Value]:
    """Return the largest set of figures that can stand in one chart, one a place, year and kind."""
    drawn = [
        each
        for each in stated
        if each.figure.value is not None
        and each.figure.is_sure
        and each.figure.measure not in ("rank", "qualitative")
        and re.fullmatch(r"\d{4}", each.figure.period)
    ]
    best = _largest(drawn, _sort, lambda each: (each.figure.region.code, each.figure.period))
    if not best:
        return []
    unit = _largest(best, lambda each: each.figure.unit, lambda each: each.figure.region.code)
    to = unit[0].figure.unit
    kept: dict[Hashable, _Value] = {}
    for each in sorted(best, key=_prominence):
        figure = each.figure
        if figure.value is None or not comparable(figure.unit, to):
            continue
        value = convert(figure.value, figure.unit, to)
        year = figure.years[0]
        kept.setdefault(
            (figure.region.code, year, figure.kind),
            _Value(each, figure.region, year, -value if declines(figure) else value),
        )
    return list(kept.values())


def _largest(
    items: Iterable[T], group: Callable[[T], Hashable], count: Callable[[T], Hashable]
) -> list[T]:
    """Return the group of `items` with most different `count`s, the first of equals."""
    groups: dict[Hashable, list[T]] = {}
    for item in items:
        groups.setdefault(group(item), []).append(item)
    return max(groups.values(), key=lambda own: len(set(map(count, own))), default=[])


def _sort(stated: Stated) -> Hashable:
    figure = stated.figure
    measure = "amount" if figure.measure in AMOUNTS else figure.measure
    return figure.indicator_id or figure.indicator, measure


def _prominence(stated: Stated) -> tuple[object, ...]:
    """Order figures of one thing: announced ones, the nearest report, and what stands first."""
    figure, given = stated.figure, stated.report.year
    distance = abs(given.value - figure.years[0]) if given else 99
    return figure.context is None, distance, is_threshold(figure.qualifier), figure.ordinal


def _bars(
    values: Sequence[_Value],
    year: int,
    language: Language,
    lexicon: Lexicon,
    width: int,
    note: str,
) -> str:
    texts = figure_texts(language)
    ordered = sorted(values, key=lambda each: (each.stated.figure.kind != "actual", -each.value))
    places = list(dict.fromkeys(each.place.code for each in ordered))
    shown = [each for each in ordered if each.place.code in places[:_BARS]]
    title = texts.in_year.format(what=_what(shown[0], language, lexicon), year=year)
    if len(places) > _BARS:
        title += f" ({texts.places_left_out.format(count=len(places) - _BARS)})"
    points = [_point(each, place_name(each.place, language), language) for each in shown]
    return bar_chart(points, _series(language), Frame(title, width, note))


def _lines(
    values: Sequence[_Value], language: Language, lexicon: Lexicon, width: int, note: str
) -> str:
    texts = figure_texts(language)
    what = _what(values[0], language, lexicon)
    title = texts.of_place.format(what=what, place=place_name(values[0].place, language))
    points = [_point(each, str(each.year), language) for each in values]
    return line_chart(points, _series(language), Frame(title, width, note))


def _series(language: Language) -> dict[str, Series]:
    names = figure_texts(language).kinds
    return {kind: Series(names[kind], *_COLOURS[kind]) for kind in names}


def _point(value: _Value, label: str, language: Language) -> Point:
    figure = value.stated.figure
    words = value_words(figure) if language != "en" else value_english(figure).split(" (")[0]
    text = f"−{words}" if value.value < 0 else words
    if language == "zh-Hant":
        text = to_traditional(text)
    return Point(figure.kind, label, float(value.value), text, figure_key(figure))


def _what(value: _Value, language: Language, lexicon: Lexicon) -> str:
    figure = value.stated.figure
    name = indicator_name(figure, language, lexicon)
    return _measured(name, figure.measure, language)


def _measured(name: str, measure: str, language: Language) -> str:
    """Name what is drawn: an indicator, or its growth."""
    if measure not in CHANGES:
        return name
    words = figure_texts(language).measures[measure]
    return f"{name}: {words}" if language == "en" else f"{name}{words}"


def figure_key(figure: Figure) -> str:
    """Return what a page calls a figure by."""
    return f"{figure.report_id}:{figure.ordinal}"


def place_name(region: Region, language: Language) -> str:
    """Name a place in the page's language."""
    if language == "en":
        return region.english
    return to_traditional(region.name) if language == "zh-Hant" else region.name


def indicator_name(figure: Figure, language: Language, lexicon: Lexicon) -> str:
    """Name a figure's indicator; in English the report's own name where there is no other."""
    if language == "en" and figure.indicator_id:
        return _capital(lexicon.get(figure.indicator_id).en)
    return to_traditional(figure.indicator) if language == "zh-Hant" else figure.indicator


# The chart of an answer


def comparison_chart(answer: Answer, *, width: int = 360) -> str:
    """Return a chart of the figures that an answer compares, as HTML; "" where it has none.

    Lines are drawn from three years of one place on, bars from three places on, of one indicator
    in one measure and in units that compare. The picture is an `<img>` whose address holds it, with
    its values as the text that stands for it where it cannot be seen: there is nothing in it that
    could run or be loaded.
    """
    run = _of_years(answer.figures)
    if len({figure.period for figure in run}) >= _COMPARED:
        return _run_chart(run, answer.language)
    drawn = _compared(answer.figures)
    if not _COMPARED <= len({figure.region for figure in drawn}) <= _BARS:
        return ""
    language, unit = answer.language, drawn[0].unit
    periods = {figure.period for figure in drawn}
    points = []
    for figure in drawn:
        value = convert(figure.values[0], figure.unit, unit)
        falls = is_downward(figure.measure, figure.qualifier)
        label = place_called(figure.region, language)
        if len(periods) > 1:
            label = f"{label} {figure.period}"
        text = _worded(figure, language)
        points.append(Point(figure.kind, label, float(-value if falls else value), text))
    points.sort(key=lambda point: -point.value)
    title = _measured(indicator_called(drawn[0].indicator, language), drawn[0].measure, language)
    if len(periods) == 1:
        title = figure_texts(language).in_year.format(what=title, year=drawn[0].period)
    picture = bar_chart(points, _series(language), Frame(title, width))
    return _pictured(picture, title, points)


def _pictured(picture: str, title: str, points: Sequence[Point]) -> str:
    said = f"{title}: " + "; ".join(f"{point.label} {point.text}" for point in points)
    address = "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()
    return f'<img class="comparison-chart" alt="{escape(said)}" src="{address}">'


def _run_chart(figures: Sequence[AnswerFigure], language: Language) -> str:
    """Return lines across the years of one place, its goals and its results two of them."""
    unit = figures[0].unit
    points = []
    for figure in figures:
        middle = sum(figure.values, Decimal(0)) / len(figure.values)
        value = convert(middle, figure.unit, unit)
        falls = is_downward(figure.measure, figure.qualifier)
        text = _worded(figure, language).split(" (")[0]
        points.append(Point(figure.kind, figure.period, float(-value if falls else value), text))
    what = _measured(indicator_called(figures[0].indicator, language), figures[0].measure, language)
    title = figure_texts(language).of_place.format(
        what=what, place=place_called(figures[0].region, language)
    )
    picture = line_chart(points, _series(language), Frame(title, _RUN_WIDTH))
    return _pictured(picture, title, sorted(points, key=lambda point: point.label))


_RUN_WIDTH = 560


def _of_years(figures: Sequence[AnswerFigure]) -> list[AnswerFigure]:
    """Return the figures of the longest run of years of one place, one a year and kind."""
    numbered = [
        figure
        for figure in figures
        if figure.values
        and figure.measure not in ("rank", "ratio")
        and re.fullmatch(r"\d{4}", figure.period)
    ]
    best = _largest(
        numbered,
        lambda figure: (figure.region, figure.indicator, figure.measure),
        lambda figure: figure.period,
    )
    if len({figure.region for figure in numbered}) > 1 or not best:
        return []
    kept: dict[tuple[str, str], AnswerFigure] = {}
    for figure in best:
        if comparable(figure.unit, best[0].unit):
            kept.setdefault((figure.period, figure.kind), figure)
    return list(kept.values())


def _compared(figures: Sequence[AnswerFigure]) -> list[AnswerFigure]:
    """Return the figures of the largest comparison, the first of each place."""
    numbered = [
        figure for figure in figures if figure.value and figure.measure not in ("rank", "ratio")
    ]
    best = _largest(
        numbered, lambda figure: (figure.indicator, figure.measure), lambda figure: figure.region
    )
    kept: dict[str, AnswerFigure] = {}
    for figure in best:
        if comparable(figure.unit, best[0].unit):
            kept.setdefault(figure.region, figure)
    return list(kept.values())


def _worded(figure: AnswerFigure, language: Language) -> str:
    """Return a value with its unit and its qualifier as written: 控制在3%以内, 8%以上."""
    if language == "en":
        low, high = figure.values[0], figure.values[-1]
        amount = amount_english(high, figure.unit)
        if low != high:
            amount = f"{low:f}–{amount}"
        return f"{amount} ({figure.qualifier})" if figure.qualifier else amount
    parts = parted(figure.qualifier)
    low, high = figure.values[0], figure.values[-1]
    value = f"{low:f}" if low == high else f"{low:f}—{high:f}"
    measured = with_unit(value, figure.unit, parts.inside)
    text = f"{parts.estimate}{parts.decline}{parts.before}{measured}{parts.after}"
    return to_traditional(text) if language == "zh-Hant" else text


def place_called(name: str, language: Language) -> str:
    """Return a place's name as a report has it in a language, as it stands where it is unknown."""
    if language == "en":
        known = load_gazetteer().resolve(name)
        return known[0].english if known else name
    return to_traditional(name) if language == "zh-Hant" else name


def indicator_called(name: str, language: Language) -> str:
    """Return an indicator's Chinese name in a language, as it stands where it is unknown."""
    if language == "en":
        return _capital(next((each.en for each in load_lexicon().all if each.zh == name), name))
    return to_traditional(name) if language == "zh-Hant" else name


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]

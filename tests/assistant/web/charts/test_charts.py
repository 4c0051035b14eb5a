"""Charts as SVG text, and which figures make one."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.answering.figures.export import select_figures
from assistant.answering.figures.lookup import Stated
from assistant.types import Answer, AnswerFigure, Language
from assistant.web.charts.figure_charts import comparison_chart, figure_chart
from assistant.web.charts.svg_charts import Frame, Point, Series, bar_chart, line_chart
from index.lexicon.indicators import load_lexicon
from index.storage.catalogue import Catalogue
from index.types import FigureKind
from tests.assistant.figures import GOAL

SERIES = {"target": Series("目标", "#b4540a", hollow=True), "actual": Series("完成", "#1d5fa8")}
LEXICON = load_lexicon()
HARM = '<script>alert("x")</script>&'


def texts(svg: str) -> list[str]:
    """Return the words of a chart, which must be well-formed XML."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own text
    return [element.text or "" for element in root.iter() if element.tag.endswith("text")]


def bars(svg: str) -> list[tuple[float, float]]:
    """Return where the bars of a chart begin and how long they are."""
    root = ElementTree.fromstring(svg)  # noqa: S314
    boxes = [element for element in root.iter() if element.tag.endswith("rect")]
    return [(float(box.attrib["x"]), float(box.attrib["width"])) for box in boxes]


def test_a_bar_has_its_label_and_its_value_as_written() -> None:
    svg = bar_chart([Point("target", "玉门市", 8.0, "8%以上")], SERIES, Frame("增速"))
    assert {"增速", "玉门市", "8%以上", "目标"} <= set(texts(svg))
    assert "完成" not in texts(svg)


def test_bars_are_as_long_as_their_values() -> None:
    points = [Point("actual", "a", 8.0, "8"), Point("actual", "b", 4.0, "4")]
    _, (_, long), (_, short) = bars(bar_chart(points, SERIES, Frame("")))
    assert long == pytest.approx(2 * short, abs=0.2)


def test_a_fall_is_drawn_to_the_left() -> None:
    points = [Point("actual", "a", 8.0, "8"), Point("actual", "b", -4.0, "−4")]
    _, (zero, _), (start, length) = bars(bar_chart(points, SERIES, Frame("")))
    assert start + length == pytest.approx(zero, abs=0.1)


@pytest.mark.parametrize("draw", [bar_chart, line_chart])
def test_words_of_a_report_stay_words(draw: Callable[..., str]) -> None:
    points = [Point("actual", "2023", 8.0, HARM, link=HARM), Point("actual", "2024", 9.0, "9")]
    svg = draw(points, SERIES, Frame(HARM))
    assert "<script" not in svg
    assert HARM in texts(svg)


def test_a_line_is_faint_across_a_year_without_a_value() -> None:
    years = [Point("actual", year, 5.0, "5%") for year in ("2020", "2021", "2024")]
    svg = line_chart(years, SERIES, Frame("增速"))
    assert svg.count("stroke-opacity") == 1


def test_one_value_is_a_chart_too() -> None:
    assert "5%" in texts(line_chart([Point("actual", "2020", 5.0, "5%")], SERIES, Frame("增速")))


# Of figures


@pytest.fixture(scope="module")
def stated(seeds_index: Path) -> list[Stated]:
    with Catalogue.open(seeds_index) as catalogue:
        return select_figures(catalogue, LEXICON, indicators=["gdp"])


def of_places(stated: Sequence[Stated]) -> list[Stated]:
    return [each for each in stated if each.figure.kind == "target"]


def test_places_of_one_year_make_bars(stated: list[Stated]) -> None:
    words = texts(figure_chart(of_places(stated), "zh-Hans", LEXICON))
    assert {"玉门市", "焦作市", "地区生产总值同比增速，2023年"} <= set(words)


def test_years_of_one_place_make_a_line_with_targets_and_results(stated: list[Stated]) -> None:
    target = next(each for each in of_places(stated) if each.figure.period == "2023")
    drawn: list[tuple[str, FigureKind]] = [
        ("2022", "target"),
        ("2022", "actual"),
        ("2023", "target"),
    ]
    series = [
        replace(target, figure=replace(target.figure, period=year, kind=kind))
        for year, kind in drawn
    ]
    svg = figure_chart(series, "en", LEXICON)
    assert svg.count("<circle") == 3
    assert {"target", "result", "2022", "2023"} <= set(texts(svg))


def test_only_one_measure_is_drawn(stated: list[Stated]) -> None:
    words = texts(figure_chart(stated, "zh-Hans", LEXICON))
    assert not [word for word in words if "亿元" in word]


def test_units_of_one_dimension_are_drawn_to_one_scale(stated: list[Stated]) -> None:
    level = next(each for each in stated if each.figure.measure == "level")
    places = list({each.figure.region.code: each.figure.region for each in stated}.values())
    series = [
        replace(
            level,
            figure=replace(
                level.figure, period="2022", value=Decimal(value), unit=unit, region=place
            ),
        )
        for value, unit, place in zip(("2", "1"), ("亿元", "万亿元"), places, strict=False)
    ]
    _, (_, first), (_, second) = bars(figure_chart(series, "zh-Hans", LEXICON))
    assert first > 100 * second


def test_a_figure_alone_makes_no_chart(stated: list[Stated]) -> None:
    assert figure_chart(stated[:1], "zh-Hans", LEXICON) == ""
    assert figure_chart([], "zh-Hans", LEXICON) == ""


# Of an answer

FIGURE = AnswerFigure(region="玉门市", indicator="地区生产总值", **GOAL)
COMPARED = (
    FIGURE,
    replace(FIGURE, region="焦作市", value="7", qualifier="以上"),
    replace(FIGURE, region="嘉峪关市", value="6.5-7", qualifier=None),
)


def answered(figures: Sequence[AnswerFigure], language: Language = "zh-Hans") -> Answer:
    return Answer("比较", language, "", figures=tuple(figures))


def picture(html: str) -> str:
    """Return the chart that an `<img>` holds."""
    found = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    assert found
    return b64decode(found[1]).decode()


def test_a_comparison_of_three_places_is_drawn_with_their_values_as_written() -> None:
    words = texts(picture(comparison_chart(answered(COMPARED))))
    assert {"玉门市", "8%", "焦作市", "7%以上", "嘉峪关市", "6.5—7%"} <= set(words)


def test_a_chart_says_its_values_to_those_who_do_not_see_it() -> None:
    html = unescape(comparison_chart(answered(COMPARED, "en")))
    assert "Gross domestic product: growth, 2023: Yumen 8%; Jiaozuo 7% (以上)" in html


def test_two_places_are_compared_in_words_alone() -> None:
    assert comparison_chart(answered(COMPARED[:2])) == ""


def test_two_years_of_one_place_are_told_in_words_alone() -> None:
    own = [replace(FIGURE, period=year) for year in ("2022", "2023")]
    assert comparison_chart(answered(own)) == ""


def test_what_does_not_compare_is_not_drawn_together() -> None:
    mixed = (*COMPARED[:2], replace(COMPARED[2], indicator="固定资产投资"))
    assert comparison_chart(answered(mixed)) == ""
    mixed = (*COMPARED[:2], replace(COMPARED[2], unit="亿元"))
    assert comparison_chart(answered(mixed)) == ""


def test_years_that_differ_stand_beside_the_places() -> None:
    figures = (*COMPARED[:2], replace(COMPARED[2], period="2021"))
    assert "嘉峪关市 2021" in texts(picture(comparison_chart(answered(figures))))


def test_a_run_of_years_is_drawn_as_lines_with_goals_beside_results() -> None:
    figures = [
        replace(COMPARED[0], region="海口市", kind=kind, period=str(year), value=value)
        for year, goal, result in ((2020, "6.5", "5.3"), (2021, "11", "11.3"), (2022, "9.5", "1.3"))
        for kind, value in (("target", goal), ("actual", result))
    ]
    html = unescape(comparison_chart(answered(figures)))
    assert "2020 5.3%; 2021" in html
    assert html.count("2022 ") == 2
    assert comparison_chart(answered(figures[:4])) == ""

"""The tab of trends in a real browser, and what it answers: words and indicators over years."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import Assistant, open_assistant
from assistant.panel.columns import names
from assistant.settings import Settings
from assistant.web.app import create_app, start
from assistant.web.trends.trend_tab import TrendTab
from index.build import build
from tests.assistant.made_reports import write_reports
from tests.assistant.web.conftest import OpenPage
from tests.conftest import SEEDS

HARM = '<img src=x onerror="document.title=`harmed`">'

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("web-trends")
    write_reports(folder / "made")
    build([SEEDS / "reports", folder / "made"], data=folder / "data")
    return open_assistant(Settings(data=folder / "data"))


@pytest.fixture(scope="module")
def url(assistant: Assistant) -> Iterator[str]:
    app = create_app(assistant)
    yield start(app)
    app.close()


def table(page: Page, name: str) -> list[list[str]]:
    rows = page.locator(f"table.{name} tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


@pytest.mark.parametrize(
    ("locale", "tab", "words", "field", "told", "jiaozuo"),
    [
        ("zh-CN", "趋势", "用语", "词语", "份提到“乡村振兴”", "焦作市"),
        ("en-US", "Trends", "Words", "Words", "reports say “乡村振兴”", "Jiaozuo"),
    ],
)
def test_words_are_followed_from_their_first_mention_to_their_last(
    visit: OpenPage,
    url: str,
    locale: str,
    tab: str,
    words: str,
    field: str,
    told: str,
    jiaozuo: str,
) -> None:
    page = visit(url, locale)
    page.get_by_role("tab", name=tab, exact=True).click()
    expect(page.locator(".trend table")).to_be_visible()
    page.locator(".by").get_by_text(words, exact=True).click()
    expect(page.locator(".suggested .chip", has_text="乡村振兴")).to_be_visible()
    page.get_by_role("textbox", name=field).or_(page.get_by_role("combobox", name=field)).fill(
        "乡村振兴"
    )
    page.keyboard.press("Enter")
    expect(page.locator(".trend .tally")).to_contain_text(told)
    expect(page.locator(".trend .ends dt")).to_have_count(2)
    expect(page.locator(".trend .chart .wide svg")).to_be_visible()
    years, places = table(page, "trace-years"), table(page, "trace-places")
    assert all(int(said) <= int(read) for _, read, said, *_ in years)
    assert [row[0] for row in places] == [str(n + 1) for n in range(len(places))]
    assert jiaozuo in {row[1] for row in places}
    assert [row[2][:4] for row in places] == sorted(row[2][:4] for row in places)
    with page.expect_download() as started:
        page.locator('.trend [data-save="places"]').click()
    rows = csv.DictReader(io.StringIO(Path(started.value.path()).read_text("utf-8-sig")))
    assert [row["order"] for row in rows] == [row[0] for row in places]
    page.locator("table.trace-places a").first.click()
    expect(page.locator("#reader mark.strong").first).to_contain_text("乡村振兴")
    page.keyboard.press("Escape")
    expect(page.locator(".trend .tally")).to_be_visible()
    assert "term=" in page.url


@pytest.mark.parametrize(
    ("locale", "target", "measure"),
    [("zh-CN", "目标", "增速"), ("en-US", "Target", "growth")],
)
def test_an_indicator_is_followed_over_years_and_places(
    visit: OpenPage, url: str, locale: str, target: str, measure: str
) -> None:
    page = visit(f"{url}#/trends?indicator=gdp&place=桂林市", locale)
    expect(page.locator("table.series thead")).to_contain_text(target)
    expect(page.locator(".trend .spoken, .trend .tally").first).to_contain_text(measure)
    page.locator("table.series button").first.click()
    expect(page.locator(".figure-source mark").first).to_be_visible()
    page.goto(f"{url}#/trends?indicator=gdp&place=桂林市&place=焦作市&kind=target")
    expect(page.locator("table.grid tbody tr")).to_have_count(2)
    expect(page.locator(".chips .chip")).to_have_count(3)
    assert "place=410800" in page.url
    assert table(page, "grid")[0][1:].count("7") == 1


def test_a_word_that_no_report_says_and_a_place_that_is_none_are_said_to_be_so(
    visit: OpenPage, url: str
) -> None:
    page = visit(f"{url}#/trends?term=元宇宙大会", "zh-CN")
    expect(page.locator(".trend .empty")).to_contain_text("没有提到“元宇宙大会”")
    page.get_by_role("combobox", name="地区").locator("visible=true").fill("火星市")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").locator("visible=true")).to_have_text("没有叫“火星市”的地方。")


def test_a_narrow_window_does_not_scroll_sideways(visit: OpenPage, url: str) -> None:
    for query in ("term=乡村振兴", "indicator=gdp"):
        page = visit(f"{url}#/trends?{query}", "zh-CN", 390)
        expect(page.locator(".trend table").first).to_be_visible()
        expect(page.locator(".grid thead, .trace-years thead")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


# What it is asked for


def call(assistant: Assistant, name: str, **asked: object) -> Any:  # noqa: ANN401 - plain values
    functions = {each.__name__: each for each in TrendTab(assistant).functions}
    return functions[name]({"language": "en", **asked})


def test_what_an_address_holds_may_be_anything(assistant: Assistant) -> None:
    for asked in ({"term": "x"}, {"term": [1, {}]}, {"indicator": 7}, {"from": "x", "place": 3}):
        assert "html" in call(assistant, "trends", **asked)


def test_of_several_places_the_side_is_shown_that_more_of_them_state(assistant: Assistant) -> None:
    shown = call(assistant, "trends", indicator="gdp", place=["410800", "420505"])
    assert shown["kind"] == "target"
    assert '<th scope="col">2022</th>' not in shown["html"]


def test_words_of_the_address_are_text(assistant: Assistant) -> None:
    html = call(assistant, "trends", term=[HARM])["html"]
    assert "<img" not in html
    assert "&lt;img" in html


def test_an_indicator_is_saved_with_every_column_of_the_panel(assistant: Assistant) -> None:
    text = call(assistant, "trends_file", form="panel", indicator="gdp")["text"]
    header, *rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    assert tuple(header) == names()
    assert rows


def test_words_are_suggested_that_a_report_says(assistant: Assistant) -> None:
    suggested = call(assistant, "trends_suggested")
    assert "乡村振兴" in suggested
    assert "银发经济" not in suggested

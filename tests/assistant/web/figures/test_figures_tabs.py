"""The figures and promises tabs in a real browser, over the sample reports and made ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.answer import open_assistant
from assistant.answering.figures.export import COLUMNS
from assistant.settings import Settings
from assistant.web.app import create_app, start
from index.build import build
from tests.assistant.made_reports import write_reports
from tests.assistant.web.conftest import OpenPage
from tests.conftest import SEEDS
from tests.windows import new_window

HARM = '<img src=x onerror="document.title=`harmed`">'
PNG = b"\x89PNG\r\n\x1a\n"

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""

OpenTab = Callable[..., Page]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("web-figures")
    write_reports(folder / "made")
    (folder / "made/harmful.txt").write_text(
        "2019年瓜州县政府工作报告\n——2019年1月8日在瓜州县人民代表大会上\n"
        f"一、2018年工作回顾\n2018年，全县地区生产总值120亿元，{HARM}栈道里程达到12公里。\n",
        "utf-8",
    )
    build([SEEDS / "reports", folder / "made"], data=folder / "data")
    app = create_app(open_assistant(Settings(data=folder / "data")))
    yield start(app)
    app.close()


@pytest.fixture
def opened(visit: OpenPage, url: str) -> OpenTab:
    def open_tab(name: str, locale: str = "en-US", width: int = 1280) -> Page:
        page = visit(url, locale, width)
        page.get_by_role("tab", name=name, exact=True).click()
        expect(view(page).locator("table")).to_be_visible()
        return page

    return open_tab


def view(page: Page) -> Locator:
    return page.locator(".figure-view:not(.board)").locator("visible=true")


def panel(page: Page) -> Locator:
    return page.locator(".figure-source").locator("visible=true")


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True).locator("visible=true").first


def choose(page: Page, label: str, value: str) -> None:
    """Type a name and take it."""
    field(page, label).fill(value)
    field(page, label).press("Enter")


def select(page: Page, label: str, value: str) -> None:
    option = field(page, label).locator("option", has_text=value).first
    field(page, label).select_option(option.get_attribute("value"))


def clear(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Remove {name}").click()


def column(page: Page, name: str) -> set[str]:
    return set(view(page).locator(f"tbody td.{name}").all_inner_texts())


def test_filters_narrow_the_table_and_its_chart(opened: OpenTab) -> None:
    page = opened("Figures")
    choose(page, "Place", "Jiaozuo")
    select(page, "Kind", "target")
    expect(view(page).locator("tbody tr")).to_have_count(1)
    assert column(page, "place") == {"Jiaozuo"}
    assert column(page, "value") == {"growth of 7%"}


def test_an_indicator_can_be_typed_in_any_language(opened: OpenTab) -> None:
    page = opened("Figures")
    clear(page, "Gross domestic product")
    choose(page, "Indicator", "社零")
    expect(view(page).locator("tbody td.indicator").first).to_have_text(
        "Total retail sales of consumer goods"
    )
    assert column(page, "indicator") == {"Total retail sales of consumer goods"}


def test_several_places_and_a_span_of_years_stand_in_the_address(
    opened: OpenTab, visit: OpenPage
) -> None:
    page = opened("数据", "zh-CN")
    choose(page, "地区", "桂林")
    choose(page, "地区", "玉门市")
    field(page, "起始年份").fill("2021")
    field(page, "截止年份").fill("2022")
    field(page, "截止年份").press("Enter")
    expect(page.locator(".chip")).to_have_count(3)
    expect(view(page).locator("td.period", has_text="2023")).to_have_count(0)
    assert column(page, "place") == {"桂林市", "玉门市"}
    again = visit(page.url)
    expect(again.locator(".chip")).to_have_count(3)
    assert column(again, "place") == {"Guilin", "Yumen"}


def test_a_column_orders_the_table(opened: OpenTab) -> None:
    page = opened("Figures")
    select(page, "Measure", "growth")
    page.get_by_role("button", name="Value").click()
    expect(page.locator('th[aria-sort="descending"]')).to_contain_text("Value")
    expect(view(page).locator("td.value").first).to_contain_text("8%")
    page.get_by_role("button", name="Value").click()
    expect(page.locator('th[aria-sort="ascending"]')).to_contain_text("Value")
    expect(view(page).locator("td.value").first).not_to_contain_text("8%")


def test_a_name_that_is_none_is_said_to_be_none(opened: OpenTab) -> None:
    page = opened("Figures")
    choose(page, "Place", "Atlantis")
    expect(page.get_by_role("alert").locator("visible=true")).to_have_text(
        "No place is called “Atlantis”."
    )
    expect(view(page).locator("tbody tr").first).to_be_visible()


def test_a_source_of_before_goes_with_its_row(opened: OpenTab) -> None:
    page = opened("Figures")
    view(page).locator("tbody tr").first.click()
    expect(panel(page)).to_be_visible()
    field(page, "From year").fill("1979")
    field(page, "To year").fill("1979")
    field(page, "To year").press("Enter")
    expect(view(page)).to_contain_text("No figure fits")
    expect(panel(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Save CSV")).to_have_count(0)


def test_a_row_opens_the_sentence_that_states_it(opened: OpenTab) -> None:
    page = opened("Figures")
    choose(page, "Place", "Jiaozuo")
    expect(view(page).locator("tbody tr")).to_have_count(1)
    view(page).locator("tr", has_text="growth of 7%").locator("td.place").click()
    marked = panel(page).locator("mark")
    expect(marked.first).to_have_text("地区生产总值增长7%")
    expect(panel(page)).to_contain_text("主要预期目标")
    expect(panel(page)).to_contain_text("001_7692730640d39c1c.txt, characters 2,266–2,289")
    panel(page).locator("summary").click()
    expect(marked.last).to_contain_text("增長(cháng)7%")


def test_a_row_opens_from_the_keyboard(opened: OpenTab) -> None:
    page = opened("Figures")
    view(page).locator("tbody button").first.press("Enter")
    expect(panel(page).locator("mark").first).to_be_visible()


def test_a_bar_opens_its_source(opened: OpenTab) -> None:
    page = opened("Figures")
    page.locator(".chart .wide .value", has_text="Yumen").first.click()
    expect(panel(page).locator("h3")).to_have_text("Yumen · 2023")


def test_the_csv_is_what_is_shown_and_opens_in_a_spreadsheet(opened: OpenTab) -> None:
    page = opened("Figures")
    choose(page, "Place", "Yumen")
    others = view(page).locator("tbody td.place").filter(has_not_text="Yumen")
    expect(others).to_have_count(0)
    shown = view(page).locator("tbody tr").count()
    with page.expect_download() as started:
        view(page).get_by_role("button", name="Save CSV").click()
    content = Path(started.value.path()).read_bytes()
    assert content.startswith("\ufeff".encode())
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert tuple(header) == COLUMNS
    assert len(rows) == shown
    assert {row[COLUMNS.index("region")] for row in rows} == {"玉门市"}


def test_the_chart_is_saved_as_a_picture(opened: OpenTab) -> None:
    page = opened("Figures")
    with page.expect_download() as started:
        view(page).get_by_role("button", name="Save PNG").click()
    content = Path(started.value.path()).read_bytes()
    assert content.startswith(PNG)
    assert int.from_bytes(content[16:20]) > 1000


def test_words_of_a_report_are_text_in_tables_charts_and_sources(opened: OpenTab) -> None:
    page = opened("Figures")
    clear(page, "Gross domestic product")
    choose(page, "Place", "Guazhou County")
    view(page).locator("tbody tr", has_text="onerror").click()
    expect(panel(page).locator("mark").first).to_contain_text("栈道里程达到12公里")
    expect(panel(page)).to_contain_text(HARM)
    assert page.locator(".tab-pane img").count() == 0
    assert "harmed" not in page.title()


def test_promises_stand_beside_their_results_with_a_verdict_in_words(opened: OpenTab) -> None:
    page = opened("目标兑现", "zh-CN")
    choose(page, "地区", "桂林市")
    field(page, "年份").select_option("2021")
    row = view(page).locator("tr", has_text="一般公共预算收入")
    expect(row).to_contain_text("增长3%")
    expect(row).to_contain_text("下降1.2%")
    expect(row.locator(".verdict")).to_have_text("✗ 未完成")
    row.locator("button").last.click()
    expect(panel(page).locator("mark").first).to_contain_text("下降1.2%")
    expect(page.locator(".board .scores tr", has_text="桂林市")).to_be_visible()
    expect(panel(page)).to_contain_text("桂林市_2022.txt")


@pytest.mark.parametrize(
    ("locale", "tab", "word"),
    [("zh-CN", "数据", "地区"), ("zh-TW", "數據", "地區"), ("en-US", "Figures", "Place")],
)
def test_the_tab_speaks_the_browsers_language(
    opened: OpenTab, locale: str, tab: str, word: str
) -> None:
    page = opened(tab, locale)
    expect(page.get_by_text(word, exact=True).first).to_be_visible()


@pytest.mark.parametrize("tab", ["Figures", "Promises"])
def test_a_narrow_window_does_not_scroll_sideways(opened: OpenTab, tab: str) -> None:
    page = opened(tab, width=390)
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= window
    expect(view(page).locator("tbody button").first).to_be_in_viewport(ratio=0)


def test_the_page_asks_nothing_of_other_machines(browser: Browser, url: str) -> None:
    context = new_window(browser, "zh-CN")
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    for tab in ("数据", "目标兑现"):
        page.get_by_role("tab", name=tab, exact=True).click()
        expect(view(page).locator("table")).to_be_visible()
    assert not [each for each in asked if not each.startswith((url, "data:", "blob:"))]
    context.close()


def test_a_comparison_in_the_chat_is_drawn_as_well(visit: OpenPage, url: str) -> None:
    page = visit(url, "zh-CN")
    page.fill("#question textarea", "比较玉门、焦作、猇亭2023年GDP增长目标")
    page.press("#question textarea", "Enter")
    chart = page.locator("#chat img.comparison-chart")
    expect(chart).to_be_visible()
    expect(chart).to_have_attribute(
        "alt", "地区生产总值同比增速，2023年: 玉门市 8%; 猇亭区 8%; 焦作市 7%"
    )
    assert page.evaluate("document.querySelector('.comparison-chart').naturalWidth") > 100

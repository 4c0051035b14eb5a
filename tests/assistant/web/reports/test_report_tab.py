"""The tab of reports in a real browser: the table, files taken in and out, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import open_assistant
from assistant.settings import Settings
from assistant.web.app import create_app, start
from index.storage.catalogue import Catalogue
from tests.assistant.web.conftest import OpenPage
from tests.conftest import SEEDS

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""

JIAOZUO = SEEDS / "reports/001_7692730640d39c1c.txt"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over an index without reports."""
    data = tmp_path_factory.mktemp("reports-tab") / "data"
    Catalogue.open(data, create=True).close()
    app = create_app(open_assistant(Settings(data=data)))
    yield start(app)
    app.close()


def note(folder: Path) -> Path:
    """Write a file that is no report."""
    path = folder / "便条.txt"
    path.write_text("今天开会讨论了三件事，买菜、修车、接孩子。", encoding="utf-8")
    return path


def rows(page: Page) -> list[str]:
    return page.locator(".reports tbody tr td:first-child").all_inner_texts()


@pytest.mark.parametrize(
    ("locale", "tab", "search", "place"),
    [("zh-CN", "报告", "焦作", "焦作市"), ("en-US", "Reports", "jiaozuo", "Jiaozuo")],
)
def test_reports_are_searched_sorted_and_opened(
    visit: OpenPage, samples: str, locale: str, tab: str, search: str, place: str
) -> None:
    page = visit(samples, locale)
    page.get_by_role("tab", name=tab, exact=True).click()
    expect(page.locator(".reports tbody tr")).to_have_count(5)
    page.locator('[data-sort="figures"]').locator("visible=true").click()
    counts = page.locator(".reports tbody tr td:nth-child(6)").all_inner_texts()
    assert counts == sorted(counts, key=int, reverse=True)
    page.fill(".report-tools [type=search]", search)
    expect(page.locator(".reports tbody tr")).to_have_count(1)
    assert rows(page) == [place]
    page.fill(".report-tools [type=search]", "桃花源")
    expect(page.locator(".none-fit")).to_be_visible()
    page.fill(".report-tools [type=search]", search)
    page.locator(".reports .title a").click()
    expect(page.locator("#reader h2")).to_have_text(f"{place} · 2023")
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    assert rows(page) == [place]


def test_the_tab_is_filled_once_the_server_is_back(visit: OpenPage, samples: str) -> None:
    page = visit(samples, "zh-CN")
    page.context.set_offline(True)
    page.get_by_role("tab", name="报告", exact=True).click()
    expect(page.locator("#reports-tab .pane-problem")).to_contain_text("连不上程序")
    page.context.set_offline(False)
    expect(page.locator(".reports tbody tr")).to_have_count(5)


def test_only_one_report_is_asked(visit: OpenPage, samples: str) -> None:
    page = visit(f"{samples}#/reports", "zh-CN")
    page.locator(".reports tr", has_text="焦作市").get_by_role("button", name="只问这份").click()
    expect(page.locator(".scope")).to_contain_text("只问：焦作市 2023")
    for offered in page.locator("#offered button:visible").all():
        expect(offered).to_contain_text("焦作市2023年")
    page.fill("#question textarea", "哪个地区的GDP增长目标最高")
    page.press("#question textarea", "Enter")
    expect(page.locator("#chat .bot-row").last).not_to_contain_text("玉门")
    page.get_by_role("button", name="改问全部报告").click()
    expect(page.locator(".scope")).to_have_count(0)


def test_without_reports_the_page_takes_them_in(
    visit: OpenPage, empty: str, tmp_path: Path
) -> None:
    page = visit(empty, "zh-CN")
    expect(page.get_by_text("把文件拖到这里")).to_be_visible()
    page.get_by_role("tab", name="数据", exact=True).click()
    page.locator("#figures-tab").get_by_role("link", name="去“报告”页添加文件").click()
    broken = tmp_path / "空的.txt"
    broken.write_bytes(b"")
    page.set_input_files("[type=file]", [JIAOZUO, broken, JIAOZUO])
    taken = page.locator(".taken li")
    expect(taken.nth(0)).to_contain_text("已收录：焦作市 2023")
    expect(taken.nth(1)).to_contain_text("没有收录：文件里没有文字。")
    assert str(tmp_path) not in taken.nth(1).inner_text()
    expect(taken.nth(2)).to_contain_text("已经收录过：焦作市 2023")
    expect(page.locator("#masthead .coverage")).to_contain_text("焦作市 2023")
    page.set_input_files("[type=file]", note(tmp_path))
    expect(taken.nth(3)).to_contain_text("没有认出年份：请在下表中点“更正”")
    page.locator(".reports tr", has_text="便条").get_by_role("button", name="移除").click()
    expect(page.locator(".reports tbody tr")).to_have_count(1)
    page.get_by_role("link", name="去提问").click()
    expect(page.locator("#offered button").first).to_be_visible()
    page.get_by_role("tab", name="报告", exact=True).click()

    row = page.locator(".reports tbody tr")
    row.get_by_role("button", name="更正").click()
    page.get_by_label("地区", exact=True).locator("visible=true").fill("火星市")
    page.get_by_role("button", name="保存").click()
    expect(row.get_by_role("alert")).to_contain_text("没有叫“火星市”的地方")
    page.get_by_label("地区", exact=True).locator("visible=true").fill("玉门市")
    page.get_by_label("年份", exact=True).locator("visible=true").fill("2022")
    page.get_by_role("button", name="保存").click()
    expect(row.locator("td").first).to_have_text("玉门市")
    expect(row.locator("td").nth(1)).to_have_text("2022")

    row.get_by_role("button", name="移除").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(row).to_have_count(1)


def test_a_page_for_other_machines_changes_nothing(visit: OpenPage, seeds_index: Path) -> None:
    app = create_app(open_assistant(Settings(data=seeds_index)), may_change=False)
    page = visit(f"{start(app)}#/reports")
    expect(page.locator(".reports tbody tr")).to_have_count(5)
    expect(page.locator("[type=file]")).to_have_count(0)
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    page.close()
    app.close()

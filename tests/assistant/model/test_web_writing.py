"""A chat model's answer in a real browser: while written, stopped, with statements withheld."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import Assistant
from assistant.web.app import create_app, start
from tests.assistant.model.scripts import with_marks
from tests.assistant.model.server import Fails, Reply, Says, ScriptedServer
from tests.windows import Tabs

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""

QUESTION = "How will Jiaozuo improve the environment?"
HONEST = (
    "Jiaozuo gives priority to ecology and green development, and will advance pollution prevention"
    " and control {{坚持生态优先}}."
)
HARM = "The mayor was fined 500 million yuan {{坚持生态优先}}."


@pytest.fixture(scope="module")
def url(with_model: Assistant) -> Iterator[str]:
    app = create_app(with_model)
    yield start(app)
    app.close()


@pytest.fixture
def opened(tabs: Tabs, url: str) -> Page:
    page = tabs.open(url)
    expect(page.locator("#masthead h1")).to_be_visible()
    return page


def ask(page: Page, question: str = QUESTION) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def writes(server: ScriptedServer, text: str, gate: threading.Event | None = None) -> None:
    """Have the model write a text, up to an @ until the gate opens; a repair drops everything."""

    def script(prompt: str) -> Reply:
        if "<<<STATEMENTS" in prompt:
            return Says("1: DROP")
        words = with_marks(text, prompt)
        held = words.find("@")
        if gate is None or held < 0:
            return Says(words, size=400)
        return Says(words.replace("@", ""), size=1, gate=gate, gate_after=held)

    server.answers(script)


def test_the_draft_shows_no_number_and_gives_way_to_checked_words(
    opened: Page, server: ScriptedServer
) -> None:
    gate = threading.Event()
    writes(server, f"{HARM.replace(' yuan', ' yu@an')} {HONEST}", gate)
    ask(opened)
    draft = opened.locator("#chat .draft")
    expect(draft).to_have_text("The mayor was fined ▒▒▒ ▒ yu")
    expect(opened.locator("#chat .writing")).to_contain_text("not checked yet")
    gate.set()
    expect(opened.locator("#chat a.cite")).to_have_count(1)
    expect(opened.locator("#chat .draft, #chat .writing")).to_have_count(0)
    answer = opened.locator("#chat .bot-row").last
    expect(answer).to_contain_text("priority to ecology")
    expect(opened.locator("#cards .shown .source mark").first).to_contain_text("坚持生态优先")


def test_what_was_cut_is_told_in_a_fold_with_its_fault(
    opened: Page, server: ScriptedServer
) -> None:
    writes(server, f"{HONEST} {HARM}")
    ask(opened)
    fold = opened.locator("#chat .withheld")
    expect(fold.locator("summary")).to_have_text(
        "Statements withheld as not borne out by their sources: 1"
    )
    expect(fold.locator("li")).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.locator("li")).to_be_visible()
    expect(fold.locator("li")).to_contain_text("fined 500 million yuan")
    expect(fold.locator("li")).to_contain_text("figure differs")


def test_stop_keeps_what_was_checked_and_ends_the_rest(
    opened: Page, server: ScriptedServer
) -> None:
    gate = threading.Event()
    writes(server, f"{HONEST} And so o@n", gate)
    ask(opened)
    written = opened.locator("#chat .bot-row").last
    expect(written).to_contain_text("control [1]")
    opened.locator("#question .stop-button").click()
    expect(written).to_contain_text("(Stopped.)")
    gate.set()
    expect(opened.locator("#chat a.cite")).to_have_count(1)
    expect(opened.locator("#question .submit-button")).to_be_visible()


def test_a_model_that_is_down_leaves_the_answer_without_it_and_a_line(
    opened: Page, server: ScriptedServer
) -> None:
    server.plays(Fails(401))
    ask(opened)
    expect(opened.locator("#chat .bot-row").last).to_contain_text("The chat model did not answer")
    expect(opened.locator("#question .submit-button")).to_be_visible()


def test_markup_of_a_model_is_shown_as_text(opened: Page, server: ScriptedServer) -> None:
    writes(server, f"{HONEST} <img src=x onerror=\"document.title='harmed'\">")
    ask(opened)
    expect(opened.locator("#chat a.cite")).to_have_count(1)
    assert opened.locator("#chat img[src=x]").count() == 0
    assert opened.title() != "harmed"

"""What the server holds of open pages: few whole, the others packed, none of them mixed up."""

from __future__ import annotations

import gc

import gradio as gr
import pytest

from assistant.web.serving.sessions import Sessions

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture
def state() -> gr.State:
    with gr.Blocks():
        return gr.State(())


def holding(state: gr.State, live: int, most_bytes: int = 1_000_000) -> Sessions:
    sessions = Sessions(live, most_bytes)
    assert isinstance(state.parent, gr.Blocks)
    sessions.set_blocks(state.parent)
    return sessions


def test_a_page_that_was_packed_goes_on_where_it_was(state: gr.State) -> None:
    sessions = holding(state, live=2)
    for number in range(9):
        sessions[f"page {number}"][state._id] = ("asked", number)
    gc.collect()
    assert len(sessions.session_data) == 2
    found = [sessions[f"page {number}"][state._id] for number in range(9)]
    assert found == [("asked", number) for number in range(9)]
    assert sessions["a new page"][state._id] == ()


def test_what_a_question_under_way_brings_to_a_page_let_go_of_is_kept(state: gr.State) -> None:
    sessions = holding(state, live=1)
    under_way = sessions["slow"]
    assert sessions["another"] is not under_way
    assert sessions["slow"] is under_way
    assert sessions["another"] is not under_way
    under_way[state._id] = ("answered",)
    del under_way
    gc.collect()
    assert sessions["slow"][state._id] == ("answered",)


def test_packed_pages_have_a_bound_in_bytes(state: gr.State) -> None:
    sessions = holding(state, live=1, most_bytes=100)
    for number in range(50):
        sessions[f"page {number}"][state._id] = str(number)
    gc.collect()
    assert sum(map(len, sessions._packed.values())) == sessions._bytes <= 100
    assert sessions["page 49"][state._id] == "49"
    assert sessions["page 0"][state._id] == ()

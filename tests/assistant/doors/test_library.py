"""What Python imports as `baogao`: the examples of its docstrings, run over the sample reports."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path

import pytest

import baogao
from assistant.errors import AssistantError
from index.errors import CatalogueError


@pytest.mark.parametrize("name", baogao.__all__)
def test_the_example_of_each_call_runs(
    name: str, seeds_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAOGAO_DATA", str(seeds_index))
    example = doctest.DocTestParser().get_doctest(
        inspect.getdoc(getattr(baogao, name)) or "", {}, name, None, None
    )
    said: list[str] = []
    found = doctest.DocTestRunner().run(example, out=said.append)
    assert (found.failed, found.attempted > 1) == (0, True), "".join(said)


def test_an_assistant_that_was_opened_is_used(seeds_index: Path) -> None:
    assistant = baogao.open_assistant(seeds_index)
    assert baogao.open_assistant(str(seeds_index)) is assistant
    answer = baogao.ask("And Yumen?", assistant=assistant, history=["焦作2023年GDP增长目标?"])
    assert "8%" in answer.text


def test_a_place_that_there_is_not_is_named(seeds_index: Path) -> None:
    with pytest.raises(AssistantError, match="火星市"):
        baogao.search("水", assistant=baogao.open_assistant(seeds_index), places=["火星市"])


def test_a_folder_without_an_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="baogao index"):
        baogao.open_assistant(tmp_path)

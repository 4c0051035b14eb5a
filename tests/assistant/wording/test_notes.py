"""What is to be known of the files behind an answer stands below it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.records.answers import answer_of
from assistant.settings import Settings
from index.build import build
from tests import made_files
from tests.index.ingestion.test_copies import TEXT
from tests.made_files import write

PRINTED = TEXT.replace(
    "二、2023", "\n".join([*["扎实推进各项工作，取得明显成效。"] * 40, "二、2023"])
)
"""A report of two pages, the goals on the second."""
QUESTION = "焦作市2023年地区生产总值增长目标是多少？"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "reports" / "a.pdf", made_files.pdf(PRINTED))
    other = PRINTED.replace("地区生产总值增长7%", "地区生产总值增长7.5%")
    write(tmp_path / "reports" / "b.txt", other.encode("gb18030"))
    build([tmp_path / "reports"], data=tmp_path / "data")
    return tmp_path / "reports"


@pytest.fixture
def assistant(folder: Path) -> Iterator[Assistant]:
    opened = open_assistant(Settings(data=folder.parent / "data"))
    yield opened
    opened.searcher.close()


def test_a_copy_that_says_otherwise_is_told_with_its_place(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    assert "7%" in answer.text
    [note] = answer.notes
    assert "b.txt" in note
    assert "7.5%" in note
    assert "7.5%" not in answer.text
    english = assistant.ask("What GDP growth did Jiaozuo target for 2023?")
    assert english.notes[0].startswith("Note: b.txt holds the same report")


def test_another_figure_of_the_report_has_no_note(assistant: Assistant) -> None:
    assert assistant.ask("焦作市2022年城镇新增就业多少万人？").notes == ()


def test_a_citation_of_a_pdf_tells_its_page(assistant: Assistant) -> None:
    record = assistant.ask(QUESTION).record()
    assert {each["page"] for each in record["citations"]} == {2}
    again = answer_of(record)
    assert again.record() == record


def test_a_file_that_changed_or_is_gone_is_marked(folder: Path, assistant: Assistant) -> None:
    (folder / "a.pdf").write_bytes(made_files.pdf(PRINTED + "\n十、附件"))
    assert "改动过" in assistant.ask(QUESTION).notes[0]
    (folder / "a.pdf").unlink()
    assert "a.pdf" in assistant.ask(QUESTION).notes[0]
    assert "移走或删除" in assistant.ask(QUESTION).notes[0]

"""A question reads one state of the index, whatever is written or damaged meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.errors import LimitError
from assistant.limits import MOST_CHARACTERS
from assistant.settings import Settings
from index import deadline
from index.build import build
from index.errors import OutOfTime
from tests.conftest import SEEDS

QUESTION = "焦作市2023年地区生产总值增长目标是多少？"
JIAOZUO = "001_7692730640d39c1c.txt"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return shutil.copytree(SEEDS / "reports", tmp_path / "reports")


@pytest.fixture
def assistant(reports: Path, tmp_path: Path) -> Assistant:
    build([reports], data=tmp_path / "data")
    return open_assistant(Settings(tmp_path / "data"))


def test_while_a_report_is_replaced_each_answer_is_the_old_or_the_new_one(
    assistant: Assistant, reports: Path
) -> None:
    data = assistant.searcher.catalogue.data
    assistant.searcher.serve()
    before = (reports / JIAOZUO).read_text(encoding="utf-8")
    after = before.replace("7%,常住人口", "9%,常住人口")

    def replace_it() -> None:
        for text in (after, before, after):
            (reports / JIAOZUO).write_text(text, encoding="utf-8")
            build([reports], data=data, rehash=True)

    answers = []
    with ThreadPoolExecutor(1) as pool:
        replacing = pool.submit(replace_it)
        while not replacing.done():
            with assistant.at_one_state() as now:
                answer = now.ask(QUESTION)
                assert all(source.citation.quote for source in now.sources(answer))
            answers.append(answer.text)
        replacing.result()
    last = assistant.ask(QUESTION).text
    assert "9%" in last
    assert "7%" in answers[0]
    assert set(answers) <= {answers[0], last}


def test_an_answer_names_the_reports_that_it_is_without(assistant: Assistant) -> None:
    with (
        closing(
            sqlite3.connect(assistant.searcher.catalogue.data / "catalogue.sqlite")
        ) as database,
        database,
    ):
        database.execute(
            "UPDATE figures SET kind = 'actual' WHERE report_id = "
            "(SELECT id FROM reports WHERE document = ?)",
            (JIAOZUO,),
        )
    answer = assistant.ask(QUESTION)
    [note] = answer.notes
    assert JIAOZUO in note
    assert "baogao index" in note
    assert "7%" not in answer.text


def test_a_question_longer_than_any_is_refused_in_words(assistant: Assistant) -> None:
    assert assistant.ask("玉门" * (MOST_CHARACTERS // 2)).text
    with pytest.raises(LimitError, match="2,000 characters, found 2,001"):
        assistant.ask("玉" * (MOST_CHARACTERS + 1))


def test_a_question_that_takes_too_long_is_ended(assistant: Assistant) -> None:
    with pytest.raises(OutOfTime, match="too long"), deadline.within(0):
        assistant.ask(QUESTION)
    assert "7%" in assistant.ask(QUESTION).text

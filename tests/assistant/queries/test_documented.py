"""The page on queries: its schema is the program's, its examples give what it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.answer import Assistant, open_assistant
from assistant.cli.main import app
from assistant.queries.schema import query_schema
from assistant.settings import Settings

PAGE = (Path(__file__).parents[3] / "docs" / "query.md").read_text("utf-8")
EXAMPLES = re.findall(r"```json\n(\{.*?\})\n```\n\n```text\n(.*?)\n```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


def test_there_are_two_examples() -> None:
    assert len(EXAMPLES) == 2


@pytest.mark.parametrize(("query", "text"), EXAMPLES)
def test_an_example_gives_what_the_page_shows(query: str, text: str, assistant: Assistant) -> None:
    assert assistant.query(query).text == text


def test_the_schema_of_the_page_is_the_programs() -> None:
    shown = re.findall(r"## The schema\n\n```json\n(.*?)\n```", PAGE, re.DOTALL)
    assert json.loads(shown[0]) == query_schema()


def test_the_python_of_the_page_runs(
    seeds_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.setenv("BAOGAO_DATA", str(seeds_index))
    exec(compile(block, "query.md", "exec"), {})  # noqa: S102 - it is our own page
    assert "李应伟" in capsys.readouterr().out


def test_the_command_answers_a_file_and_standard_input(seeds_index: Path, tmp_path: Path) -> None:
    query, text = EXAMPLES[0]
    file = tmp_path / "query.json"
    file.write_text(query, encoding="utf-8")
    shown = CliRunner().invoke(app, ["query", str(file), "--data", str(seeds_index)])
    assert shown.output.startswith(text)
    piped = ["query", "-", "--json", "--language", "en", "--data", str(seeds_index)]
    record = json.loads(CliRunner().invoke(app, piped, input=query).output)
    assert record["language"] == "en"
    assert record["query"]["order"] == "highest"
    assert len(record["figures"]) == 2


def test_the_command_prints_the_schema() -> None:
    assert json.loads(CliRunner().invoke(app, ["query", "--schema"]).output) == query_schema()

"""The command that answers the queries of the page on them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.queries.schema import query_schema

PAGE = (Path(__file__).parents[3] / "docs" / "query.md").read_text("utf-8")
EXAMPLES = re.findall(r"```json\n(\{.*?\})\n```\n\n```text\n(.*?)\n```", PAGE, re.DOTALL)


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

from __future__ import annotations

import json
from pathlib import Path

from tests import made_files
from tests.assistant.cli.test_main import run
from tests.index.ingestion.test_copies import TEXT
from tests.made_files import write


def test_conflicts_lists_the_files_of_one_report_and_what_they_say_otherwise(
    tmp_path: Path,
) -> None:
    other = TEXT.replace("地区生产总值增长7%", "地区生产总值增长7.5%")
    write(tmp_path / "reports" / "a.txt", TEXT.encode())
    write(tmp_path / "reports" / "b.docx", made_files.docx(other))
    data = tmp_path / "data"
    status, output = run("index", tmp_path / "reports", "--data", data)
    assert (status, "1 added, 1 copy" in output) == (0, True)
    _, output = run("conflicts", "--data", data)
    assert "a.txt and b.docx, a copy: 1 figures differ" in output
    assert "7.5%" in output
    _, output = run("conflicts", "--data", data, "--json")
    [record] = json.loads(output)
    [difference] = record["differences"]
    assert (record["is_copy"], difference["here"]["value"]) == (True, "7%")
    _, output = run("reports", "--data", data)
    assert "a.txt is also in b.docx" in output


def test_conflicts_says_where_there_are_none(seeds_index: Path) -> None:
    assert run("conflicts", "--data", seeds_index) == (0, "No report is held by two files.\n")

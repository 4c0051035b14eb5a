from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.indexing import SKIPPED
from assistant.cli.main import app, main
from tests.conftest import SEEDS

RUNNER = CliRunner()
QUESTION = "what GDP growth did Jiaozuo target"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_ask_prints_the_answer_and_where_it_stands(seeds_index: Path) -> None:
    status, output = run("ask", QUESTION, "--data", seeds_index)
    assert status == 0
    assert "7%" in output
    assert "[1] 001_7692730640d39c1c.txt:2266-2289" in output


def test_a_port_that_there_cannot_be_is_refused_in_words(seeds_index: Path) -> None:
    status, output = run("chat", "--data", seeds_index, "--no-browser", "--port", "65536")
    assert (status, "65535" in output) == (2, True)


def test_ask_prints_the_answer_record_for_programs(seeds_index: Path) -> None:
    status, output = run("ask", QUESTION, "--data", seeds_index, "--json")
    record = json.loads(output)
    assert status == 0
    assert (record["question"], record["language"], record["abstained"]) == (QUESTION, "en", False)
    assert set(record) == {
        *("id", "question", "language", "answer", "abstained", "reason"),
        *("citations", "figures", "latency_s"),
    }


def test_a_place_limits_the_reports_under_any_of_its_names(seeds_index: Path) -> None:
    _, output = run("ask", "固定资产投资目标", "--region", "Yumen", "--data", seeds_index)
    assert "玉门市" in output
    assert "焦作市" not in output


def test_index_says_what_it_did_and_by_its_status_that_a_file_was_skipped(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "good.txt").write_bytes((SEEDS / "reports/000_7cb2c06dccb75afe.txt").read_bytes())
    (reports / "empty.txt").touch()
    status, output = run("index", reports, "--data", tmp_path / "data")
    assert status == SKIPPED
    assert "1 added" in output
    assert "empty.txt" in output


def test_index_prints_its_summary_as_json(tmp_path: Path) -> None:
    status, output = run("index", SEEDS / "reports", "--data", tmp_path, "--json")
    assert status == 0
    assert json.loads(output)["added"] == 5


def test_reports_lists_what_is_indexed(seeds_index: Path) -> None:
    status, output = run("reports", "--data", seeds_index, "--json")
    places = {report["region"]["value"]["name"] for report in json.loads(output)}
    assert status == 0
    assert places == {"玉门市", "焦作市", "嘉峪关市", "猇亭区", "运城市"}


def test_search_shows_the_scores_of_both_retrievers(seeds_index: Path) -> None:
    status, output = run("search", "有机硅产能", "--data", seeds_index, "--top", "1", "--json")
    (hit,) = json.loads(output)
    assert status == 0
    assert "有机硅" in hit["text"]
    assert hit["lexical"] > 0
    assert -1 <= hit["dense"] <= 1


def test_evaluate_runs_a_question_set_and_writes_the_answers(
    seeds_index: Path, tmp_path: Path
) -> None:
    lines = (SEEDS / "questions/seeds_public.jsonl").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "some.jsonl").write_text("".join(lines[:3]), encoding="utf-8")
    status, output = run(
        *("evaluate", tmp_path / "some.jsonl", "--data", seeds_index),
        *("--answers", tmp_path / "answers.jsonl", "--json"),
    )
    assert status == 0
    assert json.loads(output)["overall"]["citations_exact"] == 1.0
    assert len((tmp_path / "answers.jsonl").read_text("utf-8").splitlines()) == 3


def baogao(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from assistant.cli.main import main; main()"]
    return subprocess.run(
        [*program, *map(str, arguments)], capture_output=True, text=True, check=False
    )


def ended(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """End as the program does, in this process: one of its own takes a second to begin."""
    out, errors = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(errors):
        patch.setattr(sys, "argv", ["baogao", *map(str, arguments)])
        with pytest.raises(SystemExit) as exited:
            main()
    status = exited.value.code
    assert isinstance(status, int)
    return subprocess.CompletedProcess(sys.argv, status, out.getvalue(), errors.getvalue())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", "焦作GDP目标"), "baogao index"),
        (("ask", "焦作GDP目标", "--region", "Atlantis"), "Atlantis"),
        (("evaluate", "nowhere.jsonl"), "nowhere.jsonl"),
    ],
)
def test_an_expected_error_is_one_clear_line(
    arguments: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    ended = baogao(*arguments, "--data", tmp_path)
    assert ended.returncode == 1
    assert ended.stderr.startswith("baogao: ")
    assert words in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_ask_imports_nothing_that_is_slow(seeds_index: Path) -> None:
    program = (
        "import sys; from assistant.cli.main import app;"
        f"app(['ask', {QUESTION!r}, '--data', {str(seeds_index)!r}], standalone_mode=False);"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    loaded = ended.stdout.splitlines()[-1]
    slow = ("torch", "sentence_transformers", "gradio", "chromadb", "langchain_core", "pypinyin")
    assert not [name for name in slow if f"'{name}'" in loaded], ended.stderr


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("plain", "characters 2266–2289"),
        ("gbt7714", "[R]. 焦作市: 焦作市人民政府, 2023."),
        ("bibtex", "@techreport{baogao-001-7692730640d39c1c-2266,"),
    ],
)
def test_ask_prints_its_citations_in_a_form_for_other_texts(
    seeds_index: Path, form: str, words: str
) -> None:
    status, output = run("ask", QUESTION, "--data", seeds_index, "--cite", form)
    assert status == 0
    assert words in output


@pytest.mark.parametrize("command", [["-m", "assistant", "--version"], ["-m", "assistant", "-h"]])
def test_the_module_runs_as_the_program_does(command: list[str]) -> None:
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    assert re.match(r"baogao \d|\s*Usage: baogao \[OPTIONS\]", done.stdout)


def test_figures_are_checked_without_labels(seeds_index: Path) -> None:
    status, output = run("check-figures", "--data", seeds_index)
    assert status == 0
    assert "5 reports" in output
    status, output = run("check-figures", SEEDS / "reports", "--json")
    assert (status, json.loads(output)["reports"]) == (0, 5)


def test_a_name_with_markup_is_listed_as_it_is(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (reports / "[").mkdir(parents=True)
    text = (SEEDS / "reports/000_7cb2c06dccb75afe.txt").read_bytes()
    (reports / "[/bold].txt").write_bytes(text)
    run("index", reports, "--data", tmp_path / "data")
    for command in (["reports"], ["search", "工业"], ["figures"]):
        status, output = run(*command, "--data", tmp_path / "data")
        assert (status, "[/bold]" in output.replace("\n", "")) == (0, True)


def test_doctor_backup_and_restore(seeds_index: Path, tmp_path: Path) -> None:
    status, output = run("doctor", "--data", seeds_index)
    assert (status, output.count("ok ")) == (0, 3)
    backup = tmp_path / "baogao.zip"
    assert run("backup", backup, "--data", seeds_index)[0] == 0
    status, output = run("restore", backup, "--data", tmp_path / "new")
    assert (status, "5 reports restored" in output) == (0, True)
    (tmp_path / "new/lexical/meta.json").write_text("{}", encoding="utf-8")
    status, output = run("doctor", "--data", tmp_path / "new")
    assert (status, "run `baogao index`" in output) == (1, True)

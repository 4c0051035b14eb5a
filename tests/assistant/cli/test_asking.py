"""What people and scripts are used to from a command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from assistant.cli.asking import ABSTAINED
from assistant.cli.main import INTERRUPTED, app
from tests.assistant.cli.test_main import RUNNER, baogao, run

GOAL = "焦作GDP目标"
NOWHERE = "焦作市2015年GDP是多少？"


def test_questions_of_standard_input_are_answered_in_order(seeds_index: Path) -> None:
    asked = f"{GOAL}\n\n{NOWHERE}\n".encode()
    done = RUNNER.invoke(app, ["ask", "-", "--data", str(seeds_index), "--json"], input=asked)
    records = [json.loads(line) for line in done.output.splitlines()]
    assert [record["question"] for record in records] == [GOAL, NOWHERE]
    assert [record["abstained"] for record in records] == [False, True]


def test_questions_of_a_file_are_told_with_their_answers(seeds_index: Path, tmp_path: Path) -> None:
    (tmp_path / "questions.txt").write_text(f"{GOAL}\n{NOWHERE}\n", encoding="gb18030")
    status, output = run("ask", "--from", tmp_path / "questions.txt", "--data", seeds_index)
    assert status == 0
    assert output.index(f"# {GOAL}") < output.index("7%") < output.index(f"# {NOWHERE}")


def test_an_abstention_is_a_status_for_scripts(seeds_index: Path) -> None:
    assert run("ask", NOWHERE, "--data", seeds_index)[0] == 0
    assert run("ask", NOWHERE, "--data", seeds_index, "--strict")[0] == ABSTAINED
    assert run("ask", GOAL, "--data", seeds_index, "--strict")[0] == 0


def test_a_scope_is_one_report(seeds_index: Path) -> None:
    arguments = ("ask", "固定资产投资目标", "--data", seeds_index)
    _, output = run(*arguments, "--scope", "玉门:2023")
    assert "玉门市" in output
    assert "焦作市" not in output
    status, output = run(*arguments, "--scope", "玉门:1999")
    assert (status, "no report of 玉门 given in 1999" in output) == (1, True)
    assert run(*arguments, "--scope", "玉门")[0] == 2


@pytest.mark.parametrize("arguments", [(), (GOAL, "--from", "a.txt"), ("  ",)])
def test_no_question_or_two_kinds_are_refused(arguments: tuple[str, ...]) -> None:
    assert run("ask", *arguments)[0] == 2


def test_questions_in_another_format_than_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "questions.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    status, output = run("ask", "--from", tmp_path / "questions.pdf", "--data", tmp_path)
    assert (status, output.count("\n"), "expected plain text" in output) == (1, 1, True)


def test_a_path_that_does_not_exist_makes_no_catalogue(tmp_path: Path) -> None:
    ended = baogao("index", tmp_path / "none", "--data", tmp_path / "data")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "no such file or folder" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_quiet_prints_what_was_left_out_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "empty.txt").touch()
    ended = baogao("-q", "index", tmp_path / "a", "--data", tmp_path / "data")
    [line] = ended.stdout.splitlines()
    assert line.startswith(f"skipped: {tmp_path}/a/empty.txt: the file holds no text; ")


def test_verbose_tells_each_file_and_which_index_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "报告.txt").write_text("焦作市政府工作报告\n地区生产总值增长7%。\n", "utf-8")
    ended = baogao("-v", "index", tmp_path / "a", "--data", tmp_path / "data")
    assert ended.stderr.splitlines() == [
        f"baogao: the index of {tmp_path}/data",
        f"baogao: added: {tmp_path}/a/报告.txt",
    ]


def test_a_folder_without_reports_is_told_what_would_be_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    status, output = run("index", tmp_path / "a", "--data", tmp_path / "data")
    assert (status, output.startswith("found no file that is read (.docx, ")) == (0, True)


def test_the_help_names_the_variables() -> None:
    _, output = run("chat", "--help")
    assert "(BAOGAO_DATA)" in output


def test_the_shell_completes_commands() -> None:
    asked = {"_BAOGAO_COMPLETE": "complete_bash", "COMP_WORDS": "baogao che", "COMP_CWORD": "1"}
    told = subprocess.run(
        [sys.executable, "-m", "assistant"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **asked},
    )
    assert told.stdout.split() == ["check", "check-figures"]


def test_a_console_of_gbk_shows_what_it_can(seeds_index: Path) -> None:
    program = [sys.executable, "-m", "assistant", "ask", "目标有哪些？\U0001f600", "--data"]
    ended = subprocess.run(
        [*program, str(seeds_index)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    ended.stdout.decode("gbk")


def test_an_interrupted_program_ends_as_shells_expect(seeds_index: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions"
    os.mkfifo(questions)
    program = [sys.executable, "-m", "assistant", "ask", "--from", str(questions)]
    # Where the tests run in the background, what they start would ignore the signal.
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    child = subprocess.Popen([*program, "--data", str(seeds_index)], preexec_fn=heeds)
    with questions.open("wb"):  # opens once the program waits for questions
        child.send_signal(signal.SIGINT)
        assert child.wait(200) == INTERRUPTED

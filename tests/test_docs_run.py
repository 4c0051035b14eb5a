"""Every block of code in the README and in docs runs as it stands there, over the samples."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.answer import open_assistant
from assistant.cli.main import app
from assistant.settings import Settings
from index.lexicon import indicators
from index.lexicon.indicators import parse_lexicon
from tests.pages import ROOT, SERVED, Block, fits, shown

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""Chroma's own code raises it."""

SHOWN = shown()
RUN = [block for block in SHOWN if not block.reason]


def written_in(*languages: str) -> pytest.MarkDecorator:
    chosen = [block for block in RUN if block.language in languages and SERVED not in block.code]
    return pytest.mark.parametrize("block", chosen, ids=lambda block: block.name)


@pytest.fixture
def desk(seeds_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the repository, with an index of its own and the program at hand."""
    for name in ("seeds", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(seeds_index, tmp_path / "data")
    program = tmp_path / "bin" / "baogao"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m assistant "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("BAOGAO_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: str) -> tuple[int, str]:
    """Return the exit status of a command and all that it prints."""
    if re.match(r"baogao [^|&<>]*$", command):  # a process of its own would take seconds
        done = CliRunner().invoke(app, shlex.split(command, comments=True)[1:])
        return done.exit_code, done.output
    shell = ["bash", "-euo", "pipefail", "-c", command]
    ended = subprocess.run(
        shell, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return ended.returncode, ended.stdout


@written_in("python")
@pytest.mark.usefixtures("desk")
def test_python_prints_what_is_shown(block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block.code, block.name, "exec"), {})  # noqa: S102 - it is our own page
    printed = capsys.readouterr().out
    assert block.printed is None or fits(printed, block.printed), printed


@written_in("console")
@pytest.mark.usefixtures("desk")
def test_a_session_goes_as_shown(block: Block) -> None:
    steps = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block.code, re.MULTILINE)
    assert steps
    for command, told in steps:
        _, printed = run(command)
        assert fits(printed, told), f"{command}\n{printed}"


@written_in("sh")
@pytest.mark.usefixtures("desk")
def test_commands_succeed(block: Block) -> None:
    for command in block.code.splitlines():
        status, printed = run(command)
        assert status == 0, f"{command}\n{printed}"


@written_in("json")
def test_json_is_json_and_a_query_gives_what_is_shown(block: Block, seeds_index: Path) -> None:
    told = json.loads(block.code)
    if block.printed is not None:
        answer = open_assistant(Settings(data=seeds_index)).query(told)
        assert fits(answer.text, block.printed), answer.text


@written_in("toml")
def test_toml_is_toml_and_an_indicator_fits_the_lexicon(block: Block) -> None:
    told = tomllib.loads(block.code)
    if "indicators" in told:
        lexicon = Path(indicators.__file__).with_suffix(".toml").read_text(encoding="utf-8")
        grown = parse_lexicon(lexicon + block.code)
        assert len(grown.all) == len(parse_lexicon(lexicon).all) + 1


def test_each_block_is_run_or_says_why_not() -> None:
    runs = {"python", "console", "sh", "json", "toml"}
    assert [block.name for block in RUN if block.language not in runs] == []
    assert len([block for block in SHOWN if block.reason]) < len(RUN)

"""What a full and a read-only disk do to the commands: nothing is lost, no process dies."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.disks import on_a_disk, on_a_disk_served

QUESTION = "what GDP growth did Jiaozuo target"


@pytest.mark.parametrize("room", [300_000, 2_500_000])
def test_on_a_full_disk_indexing_says_so_and_questions_are_answered_as_before(
    seeds_index: Path, tmp_path: Path, room: int
) -> None:
    disk, more = tmp_path / "disk", tmp_path / "more"
    disk.mkdir()
    more.mkdir()
    chance = random.Random(1)  # noqa: S311 - no secrets
    for path in sorted((SEEDS / "reports").iterdir()):
        text = list(path.read_text(encoding="utf-8"))
        for number in range(25):
            chance.shuffle(text)  # of no place, and no copy of another
            (more / f"{number}_{path.name}").write_text("".join(text), encoding="utf-8")
    size = sum(path.stat().st_size for path in seeds_index.rglob("*") if path.is_file()) + room
    data = str(disk / "data")
    indexed, asked = on_a_disk(
        disk,
        size,
        ["index", "--force", str(more), "--data", data],
        ["ask", QUESTION, "--data", data],
        source=seeds_index,
    )
    assert (indexed.returncode, "full" in indexed.stderr.splitlines()[-1]) == (1, True)
    assert "Traceback" not in indexed.stderr
    assert (asked.returncode, "7%" in asked.stdout) == (0, True)


def test_on_a_full_disk_the_chat_goes_on_answering(seeds_index: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    said = on_a_disk_served(disk, 40_000_000, QUESTION, source=seeds_index)
    assert [("7%" in each, "error" in each) for each in said] == [(True, False)] * 3


def test_a_read_only_folder_is_read(seeds_index: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    data = str(disk / "data")
    asked, searched, examined, indexed = on_a_disk(
        disk,
        50_000_000,
        ["ask", QUESTION, "--data", data],
        ["search", "项目建设", "--data", data],
        ["doctor", "--data", data],
        ["index", str(SEEDS / "reports"), "--data", data],
        source=seeds_index,
        read_only=True,
    )
    assert (asked.returncode, "7%" in asked.stdout, asked.stderr) == (0, True, "")
    assert (searched.returncode, "BM25 —" in searched.stdout) == (0, False)
    assert (examined.returncode, "BAD" in examined.stdout) == (0, False)
    assert (indexed.returncode, "cannot be written to" in indexed.stderr) == (1, True)

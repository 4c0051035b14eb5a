"""Small and read-only disks for tests: file systems in memory, seen by one command alone."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def on_a_disk(
    place: Path,
    size: int,
    *commands: list[str],
    read_only: bool = False,
    source: Path | None = None,
) -> list[subprocess.CompletedProcess[str]]:
    """Run commands of the program, one after another, on a disk that is gone afterwards.

    Args:
        place: Where the disk is seen: an empty folder.
        size: In bytes.
        commands: The arguments of each command.
        read_only: Whether nothing can be written when the commands run.
        source: A folder that is copied there before, as `data`.
    """
    steps = [f"mount -t tmpfs -o size={size} tmpfs {shlex.quote(str(place))}"]
    if source is not None:
        steps.append(f"cp -r {shlex.quote(str(source))} {shlex.quote(str(place / 'data'))}")
    if read_only:
        steps.append(f"mount -o remount,ro {shlex.quote(str(place))}")
    before = " && ".join(steps)
    if subprocess.run(_inside(before), capture_output=True, check=False).returncode:
        pytest.skip("needs a Linux where a process may mount a file system of its own")
    program = " ".join(map(shlex.quote, [sys.executable, "-m", "assistant"]))
    script = [before]
    for number, command in enumerate(commands):
        arguments = " ".join(map(shlex.quote, command))
        out = shlex.quote(str(place.with_name(f"{place.name}.{number}")))
        script.append(f"{{ {program} {arguments} >{out}.out 2>{out}.err; echo $? >{out}.rc; }}")
    subprocess.run(_inside("; ".join(script)), cwd=ROOT, check=False)
    return [_done(place, number, command) for number, command in enumerate(commands)]


def _inside(script: str) -> list[str]:
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]


def _done(place: Path, number: int, command: list[str]) -> subprocess.CompletedProcess[str]:
    out, err, status = (
        place.with_name(f"{place.name}.{number}.{end}").read_text(encoding="utf-8")
        for end in ("out", "err", "rc")
    )
    return subprocess.CompletedProcess(command, int(status), out, err)

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


_SERVE = """
import http.client, json, pathlib, sys
from urllib.parse import urlsplit
from assistant.answer import open_assistant
from assistant.doors.routes import door_routes
from assistant.settings import Settings
from assistant.web.app import create_app, start
data, question = pathlib.Path(sys.argv[1]), sys.argv[2]
assistant = open_assistant(Settings(data=data))
assistant.searcher.serve()
address = urlsplit(start(create_app(assistant), routes=door_routes(assistant)))
def ask():
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=200)
    body = json.dumps({"messages": [{"role": "user", "content": question}]})
    connection.request("POST", "/v1/chat/completions", body, {"content-type": "application/json"})
    return json.loads(connection.getresponse().read()).get("choices", "error")
print(json.dumps(ask()))
try:
    with (data / "fills").open("wb") as file:
        while True:
            file.write(b"x" * 65536)
except OSError:
    pass
print(json.dumps(ask()))
print(json.dumps(ask()), flush=True)
import os; os._exit(0)
"""


def on_a_disk_served(place: Path, size: int, question: str, *, source: Path) -> list[str]:
    """Serve an index from a disk, ask, fill the disk, ask twice again; return what was answered.

    Args:
        place: Where the disk is seen: an empty folder.
        size: In bytes.
        question: What is asked, by the door of chat completions.
        source: The data folder, which is copied there before.
    """
    where, data = shlex.quote(str(place)), shlex.quote(str(place / "data"))
    before = f"mount -t tmpfs -o size={size} tmpfs {where}"
    if subprocess.run(_inside(before), capture_output=True, check=False).returncode:
        pytest.skip("needs a Linux where a process may mount a file system of its own")
    serve = " ".join(map(shlex.quote, [sys.executable, "-c", _SERVE]))
    script = f"{before} && cp -r {shlex.quote(str(source))} {data} && "
    script += f"{serve} {data} {shlex.quote(question)}"
    done = subprocess.run(_inside(script), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stdout.splitlines()


def _inside(script: str) -> list[str]:
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]


def _done(place: Path, number: int, command: list[str]) -> subprocess.CompletedProcess[str]:
    out, err, status = (
        place.with_name(f"{place.name}.{number}.{end}").read_text(encoding="utf-8")
        for end in ("out", "err", "rc")
    )
    return subprocess.CompletedProcess(command, int(status), out, err)

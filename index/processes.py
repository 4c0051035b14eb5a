"""Plain child processes: how one is started, and whether one may be; who goes first.

A child runs `serve` of a module on its standard input and output. Knows nothing of what it does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

_INSIDE = "BAOGAO_READING_PROCESS"
"""Set in the environment of a child, which never starts others, whatever program it should be."""


_PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); "  # Ctrl+C is for the parent
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from importlib import import_module; import_module(sys.argv[1]).serve()"
)


Child = subprocess.Popen[bytes]


def start_child(module: str) -> Child:
    """Start a child that runs `serve` of a module on its standard input and output."""
    # The child imports what this process would, and nothing from the folder it happens to be in.
    paths = [*(path or str(Path.cwd()) for path in sys.path), str(Path(__file__).parents[1])]
    return subprocess.Popen(  # noqa: S603 - this very Python, and folders of modules
        [sys.executable, "-P", "-c", _PROGRAM, module, *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, _INSIDE: "1"},
    )


def can_start() -> bool:
    """Tell whether `sys.executable` is a Python that a child may be started with."""
    return bool(sys.executable) and not getattr(sys, "frozen", False) and _INSIDE not in os.environ


def cores() -> int:
    """Return how many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def give_way() -> None:
    """Have this process, and the children that it starts, let the others of this machine go first.

    A server that answers questions beside it stays as quick as it was; alone, nothing is slower.
    """
    if sys.platform != "win32":
        os.nice(_BEHIND)


_BEHIND = 10
"""Steps of niceness: a tenth of the time that one of the others gets."""

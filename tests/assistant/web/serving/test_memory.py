"""Memory of the served page: what is freed goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

_FREED = """
import os
from pathlib import Path
from assistant.web.serving.memory import hold_little

def megabytes():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

hold_little()
bytearray(20_000_000)  # glibc would from now on keep pieces of that size
before = megabytes()
pieces = [(bytearray(2_000_000), bytearray(1_000)) for _ in range(50)]
held = megabytes() - before
kept = [small for _, small in pieces]
del pieces
print(int(held), int(megabytes() - before))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc")
def test_large_pieces_that_are_freed_between_small_ones_go_back() -> None:
    run = subprocess.run([sys.executable, "-c", _FREED], capture_output=True, text=True, check=True)
    held, still_held = map(int, run.stdout.split())
    assert held > 90
    assert still_held < 10

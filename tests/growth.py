"""Whether work takes time in proportion to its size, told the same by an idle and a busy machine.

Knows nothing of the work.
"""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 16
"""By how much the larger size is larger; work that takes the square takes 256 times as long."""
BOUND = 48
"""Between both, so that neither what is kept nor a slower memory is taken for a square."""
SHORTEST = 0.005
"""Seconds under which a clock says little."""
TRIES = 5
"""What takes the square is over the bound every time, what a busy machine slows down is not."""


def in_proportion(work: Callable[[int], object], size: int) -> bool:
    """Tell whether sixteen times `size` takes about sixteen times as long.

    `work` is done once before, so that what it keeps for later is there; no other size comes twice.
    The time is that of this thread on a processor, whatever else the machine does.
    """
    work(size)
    sizes = (size + size * number // TRIES for number in range(TRIES))
    return any(
        seconds(work, TIMES * each) < BOUND * max(seconds(work, each), SHORTEST) for each in sizes
    )


def seconds(work: Callable[[int], object], size: int) -> float:
    """Return the processor's seconds that `work` of a size takes."""
    started = time.thread_time()
    work(size)
    return time.thread_time() - started

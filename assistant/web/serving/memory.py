"""How the C library holds the memory of a page that is served, so that what is freed goes back.

Knows nothing of what the memory is for.
"""

from __future__ import annotations

import ctypes
import sys

_SHARED_POOLS = (-8, 2)
_OWN_FROM = (-3, 1 << 20)
"""M_ARENA_MAX and M_MMAP_THRESHOLD of mallopt(3), with their values: pools, and bytes."""


def hold_little() -> None:
    """Have pieces of a megabyte and more go back to the system at once, others share two pools.

    By itself glibc gives each thread a pool of its own, and puts ever larger pieces there once one
    has been freed: between small ones that stay they are not given back. Elsewhere than on Linux
    nothing is changed, nor where the C library is another.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        for setting, value in (_SHARED_POOLS, _OWN_FROM):
            library.mallopt(setting, value)

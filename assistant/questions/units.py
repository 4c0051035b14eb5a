"""The unit in which an English question asks for a number: "how many kilometres of".

Knows the English of units, and nothing of what is counted.
"""

from __future__ import annotations

import re
from itertools import pairwise

from index.lexicon.units import MEASURE_UNITS, UNITS_IN_ENGLISH, comparable

_COUNTED = {"人": "人名位", "户": "户"}
"""Units that count, and the measure words that count the same."""
_HOW_MANY = re.compile(r"\bhow (?:many|much in) ([a-z]+(?:[ -][a-z]+)?)", re.IGNORECASE)
_OPEN = frozenset({"倍", "%", "个百分点", "年", "个月", "天", "小时", "分钟"})
"""Units whose English asks for other things as well: how many times, in how many years."""


def units_asked(folded: str) -> tuple[str, ...]:
    """Return the base units that a number may be in, where a question says which; else none.

    Kilometres are asked for where "how many kilometres" stands, whatever the report measures
    lengths in.
    """
    found = _HOW_MANY.search(folded)
    words = found[1].lower().replace("-", " ").split() if found else []
    runs = [*map(" ".join, pairwise(words)), *words[:1]]
    unit = next((UNITS_IN_ENGLISH[run] for run in runs if run in UNITS_IN_ENGLISH), None)
    if unit is None or unit in _OPEN:
        return ()
    if unit in _COUNTED:
        return tuple(_COUNTED[unit])
    return tuple(each for each in sorted(MEASURE_UNITS) if comparable(each, unit))

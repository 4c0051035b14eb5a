"""The sample corpus is byte for byte what it was when the citations in the tests were written."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"
SUMS = {
    "questions/figures_public.csv": (
        "d5fcfacb5ff681f18721555c3c9c23d6143899bcb550f8737c3b0d1633d4b0ad"
    ),
    "questions/seeds_public.jsonl": (
        "5290b393f40e671cd706d818b37a448bca12a644871a07b6efa7c2b3fda32958"
    ),
    "reports/000_7cb2c06dccb75afe.txt": (
        "7e194850ab237d384b63b9c4a0daadced03a479dcca9e7d94fdcddc7d9bcd48f"
    ),
    "reports/001_7692730640d39c1c.txt": (
        "98a6e41049031a60cf078ad25966487114f8665e9cef9494760d7ba839e4fa0e"
    ),
    "reports/002_f3379124822e4208.txt": (
        "abf57b1e037edc38763778a0e5be2a4043a868566b1506fc574d6cdfa0454f1e"
    ),
    "reports/003_6c315c879fc3e2f4.txt": (
        "bf09cd9f90baed246fa4d3908680301cc22101eb57dce02d47f455c06fb64a1f"
    ),
    "reports/004_a998f81fd545e145.txt": (
        "e9deefb06b5bbccb3593a640c613ae1d2aed561812c8fd12f46115d3ac12bd77"
    ),
}


@pytest.mark.parametrize("name", SUMS)
def test_seed_is_byte_for_byte_the_original(name: str) -> None:
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == SUMS[name]


def test_every_seed_has_its_sum() -> None:
    assert {path.relative_to(SEEDS).as_posix() for path in SEEDS.rglob("*.*")} == set(SUMS)

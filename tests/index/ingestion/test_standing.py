from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.build import build
from index.ingestion.standing import standings
from index.storage.catalogue import Catalogue

TEXT = "焦作市政府工作报告\n一、目标\n2023年地区生产总值增长7%左右。\n"


@pytest.mark.parametrize(
    ("written", "expected"), [(TEXT, "same"), (TEXT + "二、保障\n", "changed"), (None, "gone")]
)
def test_a_file_holds_what_was_indexed_or_does_not(
    tmp_path: Path, written: str | None, expected: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    build([path], data=tmp_path / "data")
    if written is None:
        path.unlink()
    else:
        path.write_text(written, encoding="utf-8")
        os.utime(path, ns=(1, 1))
    with Catalogue.open(tmp_path / "data") as catalogue:
        [report] = catalogue.reports()
        assert standings([report.id, "none"], catalogue) == {report.id: expected}

"""Which reports an answer was made from, and how that is read again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import open_assistant
from assistant.errors import RecordError
from assistant.records.collection import Collection, collection_of, read_collection
from assistant.settings import Settings
from index.build import build
from index.types import Filter
from tests.conftest import SEEDS

RECORD: dict[str, Any] = {"reports": 5, "sha256": "0" * 64, "regions": ["410800"], "years": [2023]}


def test_a_collection_is_read_as_it_was_written() -> None:
    collection = read_collection(RECORD)
    assert collection is not None
    assert read_collection(json.loads(json.dumps(collection.record()))) == collection
    assert collection.limits == Filter(regions=frozenset({"410800"}), years=frozenset({2023}))
    assert read_collection(None) is None


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 63},
        {"sha256": "Z" * 64},
        {"reports": "5"},
        {"years": ["2023"]},
        {"years": [True]},
        {"regions": [1]},
    ],
    ids=str,
)
def test_what_is_no_collection_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RecordError):
        read_collection({**RECORD, **change})


def test_the_reports_decide_and_not_the_limits() -> None:
    one = Collection(5, "0" * 64)
    assert one.has_the_reports_of(replace(one, years=(2023,)))
    assert not one.has_the_reports_of(replace(one, sha256="1" * 64))
    assert not one.has_the_reports_of(None)


def test_another_report_makes_another_collection(seeds_index: Path, tmp_path: Path) -> None:
    first = sorted((SEEDS / "reports").iterdir())[0]
    build([first], data=tmp_path)
    one, all_of_them = (
        collection_of(open_assistant(Settings(data=data)).searcher.catalogue)
        for data in (tmp_path, seeds_index)
    )
    assert (one.reports, all_of_them.reports) == (1, 5)
    assert not one.has_the_reports_of(all_of_them)

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.synthetic import PASSAGES_A_REPORT, write_reports
from index.ingestion.pipeline import Text, read
from index.storage.entries import Entry, FileState

REPORTS = 24


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    folder = tmp_path_factory.mktemp("made-up")
    write_reports(folder, REPORTS)
    found = []
    for path in sorted(folder.rglob("*.txt")):
        data = path.read_bytes()
        state = FileState(path, len(data), 0, sha256(data).hexdigest())
        found.append(read(Text(data.decode(), "utf-8", path.name, state)))
    return found


def test_a_place_has_reports_of_several_years(entries: list[Entry]) -> None:
    assert len(entries) == REPORTS
    places = Counter(e.report.region.value.code for e in entries if e.report.region)
    assert sorted(places.values()) == [4, 10, 10]
    years = Counter(entry.report.year.value for entry in entries if entry.report.year)
    assert years.total() == REPORTS
    assert (min(years), max(years)) == (2016, 2025)


def test_passages_and_figures_are_as_many_as_in_real_reports(entries: list[Entry]) -> None:
    passages = [passage for entry in entries for passage in entry.passages]
    assert len(passages) / REPORTS == pytest.approx(PASSAGES_A_REPORT, rel=0.1)
    # 2.5 to 3.0 figures and 262 to 285 characters in reports of four real sources.
    assert sum(len(e.figures) for e in entries) / len(passages) == pytest.approx(2.8, abs=0.5)
    assert sum(len(p.text) for p in passages) / len(passages) == pytest.approx(275, abs=25)


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    for name, seed in (("one", 0), ("same", 0), ("other", 1)):
        write_reports(tmp_path / name, 3, seed=seed)
    texts = {
        name: [path.read_text("utf-8") for path in sorted((tmp_path / name).rglob("*.txt"))]
        for name in ("one", "same", "other")
    }
    assert texts["one"] == texts["same"] != texts["other"]

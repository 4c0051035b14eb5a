"""What the page changes is there for whoever serves the index, in files and on servers alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.web.reports.keeping import Keeper
from index.search.searcher import Searcher, open_searcher
from index.storage.catalogue import Catalogue
from tests.conftest import SEEDS

FIRST, SECOND = sorted((SEEDS / "reports").iterdir())[:2]


@pytest.fixture(params=["files", "servers"])
def searchers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Searcher]]:
    """The one that the page is of, and another that serves the same index."""
    folders, database, chroma = [tmp_path / "data"] * 2, None, None
    if request.param == "servers":
        folders = [tmp_path / "one", tmp_path / "other"]
        database = request.getfixturevalue("postgresql_server").new_database()
        chroma = request.getfixturevalue("chroma_server").new_database()
    Catalogue.open(folders[0], create=True, database=database).close()
    opened = [open_searcher(folder, database=database, chroma=chroma) for folder in folders]
    for each in opened:
        each.serve()
    yield opened
    for each in opened:
        each.close()


def documents(searcher: Searcher) -> set[str]:
    with searcher.at_one_state() as now:
        return {hit.report.document for hit in now.search("固定资产投资", top=50)}


def test_what_is_taken_in_and_out_is_seen_by_all(searchers: list[Searcher]) -> None:
    keepers = [Keeper(each.catalogue, each.chroma) for each in searchers]
    for keeper, path in zip(keepers, (FIRST, SECOND), strict=True):
        assert keeper.take_in(path.name, path.read_bytes()).state == "added"
    for each in searchers:
        each.catch_up()
        assert documents(each) == {FIRST.name, SECOND.name}
    [report] = [each for each in searchers[0].catalogue.reports() if each.document == FIRST.name]
    keepers[0].remove(report.id)
    for each in searchers:
        each.catch_up()
        assert documents(each) == {SECOND.name}

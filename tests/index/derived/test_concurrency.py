"""Readers go on while a writer writes: none of them fails, and all see the end result."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

from index.build import build
from index.search import searcher as search_module
from index.search.searcher import open_searcher

QUESTION = "项目建设"


def read_until(done: Path, data: Path, *, reopen: bool) -> None:
    """Search over and over; fail unless every search finds something and no retriever is lost."""
    import logging

    def refuse(record: logging.LogRecord) -> bool:
        sys.exit(f"unexpected warning: {record.getMessage()}")

    logging.getLogger("index.search.retrievers").addFilter(refuse)
    search_module._FEW = 10  # as in a large index
    searcher = open_searcher(data)
    while not done.exists():
        if reopen:
            searcher.close()
            searcher = open_searcher(data)
        assert len(searcher.search(QUESTION, top=3)) == 3
    assert searcher.search("猛犸象", top=1)[0].dense
    assert "猛犸象" in searcher.search("猛犸象", top=1)[0].passage.text
    searcher.close()


def test_readers_go_on_while_a_writer_writes(seeds: list[Path], tmp_path: Path) -> None:
    reports, data, done = tmp_path / "reports", tmp_path / "data", tmp_path / "done"
    reports.mkdir()
    (reports / seeds[0].name).write_bytes(seeds[0].read_bytes())
    build([reports], data=data)
    context = multiprocessing.get_context("spawn")
    readers = [
        context.Process(
            target=read_until, args=(done, data), kwargs={"reopen": reopen}, daemon=True
        )
        for reopen in (True, False)
    ]
    for reader in readers:
        reader.start()
    for number, seed in enumerate(seeds[1:]):
        (reports / seed.name).write_bytes(seed.read_bytes())
        (reports / "changing.txt").write_text(f"第{number}版:项目建设。\n", encoding="utf-8")
        build([reports], data=data)
    (reports / "last.txt").write_text("长毛猛犸象保护区已经建成。\n", encoding="utf-8")
    build([reports], data=data)
    done.touch()
    for reader in readers:
        reader.join()
    assert [reader.exitcode for reader in readers] == [0, 0]

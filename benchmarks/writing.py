"""A chat model's first word on the page, and how often honest words fail the lock.

Serves a scripted model on loopback and opens the real page in a headless Chromium; reads the
aligned national reports for the rate of false alarms. Never a test.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from assistant.answer import open_assistant
from assistant.grounding.support import Support
from assistant.settings import Settings
from assistant.web.app import create_app, start
from benchmarks.retrieval.sets import first_clause, read_segments
from index.build import build
from index.embedding.embedder import open_embedder
from tests.assistant.model.server import Reply, Says, scripted_server
from tests.browser import find_chromium

_SEEDS = Path(__file__).parent.parent / "seeds"
_RUNS = 10
_FIRST = "() => document.querySelectorAll('#chat .draft').length > 0"


def first_words() -> list[float]:
    """Return the seconds from the model's first token, sent, to its first word on the page."""
    sent: list[float] = []

    def script(_: str) -> Reply:
        sent.append(time.time())
        return Says("焦作市坚持生态优先、绿色发展" * 8, size=2, pause=0.05)

    delays: list[float] = []
    with (
        scripted_server() as server,
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
    ):
        os.environ |= {"OPENAI_API_BASE": server.url, "OPENAI_API_KEY": "none"}
        server.answers(script)
        build([_SEEDS / "reports"], data=Path(folder))
        app = create_app(open_assistant(Settings(data=Path(folder), model="openai:scripted")))
        url = start(app)
        chromium = playwright.chromium.launch(
            executable_path=str(find_chromium()), args=["--no-sandbox"]
        )
        for _ in range(_RUNS + 1):  # the first one imports LangChain
            sent.clear()
            page = chromium.new_page(locale="zh-CN")
            page.goto(url)
            page.wait_for_selector("#masthead h1")
            page.fill("#question textarea", "焦作打算怎样改善生态环境？")
            page.press("#question textarea", "Enter")
            page.wait_for_function(_FIRST, polling=10)
            delays.append(time.time() - sent[0])
            page.close()
        chromium.close()
        app.close()
    return delays[1:]


def alarms(folder: Path) -> list[tuple[str, int, float, float]]:
    """Return, for whole English sentences and first clauses, how many fail that should not.

    Each is held against its own Chinese, and against that of the segment ten places on: the name,
    the number of statements, the share of honest ones that fail, and of foreign ones that pass.
    """
    embedder = open_embedder()
    rows = []
    for name in ("whole sentences", "first clauses"):
        failed = passed = count = 0
        for segments in read_segments(folder):
            for place, segment in enumerate(segments):
                said = segment.english if name == "whole sentences" else ""
                said = said or first_clause(segment.english)
                if len(said.split()) < 4:
                    continue
                other = segments[(place + 10) % len(segments)].chinese
                count += 1
                failed += not Support((segment.chinese,), "", embedder).bears(said)
                passed += Support((other,), "", embedder).bears(said)
        rows.append((name, count, failed / count, passed / count))
    return rows


def main() -> None:
    """Print both as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("aligned", nargs="?", type=Path, help="Folder of aligned reports, *.tmx.")
    arguments = parser.parse_args()
    delays = first_words()
    print(
        f"First word on the page after the model's first token, {len(delays)} runs: "
        f"median {statistics.median(delays) * 1000:.0f} ms, most {max(delays) * 1000:.0f} ms"
    )
    if arguments.aligned:
        print("\n| English, support alone | statements | honest failed | foreign passed |")
        print("| --- | ---: | ---: | ---: |")
        for name, count, failed, passed in alarms(arguments.aligned):
            print(f"| {name} | {count:,} | {failed:.1%} | {passed:.1%} |")


if __name__ == "__main__":
    main()

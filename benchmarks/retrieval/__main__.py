"""Run what `make bench-retrieval` shows: `python -m benchmarks.retrieval EVAL` prints Markdown.

EVAL is a folder with `cmrc2018`, `drcd` and `gwr_tmx`. Rows appear as they are measured.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.retrieval import legs, measures, seeds, sets
from benchmarks.retrieval.measures import Quality
from benchmarks.retrieval.seeds import Row
from index.embedding import open_embedder

DATA = Path("../shared/corpora/eval")


def main() -> None:
    """Print the tables for the data and the sets named on the command line."""
    arguments = _arguments()
    keys = frozenset(arguments.sets or (*sets.SETS, "seeds"))
    print(f"Embedding model: `{open_embedder(arguments.model).name}`\n")
    print("| set | questions | passages | leg | hit@1 | hit@5 | MRR | nDCG@10 |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |", flush=True)
    _print_rows(_set_rows(arguments.data, keys, arguments.model))
    if "seeds" in keys:
        with seeds.open_seeds(arguments.model) as opened:
            _print_rows(opened.rows())
            if arguments.failures:
                _print_failures(opened.failures(arguments.failures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.retrieval", description=(__doc__ or "").partition("\n")[0]
    )
    names = (*sets.SETS, "seeds")
    parser.add_argument("data", type=Path, nargs="?", default=DATA, help=f"by default {DATA}")
    parser.add_argument("--model", help="an embedding model; the bundled one if not given")
    parser.add_argument(
        "--sets", nargs="+", choices=names, metavar="NAME", help=f"of {', '.join(names)}"
    )
    parser.add_argument(
        "--failures",
        nargs="?",
        const="en",
        choices=seeds.LANGUAGES,
        help="also print the seed questions in a language (en) that the hybrid leg fails",
    )
    return parser.parse_args()


def _set_rows(folder: Path, keys: frozenset[str], model: str | None) -> Iterator[Row]:
    embedder = open_embedder(model)
    for data in sets.read_sets(folder, keys):
        for leg, scores in legs.score_all(data, embedder).items():
            quality = measures.of_ranks(measures.ranks(scores, data.answers))
            yield Row(data.name, len(data.questions), len(data.passages), leg, quality)


def _print_rows(rows: Iterable[Row]) -> None:
    for row in rows:
        sizes = f"{row.questions:,} | {row.passages:,}"
        print(f"| {row.name} | {sizes} | {row.leg} | {_values(row.quality)} |", flush=True)


def _values(quality: Quality) -> str:
    values = (quality.hit_1, quality.hit_5, quality.mrr, quality.ndcg_10)
    return " | ".join(f"{value:.3f}" for value in values)


def _print_failures(failures: Iterable[seeds.Failure]) -> None:
    print()
    for failure in failures:
        question = failure.asked.question
        print(f"- {question.id}, {failure.way}, rank {failure.place or '-'}: {question.question}")
        for gold in failure.asked.gold:
            print(f"  - gold: {gold.evidence.quote} ({len(gold.spans)} places)")
        print(f"  - first: {failure.first[:120]!r}")


if __name__ == "__main__":
    main()

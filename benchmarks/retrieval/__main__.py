"""Run what `make bench-retrieval` shows: `python -m benchmarks.retrieval EVAL` prints Markdown.

EVAL is a folder with `cmrc2018`, `drcd` and `gwr_tmx`. Rows appear as they are measured. The peers
and the rates, which compare with one of them, take minutes and the extra `bench`; `--no-peers`
leaves both out.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.retrieval import measures, retrievers, seeds, sets, tables
from benchmarks.retrieval.seeds import Row
from index.embedding.embedder import Embedder, open_embedder

if TYPE_CHECKING:
    from benchmarks.retrieval.peers import Peer

DATA = Path("../shared/corpora/eval")
NAMES = (*sets.SETS, "seeds", "rates")


def main() -> None:
    """Print the tables for the data and the sets named on the command line."""
    arguments = _arguments()
    keys = frozenset(arguments.sets or NAMES)
    peers = [] if arguments.no_peers else _open_peers()
    embedder = open_embedder(arguments.model)
    print(f"Embedding model: `{embedder.name}`\n")
    tables.print_machine(peers=bool(peers))
    tables.print_rows(_rows(arguments, keys, embedder, peers))
    if arguments.failures:
        with seeds.open_seeds(arguments.model) as opened:
            tables.print_failures(opened.failures(arguments.failures))
    if peers and "rates" in keys:
        from benchmarks.retrieval import rates

        tables.print_rates(
            rates.measure(arguments.data, arguments.reports, embedder, arguments.model)
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.retrieval", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("data", type=Path, nargs="?", default=DATA, help=f"by default {DATA}")
    parser.add_argument("--model", help="an embedding model; the bundled one if not given")
    parser.add_argument("--no-peers", action="store_true", help="neither peers nor rates")
    parser.add_argument(
        "--reports",
        type=Path,
        nargs="*",
        default=[],
        metavar="FOLDER",
        help="reports to index after the sample ones where indexing is timed",
    )
    parser.add_argument(
        "--sets",
        nargs="+",
        choices=NAMES,
        metavar="NAME",
        help=f"only these, of {', '.join(NAMES)}",
    )
    parser.add_argument(
        "--failures",
        nargs="?",
        const="en",
        choices=seeds.LANGUAGES,
        help="also print the seed questions in a language (en) that the hybrid search fails",
    )
    return parser.parse_args()


def _open_peers() -> list[Peer]:
    # Both are read when the peers' libraries are imported: nothing here asks the network.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    try:
        from benchmarks.retrieval.peers import Tutorial, Words
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"expected the peers' packages, found no {error.name}: "
            "install the extra, `pip install -e '.[bench]'`, or pass --no-peers"
        ) from error
    return [Words(), Tutorial()]


def _rows(
    arguments: argparse.Namespace,
    keys: frozenset[str],
    embedder: Embedder,
    peers: Sequence[Peer],
) -> Iterator[Row]:
    for data in sets.read_sets(arguments.data, keys):
        ranks = {
            name: measures.ranks(scores, data.answers)
            for name, scores in retrievers.score_all(data, embedder).items()
        }
        ranks |= {peer.name: peer.ranks(data) for peer in peers}
        for name, found in ranks.items():
            quality = measures.of_ranks(found)
            yield Row(data.name, len(data.questions), len(data.passages), name, quality)
    if "seeds" in keys:
        with seeds.open_seeds(arguments.model) as opened:
            yield from opened.rows()
            for peer in peers:
                search, candidates = peer.search(opened)
                yield from opened.rows_of(peer.name, candidates, search)


if __name__ == "__main__":
    main()

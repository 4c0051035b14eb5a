"""What finds words: `python -m benchmarks.text_search CORPORA/eval [--speed DATA]`.

tantivy's BM25 over the product's tokens is compared with what PostgreSQL offers, on the questions
of CMRC 2018 and DRCD: trigrams (`pg_trgm`), its full text search over the same tokens, and an array
of pairs of characters, weighted as BM25 does what stands once. With `--speed` the passages of an
index are searched for the public seed questions, each for its best 200, as a search asks for.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import psycopg
import tantivy

from assistant.evaluation.questions import load_questions
from benchmarks.retrieval.measures import of_ranks
from benchmarks.retrieval.retrievers import idf, word_index
from benchmarks.retrieval.sets import read_sets
from index.storage.catalogue import Catalogue
from index.structure.passages import searched_text
from index.text.folding import fold_search
from index.text.tokens import tokens
from tests.servers import postgresql

SEEDS = Path(__file__).parent.parent / "seeds" / "questions" / "seeds_public.jsonl"
BEST = 200
_TABLES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "DROP TABLE IF EXISTS said, rare",
    "CREATE TABLE said (id int PRIMARY KEY, text text, words tsvector, pairs text[])",
    "CREATE TABLE rare (pair text PRIMARY KEY, weight float8)",
)
_INDEXES = {
    "pg_trgm": "CREATE INDEX said_text ON said USING gist (text gist_trgm_ops(siglen=256))",
    "full text": "CREATE INDEX said_words ON said USING gin (words)",
    "pairs": "CREATE INDEX said_pairs ON said USING gin (pairs)",
}
_QUERIES = {
    "pg_trgm": "SELECT id FROM said ORDER BY %(text)s <<-> text LIMIT %(most)s",
    "full text": "SELECT id FROM said, to_tsquery('simple', %(words)s) q WHERE words @@ q"
    " ORDER BY ts_rank(words, q, 1) DESC LIMIT %(most)s",
    "pairs": "SELECT id FROM said, unnest(pairs) p JOIN rare ON pair = p"
    " WHERE pairs && %(pairs)s::text[] AND p = ANY(%(pairs)s) GROUP BY id"
    " ORDER BY sum(weight) / (1.3 + 0.9 * cardinality(pairs)"
    " / (SELECT avg(cardinality(pairs)) FROM said)) DESC LIMIT %(most)s",
}
Find = Callable[[str, int], Sequence[int]]


def pairs(text: str) -> list[str]:
    """Return the different tokens of a text that are more than a single character, and numbers."""
    return [each for each in dict.fromkeys(tokens(text)) if len(each) > 1 or each.isdigit()]


def by_tantivy(passages: Sequence[str]) -> Find:
    """Return what finds passages by the product's own index."""
    searcher, schema = word_index(passages)

    def find(question: str, most: int) -> list[int]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "body", word, "freq"))
            for word in dict.fromkeys(tokens(question))
        ]
        hits = searcher.search(tantivy.Query.boolean_query(terms), limit=most).hits
        return [searcher.doc(address)["row"][0] for _, address in hits]

    return find


def load(connection: psycopg.Connection, passages: Sequence[str]) -> None:
    """Fill the tables with passages, without indexes."""
    counts: Counter[str] = Counter()
    for statement in _TABLES:
        connection.execute(statement)
    rows = "COPY said (id, text, words, pairs) FROM STDIN"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE came (id int, text text, words text, pairs text[])")
        with cursor.copy(rows.replace("said", "came")) as copy:
            for number, passage in enumerate(passages):
                own = pairs(passage)
                counts.update(own)
                copy.write_row((number, fold_search(passage), " ".join(tokens(passage)), own))
        cursor.execute(
            "INSERT INTO said SELECT id, text, to_tsvector('simple', words), pairs FROM came"
        )
        cursor.execute("DROP TABLE came")
        with cursor.copy("COPY rare (pair, weight) FROM STDIN") as copy:
            for pair, count in counts.items():
                copy.write_row((pair, idf(count, len(passages))))
    connection.execute("ANALYZE said")


def by_postgresql(connection: psycopg.Connection, way: str) -> Find:
    """Return what finds passages by one of the ways of PostgreSQL."""

    def find(question: str, most: int) -> list[int]:
        words = " | ".join(f"'{each}'" for each in dict.fromkeys(tokens(question)))
        asked = {"text": fold_search(question), "words": words, "pairs": pairs(question)}
        rows = connection.execute(_QUERIES[way], {**asked, "most": most})
        return [row[0] for row in rows]

    return find


def quality(find: Find, questions: Sequence[str], answers: Sequence[int]) -> str:
    """Return hit@1 and nDCG@10 as cells of a table."""
    ranks = []
    for question, answer in zip(questions, answers, strict=True):
        found = list(find(question, 10))
        ranks.append(found.index(answer) + 1 if answer in found else 0)
    measured = of_ranks(np.array(ranks))
    return f"{measured.hit_1:.3f} | {measured.ndcg_10:.3f}"


def _judged(folder: Path, connection: psycopg.Connection, every: int) -> Iterator[str]:
    for data in read_sets(folder, frozenset({"cmrc", "drcd"})):
        questions, answers = data.questions[::every], data.answers[::every]
        yield (
            f"| {data.name}, {len(questions)} | tantivy | "
            + quality(by_tantivy(data.passages), questions, answers)
            + " |"
        )
        load(connection, data.passages)
        for way in _QUERIES:
            found = quality(by_postgresql(connection, way), questions, answers)
            yield f"| {data.name}, {len(questions)} | {way} | {found} |"


def _timed(data: Path, connection: psycopg.Connection, most: int) -> Iterator[str]:
    with Catalogue.open(data, read_only=True) as catalogue:
        ids = catalogue.passage_ids()[:most]
        passages = [searched_text(each) for each in catalogue.passages(ids)]
    questions = [each.question for each in load_questions(SEEDS)][:30]
    began = time.perf_counter()
    find = by_tantivy(passages)
    yield _row("tantivy", len(passages), time.perf_counter() - began, find, questions, "")
    load(connection, passages)
    for way, statement in _INDEXES.items():
        began = time.perf_counter()
        connection.execute(statement)
        taken = time.perf_counter() - began
        name = statement.split()[2]
        [size] = connection.execute("SELECT pg_relation_size(%s)", (name,)).fetchone() or (0,)
        found = by_postgresql(connection, way)
        yield _row(way, len(passages), taken, found, questions, f"{size / 1e6:.0f}")


def _row(
    way: str, passages: int, made: float, find: Find, questions: Sequence[str], size: str
) -> str:
    times = []
    for question in questions:
        began = time.perf_counter()
        find(question, BEST)
        times.append(1000 * (time.perf_counter() - began))
    p95 = sorted(times)[int(0.95 * (len(times) - 1))]
    median = statistics.median(times)
    return f"| {way} | {passages:,} | {made:.1f} | {size} | {median:.1f} | {p95:.1f} |"


def main() -> None:
    """Measure, and print two Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="the retrieval sets, CORPORA/eval")
    parser.add_argument("--every", type=int, default=1, help="ask every so many questions")
    parser.add_argument("--speed", type=Path, help="a data folder whose passages are searched")
    parser.add_argument("--passages", type=int, default=20_000, help="of it at most")
    chosen = parser.parse_args()
    with postgresql() as server:
        address = server.new_database().replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            print("| set, questions | way | hit@1 | nDCG@10 |\n|---|---|---:|---:|")
            for line in _judged(chosen.folder, connection, chosen.every):
                print(line, flush=True)
            if chosen.speed:
                print("\n| way | passages | made in s | MB | p50 ms | p95 ms |")
                print("|---|---:|---:|---:|---:|---:|")
                for line in _timed(chosen.speed, connection, chosen.passages):
                    print(line, flush=True)


if __name__ == "__main__":
    main()

"""How often the right passage comes first: the dense leg, BM25, and both mixed.

`python -m benchmarks.retrieval CORPORA/eval [--model NAME_OR_PATH]` prints a Markdown table. Every
passage of a set is scored for every question, so the numbers say nothing of the approximate
nearest-neighbour search that stands before them in use.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.embedding import Embedder, open_embedder
from index.lexical import tokens
from index.script import to_simplified

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions over passages; `answers[i]` is the row of the passage that answers question i."""

    name: str
    questions: tuple[str, ...]
    passages: tuple[str, ...]
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of questions with the right passage first or among the first five; mean 1/rank."""

    hit_1: float
    hit_5: float
    mrr: float


def read_squad(name: str, path: Path) -> RetrievalSet:
    """Read a SQuAD-like file, folded to Simplified; each distinct passage is a candidate."""
    rows: dict[str, int] = {}
    questions: list[str] = []
    answers: list[int] = []
    for article in json.loads(to_simplified(path.read_text(encoding="utf-8")))["data"]:
        for paragraph in article["paragraphs"]:
            row = rows.setdefault(paragraph["context"], len(rows))
            for entry in paragraph["qas"]:
                questions.append(entry["question"])
                answers.append(row)
    return RetrievalSet(name, tuple(questions), tuple(rows), tuple(answers))


def read_aligned(name: str, folder: Path, asked: int, sought: int) -> RetrievalSet:
    """Read bilingual reports: runs of `asked` English segments ask for runs of `sought` Chinese.

    The files mark no paragraphs, hence the runs. Segments whose Chinese or English occurs twice
    (greetings, headings) ask nothing by themselves, since they have no one right passage.
    """
    questions: list[str] = []
    passages: list[str] = []
    answers: list[int] = []
    reports = [list(_read_segments(path)) for path in sorted(folder.glob("*.tmx"))]
    counts = Counter(text for report in reports for pair in report for text in pair)
    for report in reports:
        for start in range(0, len(report), sought):
            run = report[start : start + sought]
            for first in range(0, len(run), asked):
                pairs = run[first : first + asked]
                if asked > 1 or all(counts[text] == 1 for text in pairs[0]):
                    questions.append(" ".join(english for _, english in pairs))
                    answers.append(len(passages))
            passages.append("".join(chinese for chinese, _ in run))
    return RetrievalSet(name, tuple(questions), tuple(passages), tuple(answers))


def _read_segments(path: Path) -> Iterator[tuple[str, str]]:
    for unit in ElementTree.parse(path).iter("tu"):  # noqa: S314 - a file of the benchmark's own
        chinese, english = ("".join(segment.itertext()).strip() for segment in unit.iter("seg"))
        yield chinese, english


def dense_scores(data: RetrievalSet, embedder: Embedder) -> Scores:
    """Return the cosine of every question with every passage."""
    questions = np.stack([embedder.embed_query(question) for question in data.questions])
    scores: Scores = (questions @ embedder.embed(data.passages).T).astype(np.float64)
    return scores


def lexical_scores(data: RetrievalSet) -> Scores:
    """Return the BM25 score of every question with every passage, 0 where they share nothing."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("row", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(num_threads=1)
    for row, passage in enumerate(data.passages):
        writer.add_document(tantivy.Document(body=" ".join(tokens(passage)), row=row))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    limit = len(data.passages)
    every = searcher.search(tantivy.Query.all_query(), limit=limit).hits
    rows = {(at.segment_ord, at.doc): searcher.doc(at)["row"][0] for _, at in every}
    scores = np.zeros((len(data.questions), limit))
    for number, question in enumerate(data.questions):
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "body", word, "freq"))
            for word in dict.fromkeys(tokens(question))
        ]
        for score, at in searcher.search(tantivy.Query.boolean_query(terms), limit=limit).hits:
            scores[number, rows[at.segment_ord, at.doc]] = score
    return scores


def mixed_scores(dense: Scores, lexical: Scores) -> Scores:
    """Return half and half of both, each standardized over the passages of a question."""
    return (_standardized(dense) + _standardized(lexical)) / 2


def _standardized(scores: Scores) -> Scores:
    deviation = scores.std(axis=1, keepdims=True)
    standardized: Scores = scores - scores.mean(axis=1, keepdims=True)
    return standardized / np.where(deviation > 0, deviation, 1.0)


def quality(scores: Scores, answers: Sequence[int]) -> Quality:
    """Measure scores; a passage that ties with the right one counts as ranked before it."""
    right = scores[np.arange(len(answers)), answers][:, np.newaxis]
    ranks = (scores >= right).sum(axis=1)
    hits = float((ranks == 1).mean()), float((ranks <= 5).mean())
    return Quality(*hits, float((1 / ranks).mean()))


def main() -> None:
    """Print the table for the sets under the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder with cmrc2018, drcd and gwr_tmx")
    parser.add_argument("--model", help="an embedding model; the bundled one if not given")
    arguments = parser.parse_args()
    folder: Path = arguments.data
    embedder = open_embedder(arguments.model)
    reports = folder / "gwr_tmx"
    sets = (
        read_squad("CMRC 2018 dev", folder / "cmrc2018" / "cmrc2018_dev.squad.json"),
        read_squad("DRCD dev", folder / "drcd" / "DRCD_dev.json"),
        read_aligned("Reports 2021-22, English passage → Chinese passage", reports, 4, 4),
        read_aligned("Reports 2021-22, English sentence → Chinese sentence", reports, 1, 1),
        read_aligned("Reports 2021-22, English sentence → Chinese passage", reports, 1, 4),
    )
    print(f"Embedding model: `{embedder.name}`\n")
    print("| set | questions | passages | leg | hit@1 | hit@5 | MRR |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: |")
    for data in sets:
        dense, lexical = dense_scores(data, embedder), lexical_scores(data)
        legs = {"dense": dense, "BM25": lexical, "mixed": mixed_scores(dense, lexical)}
        for leg, scores in legs.items():
            found = quality(scores, data.answers)
            sizes = f"{len(data.questions):,} | {len(data.passages):,}"
            values = f"{found.hit_1:.3f} | {found.hit_5:.3f} | {found.mrr:.3f}"
            print(f"| {data.name} | {sizes} | {leg} | {values} |")


if __name__ == "__main__":
    main()

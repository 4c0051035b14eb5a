"""The retrieval sets: which questions are asked over which passages, and which passage is right.

Texts stand here as their files have them, in the script they have; whoever ranks passages folds
them or does not. Nothing here knows how a passage is found.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

RUN = 4
"""Segments of a report that stand for a passage: the aligned files mark no paragraphs."""


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions over passages; `answers[i]` is the row of the passage that answers question i."""

    name: str
    questions: tuple[str, ...]
    passages: tuple[str, ...]
    answers: tuple[int, ...]


def read_sets(folder: Path, keys: frozenset[str]) -> Iterator[RetrievalSet]:
    """Yield those of the sets in `SETS` that are asked for, in their order.

    Raises:
        OSError: A file of a set is missing or cannot be read.
    """
    for key, (place, read) in SETS.items():
        if key in keys:
            yield read(folder / place)


# --- questions on Wikipedia ---------------------------------------------------------------------


def _squad(name: str) -> Callable[[Path], RetrievalSet]:
    return lambda folder: read_squad(name, _only(folder, "*.json"))


def read_squad(name: str, path: Path) -> RetrievalSet:
    """Read a SQuAD-like file; each distinct passage is a candidate."""
    rows: dict[str, int] = {}
    questions: list[str] = []
    answers: list[int] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            row = rows.setdefault(paragraph["context"], len(rows))
            for entry in paragraph["qas"]:
                questions.append(entry["question"])
                answers.append(row)
    return RetrievalSet(name, tuple(questions), tuple(rows), tuple(answers))


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise FileNotFoundError(f"expected one {pattern} in {folder}, found {len(found)}")
    return found[0]


# --- aligned reports ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """An aligned piece of a report, mostly a sentence or a clause of one, in both languages."""

    chinese: str
    english: str


Ask = Callable[[list[Segment]], list[tuple[str, Segment]]]
"""What makes questions of all segments: each with the segment that it is about."""


def read_segments(folder: Path) -> list[list[Segment]]:
    """Read the aligned reports of a folder, white space made single spaces."""
    paths = sorted(folder.glob("*.tmx"))
    if not paths:
        raise FileNotFoundError(f"expected *.tmx in {folder}, found none")
    return [list(_read_tmx(path)) for path in paths]


def _read_tmx(path: Path) -> Iterator[Segment]:
    for unit in ElementTree.parse(path).iter("tu"):  # noqa: S314 - a file of the benchmark's own
        chinese, english = (" ".join("".join(seg.itertext()).split()) for seg in unit.iter("seg"))
        yield Segment(chinese, english)


def whole_sentences(segments: list[Segment]) -> list[tuple[str, Segment]]:
    """Return the English of every segment whose English occurs once."""
    counts = Counter(segment.english for segment in segments)
    return [(segment.english, segment) for segment in segments if counts[segment.english] == 1]


def first_clauses(segments: list[Segment]) -> list[tuple[str, Segment]]:
    """Return the first clause of each whole sentence, where no other one begins with the same."""
    cut = [(first_clause(english), segment) for english, segment in whole_sentences(segments)]
    counts = Counter(clause.casefold() for clause, _ in cut)
    return [
        (clause, segment) for clause, segment in cut if counts[clause.casefold()] == 1 and clause
    ]


def first_clause(english: str) -> str:
    """Return what stands before the first break that has four words before it.

    Breaks are a comma, semicolon, colon, full stop, question or exclamation mark at the end of a
    word, a dash, and the words "and", "that" and "which". A sentence without such a break is one
    clause, and returned without its last mark; one of fewer than four words returns nothing.
    """
    for found in _BREAK.finditer(english):
        head = english[: found.start()].strip(_AROUND)
        if len(head.split()) >= _FEWEST_WORDS:
            return head
    return ""


_FEWEST_WORDS = 4
_BREAK = re.compile(r"[,;:.!?](?!\S)|[—–]| - |\b(?:and|that|which)\b|$", re.IGNORECASE)
_AROUND = " —–,;:.!?"


def _among_segments(name: str, ask: Ask) -> Callable[[Path], RetrievalSet]:
    """Candidates are the segments, those that differ in nothing but their last mark made one."""

    def read(folder: Path) -> RetrievalSet:
        segments = [segment for report in read_segments(folder) for segment in report]
        first: dict[str, str] = {}
        for segment in segments:
            first.setdefault(_unmarked(segment.chinese), segment.chinese)
        rows = {unmarked: row for row, unmarked in enumerate(first)}
        asked = ask(segments)
        return RetrievalSet(
            name,
            tuple(question for question, _ in asked),
            tuple(first.values()),
            tuple(rows[_unmarked(segment.chinese)] for _, segment in asked),
        )

    return read


def _among_passages(name: str, ask: Ask) -> Callable[[Path], RetrievalSet]:
    """Candidates are runs of segments; what stands in two of them in Chinese asks nothing."""

    def read(folder: Path) -> RetrievalSet:
        reports = read_segments(folder)
        runs = list(_runs(reports))
        rows: dict[str, set[int]] = {}
        for row, run in enumerate(runs):
            for segment in run:
                rows.setdefault(_unmarked(segment.chinese), set()).add(row)
        asked = [
            (question, segment)
            for question, segment in ask([segment for report in reports for segment in report])
            if len(rows[_unmarked(segment.chinese)]) == 1
        ]
        return RetrievalSet(
            name,
            tuple(question for question, _ in asked),
            tuple("".join(segment.chinese for segment in run) for run in runs),
            tuple(min(rows[_unmarked(segment.chinese)]) for _, segment in asked),
        )

    return read


def _unmarked(chinese: str) -> str:
    """Return a segment without its last mark, which no way of searching can tell it by."""
    return chinese.rstrip("，。；：！、")


def _passages_themselves(name: str) -> Callable[[Path], RetrievalSet]:
    def read(folder: Path) -> RetrievalSet:
        runs = list(_runs(read_segments(folder)))
        return RetrievalSet(
            name,
            tuple(" ".join(segment.english for segment in run) for run in runs),
            tuple("".join(segment.chinese for segment in run) for run in runs),
            tuple(range(len(runs))),
        )

    return read


def _runs(reports: list[list[Segment]]) -> Iterator[list[Segment]]:
    for report in reports:
        for start in range(0, len(report), RUN):
            yield report[start : start + RUN]


SETS: dict[str, tuple[str, Callable[[Path], RetrievalSet]]] = {
    "cmrc": ("cmrc2018", _squad("CMRC 2018 dev")),
    "drcd": ("drcd", _squad("DRCD dev")),
    "sentences": (
        "gwr_tmx",
        _among_segments("English sentence → Chinese segment", whole_sentences),
    ),
    "clauses": (
        "gwr_tmx",
        _among_segments("English first clause → Chinese segment", first_clauses),
    ),
    "sentences-passages": (
        "gwr_tmx",
        _among_passages("English sentence → passage of four segments", whole_sentences),
    ),
    "clauses-passages": (
        "gwr_tmx",
        _among_passages("English first clause → passage of four segments", first_clauses),
    ),
    "passages": ("gwr_tmx", _passages_themselves("four English segments → the same in Chinese")),
}
"""Key on the command line → folder under the data folder, and what reads it."""

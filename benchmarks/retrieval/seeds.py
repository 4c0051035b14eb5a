"""The public seed questions: whose ranking holds the gold quotes, and how early.

The five sample reports are indexed as `baogao index` does it, and the answerable questions with
gold quotes are put in two ways: "as asked", the question's own words to the search over every
report, which leaves out follow-ups, since without the turns before them they ask nothing; and "as
the assistant asks", after its understanding of place, year and subject, the figure table left out.
A passage is right if it covers a gold quote (`assistant.evaluation.evidence`); where scores tie,
the right one counts as ranked last.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Assistant, open_assistant
from assistant.evaluation.evidence import Gold, Located, covers, locate
from assistant.evaluation.questions import EvalQuestion, load_questions
from assistant.evaluation.retrieval import hit_at, ndcg_at
from assistant.settings import Settings
from benchmarks.retrieval.measures import Quality, mean
from index.build import build
from index.types import Hit

SEEDS = Path(__file__).parents[2] / "seeds"
LEGS: dict[str, Callable[[Hit], float]] = {
    "lexical": lambda hit: hit.lexical or 0.0,
    "dense": lambda hit: -1.0 if hit.dense is None else hit.dense,
    "hybrid": lambda hit: hit.score,
}
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
_DEEP = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its gold quotes."""

    question: EvalQuestion
    gold: tuple[Gold, ...]

    def covered(self, place: Located) -> frozenset[int]:
        """Return which of the gold quotes a place covers."""
        return frozenset(number for number, gold in enumerate(self.gold) if covers([place], gold))


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one leg over the questions in one language, put in one way."""

    name: str
    questions: int
    passages: int
    leg: str
    quality: Quality


@dataclass(frozen=True, slots=True)
class Failure:
    """A question whose right passage is not among the hybrid ranking's first five.

    `place` is the rank of the first passage that covers a gold quote, 0 where none does.
    """

    way: str
    asked: Asked
    place: int
    first: str


@dataclass(frozen=True, slots=True)
class Seeds:
    """The sample reports, indexed, and the questions about them."""

    assistant: Assistant
    asked: tuple[Asked, ...]
    passages: int

    def rows(self) -> Iterator[Row]:
        """Yield the measures of the product's legs."""
        for way, search in self._ways().items():
            for language in LANGUAGES:
                asked = self.of(language, follow_ups=way != AS_ASKED)
                found = [(one, _judged(one, search(one.question))) for one in asked]
                for leg, score in LEGS.items():
                    qualities = [measure(one, _ranked(judged, score)) for one, judged in found]
                    name = title(language, way)
                    yield Row(name, len(asked), self.passages, leg, mean(qualities))

    def failures(self, language: str) -> Iterator[Failure]:
        """Yield the questions in a language that the hybrid leg fails."""
        for way, search in self._ways().items():
            for one in self.of(language, follow_ups=way != AS_ASKED):
                hits = search(one.question)
                ranked = _ranked(_judged(one, hits), LEGS["hybrid"])
                place = next((n for n, golds in enumerate(ranked, 1) if golds), 0)
                if not 0 < place <= _DEEP:
                    yield Failure(way, one, place, hits[0].passage.text if hits else "")

    def of(self, language: str, *, follow_ups: bool) -> list[Asked]:
        """Return the questions in a language, those that follow up on others where wanted."""
        return [
            one
            for one in self.asked
            if one.question.language == language and (follow_ups or not one.question.history)
        ]

    def _ways(self) -> dict[str, Callable[[EvalQuestion], list[Hit]]]:
        search, retrieve, every = (
            self.assistant.searcher.search,
            self.assistant.retrieve,
            self.passages,
        )
        return {
            AS_ASKED: lambda one: search(one.question, top=every),
            AS_ASSISTANT: lambda one: retrieve(one.question, history=one.history, top=every),
        }


AS_ASKED = "as asked"
AS_ASSISTANT = "as the assistant asks"


def title(language: str, way: str) -> str:
    """Return the name of a row's set."""
    return f"seed questions, {language}, {way}"


@contextmanager
def open_seeds(embedding: str | None) -> Iterator[Seeds]:
    """Index the sample reports into a folder that is thrown away, and read the questions."""
    with tempfile.TemporaryDirectory() as folder:
        passages = build([SEEDS / "reports"], data=Path(folder), embedding=embedding).passages
        assistant = open_assistant(Settings(data=Path(folder), embedding=embedding))
        questions = load_questions(SEEDS / "questions" / "seeds_public.jsonl")
        asked = tuple(
            Asked(one, tuple(locate(evidence, assistant.raw_of) for evidence in one.evidence))
            for one in questions
            if one.answerable and one.evidence
        )
        try:
            yield Seeds(assistant, asked, passages)
        finally:
            assistant.searcher.close()


def measure(asked: Asked, ranked: Sequence[frozenset[int]]) -> Quality:
    """Measure one ranking, told as the gold quotes that each place covers."""
    gained: list[int] = []
    seen: set[int] = set()
    for golds in ranked:
        gained.append(len(golds - seen))
        seen |= golds
    return Quality(
        hit_1=hit_at(1, gained),
        hit_5=hit_at(_DEEP, gained),
        mrr=next((1 / place for place, gain in enumerate(gained, 1) if gain), 0.0),
        ndcg_10=ndcg_at(10, gained, len(asked.gold) - len(seen)),
    )


def _judged(asked: Asked, hits: Sequence[Hit]) -> list[tuple[Hit, frozenset[int]]]:
    return [(hit, asked.covered((hit.report.document, hit.passage.raw_span))) for hit in hits]


def _ranked(
    judged: Sequence[tuple[Hit, frozenset[int]]], score: Callable[[Hit], float]
) -> list[frozenset[int]]:
    """Order by score what each hit covers; of equals, what covers something comes last."""
    ordered = sorted(judged, key=lambda pair: (-score(pair[0]), bool(pair[1])))
    return [golds for _, golds in ordered]

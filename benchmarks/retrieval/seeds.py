"""The public seed questions: whose ranking holds the gold quotes, and how early.

The five sample reports are indexed as `baogao index` does it, and the answerable questions with
gold quotes are put in two ways: "as asked", the question's own words to the search over every
report, which leaves out follow-ups, since without the turns before them they ask nothing; and "as
the assistant asks", after its understanding of place, year and subject, the figure table left out.
What was found is right if it covers a gold quote (`assistant.evaluation.evidence`); of what has
the same score, what is right counts as ranked last.
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
from index.structure.passages import searched_text
from index.types import Filter, Hit

SEEDS = Path(__file__).parents[2] / "seeds"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
RETRIEVERS: dict[str, Callable[[Hit], float]] = {
    "lexical": lambda hit: hit.lexical or 0.0,
    "dense": lambda hit: -1.0 if hit.dense is None else hit.dense,
    "hybrid": lambda hit: hit.score,
}
_AS_ASKED = "as asked"
_AS_ASSISTANT = "as the assistant asks"
_FIRST = 5

Search = Callable[[str], Sequence[tuple[Located, float]]]
"""Finds places in the raw reports for a question's words, each with its score."""


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one retriever or peer over the questions of one set."""

    name: str
    questions: int
    passages: int
    retriever: str
    quality: Quality


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its gold quotes."""

    question: EvalQuestion
    gold: tuple[Gold, ...]

    def covered(self, place: Located) -> frozenset[int]:
        """Return which of the gold quotes a place covers."""
        return frozenset(number for number, gold in enumerate(self.gold) if covers([place], gold))


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that has nothing right among the hybrid ranking's first five.

    `place` is the rank of the first passage that is right, 0 where none is; `first` is the text of
    the passage in its stead.
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

    def passages(self) -> list[tuple[Located, str]]:
        """Return where every passage stands, and the text that is searched of it."""
        names = {report.id: report.document for report in self.assistant.reports()}
        return [
            ((names[passage.report_id], passage.raw_span), searched_text(passage))
            for passage in self.assistant.searcher.catalogue.passages_where(Filter())
        ]

    def documents(self) -> dict[str, str]:
        """Return the raw text of every report by its document's name."""
        return {
            report.document: self.assistant.raw_of(report.document)
            for report in self.assistant.reports()
        }

    def rows(self) -> Iterator[Row]:
        """Yield the measures of the product's retrievers."""
        passages = len(self.passages())
        for way, language, asked, search in self._ways():
            found = [(one, _judged(one, search(one.question))) for one in asked]
            for name, score in RETRIEVERS.items():
                qualities = [
                    measure(one, ranked([(score(hit), golds) for hit, golds in judged]))
                    for one, judged in found
                ]
                yield Row(_name(language, way), len(asked), passages, name, mean(qualities))

    def rows_of(self, name: str, candidates: int, search: Search) -> Iterator[Row]:
        """Yield the measures of another search, which gets the questions as asked."""
        for language in LANGUAGES:
            asked = self._of(language, _AS_ASKED)
            qualities = [
                measure(
                    one,
                    ranked(
                        [(score, one.covered(at)) for at, score in search(one.question.question)]
                    ),
                )
                for one in asked
            ]
            yield Row(_name(language, _AS_ASKED), len(asked), candidates, name, mean(qualities))

    def failures(self, failing: str) -> Iterator[Failure]:
        """Yield the questions in one language that the hybrid search fails."""
        for way, language, asked, search in self._ways():
            for one in asked if language == failing else ():
                hits = search(one.question)
                judged = [(hit.score, golds) for hit, golds in _judged(one, hits)]
                place = next((n for n, golds in enumerate(ranked(judged), 1) if golds), 0)
                if not 0 < place <= _FIRST:
                    yield Failure(way, one, place, hits[0].passage.text if hits else "")

    def _ways(
        self,
    ) -> Iterator[tuple[str, str, list[Asked], Callable[[EvalQuestion], list[Hit]]]]:
        search, retrieve = self.assistant.searcher.search, self.assistant.retrieve
        every = len(self.passages())
        ways: dict[str, Callable[[EvalQuestion], list[Hit]]] = {
            _AS_ASKED: lambda one: search(one.question, top=every),
            _AS_ASSISTANT: lambda one: retrieve(one.question, history=one.history, top=every),
        }
        for way, ask in ways.items():
            for language in LANGUAGES:
                yield way, language, self._of(language, way), ask

    def _of(self, language: str, way: str) -> list[Asked]:
        return [
            one
            for one in self.asked
            if one.question.language == language and not (way == _AS_ASKED and one.question.history)
        ]


@contextmanager
def open_seeds(embedding: str | None) -> Iterator[Seeds]:
    """Index the sample reports into a folder that is thrown away, and read the questions."""
    with tempfile.TemporaryDirectory() as folder:
        build([SEEDS / "reports"], data=Path(folder), embedding=embedding)
        assistant = open_assistant(Settings(data=Path(folder), embedding=embedding))
        try:
            asked = tuple(
                Asked(one, tuple(locate(evidence, assistant.raw_of) for evidence in one.evidence))
                for one in load_questions(SEEDS / "questions" / "seeds_public.jsonl")
                if one.answerable and one.evidence
            )
            yield Seeds(assistant, asked)
        finally:
            assistant.searcher.close()


def measure(asked: Asked, found: Sequence[frozenset[int]]) -> Quality:
    """Measure one ranking, told as the gold quotes that each place covers."""
    gained: list[int] = []
    seen: set[int] = set()
    for golds in found:
        gained.append(len(golds - seen))
        seen |= golds
    return Quality(
        hit_1=hit_at(1, gained),
        hit_5=hit_at(_FIRST, gained),
        mrr=next((1 / place for place, gain in enumerate(gained, 1) if gain), 0.0),
        ndcg_10=ndcg_at(10, gained, len(asked.gold) - len(seen)),
    )


def ranked(judged: Sequence[tuple[float, frozenset[int]]]) -> list[frozenset[int]]:
    """Order what each place covers by its score; of equals, what covers something comes last."""
    ordered = sorted(judged, key=lambda pair: (-pair[0], bool(pair[1])))
    return [golds for _, golds in ordered]


def _judged(asked: Asked, hits: Sequence[Hit]) -> list[tuple[Hit, frozenset[int]]]:
    return [(hit, asked.covered((hit.report.document, hit.passage.raw_span))) for hit in hits]


def _name(language: str, way: str) -> str:
    return f"seed questions, {language}, {way}"

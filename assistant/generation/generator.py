"""Answers of a chat model: which questions it takes, and which answers it leaves alone.

Figures, calculations, people, abstentions with a reason of their own: all that stands as it is. A
model writes what is told in words: lists, summaries, reasons, explanations, and Chinese prose for a
question in English. Knows nothing of how the answer without a model came about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.generation.chat_model import Budget, ChatModel, open_model
from assistant.generation.context import CHARACTERS, gather_context
from assistant.generation.query_reading import may_be_query, proposed_by
from assistant.generation.query_rewriting import needs_rewriting, stand_alone
from assistant.generation.writer import Writer, Written
from assistant.grounding.check import Sources
from assistant.grounding.statement_lock import StatementLock
from assistant.prompts import says_phrase
from assistant.questions import cues
from assistant.questions.places import Scope
from assistant.reading.place_words import Reported
from assistant.reading.reading import Reading
from assistant.settings import Settings
from assistant.types import Answer, Question, Writing
from index.embedding.embedder import Embedder, open_embedder
from index.search.searcher import Searcher
from index.storage.catalogue import Catalogue
from index.types import Figure, Hit


def _is_told_in_words(question: Question) -> bool:
    """Tell whether a question wants words, though it may name something that figures are of."""
    if question.wanted != "number" or not question.topics:
        return True
    return cues.shows("told", question.folded) and not cues.shows("number", question.folded)


def open_generator(settings: Settings, searcher: Searcher) -> Generator | None:
    """Return what has the chat model of the settings write over an index; None without a model.

    Raises:
        ModelSetupError: the chat model cannot be opened as it is configured.
    """
    model = open_model(settings)
    return Generator(model, searcher.catalogue, searcher.embedder) if model else None


def leaves_alone(question: Question, answer: Answer) -> bool:
    """Tell whether an answer without a model stands, whatever a model could write.

    It does where it states the figures that were asked for, where it abstains for any reason but
    that the report's own words were not found, where it names people, times or places, and where
    it says that a slogan is used without being explained: there a model could only invent.
    """
    if question.opinion or question.commanded:
        return True
    if answer.abstained:
        return answer.reason != "not_stated" or not _is_told_in_words(question)
    if answer.figures:
        return not _is_told_in_words(question) or question.operation != "look_up"
    if question.wanted in ("who", "when", "where") and answer.citations:
        return True
    return any(
        says_phrase(key, answer.text, answer.language)
        for key in ("slogan_unexplained", "slogan_lost")
    )


@dataclass(frozen=True)
class Generator:
    """Has one chat model write answers over one catalogue.

    `embedder` is the index's own; where that is not the bundled one, the lock opens that beside it.
    `passages` is how many a model reads of one place, or of the reports together, `characters` how
    many characters of evidence it reads at most.
    """

    model: ChatModel
    catalogue: Catalogue
    embedder: Embedder
    passages: int = 8
    characters: int = CHARACTERS

    def rewritten(
        self, text: str, scope: Scope, history: Sequence[str], budget: Budget
    ) -> str | None:
        """Return a follow-up as a question that stands alone; None where it does, or none comes."""
        if not needs_rewriting(text, scope):
            return None
        return stand_alone(text, history, scope, self.model, budget)

    def read(
        self, text: str, history: Sequence[str], reported: Reported, budget: Budget
    ) -> Reading | None:
        """Return the model's reading of a question, where the question says all that it says."""
        if not any(may_be_query(turn, reported) for turn in (text, *history)):
            return None
        return proposed_by(self.model, text, history, reported, budget)

    def write(
        self,
        question: Question,
        bare: Answer,
        hits: Sequence[Hit],
        figures: Sequence[Figure],
        sources: Sources,
        asked: Sequence[str],
        budget: Budget,
    ) -> Iterator[Writing | Written]:
        """Yield the answer while the model writes it, and last what came of it.

        Args:
            question: the question, understood.
            bare: its answer without a model.
            hits: the passages that bear on it, best first.
            figures: the figures of what it asks about.
            sources: what the answer is checked against.
            asked: the user's earlier questions.
            budget: what the question may spend on the model.
        """
        context = gather_context(
            bare.language, self.catalogue, bare, hits, figures, characters=self.characters
        )
        if not context.items:
            yield Written(bare)
            return
        lock = StatementLock(
            language=bare.language,
            question=question.text,
            asked=(*asked, question.text),
            items=context.items,
            sources=sources,
            embedder=self._bundled,
        )
        yield from Writer(self.model, context, lock, bare, question.text).write(budget)

    @cached_property
    def _bundled(self) -> Embedder:
        return self.embedder if self.embedder.name.startswith("bundled:") else open_embedder()

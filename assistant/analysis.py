"""Answers a question of analysis in four steps: read, evaluate, tell, hold to the cells.

Knows neither words nor tables: it puts the steps one after another. A question that is not wholly
understood is left to others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from assistant.answering.composer import Composer
from assistant.answering.figures.sentences import FigureVerbalizer
from assistant.queries import figures, mentions
from assistant.queries.texts import Texts
from assistant.queries.types import FigureQuery
from assistant.questions.understand import fold, language_of
from assistant.reading.place_words import Reported
from assistant.reading.reading import Reading, read
from assistant.types import Answer, Question
from assistant.wording.figures import FigureTelling
from assistant.wording.mentions import tell
from index.lexicon.indicators import Lexicon
from index.places.gazetteer import Gazetteer
from index.storage.catalogue import Catalogue
from index.types import Filter


@dataclass(frozen=True, slots=True)
class Analyst:
    """Answers questions over many places or years from one catalogue."""

    catalogue: Catalogue
    gazetteer: Gazetteer
    lexicon: Lexicon
    texts: Texts = field(default_factory=Texts)

    def answer(self, text: str, given: Filter) -> Answer | None:
        """Answer a question of analysis; None where it is none, or not wholly understood."""
        reading = self.read(text, given)
        if reading is None or reading.left:
            return None
        question = Question(text=text, language=language_of(text), folded=fold(text), subject="")
        composer = Composer(question.language, self.catalogue)
        if not isinstance(reading.query, FigureQuery):
            mentioned = mentions.evaluate(reading.query, self.catalogue, given, self.texts)
            return tell(question, mentioned, composer) if mentioned.mentions else None
        result = figures.evaluate(reading.query, self.catalogue, given)
        verbalizer = FigureVerbalizer(composer, self.lexicon)
        return FigureTelling(question, reading, result, verbalizer).answer()

    def read(self, text: str, given: Filter) -> Reading | None:
        """Read a question against the places and years that there are reports of."""
        ahead: dict[str, list[int]] = defaultdict(list)
        for code, year in self.catalogue.years_ahead(given):
            ahead[code].append(year)
        reported = Reported(
            {code: tuple(years) for code, years in ahead.items()}, self.gazetteer, self.lexicon
        )
        return read(fold(text), reported)

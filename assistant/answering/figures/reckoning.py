"""Calculates, from figures told in one breath, what a question asks and no report states.

What is calculated stands before the answer, as a formula with its operands cited. Knows what an
answer cites and the figures around it; not how the answer was found, nor what follows from figures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering.composer import Composer, renumbered, with_marks
from assistant.answering.figures.changes import BREATH
from assistant.answering.figures.deductions import RULES, Line, year_before
from assistant.answering.figures.lookup import Stated, with_reports
from assistant.answering.figures.sentences import FigureVerbalizer
from assistant.prompts import says_phrase
from assistant.types import Answer, AnswerFigure, Question
from index.lexicon.indicators import Lexicon
from index.storage.catalogue import Catalogue
from index.types import Filter, Span


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Calculates with the figures of one catalogue."""

    catalogue: Catalogue
    lexicon: Lexicon

    def reckoned(self, question: Question, answer: Answer) -> Answer:
        """Return an answer with what can be calculated beside it, if the question asks for that.

        Args:
            question: what is asked.
            answer: the answer; a table, or one that shows a formula, is returned as it is.
        """
        if answer.query is not None or "=" in answer.text or "≈" in answer.text:
            return answer
        asked = [reckon for asks, reckon in RULES if asks(question)]
        if not asked or not answer.citations:
            return answer
        near = self._near(answer)
        verbalizer = FigureVerbalizer(Composer(answer.language, self.catalogue), self.lexicon)
        for reckon in asked:
            line = reckon(question, near, answer, verbalizer)
            if line is not None:
                return self._told(answer, line, verbalizer)
        return answer

    def year_before(self, question: Question) -> Answer | None:
        """Calculate a figure of a year that no report states from the next one and its change.

        Args:
            question: what is asked of one place, in one year.
        """
        asks = question.wanted == "number" and question.kind != "target" and question.topics
        if not asks or len(question.places) != 1 or len(question.years) != 1:
            return None
        rows = self.catalogue.figures(
            Filter(),
            regions=[question.places[0].code],
            indicators=[indicator.id for indicator in question.indicators],
        )
        after = [each for each in rows if each.is_sure and each.years[1] - 1 in question.years]
        near = with_reports(after, self.catalogue)
        verbalizer = FigureVerbalizer(Composer(question.language, self.catalogue), self.lexicon)
        none = Answer(question.text, question.language, "")
        line = year_before(question, near, none, verbalizer)
        return self._told(none, line, verbalizer) if line else None

    def _near(self, answer: Answer) -> list[Stated]:
        """Return the figures that stand in the sentences that an answer cites, in their order."""
        found: dict[tuple[str, int], Stated] = {}
        for citation in answer.citations:
            report = self.catalogue.report_of(citation.document)
            clean = self.catalogue.normalized(report.id).clean_span(
                Span(citation.start, citation.end)
            )
            for figure in self.catalogue.figures(Filter(reports=frozenset({report.id}))):
                place = figure.value_span.start
                if not (figure.is_sure or figure.measure == "share"):  # 完成任务的115%
                    continue
                if clean.start - BREATH <= place < clean.end + BREATH:
                    found[report.id, place] = Stated(figure, report)
        return [found[key] for key in sorted(found)]

    def _told(self, answer: Answer, line: Line, verbalizer: FigureVerbalizer) -> Answer:
        """Say what was calculated, citing its operands, before what the answer says."""
        words, operands = line
        marks = "".join(verbalizer.marks(each) for each in operands)
        composer = verbalizer.composer
        numbers = composer.adopt(answer.citations)
        kept = [
            renumbered(paragraph, numbers)
            for paragraph in answer.text.split("\n\n")
            if paragraph and not says_phrase("part_not_found", paragraph, answer.language)
        ]
        figures = [with_marks(each, numbers) for each in answer.figures]
        records = [each for each in verbalizer.records if _said(each) not in map(_said, figures)]
        return replace(
            answer,
            text="\n\n".join([f"{words[:-1]}{marks}{words[-1]}", *kept]),
            citations=tuple(composer.citations),
            figures=(*figures, *records),
        )


def _said(figure: AnswerFigure) -> tuple[str, ...]:
    return figure.region, figure.indicator, figure.kind, figure.period, figure.value, figure.unit

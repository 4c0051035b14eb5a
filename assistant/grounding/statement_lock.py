"""The lock on a chat model's words: what is wrong with a statement, held against what it cites.

Each statement must carry marks that exist; its figures, places and years are held to the figure
lock, every other number to the cited words, and its other words to what `support` finds of them.
Knows nothing of models, nor of what happens to a statement that fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.claims.number_words import unheld, values_in
from assistant.claims.parsing import Part, parts_of
from assistant.claims.types import Claim, ContextItem, Evidence
from assistant.grounding.check import MARK, Sources, evidence_of
from assistant.grounding.contradictions import contradiction
from assistant.grounding.figure_lock import is_supported, is_value
from assistant.grounding.places_and_years import Known, is_known
from assistant.grounding.support import Support
from assistant.questions.person_names import misnamed
from assistant.types import Answer, AnswerFigure, Fault, Language
from index.embedding.embedder import Embedder
from index.text.folding import fold_claim


@dataclass(frozen=True, slots=True)
class StatementLock:
    """Judges statements in one language against one question's evidence.

    `question` and the earlier turns `asked` are what the reader wrote; `embedder` is the bundled
    model, on which the thresholds were measured.
    """

    language: Language
    question: str
    asked: tuple[str, ...]
    items: Mapping[int, ContextItem]
    sources: Sources
    embedder: Embedder

    def fault(self, text: str, marks: Sequence[int] = ()) -> Fault | None:
        """Return what is wrong with a statement; None where nothing is.

        Args:
            text: the statement with its marks.
            marks: those of the items of the list that the statement is the head of, which it need
                not repeat as long as it states no number.
        """
        own = [int(n) for n in MARK.findall(text)]
        if any(n not in self.items for n in own):
            return "unknown_mark"
        cited = own or list(marks)
        if not cited:
            return "unmarked"
        if _LINK.search(text):
            return "link"
        if not self._is_in_language(text):
            return "language"
        items = {n: self.items[n] for n in dict.fromkeys(cited)}
        shown = text if own else text + "".join(f"[{n}]" for n in items)
        answer = self._answer(shown, list(items.values()))
        return self._judged(answer, items, is_head=not own)

    def stated(self, text: str) -> list[AnswerFigure]:
        """Return the figures of the table that a statement states."""
        items = [self.items[n] for n in dict.fromkeys(map(int, MARK.findall(text)))]
        found: list[AnswerFigure] = []
        answer = self._answer(text, items)
        evidence = evidence_of(answer, self.sources)
        for part in parts_of(answer, evidence, self.sources.lexicon, self.sources.gazetteer):
            named = {name.meant for name in part.statement.names}
            for amount in part.statement.amounts:
                own = [figure for figure in answer.figures if is_value(amount, figure)]
                found += [each for each in own if each.indicator in named] or own
        return found

    def _answer(self, text: str, items: Sequence[ContextItem]) -> Answer:
        return Answer(
            self.question,
            self.language,
            text,
            citations=tuple(item.citation for item in items),
            figures=tuple(figure for item in items for figure in item.figures),
        )

    def _is_in_language(self, text: str) -> bool:
        """Tell whether a statement is in the answer's language, quotations and brackets aside."""
        bare = _ASIDE.sub("", text)
        han, latin = len(_HAN.findall(bare)), len(_LATIN.findall(bare))
        return han <= latin if self.language == "en" else latin <= han + 1

    def _judged(
        self, answer: Answer, items: Mapping[int, ContextItem], *, is_head: bool
    ) -> Fault | None:
        evidence = evidence_of(answer, self.sources)
        parts = parts_of(answer, evidence, self.sources.lexicon, self.sources.gazetteer)
        known = Known(answer, self.sources.given, self.sources.gazetteer, self.asked)
        for part in parts:
            if is_head and part.statement.amounts:
                return "unmarked"
            if not part.statement.marks:
                return "unmarked"
            fault = self._figures_fault(part, evidence, known) or self._words_fault(
                part, answer.text, items
            )
            if fault:
                return fault
        return None

    def _figures_fault(
        self, part: Part, evidence: Sequence[Evidence], known: Known
    ) -> Fault | None:
        said = part.statement
        if len(said.amounts) > _MOST:
            return "number"
        cited = [each for each in evidence if each.n in said.marks]
        if not is_known(said, cited, known):
            return "place_or_year"
        for start, end, marks in _segments(said):
            own = [each for each in cited if each.n in marks]
            inside = [place for place in said.places if start <= place.start < end]
            for place in inside:
                if not any(
                    each.region in place.names or place.is_named_in(each.dense) for each in own
                ):
                    return "place_or_year"
        if not is_supported(said, cited):
            return "figure"
        return None

    def _words_fault(
        self, part: Part, whole: str, items: Mapping[int, ContextItem]
    ) -> Fault | None:
        said = part.statement
        taken = {place for a in said.amounts for place in range(a.start, a.end)}
        taken |= {place for y in said.years for place in range(y.start, y.end)}
        taken |= {place for d in said.dates for place in range(d.start, d.end)}
        taken |= {place for p in said.places for place in range(p.start, p.end)}
        original = fold_claim(whole[part.start : part.end])
        for start, end, marks in _segments(said):
            own = [items[n] for n in sorted(marks)]
            words = "".join(fold_claim(f"{item.text} {item.around}") for item in own)
            dense = "".join(words.split())
            text = said.text[start:end]
            inside = {place - start for place in taken if start <= place < end}
            if unheld(text, inside, dense, values_in(words)):
                return "number"
            shown = self._without(original, taken, start, end)
            if self.language == "en" and misnamed(shown, dense + fold_claim(self.question)):
                return "unsupported"
            if self._misquotes(MARK.sub("", original[start:end]), dense):
                return "unsupported"
            if self._names_another_indicator(said, start, end, own):
                return "figure"
            bare = MARK.sub("", original[start:end])
            if contrary := contradiction(bare, own):
                return contrary
            plain = _without_regions(shown, own)
            around = " ".join(item.around for item in own)
            support = Support(tuple(item.text for item in own), around, self.embedder)
            if not support.bears(plain):
                return "unsupported"
        return None

    def _without(self, text: str, taken: set[int], start: int, end: int) -> str:
        """Return a segment with its marks, amounts, years and places blanked."""
        shown = "".join(" " if at in taken else text[at] for at in range(start, end))
        return MARK.sub(" ", shown)

    def _misquotes(self, text: str, dense: str) -> bool:
        """Tell whether a Chinese quotation is of words that are not cited."""
        return any(
            len(_HAN.findall(quote)) >= 4
            and "".join(fold_claim(quote).split()) not in dense
            and "".join(fold_claim(quote).split()) not in fold_claim(self.question)
            for quote in re.findall(r"[“「『\"]([^“”「」『』\"]{2,400})[”」』\"]", text)
        )

    def _has_a_name(self, figure: AnswerFigure) -> bool:
        """Tell whether a figure's indicator is one whose names in both languages are known."""
        return any(indicator.zh == figure.indicator for indicator in self.sources.lexicon.all)

    def _names_another_indicator(
        self, said: Claim, start: int, end: int, items: Sequence[ContextItem]
    ) -> bool:
        """Tell whether an amount that is a cited figure follows the name of another indicator."""
        figures = [figure for item in items for figure in item.figures]
        amounts = [amount for amount in said.amounts if start <= amount.start < end]
        if not figures or not amounts:
            return False
        # Names that the figure lock knows are blanked; what is left are other indicators'.
        words = fold_claim(said.text[start:end])
        for mention in self.sources.lexicon.mentions(words):
            after = [a for a in amounts if a.start - start >= mention.span.end]
            # In English a place may follow the name: the air quality index of the urban area fell.
            first = 0 if self.language == "en" else mention.span.end
            named = [n for n in said.names if start + first <= n.start < end]
            if not after or any(n.start < after[0].start for n in named):
                continue
            if not all(self._has_a_name(f) for f in figures if is_value(after[0], f)):
                continue
            if re.search(r"[,;:、]", words[mention.span.end : after[0].start - start]):
                continue
            meant = {indicator.zh for indicator in mention.candidates}
            held = {
                indicator.zh
                for item in items
                for other in self.sources.lexicon.mentions(fold_claim(f"{item.text} {item.around}"))
                for indicator in other.candidates
            }
            if not any(_is_akin(name, other) for name in meant for other in held):
                return True
        return False


def _without_regions(text: str, items: Sequence[ContextItem]) -> str:
    """Blank the names of the cited reports' places."""
    for region in {item.citation.region for item in items if item.citation.region}:
        text = text.replace(region, " ").replace(region[:-1], " ")
    return text


def _is_akin(name: str, other: str) -> bool:
    """Tell whether two indicators are one, or their names are as near as wordings of one are."""
    return name == other or any(name[at : at + 4] in other for at in range(len(name) - 3))


_MOST = 60
"""Amounts in one statement above which it is not read."""
_LINK = re.compile(r"https?:|www\.|\bmailto:|!\[|\]\(|<\s*/?\s*[A-Za-z]|\w+@\w+\.\w", re.IGNORECASE)
_ASIDE = re.compile(r"“[^”]*”|\"[^\"]*\"|\([^)]*\)|（[^）]*）|《[^》]*》|\[\d+\]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'-]+")


def _segments(said: Claim) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Yield the runs of a statement up to their marks, and what is left with all of its marks."""
    start = 0
    for begin, numbers in said.groups:
        if said.text[start:begin].strip(_EDGES):
            yield start, begin, frozenset(numbers)
        start = begin
    if said.groups and said.text[start:].strip(_EDGES):
        yield start, len(said.text), said.marks


_EDGES = " \t\n.,;:!?。，；：！？、()（）*-"

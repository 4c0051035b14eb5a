"""The numbered evidence that a chat model answers from: sentences of reports, with their figures.

Gathers what a question's answer may stand on and words it as data: delimited, its own marks and
delimiters escaped, sentences that give orders to a program left out. Knows nothing of models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.composer import Composer
from assistant.answering.figures.sentences import answer_figure
from assistant.answering.figures.wording import period_words, predicate
from assistant.claims.types import ContextItem
from assistant.questions import cues
from assistant.questions.understand import fold_question
from assistant.types import Answer, Citation, Language
from index.storage.catalogue import Catalogue
from index.structure.statements import (
    Statement,
    kind_of,
    sentences_of,
    statements_of,
    years_about,
)
from index.types import Figure, Filter, Hit, Passage, Report, Span

CHARACTERS = 6_000
"""How many characters of evidence, some 4,000 tokens, so that small local models can hold them."""
_LONGEST = 220
"""Characters up to which a sentence is one piece of evidence; longer ones are parted."""
_FIGURES = 12
"""How many figures of what a question asks about are added where no sentence has them."""


@dataclass(frozen=True, slots=True)
class EvidenceContext:
    """What a chat model answers one question from."""

    language: Language
    items: Mapping[int, ContextItem]
    headings: Mapping[int, str]

    def words(self) -> str:
        """Return the evidence as the model reads it: a line for each item, under its heading."""
        lines: list[str] = []
        heading = ""
        for n, item in self.items.items():
            if self.headings[n] != heading:
                heading = self.headings[n]
                lines.append(f"# {as_data(heading)}")
            lines.append(f"[{n}] {as_data(item.text)}")
            lines += [f"    = {as_data(row)}" for row in item.rows]
        return "\n".join(lines)


def gather_context(
    language: Language,
    catalogue: Catalogue,
    answer: Answer,
    hits: Sequence[Hit],
    figures: Sequence[Figure],
    *,
    characters: int = CHARACTERS,
) -> EvidenceContext:
    """Number the evidence for an answer in `language`.

    Args:
        language: that of the answer.
        catalogue: what the evidence is read from.
        answer: the answer without a model, whose own citations come first where room is short.
        hits: the passages that bear on the question, best first.
        figures: the figures of what it asks about.
        characters: how many characters of evidence there is room for.
    """
    chosen = _chosen(catalogue, answer, hits, figures, characters)
    composer = Composer(language, catalogue)
    stated: dict[str, list[Figure]] = {}
    items: dict[int, ContextItem] = {}
    headings: dict[int, str] = {}
    for each in sorted(chosen, key=lambda s: (s.report.document, s.span.start)):
        if each.report.id not in stated:
            stated[each.report.id] = [f for f in catalogue.figures(_of(each.report)) if f.is_sure]
        composer.cite(each.report, each.span)
        item = _item(each, composer.citations[-1], stated[each.report.id])
        items[item.n] = item
        path = [composer.report(each.report), *each.passage.headings]
        headings[item.n] = " › ".join(dict.fromkeys(path))
    return EvidenceContext(language, items, headings)


def items_of(answer: Answer, catalogue: Catalogue) -> dict[int, ContextItem]:
    """Return the evidence that an answer cites, by the numbers of its marks.

    One that stands in no passage of its report is left out.
    """
    items: dict[int, ContextItem] = {}
    for citation in answer.citations:
        report = catalogue.report_of(citation.document)
        passage = catalogue.passage_at(report.id, Span(citation.start, citation.end))
        if passage is not None:
            normalized = catalogue.normalized(report.id)
            span = normalized.clean_span(Span(citation.start, citation.end))
            stated = [f for f in catalogue.figures(_of(report)) if f.is_sure]
            cited = _cited_part(report, passage, span, span.of(normalized.text))
            items[citation.n] = _item(cited, citation, stated)
    return items


def _cited_part(report: Report, passage: Passage, span: Span, text: str) -> Statement:
    """Return cited words as a statement, under the lead of the statement they are of."""
    for each in statements_of(report, passage):
        if each.span.start < span.end and span.start < each.span.end:
            return replace(each, span=span, text=text)
    return Statement(report, passage, span, text, span, text)


def _of(report: Report) -> Filter:
    return Filter(reports=frozenset({report.id}))


def _item(statement: Statement, citation: Citation, stated: Sequence[Figure]) -> ContextItem:
    span = statement.span
    inside = [
        figure
        for figure in stated
        if span.start <= figure.value_span.start and figure.value_span.end <= span.end
    ]
    passage = statement.passage
    return ContextItem(
        citation=citation,
        text=" ".join(statement.text.split()),
        around=" ".join((*passage.headings, statement.lead_text)),
        kind=kind_of(statement),
        years=years_about(statement.report, passage, span),
        figures=tuple(answer_figure(figure, (citation.n,)) for figure in inside),
        rows=tuple(dict.fromkeys(_row(figure) for figure in inside)),
    )


def _row(figure: Figure) -> str:
    kind = "目标 target" if figure.kind == "target" else "实绩 result"
    return (
        f"{figure.region.name} | {figure.indicator} | {period_words(figure)} | {kind} |"
        f" {predicate(figure)}"
    )


def years_of_citation(citation: Citation, catalogue: Catalogue) -> frozenset[int]:
    """Return the years that a citation's words are about by where they stand in the report."""
    report = catalogue.report_of(citation.document)
    raw = Span(citation.start, citation.end)
    passage = catalogue.passage_at(report.id, raw)
    if passage is None:
        return frozenset()
    return years_about(report, passage, catalogue.normalized(report.id).clean_span(raw))


# What is chosen


def _chosen(
    catalogue: Catalogue,
    answer: Answer,
    hits: Sequence[Hit],
    figures: Sequence[Figure],
    characters: int,
) -> list[Statement]:
    """Choose the evidence: what the answer without a model cites, then the best passages' own."""
    kept: list[Statement] = []
    size = 0
    candidates = [
        *_cited(catalogue, answer),
        *(each for hit in hits[:3] for each in _parts(hit.report, hit.passage)),
        *_stating(catalogue, figures[:_FIGURES]),
        *(each for hit in hits[3:] for each in _parts(hit.report, hit.passage)),
    ]
    for each in candidates:
        if size + len(each.text) > characters:
            break
        if _is_new(each, kept) and not _gives_orders(each.text):
            kept.append(each)
            size += len(each.text)
    return kept


def _is_new(statement: Statement, kept: Iterable[Statement]) -> bool:
    """Tell whether no kept piece of the same report shares characters with a statement."""
    return not any(
        other.report.id == statement.report.id
        and other.span.start < statement.span.end
        and statement.span.start < other.span.end
        for other in kept
    )


def _gives_orders(text: str) -> bool:
    return cues.shows("planted", fold_question(text))


def _cited(catalogue: Catalogue, answer: Answer) -> list[Statement]:
    """Return the sentences around the citations of an answer."""
    found: list[Statement] = []
    for citation in answer.citations:
        report = catalogue.report_of(citation.document)
        raw = Span(citation.start, citation.end)
        passage = catalogue.passage_at(report.id, raw)
        if passage is not None:
            clean = catalogue.normalized(report.id).clean_span(raw)
            found += [
                part
                for part in _parts(report, passage)
                if part.span.start < clean.end and clean.start < part.span.end
            ]
    return found


def _stating(catalogue: Catalogue, figures: Sequence[Figure]) -> list[Statement]:
    """Return the sentences that state figures."""
    found: list[Statement] = []
    for figure in figures:
        report = catalogue.report(figure.report_id)
        raw = catalogue.normalized(report.id).raw_span(figure.span)
        passage = catalogue.passage_at(report.id, raw)
        if passage is not None:
            found += [
                part
                for part in _parts(report, passage)
                if part.span.start <= figure.value_span.start < part.span.end
            ]
    return found


def _parts(report: Report, passage: Passage) -> list[Statement]:
    """Return the pieces of evidence of a passage: its sentences, the long ones parted."""
    pieces: dict[Span, list[Statement]] = {}
    for piece in statements_of(report, passage):
        pieces.setdefault(piece.sentence, []).append(piece)
    found: list[Statement] = []
    for sentence in sentences_of(report, passage):
        if len(sentence.text) <= _LONGEST or sentence.span not in pieces:
            found.append(sentence)
        else:
            found += _gathered(pieces[sentence.span])
    return found


def _gathered(pieces: Sequence[Statement]) -> list[Statement]:
    """Join the neighbouring statements of one long sentence, as far as a piece may be long."""
    found: list[Statement] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and piece.span.end - last.span.start <= _LONGEST:
            span = Span(last.span.start, piece.span.end)
            offset = piece.passage.span.start
            text = piece.passage.text[span.start - offset : span.end - offset]
            found[-1] = replace(last, span=span, text=text)
        else:
            found.append(piece)
    return found


# How it is worded

_OPEN, _CLOSE = "<<<", ">>>"
_OWN_MARK = re.compile(r"\[(?=\s*\d+\s*\])")


def as_data(text: str) -> str:
    """Return words of a report or a question as a prompt holds them: on one line, as data alone.

    Delimiters and marks of their own are turned into look-alikes, so that nothing in them ends the
    data or passes for another piece of evidence.
    """
    line = " ".join(text.split())
    line = re.sub(r"<{2,}", lambda run: "‹" * len(run[0]), line)
    line = re.sub(r">{2,}", lambda run: "›" * len(run[0]), line)
    return _OWN_MARK.sub("［", line)


def delimited(name: str, data: str) -> str:
    """Return data between the delimiters that the prompts speak of."""
    return f"{_OPEN}{name}\n{data}\n{name}{_CLOSE}"

"""The cards beside an answer: one a passage, with all the words of it that the answer cites.

Everything that comes from a report or a question is shown as text, never as markup. Knows nothing
of how the page is served.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import quote

from assistant.types import Citation, Language, Source
from assistant.web.charts.figure_charts import place_called
from assistant.web.sources.marks import Mark, marked_html
from assistant.web.sources.punctuation import full_width
from assistant.web.texts.loading import chat_texts, page_texts
from assistant.web.turns import Turn
from index.reports.witnesses import IS_URL


@dataclass(frozen=True, slots=True)
class Card:
    """The citations of one passage, in the order of their numbers; never none."""

    sources: tuple[Source, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its citations."""
        return tuple(source.citation.n for source in self.sources)


def cards_of(sources: Iterable[Source]) -> list[Card]:
    """Return the citations of an answer by their passages, in the order of the first of each."""
    passages: dict[tuple[str, str, str, str], list[Source]] = {}
    for source in sources:
        key = (source.citation.document, source.held, source.cleaned.text, source.original.text)
        passages.setdefault(key, []).append(source)
    return [Card(tuple(own)) for own in passages.values()]


def folded_marks(numbers: Sequence[int], cards: Sequence[Card]) -> list[tuple[int, ...]]:
    """Return numbers that stand side by side in an answer as the marks that the page shows.

    The words that announce a figure are cited after its clause; they are part of its mark where
    both stand in one passage.
    """
    card_of = {n: at for at, card in enumerate(cards) for n in card.numbers}
    return [tuple(own) for _, own in groupby(numbers, key=lambda n: card_of.get(n, -n))]


def anchor(turn: int, numbers: Sequence[int]) -> str:
    """Return what a mark of the conversation's turn `turn` points to."""
    return f"source-{turn}-{'.'.join(map(str, numbers))}"


def sources_html(turns: Sequence[Turn], language: Language, first: int = 1) -> str:
    """Return the sources of every answer in `turns`, a section each, the last one shown.

    `first` is the number of the first of them in their conversation.
    """
    texts = page_texts(language)
    answered = [(n, turn) for n, turn in enumerate(turns, start=first) if turn.answer]
    if not answered:
        return f'<p class="empty">{texts.no_answer_yet}</p>' if first == 1 else ""
    last = answered[-1][0]
    return "".join(_section(turn, n, n == last, language) for n, turn in answered)


def switch_html(language: Language) -> str:
    """Return the heading of the sources and the switch between cleaned and original text."""
    texts = page_texts(language)
    return (
        f'<h2 id="sources-heading">{texts.sources}</h2>'
        f'<div class="switch" role="radiogroup" aria-label="{texts.text_shown}">'
        f'<label><input type="radio" name="text-shown" id="show-cleaned" checked>'
        f"<span>{texts.cleaned}</span></label>"
        f'<label><input type="radio" name="text-shown" id="show-original">'
        f"<span>{texts.original}</span></label></div>"
        f'<button type="button" id="close-sources" title="{texts.back}" '
        f'aria-label="{texts.back}">×</button>'
    )


def _section(turn: Turn, number: int, shown: bool, language: Language) -> str:
    texts = page_texts(language)
    spoken = turn.answer.language if turn.answer else language
    cards = "".join(_card(card, number, language, spoken) for card in cards_of(turn.sources))
    asked = escape(turn.question)
    return (
        f'<section class="turn{" shown" if shown else ""}" data-turn="{number}">'
        f'<p class="asked" title="{asked}">{asked}</p>'
        f'{cards or f"""<p class="empty">{texts.nothing_cited}</p>"""}</section>'
    )


def _card(card: Card, turn: int, language: Language, spoken: Language) -> str:
    texts, first = page_texts(language), card.sources[0]
    citation, name = first.citation, f"source-{turn}-{card.numbers[0]}"
    place = place_called(citation.region, spoken) if citation.region else ""
    heading = " · ".join(str(part) for part in (place, citation.year) if part)
    cleaned, original = (_excerpt(card, original=original) for original in (False, True))
    more = (
        f'<label class="more"><input type="checkbox"><span>{texts.whole_passage}</span></label>'
        if 'class="rest"' in cleaned + original
        else ""
    )
    numbers = _ranges(card.numbers)
    return (
        f'<article class="source" id="{name}" tabindex="-1" aria-labelledby="{name}-name" '
        f'data-n="{" ".join(map(str, card.numbers))}" {_places(card)}>'
        f'<header><span class="number" aria-hidden="true">{numbers}</span>'
        f'<h3 id="{name}-name"><span class="spoken">{texts.source.format(n=numbers)} </span>'
        f"{escape(heading or citation.document)}</h3></header>"
        f'<p class="title">{escape(full_width(citation.title or ""))}</p>'
        f'<p class="path">{escape(" › ".join(first.headings))}</p>{_held(first, language)}'
        f'<blockquote class="cleaned" lang="zh">{cleaned}</blockquote>'
        f'<blockquote class="original" lang="zh">{original}</blockquote>'
        f"{_footer(card, turn, more, language)}</article>"
    )


def _footer(card: Card, turn: int, more: str, language: Language) -> str:
    texts, first = page_texts(language), card.sources[0].citation
    ats = "".join(
        f'<span class="at" data-n="{each.n}"{"" if each is first else " hidden"}>'
        f"{_characters(each, language)}</span>"
        for each in (source.citation for source in card.sources)
    )
    read_on = (
        f'<a class="read-on" href="{reader_address(first)}">{texts.read_on}</a>'
        if card.sources[0].held == "here"
        else ""
    )
    return (
        f"<footer>{read_on}{more}{_citing(turn, first.n, language)}"
        f'<span class="file">{_file(first)}{comma(language)}{ats}</span></footer>'
    )


def comma(language: Language) -> str:
    """Return what parts a file's name from a place in it."""
    return ", " if language == "en" else "，"


def _characters(citation: Citation, language: Language) -> str:
    texts = page_texts(language)
    start, end = f"{citation.start:,}", f"{citation.end:,}"
    characters = texts.characters.format(start=start, end=end)
    if citation.page:
        return f"{texts.page.format(page=citation.page)}{comma(language)}{characters}"
    return characters


def reader_address(citation: Citation) -> str:
    """Return the address of the page at which the cited words stand in their whole report."""
    return f"#/report/{quote(citation.document, safe='')}?at={citation.start}-{citation.end}"


def _places(card: Card) -> str:
    """Return where the citations stand in their file, for what the page does by itself."""
    document = escape(card.sources[0].citation.document)
    places = {each.n: f"{each.start}-{each.end}" for each in (own.citation for own in card.sources)}
    return f'data-document="{document}" data-at="{escape(json.dumps(places))}"'


def _ranges(numbers: Sequence[int]) -> str:
    """Return numbers as people list them: 1, 3–5."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _excerpt(card: Card, *, original: bool) -> str:
    excerpts = [own.original if original else own.cleaned for own in card.sources]
    marks = [Mark(n, own.mark) for n, own in zip(card.numbers, excerpts, strict=True)]
    # The original is shown character by character as the file has it.
    text = excerpts[0].text if original else full_width(excerpts[0].text)
    return marked_html(text, marks, numbered=len(marks) > 1)


def _file(citation: Citation) -> str:
    """Return the file's name, as a link where the address is known that it was taken from."""
    name = escape(citation.document)
    if citation.url is None or not IS_URL.match(citation.url):
        return name
    return f'<a href="{escape(citation.url)}" target="_blank" rel="noopener noreferrer">{name}</a>'


def _held(source: Source, language: Language) -> str:
    texts = chat_texts(language)
    words = {"here": "", "changed": texts.source_changed, "gone": texts.source_gone}[source.held]
    return f'<p class="held">{words}</p>' if words else ""


def _citing(turn: int, n: int, language: Language) -> str:
    """Return the menu that copies a citation: a button a form, and where "copied" is said."""
    texts = chat_texts(language)
    forms = (("plain", texts.plain), ("gbt7714", texts.gbt7714), ("bibtex", texts.bibtex))
    buttons = "".join(
        f'<button type="button" data-form="{form}">{name}</button>' for form, name in forms
    )
    return (
        f'<details class="citing" data-turn="{turn}" data-n="{n}">'
        f'<summary>{texts.cite}</summary><div class="forms">{buttons}'
        f'<span class="said" role="status"></span></div></details>'
    )

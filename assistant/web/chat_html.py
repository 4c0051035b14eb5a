"""What the web page shows, as HTML and Markdown: the conversation and its reports.

Everything that comes from a report or a question is shown as text, never as markup. Nothing here
knows how the page is served.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from inspect import cleandoc

from assistant.types import Language, Writing
from assistant.web.charts.figure_charts import comparison_chart
from assistant.web.reading_html import absent_html, reading_html, ways_html
from assistant.web.sources.cards import anchor, cards_of, folded_marks
from assistant.web.sources.punctuation import full_width
from assistant.web.texts.loading import chat_texts, page_texts
from assistant.web.texts.records import PageTexts
from assistant.web.turns import Turn
from assistant.web.writing_html import (
    badges_html,
    notes_html,
    with_badges,
    withheld_html,
    writing_markdown,
)
from index.text.script import to_traditional
from index.types import Report

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_SENTENCE_END = re.compile(r"[。！？；\n]+|[.!?](?=\s)")
_MARKUP = str.maketrans({character: f"&#{ord(character)};" for character in "&<[`~\\"})
_PUNCTUATION = str.maketrans(
    {character: f"&#{ord(character)};" for character in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}
)

_LISTED_BY_NAME = 6  # as many reports as one line of the page's head can name


def messages(
    turn: Turn,
    number: int,
    language: Language,
    upto: int | None = None,
    writing: Writing | None = None,
) -> list[tuple[str, str]]:
    """Return the conversation's turn `number` as messages: whose each is, and its Markdown.

    `upto` cuts its answer; `writing` is that one while a chat model writes it.
    """
    shown = [("user", question_markdown(turn.question))]
    if turn.answer or turn.problem:
        answer = answer_markdown(turn, number, language, upto)
        if turn.answer and (upto is None or upto >= len(turn.answer.text)):
            answer += "\n\n" + notes_html(turn.answer)
            answer += "\n\n" + withheld_html(turn.answer, language)
            answer += "\n\n" + absent_html(turn.answer, language)
            answer += "\n\n" + reading_html(turn.answer, language)
            answer += "\n\n" + ways_html(turn.answer, language)
            has_table = "\n|" in f"\n{turn.answer.text}"
            answer += "\n\n" + acts_html(number, language, with_table=has_table)
        if turn.answer is None:
            answer += "\n\n" + again_html(number, language)
        shown.append(("assistant", cleandoc(answer)))
    elif writing is not None:
        shown.append(("assistant", cleandoc(writing_markdown(writing, language))))
    return shown


def question_markdown(question: str) -> str:
    """Return `question` as Markdown that shows its characters and nothing else."""
    return question.translate(_PUNCTUATION).replace("\n", "<br>")


def answer_markdown(turn: Turn, number: int, language: Language, upto: int | None = None) -> str:
    """Return the answer of the conversation's turn `number` as Markdown.

    Its [n] marks become links to the sources, one for those side by side in one passage; emphasis
    and tables stay, any other markup is shown as text. `upto` cuts the answer's text after so many
    characters, while it streams. Once it is whole, a comparison is followed by its chart.
    """
    texts = page_texts(language)
    if turn.answer is None:
        return f'<p class="problem">{question_markdown(turn.problem)}</p>'
    cited = {citation.n for citation in turn.answer.citations}
    is_whole = upto is None or upto >= len(turn.answer.text)
    written = with_badges(turn.answer) if is_whole else turn.answer.text[:upto]
    cards = cards_of(turn.sources)
    text = written if turn.answer.language == "en" else full_width(written)
    text = _STRONG.sub(r"<strong>\1</strong>", text.translate(_MARKUP))

    def links(match: re.Match[str]) -> str:
        numbers = [int(n) for n in re.findall(r"\d+", match[0].replace("&#91;", ""))]
        if not cited.issuperset(numbers):
            return match[0]
        return _NO_BREAK.join(_link(number, own, texts) for own in folded_marks(numbers, cards))

    body = re.sub(r"(?:&#91;\d+\])+", links, text)
    body = badges_html(body, language)
    if not turn.answer.abstained:
        return body + ("\n\n" + comparison_chart(turn.answer) if is_whole else "")
    return f'<div class="abstention"><span>{texts.not_found}</span>\n\n{body}\n\n</div>'


def _link(turn: int, numbers: Sequence[int], texts: PageTexts) -> str:
    """Return a mark as the link to its source; its first number stands for those beside it."""
    name = texts.source.format(n="、".join(map(str, numbers)))
    return f'<a class="cite" href="#{anchor(turn, numbers)}" aria-label="{name}">[{numbers[0]}]</a>'


_NO_BREAK = "&#8288;"
"""A word joiner: marks stay beside each other."""


def acts_html(number: int, language: Language, *, with_table: bool = False) -> str:
    """Return what can be done with the answer of the conversation's turn `number`.

    It is voted on, copied, its question is asked otherwise, its table is saved. The chat strips
    every attribute but `class`, which therefore says which turn is meant.
    """
    texts = chat_texts(language)
    acts = [
        ("vote up", texts.helpful),
        ("vote down", texts.unhelpful),
        ("act copy", texts.copy_answer),
        ("act again", texts.ask_again),
        *([("act csv", texts.save_table)] if with_table else []),
    ]
    buttons = "".join(
        f'<button type="button" class="{act}"><span class="spoken">{name}</span></button>'
        for act, name in acts
    )
    return f'<div class="votes turn-{number}">{buttons}<span class="said"></span></div>'


def again_html(number: int, language: Language) -> str:
    """Return what has a question that came to no answer asked otherwise."""
    words = chat_texts(language).ask_again
    button = f'<button type="button" class="act again"><span class="spoken">{words}</span></button>'
    return f'<div class="votes turn-{number}">{button}</div>'


def pieces(text: str) -> Iterator[int]:
    """Yield the lengths at which a streaming answer is shown: after sentences, and whole.

    Each is drawn anew from the beginning, so a long answer comes in few.
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(text) if match.end() < len(text)]
    yield from ends[:: 1 + len(ends) // _PIECES]
    yield len(text)


_PIECES = 12


def masthead_html(reports: Sequence[Report], language: Language) -> str:
    """Return the page's head: its title, which reports are indexed, its language and colours."""
    texts = page_texts(language)
    return (
        f'<div class="titles"><h1>{texts.heading}</h1>{coverage_html(reports, language)}</div>'
        f'<div class="choices">{_choices("language", texts.language, _LANGUAGES.items())}'
        f"{_choices('theme', texts.theme, texts.themes.items())}</div>"
    )


_LANGUAGES = {"zh-Hans": "简", "zh-Hant": "繁", "en": "EN"}


def _choices(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    buttons = "".join(
        f'<button type="button" data-{name}="{key}" aria-pressed="false">{words}</button>'
        for key, words in options
    )
    return f'<div class="switch" role="group" aria-label="{label}">{buttons}</div>'


def coverage_html(reports: Sequence[Report], language: Language) -> str:
    """Return one line about the reports that are indexed, which leads to their list."""
    words = _coverage(reports, language) if reports else page_texts(language).nothing_indexed
    none = "" if reports else f' data-none="{escape(page_texts(language).to_reports)}"'
    return f'<a class="coverage" href="#/reports"{none}>{escape(words)}</a>'


def scope_html(report: Report, language: Language) -> str:
    """Return what says that one report alone is asked, and lets go of it."""
    texts = page_texts(language)
    named = escape(texts.only.format(name=_report_name(report, language)))
    return (
        f'<p class="scope" role="status">{named} <button type="button" class="let-go">'
        f"{texts.ask_all}</button></p>"
    )


def welcome_html(reports: Sequence[Report], language: Language) -> str:
    """Return what stands in an empty conversation; without reports, how to index some."""
    texts = page_texts(language)
    if reports:
        tried = f'<p class="try">{texts.try_asking}</p>'
        return f'<div class="welcome"><p>{texts.welcome}</p>{tried}</div>'
    return (
        f'<div class="welcome"><h2>{texts.nothing_indexed}</h2><p>{texts.how_to_index}</p>'
        f'<p><a href="#/reports">{texts.to_reports}</a></p></div>'
    )


def _coverage(reports: Sequence[Report], language: Language) -> str:
    """Return one line about `reports`: their names where they are few, else number and span."""
    texts = page_texts(language)
    if len(reports) <= _LISTED_BY_NAME:
        separator = ", " if language == "en" else "、"
        names = separator.join(_report_name(report, language) for report in reports)
        return texts.reports.format(count=len(reports)) + names
    regions = {report.region.value.code for report in reports if report.region}
    years = sorted({report.year.value for report in reports if report.year})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
    return texts.coverage.format(
        count=f"{len(reports):,}", regions=f"{len(regions):,}", years=span or texts.undated
    )


def _report_name(report: Report, language: Language) -> str:
    if report.region is None:
        return report.plain_title or report.document
    region = report.region.value
    name = region.english if language == "en" else region.name
    name = to_traditional(name) if language == "zh-Hant" else name
    return f"{name} {report.year.value}" if report.year else name

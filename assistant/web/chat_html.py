"""What the web page shows, as HTML and Markdown: the conversation, its sources, its reports.

Everything that comes from a report or a question is shown as text, never as markup. Nothing here
knows how the page is served.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from assistant.types import Answer, Citation, Excerpt, Language, Source, Writing
from assistant.web.figure_charts import comparison_chart
from assistant.web.texts.loading import chat_texts, page_texts
from assistant.web.writing_html import (
    badges_html,
    notes_html,
    with_badges,
    withheld_html,
    writing_markdown,
)
from index.reports.witnesses import IS_URL
from index.text.script import to_traditional
from index.types import Report, Span

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_SENTENCE_END = re.compile(r"[。！？；\n]+|[.!?](?=\s)")
_MARKUP = str.maketrans({character: f"&#{ord(character)};" for character in "&<[`~\\"})
_PUNCTUATION = str.maketrans(
    {character: f"&#{ord(character)};" for character in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}
)

_NO_BREAK = "&#8288;"  # a word joiner: marks stay beside each other
_SAMPLE_REGION = "410800"  # the example of the manual, asked about where it is indexed
_LISTED_BY_NAME = 6  # as many reports as one line of the page's head can name
_LISTED_AT_ALL = 200  # a longer list is no longer read, and slows the page
_CONTEXT = 140  # characters shown on each side of a citation before the reader asks for more


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation with what came of it.

    `answer` is None while the question is being answered and where it failed; `problem` is then
    the one line that says why, or empty. `sources` has one entry per citation, in order of `n`.
    """

    question: str
    answer: Answer | None = None
    sources: tuple[Source, ...] = ()
    problem: str = ""


def messages(
    turns: Sequence[Turn],
    language: Language,
    upto: int | None = None,
    writing: Writing | None = None,
) -> list[dict[str, str]]:
    """Return the conversation as Gradio's chat takes it.

    `upto` cuts its last answer; `writing` is that one while a chat model writes it.
    """
    shown = []
    for number, turn in enumerate(turns, start=1):
        shown.append({"role": "user", "content": question_markdown(turn.question)})
        if turn.answer or turn.problem:
            cut = upto if number == len(turns) else None
            answer = answer_markdown(turn, number, language, cut)
            if turn.answer and (cut is None or cut >= len(turn.answer.text)):
                answer += "\n\n" + notes_html(turn.answer)
                answer += "\n\n" + withheld_html(turn.answer, language)
                answer += "\n\n" + votes_html(number, language)
            shown.append({"role": "assistant", "content": answer})
    if writing is not None:
        shown.append({"role": "assistant", "content": writing_markdown(writing, language)})
    return shown


def question_markdown(question: str) -> str:
    """Return `question` as Markdown that shows its characters and nothing else."""
    return question.translate(_PUNCTUATION).replace("\n", "<br>")


def answer_markdown(turn: Turn, number: int, language: Language, upto: int | None = None) -> str:
    """Return the answer of the conversation's turn `number` as Markdown.

    Its [n] marks become links to the sources, emphasis and tables stay, any other markup is shown
    as text. `upto` cuts the answer's text after so many characters, while it streams. Once it is
    whole, a comparison is followed by its chart.
    """
    texts = page_texts(language)
    if turn.answer is None:
        return f'<p class="problem">{question_markdown(turn.problem)}</p>'
    cited = {citation.n for citation in turn.answer.citations}
    is_whole = upto is None or upto >= len(turn.answer.text)
    written = with_badges(turn.answer) if is_whole else turn.answer.text[:upto]
    text = _STRONG.sub(r"<strong>\1</strong>", written.translate(_MARKUP))

    def link(match: re.Match[str]) -> str:
        n = int(match[1])
        if n not in cited:
            return match[0]
        name = texts.source.format(n=n)
        return f'<a class="cite" href="#{_anchor(number, n)}" aria-label="{name}">[{n}]</a>'

    body = re.sub(r"&#91;(\d+)\]", link, text).replace("</a><a", f"</a>{_NO_BREAK}<a")
    body = badges_html(body, language)
    if not turn.answer.abstained:
        return body + ("\n\n" + comparison_chart(turn.answer) if is_whole else "")
    return f'<div class="abstention"><span>{texts.not_found}</span>\n\n{body}\n\n</div>'


def votes_html(number: int, language: Language) -> str:
    """Return the buttons that vote on the answer of the conversation's turn `number`.

    The chat strips every attribute but `class`, which therefore says which turn is meant.
    """
    texts = chat_texts(language)
    buttons = "".join(
        f'<button type="button" class="vote {vote}"><span class="spoken">{name}</span></button>'
        for vote, name in (("up", texts.helpful), ("down", texts.unhelpful))
    )
    return f'<div class="votes turn-{number}">{buttons}<span class="said"></span></div>'


def pieces(text: str) -> Iterator[int]:
    """Yield the lengths at which a streaming answer is shown: after each sentence, and whole."""
    for match in _SENTENCE_END.finditer(text):
        if match.end() < len(text):
            yield match.end()
    yield len(text)


def sources_html(turns: Sequence[Turn], language: Language) -> str:
    """Return the sources of every answer in `turns`, a section each, the last one shown."""
    texts = page_texts(language)
    answered = [(n, turn) for n, turn in enumerate(turns, start=1) if turn.answer]
    if not answered:
        return f'<p class="empty">{texts.no_answer_yet}</p>'
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
    )


def masthead_html(reports: Sequence[Report], language: Language) -> str:
    """Return the page's head: its title and which reports are indexed."""
    texts = page_texts(language)
    title = f"<h1>{texts.heading}</h1>"
    if not reports:
        return f'{title}<p class="coverage">{texts.nothing_indexed}</p>'
    names = [_report_name(report, language) for report in reports]
    listed = "".join(f"<li>{escape(name)}</li>" for name in names[:_LISTED_AT_ALL])
    if len(names) > _LISTED_AT_ALL:
        listed += f"<li>{texts.more_reports.format(count=len(names) - _LISTED_AT_ALL)}</li>"
    return (
        f'{title}<details class="coverage"><summary>{escape(_coverage(reports, language))}'
        f"</summary><ul>{listed}</ul></details>"
    )


def welcome_html(reports: Sequence[Report], language: Language) -> str:
    """Return what stands in an empty conversation; without reports, how to index some."""
    texts = page_texts(language)
    if reports:
        return f'<p class="welcome">{texts.welcome}</p>'
    return (
        f'<div class="welcome"><h2>{texts.nothing_indexed}</h2><p>{texts.how_to_index}</p>'
        "<p><code>baogao index reports/</code></p></div>"
    )


def examples(reports: Sequence[Report], language: Language) -> list[str]:
    """Return questions to begin with about places in `reports`, the page's own language first."""
    known = [report for report in reports if report.region and report.year]
    if not known:
        return []
    places = [report.region.value for report in known if report.region]
    sample = next((place for place in places if place.code == _SAMPLE_REGION), places[-1])
    year = max(report.year.value for report in known if report.year)
    english = [
        f"what GDP growth did {sample.english} target",
        f"which place set the highest GDP growth target for {year}",
    ]
    chinese = [
        f"{sample.name}{year}年GDP增长目标是多少",
        f"{year}年哪个地区的GDP增长目标最高",
    ]
    if language == "zh-Hant":
        chinese = [to_traditional(question) for question in chinese]
    return [*english, *chinese] if language == "en" else [*chinese, *english]


def _anchor(turn: int, n: int) -> str:
    return f"source-{turn}-{n}"


def _section(turn: Turn, number: int, shown: bool, language: Language) -> str:
    texts = page_texts(language)
    cards = "".join(_card(source, number, language) for source in turn.sources)
    return (
        f'<section class="turn{" shown" if shown else ""}">'
        f'<p class="asked">{escape(turn.question)}</p>'
        f'{cards or f"""<p class="empty">{texts.nothing_cited}</p>"""}</section>'
    )


def _card(source: Source, turn: int, language: Language) -> str:
    texts = page_texts(language)
    citation = source.citation
    anchor = _anchor(turn, citation.n)
    place = " · ".join(str(part) for part in (citation.region, citation.year) if part)
    characters = texts.characters.format(start=f"{citation.start:,}", end=f"{citation.end:,}")
    if citation.page:
        characters = f"{texts.page.format(page=citation.page)}, {characters}"
    path = " › ".join(source.headings)
    cleaned, original = _excerpt(source.cleaned), _excerpt(source.original)
    more = (
        f'<label class="more"><input type="checkbox"><span>{texts.whole_passage}</span></label>'
        if 'class="rest"' in cleaned + original
        else ""
    )
    return (
        f'<article class="source" id="{anchor}" tabindex="-1" aria-labelledby="{anchor}-name">'
        f'<header><span class="number" aria-hidden="true">{citation.n}</span>'
        f'<h3 id="{anchor}-name"><span class="spoken">{texts.source.format(n=citation.n)} </span>'
        f"{escape(place or citation.document)}</h3></header>"
        f'<p class="title">{escape(citation.title or "")}</p><p class="path">{escape(path)}</p>'
        f"{_held(source, language)}"
        f'<blockquote class="cleaned">{cleaned}</blockquote>'
        f'<blockquote class="original">{original}</blockquote>'
        f'<footer>{more}<span class="file">{_file(citation)}, {characters}</span>'
        f"{_citing(turn, citation.n, language)}"
        f'<a class="back" href="#conversation">{texts.back}</a></footer></article>'
    )


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


def _excerpt(excerpt: Excerpt) -> str:
    """Return the passage with its citation marked and what is far from it folded away."""
    text, mark = excerpt.text, excerpt.mark
    near = _surroundings(text, mark)
    before, after = Span(0, near.start), Span(near.end, len(text))
    return (
        _folded(before.of(text), "{rest}{gap}")
        + escape(text[near.start : mark.start])
        + f"<mark>{escape(mark.of(text))}</mark>"
        + escape(text[mark.end : near.end])
        + _folded(after.of(text), "{gap}{rest}")
    )


def _folded(text: str, order: str) -> str:
    if not text:
        return ""
    rest = f'<span class="rest">{escape(text)}</span>'
    return order.format(rest=rest, gap='<span class="gap">…</span>')


def _surroundings(text: str, mark: Span) -> Span:
    """Return the part of `text` around `mark` shown at first, cut at sentences if it can be."""
    start, end = mark.start - _CONTEXT, mark.end + _CONTEXT
    opening = next(
        (m.end() for m in _SENTENCE_END.finditer(text, max(start, 0), mark.start)), start
    )
    closings = [m.end() for m in _SENTENCE_END.finditer(text, mark.end, min(end, len(text)))]
    return Span(
        0 if start <= _CONTEXT // 2 else opening,
        len(text) if end >= len(text) - _CONTEXT // 2 else (closings[-1] if closings else end),
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

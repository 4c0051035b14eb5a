"""Quiet lines under an answer: how its question was read, and the tabs that tell more of it.

Knows the record's form, nothing of how it came about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from assistant.types import Answer, Language
from assistant.web.charts.figure_charts import place_called
from assistant.web.figures.addresses import figures_address, trend_address
from assistant.web.texts.loading import figure_texts, page_texts, reader_texts
from index.lexicon.indicators import load_lexicon
from index.text.script import to_traditional

_NAMED = 3
"""As many places are named; of more only the number is told."""
_LISTED = 10
"""Places without a report up to which an answer's text names all of them."""
_SEPARATOR = {"en": ", ", "zh-Hans": "、", "zh-Hant": "、"}


def reading_html(answer: Answer, language: Language) -> str:
    """Return how a question over many places or years was read; "" for any other."""
    query = answer.query
    if not query:
        return ""
    parts = [
        _places(query.get("places"), language),
        _what(query, language),
        _years(query.get("years")),
    ]
    told = " · ".join(escape(part) for part in parts if part)
    if not told:
        return ""
    blank = " " if language == "en" else ""
    return f'<p class="reading">{page_texts(language).read_as}{blank}{told}</p>'


def absent_html(answer: Answer, language: Language) -> str:
    """Return a fold with the places and years that no report is of; "" where they are few."""
    coverage = (answer.query or {}).get("coverage")
    missing = coverage.get("no_report") if isinstance(coverage, Mapping) else None
    years: dict[str, list[str]] = {}
    for place, year in missing or ():
        years.setdefault(str(place), []).append(str(year))
    if len(years) <= _LISTED:
        return ""
    is_of_one_year = len({year for own in years.values() for year in own}) == 1
    items = [
        place_called(place, language) + ("" if is_of_one_year else f" {', '.join(own)}")
        for place, own in years.items()
    ]
    separator = _SEPARATOR[language] if is_of_one_year else "; "
    named = page_texts(language).absent.format(count=len(years))
    return (
        f'<details class="absent"><summary>{named}</summary>'
        f"<p>{escape(separator.join(items))}</p></details>"
    )


def ways_html(answer: Answer, language: Language) -> str:
    """Return links to what an answer is about in other tabs; "" where there is none."""
    texts, lexicon = page_texts(language), load_lexicon()
    listed = "#/reports" if answer.reason == "no_report" else ""
    ways = (
        (listed, reader_texts(language).to_list),
        (figures_address(answer, lexicon), texts.open_figures),
        (trend_address(answer), texts.open_trend),
    )
    links = " ".join(f'<a href="{escape(to)}">{words}</a>' for to, words in ways if to)
    return f'<p class="ways">{links}</p>' if links else ""


def _places(places: object, language: Language) -> str:
    """Name the places as they were asked for, and how many they are."""
    if not isinstance(places, Mapping):
        return ""
    names = [str(name) for name in places.get("names", ())]
    if not names:
        return page_texts(language).every_place
    if len(names) <= _NAMED:
        return _SEPARATOR[language].join(place_called(name, language) for name in names)
    count = page_texts(language).count_of_places.format(count=len(names))
    words = _in_script(str(places.get("words") or ""), language)
    return f"{words}（{count}）" if words and language != "en" else count


def _what(query: Mapping[str, Any], language: Language) -> str:
    columns = query.get("columns")
    if isinstance(columns, Sequence) and columns:
        return _SEPARATOR[language].join(
            dict.fromkeys(_column(column, language) for column in columns)
        )
    marks = "「{}」" if language == "zh-Hant" else "“{}”"
    terms = (_in_script(str(term), language) for term in query.get("terms") or ())
    return _SEPARATOR[language].join(marks.format(term) for term in terms)


def _column(column: Mapping[str, Any], language: Language) -> str:
    known = next((each for each in load_lexicon().all if each.id == column.get("indicator")), None)
    if known is None:
        return ""
    name = known.en if language == "en" else _in_script(known.zh, language)
    kinds: Mapping[str, str] = {
        str(key): word for key, word in figure_texts(language).kinds.items()
    }
    kind = kinds.get(str(column.get("kind")), "")
    if not kind:
        return name
    return f"{name} ({kind})" if language == "en" else f"{name}（{kind}）"


def _years(years: object) -> str:
    if not isinstance(years, Sequence) or not years:
        return ""
    found = sorted(int(year) for year in years)
    is_run = found[-1] - found[0] == len(found) - 1
    if len(found) > 1 and is_run:
        return f"{found[0]}–{found[-1]}"
    return ", ".join(map(str, found))


def _in_script(words: str, language: Language) -> str:
    return to_traditional(words) if language == "zh-Hant" else words

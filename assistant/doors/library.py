"""The calls of Python, which `baogao` exports: few names over the records that Baogao itself uses.

Each call takes the assistant of `open_assistant`, or opens that of the settings (`BAOGAO_DATA`,
`baogao.toml`) once. Knows neither the command line nor the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.answer import Assistant
from assistant.answer import open_assistant as _open
from assistant.answering.figures.export import FigureRow, figure_rows, select_figures
from assistant.doors.calls import codes_of
from assistant.panel.columns import cells
from assistant.panel.rows import evaluate, query_of
from assistant.settings import Settings
from assistant.types import Answer, Language
from index.types import FigureKind, Filter, Hit


def open_assistant(data: Path | str | None = None, *, model: str | None = None) -> Assistant:
    """Open an index, for the other calls and for what an `Assistant` itself can do.

    Args:
        data: the folder that `baogao index` made; None for that of the settings.
        model: a chat model as `provider:name`; None for that of the settings, which is none unless
            one was set.

    Raises:
        BaogaoIndexError: there is no index, or it cannot be used.
        AssistantError: the settings or the chat model cannot be used.

    Example:
        >>> import baogao
        >>> assistant = baogao.open_assistant()
        >>> len(assistant.reports())
        5
    """
    return _opened(_settings(data, model))


def ask(
    question: str,
    *,
    assistant: Assistant | None = None,
    history: Iterable[str] = (),
    places: Iterable[str] = (),
    years: Iterable[int] = (),
) -> Answer:
    """Answer a question, every statement with a citation exact to the character.

    Args:
        question: in Simplified or Traditional Chinese or English.
        assistant: of `open_assistant`; None for that of the settings.
        history: the user's earlier questions, oldest first.
        places: only reports of these places or groups of them (焦作市, Jiaozuo, 长三角).
        years: only reports given in these years.

    Raises:
        AssistantError: a place that there is not, or a failing chat model.
        BaogaoIndexError: the index cannot be used.

    Example:
        >>> import baogao
        >>> answer = baogao.ask("what GDP growth did Jiaozuo target")
        >>> print(answer.text)
        Jiaozuo's target for gross domestic product (地区生产总值) in 2023 is growth of 7% [1][2].
        >>> answer.figures[0].kind, answer.figures[0].value, answer.figures[0].unit
        ('target', '7', '%')
        >>> answer.citations[0].document, answer.citations[0].start
        ('001_7692730640d39c1c.txt', 2266)
    """
    used = assistant or open_assistant()
    return used.ask(
        question,
        history=tuple(history),
        regions=codes_of(places, used.gazetteer),
        years=frozenset(years),
    )


def query(
    query: str | Mapping[str, Any],
    *,
    assistant: Assistant | None = None,
    language: Language = "zh-Hans",
) -> Answer:
    """Answer a written query over many places and years (`docs/query.md`).

    Args:
        query: JSON of the schema, or what it stands for.
        assistant: of `open_assistant`; None for that of the settings.
        language: of the answer.

    Raises:
        QueryError: it is not of the schema, or names what is not known; a line for each fault.
        BaogaoIndexError: the index cannot be used.

    Example:
        >>> import baogao
        >>> print(baogao.query({"asks": "speakers", "places": ["玉门市"], "years": [2023]}).text)
        | 年份 | 作报告的人 |
        |---|---|
        | 2023 | 李应伟 [1] |
    """
    return (assistant or open_assistant()).query(query, language=language)


def search(
    words: str,
    *,
    assistant: Assistant | None = None,
    places: Iterable[str] = (),
    years: Iterable[int] = (),
    top: int = 10,
) -> list[Hit]:
    """Find passages by their words and their meaning, best first.

    Args:
        words: what to look for, in Chinese or English.
        assistant: of `open_assistant`; None for that of the settings.
        places: only reports of these places or groups of them.
        years: only reports given in these years.
        top: how many passages.

    Raises:
        AssistantError: a place that there is not.
        BaogaoIndexError: the index cannot be used.

    Example:
        >>> import baogao
        >>> [hit] = baogao.search("有机硅产能", top=1)
        >>> hit.report.place_name, "有机硅" in hit.passage.text
        ('猇亭区', True)
    """
    used = assistant or open_assistant()
    where = Filter(regions=codes_of(places, used.gazetteer), years=frozenset(years))
    return used.searcher.search(words, where=where, top=top)


def figures(
    *,
    assistant: Assistant | None = None,
    places: Iterable[str] = (),
    years: Iterable[int] = (),
    indicators: Iterable[str] = (),
    kinds: Iterable[FigureKind] = (),
) -> list[FigureRow]:
    """List the figures that the reports state, by document and in the order of its text.

    Args:
        assistant: of `open_assistant`; None for that of the settings.
        places: only figures of these places or groups of them.
        years: only figures whose period holds one of these years.
        indicators: Chinese or English names, short ones (GDP, 社零), or ids.
        kinds: "target", "actual", "cumulative".

    Raises:
        AssistantError: a place or an indicator that there is not.
        BaogaoIndexError: the index cannot be used.

    Example:
        >>> import baogao
        >>> [row] = baogao.figures(places=["焦作市"], indicators=["GDP"], kinds=["target"])
        >>> row.period, row.value, row.unit, row.quote
        ('2023', '7', '%', '地區生產(chǎn)總值增長(cháng)7%')
    """
    used = assistant or open_assistant()
    with used.at_one_state() as now:
        found = select_figures(
            now.searcher.catalogue,
            now.lexicon,
            regions=codes_of(places, now.gazetteer),
            years=frozenset(years),
            indicators=tuple(indicators),
            kinds=tuple(kinds),
        )
        return figure_rows(found, now.searcher.catalogue)


def panel(
    *,
    assistant: Assistant | None = None,
    places: Iterable[str] = (),
    years: Iterable[int] = (),
    indicators: Iterable[str] = (),
) -> Iterator[dict[str, Any]]:
    """Yield targets and results side by side, a row a place, year, indicator and measure.

    A row holds the columns of `docs/panel.md`, in their order: texts, integers, `Decimal` or None.

    Args:
        assistant: of `open_assistant`; None for that of the settings.
        places: only these places or groups of them.
        years: those that the figures are of.
        indicators: Chinese or English names, short ones, or ids.

    Raises:
        AssistantError: a place or an indicator that there is not.
        BaogaoIndexError: the index cannot be used.

    Example:
        >>> import baogao
        >>> for row in baogao.panel(places=["焦作市"], years=[2023], indicators=["gdp"]):
        ...     print(row["measure"], row["target_value"], row["unit"], row["result_status"])
        growth 7 % no_report
    """
    used = assistant or open_assistant()
    asked = query_of(
        codes_of(places, used.gazetteer), frozenset(years), tuple(indicators), used.lexicon
    )
    with used.at_one_state() as now:
        for row in evaluate(asked, now.searcher.catalogue, now.lexicon):
            yield dict(cells(row))


def _settings(data: Path | str | None, model: str | None) -> Settings:
    settings = Settings.read()
    folder = settings.data if data is None else Path(data).expanduser()
    return replace(settings, data=folder, model=model or settings.model)


@lru_cache(maxsize=4)
def _opened(settings: Settings) -> Assistant:
    """Open an index once: opening takes a second, and an assistant serves any number of calls."""
    return _open(settings)

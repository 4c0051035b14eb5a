"""Figures for programs: which ones a selection names, and their rows as JSON and CSV.

A row has the keys of the design's "A row of `baogao figures`". Knows nothing of terminals and
pages.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields

from assistant.answering.figures.lookup import Stated, with_reports
from assistant.errors import SelectionError
from index.lexicon.indicators import Lexicon
from index.storage.catalogue import Catalogue
from index.text.folding import fold_indicator
from index.text.script import to_simplified
from index.types import Figure

_SUGGESTED = 3
"""How many near names an unknown indicator is answered with."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as programs get it: `quote` is `raw[start:end]` of the document.

    `value` is "" for a figure in words, whose wording is then the `qualifier`; a range is "4.5-5".
    `region` is the figure's own place, which may be another than the report's. `kind` is "unsure"
    where it is not certain enough to be told (see `index.types.SURE`), `certainty` how sure it is.
    `url` is the address that the document was taken from, if known.
    """

    document: str
    start: int
    end: int
    quote: str
    region: str
    indicator: str
    as_written: str
    measure: str
    kind: str
    period: str
    value: str
    unit: str
    qualifier: str | None
    certainty: float
    url: str | None = None


COLUMNS = tuple(field.name for field in fields(FigureRow))
"""The keys of a row, in their order."""


# Which figures


def stated_figures(
    catalogue: Catalogue, *, regions: Collection[str] = (), kinds: Collection[str] = ()
) -> list[Stated]:
    """Return the figures of these places and kinds with their reports; empty sides are open.

    Args:
        catalogue: what is indexed.
        regions: administrative codes of the figures' own places.
        kinds: "target", "actual", "cumulative".
    """
    return with_reports(catalogue.figures(regions=regions, kinds=kinds), catalogue)


def covering(stated: Iterable[Stated], years: Collection[int]) -> list[Stated]:
    """Return the figures whose period holds one of `years`; all where there are none."""
    if not years:
        return list(stated)
    return [each for each in stated if _covers(each.figure, years)]


def _covers(figure: Figure, years: Collection[int]) -> bool:
    first, last = figure.years
    return any(first <= year <= last for year in years)


def of_indicator(stated: Iterable[Stated], name: str, lexicon: Lexicon) -> list[Stated]:
    """Return the figures of the indicator that `name` names.

    Args:
        stated: figures of any indicator.
        name: its Chinese or English name, an abbreviation ("GDP", "社零"), its id in the lexicon,
            or a name that only a report has; where none has just that one, a part of such a name.
        lexicon: the indicators that are known.
    """
    stated = list(stated)
    wanted, known = _plain(name), indicators_named(name, lexicon)
    exact = [each for each in stated if each.figure.indicator_id in known or wanted in _names(each)]
    if exact or known:
        return exact
    return [each for each in stated if any(wanted in own for own in _names(each))]


def indicators_named(name: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the ids of the indicators that `name` as a whole may mean."""
    if any(name == indicator.id for indicator in lexicon.all):
        return frozenset({name})
    text = to_simplified(name.strip())
    for mention in lexicon.mentions(text):
        if len(mention.span) == len(text):
            return frozenset(indicator.id for indicator in mention.candidates)
    return frozenset()


def unknown_indicator(name: str, stated: Iterable[Stated], lexicon: Lexicon) -> SelectionError:
    """Return the error of a name that neither the lexicon nor any of these figures has."""
    names = {each.figure.indicator for each in stated}
    names.update(indicator.zh for indicator in lexicon.all)
    names.update(indicator.en for indicator in lexicon.all)
    near = difflib.get_close_matches(to_simplified(name), sorted(names), n=_SUGGESTED, cutoff=0.5)
    hint = f"; near it: {', '.join(near)}" if near else ""
    return SelectionError(
        f"--indicator: expected an indicator that the reports state, found {name!r}{hint}"
    )


def _plain(name: str) -> str:
    return "".join(fold_indicator(to_simplified(name)).split())


def _names(stated: Stated) -> tuple[str, str]:
    return _plain(stated.figure.indicator), _plain(stated.figure.as_written)


def select_figures(
    catalogue: Catalogue,
    lexicon: Lexicon,
    *,
    regions: Collection[str] = (),
    years: Collection[int] = (),
    indicators: Collection[str] = (),
    kinds: Collection[str] = (),
) -> list[Stated]:
    """Return the figures that fit on every side, by document and in the order of its text.

    Args:
        catalogue: what is indexed.
        lexicon: the indicators that are known.
        regions: administrative codes of the figures' own places; empty for any.
        years: years that the period holds; empty for any.
        indicators: names as `of_indicator` takes them; empty for any.
        kinds: kinds of figures; empty for any.

    Raises:
        SelectionError: a name that neither the lexicon nor any report has.
    """
    stated = covering(stated_figures(catalogue, regions=regions, kinds=kinds), years)
    if not indicators:
        return stated
    kept: set[tuple[str, int]] = set()
    for name in indicators:
        found = of_indicator(stated, name, lexicon)
        if not found and not indicators_named(name, lexicon):
            everything = stated_figures(catalogue)
            if not of_indicator(everything, name, lexicon):
                raise unknown_indicator(name, everything, lexicon)
        kept.update((each.report.id, each.figure.ordinal) for each in found)
    return [each for each in stated if (each.report.id, each.figure.ordinal) in kept]


# Their rows


def figure_rows(stated: Sequence[Stated], catalogue: Catalogue) -> list[FigureRow]:
    """Return the rows of figures, in their order."""
    texts = {
        report_id: catalogue.normalized(report_id)
        for report_id in {each.report.id for each in stated}
    }
    rows = []
    for each in stated:
        figure, text = each.figure, texts[each.report.id]
        span = text.raw_span(figure.span)
        rows.append(
            FigureRow(
                document=each.report.document,
                start=span.start,
                end=span.end,
                quote=span.of(text.raw),
                region=figure.region.name,
                indicator=figure.indicator,
                as_written=figure.as_written,
                measure=figure.measure,
                kind=figure.kind if figure.is_sure else "unsure",
                period=figure.period,
                value=figure.value_text,
                unit=figure.unit,
                qualifier=figure.qualifier or figure.wording,
                certainty=figure.certainty,
                url=each.report.url,
            )
        )
    return rows


def to_records(rows: Iterable[FigureRow]) -> list[dict[str, object]]:
    """Return rows as they stand in JSON."""
    return [asdict(row) for row in rows]


_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula."""


def to_csv(rows: Iterable[FigureRow]) -> str:
    """Return rows as CSV (RFC 4180, without a byte order mark).

    A cell that a spreadsheet could take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_inert(getattr(row, column)) for column in COLUMNS])
    return out.getvalue()


def _inert(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text

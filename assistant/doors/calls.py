"""What other programs can ask of an assistant: plain values in, plain values for JSON out.

Every door offers these same calls; their docstrings are what its users read. Knows no door, neither
HTTP nor MCP.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal

from assistant.answering.figures.export import figure_rows, select_figures, to_records
from assistant.checking.checker import Checker
from assistant.checking.setting import setting_of
from assistant.checking.telling import record_of
from assistant.doors.records import hit_record, report_record, text_record
from assistant.errors import AssistantError, LimitError, SelectionError
from assistant.limits import (
    ANSWER_SECONDS,
    MOST_CHECKED_CHARACTERS,
    MOST_CHECKED_NUMBERS,
    MOST_READ_CHARACTERS,
    MOST_ROWS,
    check_names,
    check_question,
    check_text,
    check_years,
)
from assistant.types import Language
from index.deadline import within
from index.errors import BaogaoIndexError
from index.places.gazetteer import Gazetteer
from index.places.groups import codes_named
from index.storage.catalogue import Catalogue
from index.types import FigureKind, Filter, Report, Span

if TYPE_CHECKING:
    from assistant.answer import Assistant

_MOST_OFFSET = 20_000_000
"""Characters: no file that is read has more."""


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls over one assistant; each returns a record of `docs/schemas`.

    All raise `AssistantError` or `BaogaoIndexError` with a line for the caller.
    """

    assistant: Assistant

    def ask(
        self,
        question: str,
        history: list[str] | None = None,
        places: list[str] | None = None,
        years: list[int] | None = None,
    ) -> dict[str, Any]:
        """Answer a question about Chinese government work reports, every statement cited.

        The answer holds [n] marks; `citations` gives the file and the characters that each stands
        on, `figures` the figures with region, period, kind (target or actual), unit and qualifier.
        Where the reports do not say, `abstained` is true and `reason` says why.

        Args:
            question: in Simplified or Traditional Chinese or English.
            history: the user's earlier questions, oldest first.
            places: only reports of these places or groups of them (焦作市, Jiaozuo, 长三角).
            years: only reports given in these years.
        """
        _check_scope(places, years)
        answer = self.assistant.ask(
            question,
            history=tuple(history or ()),
            regions=codes_of(places or (), self.assistant.gazetteer),
            years=frozenset(years or ()),
        )
        return answer.record()

    def query(self, query: dict[str, Any], language: Language = "zh-Hans") -> dict[str, Any]:
        """Answer a written query over many places and years, as docs/query.md describes it.

        For example {"asks": "figures", "places": ["各市"], "years": [2023], "indicators": ["gdp"],
        "kind": "target", "order": "highest"}. The answer is one as of `ask`; places and years that
        state nothing or have no report are named in `query.coverage`.

        Args:
            query: an object of docs/schemas/query.schema.json.
            language: of the answer: zh-Hans, zh-Hant or en.
        """
        return self.assistant.query(query, language=language).record()

    def search(
        self,
        words: str,
        places: list[str] | None = None,
        years: list[int] | None = None,
        top: int = 10,
    ) -> list[dict[str, Any]]:
        """Find passages of the reports by their words and their meaning, best first.

        Args:
            words: what to look for, in Chinese or English.
            places: only reports of these places or groups of them.
            years: only reports given in these years.
            top: how many passages.
        """
        _check_count("top", top, MOST_ROWS)
        check_question(words)
        _check_scope(places, years)
        where = Filter(
            regions=codes_of(places or (), self.assistant.gazetteer), years=frozenset(years or ())
        )
        with self._now() as now:
            return [hit_record(hit) for hit in now.searcher.search(words, where=where, top=top)]

    def figures(
        self,
        places: list[str] | None = None,
        years: list[int] | None = None,
        indicators: list[str] | None = None,
        kind: Literal["target", "actual", "cumulative"] | None = None,
        limit: int = 100,
    ) -> dict[str, Any]:
        """List the figures that the reports state, each with where it stands in its file.

        Returns `total`, how many fit, and `figures`, the first of them.

        Args:
            places: only figures of these places or groups of them.
            years: only figures whose period holds one of these years.
            indicators: Chinese or English names, short ones (GDP, 社零), or ids.
            kind: goals, results of one period, or totals over several years.
            limit: how many rows at most.
        """
        _check_count("limit", limit, MOST_ROWS)
        _check_scope(places, years)
        check_names("indicators", indicators or ())
        kinds: tuple[FigureKind, ...] = () if kind is None else (kind,)
        with self._now() as now:
            found = select_figures(
                now.searcher.catalogue,
                now.lexicon,
                regions=codes_of(places or (), now.gazetteer),
                years=frozenset(years or ()),
                indicators=indicators or (),
                kinds=kinds,
            )
            rows = to_records(figure_rows(found[:limit], now.searcher.catalogue))
            return {"total": len(found), "figures": rows}

    def reports(self) -> list[dict[str, Any]]:
        """List the indexed reports by place and year, with title, date, session and speaker."""
        with self._now() as now:
            return [report_record(report) for report in now.reports()]

    def read(
        self, document: str, start: int = 0, end: int | None = None, around: int = 500
    ) -> dict[str, Any]:
        """Read a report's text around a span, such as that of a citation.

        `before`, `text` and `after` are the file's very characters, `cleaned` the same without
        what a web page or a converter added.

        Args:
            document: the name that citations and `reports` give.
            start: the first character of the span, of the decoded file.
            end: the character after its last; none: the span is empty.
            around: how many characters before and after it.
        """
        check_text(document)
        end = start if end is None else end
        if max(abs(start), abs(end)) > _MOST_OFFSET:
            raise LimitError(f"expected start and end up to {_MOST_OFFSET:,}")
        if around < 0 or end - start + 2 * around > MOST_READ_CHARACTERS:
            raise LimitError(
                f"expected at most {MOST_READ_CHARACTERS:,} characters, found {end - start} and "
                f"{around} on either side: read it in parts"
            )
        with self._now() as now:
            report = _report(document, now.searcher.catalogue)
            text = now.searcher.catalogue.normalized(report.id)
            if not 0 <= start <= end <= len(text.raw):
                raise SelectionError(
                    f"expected 0 <= start <= end <= {len(text.raw)} in {document}, "
                    f"found {start} and {end}"
                )
            return text_record(report, text, Span(start, end), around)

    def check(self, text: str, place: str | None = None, year: int | None = None) -> dict[str, Any]:
        """Check every number of a text (a draft, a model's answer) against the reports.

        Each number `agrees`, `contradicts` or is `not_found`; `says` cites what the reports have.

        Args:
            text: any text in Chinese or English.
            place: the place that the text is of, where it names none.
            year: the year that it calls this year.
        """
        if len(text) > MOST_CHECKED_CHARACTERS:
            raise LimitError(
                f"expected a text of at most {MOST_CHECKED_CHARACTERS:,} characters, "
                f"found {len(text):,}: check it in parts"
            )
        check_text(text)
        _check_count_of_numbers(text)
        check_names("place", [place] if place else ())
        check_years([] if year is None else [year])
        with self._now() as now:
            setting, is_report = setting_of(text, "", place, year, now.gazetteer)
            checker = Checker(now.searcher.catalogue, now.lexicon, now.gazetteer)
            return record_of(checker.check(text, setting, is_report=is_report))

    @contextmanager
    def _now(self) -> Iterator[Assistant]:
        """Give the assistant over one state of the index, for as long as a call may take."""
        with self.assistant.at_one_state() as now, within(ANSWER_SECONDS):
            yield now


_NUMBERS = re.compile(r"[\d一二三四五六七八九十百千万亿零〇两]+")


def _check_count_of_numbers(text: str) -> None:
    """Refuse a text of little but numbers: each takes as long as many words do."""
    found = sum(1 for _ in _NUMBERS.finditer(text))
    if found > MOST_CHECKED_NUMBERS:
        raise LimitError(
            f"expected a text with at most {MOST_CHECKED_NUMBERS:,} numbers, "
            f"found {found:,}: check it in parts"
        )


def _report(document: str, catalogue: Catalogue) -> Report:
    try:
        return catalogue.report_of(document)
    except KeyError:
        raise SelectionError(
            f"expected an indexed document, found {document!r}; `reports` lists them"
        ) from None


def told(call: Callable[..., Any], failure: Callable[[str], Exception]) -> Callable[..., Any]:
    """Return a call for a framework that reads its signature, with its types as types.

    Args:
        call: One of `Calls`.
        failure: Makes the framework's own error of the line of one that is expected.
    """

    @wraps(call)
    def wrapped(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the call takes
        try:
            return call(*values, **named)
        except (AssistantError, BaogaoIndexError) as error:
            raise failure(str(error)) from error

    wrapped.__signature__ = inspect.signature(call, eval_str=True)  # type: ignore[attr-defined]
    return wrapped


def codes_of(names: Iterable[str], gazetteer: Gazetteer) -> frozenset[str]:
    """Return the administrative codes of places, or of groups of them, by their names.

    Raises:
        SelectionError: a name that is no place's in China.
    """
    codes: set[str] = set()
    for name in names:
        found = codes_named(name, gazetteer)
        if not found:
            raise SelectionError(f"expected a place in China or a group of them, found {name!r}")
        codes.update(found)
    return frozenset(codes)


def _check_scope(places: list[str] | None, years: list[int] | None) -> None:
    check_names("places", places or ())
    check_years(years or ())


def _check_count(name: str, found: int, most: int) -> None:
    if not 1 <= found <= most:
        raise LimitError(f"expected {name} from 1 to {most:,}, found {found}")

"""The names of what the page says: a typed record a part of the page, filled by `loading`.

The words stand in `prompts/page.toml`, under these names. Knows nothing of languages and HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.answering.goals.promises import Reason, Verdict
from assistant.panel.types import Measure
from index.types import DoubtField, FigureKind, FigureMeasure

TabName = Literal["ask", "figures", "promises", "trends", "reports"]
"""The tabs of the page."""


Theme = Literal["light", "dark", "system"]
"""The colours of the page."""


@dataclass(frozen=True, slots=True)
class PageTexts:
    """What the page says of its answers and their sources; braces are filled by the caller.

    `reports` takes `count`; `coverage` takes `count`, `regions` and `years`; `characters` takes
    `start` and `end`, `only` takes `name`, `page` takes `page`; `source` takes `n`; `failure` takes
    `problem`, `too_long` `most` and `found`; `withheld`, `absent` and `count_of_places` take
    `count`.
    """

    heading: str
    welcome: str
    placeholder: str
    ask: str
    tabs: Mapping[TabName, str]
    stop: str
    new_chat: str
    note: str
    try_asking: str
    reports: str
    coverage: str
    undated: str
    nothing_indexed: str
    how_to_index: str
    to_reports: str
    only: str
    ask_all: str
    language: str
    theme: str
    themes: Mapping[Theme, str]
    sources: str
    source: str
    text_shown: str
    cleaned: str
    original: str
    no_answer_yet: str
    nothing_cited: str
    whole_passage: str
    read_on: str
    characters: str
    page: str
    back: str
    not_found: str
    failure: str
    unexpected: str
    too_long: str
    out_of_time: str
    conversation: str
    writing: str
    withheld: str
    proved: str
    supported: str
    read_as: str
    every_place: str
    count_of_places: str
    absent: str
    open_figures: str
    open_trend: str


@dataclass(frozen=True, slots=True)
class ChatTexts:
    """What surrounds a conversation: keeping, opening and saving it, copying citations, votes.

    `deleted`, `rename` and `delete` take `title`; `saved_on` takes `date`.
    """

    conversations: str
    none_kept: str
    kept_here: str
    open_now: str
    rename: str
    rename_label: str
    delete: str
    deleted: str
    undo: str
    save: str
    cancel: str
    close: str
    save_as: str
    save_markdown: str
    save_evidence: str
    saved_on: str
    unreadable: str
    not_kept: str
    source_gone: str
    source_changed: str
    cite: str
    plain: str
    gbt7714: str
    bibtex: str
    copied: str
    not_copied: str
    helpful: str
    unhelpful: str
    reason: str
    send: str
    thanks: str
    not_noted: str
    copy_answer: str
    ask_again: str
    save_table: str
    search_kept: str


@dataclass(frozen=True, slots=True)
class FigureTexts:
    """What the tabs of figures and of promises say; braces are filled by the caller.

    `count` and `places_left_out` take `count`; `shown` takes `first` and `last`;
    `unknown` and `unknown_place` take `name`; `too_many` takes `most`; `chart_note` takes `years`,
    `unit` and `date`; `characters` takes `start` and `end`; `scoreboard_of` takes `year`; `in_year`
    takes `what` and `year`; `of_place` takes `what` and `place`; `tally` takes `count`
    and `verdicts`; `elsewhere` takes `value` and `document`.
    """

    figures: str
    promises: str
    region: str
    year: str
    indicator: str
    kind: str
    measure: str
    any: str
    period: str
    value: str
    document: str
    count: str
    shown: str
    previous: str
    next: str
    type_place: str
    type_indicator: str
    from_year: str
    to_year: str
    clear: str
    none_fit: str
    save_csv: str
    save_parquet: str
    save_png: str
    too_many: str
    chart_note: str
    chart_hint: str
    places_left_out: str
    in_year: str
    of_place: str
    source: str
    pick: str
    cleaned: str
    original: str
    announced: str
    characters: str
    read_on: str
    open_source: str
    target: str
    result: str
    verdict: str
    tally: str
    rules: str
    no_targets: str
    elsewhere: str
    unknown: str
    unknown_place: str
    scoreboard: str
    scoreboard_of: str
    met_share: str
    kinds: Mapping[FigureKind, str]
    unsure: str
    measures: Mapping[FigureMeasure, str]
    verdicts: Mapping[Verdict, str]
    reasons: Mapping[Reason, str]


Missing = Literal["unsure", "several", "not_stated", "no_report"]
"""Why a place and year have no number, as `assistant.panel.types.Status` has it."""


@dataclass(frozen=True, slots=True)
class TrendTexts:
    """What the tab of trends says; braces are filled by the caller.

    `told` takes `reports`, `saying`, `words` and `count`; `not_said` `reports` and `words`;
    `before` `years` and `reports`; `never` and `sentences` `count`; `rows` `indicator`, `measure`,
    `unit`, `places` and `years`; `left_out` `shown` and `count`.
    """

    trends: str
    what: str
    by_term: str
    by_indicator: str
    term: str
    type_term: str
    type_indicator: str
    how_term: str
    suggested: str
    told: str
    not_said: str
    first: str
    last: str
    by_year: str
    by_place: str
    before: str
    year: str
    reports: str
    saying: str
    times: str
    per_10000: str
    place: str
    when: str
    total: str
    since: str
    sentence: str
    never: str
    sentences: str
    save_years: str
    save_places: str
    save_sentences: str
    save_panel: str
    pick: str
    kind: str
    target: str
    result: str
    gap: str
    rows: str
    nothing: str
    left_out: str
    too_long: str
    measures: Mapping[Measure, str]
    statuses: Mapping[Missing, str]


@dataclass(frozen=True, slots=True)
class ExampleTexts:
    """The forms of questions that are offered; each takes `place`, `indicator` and `year`."""

    figure: str
    highest: str
    series: str
    targets: str
    missed: str


@dataclass(frozen=True, slots=True)
class ReaderTexts:
    """What the reader of whole reports says; `year_before` and `year_after` take `year`."""

    outline: str
    text: str
    find: str
    find_before: str
    find_after: str
    copy_address: str
    close: str
    how_to_leave: str
    year_before: str
    year_after: str
    not_indexed: str
    to_list: str


ReportColumn = Literal["place", "year", "title", "speaker", "date", "figures", "source"]
"""The columns of the table of reports."""

Witness = Literal[
    "session",
    "title",
    "head",
    "text",
    "date",
    "sentences",
    "front matter",
    "publishing",
    "file name",
    "folder",
    "command line",
    "page",
]
"""What says something of a report, as the index names it."""


@dataclass(frozen=True, slots=True)
class ReportsTexts:
    """What the tab of reports says.

    `doubt` takes `field`, `witness`, `says` and `chosen`; `added` and `known` take `name` and
    `count`; `look` takes `what`, `refused` `reason`; `unknown_place` and `unknown_year` take
    `name`.
    """

    reports: str
    drop: str
    or_choose: str
    choose: str
    kept_where: str
    search: str
    only_doubts: str
    actions: str
    nothing: str
    none_fit: str
    columns: Mapping[ReportColumn, str]
    doubt: str
    witnesses: Mapping[Witness, str]
    fields: Mapping[DoubtField, str]
    no_place: str
    no_year: str
    added: str
    look: str
    known: str
    refused: str
    unreadable: str
    unknown_place: str
    unknown_year: str
    gone: str
    not_here: str


@dataclass(frozen=True, slots=True)
class ClientTexts:
    """What the page says by itself, also where the program cannot be reached.

    `remove` and `removed` take `name`, `reports_shown` and `reports_all` take `count` and
    `all`, `show_more` and `more` take `count`, `too_large` takes `most`.
    """

    unreachable: str
    problem: str
    close: str
    to_answer: str
    more: str
    waiting: str
    looking: str
    saving: str
    remove: str
    copied: str
    not_copied: str
    reports_shown: str
    reports_all: str
    show_more: str
    ask_only: str
    correct: str
    remove_report: str
    removed: str
    undo: str
    place: str
    year: str
    save: str
    cancel: str
    in_line: str
    reading: str
    not_readable: str
    too_large: str
    open_report: str
    to_ask: str
    anyway: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text of the page in one language."""

    page: PageTexts
    chat: ChatTexts
    figures: FigureTexts
    reader: ReaderTexts
    client: ClientTexts
    reports: ReportsTexts
    examples: ExampleTexts
    trends: TrendTexts

"""The same report twice: which files hold a stored report again, and what they say otherwise.

Texts are compared as they are after cleaning, by the runs of characters that both have, so that
encoding, script, line breaks, format and the words of a page around them do not count. Only reports
of one place and year are compared, and short texts never: those that differ in a number alone may
be meant. Knows nothing of how files are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from index.errors import SourceError
from index.formats.archives import is_there
from index.ingestion.changes import Outcome, Step
from index.ingestion.loaders import load
from index.ingestion.pipeline import Text, read
from index.storage.catalogue import Catalogue
from index.storage.entries import Copy, Difference, Entry, FileState, Wording
from index.text.normalization import Normalized
from index.types import Figure, Filter, Report, Span

_RUN = 8
"""Characters of a run. Of two reports that were written apart, neighbours or successive years, few
runs are common; of one that was scanned and read with an error in a hundred characters, 92 %."""

_SAME = 0.8
"""The part of the shorter text's runs from which it is the other's."""

_SHORTEST = 300
"""Characters, without marks and spaces, of the shortest text that is compared."""

_CUT = 0.95
"""The part of the longer text's length under which the other is cut."""


@dataclass(frozen=True, slots=True)
class Held:
    """A report as one file holds it."""

    path: Path
    document: str
    sha256: str
    encoding: str
    normalized: Normalized
    figures: Sequence[Figure]

    @classmethod
    def of_entry(cls, entry: Entry) -> Held:
        """Return a report that was just read."""
        file, document = entry.file, entry.report.document
        return cls(
            *(file.path, document, file.sha256, entry.encoding),
            *(entry.normalized, entry.figures),
        )

    @classmethod
    def of_stored(cls, report: Report, catalogue: Catalogue) -> Held:
        """Return a stored report."""
        origin = catalogue.sources.origin(report.id)
        figures = catalogue.figures(Filter(reports=frozenset({report.id})))
        return cls(
            *(origin.path, origin.document, origin.sha256, origin.encoding),
            *(catalogue.normalized(report.id), figures),
        )


@dataclass(frozen=True, slots=True)
class Twin:
    """A stored report that a new text holds again, and whether the new text is the better one."""

    report: Report
    held: Held
    share: float
    yields: bool


def find_twin(entry: Entry, catalogue: Catalogue, *, leave_out: frozenset[str]) -> Twin | None:
    """Return the stored report that `entry` holds again, None if there is none.

    The stored one yields where its file is gone, or where the new text is visibly longer and does
    not state fewer figures: then the stored one was cut.

    Args:
        entry: a report that was just read.
        catalogue: what is stored.
        leave_out: ids of reports that are not compared.
    """
    region, dense = entry.report.place, _dense(entry.normalized.text)
    if region is None or len(dense) < _SHORTEST:
        return None
    runs = _runs(dense)
    given = entry.report.given
    years = frozenset({given}) if given is not None else frozenset()
    for report in catalogue.reports(Filter(regions=frozenset({region.code}), years=years)):
        if report.given != given or report.id in leave_out | {entry.report.id}:
            continue
        stored = Held.of_stored(report, catalogue)
        other = _dense(stored.normalized.text)
        share = _share(runs, _runs(other)) if len(other) >= _SHORTEST else 0.0
        if share >= _SAME:
            longer = len(dense) * _CUT > len(other) and len(entry.figures) >= len(stored.figures)
            return Twin(report, stored, share, longer or not is_there(stored.path))
    return None


def copy_of(report_id: str, held: Held, copy: Held, share: float | None = None) -> Copy:
    """Return `copy` as a copy of the report that is stored as `held`."""
    ours, theirs = _dense(held.normalized.text), _dense(copy.normalized.text)
    return Copy(
        path=copy.path,
        report_id=report_id,
        document=copy.document,
        sha256=copy.sha256,
        encoding=copy.encoding,
        share=round(_share(_runs(ours), _runs(theirs)) if share is None else share, 4),
        is_cut=len(theirs) < _CUT * len(ours),
        differences=tuple(_differences(held, copy)),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What a file makes of the catalogue, in this order.

    The reports `removes` are taken out, the report `puts` is put in the place of `replaces`, the
    files `copies` are noted as copies, the file `alone` is no copy any more, and the state of a
    file is remembered as `remembers`.
    """

    removes: tuple[str, ...] = ()
    puts: Entry | None = None
    replaces: str | None = None
    copies: tuple[Copy, ...] = ()
    alone: Path | None = None
    remembers: FileState | None = None

    def write(self, catalogue: Catalogue) -> None:
        """Make the change."""
        for report_id in self.removes:
            catalogue.remove(report_id)
        if self.puts:
            catalogue.put(self.puts, replaces=self.replaces)
        for copy in self.copies:
            catalogue.sources.put_copy(copy)
        if self.alone:
            catalogue.sources.forget_copy(self.alone)
        if self.remembers:
            catalogue.remember(self.remembers)


def change_of(step: Step, entry: Entry | None, catalogue: Catalogue) -> tuple[Outcome, Change]:
    """Return what became of a file, and what is to be written of it.

    Args:
        step: what is to be done with the file as far as its bytes tell.
        entry: the report in it, if it had to be read.
        catalogue: what is stored; all steps before this one have been written that are of reports
            of the same place.
    """
    if entry is None:
        removes = (step.removes,) if step.removes else ()
        return step.outcome, Change(removes, alone=step.forgets, remembers=step.remembers)
    if step.outcome == "renewed" and not catalogue.sources.holds(entry.report.id):
        return "forgotten", Change()  # a better copy has taken its place
    own = frozenset({step.replaces or entry.report.id, entry.report.id})
    twin = find_twin(entry, catalogue, leave_out=own)
    path = entry.file.path
    if twin is None:
        return step.outcome, Change(puts=entry, replaces=step.replaces, alone=path)
    new = Held.of_entry(entry)
    if not twin.yields:
        copy = copy_of(twin.report.id, twin.held, new, twin.share)
        former = step.replaces or (entry.report.id if step.outcome == "renewed" else None)
        return "copy", Change((former,) if former else (), copies=(copy,), remembers=entry.file)
    others = [each for each in catalogue.sources.copies(twin.report.id) if each.path != path]
    copies = [copy_of(entry.report.id, new, held) for held in _still_there(twin.held, others)]
    change = Change((twin.report.id,), entry, step.replaces, tuple(copies), path)
    return step.outcome, change


def _still_there(stored: Held, copies: Sequence[Copy]) -> Iterator[Held]:
    """Yield a stored report, and its copies read again, as far as their files are there."""
    if is_there(stored.path):
        yield stored
    for copy in copies:
        try:
            source = load(copy.path)
        except SourceError:
            continue  # the next run tells why it cannot be read
        file = FileState(copy.path, 0, 0, source.sha256)
        entry = read(Text(source.text, source.encoding, copy.document, file, force=True))
        yield Held.of_entry(entry)


def _dense(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _runs(dense: str) -> set[str]:
    return {dense[at : at + _RUN] for at in range(len(dense) - _RUN + 1)}


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


# --- what two files say otherwise -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two files say otherwise of one place and year: a report and a copy, or two reports.

    `other` names the second file; `copy` is it where it is a copy, None where it is a report.
    """

    document: str
    other: str
    copy: Copy | None
    differences: tuple[Difference, ...]


def conflicts(catalogue: Catalogue) -> list[Conflict]:
    """Return what the stored reports and their copies say otherwise, by the reports' names.

    Each copy is among them, also where it says nothing otherwise; two reports of one place and year
    are where they do.
    """
    names = {report.id: report.document for report in catalogue.reports()}
    found = [
        Conflict(names[copy.report_id], copy.document, copy, copy.differences)
        for copy in catalogue.sources.copies()
    ]
    by_key: dict[tuple[str, int], list[Report]] = defaultdict(list)
    for report in catalogue.reports():
        if report.place and report.given:
            by_key[report.place.code, report.given].append(report)
    for reports in by_key.values():
        held = [Held.of_stored(report, catalogue) for report in reports if len(reports) > 1]
        for one, other in combinations(held, 2):
            if told := tuple(_differences(one, other)):
                found.append(Conflict(one.document, other.document, None, told))
    return sorted(found, key=lambda each: (each.document, each.other))


_Key = tuple[str, str, str, str, str]


def _differences(held: Held, copy: Held) -> Iterator[Difference]:
    """Yield the figures that both state, each with values that the other has not."""
    ours, theirs = _by_key(held), _by_key(copy)
    for key in ours.keys() & theirs.keys():
        here = {value: each for value, each in ours[key].items() if value not in theirs[key]}
        there = {value: each for value, each in theirs[key].items() if value not in ours[key]}
        pairs = zip(here.values(), there.values(), strict=False)
        for own, other in pairs:
            yield Difference(*key, _wording(own, held), _wording(other, copy))


def _by_key(held: Held) -> dict[_Key, dict[str, Figure]]:
    found: dict[_Key, dict[str, Figure]] = defaultdict(dict)
    for figure in held.figures:
        if figure.value is not None:
            key = (figure.region.name, figure.indicator, figure.measure, figure.kind, figure.period)
            found[key].setdefault(_value(figure), figure)
    return found


def _value(figure: Figure) -> str:
    return f"{figure.value_text}{figure.unit}{figure.qualifier or ''}"


def _wording(figure: Figure, held: Held) -> Wording:
    raw: Span = held.normalized.raw_span(figure.span)
    return Wording(_value(figure), raw.start, raw.end, raw.of(held.normalized.raw))

"""How well reports are told apart: `python -m benchmarks.reading CORPORA`.

Two tables: of the scraped pages the shares of right place, year, date, speaker and title, against
the labels in `CORPORA/../questions/pages_metadata.tsv`; of the whole reports in
`CORPORA/reports/gov_md`, which lie as `place/year.md`, how many are read as of their folder's place
and of their file name's year, with every one that is not and whether it is told as doubtful. A file
name tells the year that its report plans for, which is the year after one given in November or
December. Labels hold several readings apart by "|"; an empty one after it says that none is right
too.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.ingestion.loaders import load
from index.places.gazetteer import load_gazetteer
from index.reports.calendar import calendar_of
from index.reports.metadata import describe
from index.text.folding import fold_report
from index.text.normalization import normalize
from index.types import Report

_FIELDS = ("region", "year", "date", "speaker", "title")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was read otherwise than it is: the file, the field, what is right and what was read."""

    document: str
    field: str
    right: str
    read: str
    doubted: bool


def _read(path: Path, root: Path) -> Report:
    return describe(
        normalize(load(path).text),
        document=path.relative_to(root).as_posix(),
        report_id="",
        gazetteer=load_gazetteer(),
    )


def _values(report: Report) -> dict[str, str]:
    return {
        "region": report.place_name or "",
        "year": str(report.given or ""),
        "date": report.date.value if report.date else "",
        "speaker": report.speaker.value if report.speaker else "",
        "title": report.plain_title or "",
    }


def _doubts(report: Report) -> set[str]:
    return {doubt.field for doubt in getattr(report, "doubts", ())}


def pages(folder: Path, labels: Path) -> Iterator[Wrong | None]:
    """Yield for each labelled value None, or what is wrong."""
    with labels.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            report = _read(folder / row["file"], folder)
            values = _values(report)
            for field in _FIELDS:
                label = row[field] or ""
                if not label:
                    continue
                read = values[field]
                allowed = [_plain(each) for each in label.split("|")]
                right = _plain(read) in allowed or (field == "title" and _has(read, allowed))
                doubted = field in _doubts(report)
                yield None if right else Wrong(row["file"], field, label, read, doubted)


def _plain(text: str) -> str:
    return _SPACES.sub("", fold_report(text))


def _has(read: str, allowed: list[str]) -> bool:
    """Say whether a title read holds the labelled one: a scraped headline may be longer."""
    return any(each and each in _plain(read) for each in allowed)


def whole(folder: Path) -> Iterator[tuple[str, Wrong | None]]:
    """Yield for each report its place and its year, with what is wrong of it if anything is."""
    for path in sorted(folder.rglob("*.md")):
        report = _read(path, folder)
        place, year = path.parent.name, int(re.sub(r"\D", "", path.stem)[:4])
        read = report.place_name or ""
        doubts = _doubts(report)
        document = report.document
        right = read == place
        yield (
            "region",
            None if right else Wrong(document, "region", place, read, "region" in doubts),
        )
        calendar = calendar_of(report)
        ahead = calendar.ahead if calendar else None
        right = ahead == year
        told = f"{report.given} (ahead {ahead}, {report.date.value if report.date else '-'})"
        yield "year", None if right else Wrong(document, "year", str(year), told, "year" in doubts)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--pages-only", action="store_true")
    given = parser.parse_args()
    reports = given.corpora / "reports"
    labels = given.corpora.parent / "questions" / "pages_metadata.tsv"
    counts: Counter[tuple[str, bool]] = Counter()
    wrong: list[Wrong] = []
    with labels.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    of = {field: sum(bool(row[field]) for row in rows) for field in _FIELDS}
    wrong = [found for found in pages(reports / "pages", labels) if found]
    print("| pages | right | of | share |\n|---|---|---|---|")
    for field in _FIELDS:
        right = of[field] - sum(each.field == field for each in wrong)
        print(f"| {field} | {right} | {of[field]} | {right / max(1, of[field]):.1%} |")
    _print(wrong)
    if given.pages_only:
        return
    start = time.perf_counter()
    wrong = []
    for field, found in whole(reports / "gov_md"):
        counts[field, found is None] += 1
        if found:
            wrong.append(found)
    seconds = time.perf_counter() - start
    print("\n| whole reports | right | of | share |\n|---|---|---|---|")
    for field in ("region", "year"):
        right, all_ = counts[field, True], counts[field, True] + counts[field, False]
        print(f"| {field} | {right} | {all_} | {right / max(1, all_):.2%} |")
    print(f"\n{1000 * seconds / max(1, all_):.0f} ms a report, cleaning included")
    _print(wrong)


def _print(wrong: list[Wrong]) -> None:
    print()
    for each in wrong:
        told = "told" if each.doubted else "NOT told"
        print(f"- {each.document} {each.field}: {each.right!r}, read {each.read!r}; {told}")


if __name__ == "__main__":
    main()

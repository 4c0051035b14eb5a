"""Whether answers leave a place or a year out: `python -m benchmarks.completeness CORPORA`.

Two hundred questions over the whole reports in `CORPORA/reports/gov_md`, made by chance and always
the same: who mentions a term in a year, how often a place's reports mention one, every year's goal
of a place, and which cities' goals exceed a number. The judge reads the files themselves, line by
line and without the product's own reading: a place or a year that it finds has to be told or named
as missing. Its own reading of a goal is a narrow pattern, so that it judges only what is plain.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings
from assistant.types import Answer
from index.build import build
from index.text.script import to_simplified

T = TypeVar("T")
_SEED = 20_261_128
_GOAL = re.compile(r"(?:地区|国内)?生产总值(?:预期)?(?:同比)?增长(\d+(?:\.\d+)?)[%％](?![—\-至~])")
_AIM = re.compile(r"(?:主要)?(?:预期)?目标")


@dataclass(slots=True)
class Tally:
    """How many checks of a kind there were, and what was wrong with those that failed."""

    checks: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """A file: its place and year as its path tells them, and its text without spaces."""

    place: str
    year: int
    document: str
    text: str


def sources(folder: Path) -> list[Source]:
    """Read every report of a folder that is laid out as `place/year.md`, front matter left out."""
    found = []
    for path in sorted(folder.rglob("*.md")):
        if not path.stem.isdigit():
            continue
        raw = path.read_text(encoding="utf-8")
        body = raw.split("\n---", 1)[-1] if raw.startswith("---") else raw
        text = re.sub(r"\s+", "", to_simplified(body))
        found.append(
            Source(path.parent.name, int(path.stem), path.relative_to(folder).as_posix(), text)
        )
    return found


def terms(reports: list[Source], chance: random.Random, many: int) -> list[str]:
    """Return words of the reports that stand in quotation marks: what is asked for by name."""
    counted = Counter(
        word for each in reports for word in set(re.findall(r"“([\u4e00-\u9fff]{3,6})”", each.text))
    )
    usual = sorted(word for word, count in counted.items() if 3 <= count <= 60)
    return chance.sample(usual, many)


class Completeness:
    """Asks the questions and holds the answers against what the files say."""

    def __init__(self, assistant: Assistant, reports: list[Source]) -> None:
        self.assistant, self.reports = assistant, reports
        self.chance = random.Random(_SEED)  # noqa: S311
        self.known = {
            report.document: (report.place_name or "", report.given or 0)
            for report in assistant.reports()
        }

    def run(self) -> dict[str, Tally]:
        """Return the tally of each kind of question."""
        return {
            "who mentions a term in a year": self._tally(self._who(60)),
            "how often a place's reports mention a term": self._tally(self._counts(40)),
            "every year's growth goal of a place": self._tally(self._series(50)),
            "which cities' goals exceed a number": self._tally(self._above(50)),
        }

    def _tally(self, checks: Iterator[str]) -> Tally:
        tally = Tally()
        for wrong in checks:
            tally.checks += 1
            if wrong:
                tally.wrong.append(wrong)
        return tally

    def _given(self, source: Source) -> tuple[str, int] | None:
        """Return the place and the year in which a file's report was given, as it is indexed."""
        return next(
            (known for name, known in self.known.items() if name.endswith(source.document)), None
        )

    def _who(self, many: int) -> Iterator[str]:
        for term in terms(self.reports, self.chance, many):
            year = self.chance.choice(sorted({s.year for s in self.reports if term in s.text}))
            question = f"{year}年哪些地方的报告提到“{term}”"
            answer = self.assistant.ask(question)
            asked = [s for s in self.reports if (self._given(s) or ("", 0))[1] == year]
            says = {(self._given(s) or ("", 0))[0] for s in asked if term in s.text}
            told = {self.known[each.document][0] for each in answer.citations}
            yield _difference(question, says, told)

    def _counts(self, many: int) -> Iterator[str]:
        by_place = defaultdict(list)
        for source in self.reports:
            by_place[source.place].append(source)
        for term in terms(self.reports, self.chance, many):
            places = [place for place, own in by_place.items() if any(term in s.text for s in own)]
            place = self.chance.choice(sorted(places))
            question = f"“{term}”在{place}的报告里每年出现几次"
            answer = self.assistant.ask(question)
            counts = {
                (given[1], source.text.count(term))
                for source in by_place[place]
                if (given := self._given(source)) and term in source.text
            }
            told = {
                (int(year), int(count))
                for year, count in re.findall(r"(\d{4})年 ?(\d+)次", answer.text)
            }
            yield _difference(question, counts, told)

    def _series(self, many: int) -> Iterator[str]:
        by_place = defaultdict(set)
        for source in self.reports:
            by_place[source.place].add(source.year)
        places = sorted(place for place, years in by_place.items() if len(years) > 2)
        for place in self.chance.sample(places, many):
            question = f"{place}历年GDP增长目标"
            answer = self.assistant.ask(question)
            yield _difference(question, by_place[place], by_place[place] & years_named(answer))

    def _above(self, many: int) -> Iterator[str]:
        for _ in range(many):
            year, limit = self.chance.randint(2014, 2025), self.chance.choice([5, 6, 7, 8, 10])
            question = f"{year}年哪些城市GDP增长目标超过{limit}%"
            answer = self.assistant.ask(question)
            goals = dict(self._goals(year))
            above = {place for place, goal in goals.items() if goal > limit}
            yield _difference(question, above, {place for place in above if place in answer.text})

    def _goals(self, year: int) -> Iterator[tuple[str, float]]:
        """Yield the cities whose file of a year has one plain growth goal, and that goal."""
        for source in self.reports:
            if source.year != year or not source.place.endswith(("市", "州")):
                continue
            goals = {
                float(found[1])
                for aim in _AIM.finditer(source.text)
                for found in [_GOAL.search(source.text, aim.end(), aim.end() + 60)]
                if found
            }
            given = self._given(source)
            if len(goals) == 1 and given:
                yield given[0], goals.pop()


def years_named(answer: Answer) -> set[int]:
    """Return the years that an answer names, those inside a run (2014—2017年) too."""
    years = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", answer.text)}
    table = answer.text.split("\n\n", 1)[-1]
    for first, last in re.findall(r"((?:19|20)\d\d)—((?:19|20)\d\d)年", table):
        years |= set(range(int(first), int(last) + 1))
    return years


def _difference(question: str, right: set[T], told: set[T]) -> str:
    missing, extra = sorted(map(str, right - told)), sorted(map(str, told - right))
    if not missing and not extra:
        return ""
    return f"{question}: missing {missing[:8]}, not found by the judge {extra[:8]}"


def main() -> None:
    """Ask, judge and print a table with every check that failed."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.completeness")
    parser.add_argument("corpora", type=Path, help="the folder that holds reports/gov_md")
    parser.add_argument("--data", type=Path, help="an index of gov_md; made anew without it")
    arguments = parser.parse_args()
    folder = arguments.corpora / "reports" / "gov_md"
    with tempfile.TemporaryDirectory() as made:
        data = arguments.data or Path(made)
        if arguments.data is None:
            build([folder], data=data)
        tallies = Completeness(open_assistant(Settings(data=data)), sources(folder)).run()
    print("| question | checks | incomplete |\n|---|---|---|")
    for kind, tally in tallies.items():
        print(f"| {kind} | {tally.checks} | {len(tally.wrong)} |")
    for tally in tallies.values():
        print(*tally.wrong, sep="\n")


if __name__ == "__main__":
    main()

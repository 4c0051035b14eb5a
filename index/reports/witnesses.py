"""Who says what of a report, how much each is believed, and what is chosen of it.

A witness is a place where something of a report is said: its session, its title, the name of its
file. The weights say how often such a one is right in whole reports and scraped pages; the value
with the most weight wins, and who speaks against it is kept as a doubt. Knows no texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from index.text.front_matter import FrontMatter, front_matter
from index.types import Doubt, DoubtField, Span

T = TypeVar("T")

WORTH_A_DOUBT = 2.0
"""The least weight of a witness whose word against the choice is told."""

_FOLDERS = 3  # of the folders above a file, those that may tell what it is


@dataclass(frozen=True, slots=True)
class Witness(Generic[T]):
    """What one place says: `who` names it, `weight` is how much it is believed.

    `span` is where, in clean text, None if not there; `outright` tells a statement from a
    conclusion.
    """

    who: str
    value: T
    weight: float
    span: Span | None = None
    outright: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says of a report: on the command line, or in a `manifest.csv` beside it."""

    who: str = "command line"
    region: str | None = None
    year: int | None = None
    date: str | None = None
    speaker: str | None = None
    title: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a text: its front matter, its file's name and folders, what was told.

    `folders` are the nearest first.
    """

    file: str
    folders: tuple[str, ...] = ()
    front: FrontMatter | None = None
    told: Told = field(default_factory=Told)

    @classmethod
    def of(cls, raw: str, document: str, path: Path | None, told: Told | None) -> Around:
        """Return what stands around the raw text of a file."""
        parts = (path or Path(document)).parts[:-1]
        folders = tuple(reversed([part for part in parts if part not in ("/", ".")]))
        return cls(Path(document).name, folders[:_FOLDERS], front_matter(raw), told or Told())

    def front_value(self, *keys: str) -> str | None:
        """Return the front matter's value of the first of these keys that it has."""
        entries = self.front.entries if self.front else {}
        return next((entries[key][0] for key in keys if key in entries), None)


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """What was chosen, the witness that stands for it, and those that speak against it."""

    value: T
    best: Witness[T]
    against: tuple[Witness[T], ...]


def weigh(
    witnesses: Sequence[Witness[T]],
    *,
    supports: Callable[[T, T], float] = lambda said, value: float(said == value),
    agrees: Callable[[T, T], bool] = lambda said, value: said == value,
) -> Choice[T] | None:
    """Return the value that the witnesses together speak for; None where there is no witness.

    Args:
        witnesses: what is said, the most trusted of equals first.
        supports: how much of a witness's weight what it says gives to a value, from 0 to 1.
        agrees: whether what a witness says can be true together with the choice.
    """
    if not witnesses:
        return None

    def weight(value: T) -> float:
        return sum(each.weight * supports(each.value, value) for each in witnesses)

    value = max((each.value for each in witnesses), key=weight)
    own = [each for each in witnesses if each.value == value]
    best = max(own, key=lambda each: (each.outright, each.span is not None, each.weight))
    against = [
        each for each in witnesses if each.weight >= WORTH_A_DOUBT and not agrees(each.value, value)
    ]
    return Choice(value, best, tuple(against))


def doubts(
    of: DoubtField, choice: Choice[T] | None, name: Callable[[T], str] = str
) -> tuple[Doubt, ...]:
    """Return the doubts of a choice, each thing that is said once for each witness."""
    if choice is None:
        return ()
    said = {(each.who, name(each.value)): None for each in choice.against}
    return tuple(Doubt(of, who, says, name(choice.value)) for who, says in said)


IS_URL = re.compile(r"https?://[^\s{}<>\"\\]+$")

"""Makes the weights by which the wording of a sentence tells goals from results.

`python -m benchmarks.stance FOLDER [--write]` reads the reports of FOLDER (nothing is labelled by
hand): a sentence with a number under a heading of goals or of results is an example of its kind.
A sparse logistic model over runs of one to four characters is fitted, once without a fifth of the
places to say how well it tells those apart, and with `--write` over all of them into
`index/figures/stance_weights.json`. Runs of few sentences are left out, so that no place's own
words decide.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figure_matching import read
from index.errors import BaogaoIndexError
from index.figures import stance
from index.figures.openings import scope_of_headings, tells_of_both
from index.ingestion.loaders import find_sources
from index.reports.calendar import calendar_of
from index.structure.sentences import sentences

_FEWEST = 200
"""Sentences that have to have a run for it to be looked at."""
_PENALTY = 0.06
"""The inverse of the strength by which the sum of the weights is held down."""
_HELD_OUT = 5
"""One of how many places is kept to test on."""

Example = tuple[str, str, bool]
"""A place, a folded sentence, and whether it tells of a goal."""


def examples(folder: Path) -> Iterator[Example]:
    """Yield the sentences with numbers that stand under a heading of one kind."""
    for path in find_sources([folder]):
        try:
            report = read(path)
        except BaogaoIndexError:
            continue
        calendar = calendar_of(report.report)
        if calendar is None:
            continue
        for passage in report.passages:
            if not passage.headings or tells_of_both(passage.headings[0]):
                continue
            scope = scope_of_headings(passage.headings, calendar)
            if scope is None:
                continue
            for span in sentences(passage.text):
                sentence = span.of(passage.text).split("\n")[-1]
                if any(character.isdigit() for character in sentence):
                    yield path.parent.name, stance.fold(sentence), scope.stance == "target"


def fit(chosen: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Return the weights of runs of characters and the intercept."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    runs = CountVectorizer(analyzer="char", ngram_range=(1, 4), binary=True, min_df=_FEWEST)
    counted: Any = runs.fit_transform([sentence for _, sentence, _ in chosen])
    model = LogisticRegression(l1_ratio=1, C=_PENALTY, solver="liblinear")
    model.fit(counted, np.array([is_goal for *_, is_goal in chosen]))
    pairs = zip(runs.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {run: round(float(weight), 2) for run, weight in pairs if abs(weight) >= 0.01}
    return dict(sorted(weights.items())), round(float(model.intercept_[0]), 2)


def accuracy(chosen: Sequence[Example], weights: dict[str, float], intercept: float) -> float:
    """Return the share of sentences whose kind the weights tell."""
    right = 0
    for _, sentence, is_goal in chosen:
        runs = {sentence[i : i + n] for n in range(1, 5) for i in range(len(sentence) - n + 1)}
        right += (intercept + sum(weights[run] for run in runs & weights.keys()) > 0) == is_goal
    return right / max(1, len(chosen))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how well wording alone tells the kinds apart; with `--write` keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    found = list(examples(options.folder))
    shuffle = random.Random(2)  # noqa: S311 - an order, no secret
    shuffle.shuffle(found)
    places = sorted({place for place, *_ in found})
    held = set(places[::_HELD_OUT])
    trained = fit([each for each in found if each[0] not in held])
    tested = [each for each in found if each[0] in held]
    print(f"{len(found)} sentences of {len(places)} places; of {len(tested)} held out,")
    print(f"{accuracy(tested, *trained):.3f} are told by their wording alone")
    if options.write:
        weights, intercept = fit(found)
        path = Path(stance.__file__).with_name("stance_weights.json")
        data = {"intercept": intercept, "weights": weights}
        path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        print(f"{len(weights)} weights written")
    return 0


if __name__ == "__main__":
    sys.exit(main())

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.derived import Unreadable
from index.exact import ExactVectors, finish_exact, open_exact, write_exact

IDS = [f"report{number:02}-{number}" for number in range(40)]


@pytest.fixture
def rows() -> NDArray[np.float32]:
    found = np.random.default_rng(0).standard_normal((len(IDS), 8)).astype(np.float32)
    unit: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


@pytest.fixture
def table(tmp_path: Path, rows: NDArray[np.float32]) -> ExactVectors:
    made = write_exact(tmp_path, IDS, 8)
    made.rows[made.places(IDS)] = rows
    finish_exact(tmp_path, made)
    return open_exact(tmp_path)


def test_cosines_are_those_of_the_vectors(table: ExactVectors, rows: NDArray[np.float32]) -> None:
    found = table.cosines(rows[3], [IDS[3], "unknown", IDS[7]])
    assert found.keys() == {IDS[3], IDS[7]}
    assert found[IDS[3]] == pytest.approx(1, abs=1e-3)
    assert found[IDS[7]] == pytest.approx(float(rows[3] @ rows[7]), abs=1e-3)


def test_the_nearest_come_from_the_whole_table(
    table: ExactVectors, rows: NDArray[np.float32]
) -> None:
    expected = [IDS[at] for at in np.argsort(-(rows @ rows[0]))[:5]]
    assert list(table.nearest(rows[0], 5)) == expected


def test_the_nearest_within_ranges_are_those_of_their_rows(
    table: ExactVectors, rows: NDArray[np.float32]
) -> None:
    chosen = [3, 11, 12, 30]
    within = table.ranges([f"report{number:02}-" for number in reversed(chosen)])
    assert within == [(number, number + 1) for number in chosen]
    scores = rows @ rows[0]
    expected = sorted(chosen, key=lambda number: -scores[number])
    found = table.nearest(rows[0], 3, within)
    assert list(found) == [IDS[number] for number in expected[:3]]


def test_a_prefix_takes_in_all_of_its_ids_and_no_others(tmp_path: Path) -> None:
    names = ["a-0001", "a-0002", "ab-0001", "b-0001", "b-0002", "b-10000"]
    made = write_exact(tmp_path, names, 2)
    assert made.ranges(["b-", "a-", "c-"]) == [(0, 2), (3, 6)]
    assert made.ranges([]) == []
    assert made.nearest(np.ones(2, dtype=np.float32), 5, []) == {}


def test_candidates_by_the_first_dimensions_are_ranked_by_all(tmp_path: Path) -> None:
    found = np.random.default_rng(1).standard_normal((3_000, 512)).astype(np.float32)
    found[:, :256] *= 3
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    names = [f"passage-{number:04}" for number in range(len(found))]
    made = write_exact(tmp_path, names, 512)
    made.rows[made.places(names)] = found
    scores = found @ found[9]
    expected = [names[at] for at in np.argsort(-scores)[:10]]
    nearest = made.nearest(found[9], 10)
    assert len(set(nearest) & set(expected)) >= 9
    assert list(nearest.values()) == sorted(nearest.values(), reverse=True)
    assert nearest[names[9]] == pytest.approx(1, abs=2e-3)


def test_background_is_mean_and_deviation_of_all_cosines(
    table: ExactVectors, rows: NDArray[np.float32]
) -> None:
    cosines = rows @ rows[5]
    assert table.background(rows[5]) == pytest.approx((cosines.mean(), cosines.std()), abs=2e-3)


def test_a_new_table_takes_over_the_rows_of_the_old_one(
    table: ExactVectors, tmp_path: Path
) -> None:
    kept = table.vectors(IDS[:10])
    again = write_exact(tmp_path, [*IDS[:10], "another"], 8)
    assert len(again) == 11
    found = again.vectors([*IDS[:10], "another"])
    assert not found.pop("another").any()
    for identifier, row in kept.items():
        np.testing.assert_array_equal(found[identifier], row)


def test_vectors_of_other_dimensions_are_not_taken_over(
    table: ExactVectors, tmp_path: Path
) -> None:
    assert table.rows.any()
    assert not write_exact(tmp_path, IDS, 4).rows.any()


def test_an_empty_table_finds_nothing(tmp_path: Path) -> None:
    made = write_exact(tmp_path, [], 8)
    finish_exact(tmp_path, made)
    empty = open_exact(tmp_path)
    assert empty.nearest(np.ones(8, dtype=np.float32), 5) == {}
    assert empty.cosines(np.ones(8, dtype=np.float32), ["a"]) == {}


def test_a_missing_or_spoilt_table_is_unreadable(table: ExactVectors, tmp_path: Path) -> None:
    assert len(table) == len(IDS)
    with pytest.raises(Unreadable):
        open_exact(tmp_path / "elsewhere")
    (tmp_path / "exact" / "ids.npy").write_bytes(b"spoilt")
    with pytest.raises(Unreadable):
        open_exact(tmp_path)

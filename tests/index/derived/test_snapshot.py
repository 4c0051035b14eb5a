from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.derived.snapshot import Snapshot, make_snapshot, open_snapshot
from index.derived.stamps import Unreadable

IDS = [f"report{number:02}-{number}" for number in range(40)]
WANTED = {identifier: f"{number:016x}" for number, identifier in enumerate(IDS)}


@pytest.fixture
def rows() -> NDArray[np.float32]:
    found = np.random.default_rng(0).standard_normal((len(IDS), 8)).astype(np.float32)
    unit: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


@pytest.fixture
def snapshot(tmp_path: Path, rows: NDArray[np.float32]) -> Snapshot:
    made = make_snapshot(tmp_path, WANTED, 8)
    made.write(IDS, rows, list(WANTED.values()))
    return open_snapshot(tmp_path)


def test_cosines_are_those_of_the_vectors(snapshot: Snapshot, rows: NDArray[np.float32]) -> None:
    found = snapshot.cosines(rows[3], [IDS[3], "unknown", IDS[7]])
    assert found.keys() == {IDS[3], IDS[7]}
    assert found[IDS[3]] == pytest.approx(1, abs=5e-3)
    assert found[IDS[7]] == pytest.approx(float(rows[3] @ rows[7]), abs=5e-3)


def test_the_nearest_come_from_the_whole_snapshot(
    snapshot: Snapshot, rows: NDArray[np.float32]
) -> None:
    expected = [IDS[at] for at in np.argsort(-(rows @ rows[0]))[:5]]
    assert list(snapshot.nearest(rows[0], 5)) == expected


def test_the_nearest_within_ranges_are_those_of_their_rows(
    snapshot: Snapshot, rows: NDArray[np.float32]
) -> None:
    chosen = [3, 11, 12, 30]
    within = snapshot.ranges([f"report{number:02}-" for number in reversed(chosen)])
    assert within == [(number, number + 1) for number in chosen]
    scores = rows @ rows[0]
    expected = sorted(chosen, key=lambda number: -scores[number])
    found = snapshot.nearest(rows[0], 3, within)
    assert list(found) == [IDS[number] for number in expected[:3]]


def test_a_prefix_takes_in_all_of_its_ids_and_no_others(tmp_path: Path) -> None:
    names = ["a-0001", "a-0002", "ab-0001", "b-0001", "b-0002", "b-10000"]
    made = make_snapshot(tmp_path, dict.fromkeys(names, "d"), 2)
    assert made.ranges(["b-", "a-", "c-"]) == [(0, 2), (3, 6)]
    assert made.ranges([]) == []
    assert made.nearest(np.ones(2, dtype=np.float32), 5, []) == {}


def test_candidates_by_the_first_dimensions_are_ranked_by_all(tmp_path: Path) -> None:
    found = np.random.default_rng(1).standard_normal((3_000, 512)).astype(np.float32)
    found[:, :256] *= 3
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    names = [f"passage-{number:04}" for number in range(len(found))]
    made = make_snapshot(tmp_path, dict.fromkeys(names, "d"), 512)
    made.write(names, found, ["d"] * len(names))
    scores = found @ found[9]
    expected = [names[at] for at in np.argsort(-scores)[:10]]
    nearest = made.nearest(found[9], 10)
    assert len(set(nearest) & set(expected)) >= 9
    assert list(nearest.values()) == sorted(nearest.values(), reverse=True)
    assert nearest[names[9]] == pytest.approx(1, abs=5e-3)


def test_background_is_mean_and_deviation_of_all_cosines(
    snapshot: Snapshot, rows: NDArray[np.float32]
) -> None:
    cosines = rows @ rows[5]
    assert snapshot.background(rows[5]) == pytest.approx((cosines.mean(), cosines.std()), abs=5e-3)


def test_a_new_snapshot_takes_over_the_rows_of_the_old_one(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    wanted = {key: WANTED[key] for key in IDS[:10]}
    kept = snapshot.rows(snapshot.places(IDS[:10]))
    again = make_snapshot(tmp_path, {**wanted, "another": "d"}, 8)
    assert len(again) == 11
    assert again.held() == wanted
    found = again.rows(again.places([*IDS[:10], "another"]))
    np.testing.assert_array_equal(found[:10], kept)
    assert not found[10].any()


def test_vectors_of_another_text_are_not_taken_over(snapshot: Snapshot, tmp_path: Path) -> None:
    assert snapshot.held() == WANTED
    again = make_snapshot(tmp_path, WANTED | {IDS[4]: "changed"}, 8)
    assert again.held() == {key: digest for key, digest in WANTED.items() if key != IDS[4]}
    assert not again.rows(again.places([IDS[4]])).any()


def test_vectors_of_other_dimensions_are_not_taken_over(snapshot: Snapshot, tmp_path: Path) -> None:
    assert snapshot.held()
    assert not make_snapshot(tmp_path, WANTED, 4).held()


@pytest.mark.parametrize("dimensions", [2, 256, 300, 1_024])
def test_a_byte_a_number_hardly_moves_a_cosine(tmp_path: Path, dimensions: int) -> None:
    found = np.random.default_rng(2).standard_normal((200, dimensions)).astype(np.float32)
    found *= np.linspace(3, 0.1, dimensions, dtype=np.float32)  # the first dimensions tell most
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    names = [f"passage-{number:04}" for number in range(len(found))]
    made = make_snapshot(tmp_path, dict.fromkeys(names, "d"), dimensions)
    made.write(names, found, ["d"] * len(names))
    cosines = made.cosines(found[0], names)
    assert [cosines[name] for name in names] == pytest.approx(found @ found[0], abs=5e-3)


def test_a_text_without_known_words_keeps_a_vector_of_zeros(tmp_path: Path) -> None:
    made = make_snapshot(tmp_path, {"a": "d"}, 8)
    made.write(["a"], np.zeros((1, 8), dtype=np.float32), ["d"])
    assert made.held() == {"a": "d"}
    assert made.cosines(np.ones(8, dtype=np.float32), ["a"]) == {"a": 0}


def test_an_empty_snapshot_finds_nothing(tmp_path: Path) -> None:
    make_snapshot(tmp_path, {}, 8)
    empty = open_snapshot(tmp_path)
    assert empty.nearest(np.ones(8, dtype=np.float32), 5) == {}
    assert empty.cosines(np.ones(8, dtype=np.float32), ["a"]) == {}


def test_a_missing_or_spoilt_snapshot_is_unreadable(snapshot: Snapshot, tmp_path: Path) -> None:
    assert len(snapshot) == len(IDS)
    with pytest.raises(Unreadable):
        open_snapshot(tmp_path / "elsewhere")
    (tmp_path / "snapshot" / "ids.npy").write_bytes(b"spoilt")
    with pytest.raises(Unreadable):
        open_snapshot(tmp_path)

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build
from index.derived import lexical
from index.derived.lexical import LexicalIndex, open_lexical
from index.storage.catalogue import Catalogue
from index.types import Filter

EVERYTHING = Filter()


@pytest.fixture(scope="module")
def index(seed_data: Path) -> LexicalIndex:
    return open_lexical(seed_data)


def test_rare_words_are_found(index: LexicalIndex, seed_catalogue: Catalogue) -> None:
    [(best, _), *_] = index.search("酒钢天成彩铝", EVERYTHING, 5)
    assert "酒钢天成彩铝" in seed_catalogue.passages([best])[0].text


def test_headings_are_searched_with_the_text_below_them(
    index: LexicalIndex, seed_catalogue: Catalogue
) -> None:
    passages = seed_catalogue.passages_where(EVERYTHING)
    below = next(p for p in passages if p.headings and p.headings[0] not in p.text)
    assert below.id in index.scores(below.headings[0], [below.id])


def test_filter_is_taken_before_the_limit(index: LexicalIndex, seed_catalogue: Catalogue) -> None:
    for report in seed_catalogue.reports():
        where = Filter(reports=frozenset({report.id}))
        found = index.search("增长", where, 3)
        assert found
        assert {p.report_id for p in seed_catalogue.passages([i for i, _ in found])} == {report.id}


def test_year_and_region_filter(index: LexicalIndex, seed_catalogue: Catalogue) -> None:
    report = next(r for r in seed_catalogue.reports() if r.region and r.year)
    assert report.region
    assert report.year
    both = Filter(
        regions=frozenset({report.region.value.code}), years=frozenset({report.year.value})
    )
    assert index.search("发展", both, 3)
    assert not index.search("发展", Filter(years=frozenset({1066})), 3)


def test_filter_adds_nothing_to_the_score(index: LexicalIndex) -> None:
    best, score = index.search("固定资产投资", EVERYTHING, 1)[0]
    report = best.rpartition("-")[0]
    where = Filter(reports=frozenset({report}))
    assert index.search("固定资产投资", where, 1) == [(best, score)]
    assert index.scores("固定资产投资", [best]) == {best: score}


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "AND OR NOT",
        "body:增长",
        "增长~2",
        "*:*",
        "(增长",
        "增长^5 +\\",
        "\0\ud800",
        "😀",
        "?!",
        "",
    ],
)
def test_any_query_is_safe(index: LexicalIndex, query: str) -> None:
    index.search(query, EVERYTHING, 5)
    assert index.ceiling(query) >= 0


@pytest.mark.parametrize("query", ["增长发展" * 2500, "x" * 10_000, "9" * 10_000, "啊 " * 5000])
def test_a_query_of_ten_thousand_characters_is_safe(index: LexicalIndex, query: str) -> None:
    index.search(query, EVERYTHING, 5)


def test_no_passage_scores_above_the_ceiling(index: LexicalIndex) -> None:
    for query in ("固定资产投资", "投资", "财政收入和就业"):
        best = index.search(query, EVERYTHING, 1)[0][1]
        assert 0 < best < index.ceiling(query)


def test_an_unknown_token_raises_the_ceiling_more_than_a_known_one(index: LexicalIndex) -> None:
    assert index.ceiling("xylophone") > index.ceiling("投资") > 0
    both = index.ceiling("投资 xylophone")
    assert both == pytest.approx(index.ceiling("投资") + index.ceiling("xylophone"))


def test_contents_are_the_catalogues_passages(seed_data: Path, seed_catalogue: Catalogue) -> None:
    assert set(lexical.contents(seed_data)) == set(seed_catalogue.passage_ids())


def test_what_a_killed_run_left_in_the_way_does_not_stop_the_next(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    file = reports / "焦作市_2023.txt"
    file.write_text("2023年焦作市人民政府工作报告\n一、回顾\n修建道路十条。\n", encoding="utf-8")
    build([reports], data=tmp_path / "data")
    folder = tmp_path / "data" / "lexical"
    segments = {path.name.split(".")[0] for path in folder.glob("*.store")}
    assert segments
    for segment in segments:
        for number in range(400):  # the name under which the next deletion is written
            (folder / f"{segment}.{number}.del").touch()
    file.write_text("2023年焦作市人民政府工作报告\n一、回顾\n修建桥梁九座。\n", encoding="utf-8")
    build([reports], data=tmp_path / "data")
    assert "made again" in caplog.text
    with Catalogue.open(tmp_path / "data") as catalogue:
        assert lexical.is_current(catalogue)

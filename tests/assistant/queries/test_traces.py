"""Words followed through reports: a count is a count, and the first is the first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.queries.texts import Texts
from assistant.queries.traces import TraceQuery, TraceResult, evaluate
from index.build import build
from index.storage.catalogue import Catalogue

REPORT = """{year}年{place}人民政府工作报告
——{year}年1月20日在{place}第五届人民代表大会第七次会议上
{place}市长 张三

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。

一、{year}年工作安排
{words}
"""
SAID = {
    ("桂林市", 2021): "实施旅游提升行动。",
    ("桂林市", 2022): "发展低空经济，建设低空\n经济园区。扩大消费。",
    ("柳州市", 2022): "推进工业振兴。",
    ("柳州市", 2023): "布局低空经济。",
    ("北海市", 2023): "建设海洋强市，开通Shanghai航线，推广AI应用。",
}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    folder = tmp_path_factory.mktemp("traces")
    for (place, year), words in SAID.items():
        text = REPORT.format(place=place, year=year, words=words)
        (folder / f"{place}_{year}.txt").write_text(text, encoding="utf-8")
    build([folder], data=folder / "data")
    with Catalogue.open(folder / "data") as opened:
        yield opened


def traced(catalogue: Catalogue, *terms: str, **sides: frozenset[int]) -> TraceResult:
    return evaluate(TraceQuery(terms, **sides), catalogue, Texts())  # type: ignore[arg-type]


def test_every_year_of_reports_is_counted(catalogue: Catalogue) -> None:
    result = traced(catalogue, "低空经济")
    assert [(y.year, y.reports, y.mentioning, y.count) for y in result.years] == [
        (2021, 1, 0, 0),
        (2022, 2, 1, 2),
        (2023, 2, 1, 1),
    ]
    assert result.count == 3


def test_rates_are_per_ten_thousand_characters(catalogue: Catalogue) -> None:
    year = traced(catalogue, "低空经济").years[1]
    assert year.rate == pytest.approx(2 * 10_000 / year.characters)


def test_places_come_in_the_order_in_which_they_took_it_up(catalogue: Catalogue) -> None:
    result = traced(catalogue, "低空经济")
    assert [(a.first.report.place_name, a.since, a.count) for a in result.adoptions] == [
        ("桂林市", 2021, 2),
        ("柳州市", 2022, 1),
    ]
    assert [report.place_name for report in result.never] == ["北海市"]


def test_sentences_are_quoted_from_their_files(catalogue: Catalogue) -> None:
    for said in traced(catalogue, "低空经济").said:
        raw = catalogue.raw(said.report.id)
        assert raw[said.span.start : said.span.end] == said.quote
        assert "低空" in said.quote


def test_either_script_and_any_of_several_terms_count(catalogue: Catalogue) -> None:
    assert traced(catalogue, "低空經濟").count == 3
    assert traced(catalogue, "低空经济", "工业振兴").count == 4


def test_a_term_in_latin_letters_is_found_as_a_word(catalogue: Catalogue) -> None:
    assert traced(catalogue, "ai").count == 1


def test_a_word_that_nobody_says_is_counted_as_none(catalogue: Catalogue) -> None:
    result = traced(catalogue, "元宇宙")
    assert (result.count, result.said, len(result.never)) == (0, (), 3)


def test_only_the_years_that_are_asked_for_are_read(catalogue: Catalogue) -> None:
    result = traced(catalogue, "低空经济", years=frozenset({2023}))
    assert [year.year for year in result.years] == [2023]

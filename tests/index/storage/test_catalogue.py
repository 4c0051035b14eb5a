from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import CatalogueError
from index.figures.extraction import extract
from index.lexicon.indicators import load_lexicon
from index.places.gazetteer import load_gazetteer
from index.storage.catalogue import Catalogue
from index.storage.entries import EmbeddingModel, Entry, FileState
from index.structure.passages import split
from index.text.normalization import normalize
from index.types import Figure, Filter, Region, Report, Span, Stated

JIAOZUO = Region("410800", "焦作市", "Jiaozuo", "prefecture", ("410000",))


def an_entry(
    name: str, *, year: int = 2023, text: str = "一、目标\n地区生产总值增长7%。\n"
) -> Entry:
    digest = name.encode().hex().ljust(64, "0")
    normalized = normalize(text)
    report = Report(
        id=digest[:16],
        document=name,
        title=Stated("政府工作报告", Span(0, 1)),
        region=Stated(JIAOZUO, None, inferred=True),
        year=Stated(year, None),
        date=None,
        session=None,
        speaker=None,
        source=None,
    )
    return Entry(
        report=report,
        file=FileState(Path("/reports") / name, 10, 20, digest),
        encoding="utf-8",
        normalized=normalized,
        passages=split(normalized, digest[:16]),
        figures=(),
        ahead=year,
        pipeline="1",
    )


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(tmp_path / "data", create=True) as opened:
        yield opened


def test_report_comes_back_as_it_was_stored(catalogue: Catalogue) -> None:
    entry = an_entry("a.txt")
    catalogue.put(entry)
    assert catalogue.report(entry.report.id) == entry.report
    assert catalogue.reports() == [entry.report]
    assert catalogue.raw(entry.report.id) == entry.normalized.raw
    assert catalogue.normalized(entry.report.id) == entry.normalized
    assert catalogue.passages_of(entry.report.id) == list(entry.passages)


def test_real_reports_come_back_with_spans_that_fit(seed_catalogue: Catalogue) -> None:
    for report in seed_catalogue.reports():
        normalized = seed_catalogue.normalized(report.id)
        for passage in seed_catalogue.passages_of(report.id):
            assert passage.span.of(normalized.text) == passage.text
            assert normalized.raw_span(passage.span) == passage.raw_span


def test_passages_come_in_the_order_asked_for(catalogue: Catalogue) -> None:
    entry = an_entry("a.txt", text="".join(f"{n}、标题\n正文第{n}段。\n" for n in "一二三四"))
    catalogue.put(entry)
    ids = [passage.id for passage in entry.passages][::-1]
    assert len(ids) > 1
    assert [p.id for p in catalogue.passages([ids[0], "unknown", *ids[1:]])] == ids


def test_all_reports_are_those_of_now(catalogue: Catalogue) -> None:
    one, other = an_entry("a.txt"), an_entry("b.txt")
    catalogue.put(one)
    with Catalogue.open(catalogue.data) as reader:
        reader.reports().clear()
        assert reader.reports() == [one.report]
        catalogue.put(other)
        assert reader.reports() == [one.report, other.report]
        catalogue.remove(one.report.id)
        assert reader.reports() == [other.report]


def test_filter_takes_every_side_into_account(catalogue: Catalogue) -> None:
    entries = [an_entry("a.txt", year=2022), an_entry("b.txt", year=2023)]
    for entry in entries:
        catalogue.put(entry)
    fitting = Filter(regions=frozenset({"410800"}), years=frozenset({2023}))
    assert [report.document for report in catalogue.reports(fitting)] == ["b.txt"]
    assert catalogue.count_reports(fitting) == 1
    assert catalogue.passage_ids(fitting) == [p.id for p in entries[1].passages]
    assert catalogue.count_passages(Filter(regions=frozenset({"110000"}))) == 0
    assert catalogue.passages_where(Filter(reports=frozenset({entries[0].report.id})))


def test_reports_are_known_by_the_years_that_they_name(catalogue: Catalogue) -> None:
    entries = [
        an_entry("a.txt", text="2019—２０２１年，比2018年增长7%，12022年。\n"),
        an_entry("b.txt", text="去年增长7%，2023元。\n"),
    ]
    for entry in entries:
        catalogue.put(entry)
    found = [entry.report.id for entry in entries[:1]]
    jiaozuo = Filter(regions=frozenset({"410800"}))
    assert [sorted(catalogue.naming(jiaozuo, {year})) for year in (2018, 2021, 2022)] == [found] * 3
    assert not catalogue.naming(jiaozuo, {2019, 2023})
    assert not catalogue.naming(Filter(regions=frozenset({"110000"})), {2018})


def test_passages_are_counted_by_every_side_of_a_filter(seed_catalogue: Catalogue) -> None:
    filters = [Filter()]
    for report in seed_catalogue.reports():
        filters.append(Filter(reports=frozenset({report.id})))
        if report.region and report.year:
            region, year = report.region.value.code, report.year.value
            filters.append(Filter(regions=frozenset({region}), years=frozenset({year})))
    for where in filters:
        assert seed_catalogue.count_passages(where) == len(seed_catalogue.passage_ids(where)) > 0


def test_passage_at_a_raw_span_is_the_one_that_shares_most_of_it(seed_catalogue: Catalogue) -> None:
    report = seed_catalogue.reports()[2]
    _, second, third = seed_catalogue.passages_of(report.id)[:3]
    across = Span(second.raw_span.end - 2, third.raw_span.start + 20)
    assert seed_catalogue.passage_at(report.id, second.raw_span) == second
    assert seed_catalogue.passage_at(report.id, across) == third


def test_no_passage_is_at_a_span_behind_the_end(seed_catalogue: Catalogue) -> None:
    report = seed_catalogue.reports()[0]
    end = len(seed_catalogue.raw(report.id))
    assert seed_catalogue.passage_at(report.id, Span(end, end + 5)) is None


def test_figures_come_back_as_they_were_found(seed_catalogue: Catalogue) -> None:
    for report in seed_catalogue.reports():
        found = extract(
            report,
            seed_catalogue.passages_of(report.id),
            lexicon=load_lexicon(),
            gazetteer=load_gazetteer(),
        )
        text = seed_catalogue.normalized(report.id).text
        expected = [replace(figure, clause=figure.span.of(text)) for figure in found]
        assert seed_catalogue.figures(Filter(reports=frozenset({report.id}))) == expected


def test_replacing_a_report_takes_its_passages_out(catalogue: Catalogue) -> None:
    old, new = an_entry("a.txt"), an_entry("b.txt")
    catalogue.put(old)
    catalogue.put(replace(new, file=replace(new.file, path=old.file.path)), replaces=old.report.id)
    assert [report.id for report in catalogue.reports()] == [new.report.id]
    assert catalogue.passage_ids() == [passage.id for passage in new.passages]


def test_every_change_raises_the_generation(catalogue: Catalogue) -> None:
    entry = an_entry("a.txt")
    generations = [catalogue.generation]
    catalogue.put(entry)
    generations.append(catalogue.generation)
    catalogue.remove(entry.report.id)
    generations.append(catalogue.generation)
    assert generations == [0, 1, 2]


def test_a_put_that_fails_leaves_nothing_behind(catalogue: Catalogue) -> None:
    entry = an_entry("a.txt")
    twice = replace(entry, passages=[*entry.passages, *entry.passages])
    with pytest.raises(CatalogueError):
        catalogue.put(twice)
    assert (catalogue.reports(), catalogue.generation) == ([], 0)


def test_embedding_model_is_remembered(catalogue: Catalogue) -> None:
    assert catalogue.embedding is None
    catalogue.set_embedding(EmbeddingModel("m@1", "/models/m"))
    catalogue.set_embedding(EmbeddingModel("bundled:2", None))
    assert catalogue.embedding == EmbeddingModel("bundled:2", None)


def test_reader_sees_the_last_complete_state_while_a_writer_writes(catalogue: Catalogue) -> None:
    catalogue.put(an_entry("a.txt"))
    with Catalogue.open(catalogue.data) as reader, catalogue._change():
        assert reader.count_reports() == 1


def test_unknown_report_is_a_key_error(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.raw("0123456789abcdef")


def test_missing_catalogue_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="baogao index PATH"):
        Catalogue.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"no database at all " * 100, b"SQLite format 3\0" * 64])
def test_damaged_catalogue_is_one_line_with_a_remedy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(content)
    with pytest.raises(CatalogueError, match="move it away") as caught:
        Catalogue.open(tmp_path)
    assert "\n" not in str(caught.value)


def test_truncated_catalogue_is_damaged(tmp_path: Path, catalogue: Catalogue) -> None:
    catalogue.put(an_entry("a.txt", text="地区生产总值增长7%。\n" * 5000))
    catalogue.close()
    whole = (catalogue.data / "catalogue.sqlite").read_bytes()
    (tmp_path / "catalogue.sqlite").write_bytes(whole[: len(whole) // 3])
    with pytest.raises(CatalogueError, match="move it away"), Catalogue.open(tmp_path) as broken:
        broken.raw(broken.reports()[0].id)


def test_foreign_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(CatalogueError, match="something else"):
        Catalogue.open(tmp_path, create=True)


@pytest.mark.parametrize(("version", "whose"), [("99", "newer baogao"), ("0", "older baogao")])
def test_catalogue_of_another_version_is_refused(
    catalogue: Catalogue, version: str, whose: str
) -> None:
    catalogue.close()
    with sqlite3.connect(catalogue.data / "catalogue.sqlite") as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (version,))
    connection.close()
    with pytest.raises(CatalogueError, match=whose):
        Catalogue.open(catalogue.data)


def test_changes_made_together_are_all_made_or_none(tmp_path: Path) -> None:
    with Catalogue.open(tmp_path, create=True) as catalogue:
        catalogue.put(an_entry("a"))
        before = catalogue.generation

        def change(*, broken: bool) -> None:
            with catalogue.together():
                catalogue.remove(an_entry("a").report.id)
                catalogue.put(an_entry("b"))
                catalogue.remember(FileState(tmp_path / "c", 1, 1, "c" * 64))
                if broken:
                    raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            change(broken=True)
        assert [report.document for report in catalogue.reports()] == ["a"]
        assert (catalogue.generation, tmp_path / "c" in catalogue.files()) == (before, False)
        change(broken=False)
        assert [report.document for report in catalogue.reports()] == ["b"]
        assert (catalogue.generation, tmp_path / "c" in catalogue.files()) == (before + 2, True)


def put_figures(catalogue: Catalogue, name: str, text: str) -> tuple[Figure, ...]:
    entry = an_entry(name, text=text)
    figures = tuple(
        extract(entry.report, entry.passages, lexicon=load_lexicon(), gazetteer=load_gazetteer())
    )
    catalogue.put(replace(entry, figures=figures))
    return figures


def test_a_figure_under_an_empty_lead_comes_back(catalogue: Catalogue) -> None:
    [figure] = put_figures(catalogue, "a.txt", "一、目标\n地区生产总值增长7%。\n")
    entry = an_entry("b.txt")
    catalogue.put(
        replace(entry, figures=(replace(figure, report_id=entry.report.id, context=Span(3, 3)),))
    )
    assert [each.context for each in catalogue.figures()] == [None, Span(3, 3)]


def test_a_figure_that_cannot_be_read_is_named_and_takes_nothing_else_along(
    catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("a.txt", "b.txt"):
        put_figures(catalogue, name, "一、目标\n地区生产总值增长7%。城镇新增就业3万人。\n")
    with sqlite3.connect(catalogue.data / "catalogue.sqlite") as database:
        database.execute(
            "UPDATE figures SET record = replace(record, ',null]', ',\"Span(start=7, end=7)\"]')"
            " WHERE report_id = (SELECT id FROM reports WHERE document = 'a.txt')"
        )
    database.close()
    assert {each.report_id for each in catalogue.figures()} == {an_entry("b.txt").report.id}
    [warning] = caplog.messages
    assert "a.txt" in warning

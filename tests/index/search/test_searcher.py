from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import build
from index.embedding.embedder import open_embedder
from index.errors import CatalogueError, EmbeddingError, IndexDamaged
from index.search import retrievers
from index.search import searcher as search_module
from index.search.searcher import Searcher, open_searcher
from index.storage.catalogue import Catalogue
from index.types import Filter, Hit
from index.writer_lock import writing
from tests.index.test_build import TEXT, write_static_model

QUESTION = "酒钢的项目投产了吗"


@pytest.fixture
def own_data(seed_data: Path, tmp_path: Path) -> Path:
    """A copy of the indexed sample reports, to be spoilt."""
    return Path(shutil.copytree(seed_data, tmp_path / "data"))


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search as in an index too large to score every passage."""
    monkeypatch.setattr(search_module, "_FEW", 10)


@pytest.fixture
def own_searcher(own_data: Path) -> Iterator[Searcher]:
    searcher = open_searcher(own_data)
    yield searcher
    searcher.close()


def ids(hits: list[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def test_the_passage_that_says_it_comes_first(seed_searcher: Searcher) -> None:
    best = seed_searcher.search(QUESTION, top=3)[0]
    assert "酒钢" in best.passage.text
    assert best.lexical
    assert best.dense
    assert best.report == seed_searcher.catalogue.report(best.passage.report_id)


def test_hits_come_best_first_and_at_most_as_many_as_asked(seed_searcher: Searcher) -> None:
    hits = seed_searcher.search(QUESTION, top=7)
    assert len(hits) == 7
    assert hits == sorted(hits, key=lambda hit: -hit.score)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (QUESTION, "酒鋼的項目投產了嗎"),
        (QUESTION, f"  {QUESTION}\n"),
        ("GDP增长8%", "ＧＤＰ增长８％"),
    ],
)
def test_script_and_width_of_a_question_do_not_matter(
    seed_searcher: Searcher, one: str, other: str
) -> None:
    assert ids(seed_searcher.search(one)) == ids(seed_searcher.search(other))


@pytest.mark.parametrize(
    ("question", "place", "year"),
    [
        ("焦作的养老服务", "焦作市", 2022),
        ("2023年運城的養老服務", "运城市", 2023),
        ("elderly care services in Jiaozuo", "焦作市", 2022),
        ("elderly care services in Yuncheng in 2023", "运城市", 2023),
    ],
)
def test_of_the_same_words_those_of_the_place_and_the_year_asked_about_come_first(
    tmp_path: Path, question: str, place: str, year: int
) -> None:
    for name, given in (("焦作市", 2022), ("运城市", 2023)):
        text = f"{name}{given}年政府工作报告\n各位代表:\n" + "扩大养老服务,改善人民生活。\n" * 40
        (tmp_path / f"{name}{given}.txt").write_text(text, encoding="utf-8")
    build([tmp_path], data=tmp_path / "data")
    searcher = open_searcher(tmp_path / "data")
    best = searcher.search(question, top=1)[0].report
    assert best.region is not None
    assert best.year is not None
    assert (best.region.value.name, best.year.value) == (place, year)
    searcher.close()


def test_an_english_question_finds_chinese_text(seed_searcher: Searcher) -> None:
    texts = [hit.passage.text for hit in seed_searcher.search("elderly care services", top=5)]
    assert any("养老" in text for text in texts)


def test_words_for_bm25_may_differ_from_the_question(seed_searcher: Searcher) -> None:
    hits = seed_searcher.search("smelters", lexical_query="酒钢", top=1)
    assert "酒钢" in hits[0].passage.text


@pytest.mark.parametrize("query", ["", "  \n", "　"])
def test_an_empty_question_finds_nothing(seed_searcher: Searcher, query: str) -> None:
    assert seed_searcher.search(query) == []


@pytest.mark.parametrize(
    "query", ['"AND (', "\0", "\ud800", "😀", "?!。", "x" * 10_000, "项目" * 5_000]
)
def test_any_question_is_safe(seed_searcher: Searcher, query: str) -> None:
    assert len(seed_searcher.search(query, top=5)) == 5


def test_filters_are_taken_before_ranking(seed_searcher: Searcher) -> None:
    for report in seed_searcher.catalogue.reports():
        hits = seed_searcher.search(QUESTION, where=Filter(reports=frozenset({report.id})), top=5)
        assert len(hits) == 5
        assert {hit.report.id for hit in hits} == {report.id}


def test_a_filter_that_nothing_passes_finds_nothing(seed_searcher: Searcher) -> None:
    assert seed_searcher.search(QUESTION, where=Filter(years=frozenset({1066}))) == []


def test_missing_catalogue_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="baogao index"):
        open_searcher(tmp_path)


def test_a_small_index_is_searched_without_heavy_imports(seed_data: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from index.search.searcher import open_searcher; "
        "assert open_searcher(Path(sys.argv[1])).search('项目', top=3); "
        "heavy = {'chromadb', 'torch', 'sentence_transformers', 'gradio', 'langchain_core',"
        " 'langchain', 'pypinyin'}; print(sorted(heavy & sys.modules.keys()))"
    )
    arguments = [sys.executable, "-c", program, str(seed_data)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.usefixtures("many")
def test_a_large_index_gives_the_same_best_passages(
    seed_searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = seed_searcher.search(QUESTION, top=3)
    monkeypatch.undo()
    exact = seed_searcher.search(QUESTION, top=3)
    assert ids(near) == ids(exact)
    assert [hit.lexical for hit in near] == [hit.lexical for hit in exact]
    assert near[0].dense == pytest.approx(exact[0].dense, abs=1e-4)


@pytest.mark.usefixtures("many")
def test_filters_are_taken_before_ranking_in_a_large_index(seed_searcher: Searcher) -> None:
    reports = [report.id for report in seed_searcher.catalogue.reports()]
    for report in reports:
        where = Filter(reports=frozenset({report}))
        if seed_searcher.catalogue.count_passages(where) > 10:
            hits = seed_searcher.search(QUESTION, where=where, top=5)
            assert len(hits) == 5
            assert {hit.report.id for hit in hits} == {report}


def test_a_filter_has_every_passage_compared_that_it_leaves(seed_catalogue: Catalogue) -> None:
    embedder = open_embedder()
    both = retrievers.Retrievers(seed_catalogue, embedder)
    asked = embedder.embed_query("elderly care")
    for report in seed_catalogue.reports():
        where = Filter(reports=frozenset({report.id}))
        cosines = both.cosines(asked, seed_catalogue.passage_ids(where))
        best = sorted(cosines, key=lambda key: -cosines[key])[:5]
        assert list(both.nearest(asked, where, 5)) == best
    both.close()


@pytest.mark.usefixtures("many")
def test_a_large_index_without_its_vectors_makes_them_again(
    own_data: Path, own_searcher: Searcher
) -> None:
    expected = own_searcher.search(QUESTION)
    own_searcher.close()
    shutil.rmtree(own_data / "vectors")
    again = open_searcher(own_data)
    assert ids(again.search(QUESTION)) == ids(expected)
    again.close()


def test_a_slow_model_takes_the_stored_vectors(seed_data: Path, seed_searcher: Searcher) -> None:
    slow = replace(open_embedder(), fast=False)  # type: ignore[type-var]
    searcher = Searcher(Catalogue.open(seed_data), slow)
    hits = searcher.search(QUESTION, top=5)
    assert ids(hits) == ids(seed_searcher.search(QUESTION, top=5))
    searcher.close()


def test_while_a_writer_works_the_state_before_is_searched_whole(
    own_data: Path, own_searcher: Searcher
) -> None:
    before = own_searcher.search(QUESTION, top=200)
    with writing(own_data):
        with Catalogue.open(own_data) as catalogue:
            catalogue.remove(catalogue.reports()[0].id)
        assert own_searcher.search(QUESTION, top=200) == before
    build([], data=own_data)
    after = own_searcher.search(QUESTION, top=200)
    assert len(after) == own_searcher.catalogue.count_passages() < len(before)


def test_a_question_reads_one_state_whatever_is_written_meanwhile(
    own_data: Path, own_searcher: Searcher
) -> None:
    with own_searcher.at_one_state() as now:
        gone = now.catalogue.reports()[0]
        with Catalogue.open(own_data) as catalogue:
            catalogue.remove(gone.id)
        build([], data=own_data)
        assert now.catalogue.report(gone.id) == gone
        where = Filter(reports=frozenset({gone.id}))
        assert now.search(QUESTION, where=where)
    assert gone.id not in {each.id for each in own_searcher.catalogue.reports()}


def test_a_searcher_whose_folder_was_made_anew_opens_the_new_one(
    own_data: Path, own_searcher: Searcher, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own_searcher.search(QUESTION)
    shutil.rmtree(own_data)
    with pytest.raises(CatalogueError, match="no catalogue"):
        own_searcher.search(QUESTION)
    report = tmp_path / "new.txt"
    report.write_text("长毛猛犸象保护区已经建成。\n", encoding="utf-8")
    build([report], data=own_data)
    made = [path.stat().st_mtime_ns for path in sorted(own_data.rglob("*.npy"))]
    assert [hit.report.document for hit in own_searcher.search("猛犸象")] == ["new.txt"]
    assert "opened anew" in caplog.text
    assert [path.stat().st_mtime_ns for path in sorted(own_data.rglob("*.npy"))] == made


@pytest.mark.parametrize("part", ["lexical", "vectors"])
def test_a_damaged_index_is_made_again_or_where_it_serves_named(
    own_data: Path, own_searcher: Searcher, part: str
) -> None:
    expected = own_searcher.search(QUESTION)
    own_searcher.serve()
    spoil(next(path for path in own_data.joinpath(part).rglob("*") if path.suffix in SPOILT))
    with pytest.raises(IndexDamaged, match=f"{part}.*baogao index"):
        own_searcher.search(QUESTION)
    again = open_searcher(own_data)
    assert again.search(QUESTION) == expected
    assert own_searcher.search(QUESTION) == expected
    again.close()


SPOILT = {".npy", ".pos", ".idx", ".store"}


def spoil(path: Path) -> None:
    """Change a byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def test_an_index_left_behind_by_a_killed_writer_is_put_right(
    own_data: Path, own_searcher: Searcher, tmp_path: Path
) -> None:
    report = tmp_path / "new.txt"
    report.write_text(TEXT.format(1) + "长毛猛犸象保护区已经建成。\n", encoding="utf-8")
    build([report], data=own_data)
    shutil.rmtree(own_data / "lexical")
    best = own_searcher.search("猛犸象", top=1)[0]
    assert best.lexical
    assert "猛犸象" in best.passage.text


def test_an_open_searcher_follows_later_builds(
    own_data: Path, own_searcher: Searcher, tmp_path: Path
) -> None:
    own_searcher.search(QUESTION)
    report = tmp_path / "new.txt"
    report.write_text("长毛猛犸象保护区已经建成。\n", encoding="utf-8")
    build([report], data=own_data)
    assert own_searcher.search("猛犸象", top=1)[0].report.document == "new.txt"


@pytest.mark.usefixtures("many")
def test_an_open_searcher_of_a_large_index_follows_later_builds(
    own_data: Path, own_searcher: Searcher, tmp_path: Path
) -> None:
    own_searcher.search(QUESTION)
    report = tmp_path / "new.txt"
    report.write_text("长毛猛犸象保护区已经建成。\n", encoding="utf-8")
    build([report], data=own_data)
    best = own_searcher.search("猛犸象", top=1)[0]
    assert best.report.document == "new.txt"
    assert best.dense


@pytest.mark.usefixtures("many")
def test_a_model_that_the_index_was_not_made_with_is_refused(
    own_data: Path, tmp_path: Path
) -> None:
    write_static_model(tmp_path / "model")
    with pytest.raises(EmbeddingError, match="baogao index"):
        open_searcher(own_data, str(tmp_path / "model"))


def test_the_model_that_the_index_was_made_with_is_opened(own_data: Path, tmp_path: Path) -> None:
    write_static_model(tmp_path / "model")
    build([], data=own_data, embedding=str(tmp_path / "model"))
    shutil.rmtree(tmp_path / "model")
    with pytest.raises(EmbeddingError):
        open_searcher(own_data)

from pathlib import Path

import pytest

from index.embedding.training.corpora import Corpora, read_corpora
from tests.index.embedding.training.tiny_corpora import SUBJECTS, passage, write_corpora, write_gzip


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Corpora:
    return read_corpora(write_corpora(tmp_path_factory.mktemp("corpora")))


def read_entries(folder: Path, *entries: str) -> dict[str, tuple[str, ...]]:
    (folder / "cc_cedict").mkdir()
    write_gzip(folder / "cc_cedict" / "cedict.txt.gz", list(entries))
    return dict(read_corpora(folder).glosses)


def test_questions_come_with_their_passages(corpora: Corpora) -> None:
    assert corpora.questions["cmrc2018"][0] == ("公路投资增长多少？", passage("公路"))
    assert corpora.questions["stard"][0] == ("公路归谁管？", "公路由县级人民政府管理。")


def test_news_loses_its_date_and_passages_are_documents_once(corpora: Corpora) -> None:
    assert corpora.documents[0] == passage("公路")
    assert corpora.documents.count("公路由县级人民政府管理。") == 1


def test_translations_are_english_first(corpora: Corpora) -> None:
    assert corpora.translations["tatoeba_en_zh"][0] == ("The road is new.", "公路是新的。")
    assert corpora.translations["gwr_tmx"][0] == (
        "We will vigorously develop the road.",
        "大力发展公路事业。",
    )
    assert ("road", "公路") in corpora.translations["cc_cedict"]


def test_aligned_reports_are_also_reports(corpora: Corpora) -> None:
    assert len(corpora.aligned[0]) == len(SUBJECTS)
    assert corpora.reports[0].startswith("大力发展公路事业。\n")


def test_traditional_text_is_folded(tmp_path: Path) -> None:
    (tmp_path / "tatoeba_en_zh").mkdir()
    row = "The rural roads.\t農村公路。\tsomeone"
    (tmp_path / "tatoeba_en_zh" / "cmn.txt").write_text(row, encoding="utf-8")
    pairs = read_corpora(tmp_path).translations["tatoeba_en_zh"]
    assert pairs == (("The rural roads.", "农村公路。"),)


def test_further_reports_are_read_in_either_encoding(tmp_path: Path) -> None:
    write_corpora(tmp_path / "data")
    (tmp_path / "reports" / "county").mkdir(parents=True)
    (tmp_path / "reports" / "a.txt").write_bytes("各位代表".encode())
    (tmp_path / "reports" / "county" / "b.txt").write_bytes("請予審議".encode("gb18030"))
    assert read_corpora(tmp_path / "data", tmp_path / "reports").reports[1:] == (
        "各位代表",
        "请予审议",
    )


def test_only_the_folders_that_are_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "stard").mkdir()
    assert read_corpora(tmp_path).folders == ("stard",)


@pytest.mark.parametrize(
    ("entry", "word", "renderings"),
    [
        ("增長 增长 [zeng1 zhang3] /to grow/to increase/", "增长", ("grow", "increase")),
        ("財政 财政 [cai2 zheng4] /public finance; money/", "财政", ("public finance", "money")),
        (
            "高鐵 高铁 [gao1 tie3] /high speed rail (abbr. of 高速鐵路[x1])/",
            "高铁",
            ("high speed rail",),
        ),
        ("某市 某市 [Mou3 Shi4] /Mou, a city in the north/", "某市", ("Mou",)),
        ("某 某 [Mou3] /surname Mou/", "某", ("mou",)),
        ("某呂 某吕 [Mou3 lu:3] /see 某呂市[Mou3 lu:3 Shi4]/", "某吕", ("moulu",)),
        ("鎮 镇 [zhen4] /town/to press down/", "镇", ("town", "zhen", "press down")),
    ],
)
def test_dictionary_entries_become_short_renderings(
    tmp_path: Path, entry: str, word: str, renderings: tuple[str, ...]
) -> None:
    assert read_entries(tmp_path, "# comment", entry) == {word: renderings}


def test_entries_that_only_refer_elsewhere_are_left_out(tmp_path: Path) -> None:
    assert read_entries(tmp_path, "爲何 为何 [wei4 he2] /variant of 為何|为何[wei4 he2]/") == {}

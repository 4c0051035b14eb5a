"""Places: the table of divisions, and finding their names in text."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.places.gazetteer import Gazetteer, load_gazetteer

_CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "place_mentions.tsv").read_text("utf-8").splitlines()[1:]
]
_SLIPS = [
    line.split("\t")
    for line in (Path(__file__).parent / "place_slips.tsv").read_text("utf-8").splitlines()[1:]
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(("text", "expected"), _CASES, ids=[case[0] for case in _CASES])
def test_names_in_text_lead_to_their_codes(gazetteer: Gazetteer, text: str, expected: str) -> None:
    found = ["/".join(r.code for r in m.candidates[:2]) for m in gazetteer.mentions(text)]
    assert found == expected.split()


@pytest.mark.parametrize(("text", "expected"), _SLIPS, ids=[case[0] for case in _SLIPS])
def test_a_slip_leads_to_a_place_of_the_index_and_a_word_does_not(
    gazetteer: Gazetteer, text: str, expected: str
) -> None:
    codes = ["140800", "410800", "420505", "620200", "620981", "310000", "420000", "410000"]
    among = [gazetteer.get(code) for code in codes]
    assert [m.region.code for m in gazetteer.closest(text, among)] == expected.split()


def test_a_slip_is_not_exact_and_a_name_is(gazetteer: Gazetteer) -> None:
    yuncheng = gazetteer.get("140800")
    assert not gazetteer.closest("运成的目标", [yuncheng])[0].exact
    assert gazetteer.mentions("运城的目标")[0].exact


def test_a_mention_covers_its_characters_in_traditional_text(gazetteer: Gazetteer) -> None:
    text = "請問嘉峪關市2022年的目標"
    (mention,) = gazetteer.mentions(text)
    assert (mention.span.of(text), mention.matched) == ("嘉峪關市", "嘉峪關市")


def test_a_place_with_its_parent_is_one_mention(gazetteer: Gazetteer) -> None:
    text = "(湖北省)宜昌市猇亭区人民政府"
    (mention,) = gazetteer.mentions(text)
    assert mention.matched == "(湖北省)宜昌市猇亭区"


def test_contains_follows_the_divisions(gazetteer: Gazetteer) -> None:
    assert gazetteer.contains("420500", "420505")
    assert gazetteer.contains("420000", "420505")
    assert gazetteer.contains("100000", "420505")
    assert gazetteer.contains("420505", "420505")
    assert not gazetteer.contains("420505", "420500")
    assert not gazetteer.contains("410000", "420505")


@pytest.mark.parametrize(
    ("code", "name", "english", "parents"),
    [
        ("100000", "中国", "China", ()),
        ("150000", "内蒙古自治区", "Inner Mongolia", ()),
        ("610000", "陕西省", "Shaanxi", ()),
        ("610100", "西安市", "Xi'an", ("610000",)),
        ("141100", "吕梁市", "Lüliang", ("140000",)),
        ("620200", "嘉峪关市", "Jiayuguan", ("620000",)),
        ("620981", "玉门市", "Yumen", ("620900", "620000")),
        ("150702", "海拉尔区", "Hailar District", ("150700", "150000")),
        ("411221", "渑池县", "Mianchi County", ("411200", "410000")),
        ("371722", "单县", "Shan County", ("371700", "370000")),
        ("429004", "仙桃市", "Xiantao", ("420000",)),
        ("500108", "南岸区", "Nan'an District", ("500000",)),
        ("440114", "花都区", "Huadu District", ("440100", "440000")),
    ],
)
def test_the_table_knows(
    gazetteer: Gazetteer, code: str, name: str, english: str, parents: tuple[str, ...]
) -> None:
    region = gazetteer.get(code)
    assert (region.name, region.english, region.parents) == (name, english, parents)


def test_an_unknown_code_is_an_error(gazetteer: Gazetteer) -> None:
    assert "999999" not in gazetteer
    with pytest.raises(KeyError):
        gazetteer.get("999999")


def test_the_table_has_every_province_and_about_every_county(gazetteer: Gazetteer) -> None:
    levels = [row.region.level for row in gazetteer._rows.values() if row.former is None]
    assert levels.count("province") == 34
    assert levels.count("prefecture") == 333
    assert 2840 <= levels.count("county") <= 2860


def test_resolve_puts_the_larger_place_first(gazetteer: Gazetteer) -> None:
    assert [r.code for r in gazetteer.resolve("海南")] == ["460000", "632500", "150303"]
    assert [r.code for r in gazetteer.resolve("Yuncheng")][:2] == ["140800", "371725"]


def test_resolve_keeps_to_the_places_named_nearby(gazetteer: Gazetteer) -> None:
    assert [r.code for r in gazetteer.resolve("鼓楼区", within=["320000"])] == ["320106", "320302"]
    assert [r.code for r in gazetteer.resolve("朝阳", within=["110000"])] == ["110105"]


def test_resolve_puts_preferred_places_first(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("城关区", prefer=["540102"])[0].code == "540102"


@pytest.mark.parametrize("name", ["中国", "全国", "全國", "国家", "国务院", "China", "national"])
def test_resolve_knows_the_country(gazetteer: Gazetteer, name: str) -> None:
    assert [r.code for r in gazetteer.resolve(name)] == ["100000"]


@pytest.mark.parametrize("name", ["", "经济", "GDP", "Atlantis"])
def test_resolve_finds_nothing_in_what_is_no_place(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.resolve(name) == []


def test_a_former_division_without_heir_is_known_as_former(gazetteer: Gazetteer) -> None:
    (laiwu,) = gazetteer.resolve("莱芜市")
    assert gazetteer.former(laiwu.code) == 2018
    assert gazetteer.former("370116") is None

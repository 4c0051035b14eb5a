"""Reports: whose, when, where and by whom, read from the text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.ingestion.loaders import load
from index.places.gazetteer import load_gazetteer
from index.reports.metadata import about, describe
from index.text.normalization import normalize
from index.types import Report, Stated

_SEEDS = Path(__file__).parents[3] / "seeds" / "reports"
_CORPORA = os.environ.get("BAOGAO_CORPORA")
_OPENING = "各位代表:\n现在,我代表人民政府,向大会报告工作,请予审议。\n"


def _report(text: str, document: str = "report.txt") -> Report:
    return describe(normalize(text), document=document, report_id="id", gazetteer=load_gazetteer())


def _seed(prefix: str) -> tuple[Report, str]:
    (path,) = _SEEDS.glob(f"{prefix}_*.txt")
    raw = load(path).text
    return _report(raw, path.name), raw


def _value(stated: Stated[str] | Stated[int] | None) -> str | int | None:
    return None if stated is None else stated.value


@pytest.mark.parametrize(
    ("prefix", "code", "year", "date", "speaker", "source"),
    [
        ("000", "620981", 2023, "2023-01-05", "李应伟", None),
        ("001", "410800", 2023, "2023-01-04", "李亦博", None),
        ("002", "620200", 2021, "2021-12-14", "刘凯", "嘉峪关日报"),
        ("003", "420505", 2023, "2023-01-31", None, None),
        ("004", "140800", 2023, None, None, None),
    ],
)
def test_the_seeds_are_described(
    prefix: str, code: str, year: int, date: str | None, speaker: str | None, source: str | None
) -> None:
    report, _ = _seed(prefix)
    assert report.region is not None
    assert report.region.value.code == code
    assert [_value(part) for part in (report.year, report.date, report.speaker, report.source)] == [
        year,
        date,
        speaker,
        source,
    ]


@pytest.mark.parametrize(
    ("prefix", "title", "session"),
    [
        ("000", None, "玉门市第十九届人民代表大会第二次会议"),
        (
            "001",
            "市十四届人大一次会议隆重开幕 葛巧红宣布大会开幕 李亦博作政府工作报告",
            "焦作市第十四届人民代表大会第一次会议",
        ),
        (
            "002",
            "嘉峪关市政府工作报告(2021年12月14日 刘凯)",
            "嘉峪关市第十一届人民代表大会第一次会议",
        ),
        ("003", "(湖北省)宜昌市猇亭区人民政府工作报告(2023年1月31日)", None),
        ("004", "市五届人大三次会议政府工作报告(摘要)", "市五届人大三次会议"),
    ],
)
def test_the_seeds_titles_and_sessions(prefix: str, title: str | None, session: str | None) -> None:
    report, _ = _seed(prefix)
    assert (_value(report.title), _value(report.session)) == (title, session)


def test_spans_are_of_the_raw_text() -> None:
    report, raw = _seed("002")
    assert report.region is not None
    assert report.region.span is not None
    assert report.region.span.of(raw) == "嘉峪关市"
    assert report.speaker is not None
    assert report.speaker.span is not None
    assert report.speaker.span.of(raw).replace(" ", "") == "刘凯"


def test_a_year_that_is_not_printed_is_marked_inferred_and_shows_its_ground() -> None:
    report, raw = _seed("000")
    assert report.year is not None
    assert report.year.inferred
    assert report.year.span is not None
    assert "年" in report.year.span.of(raw)


def test_a_place_that_no_title_names_is_concluded_from_the_text() -> None:
    report, raw = _seed("004")
    assert report.region is not None
    assert report.region.inferred
    assert report.region.span is not None
    assert "运城" in report.region.span.of(raw)


def test_a_printed_date_is_not_inferred() -> None:
    report, _ = _seed("002")
    assert report.date is not None
    assert not report.date.inferred


def test_a_county_report_with_its_session_and_speaker() -> None:
    report = _report(
        "富县人民政府工作报告\n——2024年1月9日在富县第十九届人民代表大会第四次会议上\n县长 王小明\n"
        + _OPENING
    )
    assert report.region is not None
    assert report.region.value.code == "610628"
    assert _value(report.date) == "2024-01-09"
    assert _value(report.session) == "富县第十九届人民代表大会第四次会议"
    assert _value(report.speaker) == "王小明"


def test_traditional_script_and_a_name_with_a_middle_dot() -> None:
    report = _report(
        "政府工作報告\n2023年1月12日在烏魯木齊市第十七屆人民代表大會第三次會議上\n"
        "市長 買買提明·卡德\n各位代表:\n現在,我代表市人民政府報告工作。\n"
    )
    assert report.region is not None
    assert report.region.value.code == "650100"
    assert _value(report.speaker) == "买买提明·卡德"


def test_the_source_of_a_web_page_is_not_the_region() -> None:
    report = _report(
        "2025年宁夏政府工作报告\n来源:青海日报\n"
        "——2025年1月19日在宁夏回族自治区第十三届人民代表大会第三次会议上\n" + _OPENING
    )
    assert _value(report.source) == "青海日报"
    assert report.region is not None
    assert report.region.value.code == "640000"
    assert _value(report.session) == "宁夏回族自治区第十三届人民代表大会第三次会议"


def test_the_publishing_date_is_not_the_date_of_the_giving() -> None:
    report = _report(
        "安溪县2023年政府工作报告\n发布时间:2023-01-16 09:12 来源:安溪县人民政府办公室 浏览次数:1\n"
        + _OPENING
    )
    assert report.date is None
    assert _value(report.year) == 2023
    assert _value(report.source) == "安溪县人民政府办公室"


def test_news_of_the_opening_gives_month_and_day_and_the_year_is_concluded() -> None:
    report = _report(
        "本报讯 2月9日上午,德清县第十七届人民代表大会第三次会议在县行政中心开幕。"
        "县长敖煜新代表县人民政府作政府工作报告。报告回顾了2023年工作,并对2024年工作作出部署。\n"
    )
    assert report.date is not None
    assert (report.date.value, report.date.inferred) == ("2024-02-09", True)
    assert _value(report.speaker) == "敖煜新"


def test_a_date_in_chinese_numerals() -> None:
    report = _report(
        "政府工作报告\n二〇一七年二月十六日在昆山市第十七届人民代表大会第一次会议上\n" + _OPENING
    )
    assert _value(report.date) == "2017-02-16"


def test_a_shared_name_is_the_one_whose_surroundings_the_text_names() -> None:
    report = _report(
        "朝阳区政府工作报告\n——在朝阳区第十七届人民代表大会第四次会议上\n"
        + _OPENING
        + "在北京市委领导下,服务北京城市副中心建设。\n"
    )
    assert report.region is not None
    assert report.region.value.code == "110105"


def test_a_national_report_is_of_the_country() -> None:
    report = _report(
        "政府工作报告\n——2017年3月5日在第十二届全国人民代表大会第五次会议上\n国务院总理\n李克强\n"
        "各位代表:\n现在,我代表国务院,向大会报告政府工作。\n"
    )
    assert report.region is not None
    assert report.region.value.code == "100000"
    assert _value(report.speaker) == "李克强"


def test_a_session_of_the_past_is_not_the_session() -> None:
    report = _report(
        "各位代表:\n从第七届全国人民代表大会第一次会议,到这次大会的召开,已经过去了五年。\n"
    )
    assert report.session is None


def test_the_file_name_speaks_where_the_text_is_silent() -> None:
    report = _report("政府工作报告(摘要)\n全市上下努力,完成各项任务。\n", "jiaozuo_2023_ab12cd.txt")
    assert report.region is not None
    assert report.region == Stated(load_gazetteer().get("410800"), None, inferred=True)
    assert report.year == Stated(2023, None, inferred=True)


def test_digits_of_a_hash_are_no_year() -> None:
    assert _report("县政府努力工作。\n", "002_f3379124822e2021.txt").year is None


def test_what_a_report_is_about_is_said_as_questions_say_it() -> None:
    report, _ = _seed("003")
    assert about(report, load_gazetteer()) == "湖北省宜昌市猇亭区 Xiaoting District 2023年"
    assert about(_report("今天天气很好。\n", "x.txt"), load_gazetteer()) == ""


def test_a_text_that_says_nothing_is_described_as_nothing() -> None:
    report = _report("今天天气很好。\n", "x.txt")
    assert (report.title, report.region, report.year, report.date) == (None, None, None, None)
    assert (report.session, report.speaker, report.source) == (None, None, None)


@pytest.mark.skipif(not _CORPORA, reason="BAOGAO_CORPORA does not name the folder of corpora")
def test_the_corpora_have_the_year_and_the_place_of_their_file_names() -> None:
    folder = Path(_CORPORA or "") / "reports"
    wrong: list[tuple[str, object]] = []
    for path in sorted([*folder.glob("national/*.txt"), *folder.glob("shanghai/*.txt")]):
        report = _report(load(path).text, path.name)
        code = "100000" if path.parent.name == "national" else "310000"
        if report.region is None or report.region.value.code != code:
            wrong.append((path.name, report.region))
        if report.year is None or str(report.year.value) not in path.name:
            wrong.append((path.name, report.year))
    assert wrong == []


def test_a_report_for_the_province_is_of_the_province_whose_places_it_names() -> None:
    text = (
        "政府工作报告\n各位代表:\n现在,我代表省人民政府,向大会报告工作。\n一、2024年工作回顾\n"
        + "郑州国家中心城市建设提速。洛阳、开封、郑州都市圈加快发展。全国领先。\n" * 8
    )
    report = describe(
        normalize(text), document="2025.md", report_id="a", gazetteer=load_gazetteer()
    )
    assert report.region is not None
    assert report.region.value.name == "河南省"


def test_the_day_of_a_session_is_read_from_the_news_of_it() -> None:
    text = (
        "某县第十六届人民代表大会第二次会议开幕\n【发布日期:2018-01-18】\n"
        "1月18日上午九时,绩溪县第十六届人民代表大会第二次会议在文体中心开幕。\n"
        "李蓉县长代表县人民政府向大会作政府工作报告。\n"
    )
    report = describe(normalize(text), document="a.txt", report_id="a", gazetteer=load_gazetteer())
    assert report.date is not None
    assert report.speaker is not None
    assert (report.date.value, report.speaker.value) == ("2018-01-18", "李蓉")

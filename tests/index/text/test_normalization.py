import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ingestion.loaders import load
from index.text.boilerplate import content_end, is_debris
from index.text.folding import _WORD, LOST
from index.text.lines import _STARTS
from index.text.normalization import Normalized, normalize
from index.types import Span

SEEDS = sorted((Path(__file__).parents[3] / "seeds" / "reports").glob("*.txt"))
DEBRIS = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("debris_cases.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
RAW = {path.name[:3]: load(path).text for path in SEEDS}


def clean(raw: str) -> str:
    return normalize(raw).text


# --- what print, pages and copy protection leave ------------------------------------------------


@pytest.mark.parametrize("case", DEBRIS, ids=lambda case: case["raw"])
def test_debris_goes_and_torn_numbers_are_whole(case: dict[str, str]) -> None:
    normalized = normalize(case["raw"])

    assert normalized.text == case["clean"]
    assert clean(normalized.text) == normalized.text
    for found in re.finditer(r"\d+(?:\.\d+)?", normalized.text):
        raw = normalized.raw_span(Span(*found.span())).of(case["raw"])
        assert (raw[0], raw[-1]) == (found[0][0], found[0][-1])


# --- glosses and lost characters ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("大會(huì )議", "大会议"),
        ("開(kāi)幕", "开幕"),
        ("專(zhuān)題", "专题"),
        ("買(mǎi)萬(wàn)國", "买万国"),
        ("綠(lǜ)色", "绿色"),
        ("他們(men)說(shuō)", "他们说"),
        ("開 （kāi） 幕", "开幕"),
    ],
)
def test_a_gloss_behind_its_character_goes(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    "text",
    [
        "国内生产总值(GDP)增长",
        "购买力平价(PPP)",
        "方案(a)",
        "重量(kg)",
        "奏(唱)国歌",
        "猇亭(xiaoting)",
        "5(dB)",
    ],
)
def test_brackets_of_the_text_stay(text: str) -> None:
    assert clean(text) == text


def test_no_gloss_of_a_glossed_page_survives() -> None:
    assert len(re.findall(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔù]+ ?\)", RAW["001"])) == 719
    assert not re.search(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", clean(RAW["001"]))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("錨定“兩個(gè)確!,實(shí)施", f"锚定“两个确{LOST},实施"),
        ("錨定“兩個(gè)確!、項目化", f"锚定“两个确{LOST}、项目化"),
        ("體現新?lián)、展現", f"体现新{LOST}、展现"),
        ("劉宏?yáng)|、張現儉", f"刘宏{LOST}、张现俭"),
        ("破損\ufffd的字", f"破损{LOST}的字"),
    ],
)
def test_a_lost_character_is_marked_not_guessed(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_an_exclamation_at_its_place_stays() -> None:
    assert clean("各位代表!过去一年") == "各位代表!过去一年"


# --- script, width, spaces ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("報告顯示經濟穩步發展", "报告显示经济稳步发展"),
        ("計畫與乾旱", "计划与干旱"),
        ("乾隆年間,乾县", "乾隆年间,乾县"),
        ("憑藉瞭解", "凭借了解"),
        ("２０２３年，增长７．５％（预计）；目标：８", "2023年,增长7.5%(预计);目标:8"),
        ("“引号”、顿号。《书名》「引」", "“引号”、顿号。《书名》「引」"),
        ("零\u200b宽\u00ad度\ufeff", "零宽度"),
        ("\ufeff开头", "开头"),
        ("政 府 工 作 报 告", "政府工作报告"),
        ("市长 刘 凯", "市长 刘凯"),
        ("区长\u3000\u3000张\u3000天喜", "区长 张天喜"),
        ("隆重开幕 葛巧红宣布", "隆重开幕 葛巧红宣布"),
        ("达到 255 亿元", "达到255亿元"),
        ("1 9 9 3 年3 月", "1993年3月"),
        ("3.6 : 48 : 48.4", "3.6:48:48.4"),
        ("2022年02月22日 11:02   来源:嘉峪关日报   ", "2022年02月22日 11:02 来源:嘉峪关日报"),
        ("## 一、回顾\n**GDP**增长", "一、回顾\nGDP增长"),
        ("C# 语言", "C# 语言"),
        ("New  Area\u00a0plan", "New Area plan"),
    ],
)
def test_characters_and_spaces_are_folded(raw: str, expected: str) -> None:
    assert clean(raw) == expected


# --- paragraphs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("一段。\r\n\r\n二段。\r\n", "一段。\n二段。"),
        ("一段。\r二段。", "一段。\n二段。"),
        ("提出意见。 　　一、回顾 　　过去一年,好。", "提出意见。\n一、回顾\n过去一年,好。"),
        ("市长　应勇 各位代表： 　　现在", "市长 应勇\n各位代表:\n现在"),
        ("市长在会上说。他作了报告 各位代表:现在", "市长在会上说。他作了报告\n各位代表:现在"),
        ("意见。 一、2023年工作回顾 过去一年", "意见。\n一、2023年工作回顾\n过去一年"),
        ("按照\n共同綱領\n的規定，先後", "按照\n共同纲领的规定,先后"),
        ("制定的《\n关于教育的决定\n》，把", "制定的《关于教育的决定》,把"),
        (
            "\n\n会议听了同志\n关于草案的报告\n并进行了\n讨论\n，接着通过。\n\n二段。",
            "会议听了同志关于草案的报告并进行了讨论,接着通过。\n二段。",
        ),
        ("政府工作报\n告", "政府工作报告"),
        ("一是\n加快建设。", "一是加快建设。"),
        ("●让信心强起来\n\n稳预期。", "●让信心强起来\n稳预期。"),
    ],
)
def test_paragraphs_are_lines(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_a_sentence_wrapped_by_the_page_is_joined() -> None:
    text = clean(RAW["004"])
    assert "一般公共预算收入完成113.3亿元" in text
    assert "疫情反复冲击" in text
    assert "\n2022年工作回顾\n" in text
    assert "\n铁腕治污、捍卫绿色,生态底色愈发鲜明靓丽\n" in text


def test_a_text_in_a_narrow_column_is_joined() -> None:
    paragraph = "全市上下坚持稳中求进工作总基调,扎实推进各项工作,经济运行总体平稳。" * 4 + "好。"
    lines = [paragraph[i : i + 30] for i in range(0, len(paragraph), 30)]
    raw = "\n".join(["2022年工作回顾", *lines] * 6)
    full_stops = sum(line.endswith("。") for line in lines[:-1])
    assert clean(raw) == "\n".join(["2022年工作回顾", paragraph] * 6)
    assert full_stops == 0


# --- debris -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("001", "![]"),
        ("001", "|"),
        ("001", "免责声明"),
        ("002", "查看余下全文"),
        ("002", "精彩图片"),
        ("003", "导航菜单"),
        ("003", "本文仅代表作者观点"),
        ("003", "本文地址"),
        ("003", "留言与评论"),
        ("003", "验证码"),
    ],
)
def test_what_the_page_left_is_gone(name: str, gone: str) -> None:
    assert gone not in clean(RAW[name])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("001", "(记者翟倩倩、郭嘉莉)"),
        ("001", "本报记者 赵林峰 王正义 摄"),
        ("002", "2022年02月22日 11:02 来源:嘉峪关日报"),
        ("002", "(责任编辑:石兰兰)"),
        ("002", "嘉峪关市代市长 刘凯"),
    ],
)
def test_who_wrote_it_when_stays(name: str, kept: str) -> None:
    assert kept in clean(RAW[name])


# --- the map ------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "會(huì )議", "開(kāi)幕", "(GDP)", "確!,", "新?lián)、", "\u3000\u3000", "  ", " ", "\n",
        "\r\n", "\n\n", "，", "。", "２０２３年", "７．５％", "一、", "（二）", "查看余下全文",
        "\n|\n", "![]() |", "\n打印 关闭\n", "刘 凯", "政 府 工 作", "New Area", "\u200b", "《",
        "》", "●", "——", "各位代表：", "（下转第四版）", "11:02 来源:", "乾隆", "計畫", "的",
        "1 9 9 8 年", "# ", "**", "”", "\ufffd",
    ]
)  # fmt: skip
FRAGMENTS = st.builds(
    lambda name, start, length: RAW[name][start % len(RAW[name]) :][:length],
    st.sampled_from(sorted(RAW)),
    st.integers(0, 20_000),
    st.integers(1, 80),
)
TEXTS = st.lists(st.one_of(PIECES, FRAGMENTS), max_size=14).map("".join)
MANY = settings(max_examples=300)


@MANY
@given(TEXTS)
def test_clean_text_is_its_own_normal_form(raw: str) -> None:
    text = clean(raw)
    assert clean(text) == text


@MANY
@given(TEXTS)
def test_the_map_is_total_and_monotonic(raw: str) -> None:
    normalized = normalize(raw)
    last = 0
    for index in range(len(normalized.text)):
        span = normalized.raw_span(Span(index, index + 1))
        assert last <= span.start < span.end <= len(raw)
        last = span.end


@MANY
@given(TEXTS, st.data())
def test_going_to_raw_and_back_gives_the_span(raw: str, data: st.DataObject) -> None:
    normalized = normalize(raw)
    span = data.draw(_spans(len(normalized.text)))
    if span:
        assert normalized.clean_span(normalized.raw_span(span)) == span


@MANY
@given(TEXTS.filter(len), st.data())
def test_a_clean_span_covers_its_raw_one(raw: str, data: st.DataObject) -> None:
    normalized = normalize(raw)
    span = data.draw(_spans(len(raw)).filter(len))
    covering = normalized.clean_span(span)
    for index in range(len(normalized.text)):
        extent = normalized.raw_span(Span(index, index + 1))
        touched = extent.start < span.end and span.start < extent.end
        assert touched == (covering.start <= index < covering.end)


@MANY
@given(TEXTS, st.data())
def test_paragraphs_normalize_alone_as_in_the_whole(raw: str, data: st.DataObject) -> None:
    normalized = normalize(raw)
    paragraphs = [Span(*found.span()) for found in re.finditer("[^\n]+", normalized.text)]
    if paragraphs:
        first = data.draw(st.integers(0, len(paragraphs) - 1))
        last = data.draw(st.integers(first, len(paragraphs) - 1))
        span = Span(paragraphs[first].start, paragraphs[last].end)
        assert clean(normalized.raw_span(span).of(raw)) == span.of(normalized.text)


@MANY
@given(TEXTS, st.data())
def test_a_part_of_a_line_normalizes_alone_as_in_the_whole(raw: str, data: st.DataObject) -> None:
    normalized = normalize(raw)
    span = data.draw(_spans(len(normalized.text)))
    if span and not _is_excepted(normalized, span):
        assert clean(normalized.raw_span(span).of(raw)) == span.of(normalized.text)


@pytest.mark.parametrize("name", sorted(RAW))
def test_the_map_survives_its_bytes(name: str) -> None:
    offsets = normalize(RAW[name]).offsets
    assert type(offsets).from_bytes(offsets.to_bytes()) == offsets


def test_real_corpora_are_their_own_normal_form() -> None:
    folder = os.environ.get("BAOGAO_CORPORA")
    if not folder:
        pytest.skip("BAOGAO_CORPORA names no folder of corpora")
    for path in sorted(Path(folder, "reports").rglob("*.txt")):
        text = clean(load(path).text)
        assert clean(text) == text, path.name


def _spans(length: int) -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(0, length), st.integers(0, length)).map(
        lambda ends: Span(min(ends), max(ends))
    )


def _is_excepted(normalized: Normalized, span: Span) -> bool:
    """The exceptions that the module's docstring states, for spans within one line."""
    part = span.of(normalized.text)
    whole = normalized.raw_span(span)
    raw = whole.of(normalized.raw)
    edges = raw[:4] + raw[-4:]
    return (
        bool(re.search(r"[\n\r\v\f]|\s{3}", raw) or "\n" in part)
        or part != part.strip()
        or is_debris(part)
        or content_end(part) != len(part)
        or part.startswith(LOST)
        or part.endswith(LOST)
        or bool(re.search(r"\s", edges))
        or (" " in part and _STARTS.match(part) is not None)
        or any(
            found.start() < edge < found.end()
            for found in _WORD.finditer(normalized.raw)
            for edge in (whole.start, whole.end)
        )
    )


def test_a_heading_in_bold_ends_its_line() -> None:
    raw = "**一、经济发展步伐加快** 预计2003年全区生产总值1850亿元。"
    clean = normalize(raw)
    assert clean.text == "一、经济发展步伐加快\n预计2003年全区生产总值1850亿元。"
    start = clean.text.index("预计")
    assert clean.raw_span(Span(start, start + 2)).of(raw) == "预计"


def test_a_page_that_turns_inside_a_paragraph_breaks_no_line() -> None:
    raw = "地区生产总值增\f长6%。\n\f二、目标\n新增就业\f\f3万人。\f\n"
    found = normalize(raw)
    assert found.text == "地区生产总值增长6%。\n二、目标\n新增就业3万人。"
    assert found.raw_span(Span(0, 11)).of(raw) == "地区生产总值增\f长6%。"

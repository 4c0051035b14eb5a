from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.errors import GroundingError
from assistant.grounding.check import Sources, ground
from assistant.types import Answer, AnswerFigure, Citation
from index.lexicon.indicators import load_lexicon
from index.places.gazetteer import load_gazetteer

RAW = {
    "a.txt": "地区生产总值增长7%。今年目标是:固定资产投资增长11%以上。",
    "b.txt": "地区生产总值255亿元,增长4.3%。",
}


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Sources(RAW.__getitem__, list, load_lexicon(), load_gazetteer())


def _citation(n: int, document: str, quote: str, region: str) -> Citation:
    start = RAW[document].index(quote)
    return Citation(n, document, start, start + len(quote), quote, None, region, 2023)


GROWTH = _citation(1, "a.txt", "地区生产总值增长7%", "焦作市")
INVESTMENT = _citation(2, "a.txt", "固定资产投资增长11%以上", "焦作市")
LEVEL = _citation(3, "b.txt", "地区生产总值255亿元", "玉门市")
YUMEN_GROWTH = _citation(4, "b.txt", "增长4.3%", "玉门市")
FIGURES = (
    AnswerFigure("焦作市", "地区生产总值", "growth_yoy", "actual", "2022", "7", "%", None, (1,)),
    AnswerFigure("焦作市", "固定资产投资", "growth_yoy", "target", "2023", "11", "%", "以上", (2,)),
    AnswerFigure("玉门市", "地区生产总值", "level", "actual", "2022", "255", "亿元", None, (3,)),
    AnswerFigure("玉门市", "地区生产总值", "growth_yoy", "actual", "2022", "4.3", "%", None, (4,)),
)
TWO = "焦作市2022年地区生产总值增长7%[1]。\n\n玉门市2022年地区生产总值增长4.3%[4]。\n\n"
GREW = "玉门市2022年地区生产总值为255亿元[3]，增长4.3%[4]。"
QUOTATION = Answer("?", "zh-Hans", "焦作市：“地区生产总值增长7%”[1]", citations=(GROWTH,))


def _answer(text: str, question: str = "?", language: str = "zh-Hans") -> Answer:
    """An answer of any words, with the citations and figures that its marks want."""
    citations = tuple(c for c in (GROWTH, INVESTMENT, LEVEL, YUMEN_GROWTH) if f"[{c.n}]" in text)
    numbers = {citation.n for citation in citations}
    return Answer(
        question,
        language,  # type: ignore[arg-type]
        text,
        citations=citations,
        figures=tuple(figure for figure in FIGURES if figure.marks[0] in numbers),
    )


# Citations


def test_an_exact_answer_passes_unchanged(sources: Sources) -> None:
    assert ground(QUOTATION, sources) is QUOTATION


def test_a_quote_that_is_not_its_span_is_refused(sources: Sources) -> None:
    shifted = replace(QUOTATION, citations=(replace(GROWTH, start=1),))
    with pytest.raises(GroundingError, match=r"citation \[1\]: expected '地区生产总值增长7%'"):
        ground(shifted, sources)


def test_a_mark_without_a_citation_is_refused(sources: Sources) -> None:
    with pytest.raises(GroundingError, match=r"found \[1, 2\]"):
        ground(replace(QUOTATION, text=QUOTATION.text + "[2]"), sources)


def test_a_citation_without_a_mark_is_refused(sources: Sources) -> None:
    with pytest.raises(GroundingError, match=r"found \[\]"):
        ground(replace(QUOTATION, text="焦作市"), sources)


# What is borne out


@pytest.mark.parametrize(
    "text",
    [
        "焦作市2022年地区生产总值增长7%[1]。",
        "焦作市2022年地區生產總值增長百分之七[1]。",
        "2022年，焦作市的GDP实际增长了７％[1]。",
        "焦作市2023年固定资产投资的目标是增长11%以上[2]，2022年地区生产总值增长7%[1]。",
        "Jiaozuo plans investment growth of at least 11% in 2023 [2].",
        "In 2022, Yumen's GDP was 25.5 billion yuan (255亿元) [3], up 4.3% [4].",
        "In Yumen, GDP grew by 4.3 percent in 2022. [4]",
        "玉门市2022年地区生产总值为二百五十五亿元[3]。",
        "玉门市2022年地区生产总值为0.0255万亿元[3]。",
        TWO + "焦作市高于玉门市，相差2.7个百分点：7% − 4.3% = 2.7个百分点。",
        TWO + "焦作市是玉门市的1.63倍：7 ÷ 4.3 ≈ 1.63。",
        TWO + "Jiaozuo is 1.63 times Yumen: 7 ÷ 4.3 ≈ 1.63.",
        GREW + "玉门市2021年地区生产总值约为244.5亿元（255亿元 ÷ (1 + 4.3%) ≈ 244.5亿元）。",
    ],
)
def test_what_the_sources_bear_out_passes_however_it_is_worded(sources: Sources, text: str) -> None:
    answer = _answer(text)
    assert ground(answer, sources) is answer


@pytest.mark.parametrize(
    "text",
    [
        "焦作市2022年地区生产总值增长7%。",
        "焦作市2022年地区生产总值增长八成[1]。",
        "焦作市2022年地区生产总值下降7%[1]。",
        "焦作市2022年地区生产总值增长7%以上[1]。",
        "焦作市2022年地区生产总值增长7个百分点[1]。",
        "玉门市2022年地区生产总值增长7%[1]。",
        "焦作市2023年地区生产总值增长7%[1]。",
        "焦作市2023年地区生产总值的目标是增长7%[1]。",
        "焦作市2023年固定资产投资增长11%以上[2]。",
        "焦作市2023年固定资产投资的目标是增长11%[2]。",
        "Yumen's GDP in 2022 was 25.5 billion US dollars (255亿元) [3].",
        "Yumen's GDP in 2022 was twenty-six billion yuan (255亿元) [3].",
        "Lanzhou's GDP in 2022 was 25.5 billion yuan (255亿元) [3].",
    ],
)
def test_what_they_do_not_is_withheld(sources: Sources, text: str) -> None:
    grounded = ground(_answer(text), sources)
    assert (grounded.abstained, grounded.reason) == (True, "not_stated")
    assert not set("123456789") & set(grounded.text)


@pytest.mark.parametrize(
    "verdict",
    [
        "玉门市高于焦作市，相差2.7个百分点：7% − 4.3% = 2.7个百分点。",
        "焦作市高于玉门市，相差2.8个百分点：7% − 4.3% = 2.8个百分点。",
        "焦作市高于玉门市，相差2.7%：7% − 4.3% = 2.7%。",
        "玉门市高于焦作市，相差-2.7个百分点：4.3% − 7% = -2.7个百分点。",
        "焦作市高于玉门市，相差3个百分点：7% − 4% = 3个百分点。",
        "玉门市增长最快，为7%。",
        "两地平均增长5.65%。",
    ],
)
def test_a_wrong_verdict_is_withheld_and_its_figures_stay(sources: Sources, verdict: str) -> None:
    stated = "焦作市2022年地区生产总值增长7%[1]。\n\n玉门市2022年地区生产总值增长4.3%[4]。"
    grounded = ground(_answer(f"{verdict}\n\n{stated}"), sources)
    assert verdict not in grounded.text
    assert "焦作市2022年地区生产总值增长7%[1]。" in grounded.text


# What is left


def test_a_withheld_sentence_takes_its_citation_along_and_marks_are_counted_anew(
    sources: Sources,
) -> None:
    text = "焦作市2022年地区生产总值增长8%[1]。玉门市2022年地区生产总值为255亿元[3]。"
    grounded = ground(_answer(text), sources)
    assert grounded.text.startswith("玉门市2022年地区生产总值为255亿元[1]。\n\n")
    assert [(c.n, c.document) for c in grounded.citations] == [(1, "b.txt")]
    assert [figure.marks for figure in grounded.figures] == [(1,)]


@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hans", "核对"), ("zh-Hant", "核對"), ("en", "withheld")]
)
def test_the_answer_says_in_its_language_that_something_is_withheld(
    sources: Sources, language: str, words: str
) -> None:
    text = "焦作市2022年地区生产总值增长8%[1]。玉门市2022年地区生产总值为255亿元[3]。"
    assert words in ground(_answer(text, language=language), sources).text


def test_a_list_loses_the_item_that_fails_and_keeps_the_others(sources: Sources) -> None:
    text = "焦作市2023年的目标：\n1. 固定资产投资增长11%以上[2]\n2. 地区生产总值增长7%[1]"
    grounded = ground(_answer(text), sources)
    assert "1. 固定资产投资增长11%以上[1]" in grounded.text
    assert "7%" not in grounded.text


def test_a_list_of_which_nothing_is_left_loses_its_head(sources: Sources) -> None:
    text = (
        "焦作市2022年地区生产总值增长7%[1]。\n\n焦作市2022年完成：\n1. 固定资产投资增长11%以上[2]"
    )
    grounded = ground(_answer(text), sources)
    assert "完成" not in grounded.text
    assert "7%[1]" in grounded.text


def test_a_table_row_that_fails_goes_and_so_does_the_verdict_over_it(sources: Sources) -> None:
    text = (
        "焦作市的地区生产总值增速最高，7%。\n\n| 地区 | 时期 | 地区生产总值 |\n|---|---|---|\n"
        "| 焦作市 | 2021年完成 | 增长7% [1] |\n| 玉门市 | 2022年完成 | 增长4.3% [4] |"
    )
    grounded = ground(_answer(text), sources)
    assert "7%" not in grounded.text
    assert "| 玉门市 | 2022年完成 | 增长4.3% [1] |" in grounded.text


def test_an_abstention_may_name_the_year_and_place_that_were_asked(sources: Sources) -> None:
    answer = Answer("北京呢", "zh-Hans", "没有编入北京市2031年的报告。", True, "no_report")
    assert ground(answer, sources) is not answer
    asked = replace(answer, question="北京2031年的目标")
    assert ground(asked, sources) is asked


@pytest.mark.parametrize("run", ["1,", "2023年", "7% − ", "1=", "(1+", "“", "[", "一百"])
def test_long_runs_are_read_at_once(sources: Sources, run: str) -> None:
    answer = Answer("?", "zh-Hans", run * 20_000, True, "not_stated")
    assert len(ground(answer, sources).text) <= len(answer.text)

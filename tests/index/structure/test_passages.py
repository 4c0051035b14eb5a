import os
from pathlib import Path

import pytest

from index.ingestion.loaders import load
from index.structure.passages import MAX_LENGTH, split
from index.structure.repetition import repeated_spans
from index.structure.sentences import sentences
from index.text.normalization import normalize
from index.types import Passage, Span

SEEDS = sorted((Path(__file__).parents[3] / "seeds" / "reports").glob("*.txt"))
TEXTS = {path.name[:3]: load(path).text for path in SEEDS}


def of(raw: str) -> list[Passage]:
    return split(normalize(raw), "r")


def paths(raw: str) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(passage.headings for passage in of(raw)))


def check(raw: str) -> None:
    """All that is not a repetition is in passages, in order, each whole sentences of its text."""
    normalized = normalize(raw)
    passages = split(normalized, "r")
    covered: set[int] = set()
    for span in [*repeated_spans(normalized.text), *(passage.span for passage in passages)]:
        assert covered.isdisjoint(range(span.start, span.end))
        covered.update(range(span.start, span.end))
    assert not [i for i, c in enumerate(normalized.text) if c != "\n" and i not in covered]
    assert [passage.span for passage in passages] == sorted(passage.span for passage in passages)
    ends = {span.end for span in sentences(normalized.text)}
    for passage in passages:
        assert passage.text == passage.span.of(normalized.text)
        assert passage.raw_span == normalized.raw_span(passage.span)
        assert passage.span.end in ends
        assert len(passage.text) <= MAX_LENGTH or len(sentences(passage.text)) <= 3


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_passages_hold_all_of_a_report(name: str) -> None:
    check(TEXTS[name])


def test_passages_hold_all_of_real_corpora() -> None:
    folder = os.environ.get("BAOGAO_CORPORA")
    if not folder:
        pytest.skip("BAOGAO_CORPORA names no folder of corpora")
    for path in sorted(Path(folder, "reports").rglob("*.txt")):
        check(load(path).text)


def test_passages_are_numbered_in_order() -> None:
    passages = of(TEXTS["004"])
    assert [passage.id for passage in passages[:2]] == ["r-0000", "r-0001"]
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))


# --- headings -----------------------------------------------------------------------------------


def test_a_passage_stands_under_the_path_of_headings() -> None:
    raw = "一、回顾\n好。\n(一)工业。增长。\n1、钢铁\n多。\n(二)农业。丰收。\n二、任务\n努力。"
    assert paths(raw) == [
        ("一、回顾",),
        ("一、回顾", "(一)工业"),
        ("一、回顾", "(一)工业", "1、钢铁"),
        ("一、回顾", "(二)农业"),
        ("二、任务",),
    ]


def test_a_passage_begins_with_its_own_headings() -> None:
    assert of("一、回顾\n(一)工业\n产值增长。")[0].text == "一、回顾\n(一)工业\n产值增长。"


def test_a_passage_does_not_cross_a_heading() -> None:
    assert [passage.text for passage in of("一、甲事\n好。\n二、乙事\n好。")] == [
        "一、甲事\n好。",
        "二、乙事\n好。",
    ]


def test_headings_in_one_paragraph_part_it() -> None:
    found = [passage.headings for passage in of(TEXTS["000"])]
    assert ("一、坚持项目攻坚不动摇,加速聚集经济发展新动能",) in found
    assert ("八、坚持民生为本,不断提高人民生活品质",) in found
    assert found[-1] == ()


def test_an_outline_in_a_sentence_is_no_heading() -> None:
    assert paths("报告分四个部分:一、过去5年工作回顾;二、主要目标;三、重点工作。") == [()]


def test_enumerations_are_no_headings() -> None:
    assert paths("做好工作:一是稳增长。二是促改革。三要惠民生。") == [()]


def test_items_of_targets_are_no_headings() -> None:
    assert paths("目标是:\n——生产总值增长8%;\n——投资增长20%。") == [()]


@pytest.mark.parametrize("item", ["1.增长3.5%", "2、投资20亿元", "增长7%左右", "|指标|数值|"])
def test_lines_of_figures_and_tables_are_no_headings(item: str) -> None:
    assert paths(f"一、甲\n好。\n{item}\n这是下面的一个段落,有一些内容,比上面的长。\n") == [
        ("一、甲",)
    ]


def test_an_item_with_its_topic_heads_its_own_paragraph() -> None:
    assert paths("二、任务\n努力建设:\n——富裕雄关。做大总量。\n各位代表!努力。") == [
        ("二、任务",),
        ("二、任务", "富裕雄关"),
    ]


def test_lines_without_number_above_paragraphs_are_headings() -> None:
    found = paths(TEXTS["004"])
    assert ("2022年工作回顾",) in found
    assert ("做好全年工作", "●让发展信心强起来") in found
    assert ("努力建设人民满意政府", "◆心中有党,忠诚不渝") in found
    assert ("科学防治、精准施策,疫情防控交出优异答卷",) in found


def test_titles_and_bylines_are_no_headings() -> None:
    assert paths(TEXTS["002"])[0] == ()
    assert paths(TEXTS["001"]) == [()]


def test_an_appendix_stands_beside_the_report() -> None:
    assert paths("一、任务\n努力。\n附件\n名单如下。")[-1] == ("附件",)


# --- length -------------------------------------------------------------------------------------


def test_a_long_section_is_filled_evenly() -> None:
    lengths = [len(passage.text) for passage in of("工作顺利推进。" * 60)]
    assert len(lengths) == 2
    assert max(lengths) - min(lengths) < 20


def test_a_single_long_sentence_stays_whole() -> None:
    assert len(of("甲" * 500 + "。" + "乙丙。")[0].text) == 501


def test_the_second_copy_of_an_article_is_left_out() -> None:
    (copy,) = repeated_spans(normalize(TEXTS["001"]).text)
    assert all(passage.span.end <= copy.start for passage in of(TEXTS["001"]))


def test_a_text_of_nothing_has_no_passages() -> None:
    assert of("  \n ") == []
    assert Span(0, 0) not in [passage.span for passage in of("一。")]

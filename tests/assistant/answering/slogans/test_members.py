"""A formula of N is told by N things that bear its noun, not by more or fewer."""

from __future__ import annotations

import pytest

from assistant.answering.slogans.members import formulas_in, joined, members


@pytest.mark.parametrize(
    ("question", "formula"),
    [
        ("四个“干”是哪四个", (4, "干")),
        ("“三个年”是哪三个年", (3, "年")),
        ("为打造哪六个“湛江”作贡献", (6, "湛江")),
        ("五向图强是哪五向", (5, "向图强")),
        ("“2个首次突破”指什么", (2, "首次突破")),
    ],
)
def test_a_formula_is_its_count_and_its_noun(question: str, formula: tuple[int, str]) -> None:
    assert formula in formulas_in(question)


def test_a_count_of_anything_is_no_formula() -> None:
    assert formulas_in("抓好哪八个方面的工作") == []


@pytest.mark.parametrize(
    ("count", "noun", "text", "told"),
    [
        (2, "干", "要提高站位“对标干”;要知责履职“主动干”。真抓实干。", ["对标干", "主动干"]),
        (
            3,
            "湛江",
            "为打造产业湛江、生态湛江、平安湛江作出贡献。",
            ["产业湛江", "生态湛江", "平安湛江"],
        ),
        (2, "聚焦", "做到“2个聚焦”:\n聚焦开放,建港。\n聚焦民生,办事。", ["聚焦开放", "聚焦民生"]),
        (2, "向图强", "“向海图强”“向天图强”产业。", ["向海图强", "向天图强"]),
        (
            2,
            "首次突破",
            "即产值首次突破3亿元,增长5%;税收首次突破2亿元。",
            ["产值首次突破3亿元", "税收首次突破2亿元"],
        ),
    ],
)
def test_as_many_things_as_it_counts_stand_together(
    count: int, noun: str, text: str, told: list[str]
) -> None:
    assert [span.of(text) for span in members(count, noun, text)] == told


def test_more_things_than_it_counts_are_not_it() -> None:
    assert members(2, "湛江", "打造产业湛江、生态湛江、平安湛江。") == []


def test_only_things_parted_by_a_list_mark_are_one_quotation() -> None:
    listed, quoted = "产业湛江、生态湛江。", "“对标干”;要“主动干”"
    assert len(joined(members(2, "湛江", listed), listed)) == 1
    assert len(joined(members(2, "干", quoted), quoted)) == 2

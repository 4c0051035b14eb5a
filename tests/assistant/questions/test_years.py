from __future__ import annotations

import pytest

from assistant.questions.years import report_years_in, years_in

ALL = (2020, 2021, 2022, 2023)


@pytest.mark.parametrize(
    "question",
    [
        "2020到2023年每年GDP是多少",
        "2020—2023年历年GDP",
        "2020年至2023年逐年的GDP",
        "二〇二〇年到二〇二三年每年的GDP",
        "GDP in each year from 2020 to 2023",
        "yearly GDP between 2020 and 2023",
        "GDP 2020-2023, year by year",
    ],
)
def test_a_range_is_every_year_where_each_is_asked_for(question: str) -> None:
    assert years_in(question, None)[0] == ALL


@pytest.mark.parametrize(
    "question",
    [
        "2020到2023年年均增长多少",
        "2020—2023年GDP年均增速",
        "2020到2023年平均每年增长多少",
        "year-on-year growth from 2020 to 2023",
        "average growth from 2020 to 2023",
        "GDP growth between 2020 and 2023",
    ],
)
def test_a_range_is_its_two_ends_elsewhere(question: str) -> None:
    assert years_in(question, None)[0] == (2020, 2023)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("每年的GDP,如2020年和2023年", (2020, 2023)),
        ("2023到2020年每年GDP", (2023, 2020)),
        ("1900到2023年每年GDP", (1900, 2023)),
        ("去年GDP", (2022,)),
    ],
)
def test_what_is_no_range_is_not_filled(question: str, years: tuple[int, ...]) -> None:
    assert years_in(question, 2023)[0] == years


def test_the_year_that_a_growth_is_counted_from_is_not_asked_about() -> None:
    assert years_in("2021年和2016年相比增长多少", None)[0] == (2021,)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("上海2024年政府工作报告怎么说人工智能", (2024,)),
        ("2018年国务院政府工作报告由谁作", (2018,)),
        ("2023年的报告", (2023,)),
        ("2022年和2023年报告有什么不同", (2022, 2023)),
        ("What does Shanghai's 2024 report say about housing?", (2024,)),
        ("the 2021 government work report", (2021,)),
        ("the work report of 2021", (2021,)),
        ("2023年GDP目标是多少,报告里怎么说", ()),
        ("GDP growth in 2023", ()),
    ],
)
def test_years_that_a_report_is_named_by_are_told_from_others(
    question: str, years: tuple[int, ...]
) -> None:
    assert report_years_in(question) == years


@pytest.mark.parametrize(
    "question",
    [
        "玉门五年来年均地区生产总值增长多少",
        "运城目前年产多少吨钢",
        "60岁以上年长者有哪些优待",
        "未来年均增速",
        "2018年以来年均增长多少",
        "市长说明年度计划了吗",
    ],
)
def test_words_that_only_look_like_a_relative_year_are_none(question: str) -> None:
    years, _ = years_in(question, 2023)
    assert set(years) <= {2018}


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("来年目标", 2024),
        ("焦作明年计划", 2024),
        ("前年GDP", 2021),
        ("比上年增长", 2022),
        ("去年", 2022),
    ],
)
def test_relative_years_are_told_from_this_one(question: str, year: int) -> None:
    assert years_in(question, 2023)[0] == (year,)


@pytest.mark.parametrize(
    "question", ["长江10年禁渔是什么", "30年前的产量", "12年免费教育覆盖多少人"]
)
def test_a_length_of_time_is_no_year(question: str) -> None:
    assert years_in(question, 2023)[0] == ()

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.answering import structure
from assistant.settings import Settings
from tests.assistant.made_reports import assistant_over
from tests.assistant.prose import Case, cases, check

REPORT = """兰州市政府工作报告
2024年1月8日在兰州市第十七届人民代表大会第四次会议上
各位代表:
一、2024年重点工作
围绕“1+3”产业布局,建设1个核心区,打造3条产业带,形成发展合力。
落实“三个一律”,即一律公开、一律限时、一律问责。
推进东西联动、南北贯通“两大走廊”建设。
新能源车、锂电池、光伏板全市工业“新三样”增长8%。建成4个示范片区。实现“5个率先突破”。
建设“五彩之城”。办好“双高”活动。
名词解释
1.“双高”:高水平高职学校和高水平专业群。
"""


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over({"兰州": REPORT}, tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize("case", cases("definition"), ids=lambda case: str(case["question"]))
def test_a_slogan_is_explained_only_by_the_report(assistant: Assistant, case: Case) -> None:
    check(assistant.ask(case["question"]), case)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("兰州“1+3”产业布局是什么意思", "1个核心区,打造3条产业带"),
        ("兰州的“三个一律”指什么", "即一律公开、一律限时、一律问责"),
        ("兰州“两大走廊”是指什么", "东西联动、南北贯通“两大走廊”"),
        ("兰州“双高”的含义是什么", "高水平高职学校和高水平专业群"),
        ("兰州“新三样”指什么", "新能源车、锂电池、光伏板全市工业“新三样””"),
        ("兰州“五个率先突破”指什么", "实现“5个率先突破”"),
        ("兰州五个率先突破是什么意思", "实现“5个率先突破”"),
        ("兰州“五彩之城”是什么意思", "没有解释其含义"),
    ],
)
def test_every_form_of_explanation_is_known(made: Assistant, question: str, words: str) -> None:
    answer = made.ask(question)
    assert words in answer.text
    assert not answer.abstained


def test_a_slogan_that_no_report_has_is_said_to_be_absent(made: Assistant) -> None:
    answer = made.ask("兰州“九龙戏珠”是什么意思")
    assert (answer.abstained, answer.reason) == (True, "not_stated")
    assert "没有提到“九龙戏珠”" in answer.text


def test_among_many_reports_a_slogan_is_looked_for_where_a_search_finds_it(
    made: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(structure, "_WHOLE", 0)
    assert "1个核心区,打造3条产业带" in made.ask("“1+3”产业布局是什么意思").text
    # Without every word read no one can say that it is nowhere.
    assert "没有提到" not in made.ask("“九龙戏珠”是什么意思").text


PARTS = """兰州市政府工作报告
2024年1月8日在兰州市第十七届人民代表大会第四次会议上
各位代表:
一、过去一年工作回顾
他们说“四个一流”之日,就是群众失望之时。坚持“四稳”“五个先行”,坚定“三个走在前”、做到“两个看齐”。
守住底线,稳增长、稳物价、稳岗位、稳预期,办好一批大事。
以马列、实干精神、“三个走在前”重要要求为指导。
不断树牢质量意识、成本意识、安全意识、服务意识,“四个意识”深入人心。
二、努力建设一流产业、一流城市、一流环境、一流治理,缩小“三大落差”
推进乡村振兴。村村通公路。
推进新区建设。处处有绿地。
推进融合发展。人人有活干。
"""


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over({"兰州": PARTS}, tmp_path_factory.mktemp("counting"))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("四稳是什么", "稳增长、稳物价、稳岗位、稳预期"),
        ("四个意识是什么", "质量意识、成本意识、安全意识、服务意识"),
        ("What are the “four consciousnesses”?", "质量意识、成本意识、安全意识、服务意识"),
    ],
)
def test_a_slogan_that_counts_is_told_by_what_shares_its_noun(
    counting: Assistant, question: str, words: str
) -> None:
    answer = counting.ask(question)
    assert f"“{words}”" in answer.text
    assert not answer.abstained


@pytest.mark.parametrize("slogan", ["五个先行", "两个看齐", "三个走在前", "四个一流", "三大落差"])
def test_what_stands_beside_a_slogan_by_chance_is_not_what_it_counts(
    counting: Assistant, slogan: str
) -> None:
    text = counting.ask(f"“{slogan}”是什么").text
    assert "没有解释" in text
    assert "乡村振兴" not in text


def test_as_many_items_of_something_else_are_no_slogan_that_is_quoted(counting: Assistant) -> None:
    assert "乡村振兴" not in counting.ask("What are the “three represents”?").text

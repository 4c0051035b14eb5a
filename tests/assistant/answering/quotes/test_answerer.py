from __future__ import annotations

import pytest

from assistant.answer import Assistant
from assistant.answering.quotes.named_things import names_things
from tests.assistant.made_reports import assistant_over

REPORT = """兰州市政府工作报告
2024年1月8日在兰州市第十七届人民代表大会第四次会议上
各位代表:
一、2024年重点工作
(一)抓好重大项目建设
切实做好项目谋划。完善项目库。
强化项目服务。推动新建项目尽快开工、在建项目尽快竣工。
扩大有效投资。推动东湖水厂、西岭风电、南山隧道等项目开工建设。
支持民营企业发展,落实减税降费。今年没有提出用电目标,主要因为冬季气温难以预料。
(二)改善交通
开工建设兰江铁路、兰海高铁,建成青石大桥。
支持榆中建设新城。
全市地区生产总值增长6%,既是稳就业的需要,也有条件支撑。
(三)着力办好民生实事
新增养老床位。扩建幼儿园。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over({"兰州": REPORT}, tmp_path_factory.mktemp("quotations"))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("兰州2024年有哪些重大项目", "东湖水厂、西岭风电、南山隧道等项目"),
        ("Which major projects will Lanzhou build in 2024?", "东湖水厂、西岭风电、南山隧道等项目"),
        ("兰州2024年建设哪些铁路", "兰江铁路、兰海高铁"),
    ],
)
def test_which_things_there_are_is_answered_with_their_names(
    assistant: Assistant, question: str, words: str
) -> None:
    answer = assistant.ask(question)
    assert words in answer.text
    assert "项目谋划" not in answer.text


@pytest.mark.parametrize(
    ("text", "thing", "names"),
    [
        ("推动甲水厂、乙风电等重点项目开工", "项目", True),
        ("推动新建项目尽快开工、在建项目尽快竣工", "项目", False),
        ("建成东江大桥、西江大桥", "大桥", True),
        ("加快大桥建设", "大桥", False),
    ],
)
def test_a_statement_names_things_that_it_sets_side_by_side(
    text: str, thing: str, names: bool
) -> None:
    assert names_things(text, thing) is names


def test_a_heading_is_quoted_with_what_it_opens(assistant: Assistant) -> None:
    assert "新增养老床位" in assistant.ask("兰州2024年民生实事有哪些").text


def test_a_place_inside_another_is_answered_by_what_is_said_of_it(assistant: Assistant) -> None:
    answer = assistant.ask("兰州2024年榆中县有什么安排")
    assert [citation.quote for citation in answer.citations] == ["支持榆中建设新城"]


def test_the_figure_of_a_place_around_it_is_not_that_of_a_place(assistant: Assistant) -> None:
    answer = assistant.ask("榆中县2024年地区生产总值增长多少")
    assert answer.abstained
    assert "榆中县" in answer.text


@pytest.mark.parametrize("question", ["兰州2024年对民营企业有什么政策", "兰州2024年民营企业的政策"])
def test_the_policy_on_what_is_also_counted_is_told_in_words(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert "支持民营企业发展" in answer.text
    assert not answer.abstained


def test_why_something_is_not_done_is_told_by_a_sentence_that_denies_it(
    assistant: Assistant,
) -> None:
    assert "主要因为冬季气温难以预料" in assistant.ask("兰州2024年为什么没有用电目标").text


def test_why_a_figure_is_set_is_told_by_a_sentence_that_has_it(assistant: Assistant) -> None:
    answer = assistant.ask("兰州2024年地区生产总值为什么定在6%")
    assert "既是稳就业的需要" in answer.text


def test_a_turn_that_asks_for_one_of_the_things_before_is_answered_on_it(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("其中交通方面呢", history=["兰州2024年重点工作有哪些"])
    assert "兰江铁路" in answer.text

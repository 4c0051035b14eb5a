from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.answering.lists.ranking import asked_count
from assistant.settings import Settings
from index.build import build
from index.structure.enumerations import enumerations
from index.structure.parallelism import parallel_words
from index.structure.passages import split
from index.structure.stock_passages import problems, requirements
from index.text.normalization import normalize
from tests.assistant.made_reports import assistant_over
from tests.assistant.prose import Case, cases, check


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.mark.parametrize("case", cases("list"), ids=lambda case: str(case["question"]))
def test_a_list_is_answered_with_its_heads(assistant: Assistant, case: Case) -> None:
    check(assistant.ask(case["question"]), case)


def heads(raw: str) -> list[list[str]]:
    normalized = normalize(raw)
    found = enumerations(normalized.text, split(normalized, "made"))
    return [[item.of(normalized.text) for item in each.items] for each in found]


@pytest.mark.parametrize(
    ("raw", "items"),
    [
        ("今年要抓好三件事:一是修路;二是架桥;三是种树。", ["一是修路", "二是架桥", "三是种树"]),
        ("要做到:①守信。②守法。", ["①守信", "②守法"]),
        ("目标是:\n——富裕之城。人人有活干。\n——美丽之城。处处见绿。", ["——富裕之城", "——美丽之城"]),
        ("今年抓两件事。\n(一)修路。先修北路。\n(二)架桥。先架东桥。", ["(一)修路", "(二)架桥"]),
        ("任务如下。第一,稳住增长。第二,守住底线。", ["第一,稳住增长", "第二,守住底线"]),
        (
            "必须坚持稳中求进、坚持改革开放、坚持为民办事。",
            ["坚持稳中求进", "坚持改革开放", "坚持为民办事"],
        ),
    ],
)
def test_an_enumeration_is_known_by_its_marks(raw: str, items: list[str]) -> None:
    assert items in heads(raw)


def test_a_number_that_begins_anew_begins_another_enumeration() -> None:
    found = heads("去年:一是修路;二是架桥。今年:一是种树;二是治水;三是清河。")
    assert ["一是修路", "二是架桥"] in found
    assert ["一是种树", "二是治水", "三是清河"] in found


def test_a_count_before_an_enumeration_is_read_in_characters_and_in_digits() -> None:
    assert asked_count("重点抓好以下十一个方面的工作") == 11
    assert asked_count("办好7件实事") == 7
    assert asked_count("the eight priorities") == 8
    assert asked_count("第十二次会议") is None


def test_as_many_kinds_of_a_word_as_are_said_are_found_or_none() -> None:
    text = "要增强学习本领,要增强调研本领,要增强落实本领。"
    assert [span.of(text)[3:5] for span in parallel_words(text, 3, "本领")] == [
        "学习",
        "调研",
        "落实",
    ]
    assert parallel_words(text, 4, "本领") == []


@pytest.mark.parametrize(
    "text",
    [
        "同时,我们清醒认识到,还有不少困难和问题。主要是:产业不强;人才不足;财力紧张。我们一定努力解决。",
        "我们也清醒看到面临的问题和挑战:产业不强,人才不足,财力紧张。对此,我们将采取措施。",
        "我们也清醒地看到,发展面临一些困难。产业不强。人才不足。财力紧张。我们将直面问题。",
    ],
)
def test_admitted_problems_end_where_the_report_turns_to_what_it_will_do(text: str) -> None:
    found = problems(text)
    assert found is not None
    assert [item.of(text) for item in found.items] == ["产业不强", "人才不足", "财力紧张"]


def test_a_report_without_admitted_problems_has_none() -> None:
    assert problems("今年解决了老百姓出行的问题。") is None


def test_the_requirements_of_the_year_are_the_sentence_that_is_called_so() -> None:
    text = "今年政府工作的总体要求是:坚持稳字当头,守住底线。主要目标是增长5%。"
    found = requirements(text)
    assert found is not None
    assert [item.of(text) for item in found.items] == ["坚持稳字当头,守住底线"]


def test_a_list_that_falls_short_of_its_own_count_says_so(tmp_path: Path) -> None:
    report = (
        "兰州市政府工作报告\n2024年1月8日在兰州市第十七届人民代表大会第四次会议上\n各位代表:\n"
        "一、2024年重点工作\n今年要重点抓好四个方面工作:\n"
        "(一)抓项目。全力以赴扩大投资。\n(二)抓消费。千方百计释放潜力。\n"
        "(三)抓创新。一心一意培育动能。\n二、加强自身建设\n依法行政,廉洁从政。\n"
    )
    (tmp_path / "兰州.txt").write_text(report, encoding="utf-8")
    build([tmp_path / "兰州.txt"], data=tmp_path / "data")
    answer = open_assistant(Settings(data=tmp_path / "data")).ask("兰州今年重点抓哪些方面的工作")
    assert not answer.abstained
    assert "少于所说的数目" in answer.text
    assert "(三)抓创新" in answer.text


LISTING = (
    "兰州市政府工作报告\n2024年1月8日在兰州市第十七届人民代表大会第四次会议上\n各位代表:\n"
    "一、过去一年的回顾和新阶段的任务\n去年增长不快。其原因:一是需求不足,二是投入不够。\n"
    "老工业区转型步子不大。群众收入增长不快。\n二、2024年工作安排\n今年要突出抓好三个方面的工作:\n"
    "(一)抓项目。全力以赴扩大投资。\n(二)抓消费。千方百计释放潜力。\n(三)抓创新。培育动能。\n"
    "三、打好“三大攻坚战”\n打好“三大攻坚战”,要采取新举措。\n"
    "打好防范风险攻坚战。守住底线。\n打好脱贫攻坚战。一户不落。\n打好治污攻坚战。天天见蓝。\n"
    "四、加强创新\n石油化工、装备制造和生物医药三大产业集群不断壮大。着力办好民生实事。\n"
)


@pytest.fixture(scope="module")
def listing(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over({"兰州": LISTING}, tmp_path_factory.mktemp("listing"))


@pytest.mark.parametrize("question", ["三大攻坚战是什么", "兰州的“三大攻坚战”指什么"])
def test_a_slogan_that_counts_is_told_by_the_list_under_its_name(
    listing: Assistant, question: str
) -> None:
    text = listing.ask(question).text
    assert [text.count(each) for each in ("防范风险", "脱贫", "治污")] == [1, 1, 1]
    assert "没有解释" not in text


@pytest.mark.parametrize("question", ["三大产业集群有哪些", "三大产业集群是什么"])
def test_a_slogan_that_counts_is_told_by_the_words_before_it(
    listing: Assistant, question: str
) -> None:
    assert "石油化工、装备制造和生物医药三大产业集群" in listing.ask(question).text


def test_a_list_of_something_else_in_a_section_on_tasks_is_no_list_of_tasks(
    listing: Assistant,
) -> None:
    text = listing.ask("2024年政府工作报告提出了哪些任务").text
    assert "需求不足" not in text
    assert "抓项目" in text


def test_as_many_of_another_kind_are_not_the_list_asked_for(listing: Assistant) -> None:
    text = listing.ask("兰州2024年为民办的三件实事是什么").text
    assert "抓消费" not in text


def test_where_a_list_is_asked_for_no_figure_is_said_to_be_missing(listing: Assistant) -> None:
    answer = listing.ask("兰州2024年民生实事有哪些")
    assert "着力办好民生实事" in answer.text
    assert not answer.abstained

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.questions.glossary import offices_in
from assistant.questions.person_names import in_pinyin, latin_names, misnamed, spelled
from assistant.settings import Settings
from tests.assistant.prose import Case, cases, check


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.mark.parametrize("case", cases("people"), ids=lambda case: str(case["question"]))
def test_the_words_that_say_who_when_and_where_are_quoted(assistant: Assistant, case: Case) -> None:
    check(assistant.ask(case["question"]), case)


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("葛巧红", "Ge Qiaohong"),
        ("刘 凯", "Liu Kai"),
        ("曾庆红", "Zeng Qinghong"),
        ("欧阳修", "Ouyang Xiu"),
        ("单霁翔", "Shan Jixiang"),
    ],
)
def test_a_name_is_written_as_english_writes_it(name: str, pinyin: str) -> None:
    assert in_pinyin(name) == pinyin


def test_a_name_in_pinyin_is_found_in_the_text() -> None:
    assert spelled("Wang Chao", "市委书记王超主持大会") == ["王超"]
    assert spelled("Gaoyi", "高义钢铁、大运汽车") == ["高义"]
    assert spelled("Wang Chao", "会议通过了报告") == []


def test_two_capitalised_words_are_one_name() -> None:
    assert latin_names("post Wang Chao hold") == ["Wang Chao"]


def test_an_office_within_another_is_not_named_twice() -> None:
    assert offices_in("市委常委、市政府常务副市长") == [
        ("市委常委", "member of the standing committee of the CPC municipal committee"),
        ("常务副市长", "executive deputy mayor"),
    ]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Comrade Li Daming spoke.", "李大明同志讲话"),
        ("Mayor Ouyang Hua reported.", "市长欧阳华作报告"),
        ("Chang Le or Zhang Yue", "长乐"),  # each character has two readings
        ("The Long March and Sun Yat-sen", ""),
        ("Gross Domestic Product rose in Our Province.", ""),
    ],
)
def test_a_name_that_the_words_may_be_read_as_is_held(words: str, text: str) -> None:
    assert misnamed(words, text) == []


def test_a_name_that_no_word_is_read_as_is_told() -> None:
    assert misnamed("Secretary Wang Jianguo spoke.", "李大明同志讲话") == ["Wang Jianguo"]

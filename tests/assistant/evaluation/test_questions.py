import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import RecordError
from assistant.evaluation.questions import Evidence, load_questions
from tests.assistant.evaluation.samples import QUESTIONS, questions

PLAIN: dict[str, Any] = {
    "id": "q1",
    "lang": "en",
    "type": "figure_target",
    "question": "How much?",
    "answerable": True,
    "answer": {"must_contain": ["7%"]},
}


def written(folder: Path, *records: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_the_sample_set_loads_whole() -> None:
    assert len(load_questions(QUESTIONS)) == 90


def test_a_pattern_and_its_alternatives_are_one_group() -> None:
    (question,) = questions("ft-040")
    assert question.required[0] == ("2.67万", "26,700", "26700", "2.67萬", "26.7 thousand")
    assert "突破" in question.required[1]


def test_evidence_goes_with_its_document() -> None:
    (question,) = questions("ft-009")
    assert question.evidence[0] == Evidence("003_6c315c879fc3e2f4.txt", "建筑业产值增长20%")


def test_distractors_of_the_evidence_are_known() -> None:
    (question,) = questions("fu-016")
    assert question.forbidden == ("9.6%",)
    assert question.forbidden_in_evidence == {"9.6%"}


def test_earlier_turns_are_kept_in_order() -> None:
    (question,) = questions("fu-010")
    assert question.history == ("嘉峪关2026年GDP目标", "现在是多少?")


def test_fields_that_are_not_known_are_left_unread(tmp_path: Path) -> None:
    (question,) = load_questions(written(tmp_path, PLAIN | {"weight": 3}))
    assert question.id == "q1"


def test_a_byte_order_mark_and_blank_lines_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text("\ufeff" + json.dumps(PLAIN) + "\r\n\r\n", encoding="utf-8")
    assert len(load_questions(path)) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": ""}, 'expected "id" to be a text, found a blank text'),
        ({"lang": "zh"}, 'expected "lang" to be one of zh-Hans, zh-Hant, en, found zh'),
        ({"type": None}, 'expected "type" to be a text, found null'),
        ({"answerable": "yes"}, 'expected "answerable" to be true or false, found a text'),
        ({"history": "before"}, 'expected "history" to be a list of texts, found a text'),
        ({"answer": []}, 'expected "answer" to be an object, found a list'),
        ({"answer": {"must_contain": [7]}}, 'expected texts in "must_contain", found 7'),
        ({"answer": {"must_contain_any": ["7%"]}}, '"must_contain_any" to be a list of texts'),
        ({"evidence": ["7%"]}, 'expected as many "evidence_doc" as "evidence", found 0 and 1'),
    ],
)
def test_a_bad_field_is_told_with_what_was_expected(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    path = written(tmp_path, PLAIN, PLAIN | {"id": "q2"} | change)
    with pytest.raises(RecordError) as caught:
        load_questions(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert message in str(caught.value)


def test_a_missing_field_is_told(tmp_path: Path) -> None:
    record = {name: value for name, value in PLAIN.items() if name != "question"}
    with pytest.raises(RecordError, match='expected "question" to be a text, found no such field'):
        load_questions(written(tmp_path, record))


def test_each_bad_line_has_one_line_of_message(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b'{"id": \n' + json.dumps(PLAIN).encode() + b'\n[1]\n{"id": "\xff"}\n')
    with pytest.raises(RecordError) as caught:
        load_questions(path)
    assert [line.removeprefix(str(path)) for line in str(caught.value).split("\n")] == [
        ":1: expected JSON, found Expecting value at column 8",
        ":3: expected a JSON object, found a list",
        ":4: expected UTF-8, found byte 0xff",
    ]


def test_a_repeated_id_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="expected every id once, found again: q1"):
        load_questions(written(tmp_path, PLAIN, PLAIN))


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="expected one JSON object a line, found an empty file"):
        load_questions(written(tmp_path))

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.evidence import Gold, locate
from assistant.evaluation.questions import EvalQuestion, Evidence, load_questions
from assistant.evaluation.scorers import (
    citation_precision,
    citation_recall,
    citations_exact,
    distractors,
    is_correct,
    is_false_refusal,
    is_strict,
    is_too_long,
    missing,
)
from assistant.types import Answer, Citation
from tests.assistant.evaluation.samples import cases, citation, raw_of

YUMEN = "000_7cb2c06dccb75afe.txt"
JIAOZUO = "001_7692730640d39c1c.txt"
ANSWERS = load_questions(Path(__file__).with_name("answers.jsonl"))


def question(kind: str = "figure_target", language: str = "zh-Hans") -> EvalQuestion:
    return EvalQuestion("q", language, kind, "?", answerable=True)  # type: ignore[arg-type]


def answer(text: str, *citations: Citation) -> Answer:
    return Answer("?", "zh-Hans", text, citations=citations)


def given(case: dict[str, Any]) -> Answer:
    quoted = case["given"].get("quote")
    return Answer(
        question=case["question"],
        language=case["lang"],
        text=case["given"]["answer"],
        abstained=case["given"].get("abstained", False),
        reason=case["given"].get("reason"),
        citations=() if quoted is None else (replace(citation(YUMEN, 0, 1), quote=quoted),),
    )


def quoted(quote: str, n: int = 1, document: str = YUMEN, occurrence: int = 0) -> Citation:
    span = locate(Evidence(document, quote), raw_of).spans[occurrence]
    return citation(document, span.start, span.end, n)


def gold(*quotes: str, document: str = YUMEN) -> list[Gold]:
    return [locate(Evidence(document, quote), raw_of) for quote in quotes]


@pytest.mark.parametrize(
    ("asked", "case"),
    list(zip(ANSWERS, cases("answers.jsonl"), strict=True)),
    ids=lambda value: value.id if isinstance(value, EvalQuestion) else "",
)
def test_an_answer_is_judged(asked: EvalQuestion, case: dict[str, Any]) -> None:
    found = {
        "correct": is_correct(asked, given(case)),
        "strict": is_strict(asked, given(case)),
        "false_refusal": is_false_refusal(asked, given(case)),
    }
    assert found == {"false_refusal": False} | case["expect"]


def test_missing_patterns_are_named_by_the_first_of_their_group() -> None:
    asked = replace(question(), required=(("8%",), ("以上", "at least"), ("亿",)))
    assert missing(asked, answer("8亿元")) == ("8%", "以上")


def test_the_distractors_that_stand_in_the_text_are_named() -> None:
    asked = replace(question(), forbidden=("7%", "8%"))
    assert distractors(asked, answer("17%,8%")) == ("8%",)


@pytest.mark.parametrize(
    ("kind", "language", "limit"),
    [
        ("figure_target", "zh-Hans", 300),
        ("who_when_where", "zh-Hant", 300),
        ("figure_actual", "en", 600),
        ("list_or_summary", "zh-Hans", 1200),
        ("comparison", "en", 1200),
    ],
)
def test_a_dump_of_passages_is_wrong(kind: str, language: str, limit: int) -> None:
    asked = question(kind, language)
    assert is_correct(asked, answer("字" * limit + "[1]"))
    assert is_too_long(asked, answer("字" * (limit + 1) + "[1]"))
    assert not is_correct(asked, answer("字" * (limit + 1) + "[1]"))


def test_citations_of_the_very_characters_are_exact() -> None:
    cited = quoted("地区生产总值增长8%"), quoted("固定资产投资增长20%", n=2)
    assert citations_exact(answer("8%[1],20%[2]", *cited), raw_of) is True


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("8%[1]", {"start": 1}),
        ("8%[1]", {"quote": "地区生产总值增长9%"}),
        ("8%[1]", {"start": 5, "end": 5, "quote": ""}),
        ("8%[1]", {"document": "elsewhere.txt"}),
        ("8%", {}),
        ("8%[1][2]", {}),
        ("8%[2]", {}),
    ],
    ids=["place", "words", "empty", "document", "no mark", "a mark too many", "another mark"],
)
def test_a_citation_that_does_not_hold_is_not_exact(text: str, change: dict[str, Any]) -> None:
    cited = replace(quoted("地区生产总值增长8%"), **change)
    assert citations_exact(answer(text, cited), raw_of) is False


def test_two_citations_of_one_mark_are_not_exact() -> None:
    cited = quoted("地区生产总值增长8%"), quoted("固定资产投资增长20%")
    assert citations_exact(answer("8%[1]", *cited), raw_of) is False


def test_an_answer_without_a_citation_is_not_exact() -> None:
    assert citations_exact(answer("8%"), raw_of) is False


def test_an_abstention_without_a_citation_is_not_measured() -> None:
    assert citations_exact(replace(answer("没有。"), abstained=True), raw_of) is None


def test_precision_is_the_share_of_citations_on_gold_quotes() -> None:
    cited = quoted("地区生产总值增长8%"), quoted("固定资产投资增长20%", n=2)
    assert citation_precision(answer("", *cited), gold("地区生产总值增长8%")) == 0.5


def test_the_same_offsets_in_another_document_are_not_relevant() -> None:
    cited = replace(quoted("地区生产总值增长8%"), document=JIAOZUO)
    assert citation_precision(answer("", cited), gold("地区生产总值增长8%")) == 0


def test_recall_is_the_share_of_gold_quotes_cited() -> None:
    cited = quoted("地区生产总值增长8%")
    wanted = gold("地区生产总值增长8%", "固定资产投资增长20%")
    assert citation_recall(answer("", cited), wanted) == 0.5


def test_a_quote_is_recalled_wherever_the_report_repeats_it() -> None:
    cited = quoted("一般公共預算收入增長(cháng)6%", document=JIAOZUO, occurrence=1)
    wanted = gold("一般公共預算收入增長(cháng)6%", document=JIAOZUO)
    assert citation_recall(answer("", cited), wanted) == 1


def test_a_small_part_of_a_quote_does_not_recall_it() -> None:
    cited = quoted("增长8%")
    assert citation_recall(answer("", cited), gold("地区生产总值增长8%")) == 0


def test_an_answer_without_citations_scores_nothing() -> None:
    wanted = gold("地区生产总值增长8%")
    assert citation_precision(answer("8%"), wanted) == citation_recall(answer("8%"), wanted) == 0

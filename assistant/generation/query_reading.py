"""A chat model as a reader: asked how it reads a question, and what of that may be used.

What it replies is a proposal, judged in `assistant.reading.proposed`; a reply that is no reading is
none. Knows nothing of answers, and no number of one comes from here.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answering.accounting import unknown_place
from assistant.errors import ModelFailed, ModelStopped, QueryError
from assistant.generation.chat_model import Budget, ChatModel, Message
from assistant.generation.context import as_data, delimited
from assistant.prompts import prompt
from assistant.questions.understand import fold_question, language_of
from assistant.reading.ledger import Ledger
from assistant.reading.parts import asked_of, scope_of
from assistant.reading.place_words import Reported
from assistant.reading.reading import Reading

if TYPE_CHECKING:
    from assistant.queries.schema import WrittenReading

_TURNS = 6
"""How many earlier questions a model reads."""
_LONGEST = 400
"""Characters up to which a question is read; a longer one is no query."""
_SHARE = 0.5
"""Share of the time that is left which a reading may take: an answer may have to be written too."""


def may_be_query(text: str, reported: Reported) -> bool:
    """Tell whether a question shows anything that figures, mentions or speakers are asked by."""
    folded = fold_question(text)
    if len(folded) > _LONGEST:
        return False
    if any(Ledger(folded).shows(cue) for cue in ("mentions", "times", "speaker")):
        return True
    scope = scope_of(Ledger(folded), reported)
    asked = asked_of(scope)
    places, years = scope.places, scope.years
    is_wide = places.level is not None or bool(places.groups) or len(set(places.named)) > 1
    is_of_figures = asked.topics or asked.kind or asked.side or asked.trends or asked.aggregates
    return is_wide or years.every or len(set(years.named)) > 1 or bool(is_of_figures)


def proposed_by(
    model: ChatModel, text: str, history: Sequence[str], reported: Reported, budget: Budget
) -> Reading | None:
    """Return a model's reading of a question; None where none comes or it says what is not said.

    Raises:
        ModelSetupError: the model cannot be opened.
    """
    from assistant.reading.proposed import judged

    model.open()  # imports take seconds, which are not the reply's
    within = replace(budget, until=time.monotonic() + budget.left * _SHARE)
    try:
        proposed = _asked(model, text, history[-_TURNS:], within)
    except (ModelFailed, ModelStopped, QueryError):
        return None
    turns = [fold_question(turn) for turn in (*history[-_TURNS:], text)]
    reading = judged(proposed, turns, reported)
    if reading is None:
        return None
    is_placed = bool(reading.query.places.regions)
    if unknown_place(reading.left, turns[-1], is_placed=is_placed) is not None:
        return None
    return reading


def _asked(model: ChatModel, text: str, history: Sequence[str], budget: Budget) -> WrittenReading:
    from assistant.queries.schema import parse_reading, reading_schema

    language, schema = language_of(text), reading_schema()
    earlier = "\n".join(f"- {as_data(turn)}" for turn in history)
    values = {
        "conversation": delimited("CONVERSATION", earlier),
        "question": delimited("QUESTION", as_data(text)),
    }
    rules: Message = ("system", prompt("read_rules", language))
    asked = prompt("read_question", language, **values)
    written = json.dumps(schema, ensure_ascii=False)
    in_words = prompt("read_question_in_words", language, schema=written, **values)
    reply = model.structured(
        [rules, ("human", asked)], schema, budget, in_words=[rules, ("human", in_words)]
    )
    return parse_reading(_object_in(reply))


def _object_in(reply: str) -> str:
    """Return the one JSON object of a reply, whatever words stand around it.

    Raises:
        QueryError: there is none, or it is not whole, or there are several.
    """
    start, end = reply.find("{"), reply.rfind("}")
    if start < 0 or end < start:
        raise QueryError("expected a JSON object, found none")
    return reply[start : end + 1]

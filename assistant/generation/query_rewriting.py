"""A follow-up rewritten by a chat model as a question that stands alone, and the check on it.

The rewriting may only say more plainly what the conversation has said: a place or a number that
stands nowhere in it is refused. Knows nothing of answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims.number_words import unheld, values_in
from assistant.errors import ModelFailed
from assistant.generation.chat_model import Budget, ChatModel, Message
from assistant.generation.context import as_data, delimited
from assistant.generation.reply import plain
from assistant.prompts import prompt
from assistant.questions import cues
from assistant.questions.places import Scope
from assistant.questions.understand import fold_question, language_of, understand

_LONGEST = 300
_TURNS = 6
"""How many earlier questions a model reads."""


def needs_rewriting(text: str, scope: Scope) -> bool:
    """Tell whether a question leaves open what it is about: place, subject or both."""
    alone = understand(text, scope)
    if cues.shows("follows", alone.folded) or not (alone.places or alone.every_place):
        return True
    return not alone.topics and len(alone.subject) < 4


def stand_alone(
    text: str, history: Sequence[str], scope: Scope, model: ChatModel, budget: Budget
) -> str | None:
    """Have a model rewrite a follow-up; None where it fails or brings in what was not said."""
    language = language_of(text)
    earlier = "\n".join(f"- {as_data(turn)}" for turn in history[-_TURNS:])
    asked = prompt(
        "rewrite_question",
        language,
        conversation=delimited("CONVERSATION", earlier),
        question=delimited("QUESTION", as_data(text)),
    )
    messages: list[Message] = [("system", prompt("rewrite_rules", language)), ("human", asked)]
    try:
        reply = model.reply(messages, budget)
    except ModelFailed:
        return None
    rewritten = plain(reply.strip().strip('"“”「」'))
    return rewritten if is_faithful(rewritten, text, history, scope) else None


def is_faithful(rewritten: str, text: str, history: Sequence[str], scope: Scope) -> bool:
    """Tell whether a rewritten question is one, and holds no place or number that was not said."""
    if not rewritten or len(rewritten) > _LONGEST or "\n" in rewritten.strip():
        return False
    if (language_of(rewritten) == "en") != (language_of(text) == "en"):
        return False
    said = fold_question(" \n ".join((*history, text)))
    words = fold_question(rewritten)
    if cues.shows("commands", words) and not cues.shows("commands", fold_question(text)):
        return False
    values = values_in(said)
    digits = values_in("".join(c if c.isascii() else " " for c in words))
    if not digits <= values or unheld(words, (), "".join(said.split()), values):
        return False
    places = {
        region.code for mention in scope.gazetteer.mentions(said) for region in mention.candidates
    }
    return all(
        places & {region.code for region in mention.candidates}
        for mention in scope.gazetteer.mentions(words)
    )

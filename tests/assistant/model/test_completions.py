"""A chat model's answer sent in pieces to OpenAI's own client: none before it has been checked."""

from __future__ import annotations

import pytest
from openai import OpenAI
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.answer import Assistant
from assistant.doors.routes import door_routes
from tests.assistant.model.scripts import with_marks
from tests.assistant.model.server import Reply, Says, ScriptedServer

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

HONEST = (
    "Jiaozuo gives priority to ecology and green development, and will advance pollution prevention"
    " and control {{坚持生态优先}}."
)
HARM = "The mayor was fined 500 million yuan {{坚持生态优先}}."


def test_no_word_of_a_statement_that_is_cut_is_sent(
    with_model: Assistant, server: ScriptedServer
) -> None:
    def script(prompt: str) -> Reply:
        if "<<<STATEMENTS" in prompt:
            return Says("1: DROP")
        return Says(with_marks(f"{HARM} {HONEST}", prompt))

    server.answers(script)
    with TestClient(Starlette(routes=door_routes(with_model))) as client:
        asked = OpenAI(base_url="http://testserver/v1", api_key="none", http_client=client)
        pieces = list(
            asked.chat.completions.create(
                model="baogao",
                messages=[{"role": "user", "content": "How will Jiaozuo improve the environment?"}],
                stream=True,
            )
        )
    text = "".join(piece.choices[0].delta.content or "" for piece in pieces)
    assert "priority to ecology" in text
    assert "fined" not in text
    record = (pieces[-1].model_extra or {})["baogao"]
    assert [each["fault"] for each in record["withheld"]]

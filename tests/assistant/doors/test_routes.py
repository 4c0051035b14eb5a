"""The addresses beside the page: health, sources, and who may ask."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from openai import AuthenticationError, OpenAI
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.answer import Assistant
from assistant.doors.routes import door_routes
from tests.assistant.doors.serving import served

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

DOCKERFILE = (Path(__file__).parents[3] / "Dockerfile").read_text(encoding="utf-8")


def _known(name: str, password: str) -> bool:
    return (name, password) == ("ann", "s3cret:x")


def test_the_health_of_the_service_is_told(url: str) -> None:
    found = httpx.get(f"{url}health", timeout=120)
    assert (found.status_code, found.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("nothing.txt?start=0&end=1", "'nothing.txt'"),
        ("001_7692730640d39c1c.txt?start=9&end=1", "0 <= start <= end"),
        ("001_7692730640d39c1c.txt?start=x", "numbers"),
        ("..%2f..%2fetc%2fpasswd", "an indexed document"),
    ],
)
def test_a_source_that_there_is_not_is_told(url: str, path: str, says: str) -> None:
    found = httpx.get(f"{url}v1/sources/{path}", timeout=120)
    assert (found.status_code, says in found.json()["error"]["message"]) == (400, True)


def test_the_page_is_served_beside_the_doors(url: str) -> None:
    assert "Baogao" in httpx.get(url, timeout=120).text


def test_whoever_is_not_known_is_let_to_the_health_alone(assistant: Assistant) -> None:
    with TestClient(Starlette(routes=door_routes(assistant, _known))) as client:
        assert client.get("/health").status_code == 200
        for path in ("/v1/models", "/v1/models/baogao", "/v1/sources/x"):
            assert client.get(path).status_code == 401
        assert client.post("/v1/chat/completions", json={}).status_code == 401
        assert client.get("/v1/models", auth=("ann", "wrong")).status_code == 401
        assert client.get("/v1/models", headers={"Authorization": "Basic ?"}).status_code == 401
        for given in ("Basic é", "Basic /w==", "Bearer é:x", "Basic", "Bearer " + "x" * 9_000):
            headers = {b"Authorization": given.encode("latin-1")}
            assert client.get("/v1/models", headers=headers).status_code == 401


def test_every_door_asks_who_is_there(assistant: Assistant) -> None:
    with served(assistant, known=_known) as address:
        assert httpx.get(f"{address}health", timeout=120).status_code == 200
        assert (
            httpx.get(f"{address}v1/models", auth=("ann", "s3cret:x"), timeout=120).status_code
            == 200
        )
        assert httpx.get(f"{address}gradio_api/openapi.json", timeout=120).status_code == 401
        with pytest.raises(AuthenticationError):
            OpenAI(base_url=f"{address}v1", api_key="none").models.list()
        asked = OpenAI(base_url=f"{address}v1", api_key="ann:s3cret:x")
        assert [model.id for model in asked.models.list()] == ["baogao"]
        with pytest.raises(ValueError, match="login"):
            Client(address, auth=("ann", "wrong"), verbose=False)
        client = Client(address, auth=("ann", "s3cret:x"), verbose=False)
        assert len(client.predict(api_name="/reports")) == 5
        client.close()


def test_the_health_check_of_the_container_asks_it(url: str) -> None:
    (check,) = re.findall(r'CMD \["python", "-c", "(.*)"\]', DOCKERFILE)
    asked = check.replace("http://127.0.0.1:7860/", url)
    subprocess.run([sys.executable, "-c", asked], check=True)
    nothing = subprocess.run(
        [sys.executable, "-c", check.replace(":7860/health", ":9/health")],
        check=False,
        capture_output=True,
    )
    assert nothing.returncode

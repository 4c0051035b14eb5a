"""The files of the container name what there is. Nothing is built here."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from assistant.cli.main import app
from assistant.settings import Settings
from index.derived.chroma_server import Server

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OWN = {
    name: service
    for name, service in SERVICES.items()
    if service["image"] == "baogao" and "entrypoint" not in service
}
"""The services that run the program itself."""
PAGES = {name: service for name, service in OWN.items() if service["command"][0] == "chat"}
PORT = "7860"


def instructions(name: str) -> list[str]:
    return re.findall(rf"^\s*{name} (.+)$", DOCKERFILE, re.MULTILINE)


def commands() -> list[list[str]]:
    """Return what the container and its services run, as words after `baogao`."""
    (command,) = instructions("CMD")[-1:]
    return [json.loads(command), *(own["command"] for own in OWN.values())]


def copied() -> set[str]:
    """Return what is taken out of this folder."""
    own = [line.split()[:-1] for line in instructions("COPY") if not line.startswith("--from")]
    return {name for names in own for name in names}


def test_everything_that_the_wheel_is_made_of_is_copied_and_let_through() -> None:
    file = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = file["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    needed = {*wheel, "pyproject.toml", PROJECT["readme"], *PROJECT["license-files"]}
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied() == {*needed, "constraints.txt"}
    assert all((ROOT / name).exists() for name in copied())
    assert {line[1:] for line in ignored if line.startswith("!")} == copied()


def test_the_python_of_the_image_is_one_that_is_supported() -> None:
    versions = set(re.findall(r"FROM python:(\d+\.\d+)", DOCKERFILE))
    known = {line.rsplit(" ", 1)[-1] for line in PROJECT["classifiers"]}
    assert versions
    assert versions <= known


def test_the_extras_that_are_installed_are_there() -> None:
    (extras,) = re.findall(r"'\.\[([\w,]+)\]'", DOCKERFILE)
    assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"])


def test_the_program_that_is_run_is_installed() -> None:
    assert json.loads(instructions("ENTRYPOINT")[0]) == list(PROJECT["scripts"])


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_of_the_container_is_one_of_the_program(words: list[str]) -> None:
    group = typer.main.get_command(app)
    context = group.make_context("baogao", [*words], resilient_parsing=True)
    name, command, rest = group.resolve_command(context, words)  # type: ignore[attr-defined]
    assert command.make_context(name, rest, parent=context).command is command


def test_the_port_is_one_everywhere() -> None:
    assert instructions("EXPOSE") == [PORT]
    assert f"127.0.0.1:{PORT}/health" in instructions("HEALTHCHECK")[0]
    assert [port.split(":")[1:] for port in SERVICES["chat"]["ports"]] == [[PORT, PORT]]
    chats = [words for words in commands() if words[0] == "chat"]
    assert {words[words.index("--port") + 1] for words in chats} == {PORT}


def test_what_is_served_to_others_asks_who_they_are() -> None:
    for service in PAGES.values():
        mounted = {volume.split(":")[1] for volume in service["volumes"]}
        words = service["command"]
        assert words[words.index("--auth") + 1] in mounted


def test_only_the_proxy_is_reached_from_outside_and_it_knows_both_pages() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["chat"]
    proxy = COMPOSE["configs"]["proxy"]["content"]
    assert re.findall(r"(\w+):7860", proxy) == list(PAGES)
    assert len(PAGES) == 2
    assert "lb_policy cookie" in proxy  # a conversation is known to one process
    assert set(SERVICES["chat"]["depends_on"]) == PAGES.keys()
    for service in PAGES.values():
        words = service["command"]
        named = {words[at + 1] for at, word in enumerate(words) if word == "--name"}
        assert named >= {"chat", *PAGES}


def test_a_configuration_that_is_written_into_a_container_can_be() -> None:
    inline = {name for name, config in COMPOSE["configs"].items() if "content" in config}
    for service in SERVICES.values():
        used = {config["source"] for config in service.get("configs", ())}
        assert not (used & inline and service.get("read_only"))


def test_the_pages_and_the_indexer_share_what_the_servers_keep() -> None:
    for service in OWN.values():
        environment = service["environment"]
        settings = Settings.read({key: str(value) for key, value in environment.items()})

        assert str(settings.database).startswith("postgresql+psycopg://baogao:")
        database = SERVICES["database"]["environment"]
        assert str(settings.database).endswith(f"@database/{database['POSTGRES_DB']}")
        assert database["POSTGRES_PASSWORD"] in str(settings.database)
        server = Server.at(str(settings.chroma))
        assert server.host in SERVICES
        command = SERVICES[server.host]["command"]
        assert command[command.index("--port") + 1] == str(server.port)
        assert SERVICES[server.host]["image"] == "baogao"  # Chroma of the version that is pinned
        assert service["depends_on"].keys() == {"database", server.host}


def test_the_index_lies_where_both_services_keep_it() -> None:
    (environment,) = instructions("ENV")
    (data,) = re.findall(r"BAOGAO_DATA=(\S+)", environment)
    assert Settings.read({"BAOGAO_DATA": data}).data == Path("/data")
    for service in OWN.values():
        assert f"./data:{data}" in service["volumes"]

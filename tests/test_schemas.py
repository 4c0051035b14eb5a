"""The published schemas are sound, and each kind of record is of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from assistant.answer import Assistant, open_assistant
from assistant.doors.calls import Calls
from assistant.queries.schema import query_schema
from assistant.records.bundle import write_bundle
from assistant.settings import Settings
from tests.schemas import FOLDER, check, schemas

QUESTION = "what GDP growth did Jiaozuo target"


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_is_one_and_has_its_name_and_version(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])
    assert re.fullmatch(rf"urn:baogao:{name}:\d+", schemas()[name]["$id"])


def test_the_page_lists_every_schema() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\((\w+)\.schema\.json\)", page)) == set(schemas())


def test_the_schema_of_queries_is_that_of_the_program() -> None:
    published = json.loads((FOLDER / "query.schema.json").read_text(encoding="utf-8"))
    del published["$id"]
    assert published == query_schema()


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("answer", lambda calls: calls.ask(QUESTION)),
        ("answer", lambda calls: calls.ask("What was Yumen's GDP in 2015?")),
        ("answer", lambda calls: calls.ask("哪些地方社零增长目标超过8%?")),
        (
            "answer",
            lambda calls: calls.query(
                {"asks": "mentions_count", "places": ["各地"], "terms": ["乡村振兴"]}
            ),
        ),
        ("hit", lambda calls: calls.search("有机硅产能", top=1)[0]),
        ("text", lambda calls: calls.read("001_7692730640d39c1c.txt", 2266, 2289)),
        ("check", lambda calls: calls.check("焦作市2023年地区生产总值增长目标为9%。")),
    ],
)
def test_a_record_is_of_its_schema(
    assistant: Assistant, name: str, record: Callable[[Calls], Any]
) -> None:
    check(name, record(Calls(assistant)))


def test_every_figure_of_the_sample_reports_is_of_its_schema(assistant: Assistant) -> None:
    found = Calls(assistant).figures(limit=1_000)
    assert found["total"] == len(found["figures"]) > 250
    for row in found["figures"]:
        check("figure", row)


def test_every_report_is_of_its_schema(assistant: Assistant) -> None:
    for report in Calls(assistant).reports():
        check("report", report)


def test_a_bundle_is_of_its_schema(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    write_bundle(path, assistant.ask(QUESTION), assistant.searcher.catalogue)
    check("bundle", json.loads(path.read_bytes()))


def test_a_record_with_a_field_more_or_less_is_told() -> None:
    record = {"document": "a", "title": None}
    with pytest.raises(AssertionError, match="report"):
        check("report", record)

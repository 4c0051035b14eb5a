"""The published schemas, read for the tests, and held to more closely than readers have to.

A reader passes over fields that it does not know; a test fails on one that no schema names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).parent.parent / "docs" / "schemas"


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas by their names, without fields beyond those they name."""
    return {
        path.name.removesuffix(".schema.json"): _closed(json.loads(path.read_text("utf-8")))
        for path in sorted(FOLDER.glob("*.schema.json"))
    }


def _closed(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(value) for name, value in schema.items()}
    if closed.get("type") == "object" and "properties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed


@cache
def validator(name: str) -> Draft202012Validator:
    """Return what holds a record to a schema."""
    resources = [Resource.from_contents(schema) for schema in schemas().values()]
    registry: Registry[Any] = resources @ Registry()
    return Draft202012Validator(schemas()[name], registry=registry)


def check(name: str, record: object) -> None:
    """Fail where a record, as JSON has it, is not of its schema."""
    faults = list(validator(name).iter_errors(json.loads(json.dumps(record))))
    assert not faults, f"{name}: {faults[0].json_path}: {faults[0].message}"


@contextmanager
def held(name: str, owner: object, attribute: str) -> Iterator[None]:
    """Have a function that makes records hold each to its schema while the block lasts."""
    make: Callable[..., Any] = getattr(owner, attribute)

    def checked(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes
        record = make(*values, **named)
        check(name, record)
        return record

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, attribute, checked)
        yield

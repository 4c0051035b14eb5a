"""Reading JSON Lines files in which every line is one record, and reading the record's fields.

All bad lines of a file are told at once, one line of message each. Nothing here knows what a
question or an answer is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from assistant.errors import RecordError
from index.reports.witnesses import IS_URL

T = TypeVar("T")

Record = Mapping[str, object]
"""One line of a file: a JSON object, its fields not looked at yet."""


def read_records(path: Path, parse: Callable[[Record], T]) -> tuple[T, ...]:
    """Return what `parse` makes of each line of `path` that is not blank, in order.

    Args:
        path: A UTF-8 file with one JSON object a line; a byte order mark is left out.
        parse: Turns an object into a record; it raises `RecordError` saying what it expected.

    Raises:
        RecordError: Naming file, line number and what was expected, for every bad line.
        OSError: The file cannot be opened.
    """
    records, problems = scan_records(path, parse)
    if problems:
        raise RecordError("\n".join(problems))
    if not records:
        raise RecordError(f"{path}: expected one JSON object a line, found an empty file")
    return tuple(records)


def scan_records(path: Path, parse: Callable[[Record], T]) -> tuple[list[T], list[str]]:
    """Return the records of `path` in order, and a line of message for each bad line.

    Arguments and errors are those of `read_records`, but that bad lines are passed over.
    """
    records: list[T] = []
    problems: list[str] = []
    for number, line in enumerate(path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            records.append(parse(_object(line)))
        except RecordError as error:
            problems.append(f"{path}:{number}: {error}")
    return records, problems


def _object(line: bytes) -> Record:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError(f"expected UTF-8, found byte {line[error.start]:#04x}") from None
    except json.JSONDecodeError as error:
        raise RecordError(f"expected JSON, found {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError):
        raise RecordError("expected JSON, found numbers too long or brackets too deep") from None
    if not isinstance(value, dict):
        raise RecordError(f"expected a JSON object, found {_kind(value)}")
    return value


def text_field(record: Record, name: str) -> str:
    """Return the string `name`, which must not be blank."""
    value = record.get(name)
    if not isinstance(value, str) or not value.strip():
        raise RecordError(f'expected "{name}" to be a text, found {_found(record, name)}')
    return value


def optional_text_field(record: Record, name: str) -> str | None:
    """Return the string `name`, or None where it is null or not there."""
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise RecordError(f'expected "{name}" to be a text or null, found {_found(record, name)}')
    return value


def url_field(record: Record) -> str | None:
    """Return the address of a record, which a page may link to; None where it has none.

    Raises:
        RecordError: it is no address of the web.
    """
    url = optional_text_field(record, "url")
    if url is not None and not IS_URL.match(url):
        raise RecordError(f'expected "url" to be an address of the web, found {url[:60]!r}')
    return url


def flag_field(record: Record, name: str) -> bool:
    """Return the boolean `name`."""
    value = record.get(name)
    if not isinstance(value, bool):
        raise RecordError(f'expected "{name}" to be true or false, found {_found(record, name)}')
    return value


def integer_field(record: Record, name: str) -> int:
    """Return the integer `name`."""
    value = record.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise RecordError(f'expected "{name}" to be an integer, found {_found(record, name)}')
    return value


def number_field(record: Record, name: str) -> float:
    """Return the number `name`."""
    value = record.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise RecordError(f'expected "{name}" to be a number, found {_found(record, name)}')
    return float(value)


def object_field(record: Record, name: str) -> Record:
    """Return the object `name`, empty where it is not there."""
    value = record.get(name, {})
    if not isinstance(value, dict):
        raise RecordError(f'expected "{name}" to be an object, found {_found(record, name)}')
    return value


def objects_field(record: Record, name: str) -> tuple[Record, ...]:
    """Return the list of objects `name`, empty where it is not there."""
    value = record.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise RecordError(f'expected "{name}" to be a list of objects, found a different value')
    return tuple(value)


def texts_field(record: Record, name: str) -> tuple[str, ...]:
    """Return the list of texts `name`, empty where it is not there; none may be blank."""
    return texts_of(record.get(name, []), name)


def texts_of(value: object, name: str) -> tuple[str, ...]:
    """Return `value` as a tuple of texts; `name` is what the message calls it."""
    if not isinstance(value, list):
        raise RecordError(f'expected "{name}" to be a list of texts, found {_kind(value)}')
    for item in value:
        if not isinstance(item, str) or not item.strip():
            raise RecordError(f'expected texts in "{name}", found {json.dumps(item)}')
    return tuple(value)


def _found(record: Record, name: str) -> str:
    return _kind(record[name]) if name in record else "no such field"


def _kind(value: object) -> str:
    kinds = {list: "a list", dict: "an object", str: "a text", type(None): "null"}
    return "a blank text" if value == "" else kinds.get(type(value), json.dumps(value))

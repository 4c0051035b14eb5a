"""Answers as a reader takes them along: an evidence bundle (JSON) or a page of Markdown.

`docs/evidence-bundle.md` describes the format of a bundle, field by field. Nothing here knows how
a bundle is checked; that is `verify`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.errors import BundleError, RecordError
from assistant.records.conversations import Exchange, documents_of, exchanges_of, title_of
from assistant.records.json_lines import integer_field, text_field
from assistant.types import Answer
from index.ingestion.pipeline import PIPELINE
from index.storage.catalogue import Catalogue

FORMAT = "baogao-evidence-bundle"
VERSION = 1

_LARGEST = 50_000_000
"""Bytes; no conversation that the page keeps comes near it."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """An evidence bundle that was read."""

    title: str
    exchanges: tuple[Exchange, ...]


def versions() -> dict[str, str]:
    """Return the version of this program and of the code that read the reports."""
    try:
        own = version("baogao")
    except PackageNotFoundError:  # run out of a folder that was never installed
        own = "unknown"
    return {"baogao": own, "pipeline": PIPELINE}


def now() -> str:
    """Return the time as a bundle has it: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# A bundle


def bundle_record(title: str, exchanges: Sequence[Exchange], created: str) -> dict[str, Any]:
    """Return the bundle of a conversation as JSON has it."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "created": created,
        "made_by": versions(),
        "title": title,
        "turns": [exchange.record() for exchange in exchanges],
    }


def bundle_text(title: str, exchanges: Sequence[Exchange], created: str) -> str:
    """Return the bundle of a conversation as the text of a file."""
    record = bundle_record(title, exchanges, created)
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def write_bundle(path: Path, answer: Answer, catalogue: Catalogue) -> None:
    """Write the bundle of one answer to `path`.

    Raises:
        OSError: the file cannot be written.
    """
    exchange = Exchange(answer.question, answer, documents=documents_of(answer, catalogue))
    path.write_text(bundle_text(title_of(answer.question), [exchange], now()), encoding="utf-8")


def read_bundle(path: Path) -> Bundle:
    """Read the bundle at `path`.

    Raises:
        BundleError: it cannot be read, is no bundle or of another version; one line.
    """
    found = _json(path)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BundleError(
            f'{path}: expected an evidence bundle (its "format" {FORMAT}), found another file; '
            "save one on the page or with `baogao ask --bundle FILE`"
        )
    try:
        version = integer_field(found, "version")
        if version != VERSION:
            raise RecordError(
                f"expected version {VERSION}, found {version}; use the baogao that wrote it"
            )
        exchanges = exchanges_of(found)
        if not exchanges:
            raise RecordError("expected turns, found none; save the bundle again")
        return Bundle(text_field(found, "title"), exchanges)
    except RecordError as error:
        raise BundleError(f"{path}: {error}") from error


def _json(path: Path) -> object:
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise BundleError(f"{path}: expected at most {_LARGEST:,} bytes, found {size:,}")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise BundleError(
            f"{path}: cannot be read ({error.strerror}); check the path and rights"
        ) from error
    except (ValueError, RecursionError) as error:  # numbers too long are plain ValueErrors
        raise BundleError(
            f"{path}: expected an evidence bundle, JSON in UTF-8; found a file that is none"
        ) from error


# Markdown

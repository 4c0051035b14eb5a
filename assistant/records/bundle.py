"""Answers as a reader takes them along: an evidence bundle (JSON) or a page of Markdown.

`docs/evidence-bundle.md` describes the format of a bundle, field by field. Nothing here knows how
a bundle is checked; that is `verify`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.errors import BundleError, RecordError
from assistant.records.conversations import Exchange, exchange_in, exchanges_of, title_of
from assistant.records.json_lines import Record, integer_field, object_field, text_field
from assistant.types import Answer
from index.ingestion.pipeline import PIPELINE
from index.storage.catalogue import Catalogue
from index.types import Filter

FORMAT = "baogao-evidence-bundle"
VERSION = 2
"""The version that is written; version 1, which had neither `sha256` nor `collection`, is read."""

_EVERYTHING = Filter()
_LARGEST = 50_000_000
"""Bytes; no conversation that the page keeps comes near it."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """An evidence bundle that was read.

    `sha256` is the digest that it carries of itself, None in version 1, and `digest` the one that
    its canonical form has. `made_by` are the versions that it says it was made by.
    """

    title: str
    exchanges: tuple[Exchange, ...]
    sha256: str | None = None
    digest: str = ""
    made_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_of_these_versions(self) -> bool:
        """Whether it says that it was made by this program and by what reads reports here."""
        return dict(self.made_by) == versions()


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


def bundle_record(exchanges: Sequence[Exchange], created: str) -> dict[str, Any]:
    """Return the bundle of a conversation as JSON has it, with the digest of its canonical form.

    Its title is that of its first question, whatever name a reader gave the conversation: a name
    that anyone may choose proves nothing.
    """
    record = {
        "format": FORMAT,
        "version": VERSION,
        "created": created,
        "made_by": versions(),
        "title": title_of(exchanges[0].question) if exchanges else "",
        "turns": [exchange.record() for exchange in exchanges],
    }
    return {**record, "sha256": digest_of(record)}


def digest_of(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a bundle's canonical form, in hexadecimal digits.

    That is its JSON in UTF-8 without `sha256` itself: names in order of their code points, no white
    space, no escapes but those that JSON asks for, numbers in the fewest digits that give them.
    """
    rest = {name: value for name, value in record.items() if name != "sha256"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def bundle_text(exchanges: Sequence[Exchange], created: str) -> str:
    """Return the bundle of a conversation as the text of a file."""
    record = bundle_record(exchanges, created)
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def write_bundle(
    path: Path, answer: Answer, catalogue: Catalogue, limits: Filter = _EVERYTHING
) -> None:
    """Write the bundle of one answer, to a question limited to `limits`, to `path`.

    Raises:
        OSError: the file cannot be written.
    """
    exchange = exchange_in(catalogue, answer.question, answer, limits=limits)
    path.write_text(bundle_text([exchange], now()), encoding="utf-8")


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
        if not 1 <= version <= VERSION:
            raise RecordError(
                f"expected version 1 or {VERSION}, found {version}; use the baogao that wrote it"
            )
        exchanges = exchanges_of(found)
        if not exchanges:
            raise RecordError("expected turns, found none; save the bundle again")
        return Bundle(
            title=text_field(found, "title"),
            exchanges=exchanges,
            sha256=text_field(found, "sha256") if version > 1 else None,
            digest=digest_of(found),
            made_by=_made_by(found),
        )
    except RecordError as error:
        raise BundleError(f"{path}: {error}") from error


def _made_by(record: Record) -> dict[str, str]:
    found = object_field(record, "made_by")
    return {name: text_field(found, name) for name in found}


def _json(path: Path) -> object:
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise BundleError(f"{path}: expected at most {_LARGEST:,} bytes, found {size:,}")
        return json.loads(path.read_bytes(), object_pairs_hook=_each_once)
    except RecordError as error:
        raise BundleError(f"{path}: {error}") from error
    except OSError as error:
        raise BundleError(
            f"{path}: cannot be read ({error.strerror}); check the path and rights"
        ) from error
    except (ValueError, RecursionError) as error:  # numbers too long are plain ValueErrors
        raise BundleError(
            f"{path}: expected an evidence bundle, JSON in UTF-8; found a file that is none"
        ) from error


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; a name that stands in it twice would say two things.

    Raises:
        RecordError: a name stands in it twice.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        ((twice, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise RecordError(f"expected each name once in an object, found {twice!r:.60} twice")
    return found

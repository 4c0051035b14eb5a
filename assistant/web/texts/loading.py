"""Fills the records of what the page says from `prompts/page.toml`, three columns a key.

Knows nothing of HTML, nor when a text is said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import TypeVar, get_args, get_type_hints

from assistant.errors import PromptError
from assistant.prompts import templates
from assistant.types import Language
from assistant.web.texts.records import (
    ChatTexts,
    ClientTexts,
    ExampleTexts,
    FigureTexts,
    PageTexts,
    ReaderTexts,
    ReportsTexts,
    Texts,
    TrendTexts,
)

T = TypeVar("T")

_FILE = "page.toml"


def page_texts(language: Language) -> PageTexts:
    """Return what the page says of answers and sources; for errors see `texts_from`."""
    return _texts(language).page


def chat_texts(language: Language) -> ChatTexts:
    """Return what the page says around a conversation; for errors see `texts_from`."""
    return _texts(language).chat


def figure_texts(language: Language) -> FigureTexts:
    """Return what the tabs of figures and promises say; for errors see `texts_from`."""
    return _texts(language).figures


def reader_texts(language: Language) -> ReaderTexts:
    """Return what the reader of whole reports says; for errors see `texts_from`."""
    return _texts(language).reader


def example_texts(language: Language) -> ExampleTexts:
    """Return the forms of questions that are offered; for errors see `texts_from`."""
    return _texts(language).examples


def reports_texts(language: Language) -> ReportsTexts:
    """Return what the tab of reports says; for errors see `texts_from`."""
    return _texts(language).reports


def trend_texts(language: Language) -> TrendTexts:
    """Return what the tab of trends says; for errors see `texts_from`."""
    return _texts(language).trends


def client_texts(language: Language) -> ClientTexts:
    """Return what the page says by itself; for errors see `texts_from`."""
    return _texts(language).client


@cache
def _texts(language: Language) -> Texts:
    return texts_from(templates(_FILE), language)


def texts_from(tables: Mapping[str, object], language: Language) -> Texts:
    """Fill the records with one language of what `page.toml` holds.

    Raises:
        PromptError: a key, or a language of a key, is missing, unknown or empty.
    """
    parts = get_type_hints(Texts)
    given = _exactly(tables, parts, "")
    records = {name: _record(kind, given[name], name, language) for name, kind in parts.items()}
    return Texts(**records)


def _record(record: Callable[..., T], given: object, key: str, language: Language) -> T:
    kinds = get_type_hints(record)
    fields = _exactly(given, kinds, key)
    return record(
        **{
            name: _text(fields[name], f"{key}.{name}", language)
            if kind is str
            else _names(fields[name], f"{key}.{name}", kind, language)
            for name, kind in kinds.items()
        }
    )


def _names(given: object, key: str, kind: object, language: Language) -> Mapping[str, str]:
    """Return a text for each member of the literal type that keys the mapping type `kind`."""
    members = get_args(get_args(kind)[0])
    fields = _exactly(given, members, key)
    return {member: _text(fields[member], f"{key}.{member}", language) for member in members}


def _text(given: object, key: str, language: Language) -> str:
    text = _exactly(given, get_args(Language), key)[language]
    if not isinstance(text, str) or not text:
        raise PromptError(f"expected a text at {key}.{language} of prompts/{_FILE}, found {text!r}")
    return text


def _exactly(given: object, wanted: Collection[str], key: str) -> Mapping[str, object]:
    """Return the table `given` where it has the keys `wanted` and no other."""
    where = f"prompts/{_FILE}, {key}" if key else f"prompts/{_FILE}"
    if not isinstance(given, Mapping):
        raise PromptError(f"{where}: expected a table, found {given!r}")
    if missing := [name for name in wanted if name not in given]:
        raise PromptError(f"{where}: {', '.join(missing)} missing: add it")
    if unknown := [name for name in given if name not in wanted]:
        raise PromptError(f"{where}: {', '.join(unknown)} unknown: leave it out")
    return given


def language_of(tag: str) -> Language:
    """Return the page language for a browser's BCP 47 tag ("zh-TW"); English for all but Chinese.

    A Chinese tag without a script is Traditional where its region writes so.
    """
    parts = tag.lower().replace("_", "-").split("-")
    if parts[0] != "zh":
        return "en"
    if "hans" in parts:
        return "zh-Hans"
    return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(parts) else "zh-Hans"

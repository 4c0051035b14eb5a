"""Loads the templates under `prompts/` and fills them strictly.

Knows the files and their fields, not when a phrase is said: that is `compose`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from assistant.errors import PromptError
from assistant.types import Language
from index.text.script import to_traditional

# By its place, not by its name: a program that imports us may have a package `prompts` of its own.
_FOLDER = Path(__file__).parents[1] / "prompts"


@cache
def templates(name: str) -> dict[str, Any]:
    """Return what the file `name` under `prompts/` holds, unfilled."""
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


def phrase(key: str, language: Language, **values: object) -> str:
    """Fill the phrase `key` of `answers.toml` in `language`.

    The template's own words are put into Traditional characters for `zh-Hant`; `values` are taken
    as they are.

    Raises:
        PromptError: there is no such phrase, or `values` are not exactly its fields.
    """
    return _filled("answers.toml", key, language, values)


def prompt(key: str, language: Language, **values: object) -> str:
    """Fill the prompt `key` of `model.toml`, which a chat model reads, as `phrase` fills one.

    Raises:
        PromptError: there is no such prompt, or `values` are not exactly its fields.
    """
    return _filled("model.toml", key, language, values)


def says_phrase(key: str, text: str, language: Language) -> bool:
    """Tell whether a text holds the longest run of the own words of a phrase of `answers.toml`."""
    gap = "\0"
    versions: dict[str, str] = templates("answers.toml")[key]
    fields = {name for each in versions.values() for _, name, _, _ in Formatter().parse(each)}
    filled = phrase(key, language, **dict.fromkeys(filter(None, fields), gap))
    return max(filled.split(gap), key=len) in text


def _filled(name: str, key: str, language: Language, values: Mapping[str, object]) -> str:
    versions: dict[str, str] | None = templates(name).get(key)
    if versions is None:
        raise PromptError(f"expected a phrase of prompts/{name}, found {key!r}")
    template = versions["en" if language == "en" else "zh"]
    if language == "zh-Hant":
        template = to_traditional(template)
    wanted = {name for _, name, _, _ in Formatter().parse(template) if name}
    if wanted - values.keys():
        missing = ", ".join(sorted(wanted - values.keys()))
        raise PromptError(f"phrase {key!r} wants {missing}: pass it")
    known = {
        name for text in versions.values() for _, name, _, _ in Formatter().parse(text) if name
    }
    if values.keys() - known:
        unknown = ", ".join(sorted(values.keys() - known))
        raise PromptError(f"phrase {key!r} has no field {unknown}: leave it out")
    return template.format(**values)

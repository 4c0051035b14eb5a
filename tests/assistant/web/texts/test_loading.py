"""What the page says: every key in three languages, and an error for what is missing or unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from string import Formatter
from typing import Any, get_args

import pytest

from assistant.errors import PromptError
from assistant.prompts import templates
from assistant.types import Language
from assistant.web.texts.loading import figure_texts, page_texts, texts_from
from index.text.script import to_simplified

LANGUAGES: tuple[Language, ...] = get_args(Language)


def columns(tables: Mapping[str, Any], key: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each key with its texts by language."""
    for name, given in tables.items():
        path = f"{key}.{name}".lstrip(".")
        if set(given) & set(LANGUAGES):
            yield path, given
        else:
            yield from columns(given, path)


KEYS = dict(columns(templates("page.toml")))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.fixture
def tables() -> dict[str, Any]:
    return deepcopy(templates("page.toml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_is_filled_in_each_language(language: Language) -> None:
    texts_from(templates("page.toml"), language)


@pytest.mark.parametrize("key", KEYS)
def test_a_text_has_the_same_fields_in_each_language(key: str) -> None:
    texts = KEYS[key]
    assert list(texts) == list(LANGUAGES)
    assert len({frozenset(fields(text)) for text in texts.values()}) == 1


@pytest.mark.parametrize("key", KEYS)
def test_the_simplified_column_is_simplified(key: str) -> None:
    assert to_simplified(KEYS[key]["zh-Hans"]) == KEYS[key]["zh-Hans"]


def test_each_language_says_it_in_its_own_words() -> None:
    assert [page_texts(language).ask for language in LANGUAGES] == ["提问", "提問", "Ask"]
    assert figure_texts("zh-Hant").verdicts["not_reported"] == "未報告"


def test_a_missing_key_is_an_error_that_names_it(tables: dict[str, Any]) -> None:
    del tables["chat"]["undo"]
    with pytest.raises(PromptError, match=r"page\.toml, chat: undo missing"):
        texts_from(tables, "en")


def test_a_missing_part_is_an_error_that_names_it(tables: dict[str, Any]) -> None:
    del tables["figures"]
    with pytest.raises(PromptError, match=r"page\.toml: figures missing"):
        texts_from(tables, "en")


def test_an_unknown_key_is_an_error_that_names_it(tables: dict[str, Any]) -> None:
    tables["page"]["farewell"] = tables["page"]["welcome"]
    with pytest.raises(PromptError, match="page: farewell unknown"):
        texts_from(tables, "en")


def test_a_name_for_what_is_no_member_of_its_type_is_an_error(tables: dict[str, Any]) -> None:
    tables["figures"]["kinds"]["wish"] = tables["figures"]["kinds"]["target"]
    with pytest.raises(PromptError, match=r"figures\.kinds: wish unknown"):
        texts_from(tables, "en")


def test_a_language_missing_is_an_error_in_every_language(tables: dict[str, Any]) -> None:
    del tables["figures"]["measures"]["rank"]["zh-Hant"]
    with pytest.raises(PromptError, match=r"figures\.measures\.rank: zh-Hant missing"):
        texts_from(tables, "en")


def test_an_unknown_language_is_an_error(tables: dict[str, Any]) -> None:
    tables["page"]["ask"]["fr"] = "Demander"
    with pytest.raises(PromptError, match=r"page\.ask: fr unknown"):
        texts_from(tables, "en")


@pytest.mark.parametrize("text", ["", 3])
def test_what_is_no_text_is_an_error(tables: dict[str, Any], text: object) -> None:
    tables["page"]["ask"]["en"] = text
    with pytest.raises(PromptError, match=r"expected a text at page\.ask\.en"):
        texts_from(tables, "en")


def test_a_text_in_place_of_the_columns_is_an_error(tables: dict[str, Any]) -> None:
    tables["page"]["ask"] = "Ask"
    with pytest.raises(PromptError, match=r"page\.ask: expected a table, found 'Ask'"):
        texts_from(tables, "en")

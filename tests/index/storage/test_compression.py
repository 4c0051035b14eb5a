from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.storage.compression import pack, pack_changes, unpack, unpack_text
from index.text.normalization import normalize

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_a_packed_text_comes_back(text: str) -> None:
    assert unpack(pack(text)) == text


def test_every_character_of_unicode_comes_back() -> None:
    planes = [*range(0xD800), *range(0xE000, 0x110000)]
    text = "".join(map(chr, planes))
    assert unpack(pack(text)) == text


@given(TEXT)
def test_the_clean_text_comes_back_from_the_raw_one(raw: str) -> None:
    normalized = normalize(raw)
    again = unpack_text(raw, normalized.offsets, pack_changes(normalized))
    assert again == normalized.text


@pytest.mark.parametrize(
    "raw", ["", "臺灣經濟　增長７．５％\r\n　　規畫", "乾隆 \u200b年\n\n\n1\n2", "ＧＤＰ" * 500]
)
def test_folded_and_removed_characters_come_back(raw: str) -> None:
    normalized = normalize(raw)
    assert unpack_text(raw, normalized.offsets, pack_changes(normalized)) == normalized.text


def test_chinese_takes_half_of_its_bytes(seeds: list[Path]) -> None:
    for seed in seeds:
        text = seed.read_text(encoding="utf-8")
        assert len(pack(text)) < 0.5 * len(text.encode())


def test_what_was_not_packed_is_refused() -> None:
    with pytest.raises(ValueError, match="packed text"):
        unpack(b"plain")

import pytest
from tokenizers import Tokenizer

from index.embedding.training.vocabulary import build_tokenizer

CHINESE = [
    f"{year}年{place}市地区生产总值增长{year % 9}%，{verb}{what}，农村居民收入提高。"
    for year in range(2000, 2010)
    for place in ("甲", "乙", "丙")
    for verb in ("扩大", "稳定", "加快", "引导")
    for what in ("固定资产投资", "消费", "就业")
]
ENGLISH = ["The gross domestic product grew.", "Fixed asset investment grew quickly."] * 5


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return build_tokenizer(CHINESE, ENGLISH, {"居民", "固定资产"}, size=2_000)


def pieces(tokenizer: Tokenizer, text: str) -> list[str]:
    found: list[str] = tokenizer.encode(text, add_special_tokens=False).tokens
    return found


def test_same_texts_give_the_same_tokenizer(tokenizer: Tokenizer) -> None:
    again = build_tokenizer(CHINESE, ENGLISH, {"居民", "固定资产"}, size=2_000)
    assert again.to_str() == tokenizer.to_str()


def test_dictionary_words_are_pieces(tokenizer: Tokenizer) -> None:
    assert pieces(tokenizer, "固定资产") == ["固定资产"]


def test_words_in_many_surroundings_are_pieces(tokenizer: Tokenizer) -> None:
    assert "加快" in pieces(tokenizer, "加快引导")


def test_punctuation_and_spaces_part_pieces_and_leave_none(tokenizer: Tokenizer) -> None:
    assert pieces(tokenizer, "甲，乙。 ——“丙”") == ["甲", "乙", "丙"]


def test_case_and_width_do_not_count(tokenizer: Tokenizer) -> None:
    assert pieces(tokenizer, "Ｇross DOMESTIC") == pieces(tokenizer, "gross domestic")


def test_years_and_two_digits_are_whole(tokenizer: Tokenizer) -> None:
    assert pieces(tokenizer, "2023年10%") == ["2023", "年", "10", "%"]


def test_unseen_english_words_are_spelt_with_known_parts(tokenizer: Tokenizer) -> None:
    assert "".join(pieces(tokenizer, "unseen")) == "unseen"
    assert "[UNK]" not in pieces(tokenizer, "zebra")


def test_size_bounds_the_vocabulary() -> None:
    small = build_tokenizer(CHINESE, ENGLISH, {"居民"}, size=420)
    assert small.get_vocab_size() <= 420

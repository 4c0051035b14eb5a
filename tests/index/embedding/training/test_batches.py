from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.embedding.training.batches import Batch, build_batches
from index.embedding.training.corpora import Corpora, read_corpora
from index.embedding.training.dictionary import build_dictionary
from index.embedding.training.rows import Rows, counted, crop, encode, join, rows_of, scatter, thin
from index.embedding.training.vocabulary import build_tokenizer
from tests.index.embedding.training.tiny_corpora import SUBJECTS, write_corpora


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Corpora:
    return read_corpora(write_corpora(tmp_path_factory.mktemp("corpora")))


@pytest.fixture(scope="module")
def tokenizer(corpora: Corpora) -> Tokenizer:
    english = [pair[0] for pairs in corpora.translations.values() for pair in pairs]
    return build_tokenizer(corpora.documents, english, corpora.glosses.keys(), size=600)


def rows(*contents: list[int]) -> Rows:
    return rows_of(
        np.array([piece for content in contents for piece in content], dtype=np.int64),
        np.array([len(content) for content in contents], dtype=np.int64),
    )


def contents(found: Rows) -> list[list[int]]:
    packed = found.packed()
    ends = packed.starts + packed.lengths
    return [packed.flat[start:end].tolist() for start, end in zip(packed.starts, ends, strict=True)]


def test_chosen_rows_are_packed_in_order() -> None:
    assert contents(rows([1, 2], [], [3])[np.array([2, 0])]) == [[3], [1, 2]]


def test_joined_rows_hold_both_sides() -> None:
    assert contents(join(rows([1], [2, 3]), rows([4, 5], []))) == [[1, 4, 5], [2, 3]]


def test_kept_pieces_stay_in_their_rows() -> None:
    kept = rows([1, 2], [3], [4, 5]).kept(np.array([True, False, False, True, True]))
    assert contents(kept) == [[1], [], [4, 5]]


def test_crops_are_runs_of_their_rows_and_marked() -> None:
    whole = rows([1, 2, 3, 4, 5], [6, 7], [])
    runs, inside = crop(whole, np.random.default_rng(0), 2, 3)
    assert contents(whole.kept(inside)) == contents(runs)
    assert [len(run) for run in contents(runs)][1:] == [2, 0]


def test_scattered_runs_are_more_than_one_and_no_longer_than_asked() -> None:
    whole = rows(*[list(range(1, 101))] * 50)
    chosen = contents(whole.kept(scatter(whole, np.random.default_rng(0), 3, 4)))
    assert all(1 <= len(run) <= 12 for run in chosen)
    gaps = [sum(b - a > 1 for a, b in pairwise(run)) for run in chosen]
    assert max(gaps) == 2
    assert 0 in gaps


def test_distinct_pieces_are_counted_row_by_row() -> None:
    distinct, counts = counted(rows([3, 1, 3], [], [2, 2, 2])[np.array([0, 1, 2])], 10)
    assert contents(distinct) == [[1, 3], [], [2]]
    assert counts.tolist() == [1, 2, 3]


def test_nothing_is_thinned_where_the_share_is_zero() -> None:
    assert contents(thin(rows([1, 2], [3]), np.random.default_rng(0), 0.0)) == [[1, 2], [3]]


def test_pieces_are_translated_by_the_dictionary(tokenizer: Tokenizer, corpora: Corpora) -> None:
    dictionary = build_dictionary(tokenizer, corpora.glosses, ())
    source = encode(tokenizer, ["公路铁路", "GDP"])
    translated = dictionary.translate(source, np.random.default_rng(0))
    assert contents(translated) == contents(encode(tokenizer, ["road railway", "GDP"]))


def test_renderings_are_learnt_from_aligned_sentences(
    tokenizer: Tokenizer, corpora: Corpora
) -> None:
    pairs = [pair for pair in corpora.translations["tatoeba_en_zh"] for _ in range(5)]
    dictionary = build_dictionary(tokenizer, {}, pairs)
    translated = dictionary.translate(encode(tokenizer, ["粮食"]), np.random.default_rng(0))
    assert contents(translated) == contents(encode(tokenizer, ["grain"]))


def draw(tokenizer: Tokenizer, corpora: Corpora, count: int) -> list[Batch]:
    batches = build_batches(tokenizer, corpora, 8).draw(np.random.default_rng(0))
    return [next(batches) for _ in range(count)]


def test_every_kind_of_batch_is_drawn(tokenizer: Tokenizer, corpora: Corpora) -> None:
    kinds = {batch.kind for batch in draw(tokenizer, corpora, 400)}
    assert kinds == {
        "documents", "documents-en", "reports", "reports-en", "cmrc2018", "cmrc2018-en",
        "stard", "stard-en", "cc_cedict", "tatoeba_en_zh", "gwr_tmx", "aligned",
    }  # fmt: skip


def test_batches_are_no_larger_than_asked_and_no_document_is_there_twice(
    tokenizer: Tokenizer, corpora: Corpora
) -> None:
    for batch in draw(tokenizer, corpora, 100):
        documents = [tuple(document) for document in contents(batch.documents)]
        assert len(batch.questions) == len(documents) <= 8
        if batch.kind in ("cmrc2018", "stard", "cc_cedict", "tatoeba_en_zh", "gwr_tmx"):
            assert len(set(documents)) == len(documents)


def test_corpora_that_are_missing_have_no_batches(tmp_path: Path, tokenizer: Tokenizer) -> None:
    write_corpora(tmp_path / "all")
    (tmp_path / "some").mkdir()
    (tmp_path / "all" / "tatoeba_en_zh").rename(tmp_path / "some" / "tatoeba_en_zh")
    found = build_batches(tokenizer, read_corpora(tmp_path / "some"), 8)
    assert set(found.samplers) == {"tatoeba_en_zh"}


def test_asked_questions_meet_their_own_passage(tokenizer: Tokenizer, corpora: Corpora) -> None:
    subjects = {tokenizer.token_to_id(word) for word in SUBJECTS}
    batches = [batch for batch in draw(tokenizer, corpora, 200) if batch.kind == "cmrc2018"]
    for batch in batches:
        pairs = zip(contents(batch.questions), contents(batch.documents), strict=True)
        assert all(subjects & set(question) <= set(document) for question, document in pairs)

from pathlib import Path

import numpy as np
import pytest

from index.errors import EmbeddingError
from index.search.reranker import Reranker, open_reranker
from index.search.searcher import Searcher, open_searcher
from index.types import Hit

QUESTION = "固定资产投资增长多少"


def write_cross_encoder(folder: Path, *, labels: int = 1) -> None:
    """Save a cross-encoder of one small layer with random weights."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"投资增长固定产业就粮食农村公路"]
    vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]"}
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=128, **special)  # type: ignore[no-untyped-call]
    fast.save_pretrained(str(folder))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=128,
    )
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(str(folder))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("judge")
    write_cross_encoder(made)
    return made


def test_the_best_passages_come_in_the_rerankers_order(
    folder: Path, seed_data: Path, seed_searcher: Searcher
) -> None:
    plain = [hit.passage.id for hit in seed_searcher.search(QUESTION, top=60)]
    searcher = open_searcher(seed_data, reranker=str(folder))
    hits = searcher.search(QUESTION, top=60)
    searcher.close()
    found = [hit.passage.id for hit in hits]
    assert set(found[:30]) == set(plain[:30])
    assert found[:30] != plain[:30]
    assert found[30:] == plain[30:]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    judge: Reranker = open_reranker(str(folder))
    judged = judge.score(QUESTION, ["\n".join((*_above(hit), hit.passage.text)) for hit in hits])
    assert (np.diff(judged[:30]) <= 1e-6).all()


def _above(hit: Hit) -> list[str]:
    passage = hit.passage
    return [heading for heading in passage.headings if not passage.text.startswith(heading)]


def test_no_texts_have_no_scores(folder: Path) -> None:
    assert open_reranker(str(folder)).score(QUESTION, []).shape == (0,)


def test_a_model_with_several_scores_is_refused(tmp_path: Path) -> None:
    write_cross_encoder(tmp_path, labels=3)
    with pytest.raises(EmbeddingError, match="one score"):
        open_reranker(str(tmp_path))


def test_a_folder_without_a_model_names_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(EmbeddingError, match="BAOGAO_RERANKER"):
        open_reranker(str(tmp_path))

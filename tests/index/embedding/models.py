"""A small static model to write, and texts to embed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

TEXTS = (
    "2023年，全市地区生产总值增长7%左右，城镇新增就业3.5万人。",
    "What is the target for general public budget revenue?",
    "规上工业",
    "㍻ Ünïcode ｆｕｌｌ－ｗｉｄｔｈ",
)


def write_static_model(folder: Path, *, seed: int = 0, projected: bool = False) -> None:
    """Save a model of four pieces; `projected` adds a layer that is no static table."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers
    from torch import nn

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "road": 1, "rail": 2, "grain": 3}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    table = np.random.default_rng(seed).standard_normal((4, 6)).astype(np.float32)
    modules: list[nn.Module] = [StaticEmbedding(tokenizer, embedding_weights=table)]
    if projected:
        modules.append(Dense(6, 3))
    model = SentenceTransformer(modules=modules, device="cpu")
    model.save(str(folder), create_model_card=False)

"""Trains the bundled bilingual static model: a table of piece vectors, contrastively.

Each step draws a batch of questions and documents and moves the vectors of their pieces so that
every question comes nearer to its own document than to all others of the batch (InfoNCE, both
ways). The table is then turned so that its first dimensions tell most, which makes a prefix of a
vector a vector, and stored in bytes as a sentence-transformers folder. Nothing here knows how the
model is used.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedding.training.batches import Batch, build_batches
from index.embedding.training.corpora import SOURCES, Corpora, read_corpora
from index.embedding.training.rows import Rows, counted, encode, rows_of
from index.embedding.training.vocabulary import build_tokenizer

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Training:
    """How a model is trained; the defaults give the bundled one."""

    vocabulary: int = 29_500
    dimensions: int = 1_024
    exponent: float = 0.7
    batch_size: int = 2_048
    steps: int = 1_300
    learning_rate: float = 0.03
    temperature: float = 0.05
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Measures:
    """What a training run came to.

    Attributes:
        vocabulary: Pieces of the tokenizer.
        documents: Chinese documents that passages were drawn from.
        pairs: Pairs of question and passage, or of English and Chinese.
        steps: Batches learnt from.
        loss: Mean loss of each kind of batch over the last tenth of the steps.
        seconds: Wall clock, reading and writing included.
    """

    vocabulary: int
    documents: int
    pairs: int
    steps: int
    loss: dict[str, float]
    seconds: float


def train(
    data: Path,
    out: Path,
    *,
    reports: Path | None = None,
    seed: int = 0,
    training: Training | None = None,
) -> Measures:
    """Train a model on the corpora under `data` and write it as a sentence-transformers folder.

    The same files, seed and number of threads give the same weights on the same machine.

    Args:
        data: The folder of the corpora named in `index.embedding.training.corpora.SOURCES`.
        out: The folder to write; made if it is not there.
        reports: Further government work reports as text files, used without labels.
        seed: Seed of everything random.
        training: How to train; the bundled model's way if not given.

    Raises:
        EmbeddingError: No corpus is under `data`.
    """
    started = time.monotonic()
    plan = training or Training()
    corpora = read_corpora(data, reports)
    tokenizer = _vocabulary(corpora, plan.vocabulary)
    table, loss = _learn(tokenizer, corpora, plan, seed)
    table = _turned(table, tokenizer, corpora, plan)
    measures = Measures(
        vocabulary=tokenizer.get_vocab_size(),
        documents=len(corpora.documents) + len(corpora.reports),
        pairs=sum(map(len, (*corpora.questions.values(), *corpora.translations.values()))),
        steps=plan.steps,
        loss=loss,
        seconds=round(time.monotonic() - started, 1),
    )
    _save(out, tokenizer, table, plan.exponent)
    card = _model_card(corpora, plan, measures, seed)
    (out / "README.md").write_text(card, encoding="utf-8")
    return measures


def _vocabulary(corpora: Corpora, size: int) -> Tokenizer:
    """Build the tokenizer on all bilingual text, the reports threefold and a part of the rest."""
    stride = 1 + len(corpora.documents) // 15_000
    pairs = [pair for found in corpora.translations.values() for pair in found]
    chinese = [*corpora.reports * 3, *corpora.documents[::stride], *(pair[1] for pair in pairs)]
    english = [pair[0] for pair in pairs]
    return build_tokenizer(chinese, english, corpora.glosses.keys(), size=size)


def _learn(
    tokenizer: Tokenizer, corpora: Corpora, plan: Training, seed: int
) -> tuple[NDArray[np.float32], dict[str, float]]:
    """Return the trained table and the mean loss of each kind of batch at the end."""
    import torch

    torch.set_num_threads(plan.threads)
    rng = np.random.default_rng(seed)
    batches = build_batches(tokenizer, corpora, plan.batch_size).draw(rng)
    initial = rng.standard_normal((tokenizer.get_vocab_size(), plan.dimensions), dtype=np.float32)
    table = torch.nn.Parameter(torch.from_numpy(initial * np.float32(0.1)))
    optimizer = torch.optim.Adam([table], lr=plan.learning_rate, betas=(0.9, 0.99), fused=True)
    warmup = max(1, plan.steps // 20)
    losses: dict[str, list[float]] = {}
    for step in range(plan.steps):
        rising, falling = (step + 1) / warmup, (plan.steps - step) / (plan.steps - warmup + 1)
        optimizer.param_groups[0]["lr"] = plan.learning_rate * min(rising, falling)
        batch = next(batches)
        loss = _contrast(table, batch, plan)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if step >= plan.steps * 0.9:
            losses.setdefault(batch.kind, []).append(loss.item())
    learnt = table.detach().numpy()
    learnt[0] = 0  # the unknown piece says nothing
    return learnt, {kind: float(np.mean(found)) for kind, found in sorted(losses.items())}


def _contrast(table: torch.Tensor, batch: Batch, plan: Training) -> torch.Tensor:
    import torch

    questions = _embed(table, batch.questions, plan.exponent)
    documents = _embed(table, batch.documents, plan.exponent)
    similarity = questions @ documents.T / plan.temperature
    own = torch.arange(len(similarity))
    entropy = torch.nn.functional.cross_entropy
    return (entropy(similarity, own) + entropy(similarity.T, own)) / 2


def _embed(table: torch.Tensor, rows: Rows, exponent: float) -> torch.Tensor:
    import torch

    distinct, counts = counted(rows, len(table))
    pieces, starts = torch.from_numpy(distinct.flat), torch.from_numpy(distinct.starts)
    shares = torch.from_numpy((counts**exponent).astype(np.float32))
    sums = torch.nn.functional.embedding_bag(
        pieces, table, starts, mode="sum", per_sample_weights=shares
    )
    return torch.nn.functional.normalize(sums, dim=1)


def _turned(
    table: NDArray[np.float32], tokenizer: Tokenizer, corpora: Corpora, plan: Training
) -> NDArray[np.float32]:
    """Rotate the table onto the principal axes of passages: no similarity changes by that.

    The reports weigh as much as everything else, being what vectors are cut short for.
    """
    import torch

    axes = np.zeros((plan.dimensions, plan.dimensions))
    for texts in (corpora.documents, corpora.reports):
        whole = encode(tokenizer, texts[:: 1 + len(texts) // 5_000])
        if not len(whole.flat):
            continue
        length = 150  # pieces of a passage of the index, about
        starts = np.arange(0, len(whole.flat), length)
        lengths = np.minimum(length, len(whole.flat) - starts)
        rows = rows_of(whole.flat, lengths)[np.arange(len(starts))[:20_000]]
        with torch.no_grad():
            vectors = _embed(torch.from_numpy(table), rows.packed(), plan.exponent).numpy()
        axes += vectors.T.astype(np.float64) @ vectors / len(vectors)
    _, directions = np.linalg.eigh(axes)
    directions = directions[:, ::-1]
    signs = np.sign(directions[np.abs(directions).argmax(axis=0), np.arange(plan.dimensions)])
    turned: NDArray[np.float32] = (table @ (directions * signs)).astype(np.float32)
    return turned


def _save(out: Path, tokenizer: Tokenizer, table: NDArray[np.float32], exponent: float) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize

    from index.embedding.damped import DampedEmbedding

    scales = np.abs(table).max(axis=1) / np.float32(127)
    weights = np.rint(table / np.where(scales > 0, scales, 1)[:, np.newaxis]).astype(np.int8)
    damped = DampedEmbedding(tokenizer, weights, scales.astype(np.float32), exponent)
    model = SentenceTransformer(modules=[damped, Normalize()], device="cpu")
    model.save(str(out), create_model_card=False)


def _model_card(corpora: Corpora, plan: Training, measures: Measures, seed: int) -> str:
    """Return the text of the model's README."""
    rows = "\n".join(
        f"| {source.title} | {source.licence} |"
        for source in SOURCES
        if source.folder in corpora.folders
    )
    losses = "\n".join(f"| {kind} | {loss:.3f} |" for kind, loss in measures.loss.items())
    return f"""---
language: [zh, en]
license: cc-by-sa-4.0
library_name: sentence-transformers
pipeline_tag: sentence-similarity
tags: [sentence-transformers, static-embedding, feature-extraction]
---
# Bilingual static embeddings for Chinese government work reports

A table of {measures.vocabulary:,} piece vectors of {plan.dimensions:,} dimensions in bytes, with a scale a row; a text's vector is
the sum of its distinct pieces' vectors, each times its count to the power of {plan.exponent}, scaled to
length 1. The first dimensions tell most: a prefix of a vector, scaled to length 1, serves where
room is short. Chinese is expected in Simplified characters: fold Traditional
text before. It finds Chinese passages for Chinese and English questions; word order is lost on it,
and a passage of many topics has no clear vector.

## Trained on
| corpus | licence |
| --- | --- |
{rows}

{len(corpora.reports):,} government work reports were used as text without labels. No corpus is part of the model; since some
are under CC BY-SA, so are the weights.

## How
`baogao train-embedding`, seed {seed}: {measures.steps:,} steps of up to {plan.batch_size:,} pairs, Adam at {plan.learning_rate}, temperature
{plan.temperature}, InfoNCE both ways against the other pairs of the batch. A batch holds one kind of pair: asked
questions and their passages; words from one to three places of a passage and the passage; both of
these with the question rendered word by word in English, by the dictionary and by what the translations teach (kinds that
end in `-en`); translations, those of reports cut to clauses at times; words of an English report and
the Chinese paragraph. Load it with `SentenceTransformer(folder, trust_remote_code=True)` where baogao
is installed: its module is `index.embedding.damped.DampedEmbedding`.

## Measures
{measures.seconds:,.0f} seconds on {plan.threads} threads. Mean loss over the last tenth of the steps:

| kind of pair | loss |
| --- | --- |
{losses}
"""  # noqa: E501 - the lines are wrapped as the card will read

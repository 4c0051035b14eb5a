"""The doors for programs built with LangChain: a retriever, and what its Chroma store asks for.

`ReportRetriever` searches as the product does. A store of langchain_chroma reads the collection
alone, by meaning and without the texts:

    Chroma(**collection_of(data), embedding_function=ReportEmbeddings(searcher.embedder))

What a record holds stands in `index.derived.chroma`; the text of its passage comes from
`searcher.catalogue.passages([document.id])`. It is a module of its own because importing
langchain_core takes most of a second. Nothing here searches.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from index.derived.chroma import COLLECTION, shortened
from index.derived.vectors import published
from index.embedding.embedder import Embedder
from index.search.searcher import Searcher
from index.text.folding import fold_search
from index.types import Filter, Hit


class ReportRetriever(BaseRetriever):
    """Returns passages of reports as documents, best first.

    `where` limits the reports that are searched, `top` the number of documents. The metadata of a
    document hold where its text stands (`document`, and `start` and `end` in characters of the
    decoded file), `headings`, `title`, `region` and `year` of the report (None where unknown), and
    `score`, `lexical` and `dense` as in `index.types.Hit`.
    """

    searcher: Searcher
    where: Filter = Filter()
    top: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain passes it
    ) -> list[Document]:
        hits = self.searcher.search(query, where=self.where, top=self.top)
        return [_document(hit) for hit in hits]


def _document(hit: Hit) -> Document:
    passage, report = hit.passage, hit.report
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "document": report.document,
            "start": passage.raw_span.start,
            "end": passage.raw_span.end,
            "headings": list(passage.headings),
            "title": report.plain_title,
            "region": report.place_name,
            "year": report.given,
            "score": hit.score,
            "lexical": hit.lexical,
            "dense": hit.dense,
        },
    )


class ReportEmbeddings(Embeddings):
    """Makes vectors as the collection has them: texts are folded, vectors shortened to its length.

    `embedder` is to be the model that the index was made with, which an open `Searcher` has.
    """

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vector of each text."""
        vectors = self.embedder.embed([fold_search(text) for text in texts])
        return [[float(number) for number in row] for row in shortened(vectors)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        vector = self.embedder.embed_query(fold_search(text))
        return [float(number) for number in shortened(vector[np.newaxis])[0]]


def collection_of(data: Path) -> dict[str, str]:
    """Return where the collection of a data folder is, as langchain_chroma's `Chroma` asks for it.

    It is to be read only. An index that is built anew has another folder: ask again after it.

    Raises:
        Unreadable: There is none.
    """
    return {"persist_directory": str(published(data)), "collection_name": COLLECTION}

"""The doors for programs built with LangChain: a retriever, and what its Chroma store asks for.

`ReportRetriever` searches as the product does. A store of langchain_chroma reads the collection
alone, by meaning and without the texts:

    Chroma(**collection_of(data), embedding_function=ReportEmbeddings(searcher.embedder))

and where the collection lies on a Chroma server, by its whole vectors:

    Chroma(**collection_at(address), embedding_function=ReportEmbeddings(embedder, whole=True))

What a record holds stands in `index.derived.chroma`; the text of its passage comes from
`searcher.catalogue.passages([document.id])`. It is a module of its own because importing
langchain_core takes most of a second. Nothing here searches.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray

from index.derived.chroma import COLLECTION, shortened
from index.derived.chroma_server import Server, settings_of
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

    `embedder` is to be the model that the index was made with, which an open `Searcher` has;
    `whole` leaves the vectors as long as it makes them, as a collection on a server has them.
    """

    def __init__(self, embedder: Embedder, *, whole: bool = False) -> None:
        self.embedder = embedder
        self.whole = whole

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vector of each text."""
        vectors = self.embedder.embed([fold_search(text) for text in texts])
        return [[float(number) for number in row] for row in self._stored(vectors)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        vector = self.embedder.embed_query(fold_search(text))
        return [float(number) for number in self._stored(vector[np.newaxis])[0]]

    def _stored(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return vectors if self.whole else shortened(vectors)


def collection_at(address: str) -> dict[str, Any]:
    """Return where the collection on a Chroma server is, as `Chroma` of langchain_chroma asks.

    Args:
        address: As in BAOGAO_CHROMA. The collection is to be read only.

    Raises:
        VectorServerError: It is no address.
    """
    server = Server.at(address)
    return {
        "collection_name": COLLECTION,
        "host": server.host,
        "port": server.port,
        "ssl": server.encrypted,
        "headers": server.headers,
        "client_settings": settings_of(server),
        "database": server.database,
        "create_collection_if_not_exists": False,
    }


def collection_of(data: Path) -> dict[str, str]:
    """Return where the collection of a data folder is, as langchain_chroma's `Chroma` asks for it.

    It is to be read only. An index that is built anew has another folder: ask again after it.

    Raises:
        Unreadable: There is none.
    """
    return {"persist_directory": str(published(data)), "collection_name": COLLECTION}

"""A LangChain retriever over the index, for programs built with LangChain.

It is a module of its own because importing langchain_core takes most of a second. Nothing here
searches.
"""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index.search.searcher import Searcher
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

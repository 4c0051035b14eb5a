from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from index.search.searcher import Searcher, open_searcher
from index.types import Filter


def test_documents_are_the_hits_with_their_place_in_the_file(seed_searcher: Searcher) -> None:
    from index.search.langchain import ReportRetriever

    documents = ReportRetriever(searcher=seed_searcher, top=4).invoke("固定资产投资")
    hits = seed_searcher.search("固定资产投资", top=4)
    assert [document.id for document in documents] == [hit.passage.id for hit in hits]
    for document, hit in zip(documents, hits, strict=True):
        place = document.metadata
        raw = seed_searcher.catalogue.raw(hit.report.id)
        assert document.page_content == hit.passage.text
        assert place["document"] == hit.report.document
        assert raw[place["start"] : place["end"]] == hit.passage.raw_span.of(raw)
        assert place["score"] == hit.score
        assert place["year"] == (hit.report.year.value if hit.report.year else None)
        assert place["region"] == (hit.report.region.value.name if hit.report.region else None)
        assert place["title"] == (hit.report.title.value if hit.report.title else None)
        assert json.loads(json.dumps(place)) == place


def test_retriever_keeps_to_its_filter(seed_searcher: Searcher) -> None:
    from index.search.langchain import ReportRetriever

    report = seed_searcher.catalogue.reports()[0]
    where = Filter(reports=frozenset({report.id}))
    documents = ReportRetriever(searcher=seed_searcher, where=where).invoke("项目")
    assert {document.metadata["document"] for document in documents} == {report.document}


def test_questions_at_once_get_what_each_gets_alone(seed_searcher: Searcher) -> None:
    from index.search.langchain import ReportRetriever

    retriever = ReportRetriever(searcher=seed_searcher, top=3)
    questions = ["固定资产投资", "粮食产量", "城镇新增就业", "environment", "固定资产投资"]
    alone = [retriever.invoke(question) for question in questions]

    assert asyncio.run(retriever.abatch(questions)) == alone
    assert retriever.batch(questions) == alone
    assert all(alone)


def test_a_store_of_langchain_reads_the_collection(seed_data: Path, tmp_path: Path) -> None:
    store = pytest.importorskip(
        "langchain_chroma", reason="langchain-chroma is not installed: pip install '.[dev]'"
    )
    from index.search.langchain import ReportEmbeddings, collection_of

    data = shutil.copytree(seed_data, tmp_path / "data")
    searcher = open_searcher(data)
    chroma = store.Chroma(
        **collection_of(data), embedding_function=ReportEmbeddings(searcher.embedder)
    )
    report = next(each for each in searcher.catalogue.reports() if each.place and each.given)
    [passage] = searcher.catalogue.passages_of(report.id)[3:4]
    where = {"$and": [{"region": report.place_name}, {"year": report.given}]}
    documents = chroma.similarity_search(passage.text, k=5, filter=where)
    found = {document.id: document for document in documents}
    assert set(found) <= {each.id for each in searcher.catalogue.passages_of(report.id)}
    document = found[passage.id]
    raw, place = searcher.catalogue.raw(report.id), document.metadata
    assert raw[place["start"] : place["end"]] == passage.raw_span.of(raw)
    assert place["document"] == report.document
    above = "\n".join(passage.headings) or report.plain_title or report.document
    assert document.page_content == above
    assert searcher.catalogue.passages([document.id]) == [passage]
    searcher.close()

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.build import build, take_out
from index.checkup import check_up
from index.derived import vectors
from index.derived.chroma import COLLECTION
from index.derived.chroma_server import Server, connected, digests_in
from index.embedding.embedder import open_embedder
from index.embedding.static import StaticEmbedder
from index.errors import VectorServerError
from index.search.searcher import Searcher, open_searcher
from index.search.states import States
from index.storage.catalogue import Catalogue
from tests.conftest import SEEDS
from tests.servers import ChromaServer
from tests.servers import Server as Postgresql

FIRST, SECOND = sorted((SEEDS / "reports").iterdir())[:2]


class NoModel(StaticEmbedder):
    """The bundled model, of which no passage may be asked for."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError(f"{len(texts)} passages are embedded")


@dataclass(frozen=True, slots=True)
class Shared:
    """A catalogue and a collection on servers, and folders of those who share them."""

    database: str
    chroma: str
    folder: Callable[[str], Path]

    def index(self, *paths: Path) -> None:
        build(paths, data=self.folder("writer"), database=self.database, chroma=self.chroma)

    def open(self, name: str) -> Catalogue:
        return Catalogue.open(self.folder(name), database=self.database)

    def stored(self) -> dict[str, str]:
        with connected(Server.at(self.chroma)) as client:
            return digests_in(client.get_collection(COLLECTION, embedding_function=None))


@pytest.fixture
def shared(tmp_path: Path, postgresql_server: Postgresql, chroma_server: ChromaServer) -> Shared:
    def folder(name: str) -> Path:
        (tmp_path / name).mkdir(exist_ok=True)
        return tmp_path / name

    return Shared(postgresql_server.new_database(), chroma_server.new_database(), folder)


@pytest.fixture
def reader(shared: Shared) -> Iterator[States]:
    """Someone else who shares the index of the first report, and has no model."""
    shared.index(FIRST)
    bundled = open_embedder()
    assert isinstance(bundled, StaticEmbedder)
    model = NoModel(
        *(bundled.name, bundled.tokenizer, bundled.table),
        *(bundled.scales, bundled.exponent, bundled.fast),
    )
    states = States(shared.open("reader"), model, server=Server.at(shared.chroma))
    yield states
    states.close()


def reports_of(states: States) -> int:
    with states.current() as state:
        return state.catalogue.count_reports()


def test_a_reader_has_the_writer_s_vectors_byte_for_byte(shared: Shared, reader: States) -> None:
    with reader.current():
        pass
    name = open_embedder().name
    ours, theirs = (vectors.open_vectors(shared.folder(who), name) for who in ("reader", "writer"))
    assert len(ours) > 10
    assert ours.held() == theirs.held() == shared.stored()
    assert (ours.whole == theirs.whole).all()
    assert (ours.first == theirs.first).all()


def test_one_who_serves_comes_to_what_another_wrote(shared: Shared, reader: States) -> None:
    reader.mends = False
    with reader.current():
        pass
    reader.mends = True
    assert reports_of(reader) == 1
    reader.mends = False
    shared.index(SECOND)
    assert reports_of(reader) == 1
    assert reader.catch_up()
    assert reports_of(reader) == 2


def test_what_is_taken_out_leaves_the_server_and_its_readers(
    shared: Shared, reader: States
) -> None:
    shared.index(SECOND)
    report = next(each.id for each in reader.catalogue.reports() if each.document == FIRST.name)
    take_out(report, data=shared.folder("other"), database=shared.database, chroma=shared.chroma)
    assert reports_of(reader) == 1
    assert not [key for key in shared.stored() if key.startswith(f"{report}-")]
    assert shared.stored().keys() == set(reader.catalogue.passage_ids())


def test_what_another_writer_does_next_is_all_that_is_new(
    shared: Shared, reader: States, monkeypatch: pytest.MonkeyPatch
) -> None:
    del reader
    before, made = shared.stored(), list[str]()
    embed = StaticEmbedder.embed

    def counted(self: StaticEmbedder, texts: Sequence[str]) -> NDArray[np.float32]:
        made.extend(texts)
        return embed(self, texts)

    monkeypatch.setattr(StaticEmbedder, "embed", counted)
    build([SECOND], data=shared.folder("other"), database=shared.database, chroma=shared.chroma)
    assert len(made) == len(shared.stored()) - len(before) > 0


def test_a_server_that_is_gone_is_told_and_what_was_read_goes_on(
    shared: Shared, reader: States, chroma_server: ChromaServer
) -> None:
    assert reports_of(reader) == 1
    chroma_server.stop()
    try:
        with pytest.raises(VectorServerError, match=r"cannot be used .*chroma run"):
            shared.index(SECOND)
        assert reports_of(reader) == 1
    finally:
        chroma_server.start()
    shared.index(SECOND)
    assert reports_of(reader) == 2


def test_the_collection_of_another_catalogue_is_left_alone(
    shared: Shared, tmp_path: Path, reader: States
) -> None:
    del reader
    before = shared.stored()
    with pytest.raises(VectorServerError, match="of another catalogue"):
        build([SECOND], data=tmp_path / "foreign", chroma=shared.chroma)
    assert shared.stored() == before


def test_a_check_up_finds_what_is_gone_from_the_server(shared: Shared) -> None:
    shared.index(FIRST)
    asked = (shared.folder("writer"), shared.database, shared.chroma)
    assert not [each for each in check_up(*asked) if each.remedy]
    gone = [min(shared.stored())]
    with connected(Server.at(shared.chroma)) as client:
        collection = client.get_collection(COLLECTION, embedding_function=None)
        collection.delete(ids=gone)
    assert [each.part for each in check_up(*asked) if each.remedy] == ["Chroma server"]


@pytest.mark.parametrize(
    "address", ["host:8000", "ftp://host", "http://", "http://host:port", "http://host/a/b"]
)
def test_an_address_that_is_none_says_what_one_is(address: str, tmp_path: Path) -> None:
    with pytest.raises(VectorServerError, match=r"expected BAOGAO_CHROMA .*http://host:8000"):
        build([FIRST], data=tmp_path, chroma=address)


def test_an_address_is_told_without_its_password() -> None:
    server = Server.at("https://ann:a%20b@host/name")
    assert str(server) == "https://host:8000/name"
    assert server.headers == {"Authorization": "Basic YW5uOmEgYg=="}


def test_a_store_of_langchain_reads_the_whole_vectors(shared: Shared) -> None:
    store = pytest.importorskip(
        "langchain_chroma", reason="langchain-chroma is not installed: pip install '.[dev]'"
    )
    from index.search.langchain import ReportEmbeddings, collection_at

    shared.index(FIRST)
    searcher: Searcher = open_searcher(
        shared.folder("reader"), database=shared.database, chroma=shared.chroma
    )
    functions = ReportEmbeddings(searcher.embedder, whole=True)
    chroma = store.Chroma(**collection_at(shared.chroma), embedding_function=functions)
    [report] = searcher.catalogue.reports()
    passage = searcher.catalogue.passages_of(report.id)[3]
    documents = asyncio.run(chroma.asimilarity_search(passage.text, k=3))
    found = {document.id: document.metadata for document in documents}
    raw = searcher.catalogue.raw(report.id)
    place = found[passage.id]
    assert raw[place["start"] : place["end"]] == passage.raw_span.of(raw)
    searcher.close()

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from index.build import build
from index.embedding.embedder import open_embedder
from index.errors import CatalogueError, CatalogueLocked
from index.search.states import States
from index.storage import connections
from index.storage.catalogue import Catalogue
from index.types import Filter
from tests.conftest import SEEDS
from tests.index.storage.test_catalogue import an_entry
from tests.servers import Server

Opened = Callable[..., Catalogue]


@pytest.fixture
def opened(tmp_path: Path, postgresql_server: Server) -> Opened:
    address = postgresql_server.new_database()

    def opened(*, create: bool = False) -> Catalogue:
        return Catalogue.open(tmp_path, create=create, database=address)

    return opened


def test_what_a_server_stores_is_what_a_file_does(
    tmp_path: Path, seeds_index: Path, postgresql_server: Server
) -> None:
    address = postgresql_server.new_database()
    build([SEEDS / "reports"], data=tmp_path, database=address)
    with (
        Catalogue.open(seeds_index) as file,
        Catalogue.open(tmp_path, database=address) as served,
    ):
        assert served.reports() == file.reports()
        assert served.passages_where(Filter()) == file.passages_where(Filter())
        assert served.figures() == file.figures()
        assert served.places_and_years() == file.places_and_years()
        assert served.newest() == file.newest()
        assert list(served.newest()) == list(file.newest())
        served.look_at_damage(wholly=True)
        assert not served.damage.reports
    assert not (tmp_path / "catalogue.sqlite").exists()


def test_names_are_in_the_order_of_their_characters(opened: Opened) -> None:
    names = ["b.txt", "B.txt", "a b.txt", "ab.txt", "é.txt", "一.txt"]
    with opened(create=True) as catalogue:
        for name in names:
            catalogue.put(an_entry(name))
        assert [each.document for each in catalogue.reports()] == sorted(names)


def test_a_second_writer_is_told_of_the_first(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_LOCK_WAIT_MS", 10)
    with (
        opened(create=True),
        pytest.raises(CatalogueLocked, match="being written by another process"),
    ):
        opened(create=True)
    opened(create=True).close()


def test_a_state_stays_as_it_was_while_another_writes(opened: Opened) -> None:
    with opened(create=True) as writer, opened() as reader:
        writer.put(an_entry("a.txt"))
        before = reader.at_one_state()
        writer.put(an_entry("b.txt"))
        assert [each.document for each in before.reports()] == ["a.txt"]
        assert [each.document for each in reader.reports()] == ["a.txt", "b.txt"]
        before.close()


def test_states_take_over_each_other_s_connection(
    opened: Opened, postgresql_server: Server
) -> None:
    opened(create=True).close()
    reader = opened()

    def connected() -> int:
        count = "SELECT count(*) FROM pg_stat_activity WHERE datname = :name"
        engine = create_engine(postgresql_server.address("postgres"))
        with engine.connect() as connection:
            found = connection.execute(
                text(count), {"name": make_url(str(reader.database)).database}
            )
            number = int(found.scalar_one())
        engine.dispose()
        return number

    reader.at_one_state().close()
    before = connected()
    for _ in range(5):
        reader.at_one_state().close()
    assert connected() == before
    kept = reader.at_one_state()
    reader.close()
    assert kept.reports() == []
    kept.close()


def test_a_change_that_breaks_off_leaves_nothing(opened: Opened) -> None:
    with opened(create=True) as catalogue:
        with suppress(KeyError), catalogue.together():
            catalogue.put(an_entry("a.txt"))
            raise KeyError
        assert catalogue.reports() == []
        assert catalogue.generation == 0


def test_an_empty_database_says_what_to_do(opened: Opened) -> None:
    with pytest.raises(CatalogueError, match=r"no catalogue in postgresql.*baogao index"):
        opened()


def test_a_server_that_is_started_again_is_read_on(
    tmp_path: Path, postgresql_server: Server
) -> None:
    address = postgresql_server.new_database()
    report = next((SEEDS / "reports").iterdir())
    build([report], data=tmp_path, database=address)
    states = States(Catalogue.open(tmp_path, database=address), open_embedder(None))
    with states.current() as state:
        assert state.catalogue.count_reports() == 1
    postgresql_server.stop()
    with pytest.raises(CatalogueError, match="see that PostgreSQL runs there"), states.current():
        pass
    postgresql_server.start()
    with pytest.raises(CatalogueError), states.current() as state:
        state.catalogue.count_reports()
    with states.current() as state:
        assert state.catalogue.count_reports() == 1
    states.close()


def test_two_readers_of_one_store_see_what_a_writer_adds(
    tmp_path: Path, postgresql_server: Server
) -> None:
    address = postgresql_server.new_database()
    first, second, *_ = sorted((SEEDS / "reports").iterdir())
    build([first], data=tmp_path, database=address)
    readers = [
        States(Catalogue.open(tmp_path, database=address), open_embedder(None), mends=False)
        for _ in range(2)
    ]
    with readers[0].current() as one, readers[1].current() as other:
        build([second], data=tmp_path, database=address)
        assert [state.catalogue.count_reports() for state in (one, other)] == [1, 1]
    for reader in readers:
        with reader.current() as state:
            assert state.catalogue.count_reports() == 2
        reader.close()


@pytest.mark.parametrize("address", ["sqlite:///x.db", "mysql://host/name", "what"])
def test_an_address_of_something_else_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(CatalogueError, match=r"expected BAOGAO_DATABASE to be .*postgresql"):
        Catalogue.open(tmp_path, database=address)


def test_a_message_does_not_tell_the_password(tmp_path: Path, postgresql_server: Server) -> None:
    del postgresql_server  # its driver is there
    address = "postgresql+psycopg://baogao:secret@127.0.0.1:1/name"
    with pytest.raises(CatalogueError) as told:
        Catalogue.open(tmp_path, database=address)
    assert "secret" not in str(told.value)
    assert "Connection refused" in str(told.value)

"""The collection on a Chroma server: how it is reached, and what it says that it holds.

Its records are those of `index.derived.chroma`, with whole vectors. Its own metadata say which
catalogue it belongs to and, while no one writes to it, a digest of all that it holds, so that
everyone can tell whether it is what their catalogue holds now. Knows nothing of the catalogue.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

import numpy as np

from index.derived.chroma import COLLECTION, new_collection
from index.derived.stamps import Unreadable
from index.errors import VectorServerError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from chromadb.config import Settings

    from index.derived.snapshot import Snapshot

_PORT = 8000
_DATABASE = "default_database"
"""Of an address that names none: Chroma's own default."""

_SAID = 200  # characters of a failure that are told
_PAGE = 5_000  # records whose digests are read at a time
_BATCH = 1_000  # vectors read at a time


@dataclass(frozen=True, slots=True)
class Server:
    """A Chroma server, and the database on it that holds the collection.

    `secret` is what the header `Authorization` says to a proxy that asks for it, "" for none.
    """

    host: str
    port: int
    database: str
    encrypted: bool = False
    secret: str = ""

    @classmethod
    def at(cls, address: str) -> Server:
        """Read `http://[user:password@]host[:8000][/database]`, or the same with https.

        Raises:
            VectorServerError: It is no such address.
        """
        try:
            parts = urlsplit(address)
            host, port = parts.hostname or "", parts.port or _PORT
        except ValueError:
            parts, host, port = urlsplit(""), "", _PORT
        database = parts.path.strip("/")
        if parts.scheme not in {"http", "https"} or not host or "/" in database or parts.query:
            raise VectorServerError(
                "expected BAOGAO_CHROMA to be an address such as http://host:8000/baogao, "
                "found another thing"
            )
        user = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
        secret = f"Basic {b64encode(user.encode()).decode()}" if parts.username else ""
        return cls(host, port, database or _DATABASE, parts.scheme == "https", secret)

    @property
    def headers(self) -> dict[str, str] | None:
        """What every request carries beside its own, None for nothing."""
        return {"Authorization": self.secret} if self.secret else None

    def __str__(self) -> str:
        """Return the address without a password."""
        return f"http{'s' * self.encrypted}://{self.host}:{self.port}/{self.database}"


@contextmanager
def connected(server: Server, *, create: bool = False) -> Iterator[ClientAPI]:
    """Connect to a server; with `create` the database is made where it is not there.

    Raises:
        VectorServerError: The server cannot be reached, has no such database, or fails.
    """
    import httpx
    from chromadb.errors import ChromaError, NotFoundError

    try:
        try:
            client = _client(server)
        except NotFoundError:
            if not create:
                raise
            _make_database(server)
            client = _client(server)
        with closing(client):
            yield client
    except (ChromaError, httpx.HTTPError, OSError, ValueError) as error:
        said = " ".join(str(error).split())[:_SAID]
        raise VectorServerError(
            f"the Chroma server at {server} cannot be used ({said}): see that it runs "
            "(`chroma run`), and that BAOGAO_CHROMA names it"
        ) from error


def collection_to_write(
    client: ClientAPI, variant: str, catalogue: str, server: Server
) -> ChromaCollection:
    """Return the collection of a catalogue, made where there is none; of another variant, emptied.

    Raises:
        VectorServerError: It is another catalogue's.
    """
    from chromadb.errors import NotFoundError

    try:
        collection = client.get_collection(COLLECTION, embedding_function=None)
        said = collection.metadata or {}
        if said.get("catalogue") != catalogue:
            raise VectorServerError(
                f"the collection {COLLECTION} at {server} is of another catalogue: name another "
                "database in BAOGAO_CHROMA, such as http://host:8000/another"
            )
        if said.get("embedding") == variant:
            return collection
        client.delete_collection(COLLECTION)
    except NotFoundError:
        pass
    return new_collection(client, {"embedding": variant, "catalogue": catalogue})


def note(collection: ChromaCollection, content: str) -> None:
    """Note the digest of all that a collection holds, "" while it is written to."""
    collection.modify(metadata={**(collection.metadata or {}), "content": content})


def noted(collection: ChromaCollection) -> str:
    """Return the digest that was noted, "" for none."""
    return str((collection.metadata or {}).get("content", ""))


def collection_holding(
    client: ClientAPI, variant: str, wanted: Mapping[str, str]
) -> ChromaCollection:
    """Return the collection if it holds what is wanted, for every passage its digest.

    Raises:
        Unreadable: There is none, or it holds something else, as while it is written to.
    """
    from chromadb.errors import NotFoundError

    try:
        collection = client.get_collection(COLLECTION, embedding_function=None)
    except NotFoundError as error:
        raise Unreadable(f"the Chroma server has no collection {COLLECTION}") from error
    is_of_variant = (collection.metadata or {}).get("embedding") == variant
    if not is_of_variant or noted(collection) != digest_of(wanted):
        raise Unreadable("what the Chroma server holds is not what the catalogue does")
    return collection


def digest_of(held: Mapping[str, str]) -> str:
    """Return one digest of the passages' ids and their digests."""
    whole = blake2b(digest_size=16)
    for key in sorted(held):
        whole.update(f"{key} {held[key]}\n".encode())
    return whole.hexdigest()


def digests_in(collection: ChromaCollection) -> dict[str, str]:
    """Return the digest of every record of a collection, by its id."""
    found: dict[str, str] = {}
    for first in range(0, collection.count(), _PAGE):
        page = collection.get(include=["metadatas"], limit=_PAGE, offset=first)
        for key, said in zip(page["ids"], page["metadatas"] or (), strict=True):
            found[key] = str(said.get("digest", ""))
    return found


def fetch(collection: ChromaCollection, snapshot: Snapshot, wanted: Mapping[str, str]) -> None:
    """Write to a snapshot what it lacks of the vectors that are wanted.

    Raises:
        Unreadable: The collection does not hold one of them any more.
    """
    missing = sorted(wanted.keys() - snapshot.held().keys())
    for first in range(0, len(missing), _BATCH):
        batch = missing[first : first + _BATCH]
        found = collection.get(ids=batch, include=["embeddings", "metadatas"])
        digests = [str(said.get("digest", "")) for said in found["metadatas"] or ()]
        if dict(zip(found["ids"], digests, strict=True)) != {key: wanted[key] for key in batch}:
            raise Unreadable("what the Chroma server holds changed while it was read")
        snapshot.write(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), digests)


def _client(server: Server) -> Client:
    from chromadb import HttpClient

    client = HttpClient(
        host=server.host,
        port=server.port,
        ssl=server.encrypted,
        headers=server.headers,
        database=server.database,
        settings=settings_of(server),
    )
    return cast("Client", client)


def _make_database(server: Server) -> None:
    from chromadb import AdminClient

    AdminClient(settings_of(server)).create_database(server.database)


def settings_of(server: Server) -> Settings:
    """Return what a client of Chroma is set to for a server."""
    from chromadb.config import Settings

    return Settings(
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host=server.host,
        chroma_server_http_port=server.port,
        chroma_server_ssl_enabled=server.encrypted,
        chroma_server_headers=server.headers,
        # A client that is closed leaves the connections open that it keeps.
        chroma_http_max_keepalive_connections=0,
        # Reading whom the system trusts takes longer than all else of a connection.
        chroma_server_ssl_verify=None if server.encrypted else False,
        anonymized_telemetry=False,
    )

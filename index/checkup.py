"""A check of everything that is stored: the catalogue row by row, the derived indexes beside it.

Reads all of it, whatever the file system says, and writes nothing. Knows nothing of how damage is
mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.derived import lexical, vectors
from index.derived.chroma_server import Server
from index.derived.stamps import Unreadable
from index.errors import CatalogueError, VectorServerError
from index.storage.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part of the data folder; `remedy` is "" where it is whole."""

    part: str
    says: str
    remedy: str = ""


_MEND = "run `baogao index`"
_RESTORE_SERVER = "restore the database on the server from a backup of it"
_RESTORE = "restore a backup with `baogao restore`, or move it away and index the reports again"


def check_up(data: Path, database: str | None = None, chroma: str | None = None) -> list[Finding]:
    """Read all that is stored in the data folder, and on servers if some are named.

    Raises:
        CatalogueError: There is no catalogue at all.
    """
    if database or not (data / "catalogue.sqlite").exists():
        Catalogue.open(data, database=database).close()  # says so
    return list(_findings(data, database, chroma))


def _findings(data: Path, database: str | None, chroma: str | None) -> Iterator[Finding]:
    try:
        with Catalogue.open(data, read_only=True, database=database) as catalogue:
            catalogue.look_at_damage(wholly=True)
            yield from _of_catalogue(catalogue)
            yield from _of_derived(catalogue)
            if chroma:
                yield _of_server(catalogue, chroma)
    except CatalogueError as error:
        yield Finding("catalogue", str(error), _RESTORE_SERVER if database else _RESTORE)


def _of_catalogue(catalogue: Catalogue) -> Iterator[Finding]:
    mend = _RESTORE_SERVER if catalogue.on_server else _MEND
    for document in catalogue.damage.documents:
        yield Finding("catalogue", f"{document}: what is stored of it is damaged", mend)
    counts = f"{catalogue.count_reports():,} reports, {catalogue.count_passages():,} passages"
    if catalogue.has_seals():
        yield Finding("catalogue", f"{counts}: as they were written")
    else:
        yield Finding("catalogue", f"{counts}, stored without checksums by an older version", _MEND)


def _of_derived(catalogue: Catalogue) -> Iterator[Finding]:
    data, model = catalogue.data, catalogue.embedding
    if catalogue.damage.reports:
        return
    yield _of_one(
        "lexical index",
        data / "lexical",
        lambda: lexical.spoilt(data, thoroughly=True),
        lambda: lexical.is_current(catalogue),
        lambda: set(lexical.contents(data)) == set(catalogue.passage_ids()),
    )
    if model is not None:
        name = model.name
        yield _of_one(
            "vectors",
            data / "vectors",
            lambda: vectors.spoilt(data, thoroughly=True),
            lambda: vectors.is_current(catalogue, name),
            lambda: set(vectors.open_vectors(data, name).held()) == set(catalogue.passage_ids()),
        )


def _of_server(catalogue: Catalogue, chroma: str) -> Finding:
    part, model = "Chroma server", catalogue.embedding
    try:
        if vectors.is_on_server(catalogue, model.name if model else "", Server.at(chroma)):
            return Finding(part, "as it was written, and complete")
    except VectorServerError as error:
        return Finding(part, str(error), _MEND)
    return Finding(part, "does not hold what the catalogue does", _MEND)


def _of_one(
    part: str,
    folder: Path,
    spoilt: Callable[[], Path | None],
    is_current: Callable[[], bool],
    fits: Callable[[], bool],
) -> Finding:
    if not folder.exists():
        return Finding(part, f"{folder} is missing", _MEND)
    if found := spoilt():
        return Finding(part, f"{found} is not what was written", _MEND)
    if not is_current():
        return Finding(part, "behind the catalogue, or made with another model", _MEND)
    try:
        if fits():
            return Finding(part, "as it was written, and complete")
    except Unreadable as error:
        return Finding(part, f"cannot be read ({error})", _MEND)
    return Finding(part, "does not hold what the catalogue does", _MEND)

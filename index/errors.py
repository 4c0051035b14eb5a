"""The errors of `index`.

    BaogaoIndexError
      ├── SourceError       a file that cannot be read as a report; the others go on
      ├── CatalogueError    the catalogue is missing, damaged or of another version
      │     ├── OldCatalogue  it was made by an older version: its files can be read again
      │     └── StorageFull   the disk is full
      ├── VectorServerError a Chroma server that cannot be used, or serves another catalogue
      ├── IndexDamaged      a derived index is damaged and may not be made again here
      ├── OutOfTime         a question takes longer than it may
      ├── BackupError       a backup that cannot be made or restored
      ├── CatalogueLocked   another process is writing
      └── EmbeddingError    an embedding model that cannot be loaded

Each message says what was expected, what was found and what to do, in one line.
"""

from __future__ import annotations


class BaogaoIndexError(Exception):
    """The root: anything that `index` raises on purpose."""


class SourceError(BaogaoIndexError):
    """A file that cannot be read as a report: undecodable, empty, binary or over-large."""


class CatalogueError(BaogaoIndexError):
    """The catalogue is missing, damaged, or was written by another version."""


class OldCatalogue(CatalogueError):  # noqa: N818 - a state, that indexing ends
    """The catalogue was made by an older version; `baogao index` reads its files again."""


class StorageFull(CatalogueError):  # noqa: N818 - what happened, not a defect
    """There is no room on the disk; what was stored before is whole."""


class IndexDamaged(BaogaoIndexError):  # noqa: N818 - a state of a file
    """A derived index is not what was written, and this process may not make it again."""


class VectorServerError(BaogaoIndexError):
    """The Chroma server cannot be reached, or what it holds is another catalogue's."""


class OutOfTime(BaogaoIndexError):  # noqa: N818 - what happened, not a defect
    """A question takes longer than `index.deadline` was told that it may."""


class BackupError(BaogaoIndexError):
    """A backup cannot be made, or is not whole, or stands where something else does."""


class CatalogueLocked(BaogaoIndexError):  # noqa: N818 - the field says "locked", not "lock error"
    """Another process holds the writer's lock."""


class EmbeddingError(BaogaoIndexError):
    """An embedding model that cannot be loaded or that does not fit the index."""

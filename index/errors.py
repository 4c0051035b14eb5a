"""The errors of `index`.

    BaogaoIndexError
      ├── SourceError       a file that cannot be read as a report; the others go on
      ├── CatalogueError    the catalogue is missing, damaged or of another version
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


class CatalogueLocked(BaogaoIndexError):  # noqa: N818 - the field says "locked", not "lock error"
    """Another process holds the writer's lock."""


class EmbeddingError(BaogaoIndexError):
    """An embedding model that cannot be loaded or that does not fit the index."""

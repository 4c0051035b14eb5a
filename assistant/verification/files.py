"""Files by the SHA-256 of their bytes, whatever they are called now.

Knows folders and digests, nothing of bundles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import SourceError
from index.ingestion.loaders import find_sources


@dataclass(frozen=True, slots=True)
class Files:
    """The files of some folders: `paths` by digest, `names` the digests of those called so."""

    paths: Mapping[str, Path] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def among(cls, given: Iterable[Path]) -> Files:
        """Return the files in `given`, at any depth of folders.

        Raises:
            SourceError: a path does not exist, or a file in it cannot be opened.
        """
        paths: dict[str, Path] = {}
        names: dict[str, frozenset[str]] = {}
        named = set(given)
        for path in find_sources(sorted(named)):
            if path not in named and not path.exists():
                continue  # a link to nothing in a folder
            digest = _digest(path)
            paths.setdefault(digest, path)
            names[path.name] = names.get(path.name, frozenset()) | {digest}
        return cls(paths, names)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be read ({error.strerror}); check the path and rights"
        ) from error

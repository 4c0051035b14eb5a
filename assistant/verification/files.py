"""Files by the SHA-256 of their bytes, whatever they are called now.

Knows folders and digests, nothing of bundles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.formats.archives import is_there
from index.ingestion.loaders import digest, find_sources


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
            if path not in named and not is_there(path):
                continue  # a link to nothing in a folder
            sha256 = digest(path)
            paths.setdefault(sha256, path)
            names[path.name] = names.get(path.name, frozenset()) | {sha256}
        return cls(paths, names)

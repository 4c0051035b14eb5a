"""The reports that the answers of a bundle are told from again: an index, or files read anew.

An index that lacks what an answer cites is not asked; the files are then indexed for the while, in
a folder that goes when the check is done. Knows collections and indexes, nothing of statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from assistant.answer import Assistant, open_assistant
from assistant.records.collection import Collection, collection_of
from assistant.records.conversations import Exchange
from assistant.settings import Settings
from assistant.verification.files import Files
from index.build import build
from index.storage.catalogue import Catalogue


@dataclass(frozen=True)
class Corpus:
    """Reports that can be asked."""

    assistant: Assistant

    @property
    def catalogue(self) -> Catalogue:
        """What is stored of the reports."""
        return self.assistant.searcher.catalogue

    @cached_property
    def documents(self) -> Mapping[str, str]:
        """The name that each report has here, by the digest of its file."""
        return {origin.sha256: origin.document for origin in self.catalogue.origins()}

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The digest of each report's file, by the name that it has here."""
        return {document: sha256 for sha256, document in self.documents.items()}

    @cached_property
    def collection(self) -> Collection:
        """All that is stored here."""
        return collection_of(self.catalogue)

    def made(self, exchange: Exchange) -> bool:
        """Tell whether these are the reports that an exchange's answer was made from."""
        return self.collection.has_the_reports_of(exchange.collection)


@dataclass
class Corpora:
    """Finds the reports to ask, in the index at hand and among `files`; ends with its `with`.

    `settings` open the index that is made for the while: its models are theirs.
    """

    files: Files
    settings: Settings
    at_hand: Assistant | None = None
    _made: dict[frozenset[str], Corpus] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Corpora:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def held(self) -> Mapping[str, str]:
        """The names in the index at hand, by the digests of the files."""
        return self._index.documents if self._index else {}

    def has(self, sha256: str) -> bool:
        """Tell whether a file is there: in the folders that are named, else in the index."""
        return sha256 in (self.files.paths or self.held)

    def digests_of(self, name: str) -> set[str]:
        """Return the digests of the files that are now called so, where `has` looks."""
        if self.files.paths:
            return set(self.files.names.get(Path(name).name, frozenset()))
        return {sha256 for sha256, document in self.held.items() if document == name}

    @cached_property
    def _index(self) -> Corpus | None:
        return Corpus(self.at_hand) if self.at_hand else None

    def of(self, exchange: Exchange) -> Corpus | None:
        """Return the reports to ask an exchange's question of; None where a cited file is missing.

        Those that its answer was made from come first: the index, else all the files. Else it is
        the index if it holds what is cited, or the cited files alone.
        """
        cited = {each.sha256 for each in exchange.documents if each.sha256}
        made_from = exchange.collection
        index = self._index
        if index and index.collection.has_the_reports_of(made_from):
            return index
        if made_from and len(self.files.paths) == made_from.reports:
            every = self._of_files(self.files.paths)
            if every.collection.has_the_reports_of(made_from):
                return every
        if index and cited <= set(index.documents):
            return index
        return self._of_files(cited) if cited and cited <= set(self.files.paths) else None

    def _of_files(self, digests: Iterable[str]) -> Corpus:
        wanted = frozenset(digests)
        if wanted not in self._made:
            folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="baogao-verify-")))
            paths = sorted(self.files.paths[digest] for digest in wanted)
            build(paths, data=folder, embedding=self.settings.embedding, processes=1, force=True)
            bare = replace(self.settings, data=folder, database=None, chroma=None, model=None)
            assistant = open_assistant(bare)
            self._stack.callback(assistant.searcher.close)
            self._made[wanted] = Corpus(assistant)
        return self._made[wanted]

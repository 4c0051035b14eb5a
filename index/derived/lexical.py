"""The lexical index: BM25 over characters and their pairs, by tantivy; derived from the catalogue.

Text is handed to tantivy as tokens with spaces between, so that one function decides for passages
and queries alike and no query syntax is ever parsed: a query is a set of tokens, whatever its
characters. Beside the tokens stand the passage's id and the region, year and report to filter by.
The index can be deleted at any time; `sync` makes it again.
"""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from index.derived.stamps import (
    Unreadable,
    is_damaged,
    is_spoilt,
    is_untouched,
    read_stamp,
    remove_stamp,
    set_aside,
    signature,
    stamp_of,
    write_stamp,
)
from index.room import is_full
from index.storage.catalogue import Catalogue
from index.structure.passages import searched_text
from index.text.tokens import tokens
from index.types import Filter, Passage, Report

_FOLDER = "lexical"

# Raised when `index.text.tokens` or fields change, so that older indexes are made again.
_VARIANT = "characters-3"

# Questions have tens of tokens; a pasted page of text is searched by its first ones.
_MOST_TOKENS = 512

# Of how many entries the lists of a query's tokens are read to find passages: of millions it takes
# 50 ms, and the tokens that stand in most passages tell least.
_POSTINGS = 300_000
_FEWEST = 3

_K1 = 1.2
"""tantivy's constant of how soon a repeated token adds nothing."""

_WRITER_MEMORY = 64_000_000
_BATCH = 2_000


def _words(query: str) -> list[str]:
    return list(dict.fromkeys(tokens(query)))[:_MOST_TOKENS]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Filters are text, the year too: a number in a field not declared as one kills the writer.
    for name in ("id", "digest", "report", "region", "year"):
        builder.add_text_field(
            name, stored=name in {"id", "digest"}, tokenizer_name="raw", index_option="basic"
        )
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class LexicalIndex:
    """An index opened for searching: as it was then, whatever a writer commits later."""

    def __init__(self, index: tantivy.Index) -> None:
        self._opened = index.searcher()
        self._schema = index.schema

    def search(self, query: str, where: Filter, limit: int) -> list[tuple[str, float]]:
        """Return the ids and BM25 scores of the best passages that `where` lets through.

        Among very many passages the rarest tokens of the query alone find and score them: `scores`
        tells what all tokens say.
        """
        with _failures_told():
            searcher = self._opened
            words = _words(query)
            rarest = _rarest(searcher, words)
            terms = tantivy.Query.boolean_query(
                [(tantivy.Occur.Should, self._term(word)) for word in rarest]
            )
            wanted = terms.and_must_match(*map(_unscored, self._conditions(where)))
            return self._hits(searcher, wanted, limit)

    def every(self, query: str, where: Filter, most: int) -> dict[str, float]:
        """Return the BM25 scores of all passages that share a token with `query`, by id.

        Args:
            query: The words.
            where: What lets few passages through: each is looked up in every token's list.
            most: How many passages that are at most.
        """
        with _failures_told():
            return self._scored(self._opened, _words(query), self._conditions(where), most)

    def scores(self, query: str, ids: Collection[str]) -> dict[str, float]:
        """Return the BM25 scores of those of the passages `ids` that share a token with `query`."""
        with _failures_told():
            wanted = [self._among("id", ids)]
            return self._scored(self._opened, _words(query), wanted, len(ids))

    def ceiling(self, query: str) -> float:
        """Return the score that no passage exceeds: of one that is full of each token of a query.

        A token that the index does not hold counts too, as the rarest of all: where it knows next
        to none, as of a question in English, every score is far below the ceiling.
        """
        with _failures_told():
            searcher = self._opened
            passages = searcher.num_docs
            found = [searcher.doc_freq("body", word) for word in _words(query)]
        # The formula of tantivy's BM25; a deleted passage may still be counted in a frequency.
        idfs = (math.log(1 + max(passages - n + 0.5, 0) / (n + 0.5)) for n in found)
        return sum(idfs) * (_K1 + 1)

    def _conditions(self, where: Filter) -> list[tantivy.Query]:
        sides = (
            ("region", where.regions),
            ("year", [str(year) for year in where.years]),
            ("report", where.reports),
        )
        return [self._among(name, values) for name, values in sides if values]

    def _among(self, field: str, values: Collection[str]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, field, sorted(values))

    def _term(self, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "body", word, "freq")

    def _scored(
        self,
        searcher: tantivy.Searcher,
        words: Sequence[str],
        conditions: Sequence[tantivy.Query],
        most: int,
    ) -> dict[str, float]:
        """Return the scores of the at most `most` passages that meet conditions.

        Each word is optional beside what the ones before it left, so that the few passages are
        looked up in its list; side by side, the lists would be merged first, all of them: that
        takes 20 to 50 ms for 200 among a million, this 5 to 8.
        """
        wanted = tantivy.Query.all_query()
        for condition in conditions:
            wanted = wanted.and_must_match(condition)
        asked = _unscored(wanted)
        for word in words:
            asked = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, asked), (tantivy.Occur.Should, self._term(word))]
            )
        found = self._hits(searcher, asked, most)
        return {key: score for key, score in found if score > 0}

    def _hits(
        self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int
    ) -> list[tuple[str, float]]:
        if limit < 1:
            return []
        found = searcher.search(query, limit=limit, count=False)
        return [(_stored(searcher, address, "id"), score) for score, address in found.hits]


def _unscored(condition: tantivy.Query) -> tantivy.Query:
    """Return a condition that has to hold and adds nothing to the score."""
    return tantivy.Query.const_score_query(condition, 0.0)


def _rarest(searcher: tantivy.Searcher, words: Sequence[str]) -> list[str]:
    """Return the words that stand in few passages: all, where all together do not cost much."""
    frequencies = {word: searcher.doc_freq("body", word) for word in words}
    kept: list[str] = []
    read = 0
    for word in sorted(words, key=lambda word: frequencies[word]):
        read += frequencies[word]
        if read > _POSTINGS and len(kept) >= _FEWEST:
            break
        kept.append(word)
    return kept if len(kept) < len(words) else list(words)


def open_lexical(data: Path) -> LexicalIndex:
    """Open the lexical index in the data folder for searching.

    Raises:
        Unreadable: There is none, or it cannot be read; `sync` makes it again.
    """
    if is_damaged(data / _FOLDER):
        raise Unreadable(f"files of {data / _FOLDER} are missing or cut short")
    with _failures_told(), _lockable(data / _FOLDER) as folder:
        return LexicalIndex(_open(folder))


def spoilt(data: Path, *, thoroughly: bool = False) -> Path | None:
    """Return the folder of the index if its files are not what was written.

    Args:
        data: The data folder.
        thoroughly: Read all files, also those whose size and time of change are as they were.
    """
    return data / _FOLDER if is_spoilt(data / _FOLDER, thoroughly=thoroughly) else None


def state(data: Path) -> object:
    """Return what is equal as long as the files of the index are not changed."""
    return signature(data / _FOLDER)


@contextmanager
def _lockable(folder: Path) -> Iterator[Path]:
    """Give the folder, or where nothing can be written to it, another with links to its files.

    tantivy makes a lock beside the files that it opens, and reads none by name afterwards.
    """
    if os.access(folder, os.W_OK) or not folder.is_dir():
        yield folder
        return
    with TemporaryDirectory(prefix="baogao-") as links:
        for path in folder.iterdir():
            if not path.name.endswith(".lock"):
                Path(links, path.name).symlink_to(path.absolute())
        yield Path(links)


def is_current(catalogue: Catalogue) -> bool:
    """Say whether the index was last synced to the catalogue as it is now."""
    return read_stamp(catalogue.data / _FOLDER) == stamp_of(catalogue, _VARIANT)


def sync(catalogue: Catalogue) -> None:
    """Bring the index to what the catalogue holds; the caller holds the writer's lock.

    What is missing or stale is added, what is foreign removed, and an index that cannot be read
    is set aside and made again with one line of warning.
    """
    folder = catalogue.data / _FOLDER
    stamp = stamp_of(catalogue, _VARIANT)
    if is_spoilt(folder):
        set_aside(folder, "its files are not what was written")
    if is_untouched(folder, stamp):
        return
    try:
        _update(catalogue, folder)
    except Unreadable as error:
        if is_full(error, catalogue.data):
            raise
        # A killed run can leave a file under the name that this commit would write.
        set_aside(folder, str(error))
        _update(catalogue, folder)
    write_stamp(folder, stamp)


def _update(catalogue: Catalogue, folder: Path) -> None:
    """Add what the index lacks and remove what is no longer wanted, in one commit.

    Raises:
        Unreadable: the index can be read and not be written.
    """
    index, found = _open_or_create(folder)
    wanted = _wanted(catalogue)
    remove_stamp(folder)
    with _failures_told():
        writer = index.writer(_WRITER_MEMORY, num_threads=1)
        for identifier in found:
            if found[identifier] != wanted.get(identifier):
                writer.delete_documents_by_term("id", identifier)
    missing = [identifier for identifier in wanted if found.get(identifier) != wanted[identifier]]
    reports = {report.id: report for report in catalogue.reports()}
    for first in range(0, len(missing), _BATCH):
        for passage in catalogue.passages(missing[first : first + _BATCH]):
            report = reports[passage.report_id]
            writer.add_document(_document(passage, report, wanted[passage.id]))
    with _failures_told():
        writer.commit()
        writer.wait_merging_threads()


def contents(data: Path) -> dict[str, str]:
    """Return what the index holds: a digest of each passage's tokens and filters, by its id.

    Raises:
        Unreadable: There is no index, or it cannot be read.
    """
    with _lockable(data / _FOLDER) as folder:
        return _contents(_open(folder))


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise Unreadable(str(error)) from error


def _open(folder: Path) -> tantivy.Index:
    with _failures_told():
        return tantivy.Index.open(str(folder))


def _open_or_create(folder: Path) -> tuple[tantivy.Index, dict[str, str]]:
    if folder.exists():
        try:
            index = _open(folder)
            return index, _contents(index)
        except Unreadable as error:
            if is_full(error, folder):
                raise
            set_aside(folder, str(error))
    folder.mkdir(exist_ok=True)
    with _failures_told():
        return tantivy.Index(_schema(), path=str(folder)), {}


def _contents(index: tantivy.Index) -> dict[str, str]:
    found: dict[str, str] = {}
    with _failures_told():
        searcher = index.searcher()
        limit = max(searcher.num_docs, 1)
        every = searcher.search(tantivy.Query.all_query(), limit=limit, count=False)
        for _, address in every.hits:
            identifier = _stored(searcher, address, "id")
            # A passage that is there twice has no digest, so that it is taken out and added anew.
            found[identifier] = "" if identifier in found else _stored(searcher, address, "digest")
    return found


def _wanted(catalogue: Catalogue) -> dict[str, str]:
    filters = {report.id: "|".join(_filters(report).values()) for report in catalogue.reports()}
    return {
        identifier: f"{digest}|{filters[report_id]}|{_VARIANT}"
        for identifier, (report_id, digest) in catalogue.passage_digests().items()
    }


def _filters(report: Report) -> dict[str, str]:
    return {
        "report": report.id,
        "region": report.region.value.code if report.region else "",
        "year": str(report.year.value) if report.year else "",
    }


def _document(passage: Passage, report: Report, digest: str) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("id", passage.id)
    document.add_text("digest", digest)
    for name, value in _filters(report).items():
        document.add_text(name, value)
    document.add_text("body", " ".join(tokens(searched_text(passage))))
    return document


def _stored(searcher: tantivy.Searcher, address: tantivy.DocAddress, field: str) -> str:
    return str(searcher.doc(address)[field][0])

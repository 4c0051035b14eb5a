"""What is to be known of the files behind an answer: changed, gone, or said otherwise in a copy.

The words stand below the answer, each on its line; they are no part of its text, which is held to
what it cites. Knows the files that are cited, not how the answer came about.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.prompts import phrase
from assistant.types import Answer, Citation, Language
from index.ingestion.standing import Standing, standings
from index.storage.catalogue import Catalogue
from index.storage.entries import Copy, Difference

_NAMED = 5
"""Files that a line names before it only counts."""

_SHOWN = 60


def notes_of(answer: Answer, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the lines to be said of the files that an answer cites; none where all is well.

    Reports that no answer can use, as what is stored of them is damaged, are named in any case.
    """
    documents = dict.fromkeys(citation.document for citation in answer.citations)
    found: dict[Standing, list[str]] = {"changed": [], "gone": [], "same": []}
    ids = catalogue.ids_of(documents)
    cited = {ids[document]: document for document in documents if document in ids}
    states = standings(list(cited), catalogue)
    for report_id, document in cited.items():
        found[states[report_id]].append(document)
    lines = list(_damaged(answer.language, catalogue))
    lines += [
        phrase(key, answer.language, documents=_named(found[state], answer.language))
        for key, state in _STATES
        if found[state]
    ]
    copies = [copy for copy in catalogue.sources.copies() if copy.report_id in cited]
    for copy in copies:
        lines += _otherwise(answer, cited[copy.report_id], copy)
    return tuple(lines)


_STATES: tuple[tuple[str, Standing], ...] = (("file_changed", "changed"), ("file_gone", "gone"))


def _damaged(language: Language, catalogue: Catalogue) -> Iterator[str]:
    documents = catalogue.damage.documents
    if documents:
        named = _named(documents, language)
        yield phrase("damaged", language, count=len(documents), documents=named)


def _named(documents: list[str], language: Language) -> str:
    separator = ", " if language == "en" else "、"
    named = separator.join(documents[:_NAMED])
    if len(documents) <= _NAMED:
        return named
    return phrase("and_more_files", language, files=named, count=len(documents) - _NAMED)


def _otherwise(answer: Answer, document: str, copy: Copy) -> Iterator[str]:
    for difference in copy.differences:
        here = difference.here
        cites = [each for each in answer.citations if _shares(each, document, difference)]
        if cites:
            there = difference.there
            quote = " ".join(there.quote.split())
            yield phrase(
                "copy_differs",
                answer.language,
                document=copy.document,
                mark=f"[{cites[0].n}]",
                here=here.value,
                quote=quote if len(quote) <= _SHOWN else quote[: _SHOWN - 1] + "…",
                place=f"{copy.document}:{there.start}-{there.end}",
            )


def _shares(citation: Citation, document: str, difference: Difference) -> bool:
    here = difference.here
    return citation.document == document and citation.start < here.end and here.start < citation.end

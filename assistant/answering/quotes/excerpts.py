"""A citation in its surroundings, for people: the passage around it, cleaned and as in the file.

Knows the catalogue; not how a page shows it.
"""

from __future__ import annotations

from assistant.types import Citation, Excerpt, Source
from index.storage.catalogue import Catalogue
from index.types import Span


def source_of(citation: Citation, catalogue: Catalogue) -> Source:
    """Return a citation with its passage and the headings above it."""
    report = catalogue.report_of(citation.document)
    normalized = catalogue.normalized(report.id)
    cited = Span(citation.start, citation.end)
    passage = catalogue.passage_at(report.id, cited)
    clean = normalized.clean_span(cited)
    around = passage.span if passage else clean
    raw_around = passage.raw_span if passage else cited
    return Source(
        citation=citation,
        headings=passage.headings if passage else (),
        cleaned=_excerpt(normalized.text, around, clean),
        original=_excerpt(normalized.raw, raw_around, cited),
    )


def _excerpt(text: str, around: Span, mark: Span) -> Excerpt:
    """Cut `around`, widened to hold `mark`, out of `text`."""
    start, end = min(around.start, mark.start), max(around.end, mark.end)
    return Excerpt(text[start:end], Span(mark.start - start, mark.end - start))

"""What programs read of searches, reports and texts: plain values for JSON.

Knows the fields, not what is called to get them nor which door they leave by.
"""

from __future__ import annotations

from typing import Any

from index.text.normalization import Normalized
from index.types import Hit, Report, Span


def hit_record(hit: Hit) -> dict[str, Any]:
    """Return a search hit as a record for programs."""
    passage, report = hit.passage, hit.report
    return {
        "document": report.document,
        "start": passage.raw_span.start,
        "end": passage.raw_span.end,
        "region": report.place_name,
        "year": report.given,
        "headings": list(passage.headings),
        "text": passage.text,
        "score": hit.score,
        "lexical": hit.lexical,
        "dense": hit.dense,
    }


def report_record(report: Report) -> dict[str, Any]:
    """Return what is known of a report in one line of values, None where it is not."""
    return {
        "document": report.document,
        "title": report.plain_title,
        "region": report.place_name,
        "code": report.place.code if report.place else None,
        "year": report.given,
        "date": report.date.value if report.date else None,
        "session": report.session.value if report.session else None,
        "speaker": report.speaker.value if report.speaker else None,
        "url": report.url,
    }


def text_record(report: Report, text: Normalized, span: Span, around: int) -> dict[str, Any]:
    """Return the characters of a span with so many around it, as in the file and cleaned."""
    first = max(0, span.start - around)
    last = min(len(text.raw), span.end + around)
    return {
        "document": report.document,
        "title": report.plain_title,
        "region": report.place_name,
        "year": report.given,
        "url": report.url,
        "start": span.start,
        "end": span.end,
        "before": text.raw[first : span.start],
        "text": span.of(text.raw),
        "after": text.raw[span.end : last],
        "cleaned": text.clean_span(Span(first, last)).of(text.text),
        "characters": len(text.raw),
    }

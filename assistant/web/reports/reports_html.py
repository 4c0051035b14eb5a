"""The frame of the tab of reports as HTML; the script fills its table.

Knows no reports.
"""

from __future__ import annotations

from assistant.types import Language
from assistant.web.texts.loading import reports_texts

_STYLE = {"source": ' class="file"'}
"""Columns that the style sheet leaves out of a narrow window."""


def frame_html(language: Language, largest: int) -> str:
    """Return the tab without reports; it takes files of at most `largest` bytes in, 0 for none."""
    texts = reports_texts(language)
    head = "".join(
        f'<th scope="col"{_STYLE.get(column, "")} aria-sort="none">'
        f'<button type="button" data-sort="{column}">'
        f'{name}<span aria-hidden="true"></span></button></th>'
        for column, name in texts.columns.items()
    )
    taking = (
        f'<div class="drop" data-largest="{largest}">'
        f"<p><strong>{texts.drop}</strong> {texts.or_choose}</p>"
        f'<label class="choose-files"><input type="file" multiple '
        f'accept=".txt,.md,.html,.htm,.docx,.pdf,text/plain,text/html">{texts.choose}</label>'
        f'<p class="hint">{texts.kept_where}</p></div><ol class="taken" aria-live="polite"></ol>'
        if largest
        else ""
    )
    return (
        f'<h2 class="spoken">{texts.reports}</h2>{taking}'
        f'<div class="report-tools"><input type="search" aria-label="{texts.search}" '
        f'placeholder="{texts.search}"><label class="only-doubts"><input type="checkbox">'
        f"{texts.only_doubts}</label>"
        '<span class="count" role="status"></span></div>'
        '<p class="undo" role="status"></p><div class="figure-view"><div class="sheet" '
        f'tabindex="0" role="region" aria-label="{texts.reports}"><table class="reports"><thead>'
        f'<tr>{head}<th scope="col"><span class="spoken">{texts.actions}</span></th></tr></thead>'
        f"<tbody></tbody></table></div>"
        f'<button type="button" class="show-more" hidden></button>'
        f'<p class="empty" hidden>{texts.nothing}</p>'
        f'<p class="empty none-fit" role="status" hidden>{texts.none_fit}</p></div>'
    )

"""The fields that the tabs choose by, as HTML: names that are typed, a span of years, a list.

Knows nothing of what is chosen with them.
"""

from __future__ import annotations

from assistant.types import Language
from assistant.web.texts.loading import figure_texts


def picker_html(tab: str, name: str, label: str, hint: str) -> str:
    """Return a field of which several names can be chosen, with what is offered as one types."""
    offered = f"offered-{tab}-{name}"
    return (
        f'<div class="picker" data-side="{name}"><label>{label}'
        f'<input list="{offered}" autocomplete="off" placeholder="{hint}"></label>'
        f'<datalist id="{offered}"></datalist><div class="chips"></div></div>'
    )


def years_html(language: Language, years: tuple[int, int] | None) -> str:
    """Return the fields of the first and the last year; `years` are those that there are."""
    texts = figure_texts(language)
    first, last = years or (1979, 2030)
    bounds = f'type="number" inputmode="numeric" min="{first}" max="{last}"'
    return (
        f'<fieldset class="years"><legend>{texts.year}</legend>'
        f'<input name="from" {bounds} placeholder="{first}" aria-label="{texts.from_year}">'
        f'<span aria-hidden="true">–</span>'
        f'<input name="to" {bounds} placeholder="{last}" aria-label="{texts.to_year}"></fieldset>'
    )


def choice_html(name: str, label: str, open_side: str) -> str:
    """Return a list of which one is chosen, first of all `open_side`; the others come later."""
    return (
        f'<label>{label}<select name="{name}" aria-label="{label}">'
        f'<option value="">{open_side}</option></select></label>'
    )

"""The tab of trends without a trend in it: what can be chosen, and where the trend will stand.

Knows nothing of what is chosen.
"""

from __future__ import annotations

from assistant.types import Language
from assistant.web.figures.fields_html import picker_html, years_html
from assistant.web.texts.loading import figure_texts, trend_texts


def frame_html(language: Language, years: tuple[int, int] | None) -> str:
    """Return the frame; `years` are the first and the last that there are figures of."""
    texts, figures = trend_texts(language), figure_texts(language)
    ways = "".join(
        f'<label><input type="radio" name="trend-by" value="{by}"><span>{name}</span></label>'
        for by, name in (("indicator", texts.by_indicator), ("term", texts.by_term))
    )
    kinds = f'<option value="actual">{texts.result}</option>'
    kinds += f'<option value="target">{texts.target}</option>'
    return (
        f'<h2 class="spoken">{texts.trends}</h2><form class="filters" onsubmit="return false">'
        f'<fieldset class="by"><legend>{texts.what}</legend><span class="switch">{ways}</span>'
        f"</fieldset>{picker_html('trends', 'term', texts.term, texts.type_term)}"
        f"{picker_html('trends', 'indicator', texts.by_indicator, texts.type_indicator)}"
        f"{picker_html('trends', 'place', texts.place, figures.type_place)}"
        f"{years_html(language, years)}"
        f'<label data-of="indicator">{figures.measure}<select name="measure" '
        f'aria-label="{figures.measure}"></select></label>'
        f'<label data-of="indicator" class="side">{texts.kind}<select name="kind" '
        f'aria-label="{texts.kind}">{kinds}</select></label>'
        f'<p class="problem" role="alert"></p></form>'
        f'<div class="figure-view trend"></div><div class="begin" hidden><p>{texts.how_term}</p>'
        f'<p class="suggested" hidden>{texts.suggested}</p></div>'
    )

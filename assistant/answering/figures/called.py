"""Finds the figures whose clause says all that an English question names, in the reports' words.

What no indicator stands for is looked up by these words: mulberry gardens, sewage outfalls. Knows
what the words are called in Chinese, and nothing of English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.figures.lookup import Found, Stated, found_among
from assistant.answering.quotes.asked import Word
from assistant.types import Question

_SAID = 0.8
"""The share of a question's words, by weight, that the clause of a figure has to say."""
_BESIDE = 0.9
"""The same where the question names an indicator too, which says most of it already."""
_TELLING = 6.0
"""The weight of words from which they tell more than which indicator is meant."""
_NAMES = 3.0
"""The weight from which a word names something: one of these a figure has to be of."""
_ALIKE = 0.01


def look_up_called(
    question: Question, words: Sequence[Word], candidates: Sequence[Stated]
) -> Found:
    """Return what `candidates`, all of one place, have for the words of a question.

    Args:
        question: what is asked; its kind, years and measure decide among the figures.
        words: what `asked_words` found in it.
        candidates: the figures of one place.
    """
    figures = [word for word in words if word.figure]
    own = sum(word.weight for word in words if not word.figure)
    if not words or (figures and own < _TELLING):
        return Found()
    least = _BESIDE if figures else _SAID
    named = [each for each in candidates if _is_of(each, words)]
    shares = [_said(each, words) for each in named]
    best = max(shares, default=0.0)
    if best < least:
        return Found()
    chosen = [each for each, share in zip(named, shares, strict=True) if share >= best - _ALIKE]
    asked = replace(question, subject=" ".join(name for word in words for name in word.called))
    return found_among(asked, chosen, candidates)


def _is_of(stated: Stated, words: Sequence[Word]) -> bool:
    """Tell whether a figure is of one of the words, not only stated beside them."""
    figure = stated.figure
    return any(
        name in figure.indicator or name in figure.as_written
        for word in words
        if word.weight >= _NAMES
        for name in _narrowest(word)
    )


def _said(stated: Stated, words: Sequence[Word]) -> float:
    clause = stated.figure.clause
    said = sum(word.weight for word in words if any(name in clause for name in _narrowest(word)))
    return said / sum(word.weight for word in words)


def _narrowest(word: Word) -> list[str]:
    """Return what a word is called, less what is wider: 排污口 beside 入海排污口."""
    if word.figure:
        return list(word.called)
    return [name for name in word.called if not any(name in o and name != o for o in word.called)]

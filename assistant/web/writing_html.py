"""What the page shows of a chat model's work: an answer while it is written, and what was cut.

Unchecked words are shown as a draft, quieter and without their numbers, and give way to checked
ones statement by statement. All that a model wrote is text, never markup. Knows nothing of models.
"""

from __future__ import annotations

from html import escape

from assistant.prompts import prompt
from assistant.types import Answer, Grade, Language, Writing
from assistant.web.texts.loading import page_texts

_MARKUP = str.maketrans({character: f"&#{ord(character)};" for character in "&<[`~\\*_#|"})


def writing_markdown(writing: Writing, language: Language) -> str:
    """Return an answer that is being written: its checked part, the draft, and what both are."""
    texts = page_texts(language)
    draft = escape(writing.draft)
    shown = f'<span class="draft">{draft}</span>' if draft else ""
    note = f'<span class="writing">{texts.writing}</span>'
    parts = [writing.settled.translate(_MARKUP), shown, note]
    return "\n\n".join(part for part in parts if part)


def notes_html(answer: Answer) -> str:
    """Return what is to be known of the files behind an answer; empty where all is well."""
    lines = "".join(f"<li>{escape(note)}</li>" for note in answer.notes)
    return f'<ul class="notes">{lines}</ul>' if lines else ""


_BADGES: dict[Grade, str] = {"proved": "\ue0f0", "supported": "\ue0f1"}
"""What stands for a badge while a text's markup is escaped; nothing else may stand for one."""


def with_badges(answer: Answer) -> str:
    """Return an answer's text with a sign behind each statement of a chat model's, by its grade."""
    text = answer.text
    for sign in _BADGES.values():
        text = text.replace(sign, "")
    reached = 0
    for each in answer.graded:
        start = text.find(each.text, reached)
        if start >= 0:
            reached = start + len(each.text)
            text = text[:reached] + _BADGES[each.grade] + text[reached:]
    return text


def badges_html(text: str, language: Language) -> str:
    """Put the badges into a text that is HTML by now, in the place of their signs."""
    texts = page_texts(language)
    for grade, sign in _BADGES.items():
        badge = f'<span class="grade {grade}">{getattr(texts, grade)}</span>'
        text = text.replace(sign, f" {badge}")
    return text


def withheld_html(answer: Answer, language: Language) -> str:
    """Return the fold with what was cut of a model's words, and why; empty where nothing was."""
    if not answer.withheld:
        return ""
    texts = page_texts(language)
    lines = "".join(
        f'<li><span class="cut">{escape(each.text)}</span> '
        f"<span>{escape(prompt(f'fault_{each.fault}', language))}</span></li>"
        for each in answer.withheld
    )
    named = texts.withheld.format(count=len(answer.withheld))
    return f'<details class="withheld"><summary>{named}</summary><ul>{lines}</ul></details>'

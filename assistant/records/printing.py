"""What came from outside as a terminal may be shown it: nothing that a terminal would obey."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return what came from outside on one line, without what a terminal would obey."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def printable_lines(text: str) -> str:
    """Return what came from outside with its lines and spaces, but nothing to be obeyed."""
    return "".join(char if char.isprintable() or char in "\n\t\u3000" else " " for char in text)

"""Whether a statement is nothing but the words that it cites, to the character.

Knows text and citations; white space and the script of the words aside, nothing is forgiven.
"""

from __future__ import annotations

import re

from assistant.grounding.check import MARK
from assistant.types import Answer
from index.text.normalization import normalize
from index.text.script import to_traditional

_QUOTED = re.compile(r"“(.+)”[.。]?", re.DOTALL)


def is_quotation(statement: str, answer: Answer) -> bool:
    """Tell whether a statement of an answer is one citation's words, whole and nothing else.

    They may stand in quotation marks; in an answer in Traditional characters they may be in those.
    """
    marks = {int(number) for number in MARK.findall(statement)}
    if len(marks) != 1:
        return False
    words = MARK.sub("", statement).strip()
    quoted = _QUOTED.fullmatch(words)
    said = {_dense(words), _dense(quoted[1]) if quoted else ""} - {""}
    for citation in answer.citations:
        if citation.n in marks:
            cited = {citation.quote, normalize(citation.quote).text}
            if answer.language == "zh-Hant":
                cited |= {to_traditional(each) for each in cited}
            return bool(said & {_dense(each) for each in cited})
    return False


def _dense(text: str) -> str:
    return "".join(text.split())

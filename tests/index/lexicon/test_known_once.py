"""No module but the lexicon lists its words: of decline, of qualifying, of numbers, of growth.

A list is a collection with two or more of these words, or a regular expression with two or more of
them as alternatives. What may list them all the same stands below, with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from index.lexicon import qualifiers
from index.lexicon.measures import CHANGES
from index.lexicon.numerals import CARDINALS, DIGITS, MONTHS, ORDINALS

ROOT = Path(__file__).parents[3]
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for package in ("index", "assistant")
    for path in (ROOT / package).rglob("*.py")
    if "lexicon" not in path.parts
)

WORDS = {
    "decline": frozenset(qualifiers.declines()),
    "qualifier": frozenset(qualifiers.written("apart", "before", "inside", "after")),
    "number": frozenset(CARDINALS) | frozenset(ORDINALS),
    "month": frozenset(MONTHS),
    "measure": frozenset(CHANGES),
}
"""Family of words → the words of it."""

FEWEST = {"number": 3, "measure": 3}
"""How many make a list where it is not two: "first" and "second" are names of other things too."""

_BOUNDARY = "verbs and particles of any kind at which a name or a clause ends"
_PART = "words of which one grammar's forms are made; not what qualifies a value"
_REBUILT = "goal or result: rebuilt as index/lexicon/stance.toml"
ALLOWED = {
    (
        "assistant/answering/accounting.py",
        "_BENIGN",
    ): "words by which a question asks",
    (
        "assistant/answering/accounting.py",
        "_PART_OF_YEAR",
    ): "the first nine months, as a question says",
    ("assistant/questions/understand.py", "_SPOKEN_GROWTH"): "how a question is put, not a value",
    ("assistant/questions/understand.py", "_NUMBER"): "what stands around a number in a question",
    (
        "assistant/checking/reading/clauses.py",
        "_PASSED",
    ): "before a goal that is compared with, not a value",
    ("assistant/checking/reading/expanding.py", "_BEHIND"): _BOUNDARY,
    ("assistant/checking/reading/expanding.py", "_COUNTED"): _BOUNDARY,
    ("assistant/checking/reading/nearby.py", "_TO_IT"): "may stand between a year and its number",
    ("assistant/checking/reading/nearby.py", "_FROM_IT"): "may stand between a number and its year",
    ("assistant/checking/reading/sentence.py", "_NO_CLAIM"): "spans of years, which claim nothing",
    ("assistant/checking/wording.py", "_LIGHT"): "verbs that a text may leave out",
    ("assistant/claims/number_words.py", "_SPECIAL"): "signs for dozens, not qualifiers",
    ("assistant/grounding/contradictions.py", "_NO_DENIAL"): "words with 不 that deny nothing",
    ("assistant/grounding/figure_lock.py", "_COMPARED"): "how a difference is said, not a value",
    ("assistant/reading/parts.py", "relation_of"): "how a question compares",
    ("index/figures/amounts/finding.py", "_ATTRIBUTE"): _PART,
    ("index/figures/amounts/finding.py", "_HOURS_INSIDE"): _PART,
    ("index/figures/amounts/finding.py", "_NAMES_A_RATIO"): _PART,
    ("index/figures/amounts/spelled.py", "NO_DURATION"): _PART,
    ("index/figures/amounts/written.py", "_BEFORE"): "what may be put together: 力争突破, 达到近",
    ("index/figures/clauses.py", "_END_OF_CHANGE"): "any change from one value to another",
    ("index/figures/stating.py", "_WHOLE_SENTENCE"): _PART,
    ("index/figures/stating.py", "_GOES_ON"): _PART,
    ("index/figures/measures.py", "_SINCE_BASE"): "measures that are counted from a year",
    ("index/figures/measures.py", "_REACHED"): _PART,
    ("index/figures/measures.py", "_STOCK"): _PART,
    ("index/figures/measures.py", "_GROWTH_NAMED"): "how names of a rate end",
    ("assistant/panel/names.py", "_REACHED"): _PART,
    ("assistant/questions/years.py", "_DURATION"): "what stands before a length of time: 近30年",
    ("index/figures/periods.py", "COMPARES"): _REBUILT,
    ("index/figures/periods.py", "_DONE_IN_FIVE"): "verbs behind a bare 五年, most of other things",
    ("index/figures/qualitative.py", "_HIGHER"): "targets in words, compared with another place",
    ("index/figures/qualitative.py", "_ALWAYS"): "targets in words, whole",
    ("index/figures/qualitative.py", "_GOALS"): "targets in words, whole",
    ("index/figures/subjects/circumstances.py", "OVER_PLAN"): "how a plan is compared with",
    ("index/structure/statements.py", "_CONTINUES"): _BOUNDARY,
    ("index/types.py", "FigureMeasure"): "the measures themselves",
}
"""(Module, name of what lists them) → why it may."""


def listed(source: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the lists of a module: the name of what holds one, the family, the words."""
    for name, node in _named(ast.parse(source)):
        for words in _lists(node):
            for family, known in WORDS.items():
                if len(found := sorted(known & set(words))) >= FEWEST.get(family, 2):
                    yield name, family, found
            if _is_table(words):
                yield name, "numerals", words


def _named(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield the statements of a module with the name that each gives, docstrings left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for name, inner in _named(node):
                yield f"{node.name}.{name}" if name else node.name, inner
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield ", ".join(map(ast.unparse, targets)), node
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield "", node


def _lists(node: ast.AST) -> Iterator[list[str]]:
    """Yield the texts of each collection, and the alternatives of each text."""
    for part in ast.walk(node):
        if isinstance(part, ast.Tuple | ast.List | ast.Set):
            yield list(_texts(part.elts))
        elif isinstance(part, ast.Dict):
            yield list(_texts(key for key in part.keys if key is not None))
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            plain = re.sub(r"\(\?<?[!=][^()]*\)", "", part.value)  # not what must not stand there
            yield re.split(r"[|()\s]+|\?:|\\b", plain)


def _texts(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Starred) and isinstance(node.value, ast.Tuple):
            yield from _texts(node.value.elts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _is_table(words: list[str]) -> bool:
    """Tell whether a text lists the digits by value: by themselves, or with a zero."""
    digits = DIGITS.lstrip("零〇○")
    return any(
        (digits in word and word.strip("零〇○两十百千万亿") == digits)
        or (digits in word and re.search(rf"\[[^\]]*[零〇○][^\]]*{digits}", word))
        for word in words
    )


@cache
def lists_of(module: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    source = (ROOT / module).read_text(encoding="utf-8")
    return tuple((name, family, tuple(words)) for name, family, words in listed(source))


@pytest.mark.parametrize("module", MODULES)
def test_no_module_lists_what_the_lexicon_knows(module: str) -> None:
    found = [each for each in lists_of(module) if (module, each[0]) not in ALLOWED]
    assert not found, f"ask index/lexicon for these words, or say in ALLOWED why not: {found}"


def test_every_allowance_is_needed() -> None:
    needed = {(module, name) for module in MODULES for name, _, _ in lists_of(module)}
    assert set(ALLOWED) <= needed


@pytest.mark.parametrize(
    ("source", "family"),
    [
        ('_DOWN = ("下降", "减少")', "decline"),
        ('_DOWN = re.compile("下降|(?:减少|降低)了")', "decline"),
        ('_DOWN = re.compile(rf"{_X}(?:下降|减少){_Y}")', "decline"),
        ('_FLOOR = {"以上", "不低于"}', "qualifier"),
        ('_ENGLISH = {"近": "nearly", "约": "about"}', "qualifier"),
        ("def f(text):\n    return re.search('以内|以下', text)", "qualifier"),
        ('_DIGITS = {d: i for i, d in enumerate("零一二三四五六七八九")}', "numerals"),
        ('_YEAR = re.compile("[〇零一二三四五六七八九]{4}年")', "numerals"),
        ('_COUNTS = ("one", "two", "three")', "number"),
        ('_COUNTS = [*("first", "second"), "tenth"]', "number"),
        ('_MONTHS = "January|February"', "month"),
        ('_GROWTH = {"growth_yoy", "growth_avg", "growth_cumulative"}', "measure"),
    ],
)
def test_a_second_list_is_found(source: str, family: str) -> None:
    assert family in [found for _, found, _ in listed(source)]


@pytest.mark.parametrize(
    "source", ['"""下降|减少"""', '_ONE = "下降"', '_CLASS = "[一二三四五六七八九十]{1,3}"']
)
def test_a_word_by_itself_is_no_list(source: str) -> None:
    assert not list(listed(source))

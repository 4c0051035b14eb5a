"""Cuts passages into the smallest units that can be quoted: sentences, and statements within them.

A statement is a clause with its subject and every clause that says more of the same subject
(`地区生产总值255亿元,增长4.3%`); its lead is the clause that announces it (`主要预期目标是:`).
Knows the punctuation and the usual wording of reports, and nothing of questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.reports.calendar import calendar_of
from index.structure.sentences import sentences
from index.text.scanning import lazily
from index.types import Kind, Passage, Report, Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotable unit of a report.

    `span`, `lead` and `sentence` are spans of the report's clean text; `text` is `span`'s
    characters, `lead_text` those of the lead, "" without one, and `sentence_text` those of the
    sentence around it.
    """

    report: Report
    passage: Passage
    span: Span
    text: str
    sentence: Span
    sentence_text: str
    lead: Span | None = None
    lead_text: str = ""


def statements_of(report: Report, passage: Passage) -> list[Statement]:
    """Return the statements of a passage, in reading order."""
    found: list[Statement] = []
    for sentence in sentences(passage.text):
        found.extend(_of_sentence(report, passage, sentence))
    return found


def sentences_of(report: Report, passage: Passage) -> list[Statement]:
    """Return the sentences of a passage as statements without a lead, in reading order."""
    found = []
    for sentence in sentences(passage.text):
        trimmed = _trimmed(passage.text, sentence)
        if len(trimmed):
            found.append(_statement(report, passage, trimmed, trimmed))
    return found


def parts_of(report: Report, passage: Passage, longest: int) -> list[Statement]:
    """Return the sentences of a passage, long ones cut at their marks, in reading order.

    Args:
        report: the report.
        passage: one of its passages.
        longest: characters up to which a sentence, or clauses of it together, are one part.
    """
    found: list[Statement] = []
    for sentence in sentences(passage.text):
        whole = _trimmed(passage.text, sentence)
        if len(whole):
            parts = _packed(passage.text, whole, ";,", longest)
            found.extend(_statement(report, passage, part, whole) for part in parts)
    return found


def _packed(text: str, whole: Span, marks: str, longest: int) -> list[Span]:
    """Cut a span at the first of `marks`, and what is still too long at the next; fill each up."""
    if len(whole) <= longest or not marks:
        return [whole]
    parts: list[Span] = []
    cut = [clause for clause, _ in _clauses(text, whole, marks[0]) if len(clause)]
    for clause in cut:
        if marks[0] == "," and parts and clause.end - parts[-1].start <= longest:
            parts[-1] = Span(parts[-1].start, clause.end)
        else:
            parts.append(clause)
    return [part for each in parts for part in _packed(text, each, marks[1:], longest)]


_OPENS = lazily(r"[\u4e00-\u9fff“”、,()]{4,40}")


def with_what_follows(statement: Statement, longest: int) -> Statement:
    """Return a heading with the paragraph under it, or short words with the rest of their own.

    Args:
        statement: any statement; one that says something itself is returned as it is.
        longest: characters up to which it goes on.
    """
    passage, start = statement.passage, statement.span.start - statement.passage.span.start
    opens = start == 0 or passage.text[start - 1] in "\n "
    if not opens or statement.span != statement.sentence or not _OPENS.fullmatch(statement.text):
        return statement
    lines = passage.text[start:].split("\n")
    is_heading = any(statement.text in heading for heading in passage.headings)
    limit = start + len("\n".join(lines[: 2 if is_heading else 1]))
    end = start
    for sentence in sentences(passage.text[:limit]):
        if sentence.end > start and (end == start or sentence.end - start <= longest):
            end = sentence.end
        elif end > start:
            break
    span = _trimmed(passage.text, Span(start, end))
    return _statement(statement.report, passage, span, span)


def _statement(
    report: Report, passage: Passage, span: Span, sentence: Span, lead: Span | None = None
) -> Statement:
    """Make a statement from spans of the passage's own text."""

    def placed(inner: Span) -> Span:
        return Span(inner.start + passage.span.start, inner.end + passage.span.start)

    return Statement(
        report=report,
        passage=passage,
        span=placed(span),
        text=span.of(passage.text),
        sentence=placed(sentence),
        sentence_text=sentence.of(passage.text),
        lead=None if lead is None else placed(lead),
        lead_text="" if lead is None else lead.of(passage.text),
    )


_CONTINUES = lazily(
    r"(?:分别|均|都|同比|环比|年均|同口径|按可比|比上年|较|比|占|增长|下降|上升|提高|增幅|增速|增加|减少|降低"
    r"|回落|总量|总数|总额|其中|达到?|位[居列]|稳居|居(?![民家住])|排名?|列|高于|低于|超过|突破|绝对值|首次|预计|实现|完成"
    r"|控制在|保持)"
)
"""How a clause begins that goes on with the subject of the clause before it."""


def _of_sentence(report: Report, passage: Passage, sentence: Span) -> Iterator[Statement]:
    text = passage.text
    whole = _trimmed(text, sentence)
    lead: Span | None = None
    group: Span | None = None
    ended_by = ""
    for clause, mark in _clauses(text, sentence):
        joins = group is not None and ended_by == "," and _CONTINUES.match(clause.of(text))
        if group is not None and not joins:
            yield _statement(report, passage, group, whole, lead)
            group = None
        if mark == ":" and len(clause) and clause.end < whole.end:
            lead = Span(group.start if group else clause.start, clause.end)
            group = None
        elif len(clause):
            group = Span(group.start if group else clause.start, clause.end)
        ended_by = mark
    if group is not None:
        yield _statement(report, passage, group, whole, lead)


_OPENING, _CLOSING = "(“‘《〈「『[", ")”’》〉」』]"


def _clauses(text: str, sentence: Span, marks: str = ",;:。!?\n") -> Iterator[tuple[Span, str]]:
    """Yield the clauses of a sentence with the mark that ends each, quotations kept whole."""
    depth, start = 0, sentence.start
    for place in range(sentence.start, sentence.end):
        character = text[place]
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character in marks and not depth and not _inside_number(text, place):
            yield _trimmed(text, Span(start, place)), character
            start = place + 1
    yield _trimmed(text, Span(start, sentence.end)), ""


def _inside_number(text: str, place: int) -> bool:
    """Tell whether the mark at `place` belongs to a number (12,345 or 11:02)."""
    return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


_EDGES = " \n\t,;:。!?—●◆、"


def _trimmed(text: str, span: Span) -> Span:
    """Return `span` without spaces and marks at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


# What the wording tells of a statement

_GOAL = lazily(r"预期目标|主要目标|目标(?:是|为|:)|力争|确保|争取|计划|打算|拟|到20\d\d年")
_DONE = lazily(r"预计|初步|过去|去年|上年|累计|一年来|五年来|获[得评批]?|首次突破")
_GOAL_HEADING = lazily(
    r"任务|目标|安排|部署|总体要求|重点工作|思路|展望|建议|今后|打算|今年.*工作|政府自身建设|下一步"
)
_DONE_HEADING = lazily(r"回顾|总结|过去|成绩|成就|五年来|取得|工作情况")
_TO_COME = lazily(r"将(?!近)|今后|未来|努力|要(?!求)")
_REACHED = lazily(r"完成|实现了?|达到?|全年.*增长|新增|建成|净增|改造")


def kind_of(statement: Statement) -> Kind | None:
    """Tell whether a statement is about a goal or about what was reached; None: unclear.

    The lead decides, then plain words of the statement, the headings from the innermost out, words
    that both goals and results use, and last the sentence around it.
    """
    if _GOAL.search(statement.lead_text):
        return "target"
    near = statement.lead_text + statement.text
    headings = [(text, _GOAL_HEADING, _DONE_HEADING) for text in statement.passage.headings]
    signs = (
        (near, _GOAL, _DONE),
        *reversed(headings),
        (near, _TO_COME, _REACHED),
        (statement.sentence_text, _GOAL, _DONE),
        (statement.sentence_text, _TO_COME, _REACHED),
    )
    for text, goal, done in signs:
        is_goal, is_done = bool(goal.search(text)), bool(done.search(text))
        if is_goal != is_done:
            return "target" if is_goal else "actual"
    return None


_YEAR = lazily(r"(?<![\d较比于])((?:19|20)\d\d)年(?!的?[\d.]*倍)")


def years_of(statement: Statement) -> frozenset[int]:
    """Return the years a statement is about: those named nearest, else those its kind implies."""
    for text in (statement.text, statement.lead_text, *reversed(statement.passage.headings)):
        if years := _YEAR.findall(text):
            return frozenset(map(int, years))
    before = statement.passage.text[: statement.span.end - statement.passage.span.start]
    if years := _YEAR.findall(before)[-1:]:
        return frozenset(map(int, years))
    calendar, kind = calendar_of(statement.report), kind_of(statement)
    if calendar is None or kind is None:
        return frozenset()
    return frozenset({calendar.done if kind == "actual" else calendar.ahead})


_QUANTITY = lazily(
    r"(?<![\d.A-Za-z])\d[\d,.]*(?:[-—~至]\d[\d.]*)?\s*"
    r"(?:[%‰]|个百分点|[多余几]?[十百千万亿]*(?![年月日号届时点第万亿十百千A-Z])[\u4e00-\u9fff])"
)
_SHARE = lazily(r"\d\s*(?:[%‰成倍]|个百分点)")
_AMOUNT = lazily(
    r"\d[多余几]?[十百千万亿]*(?![年月日号届个成倍]|个百分点)[\u4e00-\u9fff]|\d个(?!百分点)"
)
_CHANGE = lazily(r"[增降涨跌升]|提高|回落|翻番|倍")


def has_quantity(text: str) -> bool:
    """Tell whether `text` holds a number with a unit, dates and ordinals left out."""
    return bool(_QUANTITY.search(text))


def has_change(text: str) -> bool:
    """Tell whether `text` holds a rate of change."""
    return bool(_CHANGE.search(text)) and bool(_SHARE.search(text))


def has_amount(text: str) -> bool:
    """Tell whether `text` holds an amount in a unit other than a percentage."""
    return bool(_AMOUNT.search(text))


def years_about(report: Report, passage: Passage, span: Span) -> frozenset[int]:
    """Return the years that the statements of `span`, of the clean text, are about."""
    return frozenset(
        year
        for statement in statements_of(report, passage)
        if statement.span.start < span.end and span.start < statement.span.end
        for year in years_of(statement)
    )

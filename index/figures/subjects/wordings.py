"""What words in place of a value are said of: a coordination of indicators, or a task fulfilled.

Knows nothing of amounts, nor of which words stand in place of one.
"""

from __future__ import annotations

import re

from index.figures.subjects.names import Names
from index.figures.subjects.subject import Subject
from index.types import Span


def subjects_of_wording(text: str, names: Names, start: int, place: Span) -> list[Subject]:
    """Return every indicator of a coordination that words in place of a value are said of.

    Args:
        text: the sentence.
        names: the reader of its names.
        start: where the words before them begin.
        place: the words.
    """
    coordinated: list[Subject] = []
    begin = start
    for cut in [*_COORDINATES.finditer(text, start, place.start), None]:
        end = cut.start() if cut else place.start
        coordinated += [s for s in names.subjects(begin, end, 1, "") if s.indicator]
        begin = cut.end() if cut else end
    if coordinated:
        return coordinated
    subjects = names.subjects(start, place.start, 1, "")
    if any(_INDICATES.search(subject.name) for subject in subjects):
        return subjects
    inside = names.between(place.start, place.end)
    if subjects or not _FULFILS.match(text, place.start):
        return []
    if inside:
        return names.subjects(inside[0].span.start, inside[-1].span.end, len(inside), "")
    task = _TASK.search(text, place.start, place.end)
    return [names.at(*task.span("what"))] if task else []


_COORDINATES = re.compile(r"、|和|以?及|与")
_FULFILS = re.compile(r"(?:确保|全面|坚决)?(?:完成|达到)")
_TASK = re.compile(
    r"(?:下达|规定|确定|[省市国]定|要求|完成)(?:了)?的?(?P<what>(?!年度|各项|目标|任务)[^\W\d_的]{2,10}?)(?:约束性)?(?:目标|任务|指标|要求|计划)+$"
)
"""What stands inside words of fulfilment: 完成国家下达的节能减排任务."""
_INDICATES = re.compile(
    r"指标|增速|增幅|总量|比重|收入|支出|水平|(?<!高)质量|排放|能耗|收支|水质|断面|贫困"
    r"|环境保护|减排|双控"
)

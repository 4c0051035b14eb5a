"""Targets and results that are stated without a number: 平稳增长, 与经济增长同步.

Finds the words that stand in place of a value, and the parts of a whole told as a ratio of several
numbers (8:56:36). Knows nothing of what else they are said of.
"""

from __future__ import annotations

import re

from index.figures.periods import Scope
from index.types import Span

_HIGHER = (
    r"(?:高于|快于|低于|好于|优于|不低于|跑赢)[^,。;、\d]{0,14}"
    r"(?:平均水平|平均|水平|增速|增长|增幅|全国|全省)"
)
_ALWAYS = (
    r"(?:与|和|同)[^,。;、]{0,12}(?:基本|保持)?(?:基本)?(?:同步|一致|统筹衔接|相衔接)(?:增长)?"
    rf"|{_HIGHER}(?:、(?:{_HIGHER}|[^,。;、\d]{{1,6}}(?:平均)?水平))?"
    r"|与[^,。;、\d]{1,8}(?:平均水平|平均|水平)(?:基本|大体)?(?:相当|持平)"
    r"|(?<![由从])(?:安排|实现)?负增长(?![转变])"
    r"|(?:持续|继续)?(?:位居|名列|位列|居|稳居|进入)[^,。;、\d]{0,6}(?:前列|前茅|第一方阵|首位|上游)"
    r"|(?:保持|实现)?两位数(?:的)?增长"
    r"|(?:与(?:上年|去年)(?:基本|大体)?|同比(?:基本|大体)?|(?<=[格平数])(?:基本)?)持平"
    r"|超额完成(?:全年|年度|预期)?(?:目标)?任务"
    r"|(?:稳定|全部|均|总体){0,3}(?:达到|退出|保持在?|优于|消除|稳定在)劣?[IVⅠⅡⅢⅣⅤ]{1,3}类(?:及以上|以上|标准|水质){0,2}"
)
_GOALS = (
    r"|(?:力争|努力|继续|持续){0,3}(?:保持|实现|维持)?(?:平稳|稳定|稳步|持续|较快|适度|合理|正)(?:较快|健康)?(?:增长|提高|提升|回升|发展|改善|下降)"
    r"|全部(?:脱贫|摘帽|退出|达标|清零|完成|建成)"
    r"|(?:继续|进一步|持续)(?:下降|降低|改善|减少|提高|提升|优化|好转)"
    r"|(?:保持|努力实现)?(?:基本)(?:平衡|稳定|持平)|保持稳定|与上年基本持平|保持合理水平"
    r"|(?:提质提效|提质增效|保持优良|促稳提质|保稳提质|稳中提质|回稳向好|稳中向好|稳中有进|稳量提质)"
    r"|(?:确保|全面|坚决)?(?:完成|达到)(?:了)?(?:国家|省|市|上级|“十[一二三四五]五”|年度|自治区|中央|[^,。;、\d]{2,4}市)[^,。;、\d]{0,10}(?:目标|任务|要求|指标|计划)(?:任务)?"
    r"|(?:保持|控制)?在全[国省]平均水平以上|(?:确保|全面|坚决){0,3}完成(?:国家|省|上级)?(?:下达)?的?(?:“十[一二三四五]五”(?:期间)?)?[^,。;、\d完]{2,16}(?:目标|任务)"
    r"|(?:确保|全面|坚决){0,2}完成[^,。;、\d完]{2,10}约束性(?:指标|目标)"
    r"|保持(?:在)?合理(?:增速|增长|区间|水平)"
    r"|有所(?:改善|提高|下降)|控制在[^,。;、\d]{0,6}(?:范围|目标|区间|指标)[^,。;、\d]{0,3}内"
)
_RESULT = re.compile(_ALWAYS)
_GOAL = re.compile(_ALWAYS + _GOALS)
_SIGN = re.compile(  # begins with a character everywhere, so that the search passes over others
    r"超额完成|同步|一致|衔接|于(?<=[高快低好优]于)|跑赢|前列|前茅|方阵|首位|上游|相当|持平|两位数|负增长"
    r"|类(?<=[IVⅠⅡⅢⅣⅤ]类)"
)
_GOAL_SIGN = re.compile(r"目标")
_GOALS_NUMBERED = 3


def announces_goals(sentence: str) -> bool:
    """Tell whether a sentence does no more than announce goals, which stand in the next one."""
    return sentence.rstrip().endswith(":") and _GOAL_SIGN.search(sentence) is not None


_GOAL_NAMED = re.compile(
    r"(?:预期|主要|发展|奋斗|具体|总体)[^,。;]{0,4}目标|目标[^,。;]{0,4}[是为:]"
)


def find_wordings(text: str, scope: Scope, *, announced: bool, numbers: int) -> list[Span]:
    """Find the words that stand in place of a value, left to right.

    Words of mere direction (平稳增长) count in the sentence that sets the goals only, which names
    them or is `announced` to do so: elsewhere they describe. `numbers` is how many amounts it has;
    without any, 目标 alone may be a mere word in it.
    """
    sets = _GOAL_NAMED if numbers < _GOALS_NUMBERED else _GOAL_SIGN
    named = "目标" in text and sets.search(text) is not None
    if scope.stance == "target" and (announced or named):
        return [Span(*found.span()) for found in _GOAL.finditer(text) if not _numbered(text, found)]
    if not _SIGN.search(text):
        return []
    return [Span(*found.span()) for found in _RESULT.finditer(text) if not _numbered(text, found)]


def find_structures(text: str) -> list[tuple[Span, Span]]:
    """Find how the three industries share the output: where each is named, and its 8:56:36."""
    found: list[tuple[Span, Span]] = []
    if text.count(":") < _COLONS:
        return found
    for ratio in _PARTED.finditer(text):
        begin = found[-1][1].end if found else 0
        near = _INDUSTRIES.finditer(text, max(begin, ratio.start() - _NAMED), ratio.start())
        named = [Span(*name.span()) for name in near]
        if named and not _PAUSE.search(text, named[-1].end, ratio.start()):
            found.append((named[-1], Span(*ratio.span())))
        elif found and ratio.start() - begin <= _CHANGED_TO:
            found.append((found[-1][0], Span(*ratio.span())))
    return found


_PARTED = re.compile(r"(?<![\d:.])\d{1,2}(?:\.\d+)?(?::\d{1,2}(?:\.\d+)?){2}(?![\d:.])")
_INDUSTRIES = re.compile(
    r"(?:三次产业|三大产业|产业结构|第?一产?、第?二产?、第?三产?(?:次?产业)?|第?一、?二、?三(?:次?产业)"
    r"|一二三产业?|三产(?=比|结构))"
    r"(?:增加值|结构|构成|比例|比重|之比)*"
)
_COLONS = 2
_PAUSE = re.compile("[,。;]")
_NAMED, _CHANGED_TO = 40, 24
"""Characters before a ratio that name it, and between the ends of its change."""


def _numbered(text: str, found: re.Match[str]) -> bool:
    """Tell whether a number follows at once, which is then the value."""
    return _NUMBER.match(text, found.end()) is not None


_NUMBER = re.compile(r"\d|[近约]?[一二三四五六七八九十两]+个百分点")

"""Which words of a question neither its reading uses nor an answer's sources say.

A word that is left over is not ignored: whoever answers names it. Knows words and what stands
around a citation; not what is asked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from assistant.queries.types import FigureQuery
from assistant.questions.glossary import chinese_for
from assistant.reading.reading import Reading
from assistant.types import Answer, Question
from index.lexicon.indicators import Lexicon
from index.lexicon.numerals import NUMERALS
from index.storage.catalogue import Catalogue
from index.structure.sentences import sentences
from index.text.scanning import lazily
from index.text.script import to_simplified
from index.types import Figure, Passage, Span

_SAID = 0.5
"""Share of a run's pairs of characters that the sources have to have for it to be said there."""


def unknown_place(left: Sequence[str], folded: str, *, is_placed: bool) -> str | None:
    """Return what a question names as a place and the gazetteer does not know, None: nothing.

    Args:
        left: the words that the reading of the question leaves over.
        folded: the question, folded.
        is_placed: whether a place is named that has reports; then a country may be only spoken of
            (对美国出口).
    """
    for word in left:
        found = _LIKE_A_PLACE.match(word)
        if found and found[0] not in _NO_PLACE and not _OWN_AREA.search(found[0]):
            return found[0]
    if is_placed:
        return None
    first = _FIRST_NAME.match(folded)
    if first and first[1] in left and _telling(first[1]):
        return first[1]  # 瓦坎达2023年GDP目标
    holder = _HOLDER.search(folded)
    if holder and holder[1] not in _NO_PLACE and not _OWN_AREA.search(holder[1]):
        return holder[1]
    named = _ENGLISH_NAME.search(folded)
    if named:
        return named[1]
    for word in left:  # 西江市夏梦云作的政府工作报告
        found = _CITY_FIRST.match(word)
        if found and found[0] not in _NO_PLACE and not found[0].endswith(("城市", "都市")):
            return found[0]
    abroad = _abroad().search(folded)
    return abroad[0] if abroad else None


_LIKE_A_PLACE = lazily(
    r"[\u4e00-\u9fff]{2,4}?(?:自治[区州县]|新区|省|市|县|州|旗|镇|乡)(?![\u4e00-\u9fff])"
)
_FIRST_NAME = lazily(r"([\u4e00-\u9fff]{2,6})(?=(?:19|20)\d\d年)")
_HOLDER = lazily(r"^([\u4e00-\u9fff]{2,5}?[省市县区州])长(?:是谁|叫|的|姓)")
_ENGLISH_NAME = lazily(r"\b(?:mayor|governor|GDP|target|report) (?:of|in|for) ([A-Z][a-z]{3,})\b")
_OWN_AREA = lazily(
    r"[全我本各]?(?:城|都|[全我本各])[省市县州区镇乡]$|^(?:改造|新建|建设|带动|覆盖|惠及)"
)
_CITY_FIRST = lazily(r"[\u4e00-\u9fff]{2,3}?[省市]")
_NO_PLACE_TEXT = (
    "城市 全市 全县 全省 我市 我县 我省 本市 本县 本省 地级市 县级市 直辖市 设区市 省会城市 上市 "
    "超市 股市 楼市 "
    "市县 乡镇 特色小镇 重点镇 建制镇 集镇 村镇 城镇 小城镇 开发新区"
)
_NO_PLACE = frozenset(_NO_PLACE_TEXT.split())
"""Words that end as the names of places do and are none."""


def names_abroad(folded: str) -> bool:
    """Tell whether a question names a country or another place that no report can be of."""
    return _abroad().search(folded) is not None


@cache
def _abroad() -> re.Pattern[str]:
    path = Path(__file__).with_name("elsewhere.toml")
    names = tomllib.loads(path.read_text(encoding="utf-8"))
    longest = sorted(names["en"], key=len, reverse=True)
    english = "|".join(map(re.escape, longest))
    return re.compile("|".join(names["zh"]) + rf"|\b(?:{english})\b(?!-)")


def unaccounted(
    left: Sequence[str], subject: str, answer: Answer, catalogue: Catalogue, lexicon: Lexicon
) -> list[str]:
    """Return the words of `left` that neither the figures of an answer nor their sources say.

    Args:
        left: the words that the reading of the question leaves over.
        subject: what the question is about: what is not in it was understood otherwise.
        answer: the answer.
        catalogue: where its citations are read.
        lexicon: the indicators' names.
    """
    units = {figure.unit for figure in answer.figures}
    telling = [
        word
        for word in left
        if _telling(word) and word[-2:] in subject and _CONVERTS.sub("", word) not in units
    ]
    if not telling:
        return []
    said = "".join(_said(answer, catalogue, lexicon))
    return [word for word in telling if not _is_said(word, said)]


_CONVERTS = lazily(r"^(?:大概|大约)?(?:折合?|换算)成?")
"""Before a unit: answered by a figure that is stated in it."""


def years_missed(reading: Reading, answer: Answer) -> tuple[int, ...]:
    """Return the years that a question names and no figure of its answer is of, if it has any.

    The nearest year's figure is no answer, but where the years were taken for granted.
    """
    query = reading.query
    if not isinstance(query, FigureQuery) or reading.assumed_years or answer.abstained:
        return ()
    spans = _spans_told(answer)
    if not spans:
        return ()
    # 较2016年增长50.2% is of 2017—2021, and is told where 2016 is asked about.
    years = tuple(year for year in query.years if year > 0)
    if any(first - 1 <= year <= last for first, last in spans for year in years):
        return ()
    return years


def _spans_told(answer: Answer) -> list[tuple[int, int]]:
    """Return the years of an answer's figures, none where those of one are not known."""
    spans = [figure.years for figure in answer.figures]
    return spans if all(first for first, _ in spans) else []


def years_unsaid(question: Question, answer: Answer) -> tuple[int, ...]:
    """Return the years that a question names one by one and none of an answer's figures is of."""
    if len(question.years) < 2 or question.span or question.wanted != "number" or answer.abstained:
        return ()
    spans = _spans_told(answer)
    if not spans:
        return ()
    # 2015年的数,2021年的报告怎么写: the years of reports are none of figures where others are.
    own = [year for year in question.years if year not in question.report_years]
    return tuple(
        year
        for year in own or question.years
        if str(year) not in answer.text
        and not any(first - 1 <= year <= last for first, last in spans)
        and not (year in question.report_years and any(last == year - 1 for _, last in spans))
    )


def unquoted(
    left: Sequence[str], question: Question, answer: Answer, catalogue: Catalogue, lexicon: Lexicon
) -> list[str]:
    """Return the words of a question that a quotation leaves aside, and that it has to say.

    They are those that its reading leaves over, the part of a year, and what else it is held
    against.

    Args:
        left: the words that the reading of the question leaves over.
        question: the question.
        answer: the answer that quotes.
        catalogue: where its citations are read.
        lexicon: the indicators' names.
    """
    said = "".join(_said(answer, catalogue, lexicon))
    found = (_PART_OF_YEAR.search(question.folded), _AGAINST.search(question.folded))
    parts = [match[0] for match in found if match and match[0] not in said]
    return parts + unaccounted(left, question.folded, answer, catalogue, lexicon)


def part_missed(folded: str, answer: Answer) -> str:
    """Return the part of a year that a question names and every figure leaves aside, or ""."""
    found = _PART_OF_YEAR.search(folded)
    if found is None or answer.abstained or not answer.figures:
        return ""
    whole = all(re.fullmatch(r"\d{4}", figure.period) for figure in answer.figures)
    return found[0] if whole else ""


def other_missed(folded: str, answer: Answer) -> str:
    """Return what else a figure is to be held against, and no clause speaks of: 占全国的比重."""
    found = _AGAINST.search(folded)
    if found is None or answer.abstained or not answer.figures:
        return ""
    if len({figure.region for figure in answer.figures}) > 1:
        return ""
    said = "".join(to_simplified(citation.quote) for citation in answer.citations)
    return "" if re.search(r"全国|全省|全市", said) else found[0]


_AGAINST = lazily(r"占(?:全国|全省|全市)|比(?:全国|全省|全市|省里|国家|省上)")


_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"
_PART_OF_YEAR = lazily(
    r"\b[qh][1-4]\b|\bfirst (?:two|three|six|nine) (?:quarters|months)\b"
    r"|\d{1,2}月份|年中(?![国心])|当季|哪一?个(?:月|季度)|每个?(?:月|季度)|逐月"
    rf"|\bin (?:{_MONTHS})(?= (?:19|20)\d\d)(?! \d{{4}}[^.?]{{0,24}}(?:report|session|congress))",
    re.IGNORECASE,
)


def unexplained(
    left: Sequence[str], figures: Sequence[Figure], lexicon: Lexicon, *, strictly: bool = False
) -> list[str]:
    """Return the words of `left` that most of the clauses of a table's figures do not say.

    A percentage that is left over is a condition not understood, whatever the clauses state.

    Args:
        left: the words that the reading of the question leaves over.
        figures: the figures of the table's first column.
        lexicon: the indicators' names.
        strictly: whether no clause can say several of them, the indicator being taken for granted.
    """
    denied = [word for word in left if _DENIES.search(word)]
    if denied:
        return denied
    chinese = re.compile(r"[\u3400-\u9fff]")
    telling = [
        word
        for word in left
        if (_telling(word) if chinese.search(word) else len(word) > 3 or _AMOUNT.search(word))
    ]
    if strictly and len(telling) >= _SEVERAL:
        return telling
    english = [word for word in telling if not chinese.search(word)]
    if len(english) >= _MANY and len(figures) <= 1:
        return english
    names = {indicator.id: "".join(indicator.aliases) for indicator in lexicon.all}
    said = [names.get(each.indicator_id or "", "") + each.clause for each in figures]
    return [
        word
        for word in telling
        if _AMOUNT.search(word)
        or sum(_is_said(word, each) for each in said) < _MOST * len(said)
        or not said
    ]


_DENIES = lazily(r"[没未不非无除]|\b(?:not|no|never|without|except|nor)\b|n['’]t\b", re.IGNORECASE)
_SEVERAL = 2
"""Words left over from which a question is not of what it was taken to be of."""
_MANY = 3
"""English words left over from which one figure is none of it, whatever its clause may say."""
_MOST = 0.6
"""Share of a table's clauses that have to say a word for the table to be of it."""
_AMOUNT = lazily(r"\d%")


def _said(answer: Answer, catalogue: Catalogue, lexicon: Lexicon) -> Iterable[str]:
    """Yield the words that an answer's figures and the passages behind its citations have."""
    yield answer.text
    for figure in answer.figures:
        yield figure.indicator + (figure.qualifier or "") + figure.unit
        for indicator in lexicon.all:
            if indicator.zh == figure.indicator:
                yield "".join((*indicator.aliases, *indicator.en_aliases)).lower()
    for citation in answer.citations:
        report = catalogue.report_of(citation.document)
        yield to_simplified(citation.quote) + (report.plain_title or "")
        passage = catalogue.passage_at(report.id, Span(citation.start, citation.end))
        if passage is not None:
            yield "".join(passage.headings)
            yield _around(passage, Span(citation.start, citation.end))


def _around(passage: Passage, raw: Span) -> str:
    """Return the sentences of a passage that a raw span touches, by its share of the passage."""
    start, end = raw.start - passage.raw_span.start, raw.end - passage.raw_span.start
    share = len(passage.text) / max(1, len(passage.raw_span))
    low, high = int(start * share) - _NEAR, int(end * share) + _NEAR
    touched = [each for each in sentences(passage.text) if each.start < high and low < each.end]
    return "".join(each.of(passage.text) for each in touched)


_NEAR = 2
"""Characters by which a place in clean text may be off where gaps were taken out before it."""


def _telling(word: str) -> bool:
    """Tell whether a word left over says something of its own, besides how it is asked."""
    if re.search(r"[\u3400-\u9fff]", word):
        bare = _BENIGN.sub("", word)
        one = len(bare) == 1 and len(word) == 2 and bare not in _COUNTS  # 高铁 less 高
        return len(bare) >= 2 or bare in _STRONG or one
    return bool(_PROPER.search(word) or _NARROWS.search(word))


_BENIGN = lazily(
    r"块钱|钱|几天|要投|[万亿千百]?(?:元|人次|人|户|家|件|座|条|套|吨|公里|亩|项|名|个|辆|倍|岁|平方米|千瓦时)|百分之|个百分点"
    r"|全年|年度|今年|全社会|地方|谁|哪|高|低|多|少|大|小|快|慢|涨|跌|增|减|降|升|要|想|能|会|将|应|该|把|还|也|就|才|又|再"
    r"|做到|达到|达|到|突破|控制|完成|实现|力争|争取|提高|提升|下降|变化|幅度|多大|多高|如何|怎样|预计|计划|准备|打算|安排"
    r"|规定|这次|这几|这|那|其|它|两年|三地|各地|相差|相比|比|差|值|率|数|额|量|约|左右|以内|以上|以下|之内|不超过|不低于|至少"
    r"|[捡挑选]|自己|政府|那次|人代会|会上|是啥|啥|来着|好奇|帮我|排个|算下|列个|初|空气品质"
    r"|说|抓|办|花|钱|几|年初|年末|年底|最后|最终|定得?|变成|变为|期间|时期|连续|连着|往上|打了?|设|目前|现在|当前|十[一二三四五]五|仨|俩|哪|培育|建成|新建|改造|当时|预计|报告|里|规划|指标|五年|累计|这|一共|总共|共计|具体|大概|到底|究竟|是否|是不是|有没有|没有|没|不|吗|呢|吧|啊|请问|直接"
)
"""Words that say how something is asked, or that the figure's own unit and qualifier answer."""
_STRONG = frozenset("非除外")
_COUNTS = frozenset(NUMERALS)
_PROPER = lazily(r"(?<![.?!] )(?<!^)\b[A-Z][a-z]{2,}|[\"'“][^\"'”]{3,}[\"'”]|\b[a-z]+-[a-z]+")
_NARROWS = lazily(
    r"\b(?:quarter(?:ly)?|month(?:ly)?|half(?:-year)?|nominal|green|per[- ]?\w+|private|state-owned"
    r"|foreign|offshore|duty|variance|deviation|correlation|female|urban|rural|daily|excluding|except|without|dollars?|euros?|youth|graduates?)\b",
    re.IGNORECASE,
)


def _is_said(word: str, said: str) -> bool:
    if re.search(r"[\u3400-\u9fff]", word):
        bare = _BENIGN.sub(" ", word)
        pairs = {run[i : i + 2] for run in bare.split() for i in range(len(run) - 1)}
        if not pairs:
            return word in said
        return sum(pair in said for pair in pairs) >= _SAID * len(pairs)
    telling = [*_PROPER.findall(word), *_NARROWS.findall(word)]
    if not telling:
        meant = chinese_for(word)
        return not meant or any(each in said for each in meant)
    return all(
        each.lower() in said.lower() or any(chinese in said for chinese in chinese_for(each))
        for each in telling
    )

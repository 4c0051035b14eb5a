"""Understands a question: language, places, years, indicators and the shape of answer wanted.

Works on words alone: it knows which places have reports and in which years, and nothing of what
the reports say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.types import Kind, Language, Measure, Question, Wanted
from index.indicators import Indicator, Lexicon
from index.regions import COUNTRY, Gazetteer
from index.script import to_simplified
from index.types import Region, Span


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question can be about: the places that have reports, each with its newest year."""

    newest: Mapping[str, int | None]
    """Administrative code of an indexed place → the year of its newest report, if known."""
    gazetteer: Gazetteer
    lexicon: Lexicon

    def regions(self) -> list[Region]:
        """Return the places that have reports."""
        return [self.gazetteer.get(code) for code in self.newest]


def understand(text: str, scope: Scope, history: Sequence[str] = ()) -> Question:
    """Understand `text`, taking what it leaves open from the earlier user turns in `history`."""
    question: Question | None = None
    for turn in (*history, text):
        question = _carried(_alone(turn, scope, question), question)
    assert question is not None
    return question


# One turn by itself


def _alone(text: str, scope: Scope, earlier: Question | None) -> Question:
    folded = fold(text)
    places, elsewhere, taken = _places(folded, scope)
    about = places or (earlier.places if earlier else ())
    years, year_spans = _years(folded, _this_year(about, scope))
    rest = _without(folded, [*taken, *year_spans])
    indicators = _indicators(rest, scope.lexicon)
    every_place = bool(_EVERY_PLACE.search(folded))
    return Question(
        text=text,
        language=language_of(text),
        folded=folded,
        subject=_subject(rest),
        places=places,
        elsewhere=elsewhere,
        every_place=every_place,
        years=years,
        indicators=indicators,
        kind=_kind(folded),
        measure=_measure(folded),
        wanted=_wanted(folded, has_indicator=bool(indicators), every_place=every_place),
        opinion=bool(_OPINION.search(folded)),
    )


def fold(text: str) -> str:
    """Return `text` in Simplified characters, half-width forms and single spaces."""
    return re.sub(r"\s+", " ", to_simplified(unicodedata.normalize("NFKC", text))).strip()


_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]*[a-z][A-Za-z']*")


def language_of(text: str) -> Language:
    """Return the language and script of a question.

    English where its words outnumber the Chinese characters; names in capitals (GDP) decide
    nothing. Traditional where folding to Simplified changes the text, as no Simplified text does.
    """
    if len(_LATIN_WORD.findall(text)) > len(_HAN.findall(text)):
        return "en"
    return "zh-Hans" if to_simplified(text) == text else "zh-Hant"


def _places(folded: str, scope: Scope) -> tuple[tuple[Region, ...], tuple[Region, ...], list[Span]]:
    """Return the indexed places a question names, the others it names, and where it names them."""
    gazetteer, indexed = scope.gazetteer, scope.newest
    inside: dict[str, Region] = {}
    outside: dict[str, Region] = {}
    taken: list[Span] = []
    for mention in gazetteer.mentions(folded):
        found = [region for region in mention.candidates if region.code in indexed]
        if not found:
            found = _related(mention.candidates, scope)
        if found:
            inside.update((region.code, region) for region in found)
            taken.append(mention.span)
        elif mention.candidates[0].code != COUNTRY:
            outside.setdefault(mention.candidates[0].code, mention.candidates[0])
            taken.append(mention.span)
    if not inside:
        for mention in gazetteer.closest(folded, scope.regions()):
            inside.update((region.code, region) for region in mention.candidates)
            taken.append(mention.span)
            outside.clear()
    if len(inside) > 1:
        inside.pop(COUNTRY, None)
    return tuple(inside.values()), tuple(outside.values()), taken


def _related(candidates: Sequence[Region], scope: Scope) -> list[Region]:
    """Return indexed places inside the named one, or else the nearest indexed one around it."""
    for region in candidates:
        if region.code == COUNTRY:
            continue
        within = [known for known in scope.regions() if region.code in known.parents]
        if within:
            return within
        for parent in region.parents:
            if parent in scope.newest:
                return [scope.gazetteer.get(parent)]
    return []


def _this_year(places: Collection[Region], scope: Scope) -> int | None:
    """Return the year that "this year" means: that of the newest report in question."""
    codes = [region.code for region in places] or list(scope.newest)
    years = [year for code in codes if (year := scope.newest.get(code)) is not None]
    return max(years, default=None)


_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)(?![\d.]|万|亿|元|人|个|户|家|件)年?度?"
    r"|([12][〇零○一二三四五六七八九]{3})年"
    r"|([一二][〇零○九][〇零○一二三四五六七八九]{2})年"
    r"|(?<![\d.])(\d\d)年(?!来|间|内|以|期|度?第)"
)
_RELATIVE = (
    (re.compile(r"今年|本年|当年|\b(?:this|current) year\b", re.I), 0),
    (re.compile(r"去年|上年|上一年|\b(?:last|previous) year\b", re.I), -1),
    (re.compile(r"前年", re.I), -2),
    (re.compile(r"明年|来年|下一年|\bnext year\b", re.I), 1),
)
_BASE = re.compile(r"(?:[和与同跟较比]|从|\b(?:than|compared (?:to|with)|since|from))\s*$", re.I)
_BASE_AFTER = re.compile(r"\s*(?:年?度?相?比|年?以来)")
_DURATION = re.compile(r"(?:近|过去|这|未来|今后|前|后|最近)$")


def _years(folded: str, this_year: int | None) -> tuple[tuple[int, ...], list[Span]]:
    """Return the years a question asks about and where it names years.

    The year that a growth is counted from (和2016年比, since 2016) is named, not asked about.
    """
    years: list[int] = []
    spans: list[Span] = []
    for match in _YEAR.finditer(folded):
        full, mixed, chinese, short = match.groups()
        before = folded[: match.start()]
        if short and _DURATION.search(before):
            continue
        spans.append(Span(*match.span()))
        if _BASE.search(before) and _BASE_AFTER.match(folded, match.end()):
            continue
        if short:
            years.append(int(short) + (1900 if int(short) > 60 else 2000))
        else:
            years.append(int((full or mixed or chinese).translate(_DIGITS)))
    for pattern, distance in _RELATIVE:
        for match in pattern.finditer(folded):
            if this_year is not None:
                years.append(this_year + distance)
            spans.append(Span(*match.span()))
    return tuple(dict.fromkeys(years)), spans


def _without(text: str, spans: Collection[Span]) -> str:
    """Return `text` with the characters of `spans` blanked."""
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = " " * len(span)
    return "".join(characters)


def _indicators(rest: str, lexicon: Lexicon) -> tuple[Indicator, ...]:
    found: dict[str, Indicator] = {}
    for mention in lexicon.mentions(rest):
        for indicator in mention.candidates:
            found.setdefault(indicator.id, indicator)
    return tuple(found.values())


_ASKING = re.compile(
    r"请问|请列出|列出|告诉我|我想知道|查一下|一下|是多少|有多少|多少|是什么|什么|哪些|哪几个?|哪个|哪天"
    r"|哪里|哪儿|哪家|哪|几(?=[个件家户条项座所名人万亿])|吗|呢|吧|啊|的是|了没有|怎么样|怎样|如何|情况"
    r"|政府工作报告|工作报告|报告|里面|里|中提到|提到|提出|关于|分别|完整|具体|全部|主要|指啥|啥"
    r"|['’]s\b|[?,.!;:()\"'“”‘’《》、。]"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how|many|much|is|are|was|were|be|do|does|did|has"
    r"|have|had|will|would|should|can|could|the|a|an|of|in|on|at|for|to|by|from|and|or|its|it|their"
    r"|they|this|that|these|those|there|please|tell|me|about|show|list|give|report|reports|say|says"
    r"|said|mention|mentioned|city|county|district|province|government|work)\b",
    re.I,
)


def _subject(rest: str) -> str:
    return re.sub(r"\s+", " ", _ASKING.sub(" ", rest)).strip(" 的了和与在对把被将年")


_TARGET = re.compile(
    r"目标|预期|计划|打算|力争|争取|要求?增长|要达到|要完成|要实现|准备|定为|定在|今后|未来|将要?"
    r"|\b(?:targets?|targeted|targeting|goals?|aims?|aimed|aiming|plans?|planned|planning|expects?"
    r"|expected|intends?|projected|pledge[sd]?|should|ambitious|wants?)\b",
    re.I,
)
_ACTUAL = re.compile(
    r"完成|实现了|达到了|实际|去年|上年|过去|增长了|涨了|下降了|现在|目前|已经|累计|办结|实绩|改造了|建成了?|新建了"
    r"|\b(?:actual|actually|achieved?|reached?|did|was|were|had|grew|rose|fell|recorded|reported"
    r"|completed|so far|last year|past)\b",
    re.I,
)


def _kind(folded: str) -> Kind | None:
    target, actual = _TARGET.search(folded), _ACTUAL.search(folded)
    if target and actual and "实际" in folded:
        return None
    if target:
        return "target"
    return "actual" if actual else None


_GROWTH = re.compile(
    r"增长|增速|增幅|增多少|涨|提高|上升|下降|降幅|降了|快慢|谁快|得快|百分之"
    r"|\b(?:growth|grow|grew|grown|increase[sd]?|rise|rose|faster|fell|fall|decline[sd]?|drop(?:ped)?)\b",
    re.I,
)
_LEVEL = re.compile(
    r"多少(?:亿|万)|多少(?:元|美元|人|户|家|件|个|套|座|公里|亩|吨)|总量|总额(?=是|有|达|为)|规模是|突破多少"
    r"|完成了?多少|\b(?:amount|how (?:large|big|many)|level|size)\b",
    re.I,
)


def _measure(folded: str) -> Measure | None:
    growth, level = _GROWTH.search(folded), _LEVEL.search(folded)
    if growth:
        return None if level or re.search(r"是多少[,、和及]", folded) else "growth"
    return "level" if level else None


_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    ("who", re.compile(r"谁|哪位|什么人|\bwho(?:m|se)?\b", re.I)),
    (
        "list",
        re.compile(
            r"哪些|有哪|列出|哪[二两三四五六七八九十几]|分别是什么"
            r"|\b(?:list|which .*s\b|what (?:are|two|three|four|five|six|seven|eight|nine|ten))\b",
            re.I,
        ),
    ),
    (
        "number",
        re.compile(
            r"多少|几(?=[个件家户条项座所名人万亿成倍套])|增速|增幅|涨幅|降幅|比例|占比|比重|总量|GDP"
            r"|\b(?:how (?:many|much|fast|large|big)|rate|share|percent\w*|growth|target|level"
            r"|goal|amount|output)\b",
            re.I,
        ),
    ),
    (
        "when",
        re.compile(r"何时|哪天|哪年|什么时候|什么时间|几月|\bwhen\b|\bwhat (?:date|day)\b", re.I),
    ),
    ("where", re.compile(r"哪里|哪儿|什么地方|在哪|\bwhere\b", re.I)),
)


def _wanted(folded: str, *, has_indicator: bool, every_place: bool) -> Wanted:
    """Return what shape of answer is wanted; of an indicator, and among places, it is a number."""
    found = next((wanted for wanted, pattern in _WANTED if pattern.search(folded)), "text")
    if not has_indicator:
        return found
    compares = every_place or bool(_COMPARES.search(folded))
    return (
        "number" if found == "text" or (found in ("who", "where", "list") and compares) else found
    )


_COMPARES = re.compile(
    r"谁[^,]{0,6}[高低快慢多少大小强]|差多少|\b(?:who|whose)\b.*\b(?:more|most|less|least|higher"
    r"|highest|lower|lowest|faster|fastest|larger|largest|better|best)\b",
    re.I,
)
_EVERY_PLACE = re.compile(
    r"哪(?:些|个|几个)?(?:地方|城市|市|地区|县|区|省)|各地|各市|各个?(?:地方|城市)"
    r"|所有(?:地方|城市)|哪里最|谁(?:最|更)|\beach (?:place|city)"
    r"|\b(?:which|what) (?:place|cit(?:y|ies)|count(?:y|ies)|province|district|region)s?\b",
    re.I,
)
_OPINION = re.compile(
    r"你(?:觉得|认为|怎么看|的看法)|您(?:觉得|认为|怎么看)|好不好|值不值得|该不该|应不应该"
    r"|推荐|建议我|适合(?:我|投资|居住)"
    r"|\b(?:do you think|your opinion|in your view|should i|for me to|recommend|best for me"
    r"|invest my)\b",
    re.I,
)


# What a turn takes from the turns before it


def _core(subject: str) -> str:
    """Return what a subject is about, without the words that say how it is asked."""
    for pattern in (_TARGET, _ACTUAL, _GROWTH, _LEVEL, _FOLLOWS):
        subject = pattern.sub(" ", subject)
    return "".join(subject.split())


_FOLLOWS = re.compile(
    r"^(?:那么?|还有|另外|同时|其中|它|他们|该|and\b|what about\b|how about\b|then\b)|呢[?？]?$"
    r"|\b(?:it|its|they|their)\b",
    re.I,
)


def _carried(question: Question, earlier: Question | None) -> Question:
    """Fill what `question` leaves open from `earlier`, the turn before it."""
    if earlier is None:
        return question
    core = _core(question.subject)
    bare = not question.indicators and len(core) <= 1
    follows = bare or bool(_FOLLOWS.search(question.folded))
    changes: dict[str, object] = {}
    if not question.places and not question.elsewhere and not question.every_place:
        changes |= {"places": earlier.places, "every_place": earlier.every_place}
    if follows and not question.indicators and bare:
        changes |= {"indicators": earlier.indicators, "wanted": earlier.wanted}
        changes["subject"] = f"{earlier.subject} {question.subject}".strip()
    if follows and question.measure is None and "indicators" in changes:
        changes["measure"] = earlier.measure
    if follows and question.kind is None:
        changes["kind"] = earlier.kind
    if follows and not question.years and question.kind in (None, earlier.kind):
        changes["years"] = earlier.years
    if question.wanted == "text" and "wanted" not in changes and follows:
        changes["wanted"] = earlier.wanted
    return replace(question, **changes)  # type: ignore[arg-type]

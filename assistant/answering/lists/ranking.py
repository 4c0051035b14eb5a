"""Scores the enumerations of a report against a question: by words, meaning, count and time.

Knows what a question asks and what announces an enumeration; not how an answer is worded.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from assistant.answering.quotes.ranking import terms
from assistant.questions import cues
from assistant.questions.glossary import glossed
from assistant.types import Question
from index.embedding.embedder import Embedder
from index.lexicon.numerals import CARDINALS, ORDINALS, numeral
from index.structure.outline import Enumeration
from index.text.scanning import lazily

_ITEMS = r"(?:个方面|方面|个|项|条|件|大|点|种|类|句|部分)"
COUNTED = lazily(
    rf"(?<![第\d十])(\d{{1,2}}|[二两三四五六七八九十][一二三四五六七八九十]{{0,2}})(?={_ITEMS})"
)
_SPELLED = {word: value for word, value in CARDINALS.items() if 1 < value <= 20}


def asked_count(folded: str) -> int | None:
    """Return how many items a question, or the words before an enumeration, say there are."""
    found = COUNTED.findall(folded)
    if found:
        return int(found[-1]) if found[-1].isdecimal() else numeral(found[-1])
    words = re.findall(r"[a-z]+", folded.lower())
    return next((_SPELLED[word] for word in words if word in _SPELLED), None)


_ORDINAL = re.compile(
    r"第([一二三四五六七八九十]{1,3}|\d{1,2})(?:大)?(?:项|条|个|件|点|方面|部分|类|大)(?![季年月日])"
    rf"|\b({'|'.join(ORDINALS)}) (?:of the|one|item|task|point|area|priority|measure|project)\b"
)


def asked_place(folded: str) -> int | None:
    """Return which item of a list a question asks for, counted from 1; None: not a single one."""
    found = _ORDINAL.search(folded)
    if found is None:
        return None
    if found[2]:
        return ORDINALS[found[2]]
    return int(found[1]) if found[1].isdecimal() else numeral(found[1])


def _unit(words: str) -> str:
    """Return the measure word and noun behind the count that stands in some words last."""
    found = re.findall(rf"[\d一二两三四五六七八九十]{{1,3}}({_ITEMS}[\u4e00-\u9fff]?)", words)
    return str(found[-1])[:1] if found else ""


_QUOTED = lazily(r"[“\"‘「]([^”\"’」]*[\u3400-\u9fff\d][^”\"’」]*)[”\"’」]")

_FORMS = {
    "ranked": 0.15,
    "bullets": 0.15,
    "announced": 0.1,
    "parallel": 0.05,
    "topics": 0.05,
    "headings": 0.05,
    "words": -0.05,
    "clauses": -0.15,
}
"""How likely it is, before anything is read, that an enumeration of a form is a list asked for."""

_MEANING = 0.68
"""What a cosine of 1 adds. Cosines of damped counts are smaller: over 48 likely enumerations of the
sample reports the median is 1/1.14 of that with plain ones, for which this was 0.6."""

_TOUCHES = 0.15
"""The share of a question's words below which an enumeration has nothing to do with it."""

_IN_HEADING = 0.4
"""What a word counts that stands in the headings alone, and not in the words that announce."""

_GENERIC = frozenset(
    {"任务", "措施", "举措", "工作", "目标", "内容", "安排", "问题", "要求", "政策"}
)
"""Words that name no subject: what they are of, a question that has no other does not say."""

_OF_ANY_WORK = lazily(r"方面|重点|工作|任务|今年|政府|主要|措施|举措|目标|[的抓做]")
"""Words that say of no field what the tasks are."""

_TASKS = lazily(r"重点(?:做好|抓好|推进|抓|工作|任务)|主要任务|工作任务|工作安排|以下.{0,6}工作")
_WORK = lazily(r"(?:抓好|做好|推进|完成).{0,10}(?:工作|任务):$")
_FEW = 4
"""Items up to which a numbered list is as often one of a section as of the whole year's work."""
_REQUIRES = lazily(r"(?:总体要求|指导思想|总体思路)(?:是|为)?:?$")
_FIGURES = lazily(r"\d(?:%|[亿万]|元|个百分点)")


class ListScorer:
    """Scores the enumerations of one report against one question.

    A score is about 1 where the words that announce an enumeration are those of the question, and
    a count that both state adds to it or takes from it.
    """

    def __init__(
        self,
        question: Question,
        text: str,
        candidates: Sequence[Enumeration],
        embedder: Embedder,
    ) -> None:
        self._question = question
        self._text = text
        self._candidates = candidates
        self._count = asked_count(question.folded)
        words = glossed(question) if question.language == "en" else question.subject
        named = terms(_ORDINAL.sub(" ", COUNTED.sub(" ", words)))
        self._terms = {term for term in named if len(term) > 1} or named
        self._leads = [self._lead(each) for each in candidates]
        self._bodies = ["".join(item.of(text) for item in each.items) for each in candidates]
        counts: Counter[str] = Counter()
        for lead, body in zip(self._leads, self._bodies, strict=True):
            counts.update(terms(lead + body) & self._terms)
        self._weights = {
            term: math.log(1 + len(candidates) / (1 + counts[term])) for term in self._terms
        }
        self._similar = [0.0] * len(candidates)
        if embedder.fast:
            query = question.folded if question.language == "en" else question.subject
            shown = [
                f"{lead} {body[:160]}" for lead, body in zip(self._leads, self._bodies, strict=True)
            ]
            vectors = embedder.embed(shown)
            self._similar = [float(near) for near in vectors @ embedder.embed_query(query or "-")]

    def _lead(self, enumeration: Enumeration) -> str:
        lead = "" if enumeration.lead is None else enumeration.lead.of(self._text)
        return " ".join((*enumeration.headings[-2:], lead))

    def score(self, place: int) -> float:
        """Return how well the enumeration at a place of the candidates fits the question."""
        enumeration = self._candidates[place]
        coverage = self._coverage(place)
        if self._question.language == "en" and self._terms and not coverage:
            return 0.0  # a count alone is no sign, where there are Chinese words to go by
        score = 0.7 * coverage + _MEANING * self._similar[place] + _FORMS[enumeration.form]
        outermost = enumeration.form == "ranked" and enumeration.level <= 1
        if outermost and len(enumeration.items) < 6 and "部分" not in self._question.folded:
            score -= 0.3  # the parts of a report, which are seldom asked for
        if self._terms <= _GENERIC and enumeration.form not in ("ranked", "bullets", "headings"):
            score -= 0.4  # a section on tasks is no list of them
        if _REQUIRES.search(self._leads[place]):
            score -= 0.4  # one sentence cut at its commas; see `set_pieces.requirements`
        if cues.shows("main_tasks", self._question.folded) and enumeration.form == "ranked":
            score += self._as_tasks(place)
        score += self._count_match(enumeration, place)
        figures = sum(bool(_FIGURES.search(item.of(self._text))) for item in enumeration.items)
        if 2 * figures > len(enumeration.items):
            score -= 0.3
        return score + self._time_match(place)

    def touches(self, place: int) -> bool:
        """Tell whether an enumeration has words of what a question is about, if that is said."""
        if cues.shows("main_tasks", self._question.folded) and self._question.language != "en":
            subject = _ORDINAL.sub(" ", COUNTED.sub(" ", self._question.subject))
            rest = cues.without("main_tasks", subject)
            own = {term for term in terms(_OF_ANY_WORK.sub(" ", rest)) if len(term) > 1}
            if own and not own & terms(self._leads[place] + self._bodies[place]):
                return False  # the tasks of the whole year are not those of one field
        return self._terms <= _GENERIC or self._coverage(place) >= _TOUCHES

    def _coverage(self, place: int) -> float:
        """Return the share of the question's words that an enumeration has, weighted by rarity."""
        total = sum(self._weights.values())
        lead = terms(self._leads[place]) & self._terms
        body = (terms(self._bodies[place]) & self._terms) - lead
        covered = sum(self._weights[term] * self._share(place, term) for term in lead)
        covered += 0.5 * sum(self._weights[term] for term in body)
        return covered / total if total else 0.0

    def _as_tasks(self, place: int) -> float:
        """Return what it adds that a numbered list stands for the work of a year."""
        if not _TASKS.search(self._leads[place]):
            return 0.0
        enumeration = self._candidates[place]
        lead = "" if enumeration.lead is None else enumeration.lead.of(self._text)
        return (0.3 if len(enumeration.items) > _FEW else 0.15) + (0.2 if _WORK.search(lead) else 0)

    def _share(self, place: int, term: str) -> float:
        """Return how much it says that a word stands before an enumeration.

        Where other words announce it, those of the section's heading are said of more than it.
        """
        enumeration = self._candidates[place]
        lead = "" if enumeration.lead is None else enumeration.lead.of(self._text)
        return 1.0 if not lead or term in lead else _IN_HEADING

    def _count_match(self, enumeration: Enumeration, place: int) -> float:
        if self._count is None:
            return 0.0
        stated = asked_count(self._leads[place])
        if len(enumeration.items) == self._count:
            own, other = _unit(self._question.folded), _unit(self._leads[place])
            if own and other and own != other:
                # Ten practical matters are no ten areas of work, though either may be called ten.
                return 0.1 if terms(self._leads[place]) & self._terms else -0.4
            return 0.45 if stated == self._count else 0.3
        return 0.3 if stated == self._count and enumeration.ends_text else -0.4

    def announces(self, place: int) -> bool:
        """Tell whether the words around an enumeration are what the question is about."""
        total = sum(self._weights.values())
        lead = terms(self._leads[place]) & self._terms
        return total > 0 and sum(self._weights[term] for term in lead) >= 0.5 * total

    def item(self, place: int) -> int | None:
        """Return the one item that a question without a count is about, if it is about one."""
        if self._count is not None or cues.shows("main_tasks", self._question.folded):
            return None
        total = sum(self._weights.values())
        items = self._candidates[place].items
        shares = [
            sum(self._weights[term] for term in terms(item.of(self._text)) & self._terms)
            for item in items
        ]
        best = max(range(len(items)), key=lambda each: shares[each])
        rest = max((share for each, share in enumerate(shares) if each != best), default=0.0)
        clear = shares[best] >= 0.6 * total and rest <= 0.5 * shares[best]
        return best if total and clear and not self.announces(place) else None

    def names_what_is_quoted(self, place: int) -> bool:
        """Tell whether an enumeration stands under the very words that a question quotes."""
        quoted = _QUOTED.findall(self._question.folded)
        around = self._leads[place] + self._bodies[place]
        return not quoted or any(words in around for words in quoted)

    def _time_match(self, place: int) -> float:
        """Return what years and the sides of past and future say."""
        lead = self._leads[place]
        score = 0.0
        years = {int(year) for year in re.findall(r"(20\d\d)年", lead)}
        if self._question.years and years:
            score += 0.15 if years & set(self._question.years) else -0.3
        past = bool(re.search(r"回顾|过去|[五一]年来|取得|成绩", lead))
        if cues.shows("looks_back", self._question.folded):
            score += 0.15 if past else -0.1
        elif past and not cues.shows("actual", self._question.folded):
            score -= 0.15
        return score

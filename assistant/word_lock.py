"""The lock on a chat model's words: what is wrong with a statement, held against what it cites.

Each statement must carry marks that exist; its figures, places and years are held to the figure
lock, every other number to the cited words, and its other words to what `support` finds of them.
Knows nothing of models, nor of what happens to a statement that fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.amounts import fold
from assistant.answer_parts import Part, parts_of
from assistant.briefing import Item
from assistant.claims import stances_in
from assistant.evidence import Evidence, Statement
from assistant.figure_lock import is_supported, is_value
from assistant.grounding import MARK, Sources, evidence_of
from assistant.mentions import Known, is_known
from assistant.number_words import unheld, values_in
from assistant.support import Support
from assistant.types import Answer, AnswerFigure, Fault, Language
from index.embedding import Embedder


@dataclass(frozen=True, slots=True)
class WordLock:
    """Judges statements in one language against one question's evidence.

    `question` and the earlier turns `asked` are what the reader wrote; `embedder` is the bundled
    model, on which the thresholds were measured.
    """

    language: Language
    question: str
    asked: tuple[str, ...]
    items: Mapping[int, Item]
    sources: Sources
    embedder: Embedder

    def fault(self, text: str, marks: Sequence[int] = ()) -> Fault | None:
        """Return what is wrong with a statement; None where nothing is.

        Args:
            text: the statement with its marks.
            marks: those of the items of the list that the statement is the head of, which it need
                not repeat as long as it states no number.
        """
        own = [int(n) for n in MARK.findall(text)]
        if any(n not in self.items for n in own):
            return "unknown_mark"
        cited = own or list(marks)
        if not cited:
            return "unmarked"
        if _LINK.search(text):
            return "link"
        if not self._is_in_language(text):
            return "language"
        items = {n: self.items[n] for n in dict.fromkeys(cited)}
        shown = text if own else text + "".join(f"[{n}]" for n in items)
        answer = self._answer(shown, list(items.values()))
        return self._judged(answer, items, is_head=not own)

    def stated(self, text: str) -> list[AnswerFigure]:
        """Return the figures of the table that a statement states."""
        items = [self.items[n] for n in dict.fromkeys(map(int, MARK.findall(text)))]
        found: list[AnswerFigure] = []
        answer = self._answer(text, items)
        evidence = evidence_of(answer, self.sources)
        for part in parts_of(answer, evidence, self.sources.lexicon, self.sources.gazetteer):
            named = {name.meant for name in part.statement.names}
            for amount in part.statement.amounts:
                own = [figure for figure in answer.figures if is_value(amount, figure)]
                found += [each for each in own if each.indicator in named] or own
        return found

    def _answer(self, text: str, items: Sequence[Item]) -> Answer:
        return Answer(
            self.question,
            self.language,
            text,
            citations=tuple(item.citation for item in items),
            figures=tuple(figure for item in items for figure in item.figures),
        )

    def _is_in_language(self, text: str) -> bool:
        """Tell whether a statement is in the answer's language, quotations and brackets aside."""
        bare = _ASIDE.sub("", text)
        han, latin = len(_HAN.findall(bare)), len(_LATIN.findall(bare))
        return han <= latin if self.language == "en" else latin <= han + 1

    def _judged(self, answer: Answer, items: Mapping[int, Item], *, is_head: bool) -> Fault | None:
        evidence = evidence_of(answer, self.sources)
        parts = parts_of(answer, evidence, self.sources.lexicon, self.sources.gazetteer)
        known = Known(answer, self.sources.reports, self.sources.gazetteer, self.asked)
        for part in parts:
            if is_head and part.statement.amounts:
                return "unmarked"
            if not part.statement.marks:
                return "unmarked"
            fault = self._figures_fault(part, evidence, known) or self._words_fault(
                part, answer.text, items
            )
            if fault:
                return fault
        return None

    def _figures_fault(
        self, part: Part, evidence: Sequence[Evidence], known: Known
    ) -> Fault | None:
        said = part.statement
        if len(said.amounts) > _MOST:
            return "number"
        cited = [each for each in evidence if each.n in said.marks]
        if not is_known(said, cited, known):
            return "place_or_year"
        for start, end, marks in _segments(said):
            own = [each for each in cited if each.n in marks]
            inside = [place for place in said.places if start <= place.start < end]
            for place in inside:
                if not any(
                    each.region in place.names or place.written in each.dense for each in own
                ):
                    return "place_or_year"
        if not is_supported(said, cited):
            return "figure"
        return None

    def _words_fault(self, part: Part, whole: str, items: Mapping[int, Item]) -> Fault | None:
        said = part.statement
        taken = {place for a in said.amounts for place in range(a.start, a.end)}
        taken |= {place for y in said.years for place in range(y.start, y.end)}
        taken |= {place for d in said.dates for place in range(d.start, d.end)}
        taken |= {place for p in said.places for place in range(p.start, p.end)}
        original = fold(whole[part.start : part.end])
        for start, end, marks in _segments(said):
            own = [items[n] for n in sorted(marks)]
            words = "".join(fold(f"{item.text} {item.around}") for item in own)
            dense = "".join(words.split())
            text = said.text[start:end]
            inside = {place - start for place in taken if start <= place < end}
            if unheld(text, inside, dense, values_in(words)):
                return "number"
            if self._misquotes(MARK.sub("", original[start:end]), dense):
                return "unsupported"
            if self._names_another_indicator(said, start, end, own):
                return "figure"
            bare = MARK.sub("", original[start:end])
            if _tense_differs(bare, own):
                return "tense"
            if _denies(bare) and not any(_DENIED.search(item.text) for item in own):
                return "negation"
            if _affirms_denied(bare, own):
                return "negation"
            plain = self._without(original, taken, start, end)
            around = " ".join(item.around for item in own)
            support = Support(tuple(item.text for item in own), around, self.embedder)
            if not support.bears(plain):
                return "unsupported"
        return None

    def _without(self, text: str, taken: set[int], start: int, end: int) -> str:
        """Return a segment with its marks, amounts, years and places blanked."""
        shown = "".join(" " if at in taken else text[at] for at in range(start, end))
        return MARK.sub(" ", shown)

    def _misquotes(self, text: str, dense: str) -> bool:
        """Tell whether a Chinese quotation is of words that are not cited."""
        return any(
            len(_HAN.findall(quote)) >= 4
            and "".join(fold(quote).split()) not in dense
            and "".join(fold(quote).split()) not in fold(self.question)
            for quote in re.findall(r"[“「『\"]([^“”「」『』\"]{2,400})[”」』\"]", text)
        )

    def _names_another_indicator(
        self, said: Statement, start: int, end: int, items: Sequence[Item]
    ) -> bool:
        """Tell whether an amount that is a cited figure follows the name of another indicator."""
        figures = [figure for item in items for figure in item.figures]
        amounts = [amount for amount in said.amounts if start <= amount.start < end]
        if not figures or not amounts:
            return False
        # Names that the figure lock knows are blanked; what is left are other indicators'.
        words = fold(said.text[start:end])
        for mention in self.sources.lexicon.mentions(words):
            after = [a for a in amounts if a.start - start >= mention.span.end]
            named = [n for n in said.names if start + mention.span.end <= n.start < end]
            if not after or any(n.start < after[0].start for n in named):
                continue
            meant = {indicator.zh for indicator in mention.candidates}
            held = {
                indicator.zh
                for item in items
                for other in self.sources.lexicon.mentions(fold(f"{item.text} {item.around}"))
                for indicator in other.candidates
            }
            if not meant & held:
                return True
        return False


_MOST = 60
"""Amounts in one statement above which it is not read."""
_LINK = re.compile(r"https?:|www\.|\bmailto:|!\[|\]\(|<\s*/?\s*[A-Za-z]|\w+@\w+\.\w", re.IGNORECASE)
_ASIDE = re.compile(r"“[^”]*”|\"[^\"]*\"|\([^)]*\)|（[^）]*）|《[^》]*》|\[\d+\]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'-]+")


def _segments(said: Statement) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Yield the runs of a statement up to their marks, and what is left with all of its marks."""
    start = 0
    for begin, numbers in said.groups:
        if said.text[start:begin].strip(_EDGES):
            yield start, begin, frozenset(numbers)
        start = begin
    if said.groups and said.text[start:].strip(_EDGES):
        yield start, len(said.text), said.marks


_EDGES = " \t\n.,;:!?。，；：！？、()（）*-"


# Goal or result, yes or no

_DONE = re.compile(
    r"已经?(?=[^然])|(?:完成|建成|实现|达到|取得|获得|开通|投产|投用|启用)了"
    r"|\b(?:has been|have been|was|were|completed|achieved|built|opened|finished|reali[sz]ed"
    r"|established|created)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"将(?!近|军)|计划|力争|目标|预期|拟|打算|争取|\b(?:will|plans?|planned|aims?|targets?|intends?"
    r"|going to|expects?)\b",
    re.IGNORECASE,
)
_DONE_THERE = re.compile(r"已|了|完成|建成|实现|达到|获|成功|累计|新增|取得|荣|落地|开工|竣工|被")
_TO_COME_THERE = re.compile(
    r"将|计划|力争|目标|预期|拟|打算|争取|要|确保|努力|推进|加快|规划|实施|支持|深入|坚持"
)


def _tense_differs(text: str, items: Sequence[Item]) -> bool:
    """Tell whether a statement has as done what is planned in all it cites, or the other way."""
    kinds = {item.kind for item in items}
    done = _DONE.search(text) is not None
    to_come = _TO_COME.search(text) is not None
    words = " ".join(item.text for item in items)
    if kinds == {"target"} and done and not to_come:
        return _DONE_THERE.search(words) is None
    if kinds == {"actual"} and to_come and not done:
        said = [stance for _, stance in stances_in(fold(text))]
        return "actual" not in said and _TO_COME_THERE.search(words) is None
    return False


_NEGATION = re.compile(
    r"没有|未能|并未|尚未|从未|未(?=[完建达实开投获取])|不再|不会|不是|并非|拒绝|取消|停止|否认|放弃|禁止|反对"
    r"|\b(?:not|no|never|failed|fails|without|cancel\w*|abandon\w*|reject\w*|refus\w*|stop(?:s|ped)?"
    r"|halt\w*|oppos\w*|unable)\b|n't\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"不|未|没|无|非|缺|禁|停|取消|拒|零|防止|遏制|杜绝|消除|反对|退出|淘汰")
_LACKING = re.compile(
    r"尚未|未能|没有|仍未|还未|不足|不够|不强|不高|不优|不充分|不平衡|不大|不多|不快|薄弱|短板|滞后|缺乏|短缺"
)
_ANY_LACK = re.compile(
    r"不|未|没|无|缺|薄弱|短板|滞后|难|问题|挑战|差距|弱"
    r"|\b(?:not|no|lack\w*|insufficien\w*|weak\w*|short\w*|problem\w*|difficult\w*|challeng\w*"
    r"|inadequa\w*|imbalan\w*|unbalanc\w*|slow\w*|lag\w*|gap\w*|poor\w*|low|limited|yet to|few"
    r"|unresolved|constrain\w*|bottleneck\w*|deficien\w*|uneven|unstable|scarc\w*)\b|n't\b",
    re.IGNORECASE,
)


def _denies(text: str) -> bool:
    return _NEGATION.search(text) is not None


def _affirms_denied(text: str, items: Sequence[Item]) -> bool:
    """Tell whether a statement has none of the lack that everything it cites is about."""
    return all(_LACKING.search(item.text) for item in items) and not _ANY_LACK.search(text)

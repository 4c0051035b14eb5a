"""Where a statement contradicts what it cites: done or planned, yes or no, for a reason, first.

Reads signs of either in both languages; a statement that shows none is not judged. Knows nothing of
numbers, nor of how far other words are supported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.types import ContextItem
from assistant.types import Fault
from index.text.folding import fold_claim


def contradiction(text: str, items: Sequence[ContextItem]) -> Fault | None:
    """Return in what a statement contradicts what it cites; None where it does not visibly."""
    said = fold_claim(text)
    words = " ".join(fold_claim(item.text) for item in items)
    if any(_tense_differs(clause, words, items) for clause in _CLAUSE.split(said)):
        return "tense"
    if _denies(said, words) or _affirms_denied(said, items):
        return "negation"
    if _REASON.search(said) and not _REASON_THERE.search(words):
        return "unsupported"
    if _outranks(said, words):
        return "unsupported"
    return None


_CLAUSE = re.compile(r"[,;:。](?!\d)")

# Goal or result

_PLAINLY_DONE = re.compile(
    r"已经?(?=[^然])|(?:完成|建成|实现|达到|取得|获得|开通|投产|投用|启用|推进|健全|开发|强化)了"
    r"|\b(?:has|have) (?:already )?(?:been )?\w+(?:ed|ilt|one)\b|\balready\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:was|were|completed|achieved|built|opened|finished|reali[sz]ed|established|created)\b",
    re.IGNORECASE,
)
_PLAINLY_TO_COME = re.compile(
    r"计划|拟|打算|力争|争取|明年|后年|\b(?:plans?|planned|aims?|targets?|intends?|going to)\b"
    r"|\bnext year\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"将(?!近|军)|目标|预期|\b(?:will|expects?)\b", re.IGNORECASE)
_DONE_THERE = re.compile(
    r"已|了(?!解)|完成|建成|实现|达到|获|成功|累计|新增|取得|荣|落地|开工|竣工|被|迈上|全年|过去|去年"
)
_PLAINLY_DONE_THERE = re.compile(r"已|了(?!解)|完成|建成|累计|新增|去年|过去")
_SET_THERE = re.compile(r"将|计划|力争|目标|预期|拟|打算|争取|要|确保|明年|今后|未来")
_MEANT_THERE = re.compile(r"努力|推进|加快|规划|实施|支持|深入|坚持|推动|加强|强化|建设|发展|提升")


def _tense_differs(clause: str, words: str, items: Sequence[ContextItem]) -> bool:
    """Tell whether a clause has as done what is planned in all it cites, or the other way."""
    kinds = {item.kind for item in items}
    plainly_done = _PLAINLY_DONE.search(clause) is not None
    plainly_to_come = _PLAINLY_TO_COME.search(clause) is not None
    done = plainly_done or _DONE.search(clause) is not None
    to_come = plainly_to_come or _TO_COME.search(clause) is not None
    if done == to_come:
        return False
    if done:
        judged = "actual" not in kinds if plainly_done else kinds == {"target"}
        there = _DONE_THERE if "actual" in kinds or not plainly_done else _PLAINLY_DONE_THERE
        return judged and there.search(words) is None
    if _SET_THERE.search(words) or "target" in kinds:
        return False
    if plainly_to_come:
        return "actual" in kinds or _MEANT_THERE.search(words) is None
    return kinds == {"actual"} and _MEANT_THERE.search(words) is None


# Yes or no

_NO = re.compile(
    r"没有|未能|并未|尚未|从未|未(?!来|成年|必)|不再|不会|不是|并非|拒绝|取消|停止|否认|放弃|禁止|反对"
)
_NOT = re.compile(
    r"\b(?:not|no|never|failed|fails|without|cancel\w*|abandon\w*|reject\w*|refus\w*|stop(?:s|ped)?"
    r"|halt\w*|oppos\w*|unable|lacks?)\b|n't\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"不断|不动摇|不仅|不但|不移|不懈|不舍|不忘|不渝|不低于|不少于|不超过|不高于|不折|不扣|不凡|不易|不停|不畏"
    r"|不负|不息|不见面|不来即享|无私|无党派|无缝|无人机|无害|非常|非公|非遗|未来|零工|零售|零部件|难得"
)
_DENIED = re.compile(r"不|未|没|无|非|缺|禁|停|取消|拒|零|防止|遏制|杜绝|消除|反对|退出|淘汰")
_LACKING = re.compile(
    r"尚未|未能|没有|仍未|还未|不足|不够|不强|不高|不优|不充分|不平衡|不大|不多|不快|薄弱|短板|滞后|缺乏|短缺"
)
_ANY_LACK = re.compile(
    r"不|未|没|无|缺|薄弱|短板|滞后|难|问题|挑战|差距|弱|有待"
    r"|\b(?:not|no|lack\w*|insufficien\w*|weak\w*|short\w*|problem\w*|difficult\w*|challeng\w*"
    r"|inadequa\w*|imbalan\w*|unbalanc\w*|slow\w*|lag\w*|gap\w*|poor\w*|low|limited|yet to|few"
    r"|unresolved|constrain\w*|bottleneck\w*|deficien\w*|uneven|unstable|scarc\w*)\b|n't\b",
    re.IGNORECASE,
)


def _denies(said: str, words: str) -> bool:
    """Tell whether a statement denies something that its evidence does not.

    In Chinese what follows the word of denial must be denied there too; in English any denial does.
    """
    dense = "".join(words.split())
    for found in _NO.finditer(said):
        after = said[found.end() : found.end() + 2]
        if found[0] + after[:1] in dense:
            continue
        if re.search(rf"[不没未无][^,;。]{{0,4}}{re.escape(after)}", dense) is None:
            return True
    denied = _DENIED.search(_NO_DENIAL.sub("", words)) is not None
    return _NOT.search(said) is not None and not denied


def _affirms_denied(said: str, items: Sequence[ContextItem]) -> bool:
    """Tell whether a statement has none of the lack that everything it cites is about."""
    return all(_LACKING.search(item.text) for item in items) and not _ANY_LACK.search(said)


# For a reason

_REASON = re.compile(
    r"因为|由于|原因|导致|致使|归因"
    r"|\b(?:because|due to|owing to|as a result of|the reason|caused by)\b",
    re.IGNORECASE,
)
_REASON_THERE = re.compile(r"因|由于|得益|原因|导致|从而|致|影响|结果|使得|在于")


# Before all others

_FIRST = re.compile(
    r"第一|居首|首位|之首|榜首|最[高低大小多少好差快慢强优佳]"
    r"|\b(?:highest|lowest|largest|smallest|biggest|best|worst|fastest|slowest|ranks? first)\b",
    re.IGNORECASE,
)
_FIRST_THERE = re.compile(r"最|第一|首|冠|前列|领先|先进|名列|一流|头|顶|至[少多]")


def _outranks(said: str, words: str) -> bool:
    """Tell whether a statement sets something before all others that its evidence does not."""
    return _FIRST.search(said) is not None and _FIRST_THERE.search(words) is None

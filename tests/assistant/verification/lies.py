"""Lies told in an honest bundle: five of each kind, each a change of its one turn's record.

A kind yields nothing where an answer has nothing of what it changes. Digests are made anew by who
takes a lie, as a liar would.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Record = dict[str, Any]
Lie = Callable[[Record], Iterator[Record]]

MARKS = re.compile(r"(?:\s?\[\d+\])+")
HAN = re.compile(r"[\u4e00-\u9fff]")
FEW = 5


def is_english(record: Record) -> bool:
    return bool(record["answer"]["language"] == "en")


def told(record: Record, text: str, **changed: object) -> Record:
    """Return the record with another text, or other fields, of its answer."""
    lie = copy.deepcopy(record)
    lie["answer"].update({"answer": text, **changed})
    return lie


def first_of(lies: Iterator[Record], record: Record) -> list[Record]:
    """Return the first few lies of a kind that change anything."""
    found: list[Record] = []
    for lie in lies:
        if lie != record and lie not in found:
            found.append(lie)
        if len(found) == FEW:
            break
    return found


# In the text

DENIALS = {
    "en": [
        (" is ", " is not "),
        (": ", ": not "),
        (" in ", " not in "),
        (" of ", " of no "),
        ("“", "never “"),
        (" ", " without "),
    ],
    "zh": [
        ("是", "不是"),
        ("增长", "未增长"),
        ("：", "：并非"),
        ("增長", "沒有增長"),
        ("年", "年没有"),
        ("“", "没有说“"),
    ],
}


def denied(record: Record) -> Iterator[Record]:
    text = record["answer"]["answer"]
    for plain, negated in DENIALS["en" if is_english(record) else "zh"]:
        if plain in text:
            yield told(record, text.replace(plain, negated, 1))


INDICATORS = [
    ("城镇新增就业", "newly increased employed people in urban areas"),
    ("粮食总产量", "total grain output"),
    ("社会消费品零售总额", "total retail sales of consumer goods"),
    ("居民消费价格指数", "consumer price index"),
    ("地区生产总值", "gross domestic product"),
    ("固定资产投资", "investment in fixed assets"),
]


def of_another_indicator(record: Record) -> Iterator[Record]:
    answer = record["answer"]
    for figure in answer["figures"]:
        name = figure["indicator"]
        for zh, en in INDICATORS:
            text = answer["answer"]
            if name in text:
                text = text.replace(name, zh, 1)
            if is_english(record):
                text = re.sub(
                    r"(?<=target for )[^(]*|(?<='s )[^(\[]*(?= \()", f"{en} ", text, count=1
                )
            if zh != name and text != answer["answer"]:
                yield told(record, text)


ADDED = {
    "en": [
        "The mayor was arrested for fraud.",
        "Growth was the highest in China.",
        "The report names no other target.",
        "Officials expect a recession.",
        "This was the best result in ten years.",
    ],
    "zh": [
        "市长因贪污被捕。",
        "增速居全国第一。",
        "报告没有提到其他目标。",
        "预计明年经济将衰退。",
        "这是十年来最好的成绩。",
    ],
}


def added(record: Record) -> Iterator[Record]:
    text = record["answer"]["answer"]
    for place, sentence in enumerate(ADDED["en" if is_english(record) else "zh"]):
        if place % 2:
            yield told(record, f"{sentence} {text}")
        elif place % 4:
            yield told(record, f"{text}{sentence}")
        else:
            yield told(record, f"{text}\n\n{sentence}")


INVENTED = {
    "en": [
        " because of a secret loan",
        ", as mayor Zhang San ordered",
        " due to heavy floods",
        ", which Li Si opposed",
        ", the highest of all cities",
    ],
    "zh": [
        "，原因是获得秘密贷款",
        "，由市长张三下令",
        "，因为遭遇特大洪水",
        "，李四对此表示反对",
        "，居各市之首",
    ],
}


def invented(record: Record) -> Iterator[Record]:
    text = record["answer"]["answer"]
    places = [found.start() for found in MARKS.finditer(text)]
    for turn, words in enumerate(INVENTED["en" if is_english(record) else "zh"]):
        if places:
            place = places[turn % len(places)]
            yield told(record, text[:place] + words + text[place:])


def misquoted(record: Record) -> Iterator[Record]:
    text = record["answer"]["answer"]
    for found in re.finditer(r"“([^“”]{4,})”", text):
        words = found[1]
        for other in (
            re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), words),
            words[1:],
            words[:-1],
            words[:2] + "不" + words[2:],
            words[::-1],
            words + "，并已全部完成",
        ):
            yield told(record, text[: found.start(1)] + other + text[found.end(1) :])


def of_another_number(record: Record) -> Iterator[Record]:
    text = record["answer"]["answer"]
    for found in re.finditer(r"(?<![\[\d.])\d+(?:\.\d+)?(?![\]\d])", text):
        for other in (str(float(found[0]) + 1), found[0] + "0", "1" + found[0]):
            yield told(record, text[: found.start()] + other + text[found.end() :])


UNITS = [
    ("%", "个百分点"),
    ("亿元", "万元"),
    ("万", "亿"),
    ("billion", "million"),
    ("yuan", "dollars"),
    ("元", "美元"),
    ("家", "户"),
    ("个", "万个"),
    ("growth of ", "growth of 10 times "),
    ("套", "亩"),
    ("件", "项"),
    ("億元", "萬元"),
    (" growth", " points of growth"),
]


def of_another_unit(record: Record) -> Iterator[Record]:
    text = record["answer"]["answer"]
    for unit, other in UNITS:
        yield told(record, re.sub(rf"(?<=[\d ]){unit}", other, text, count=1))
        yield told(record, text.replace(unit, other))


KINDS = [
    ("的预期目标是", "实际完成"),
    ("的預期目標是", "實際完成"),
    ("'s target for ", "'s result for "),
    ("预期目标", "实际结果"),
    ("目标", "实绩"),
    ("预计", "目标为"),
    ("target", "result"),
    ("增长", "的目标是增长"),
    ("增長", "的目標是增長"),
    (": growth", ": a target of growth"),
    ("为", "的目标为"),
    ("為", "的目標為"),
    (" in 20", " targeted for 20"),
]


def goal_as_result(record: Record) -> Iterator[Record]:
    text = record["answer"]["answer"]
    for words, other in KINDS:
        yield told(record, text.replace(words, other, 1))
        yield told(record, text.replace(words, other))


PLACES = [
    ("玉门", "焦作"),
    ("玉門", "焦作"),
    ("焦作", "运城"),
    ("猇亭", "玉门"),
    ("运城", "焦作"),
    ("運城", "焦作"),
    ("嘉峪关", "玉门"),
    ("嘉峪關", "玉門"),
    ("Yumen", "Jiaozuo"),
    ("Jiaozuo", "Yuncheng"),
    ("Xiaoting", "Yumen"),
    ("Yuncheng", "Yumen"),
    ("Jiayuguan", "Yumen"),
]


def of_another_place(record: Record) -> Iterator[Record]:
    text = record["answer"]["answer"]
    for place, other in PLACES:
        yield told(record, text.replace(place, other, 1))
        yield told(record, text.replace(place, other))


def of_another_year(record: Record) -> Iterator[Record]:
    text = record["answer"]["answer"]
    for found in re.finditer(r"20\d\d", text):
        for shift in (1, -1, 5):
            year = str(int(found[0]) + shift)
            yield told(record, text[: found.start()] + year + text[found.end() :])


def shortened(record: Record) -> Iterator[Record]:
    """Leave out the last statements, or the first, with their citations."""
    blocks = record["answer"]["answer"].split("\n\n")
    if len(blocks) > 1:
        for kept in (blocks[:-1], blocks[1:], blocks[::-1], blocks[:1], blocks[:-2]):
            if kept:
                yield _of_blocks(record, kept)


def _of_blocks(record: Record, blocks: Sequence[str]) -> Record:
    """Return the record with these paragraphs alone, its marks counted anew."""
    text = "\n\n".join(blocks)
    numbers = list(dict.fromkeys(re.findall(r"\[(\d+)\]", text)))
    counted = {int(n): place for place, n in enumerate(numbers, 1)}
    kept = [each for each in record["answer"]["citations"] if each["n"] in counted]
    citations = [{**each, "n": counted[each["n"]]} for each in kept]
    marked = re.sub(r"\[(\d+)\]", lambda mark: f"[{counted[int(mark[1])]}]", text)
    return told(record, marked, citations=sorted(citations, key=lambda each: each["n"]))


# Beside the text

ABSTAINED = {
    "en": [
        "The work report of Yumen (2023) does not state a GDP target.",
        "The work report does not state this.",
        "The report gives no number.",
        "That is not what the report says.",
        "No report of this place is indexed.",
    ],
    "zh": [
        "玉门市（2023年）的报告没有给出地区生产总值目标。",
        "报告没有说明这一点。",
        "报告没有给出具体数值。",
        "与报告不符。",
        "没有编入该地的政府工作报告。",
    ],
}


def abstaining(record: Record) -> Iterator[Record]:
    none = {"abstained": True, "reason": "not_stated", "citations": [], "figures": []}
    for words in ABSTAINED["en" if is_english(record) else "zh"]:
        lie = told(record, words, **none)
        lie.update(documents=[], figure_marks=[])
        yield lie


def abstaining_with_claim(record: Record) -> Iterator[Record]:
    answer = record["answer"]
    if answer["abstained"]:
        yield told(record, answer["answer"], abstained=False, reason=None)
        yield told(record, answer["answer"], reason="opinion")
        yield told(record, answer["answer"], reason="no_number")
        return
    for words, reason in zip(
        ABSTAINED["en" if is_english(record) else "zh"],
        ("not_stated", "not_stated", "no_number", "false_premise", "no_report"),
        strict=True,
    ):
        yield told(record, f"{words} {answer['answer']}", abstained=True, reason=reason)


def uncited(record: Record) -> Iterator[Record]:
    """Take the citations away and leave the words."""
    answer = record["answer"]
    if not answer["citations"]:
        return
    bare = MARKS.sub("", answer["answer"])
    lie = told(record, bare, citations=[])
    lie["documents"] = []
    yield lie
    yield told(record, bare)
    yield told(record, answer["answer"], citations=[])
    lie = told(record, bare, citations=[], figures=[])
    lie.update(documents=[], figure_marks=[])
    yield lie
    lie = copy.deepcopy(lie)
    lie["answer"].update(abstained=True, reason="not_stated")
    yield lie


FIGURES = [
    {"value": "99"},
    {"unit": "万元"},
    {"kind": "cumulative"},
    {"period": "2019"},
    {"indicator": "财政收入"},
    {"region": "北京市"},
    {"measure": "level"},
    {"qualifier": "以上"},
]


def of_other_figures(record: Record) -> Iterator[Record]:
    for number, figure in enumerate(record["answer"]["figures"]):
        for change in FIGURES:
            if any(figure[name] != value for name, value in change.items()):
                lie = copy.deepcopy(record)
                lie["answer"]["figures"][number].update(change)
                yield lie
    yield from _with_more_or_fewer_figures(record)


def _with_more_or_fewer_figures(record: Record) -> Iterator[Record]:
    figures = record["answer"]["figures"]
    if figures:
        lie = copy.deepcopy(record)
        lie["answer"]["figures"] = figures[1:]
        lie["figure_marks"] = record["figure_marks"][1:]
        yield lie


def citations_swapped(record: Record) -> Iterator[Record]:
    citations = record["answer"]["citations"]
    for one in range(len(citations)):
        for other in range(one + 1, len(citations)):
            lie = copy.deepcopy(record)
            found = lie["answer"]["citations"]
            found[one], found[other] = found[other], found[one]
            yield copy.deepcopy(lie)  # the list alone
            found[one]["n"], found[other]["n"] = found[other]["n"], found[one]["n"]
            yield lie  # and so what each mark stands for


def cited_elsewhere(record: Record) -> Iterator[Record]:
    for number, citation in enumerate(record["answer"]["citations"]):
        for change in (
            {"quote": citation["quote"] + "。"},
            {"quote": ""},
            {"start": citation["start"] + 1},
            {"end": citation["end"] + 3},
            {"start": 0, "end": len(citation["quote"])},
        ):
            lie = copy.deepcopy(record)
            lie["answer"]["citations"][number].update(change)
            yield lie


SAID = {
    "title": "市长受贿案通报",
    "region": "北京市",
    "year": 2019,
    "date": "2019-01-01",
    "speaker": "张三",
    "session": "北京市第一届人民代表大会",
    "source": "人民日报",
    "url": "https://example.org/forged",
}


def of_another_report(record: Record) -> Iterator[Record]:
    for number in range(len(record["documents"])):
        for name, value in SAID.items():
            lie = copy.deepcopy(record)
            lie["documents"][number][name] = value
            yield lie


def citing_another_report(record: Record) -> Iterator[Record]:
    for number in range(len(record["answer"]["citations"])):
        for name in ("title", "region", "year", "url"):
            lie = copy.deepcopy(record)
            lie["answer"]["citations"][number][name] = SAID[name]
            yield lie


def nameless(record: Record) -> Iterator[Record]:
    """Take away what is said of a report."""
    for number, document in enumerate(record["documents"]):
        for name in SAID:
            if document[name] is not None:
                lie = copy.deepcopy(record)
                lie["documents"][number][name] = None
                yield lie


QUESTIONS = {
    "en": [
        "Was the mayor of Yumen arrested?",
        "What is the capital of France?",
        "Which city is the best in China?",
        "How many people died in Wuhan in 2020?",
        "What did Beijing spend on defence in 2019?",
    ],
    "zh": [
        "玉门市市长是否被捕？",
        "法国的首都是哪里？",
        "全国哪个城市最好？",
        "2020年武汉死了多少人？",
        "北京市2019年国防支出是多少？",
    ],
}


def asked_otherwise(record: Record) -> Iterator[Record]:
    question = record["question"]
    for words in QUESTIONS["en" if is_english(record) else "zh"]:
        lie = copy.deepcopy(record)
        lie["question"] = lie["answer"]["question"] = words
        yield lie
    lie = copy.deepcopy(record)
    lie["question"] = question + "?"
    yield lie


def asked_of_another(record: Record) -> Iterator[Record]:
    """Change the place, the year or the kind that the question names."""
    changes = [
        *PLACES,
        ("2023", "2019"),
        ("2022", "2018"),
        ("2021", "2017"),
        ("目标", "实际"),
        ("target", "result"),
        ("目標", "實際"),
    ]
    for words, other in changes:
        if words in record["question"]:
            lie = copy.deepcopy(record)
            lie["question"] = lie["answer"]["question"] = record["question"].replace(words, other)
            yield lie


def in_another_language(record: Record) -> Iterator[Record]:
    for language in ("en", "zh-Hans", "zh-Hant"):
        yield told(record, record["answer"]["answer"], language=language)


KINDS_OF_LIES: dict[str, Lie] = {
    lie.__name__: lie
    for lie in (
        denied,
        of_another_indicator,
        added,
        invented,
        misquoted,
        of_another_number,
        of_another_unit,
        goal_as_result,
        of_another_place,
        of_another_year,
        shortened,
        abstaining,
        abstaining_with_claim,
        uncited,
        of_other_figures,
        citations_swapped,
        cited_elsewhere,
        of_another_report,
        citing_another_report,
        nameless,
        asked_otherwise,
        asked_of_another,
        in_another_language,
    )
}

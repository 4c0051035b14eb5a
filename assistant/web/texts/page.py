"""The words of the web page in English and in Chinese of both scripts. Knows nothing of HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.types import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text of the page in one language; braces are filled by the caller.

    `reports` takes `count`; `coverage` takes `count`, `regions` and `years`; `characters` takes
    `start` and `end`; `source` takes `n`; `failure` takes `problem`; `more_reports`
    and `withheld` take `count`.
    """

    heading: str
    welcome: str
    placeholder: str
    ask: str
    ask_tab: str
    stop: str
    new_chat: str
    note: str
    try_asking: str
    reports: str
    coverage: str
    more_reports: str
    undated: str
    nothing_indexed: str
    how_to_index: str
    sources: str
    source: str
    text_shown: str
    cleaned: str
    original: str
    no_answer_yet: str
    nothing_cited: str
    whole_passage: str
    characters: str
    back: str
    not_found: str
    failure: str
    unexpected: str
    conversation: str
    writing: str
    withheld: str


_SIMPLIFIED = Texts(
    heading="政府工作报告问答",
    welcome="问一句，答一句；每个数字都能点回报告原文。",
    placeholder="问报告里的任何事，例如目标、完成情况、重点工作……",
    ask="提问",
    ask_tab="问答",
    stop="停止",
    new_chat="新对话",
    note="答案只取自所列报告。点 [1] 查看原文。",
    try_asking="试试这样问",
    reports="已收录{count}份报告：",
    coverage="已收录{count}份报告，{regions}个地区，{years}年",
    more_reports="……另有{count}份",
    undated="年份不详",
    nothing_indexed="还没有报告",
    how_to_index="请先在终端里为放报告的文件夹建立索引，然后刷新本页：",
    sources="出处",
    source="出处{n}",
    text_shown="显示的文本",
    cleaned="整理后",
    original="原文",
    no_answer_yet="答案所依据的原文会显示在这里，引用的字句加底色。",
    nothing_cited="这个回答没有引用原文。",
    whole_passage="显示整段",
    characters="第{start}—{end}字",
    back="回到答案",
    not_found="报告未给出答案",
    failure="没能回答：{problem}",
    unexpected="程序出了意外的错误，详情见终端。可以换个问法再试。",
    conversation="对话",
    writing="正在写：浅色字尚未核对，数字核对后才显示。",
    withheld="未予显示的{count}句，与出处核对不上",
)

_TRADITIONAL = Texts(
    heading="政府工作報告問答",
    welcome="問一句，答一句；每個數字都能點回報告原文。",
    placeholder="問報告裡的任何事，例如目標、完成情況、重點工作……",
    ask="提問",
    ask_tab="問答",
    stop="停止",
    new_chat="新對話",
    note="答案只取自所列報告。點 [1] 檢視原文。",
    try_asking="試試這樣問",
    reports="已收錄{count}份報告：",
    coverage="已收錄{count}份報告，{regions}個地區，{years}年",
    more_reports="……另有{count}份",
    undated="年份不詳",
    nothing_indexed="還沒有報告",
    how_to_index="請先在終端機裡為存放報告的資料夾建立索引，然後重新整理本頁：",
    sources="出處",
    source="出處{n}",
    text_shown="顯示的文字",
    cleaned="整理後",
    original="原文",
    no_answer_yet="答案所依據的原文會顯示在這裡，引用的字句加底色。",
    nothing_cited="這個回答沒有引用原文。",
    whole_passage="顯示整段",
    characters="第{start}—{end}字",
    back="回到答案",
    not_found="報告未給出答案",
    failure="沒能回答：{problem}",
    unexpected="程式出了意外的錯誤，詳情見終端機。可以換個問法再試。",
    conversation="對話",
    writing="正在寫：淺色字尚未核對，數字核對後才顯示。",
    withheld="未予顯示的{count}句，與出處核對不上",
)

_ENGLISH = Texts(
    heading="Ask the government work reports",
    welcome="Short answers, each figure one click from the words of the report.",
    placeholder="Ask about targets, results, projects …",
    ask="Ask",
    ask_tab="Ask",
    stop="Stop",
    new_chat="New chat",
    note="Answers come only from the reports listed above. Click [1] to see the source.",
    try_asking="Try asking",
    reports="Indexed reports ({count}): ",
    coverage="Indexed reports: {count}, from {regions} places, {years}",
    more_reports="… and {count} more",
    undated="year unknown",
    nothing_indexed="No reports yet",
    how_to_index="Index a folder of reports in a terminal, then reload this page:",
    sources="Sources",
    source="Source {n}",
    text_shown="Text shown",
    cleaned="Cleaned",
    original="Original",
    no_answer_yet="The passages behind an answer appear here, the cited words highlighted.",
    nothing_cited="This answer cites no passage.",
    whole_passage="Show the whole passage",
    characters="characters {start}–{end}",
    back="Back to the answer",
    not_found="Not answered by the reports",
    failure="No answer: {problem}",
    unexpected="Something went wrong; the terminal has the details. Try asking another way.",
    conversation="Conversation",
    writing="Writing: the pale words are not checked yet; numbers appear once they are.",
    withheld="Statements withheld as not borne out by their sources: {count}",
)

TEXTS: Mapping[Language, Texts] = {
    "zh-Hans": _SIMPLIFIED,
    "zh-Hant": _TRADITIONAL,
    "en": _ENGLISH,
}


def language_of(tag: str) -> Language:
    """Return the page language for a browser's BCP 47 tag ("zh-TW"); English for all but Chinese.

    A Chinese tag without a script is Traditional where its region writes so.
    """
    parts = tag.lower().replace("_", "-").split("-")
    if parts[0] != "zh":
        return "en"
    if "hans" in parts:
        return "zh-Hans"
    return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(parts) else "zh-Hans"

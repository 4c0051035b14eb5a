"""The words of the figures and promises pages in English and in Chinese of both scripts.

Knows nothing of HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answering.figures.promises import Reason, Verdict
from assistant.types import Language
from index.types import FigureKind, FigureMeasure


@dataclass(frozen=True, slots=True)
class FigureTexts:
    """Every text of the two pages in one language; braces are filled by the caller.

    `count` takes `count`; `more` and `places_left_out` take `count`; `characters` takes `start` and
    `end`; `in_year` takes `what` and `year`; `of_place` takes `what` and `place`; `tally` takes
    `count` and `verdicts`; `elsewhere` takes `value` and `document`.
    """

    figures: str
    promises: str
    region: str
    year: str
    indicator: str
    kind: str
    measure: str
    any: str
    period: str
    value: str
    document: str
    count: str
    more: str
    none_fit: str
    save_csv: str
    save_png: str
    chart_hint: str
    places_left_out: str
    in_year: str
    of_place: str
    source: str
    pick: str
    cleaned: str
    original: str
    announced: str
    characters: str
    open_source: str
    target: str
    result: str
    verdict: str
    tally: str
    rules: str
    no_targets: str
    elsewhere: str
    unknown: str
    kinds: Mapping[FigureKind, str]
    unsure: str
    measures: Mapping[FigureMeasure, str]
    verdicts: Mapping[Verdict, str]
    reasons: Mapping[Reason, str]


_SIMPLIFIED = FigureTexts(
    figures="数据",
    promises="目标兑现",
    region="地区",
    year="年份",
    indicator="指标",
    kind="性质",
    measure="口径",
    any="全部",
    period="时期",
    value="数值",
    document="文件",
    count="{count}条数据",
    more="另有{count}条。请缩小范围，或下载 CSV。",
    none_fit="没有符合条件的数据。放宽一项筛选试试。",
    save_csv="下载 CSV",
    save_png="下载 PNG",
    chart_hint="所选范围内没有可以并列作图的数值：选一个指标，再选多个地区或多个年份都有的口径。",
    places_left_out="另有{count}个地区未画出",
    in_year="{what}，{year}年",
    of_place="{place}{what}",
    source="原文",
    pick="点击任一行，这里显示它在报告中的原句。",
    cleaned="整理后",
    original="原文件",
    announced="前面写明：",
    characters="第{start}—{end}字",
    open_source="查看原文",
    target="目标",
    result="结果",
    verdict="结论",
    tally="{count}项目标：{verdicts}",
    rules="结论由程序按报告原话判定：“以上”不低于，“以内”不高于，“左右”容许差目标值的2%；"
    "失业率、物价涨幅、能耗等以不超过为完成。",
    no_targets="这一地区的报告没有写明年度目标。",
    elsewhere="{document}另作{value}",
    unknown="没有叫“{name}”的指标。",
    kinds={"target": "目标", "actual": "完成", "cumulative": "累计"},
    unsure="未定",
    measures={
        "level": "总量",
        "growth_yoy": "同比增速",
        "growth_avg": "年均增速",
        "growth_cumulative": "累计增速",
        "change": "增减",
        "share": "比率",
        "count": "数量",
        "ratio": "倍数",
        "rank": "位次",
        "qualitative": "无数字",
    },
    verdicts={
        "met": "完成",
        "missed": "未完成",
        "not_comparable": "无法比较",
        "not_reported": "未报告",
    },
    reasons={
        "in_words": "没有写出数字",
        "other_measure": "只报告了别的口径",
        "other_unit": "单位不同",
        "part_of_year": "只报告了部分月份",
        "open": "原话不足以判定",
        "no_later_report": "尚无下一年的报告",
    },
)

_TRADITIONAL = FigureTexts(
    figures="數據",
    promises="目標兌現",
    region="地區",
    year="年份",
    indicator="指標",
    kind="性質",
    measure="口徑",
    any="全部",
    period="時期",
    value="數值",
    document="檔案",
    count="{count}條數據",
    more="另有{count}條。請縮小範圍，或下載 CSV。",
    none_fit="沒有符合條件的數據。放寬一項篩選試試。",
    save_csv="下載 CSV",
    save_png="下載 PNG",
    chart_hint="所選範圍內沒有可以並列作圖的數值：選一個指標，再選多個地區或多個年份都有的口徑。",
    places_left_out="另有{count}個地區未畫出",
    in_year="{what}，{year}年",
    of_place="{place}{what}",
    source="原文",
    pick="點擊任一行，這裡顯示它在報告中的原句。",
    cleaned="整理後",
    original="原檔案",
    announced="前面寫明：",
    characters="第{start}—{end}字",
    open_source="檢視原文",
    target="目標",
    result="結果",
    verdict="結論",
    tally="{count}項目標：{verdicts}",
    rules="結論由程式按報告原話判定：「以上」不低於，「以內」不高於，「左右」容許差目標值的2%；"
    "失業率、物價漲幅、能耗等以不超過為完成。",
    no_targets="這一地區的報告沒有寫明年度目標。",
    elsewhere="{document}另作{value}",
    unknown="沒有叫「{name}」的指標。",
    kinds={"target": "目標", "actual": "完成", "cumulative": "累計"},
    unsure="未定",
    measures={
        "level": "總量",
        "growth_yoy": "同比增速",
        "growth_avg": "年均增速",
        "growth_cumulative": "累計增速",
        "change": "增減",
        "share": "比率",
        "count": "數量",
        "ratio": "倍數",
        "rank": "位次",
        "qualitative": "無數字",
    },
    verdicts={
        "met": "完成",
        "missed": "未完成",
        "not_comparable": "無法比較",
        "not_reported": "未報告",
    },
    reasons={
        "in_words": "沒有寫出數字",
        "other_measure": "只報告了別的口徑",
        "other_unit": "單位不同",
        "part_of_year": "只報告了部分月份",
        "open": "原話不足以判定",
        "no_later_report": "尚無下一年的報告",
    },
)

_ENGLISH = FigureTexts(
    figures="Figures",
    promises="Promises",
    region="Place",
    year="Year",
    indicator="Indicator",
    kind="Kind",
    measure="Measure",
    any="All",
    period="Period",
    value="Value",
    document="File",
    count="Figures: {count}",
    more="{count} more: narrow the filters or save the CSV.",
    none_fit="No figure fits. Try with one filter fewer.",
    save_csv="Save CSV",
    save_png="Save PNG",
    chart_hint="Nothing here can be drawn side by side: choose an indicator that several places "
    "or years state in one measure.",
    places_left_out="Places not drawn: {count}",
    in_year="{what}, {year}",
    of_place="{what}, {place}",
    source="Source",
    pick="Click a row to read its sentence in the report.",
    cleaned="Cleaned",
    original="As in the file",
    announced="Announced by:",
    characters="characters {start}–{end}",
    open_source="Show the source",
    target="Target",
    result="Result",
    verdict="Verdict",
    tally="Targets: {count}. {verdicts}",
    rules="Verdicts follow the reports' own words: 以上 is a floor, 以内 a ceiling, 左右 (about) "
    "allows 2% of the target; unemployment, prices, energy intensity and the like are met when "
    "not exceeded.",
    no_targets="The reports of this place announce no yearly targets.",
    elsewhere="{document} has {value}",
    unknown="No indicator is called “{name}”.",
    kinds={"target": "target", "actual": "result", "cumulative": "cumulative"},
    unsure="unsure",
    measures={
        "level": "amount",
        "growth_yoy": "growth",
        "growth_avg": "average annual growth",
        "growth_cumulative": "cumulative growth",
        "change": "change",
        "share": "rate",
        "count": "number",
        "ratio": "ratio",
        "rank": "rank",
        "qualitative": "in words",
    },
    verdicts={
        "met": "Met",
        "missed": "Missed",
        "not_comparable": "Not comparable",
        "not_reported": "Not reported",
    },
    reasons={
        "in_words": "no number is given",
        "other_measure": "only another measure is reported",
        "other_unit": "the units differ",
        "part_of_year": "only part of the year is reported",
        "open": "the words leave it open",
        "no_later_report": "the next report is not indexed",
    },
)

FIGURE_TEXTS: Mapping[Language, FigureTexts] = {
    "zh-Hans": _SIMPLIFIED,
    "zh-Hant": _TRADITIONAL,
    "en": _ENGLISH,
}

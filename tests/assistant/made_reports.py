"""Reports made for tests: three years of one city, and one of a province and year as asked for.

Nothing in them is true of the places.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings
from index.build import build

REPORTS = {
    2021: """2021年桂林市人民政府工作报告
——2021年1月20日在桂林市第五届人民代表大会第七次会议上
桂林市市长 张三

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。

一、2020年工作回顾
2020年，全市地区生产总值2100亿元，增长3%。

二、2021年工作安排
2021年经济社会发展的主要预期目标是：地区生产总值增长6.5%左右，一般公共预算收入增长3%，\
固定资产投资增长8%以上，城镇新增就业5万人，城镇登记失业率控制在4.5%以内，\
居民消费价格涨幅3%左右，单位地区生产总值能耗下降3%，社会消费品零售总额增长7%，\
居民人均可支配收入增长与经济增长同步。
""",
    2022: """2022年桂林市人民政府工作报告
——2022年1月18日在桂林市第六届人民代表大会第二次会议上
桂林市市长 张三

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。

一、2021年工作回顾
2021年，全市地区生产总值2311亿元，增长6.4%，一般公共预算收入下降1.2%，固定资产投资增长9.1%，\
城镇新增就业5.3万人，城镇登记失业率3.6%，居民消费价格上涨0.9%，单位地区生产总值能耗下降3.4%，\
社会消费品零售总额突破900亿元，居民人均可支配收入增长7.2%。

二、2022年工作安排
2022年经济社会发展的主要预期目标是：地区生产总值增长6.5%，城镇登记失业率控制在4%以内，\
粮食总产量稳定在180万吨以上。
""",
    2023: """2023年桂林市人民政府工作报告
——2023年1月16日在桂林市第六届人民代表大会第四次会议上
桂林市市长 张三

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。

一、2022年工作回顾
2022年，全市地区生产总值增长6.4%，城镇登记失业率4.3%。

二、2023年工作安排
2023年经济社会发展的主要预期目标是：地区生产总值增长6%。
""",
}

_PROVINCE = """{year}年{place}人民政府工作报告
——{year}年1月20日在{place}第十四届人民代表大会第{session}次会议上
{place}省长 张三

各位代表：
现在，我代表省人民政府，向大会报告工作，请予审议。

一、{last}年工作回顾
{last}年，全省地区生产总值{level}亿元，增长{grew}%。{words}

二、{year}年工作安排
{year}年经济社会发展的主要预期目标是：地区生产总值增长{goal}，城镇新增就业{jobs}万人以上。
"""


def write_reports(folder: Path) -> None:
    """Write the three reports into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for year, text in REPORTS.items():
        (folder / f"桂林市_{year}.txt").write_text(text, encoding="utf-8")


def assistant_over(reports: Mapping[str, str], folder: Path) -> Assistant:
    """Write reports, by the names of their files, index them, and open an assistant over them."""
    for name, text in reports.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    build([folder], data=folder / "data")
    return open_assistant(Settings(data=folder / "data"))


def province_report(
    place: str, year: int, *, grew: str, goal: str, jobs: int, words: str = ""
) -> str:
    """Return a province's report of `year`: what GDP grew by (%) the year before, then its goals.

    Args:
        goal: the growth of GDP that is aimed at, with its % and qualifier.
        jobs: new urban jobs that are aimed at, in ten thousands.
        words: what is said behind the result.
    """
    return _PROVINCE.format(
        place=place, year=year, last=year - 1, session=max(1, year - 2022), level=10000 + year,
        grew=grew, goal=goal, jobs=jobs, words=words,
    )  # fmt: skip

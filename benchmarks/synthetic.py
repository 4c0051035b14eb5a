"""Made-up government work reports, as many as a benchmark of size wants; no part of the package.

Places are real counties of the gazetteer, with reports of ten years each; sentences take the shapes
of the genre with names of the indicator lexicon, of places and of projects, and random figures. As
many figures stand in a passage, and as many characters, as in real reports of counties. The same
seed gives the same files. What they say is invented: they measure speed and room, never quality.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.lexicon.indicators import load_lexicon
from index.places import gazetteer

PASSAGES_A_REPORT = 42
"""About how many passages the indexer cuts a made-up report into."""

_YEARS = 10  # of reports that a place has

_HEADINGS = (
    "综合实力迈上新台阶", "产业升级提速增效", "乡村振兴全面推进", "城乡面貌焕然一新",
    "改革开放持续深化", "民生福祉不断增进", "生态环境持续改善", "社会大局和谐稳定",
)  # fmt: skip
_FIGURES = (
    "{indicator}完成{amount}亿元，增长{rate}%",
    "{indicator}增长{rate}%左右",
    "{indicator}达到{amount}亿元，总量居全省第{rank}位",
    "实施{thing}项目{count}个，完成投资{amount}亿元",
    "新建改建{thing}{count}处，惠及群众{count2}万人",
    "坚持以{thing}为抓手，{aim}，{indicator}提高到{rate}%",
    "建成{thing}{count}个，新增{thing2}{count2}个",
    "大力发展{thing}，培育{thing2}{count}家",
)
_PROSE = (
    "深入推进{thing}建设，{aim}",
    "{aim}，{thing}和{thing2}取得新进展",
    "加快{thing}提质改造，统筹{thing2}布局，{aim}",
    "坚持把{thing}作为重中之重，推动{thing2}扩面增效",
    "完善{thing}管护机制，健全{thing2}服务网络，{aim}",
    "{place}至{place2}的{thing}全线贯通，{aim}",
    "引进{place}客商投资{thing}，{thing2}落户{place2}",
    "与{place}、{place2}签订{thing}合作协议",
    "{name}{thing}顺利开工，{name2}{thing2}加快建设",
    "{name}获评全国{thing}先进单位，{aim}",
)
_KINDS = (
    "现代", "智慧", "绿色", "生态", "数字", "特色", "标准化", "城乡", "农村", "社区", "县级",
    "区域性", "示范", "乡镇", "山区", "沿河", "园区", "校园", "基层", "综合",
)  # fmt: skip
_THINGS = (
    "农村公路", "高标准农田", "老旧小区", "标准厂房", "养老服务中心", "公办幼儿园", "污水处理厂",
    "产业园区", "冷链仓储", "光伏电站", "社区卫生服务站", "人才公寓", "口袋公园", "充电桩",
    "高新技术企业", "专精特新企业", "现代农业示范园", "水库除险加固工程", "文旅融合项目",
    "设施大棚", "易地搬迁安置点",
    "数字政务平台", "绿色矿山", "特色小镇", "职业技术学校", "县域商业体系",
)  # fmt: skip
_AIMS = (
    "营商环境持续优化", "发展后劲不断增强", "群众满意度明显提升", "安全生产形势总体稳定",
    "基层治理效能显著提高", "科技创新能力稳步增强", "对外开放水平不断提升", "干部作风明显好转",
    "粮食安全根基更加牢固", "财政保障能力进一步加强", "脱贫成果巩固拓展", "消费市场加快回暖",
)  # fmt: skip


_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟强磊洋勇军杰涛明超华平刚辉鹏飞宁波斌林峰松柏青云山海天龙凤玉金兴旺福康安泰和顺昌盛"
_STATED = 0.22  # of clauses with figures

_OPENING = (
    "各位代表：\n现在，我代表{place}人民政府，向大会报告工作，请予审议，并请各位政协委员和其他列席"
    "人员提出意见。"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What sentences are filled with."""

    indicators: Sequence[str]
    places: Sequence[str]
    things: Sequence[str]


def write_reports(folder: Path, count: int, *, seed: int = 0) -> None:
    """Write `count` reports as text files, a folder for each county with a report a year."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    places = _counties()
    rng.shuffle(places)
    words = _Words(
        [indicator.zh for indicator in load_lexicon().all],
        places,
        [f"{kind}{thing}" for kind in _KINDS for thing in _THINGS],
    )
    for number in range(count):
        at, year = number // _YEARS % len(places), 2025 - number % _YEARS
        round_ = number // _YEARS // len(places)  # more reports than places have years
        place = folder / f"{at // 100:03}" / f"{at:05}"
        place.mkdir(parents=True, exist_ok=True)
        text = "\n".join(_report(rng, places[at], year - _YEARS * round_, words))
        (place / f"{year - _YEARS * round_}.txt").write_text(text, encoding="utf-8")


def _counties() -> list[str]:
    lines = Path(gazetteer.__file__).with_name("data").joinpath("regions.tsv").read_text("utf-8")
    codes = (line.split("\t")[0] for line in lines.splitlines())
    known = gazetteer.load_gazetteer()
    places = [known.get(code) for code in codes if code in known]
    return [place.name for place in places if place.level == "county"]


def _report(rng: random.Random, place: str, year: int, words: _Words) -> Iterator[str]:
    yield f"{year}年{place}人民政府工作报告"
    yield f"——{year}年1月{rng.randint(5, 28)}日在{place}人民代表大会上"
    yield _OPENING.format(place=place)
    yield f"一、{year - 1}年工作回顾"
    yield from _part(rng, words, 7)
    yield f"二、{year}年工作安排"
    yield f"今年经济社会发展的主要预期目标是：地区生产总值增长{rng.randint(40, 90) / 10}%左右。"
    yield from _part(rng, words, 6)


def _part(rng: random.Random, words: _Words, headings: int) -> Iterator[str]:
    for number, heading in enumerate(rng.sample(_HEADINGS, headings), 1):
        yield f"（{'一二三四五六七'[number - 1]}）{heading}"
        for _ in range(rng.randint(1, 3)):
            clauses = [_clause(rng, words) for _ in range(rng.randint(8, 20))]
            middle = len(clauses) // 2
            yield f"{'；'.join(clauses[:middle])}。{'，'.join(clauses[middle:])}。"


def _clause(rng: random.Random, words: _Words) -> str:
    thing, thing2 = rng.sample(words.things, 2)
    place, place2 = rng.sample(words.places, 2)
    shapes = _FIGURES if rng.random() < _STATED else _PROSE
    return rng.choice(shapes).format(
        indicator=rng.choice(words.indicators),
        amount=rng.randint(10, 9999) / 10,
        rate=rng.randint(10, 150) / 10,
        rank=rng.randint(2, 12),
        count=rng.randint(2, 400),
        count2=rng.randint(2, 90),
        thing=thing,
        thing2=thing2,
        place=place,
        place2=place2,
        name=_name(rng),
        name2=_name(rng),
        aim=rng.choice(_AIMS),
    )


def _name(rng: random.Random) -> str:
    """Return a made-up name of a firm or a village."""
    return rng.choice(_FAMILY) + "".join(rng.sample(_GIVEN, 2))

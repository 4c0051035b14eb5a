"""Corpora of a few invented lines, in the formats and folders that training reads."""

import gzip
import json
from pathlib import Path

SUBJECTS = {
    "公路": "road", "铁路": "railway", "粮食": "grain", "医院": "hospital", "学校": "school",
    "财政": "finance", "就业": "employment", "养老": "elderly", "住房": "housing", "森林": "forest",
    "水库": "reservoir", "港口": "port",
}  # fmt: skip


def write_corpora(folder: Path) -> Path:
    """Write all six corpora under `folder` and return it."""
    for name in ("cmrc2018", "crud_news", "cc_cedict", "tatoeba_en_zh", "gwr_tmx", "stard"):
        (folder / name).mkdir(parents=True)
    write_squad(folder / "cmrc2018" / "train.json")
    news = [f"2023-08-16，正文：{passage(word)}" for word in SUBJECTS]
    write_gzip(folder / "crud_news" / "news.txt.gz", news)
    entries = [f"{word} {word} [x1 y2] /{english}/" for word, english in SUBJECTS.items()]
    write_gzip(folder / "cc_cedict" / "cedict.txt.gz", ["# a comment", *entries])
    sentences = [
        f"The {english} is new.\t{word}是新的。\tsomeone" for word, english in SUBJECTS.items()
    ]
    (folder / "tatoeba_en_zh" / "cmn.txt").write_text("\n".join(sentences), encoding="utf-8")
    write_tmx(folder / "gwr_tmx" / "GR2008.tmx")
    statutes = [
        {"问题": f"{word}归谁管？", "相关法规": {f"{word}法": f"{word}由县级人民政府管理。\n"}}
        for word in SUBJECTS
    ]
    content = json.dumps(statutes, ensure_ascii=False)
    (folder / "stard" / "queries.json").write_text(content, encoding="utf-8")
    return folder


def passage(word: str) -> str:
    return f"今年全市{word}建设取得新进展，{word}投资增长8%，群众对{word}工作表示满意。"


def write_squad(path: Path) -> None:
    paragraphs = [
        {"context": passage(word), "qas": [{"question": f"{word}投资增长多少？"}]}
        for word in SUBJECTS
    ]
    content = {"data": [{"paragraphs": paragraphs}]}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def write_gzip(path: Path, lines: list[str]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def write_tmx(path: Path) -> None:
    units = "".join(
        f'<tu><tuv xml:lang="zh-CN"><seg>大力发展{word}事业。</seg></tuv>'
        f'<tuv xml:lang="en-US"><seg>We will vigorously develop the {english}.</seg></tuv></tu>'
        for word, english in SUBJECTS.items()
    )
    path.write_text(f"<tmx><body>{units}</body></tmx>", encoding="utf-8")

"""The corpora that the bundled model is trained on, read into plain texts and pairs of texts.

Each corpus has its own folder and its own format; a folder that is not there is left out. Every
Chinese text is folded to Simplified. Nothing here knows of tokens, batches or weights.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from index.errors import EmbeddingError
from index.text.script import to_simplified

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus as the model card names it."""

    folder: str
    title: str
    licence: str


SOURCES = (
    Source("cmrc2018", "CMRC 2018, training questions on Chinese Wikipedia", "CC BY-SA 4.0"),
    Source("crud_news", "Chinese news of CRUD-RAG", "Apache-2.0"),
    Source("cc_cedict", "CC-CEDICT, a Chinese-English dictionary", "CC BY-SA 4.0"),
    Source("tatoeba_en_zh", "English-Chinese sentences of Tatoeba", "CC BY 2.0 FR"),
    Source("gwr_tmx", "National government reports, aligned", "none stated; official documents"),
    Source("stard", "STARD, lay legal questions and statute articles", "MIT"),
)


@dataclass(frozen=True, slots=True)
class Corpora:
    """What there is to learn from.

    Attributes:
        folders: The folders of `SOURCES` that were found.
        documents: Chinese running text, one document each.
        reports: Government work reports among it, which are the domain.
        questions: Question and passage, by corpus; both Chinese.
        translations: English and Chinese of the same meaning, by corpus.
        aligned: English and Chinese segments of each bilingual report, in reading order.
        glosses: Chinese headwords and what they mean in English, the usual meaning first.
    """

    folders: tuple[str, ...]
    documents: tuple[str, ...]
    reports: tuple[str, ...]
    questions: Mapping[str, tuple[Pair, ...]]
    translations: Mapping[str, tuple[Pair, ...]]
    aligned: tuple[tuple[Pair, ...], ...]
    glosses: Mapping[str, tuple[str, ...]]


def read_corpora(data: Path, reports: Path | None = None) -> Corpora:
    """Read every corpus of `SOURCES` that has a folder under `data`.

    Args:
        data: The folder that holds one folder for each corpus.
        reports: Further reports as text files, at any depth; used as unlabelled text.

    Raises:
        EmbeddingError: No folder of a known corpus is there.
    """
    present = tuple(source.folder for source in SOURCES if (data / source.folder).is_dir())
    if not present:
        known = ", ".join(source.folder for source in SOURCES)
        raise EmbeddingError(f"expected one of the folders {known} in {data}, found none of them")
    squad = _read_squad(data / "cmrc2018")
    statutes = _read_stard(data / "stard")
    aligned = tuple(_read_tmx(path) for path in sorted((data / "gwr_tmx").glob("*.tmx")))
    passages = dict.fromkeys(passage for _, passage in (*squad, *statutes))
    questions = {"cmrc2018": squad, "stard": statutes}
    glosses = _read_glosses(data / "cc_cedict")
    headwords = tuple((meaning, word) for word, found in glosses.items() for meaning in found)
    translations = {
        "cc_cedict": headwords,
        "tatoeba_en_zh": _read_tatoeba(data / "tatoeba_en_zh"),
        "gwr_tmx": tuple(pair for report in aligned for pair in report),
    }
    return Corpora(
        folders=present,
        documents=(*_read_news(data / "crud_news"), *passages),
        reports=(
            *("\n".join(chinese for _, chinese in report) for report in aligned),
            *(_read_reports(reports) if reports else ()),
        ),
        questions={name: pairs for name, pairs in questions.items() if pairs},
        translations={name: pairs for name, pairs in translations.items() if pairs},
        aligned=aligned,
        glosses=glosses,
    )


def _fold_all(texts: list[str]) -> list[str]:
    """Fold many texts in one call: the converter takes longer to make than to use."""
    if not texts:
        return []
    return to_simplified("\0".join(text.replace("\0", " ") for text in texts)).split("\0")


def _read_squad(folder: Path) -> tuple[Pair, ...]:
    pairs: list[Pair] = []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(to_simplified(path.read_text(encoding="utf-8")))
        for article in content["data"]:
            for paragraph in article["paragraphs"]:
                questions: list[dict[str, Any]] = paragraph["qas"]
                pairs += [(entry["question"], paragraph["context"]) for entry in questions]
    return tuple(pairs)


def _read_stard(folder: Path) -> tuple[Pair, ...]:
    path = folder / "queries.json"
    if not path.exists():
        return ()
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        (entry["问题"], article.strip())
        for entry in entries
        for article in entry["相关法规"].values()
    )


def _read_news(folder: Path) -> list[str]:
    documents: list[str] = []
    for path in sorted(folder.glob("*.txt.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            # Each line opens with a date and this word, which say nothing of the document.
            documents += [line.rpartition("正文：")[2].strip() for line in file]
    return _fold_all([document for document in documents if document])


def _read_tatoeba(folder: Path) -> tuple[Pair, ...]:
    pairs: list[Pair] = []
    for path in sorted(folder.glob("*.txt")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8-sig").splitlines()]
        rows = [row for row in rows if len(row) >= 2]  # English, Chinese, attribution
        chinese = _fold_all([row[1] for row in rows])
        pairs += zip((row[0] for row in rows), chinese, strict=True)
    return tuple(pairs)


def _read_tmx(path: Path) -> tuple[Pair, ...]:
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    pairs: list[Pair] = []
    for unit in ElementTree.parse(path).iter("tu"):  # noqa: S314 - the trainer's own files
        segments = {
            variant.get(language, "")[:2]: "".join(segment.itertext()).strip()
            for variant in unit.iter("tuv")
            for segment in variant.iter("seg")
        }
        if segments.get("en") and segments.get("zh"):
            pairs.append((segments["en"], segments["zh"]))
    return tuple(pairs)


def _read_reports(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.txt")):
        raw = path.read_bytes()
        try:
            yield to_simplified(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            yield to_simplified(raw.decode("gb18030", errors="replace"))


_ENTRY = re.compile(r"^\S+ (?P<word>\S+) \[(?P<pinyin>[^\]]*)\] /(?P<meanings>.*)/\s*$")
_CROSS_REFERENCE = re.compile(r"^(?:CL:|see |also written|(?:\w+ )?variant of|Tw pr|also pr|abbr)")
_ASIDE = re.compile(r"\([^)]*\)|\S*\[[^\]]*\]|[^\x00-\x7fÀ-ɏ]+")
_HAN = re.compile(r"^[\u3400-\u9fff〇]+$")


def _read_glosses(folder: Path) -> dict[str, tuple[str, ...]]:
    glosses: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                entry = _ENTRY.match(line)
                if entry and _HAN.match(entry["word"]):
                    found = glosses.setdefault(entry["word"], [])
                    found += _meanings(entry["pinyin"], entry["meanings"])
                    if len(entry["word"]) == 1:  # what a name spelt with it reads like in English
                        found.insert(1, _spelling(entry["pinyin"]))
    return {word: tuple(dict.fromkeys(found)) for word, found in glosses.items() if found}


def _meanings(pinyin: str, meanings: str) -> list[str]:
    """Return the short English renderings of a dictionary entry, the usual one first.

    A name that the entry only refers elsewhere for ("Jiao1 zuo4") is rendered by its pinyin.
    """
    found: list[str] = []
    for meaning in meanings.split("/"):
        if _CROSS_REFERENCE.match(meaning) or meaning.startswith("surname "):
            continue
        for rendering in _ASIDE.sub(" ", meaning).split(";"):
            words = rendering.partition(",")[0].split()
            words = words[1:] if words[:1] == ["to"] else words
            if 0 < len(words) <= 6:
                found.append(" ".join(words))
    return found or ([_spelling(pinyin)] if pinyin[:1].isupper() else [])


def _spelling(pinyin: str) -> str:
    """Return pinyin with tone numbers ("Lu:3 shun4") as English writes it ("lushun")."""
    return re.sub(r"[\d: ·,]", "", pinyin).lower()

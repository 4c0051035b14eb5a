from __future__ import annotations

from pathlib import Path

from index.ingestion.loaders import load
from index.structure.repetition import repeated_spans
from index.text.normalization import normalize

SEEDS = sorted((Path(__file__).parents[3] / "seeds" / "reports").glob("*.txt"))
TEXTS = {path.name[:3]: load(path).text for path in SEEDS}


def test_the_second_copy_of_an_article_is_a_repetition() -> None:
    text = normalize(TEXTS["001"]).text
    (copy,) = repeated_spans(text)
    assert copy.end == len(text)


def test_a_title_at_the_end_is_a_repetition() -> None:
    text = normalize(TEXTS["002"]).text
    assert [span.of(text) for span in repeated_spans(text)] == [
        "嘉峪关市政府工作报告(2021年12月14日 刘凯)"
    ]


def test_a_refrain_is_no_repetition() -> None:
    assert repeated_spans("标题在此\n各位代表!\n甲。\n各位代表!\n乙。") == []

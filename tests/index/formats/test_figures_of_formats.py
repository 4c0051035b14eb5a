"""The same report as PDF, Word document and web page gives the figures of its text."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.ingestion.loaders import load
from index.ingestion.pipeline import Text, read
from index.storage.entries import Entry, FileState
from tests import made_files
from tests.made_files import write

REPORTS = (
    "省自治区/湖北省/2023.md",
    "其他地市/枣庄市/2020.md",
    "主要城市/广州市/2020.md",  # with a table
    "其他地市/绥化市/2025.md",
    "主要城市/宁波市/2006.md",
)
SEED = Path(__file__).parents[3] / "seeds" / "reports" / "002_f3379124822e4208.txt"


def entry(path: Path) -> Entry:
    source = load(path)
    file = FileState(path, 1, 1, source.sha256)
    return read(Text(source.text, source.encoding, path.name, file))


def figures(of: Entry) -> set[tuple[object, ...]]:
    return {
        (f.indicator, f.measure, f.kind, f.period, f.value, f.upper, f.unit, f.qualifier, f.wording)
        for f in of.figures
    }


def without_tables(text: str) -> str:
    """Return a text without its tables, of which print keeps the words and not the columns."""
    return "\n".join(block for block in made_files.blocks(text) if isinstance(block, str))


def texts() -> list[str]:
    corpora = os.environ.get("BAOGAO_CORPORA")
    folder = Path(corpora or "") / "reports" / "gov_md"
    if corpora and folder.is_dir():
        return [made_files.plain((folder / name).read_text("utf-8")) for name in REPORTS]
    return [SEED.read_text("utf-8")]


@pytest.mark.parametrize(
    ("ending", "make", "least"),
    [
        ("pdf", made_files.pdf, 0.97),
        ("docx", made_files.docx, 0.99),
        ("html", made_files.html, 0.99),
    ],
)
def test_a_format_gives_the_figures_of_its_text(
    ending: str, make: Callable[[str], bytes], least: float, tmp_path: Path
) -> None:
    for number, whole in enumerate(texts()):
        text = without_tables(whole) if ending == "pdf" else whole
        told = entry(write(tmp_path / f"{number}.txt", text.encode()))
        found = entry(write(tmp_path / f"{number}.{ending}", make(text)))
        expected, got = figures(told), figures(found)
        f1 = 2 * len(expected & got) / (len(expected) + len(got))
        assert f1 >= least, (number, sorted(map(str, expected ^ got))[:9])
        assert found.report.place == told.report.place
        assert found.report.given == told.report.given

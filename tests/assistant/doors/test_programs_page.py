"""What docs/programs.md shows of Python runs as it stands there, but for the port."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[3] / "docs" / "programs.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.mark.parametrize(
    ("library", "says"),
    [
        ("gradio_client", ["玉门市", "8%"]),
        ("openai", ["growth of 7%", "/v1/sources/001_7692730640d39c1c.txt?start=", "\n7\n"]),
    ],
)
def test_the_client_of_the_page_asks(
    library: str, says: list[str], url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = (block for block in BLOCKS if f"from {library} import" in block)

    exec(compile(block.replace("http://127.0.0.1:7860/", url), "programs.md", "exec"), {})  # noqa: S102

    out = capsys.readouterr().out
    assert [words for words in says if words not in out] == []

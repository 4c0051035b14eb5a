"""The Python of pages that asks what is served runs as it stands there, but for the port."""

from __future__ import annotations

import pytest

from tests.pages import SERVED, Block, fits, shown

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
BLOCKS = [block for block in shown() if block.language == "python" and SERVED in block.code]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_the_client_of_a_page_prints_what_is_shown(
    block: Block, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(block.code.replace(SERVED, url), block.name, "exec"), {})  # noqa: S102
    printed = capsys.readouterr().out
    assert block.printed, "a page shows what a client prints"
    assert fits(printed, block.printed), printed

"""Single statements against one figure: what qualifies a value must be what qualifies it there."""

from __future__ import annotations

import pytest

from assistant.claims.types import Claim, Evidence
from assistant.grounding.figure_lock import is_supported
from assistant.types import AnswerFigure


def holds(said: str, source: str, value: str, unit: str, qualifier: str | None) -> bool:
    """Tell whether the lock lets a statement pass that is marked with one figure of 玉门市."""
    figure = AnswerFigure("玉门市", "物价涨幅", "share", "actual", "2023", value, unit, qualifier)
    evidence = Evidence(1, source, "玉门市", 2023, (figure,))
    return is_supported(Claim(said, ((len(said), (1,)),), (), ()), [evidence])


@pytest.mark.parametrize(
    ("said", "source", "qualifier", "passes"),
    [
        ("物价涨幅超过5%", "物价涨幅超过5%", "超过", True),
        ("物价涨幅不超过5%", "物价涨幅不超过5%", "不超过", True),
        ("物价涨幅不超过5%", "物价涨幅超过5%", "超过", False),
        ("物价涨幅超过5%", "物价涨幅不超过5%", "不超过", False),
        ("物价涨幅不高于5%", "物价涨幅高于5%", "高于", False),
        ("物价涨幅不少于5%", "物价涨幅少于5%", "少于", False),
        ("prices rose by more than 5%", "物价涨幅超过5%", "超过", True),
        ("prices rose by no more than 5%", "物价涨幅超过5%", "超过", False),
        ("prices rose by not more than 5%", "物价涨幅不超过5%", "不超过", True),
        ("物价涨幅5%", "物价涨幅5%", None, True),
        ("物价涨幅低于5%", "物价涨幅5%", None, False),
        ("物价涨幅最少5%", "物价涨幅5%", None, False),
        ("物价涨幅控制在5%", "物价涨幅5%", None, False),
        ("prices rose by up to 5%", "物价涨幅5%", None, False),
        ("prices rose by at most 5% or more", "物价涨幅5%以上", "以上", False),
    ],
)
def test_a_qualifier_is_not_turned_round_or_invented(
    said: str, source: str, qualifier: str | None, passes: bool
) -> None:
    assert holds(said, source, "5", "%", qualifier) is passes


@pytest.mark.parametrize(("said", "passes"), [("培训3000人", True), ("培训3000多人", False)])
def test_a_word_inside_of_an_amount_is_not_invented(said: str, passes: bool) -> None:
    assert holds(said, "培训3000人", "3000", "人", None) is passes


@pytest.mark.parametrize(
    ("said", "passes"), [("由43户增加", True), ("43户以上", False), ("不少于43户", False)]
)
def test_a_qualifier_of_a_number_that_is_no_figure_is_not_invented(said: str, passes: bool) -> None:
    evidence = Evidence(1, "企业由43户增加", "玉门市", 2023)
    assert is_supported(Claim(said, ((len(said), (1,)),), (), ()), [evidence]) is passes

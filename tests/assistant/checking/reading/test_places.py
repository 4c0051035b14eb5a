"""Places that a text speaks of, and words that only look like one."""

from __future__ import annotations

import pytest

from assistant.checking.reading.places import places_in
from index.places.gazetteer import load_gazetteer


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("宿州市2021年新建5G基站1551个", ["宿州市"]),
        ("克拉玛依2019年,新疆油田公司生产原油1247万吨", ["克拉玛依"]),
        ("全州城市建成区面积220平方公里", []),
        ("内江银行业存款余额增长8.8%", ["内江"]),
        ("广西全州县", ["广西全州县"]),
    ],
)
def test_names_of_companies_and_words_are_no_places(text: str, names: list[str]) -> None:
    known = frozenset({"341300", "650200", "511000"})
    assert [each.matched for each in places_in(text, load_gazetteer(), known)] == names

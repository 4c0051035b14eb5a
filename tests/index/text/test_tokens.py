from __future__ import annotations

import pytest

from index.text.tokens import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "地区生产总值",
            ["地", "区", "生", "产", "总", "值", "地区", "区生", "生产", "产总", "总值"],
        ),
        ("增长4.3%;", ["增", "长", "增长", "4.3"]),
        ("1,234.5万元", ["1234.5", "万", "元", "万元"]),
        ("GDP与5G、G20", ["gdp", "与", "5", "g", "g", "20"]),
        ("2023年", ["2023", "年"]),
        ("財政收入", ["财", "政", "收", "入", "财政", "政收", "收入"]),
        ("ＧＤＰ２０２３", ["gdp", "2023"]),
        ("\n ,。!", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected

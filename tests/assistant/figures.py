"""Figures for tests of what is said of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from index.types import Figure, Region, Span

GOAL: dict[str, Any] = {
    "measure": "growth_yoy",
    "kind": "target",
    "period": "2023",
    "value": "8",
    "unit": "%",
    "qualifier": None,
}
"""What programs read of a figure: growth of 8% as a goal for 2023."""
YUMEN = Region("620981", "玉门市", "Yumen", "county", ("620900", "620000"))


def figure(value: str | None, unit: str, **changes: Any) -> Figure:  # noqa: ANN401 - any field
    """Return a figure of Yumen's GDP in 2023, growth year on year unless told otherwise."""
    values: dict[str, Any] = {
        "report_id": "r",
        "ordinal": 0,
        "region": YUMEN,
        "indicator": "地区生产总值",
        "indicator_id": "gdp",
        "as_written": "地区生产总值",
        "measure": "growth_yoy",
        "kind": "actual",
        "period": "2023",
        "upper": None,
        "qualifier": None,
        "wording": None,
        "span": Span(0, 10),
        "value_span": Span(6, 10),
        "context": None,
    }
    return Figure(value=Decimal(value) if value else None, unit=unit, **(values | changes))

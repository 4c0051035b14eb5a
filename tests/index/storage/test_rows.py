from __future__ import annotations

from index.storage.rows import dump_report, load_report, year_rows
from index.types import Region, Report, Span, Stated

JIAOZUO = Region("410800", "焦作市", "Jiaozuo", "prefecture", ("410000",))


def test_a_report_is_loaded_as_it_was_dumped() -> None:
    report = Report(
        id="r",
        document="a.txt",
        title=Stated("政府工作报告", Span(0, 0)),
        region=Stated(JIAOZUO, None, inferred=True),
        year=Stated(2023, Span(3, 7)),
        date=None,
        speaker=None,
        session=None,
        source=None,
    )
    assert load_report(dump_report(report)) == report


def test_a_year_is_named_once_wherever_digits_stand_before_it() -> None:
    text = "12022年,2022年至2023年,3年"
    assert [row["year"] for row in year_rows("r", text)] == [2022, 2023]

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from benchmarks.figure_matching import read
from benchmarks.figures_unseen import in_all, scopes_table, score_scopes
from index.ingestion.loaders import load

CASES = Path(__file__).parents[2] / "cases" / "figures_unseen.jsonl"


@pytest.fixture(scope="module")
def reports() -> Path:
    """The folder of the labelled reports, which the repository does not hold."""
    corpora = os.environ.get("BAOGAO_CORPORA")
    if not corpora:
        pytest.skip("BAOGAO_CORPORA does not name the folder that holds the labelled reports")
    folder = Path(corpora) / "reports"
    if not folder.is_dir():
        pytest.skip("BAOGAO_CORPORA names a folder without reports")
    return folder


def test_reports_no_rule_was_written_on_state_what_was_labelled(reports: Path) -> None:
    scores = score_scopes(CASES, reports)

    assert in_all(scores).f1 >= 0.92, "\n".join(scopes_table(scores))


def test_every_label_lies_in_a_scope_of_its_file(reports: Path) -> None:
    lines = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    scopes = [(line["file"], *line["scope"]) for line in lines if line["type"] == "scope"]
    for line in lines:
        if line["type"] == "figure":
            assert any(
                file == line["file"] and start <= line["start"] < line["end"] <= end
                for file, start, end in scopes
            )
    assert all(end <= len(read(reports / file).normalized.raw) for file, _, end in scopes)


def test_a_file_that_was_not_the_labelled_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("政府工作报告\n地区生产总值增长5%。\n", encoding="utf-8")
    case = {"type": "scope", "file": "report.txt", "sha256": "0" * 64, "scope": [0, 10]}
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(case) + "\n", encoding="utf-8")

    with pytest.raises(ValueError, match="SHA-256"):
        score_scopes(cases, tmp_path)


def test_labels_are_matched_inside_their_scopes_only(tmp_path: Path) -> None:
    text = "2023年某市政府工作报告\n今年主要预期目标是:地区生产总值增长5%。固定资产投资增长8%。\n"
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    start, end = text.index("地区"), text.index("固定")
    source = {"file": "report.txt", "sha256": load(path).sha256}
    lines = [
        {"type": "scope", **source, "scope": [start, end]},
        {
            "type": "figure", **source, "region": "中国", "indicator": "地区生产总值",
            "kind": "target", "measure": "growth_yoy", "period": "2023", "value": "5", "unit": "%",
            "qualifier": None, "start": start, "end": end,
        },
    ]  # fmt: skip
    cases = tmp_path / "cases.jsonl"
    cases.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    score = score_scopes(cases, tmp_path)[0]

    assert (score.matched + score.missed, score.spurious) == (1, 0)

"""Evidence bundles written by the command, then tampered with one at a time."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import open_assistant
from assistant.errors import BundleError
from assistant.records.bundle import bundle_text, read_bundle, write_bundle
from assistant.records.conversations import Exchange, continued
from assistant.records.verify import Files, verify
from assistant.settings import Settings
from assistant.types import Answer, Citation, Withheld
from assistant.web.markdown import markdown
from tests.assistant.cli.test_main import baogao, run
from tests.conftest import SEEDS

REPORTS = SEEDS / "reports"
COMPARISON = "玉门、焦作、猇亭三地固定资产投资目标增速比较"


@pytest.fixture(scope="module")
def text(seeds_index: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("bundle") / "bundle.json"
    assistant = open_assistant(Settings(data=seeds_index))
    write_bundle(path, assistant.ask(COMPARISON), assistant.searcher.catalogue)
    return path.read_text("utf-8")


def differing(path: Path) -> list[str]:
    findings = verify(read_bundle(path), Files.among([REPORTS], None))
    return [found.text for found in findings if found.verdict == "differs"]


def test_a_bundle_of_the_command_is_all_right(seeds_index: Path, tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    status, _ = run("ask", COMPARISON, "--data", seeds_index, "--bundle", path)
    assert status == 0
    status, output = run("verify", path, "--data", seeds_index)
    assert status == 0
    assert "differs" not in output
    assert output.count("citation [") == 6


def test_an_answer_is_told_though_its_bundle_cannot_be_written(
    seeds_index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "no folder" / "bundle.json"
    status, output = run("ask", COMPARISON, "--data", seeds_index, "--bundle", path)
    assert status == 1
    assert "[1]" in output


def test_files_are_found_by_their_bytes_under_any_name_without_an_index(
    text: str, tmp_path: Path
) -> None:
    bundle, reports = tmp_path / "bundle.json", tmp_path / "reports"
    bundle.write_text(text, "utf-8")
    for number, path in enumerate(sorted(REPORTS.iterdir())):
        inner = reports / "deep" / str(number)
        inner.mkdir(parents=True)
        shutil.copy(path, inner / "renamed.txt")
    status, output = run("verify", bundle, reports, "--data", tmp_path / "none")
    assert status == 0, output


@pytest.mark.parametrize("change", ["edited", "deleted"])
def test_a_folder_is_compared_and_not_what_the_index_kept(
    change: str, text: str, seeds_index: Path, tmp_path: Path
) -> None:
    bundle, reports = tmp_path / "bundle.json", tmp_path / "reports"
    bundle.write_text(text, "utf-8")
    shutil.copytree(REPORTS, reports)
    cited = reports / json.loads(text)["turns"][0]["documents"][0]["document"]
    if change == "edited":
        cited.write_text(cited.read_text("utf-8") + "\n", "utf-8")
    else:
        cited.unlink()
    status, output = run("verify", bundle, reports, "--data", seeds_index)
    assert status == 1
    assert ("it has changed" if change == "edited" else "found no such file") in output


def changed_file(record: dict[str, Any]) -> None:
    record["turns"][0]["documents"][0]["sha256"] = "0" * 64


def no_digest(record: dict[str, Any]) -> None:
    record["turns"][0]["documents"][0]["sha256"] = None


def no_document(record: dict[str, Any]) -> None:
    del record["turns"][0]["documents"][0]


def other_quote(record: dict[str, Any]) -> None:
    record["turns"][0]["answer"]["citations"][0]["quote"] = "固定资产投资增长25%"


def other_place(record: dict[str, Any]) -> None:
    record["turns"][0]["answer"]["citations"][0]["start"] += 1


def no_quote(record: dict[str, Any]) -> None:
    citation = record["turns"][0]["answer"]["citations"][0]
    citation.update(quote="", end=citation["start"])


def mark_without_citation(record: dict[str, Any]) -> None:
    record["turns"][0]["answer"]["answer"] += " [77]"


def citation_without_mark(record: dict[str, Any]) -> None:
    answer = record["turns"][0]["answer"]
    answer["answer"] = answer["answer"].replace("[2]", "")


def number_given_twice(record: dict[str, Any]) -> None:
    citations = record["turns"][0]["answer"]["citations"]
    citations.append(citations[0])


def other_figure(record: dict[str, Any]) -> None:
    record["turns"][0]["answer"]["figures"][0]["value"] = "25"


def other_number_in_the_text(record: dict[str, Any]) -> None:
    answer = record["turns"][0]["answer"]
    answer["answer"] = answer["answer"].replace("| 20%[1]", "| 25%[1]")


def other_place_in_the_text(record: dict[str, Any]) -> None:
    answer = record["turns"][0]["answer"]
    answer["answer"] = answer["answer"].replace("| 玉门市 |", "| 运城市 |")


def other_place_throughout(record: dict[str, Any]) -> None:
    forged = json.dumps(record, ensure_ascii=False).replace("玉门市", "北京市")
    record.update(json.loads(forged))


def other_year_throughout(record: dict[str, Any]) -> None:
    for citation in record["turns"][0]["answer"]["citations"]:
        citation["year"] = 2019


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (changed_file, "expected SHA-256 000000000000…, found SHA-256 7e194850ab23…"),
        (no_digest, "expected its SHA-256, the bundle has none"),
        (no_document, "is not among the bundle's documents"),
        (other_quote, "expected “固定资产投资增长25%”, found “固定资产投资增长20%”"),
        (other_place, "expected “固定资产投资增长20%”, found “定资产投资增长20%”"),
        (no_quote, "quotes nothing"),
        (mark_without_citation, "marks: expected those of the citations"),
        (citation_without_mark, "marks: expected those of the citations"),
        (number_given_twice, "two citations have the number 1"),
        (other_figure, "25% stands in none of the quotes it cites"),
        (other_number_in_the_text, "not borne out by what it cites"),
        (other_place_in_the_text, "not borne out by what it cites"),
        (other_place_throughout, "its file is of 玉门市, 2023"),
        (other_year_throughout, "says 玉门市, 2019; its file is of 玉门市, 2023"),
    ],
)
def test_what_was_tampered_with_differs(
    text: str, tmp_path: Path, tamper: Callable[[dict[str, Any]], None], words: str
) -> None:
    record = json.loads(text)
    tamper(record)
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    assert any(words in found for found in differing(path)), differing(path)
    status, output = run("verify", path, REPORTS, "--data", tmp_path / "none")
    assert status == 1, output


UNREADABLE = {
    "missing": (None, "cannot be read"),
    "empty": (b"", "expected an evidence bundle"),
    "binary": (bytes(range(256)), "expected an evidence bundle"),
    "a list": (b"[]", "expected an evidence bundle"),
    "deep": (b"[" * 100_000, "expected an evidence bundle"),
    "long": (b"1" * 5_000, "expected an evidence bundle"),
    "no turns": (
        b'{"format": "baogao-evidence-bundle", "version": 1, "title": "t", "turns": []}',
        "expected turns, found none",
    ),
    "foreign": (b'{"format": "other"}', "expected an evidence bundle"),
    "newer": (
        b'{"format": "baogao-evidence-bundle", "version": 2}',
        "expected version 1, found 2; use the baogao that wrote it",
    ),
    "turns": (
        b'{"format": "baogao-evidence-bundle", "version": 1, "title": "t", "turns": [{"a": 1}]}',
        'turn 1: expected "question" to be a text',
    ),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_one_clear_line_and_status_2(kind: str, tmp_path: Path) -> None:
    content, words = UNREADABLE[kind]
    path = tmp_path / "bundle.json"
    if content is not None:
        path.write_bytes(content)
    ended = baogao("verify", path, REPORTS, "--data", tmp_path / "none")
    assert ended.returncode == 2
    assert words in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("baogao: ")


def test_without_an_index_and_folders_there_is_nothing_to_check_against(
    text: str, tmp_path: Path
) -> None:
    path = tmp_path / "bundle.json"
    path.write_text(text, "utf-8")
    ended = baogao("verify", path, "--data", tmp_path / "none")
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1


def test_no_escape_sequence_of_a_bundle_reaches_the_terminal(text: str, tmp_path: Path) -> None:
    record = json.loads(text)
    record["turns"][0]["answer"]["citations"][0]["document"] = "a\x1b[31mb"
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(record), "utf-8")
    assert not any("\x1b" in found for found in differing(path))


def test_a_whole_conversation_is_checked_turn_by_turn(seeds_index: Path, tmp_path: Path) -> None:
    assistant = open_assistant(Settings(data=seeds_index))
    first = assistant.ask("what GDP growth did Jiaozuo target")
    second = assistant.ask("And Yumen?", history=[first.question])
    turns = [(first.question, first, ""), (second.question, second, ""), ("x", None, "no answer")]
    exchanges = continued((), turns, assistant.searcher.catalogue)
    path = tmp_path / "bundle.json"
    path.write_text(bundle_text("t", exchanges, "2026-01-01T00:00:00Z"), "utf-8")
    reports = assistant.searcher.catalogue.reports
    findings = verify(read_bundle(path), Files.among([REPORTS], None), reports)
    assert {found.turn for found in findings} == {1, 2, 3}
    assert {found.verdict for found in findings} == {"right"}


def test_a_bundle_that_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="cannot be read"):
        read_bundle(tmp_path)


def test_markdown_numbers_its_sources_and_shows_markup_as_text() -> None:
    quote = "地區生產(chǎn)總值增長(cháng)7%<b>"
    citation = Citation(1, "a_b.txt", 3, 9, quote, "标题", "焦作市", 2023)
    answer = Answer("q", "zh-Hans", "增长**7%**<img> [1]", citations=(citation,))
    exchange = Exchange("*问* <script>", answer)
    written = markdown("题 #1", [exchange], "2026-01-02T03:04:05Z", "zh-Hans")
    assert written.startswith("# 题 \\#1\n\n2026-01-02 由报告")
    assert "## \\*问\\* \\<script\\>" in written
    assert "增长**7%**\\<img> [1]" in written
    assert "1\\. 焦作市 · 2023 — 标题 — a\\_b.txt, 第3—9字" in written
    assert "   > 地区生产总值增长7%\\<b\\>" in written
    assert "原文：地區生產(chǎn)總值增長(cháng)7%\\<b\\>" in written


def test_markdown_tells_what_was_withheld_and_why() -> None:
    answer = Answer("q", "en", "Told.", withheld=(Withheld("Grew *9%*.", "number"),))
    written = markdown("t", [Exchange("q", answer)], "2026-01-02T03:04:05Z", "en")
    assert "not borne out by their sources: 1\n\n- Grew \\*9%\\*. (" in written

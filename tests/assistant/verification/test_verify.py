"""Evidence bundles written by the command, then tampered with one at a time."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import open_assistant
from assistant.errors import BundleError
from assistant.records.bundle import bundle_text, digest_of, read_bundle, write_bundle
from assistant.records.conversations import exchange_in
from assistant.settings import Settings
from assistant.verification.corpora import Corpora
from assistant.verification.files import Files
from assistant.verification.findings import FAILS, Finding
from assistant.verification.verify import verify
from tests.assistant.cli.test_main import ended, run
from tests.conftest import SEEDS

REPORTS = SEEDS / "reports"
COMPARISON = "玉门、焦作、猇亭三地固定资产投资目标增速比较"


@pytest.fixture(scope="module")
def text(seeds_index: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("bundle") / "bundle.json"
    assistant = open_assistant(Settings(data=seeds_index))
    write_bundle(path, assistant.ask(COMPARISON), assistant.searcher.catalogue)
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpora]:
    """The files of the sample reports, without an index."""
    settings = Settings(data=tmp_path_factory.mktemp("none"))
    with Corpora(Files.among([REPORTS]), settings) as opened:
        yield opened


def failing(findings: list[Finding]) -> list[str]:
    return [found.text for found in findings if found.verdict in FAILS]


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


def other_title(record: dict[str, Any]) -> None:
    record["title"] = "The mayor was arrested"


def other_versions(record: dict[str, Any]) -> None:
    record["made_by"] = {"baogao": "0.0.1", "pipeline": "0"}
    other_number_in_the_text(record)


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
        (number_given_twice, "expected citations numbered from 1"),
        (other_figure, "answer: figures is"),
        (other_number_in_the_text, "| 25%[1]"),
        (other_place_in_the_text, "is not what the reports give for the question"),
        (other_place_throughout, "says “北京市”; its file is of 玉门市"),
        (other_year_throughout, "says “2019”; its file is of 2023"),
        (other_title, "its title is “The mayor was arrested”"),
        (other_versions, "| 25%[1]"),
    ],
)
def test_what_was_tampered_with_differs(
    text: str,
    tmp_path: Path,
    corpora: Corpora,
    tamper: Callable[[dict[str, Any]], None],
    words: str,
) -> None:
    record = json.loads(text)
    tamper(record)
    record["sha256"] = digest_of(record)
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    found = failing(verify(read_bundle(path), corpora))
    assert any(words in each for each in found), found


def test_one_statement_that_is_not_supported_is_status_1_and_json_says_which(
    text: str, seeds_index: Path, tmp_path: Path
) -> None:
    record = json.loads(text)
    other_number_in_the_text(record)
    record["sha256"] = digest_of(record)
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(record), "utf-8")
    status, output = run("verify", path, "--data", seeds_index, "--json")
    assert status == 1
    told = json.loads(output)
    assert told["holds"] is False
    failed = [each for each in told["findings"] if each["verdict"] == "not supported"]
    assert {each["turn"] for each in failed} == {1}
    assert any("25%" in each["text"] for each in failed)


def test_whatever_is_changed_the_digest_of_the_bundle_no_longer_fits(
    text: str, tmp_path: Path, corpora: Corpora
) -> None:
    record = json.loads(text)
    record["created"] = "2020-01-01T00:00:00Z"
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(record), "utf-8")
    (found,) = failing(verify(read_bundle(path), corpora))
    assert "it was changed after it was written" in found


def test_a_bundle_laid_out_otherwise_has_the_same_digest(text: str, tmp_path: Path) -> None:
    record = json.loads(text)
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(dict(reversed(record.items()))), "utf-8")
    assert read_bundle(path).digest == record["sha256"]


def test_a_bundle_of_version_1_is_still_checked(
    text: str, tmp_path: Path, corpora: Corpora
) -> None:
    record = json.loads(text)
    record["version"] = 1
    del record["sha256"], record["turns"][0]["collection"]
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(record), "utf-8")
    findings = verify(read_bundle(path), corpora)
    assert not failing(findings)
    assert "proved" in {found.verdict for found in findings}


@pytest.mark.parametrize("name", ["title", "question", "answer", "quote", "value", "speaker"])
def test_a_name_that_stands_twice_in_an_object_is_refused(
    text: str, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "bundle.json"
    path.write_text(text.replace(f'"{name}":', f'"{name}": "forged", "{name}":', 1), "utf-8")
    with pytest.raises(BundleError, match=f"each name once in an object, found '{name}' twice"):
        read_bundle(path)


def test_without_the_reports_it_was_made_from_what_says_nothing_of_them_is_not_supported(
    seeds_index: Path, tmp_path: Path, corpora: Corpora
) -> None:
    """An abstention without citations holds of a collection, not of files."""
    assistant = open_assistant(Settings(data=seeds_index))
    path = tmp_path / "bundle.json"
    answer = assistant.ask("What was Yumen's GDP in 2015?")
    assert not answer.citations
    write_bundle(path, answer, assistant.searcher.catalogue)
    assert not failing(verify(read_bundle(path), corpora))
    one = Corpora(Files.among(sorted(REPORTS.iterdir())[:1]), Settings(data=tmp_path))
    (found,) = failing(verify(read_bundle(path), one))
    assert "no reports to check it against" in found


def test_a_question_limited_to_places_is_asked_with_its_limits(
    seeds_index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bundle.json"
    run("ask", "GDP目标是多少", "--region", "焦作", "--data", seeds_index, "--bundle", path)
    assert json.loads(path.read_text("utf-8"))["turns"][0]["collection"]["regions"] == ["410800"]
    status, output = run("verify", path, "--data", seeds_index)
    assert status == 0, output


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
        b'{"format": "baogao-evidence-bundle", "version": 3}',
        "expected version 1 or 2, found 3; use the baogao that wrote it",
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
    told = ended("verify", path, REPORTS, "--data", tmp_path / "none")
    assert told.returncode == 2
    assert words in told.stderr
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith("baogao: ")


def test_without_an_index_and_folders_there_is_nothing_to_check_against(
    text: str, tmp_path: Path
) -> None:
    path = tmp_path / "bundle.json"
    path.write_text(text, "utf-8")
    told = ended("verify", path, "--data", tmp_path / "none")
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1


def test_no_escape_sequence_of_a_bundle_reaches_the_terminal(
    text: str, tmp_path: Path, corpora: Corpora
) -> None:
    record = json.loads(text)
    record["turns"][0]["answer"]["citations"][0]["document"] = "a\x1b[31mb"
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(record), "utf-8")
    assert not any("\x1b" in found for found in failing(verify(read_bundle(path), corpora)))


def test_a_whole_conversation_is_checked_turn_by_turn(seeds_index: Path, tmp_path: Path) -> None:
    assistant = open_assistant(Settings(data=seeds_index))
    first = assistant.ask("what GDP growth did Jiaozuo target")
    second = assistant.ask("And Yumen?", history=[first.question])
    turns = [(first.question, first, ""), (second.question, second, ""), ("x", None, "no answer")]
    exchanges = [exchange_in(assistant.searcher.catalogue, *turn) for turn in turns]
    path = tmp_path / "bundle.json"
    path.write_text(bundle_text(exchanges, "2026-01-01T00:00:00Z"), "utf-8")
    with Corpora(Files(), Settings(data=seeds_index), assistant) as index:
        findings = verify(read_bundle(path), index)
    assert {found.turn for found in findings} == {0, 1, 2, 3}
    assert not failing(findings)
    graded = [found.verdict for found in findings if found.text.startswith("statement")]
    assert graded == ["proved", "proved"]


def test_a_bundle_that_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="cannot be read"):
        read_bundle(tmp_path)

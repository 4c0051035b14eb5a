from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from index.build import Progress, Summary, build
from index.derived import chroma, lexical, vectors
from index.embedding.embedder import open_embedder
from index.ingestion.changes import Intake, Step
from index.ingestion.pipeline import PIPELINE
from index.reports.witnesses import Told
from index.storage.catalogue import Catalogue

TEXT = "焦作市政府工作报告\n一、目标\n2023年地区生产总值增长7%左右。\n二、保障\n新增就业{}万人。\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with three short reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, name in enumerate(("a.txt", "b.txt", "c.txt"), start=1):
        (folder / name).write_text(TEXT.format(number), encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def rewrite(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    # Two writes within one tick of the clock would leave the time of change as it was.
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000))


def counts(summary: Summary) -> dict[str, int]:
    names = ("added", "changed", "unchanged", "duplicate", "removed")
    return {name: getattr(summary, name) for name in names if getattr(summary, name)}


def assert_in_step(data: Path) -> None:
    """Both derived indexes hold exactly the catalogue's passages."""
    with Catalogue.open(data) as catalogue:
        ids = set(catalogue.passage_ids())
        model = catalogue.embedding
    assert model
    assert set(lexical.contents(data)) == ids
    assert chroma.ids_in(vectors.published(data), model.name) == ids
    assert set(vectors.open_vectors(data, model.name).held()) == ids


def documents(data: Path) -> list[str]:
    with Catalogue.open(data) as catalogue:
        return [report.document for report in catalogue.reports()]


def test_first_build_adds_every_report(reports: Path, data: Path) -> None:
    summary = build([reports], data=data)
    assert counts(summary) == {"added": 3}
    assert (summary.reports, summary.skipped) == (3, ())
    assert summary.passages > 0
    assert documents(data) == ["a.txt", "b.txt", "c.txt"]
    assert_in_step(data)


def test_summary_is_json(reports: Path, data: Path) -> None:
    (reports / "bad.txt").write_bytes(b"\0\1\2" * 50)
    record = json.loads(json.dumps(build([reports], data=data).to_json()))
    assert record["added"] == 3
    assert record["skipped"][0]["path"].endswith("bad.txt")


def test_unchanged_files_change_nothing(reports: Path, data: Path) -> None:
    build([reports], data=data)
    with Catalogue.open(data) as catalogue:
        before = catalogue.generation
        assert counts(build([reports], data=data)) == {"unchanged": 3}
        assert catalogue.generation == before


def test_a_touched_file_with_the_same_bytes_is_unchanged(reports: Path, data: Path) -> None:
    build([reports], data=data)
    os.utime(reports / "a.txt", (1, 1))
    assert counts(build([reports], data=data)) == {"unchanged": 3}


def test_a_changed_file_is_replaced_everywhere(reports: Path, data: Path) -> None:
    build([reports], data=data)
    rewrite(reports / "b.txt", TEXT.format("九十九"))
    assert counts(build([reports], data=data)) == {"changed": 1, "unchanged": 2}
    with Catalogue.open(data) as catalogue:
        raws = [catalogue.raw(report.id) for report in catalogue.reports()]
    assert raws == [TEXT.format(1), TEXT.format("九十九"), TEXT.format(3)]
    assert_in_step(data)


def test_files_that_swap_their_content_are_told_apart(reports: Path, data: Path) -> None:
    build([reports], data=data)
    rewrite(reports / "a.txt", TEXT.format(2))
    rewrite(reports / "b.txt", TEXT.format(1))
    build([reports], data=data)
    with Catalogue.open(data) as catalogue:
        found = {report.document: catalogue.raw(report.id) for report in catalogue.reports()}
    assert found == {"a.txt": TEXT.format(2), "b.txt": TEXT.format(1), "c.txt": TEXT.format(3)}


def test_gone_files_stay_without_prune_and_go_with_it(reports: Path, data: Path) -> None:
    build([reports], data=data)
    (reports / "a.txt").unlink()
    assert counts(build([reports], data=data)) == {"unchanged": 2}
    assert documents(data) == ["a.txt", "b.txt", "c.txt"]
    assert counts(build([reports], data=data, prune=True)) == {"unchanged": 2, "removed": 1}
    assert documents(data) == ["b.txt", "c.txt"]
    assert_in_step(data)


def test_the_same_bytes_twice_are_one_report(reports: Path, data: Path) -> None:
    shutil.copy(reports / "a.txt", reports / "z.txt")
    assert counts(build([reports], data=data)) == {"added": 3, "duplicate": 1}
    assert counts(build([reports], data=data)) == {"unchanged": 3, "duplicate": 1}
    assert documents(data) == ["a.txt", "b.txt", "c.txt"]


def test_a_duplicate_takes_the_place_of_a_file_that_has_gone(reports: Path, data: Path) -> None:
    shutil.copy(reports / "a.txt", reports / "z.txt")
    build([reports], data=data)
    (reports / "a.txt").unlink()
    assert counts(build([reports], data=data, prune=True)) == {"unchanged": 3}
    assert documents(data) == ["b.txt", "c.txt", "z.txt"]


def test_a_file_changed_into_a_duplicate_is_no_report_any_more(reports: Path, data: Path) -> None:
    build([reports], data=data)
    rewrite(reports / "b.txt", TEXT.format(1))
    assert counts(build([reports], data=data)) == {"unchanged": 2, "duplicate": 1}
    assert documents(data) == ["a.txt", "c.txt"]
    assert_in_step(data)


def test_bad_files_are_skipped_with_a_reason_and_the_others_indexed(
    reports: Path, data: Path
) -> None:
    (reports / "empty.txt").write_bytes(b"")
    (reports / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (reports / os.fsdecode(b"\xff\xfe.txt")).write_text(TEXT, encoding="utf-8")
    (reports / "dangling.txt").symlink_to(reports / "nowhere.txt")
    summary = build([reports, reports / "missing.txt"], data=data)
    assert counts(summary) == {"added": 3}
    skipped = sorted(Path(bad.path).name for bad in summary.skipped)
    assert skipped == ["binary.txt", "dangling.txt", "empty.txt", "missing.txt", "��.txt"]
    assert all(bad.reason and "\n" not in bad.reason for bad in summary.skipped)
    json.dumps(summary.to_json()).encode()


def test_equal_names_in_two_folders_are_told_apart(tmp_path: Path, data: Path) -> None:
    for number, folder in enumerate(("east", "west"), start=1):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text(TEXT.format(number), encoding="utf-8")
    build([tmp_path / "east", tmp_path / "west"], data=data)
    assert documents(data) == ["report.txt", "west/report.txt"]


def test_a_document_is_named_from_the_folder_that_was_given(tmp_path: Path, data: Path) -> None:
    (tmp_path / "in" / "county").mkdir(parents=True)
    (tmp_path / "in" / "county" / "2023.txt").write_text(TEXT.format(1), encoding="utf-8")
    (tmp_path / "alone.txt").write_text(TEXT.format(2), encoding="utf-8")
    build([tmp_path / "in", tmp_path / "alone.txt"], data=data)
    assert documents(data) == ["alone.txt", "county/2023.txt"]


def test_a_file_given_twice_is_read_once(reports: Path, data: Path) -> None:
    assert counts(build([reports, reports / "a.txt"], data=data)) == {"added": 3}


def test_reports_of_an_older_pipeline_are_made_again_from_what_is_stored(
    reports: Path, data: Path
) -> None:
    build([reports], data=data)
    with closing(sqlite3.connect(data / "catalogue.sqlite")) as database:
        database.execute("UPDATE reports SET pipeline = '0.0'")
        database.execute("DELETE FROM seals")  # or all of this would be damage
        # A clean text that is kept as it is in the raw one, its width and script not folded.
        database.execute("UPDATE texts SET changes = x'0300'")
        database.commit()
    shutil.rmtree(reports)
    build([], data=data)
    with Catalogue.open(data) as catalogue:
        assert {origin.pipeline for origin in catalogue.origins()} == {PIPELINE}
        texts = [catalogue.normalized(report.id).text for report in catalogue.reports()]
        assert texts == [TEXT.format(number).rstrip() for number in (1, 2, 3)]
    assert_in_step(data)


def test_progress_tells_of_every_file_and_passage(reports: Path, data: Path) -> None:
    told: list[Progress] = []
    summary = build([reports], data=data, progress=told.append)
    read = [step for step in told if step.stage == "read"]
    assert [(step.done, step.total) for step in read] == [(1, 3), (2, 3), (3, 3)]
    assert told[-1] == Progress("embed", summary.passages, summary.passages)


def write_static_model(folder: Path) -> None:
    """Write a static model of two dimensions, in which the number of 一 decides."""
    import numpy as np
    from safetensors.numpy import save_file
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    folder.mkdir()
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "一": 1}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.array([[1, 0], [0, 1]], dtype=np.float32)
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    kind = "sentence_transformers.sentence_transformer.modules.StaticEmbedding"
    modules = [{"idx": 0, "name": "0", "path": "", "type": kind}]
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")


def test_another_embedding_model_makes_every_vector_again(
    reports: Path, data: Path, tmp_path: Path
) -> None:
    write_static_model(tmp_path / "model")
    build([reports], data=data)
    build([reports], data=data, embedding=str(tmp_path / "model"))
    name = open_embedder(str(tmp_path / "model")).name
    assert_in_step(data)
    with Catalogue.open(data) as catalogue:
        assert catalogue.embedding
        assert catalogue.embedding.name == name
        ids = catalogue.passage_ids()
    snapshot = vectors.open_vectors(data, name)
    assert set(snapshot.held()) == set(ids)
    assert snapshot.whole.shape[1] == 2


@pytest.mark.parametrize("part", ["vectors", "lexical"])
def test_an_unreadable_index_is_set_aside_and_made_again_with_one_warning(
    reports: Path, data: Path, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    build([reports], data=data)
    for file in (data / part).rglob("*.*"):
        if file.is_file() and not file.name.startswith("stamp"):
            file.write_bytes(b"garbage" * 1000)
    with caplog.at_level(logging.WARNING):
        build([reports], data=data)
    [warning] = [record for record in caplog.records if record.name.startswith("index.")]
    assert f"{part}.unreadable-1" in warning.getMessage()
    assert "\n" not in warning.getMessage()
    assert (data / f"{part}.unreadable-1").is_dir()
    assert_in_step(data)


def test_a_vector_index_whose_files_were_cut_short_is_not_even_opened(
    reports: Path, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build([reports], data=data)
    for file in (data / "vectors").rglob("*.bin"):
        file.write_bytes(file.read_bytes()[:10])
    next((data / "vectors").rglob("chroma.sqlite3")).write_bytes(b"")
    build([reports], data=data)
    assert "cut short" in caplog.text
    assert_in_step(data)


@pytest.mark.parametrize(("at", "touched"), [(0, True), (-8, True), (0, False)])
def test_a_spoilt_table_of_vectors_of_the_same_size_is_made_again(
    reports: Path, data: Path, at: int, touched: bool
) -> None:
    build([reports], data=data)
    [file] = (data / "vectors").rglob("first.npy")
    state, whole = file.stat(), file.read_bytes()
    spoilt = bytearray(whole)
    spoilt[at] ^= 0xFF
    file.write_bytes(spoilt)
    if not touched:
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    build([reports], data=data)
    [again] = (data / "vectors").rglob("first.npy")
    assert again.read_bytes() == whole
    assert_in_step(data)


@pytest.mark.parametrize("part", ["vectors", "lexical"])
def test_a_missing_index_is_made_again(reports: Path, data: Path, part: str) -> None:
    build([reports], data=data)
    shutil.rmtree(data / part)
    build([reports], data=data)
    assert_in_step(data)


def test_missing_and_foreign_vectors_are_put_right(reports: Path, data: Path) -> None:
    build([reports], data=data)
    with chroma.opened_to_write(vectors.published(data), open_embedder().name) as collection:
        ids = collection.get(include=[])["ids"]
        some = collection.get(ids=ids[:1], include=["embeddings"])["embeddings"]
        collection.delete(ids=ids[:1])
        collection.add(ids=["foreign-0000"], embeddings=some)
    build([reports], data=data)
    assert_in_step(data)
    with Catalogue.open(data) as catalogue:
        assert catalogue.embedding
        held = vectors.open_vectors(data, catalogue.embedding.name).held()
        assert held == vectors.wanted_of(catalogue)


def test_a_record_follows_what_is_said_of_its_report(reports: Path, data: Path) -> None:
    build([reports], data=data)
    build([reports], data=data, told=Told(region="沧州市", year=2017))
    with Catalogue.open(data) as catalogue:
        assert {report.given for report in catalogue.reports()} == {2017}
    with chroma.opened_to_write(vectors.published(data), open_embedder().name) as collection:
        records = collection.get(include=["metadatas"])["metadatas"] or []
    assert {(record["region"], record["year"]) for record in records} == {("沧州市", 2017)}


def test_chroma_is_left_without_a_log(
    reports: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma, "_LOAD", 2)
    monkeypatch.setattr(chroma, "_SAVED", 3)
    for number in range(9):
        (reports / f"{number}.txt").write_text(TEXT.format(10 + number), encoding="utf-8")
    for _ in range(2):
        build([reports], data=data)
        [database] = (data / "vectors").rglob("chroma.sqlite3")
        with closing(sqlite3.connect(database)) as connection:
            waiting = connection.execute("SELECT count(*) FROM embeddings_queue").fetchone()
            [free], [pages] = (
                connection.execute(f"PRAGMA {name}").fetchone()
                for name in ("freelist_count", "page_count")
            )
        # The last record stays, so that Chroma knows where its numbers go on.
        assert waiting == (1,)
        assert free <= pages // 4
        (reports / "another.txt").write_text(TEXT.format("九十九"), encoding="utf-8")


def test_an_empty_folder_gives_an_empty_index(tmp_path: Path, data: Path) -> None:
    (tmp_path / "empty").mkdir()
    summary = build([tmp_path / "empty"], data=data)
    assert (summary.reports, summary.passages) == (0, 0)


def test_looking_for_changes_imports_nothing_heavy(reports: Path, data: Path) -> None:
    build([reports], data=data)
    program = (
        "import sys; from pathlib import Path; from index.build import build; "
        "build([Path(sys.argv[1])], data=Path(sys.argv[2])); "
        "print(sorted({'chromadb', 'torch', 'sentence_transformers'} & sys.modules.keys()))"
    )
    arguments = [sys.executable, "-c", program, str(reports), str(data)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unchanged_file_asks_nothing_of_the_catalogue(reports: Path, data: Path) -> None:
    build([reports], data=data)

    def statements(folder: list[Path]) -> int:
        with Catalogue.open(data) as catalogue:
            made: list[str] = []
            event.listen(
                catalogue._connections._engine,
                "before_cursor_execute",
                lambda *call: made.append(call[2]),
            )
            intake = Intake(catalogue)
            for path in folder:
                assert intake.add(path, reports) == Step("unchanged")
            return len(made)

    assert statements(sorted(reports.iterdir())) == statements([])


def test_a_name_that_a_removed_report_had_is_free_again(tmp_path: Path, data: Path) -> None:
    for number, folder in enumerate(("east", "west"), start=1):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text(TEXT.format(number), encoding="utf-8")
    build([tmp_path / "east"], data=data)
    (tmp_path / "east" / "report.txt").unlink()
    build([], data=data, prune=True)
    build([tmp_path / "west"], data=data)
    assert documents(data) == ["report.txt"]

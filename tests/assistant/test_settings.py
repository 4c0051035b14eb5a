from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings


def test_the_data_folder_and_the_models_come_from_the_environment() -> None:
    settings = Settings.read(
        {
            "BAOGAO_DATA": "/srv/baogao",
            "BAOGAO_EMBEDDING": "some/model",
            "BAOGAO_RERANKER": "some/judge",
        }
    )
    assert settings == Settings(Path("/srv/baogao"), "some/model", "some/judge")


def test_an_empty_environment_means_the_users_own_folder_and_the_bundled_model() -> None:
    settings = Settings.read({})
    assert settings.data.name == "baogao"
    assert settings.embedding is None
    assert settings.reranker is None


def test_a_file_of_settings_counts_where_the_environment_is_silent(tmp_path: Path) -> None:
    own, here = tmp_path / "own", tmp_path / "here"
    for folder, words in ((own, 'model = "ollama:a"'), (here, 'data = "index"\nmodel_tokens = 9')):
        folder.mkdir()
        (folder / "baogao.toml").write_text(words, encoding="utf-8")
    settings = Settings.read({"BAOGAO_MODEL": "ollama:b"}, [here, own])
    assert settings == Settings(here / "index", model="ollama:b", model_tokens=9)
    assert Settings.read({}, [tmp_path, own]).model == "ollama:a"


@pytest.mark.parametrize(("words", "set_"), [("true", True), ("false", False)])
def test_a_file_says_whether_to_write(words: str, set_: bool, tmp_path: Path) -> None:
    (tmp_path / "baogao.toml").write_text(f"read_only = {words}", encoding="utf-8")
    assert Settings.read({}, [tmp_path]).read_only is set_


@pytest.mark.parametrize(
    "words", ["modl = 'a'", "data = [1]", "= nothing", "model = true", "read_only = 'yes'"]
)
def test_a_file_that_sets_what_there_is_not_is_one_clear_line(words: str, tmp_path: Path) -> None:
    (tmp_path / "baogao.toml").write_text(words, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"baogao\.toml: [^\n]+$"):
        Settings.read({}, [tmp_path])

from __future__ import annotations

from pathlib import Path

from assistant.settings import Settings


def test_the_data_folder_and_the_model_come_from_the_environment() -> None:
    settings = Settings.read({"BAOGAO_DATA": "/srv/baogao", "BAOGAO_EMBEDDING": "some/model"})
    assert settings == Settings(data=Path("/srv/baogao"), embedding="some/model")


def test_an_empty_environment_means_the_users_own_folder_and_the_bundled_model() -> None:
    settings = Settings.read({})
    assert settings.data.name == "baogao"
    assert settings.embedding is None

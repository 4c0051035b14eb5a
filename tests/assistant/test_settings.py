from __future__ import annotations

from pathlib import Path

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

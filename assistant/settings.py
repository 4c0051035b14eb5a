"""What a user can set, read once from the environment. Knows nothing of what it is used for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from assistant.errors import ModelSetupError

_TIMEOUT = 60.0
_TOKENS = 1_500


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index lives (`BAOGAO_DATA`) and which models it uses.

    With `read_only` (`BAOGAO_READ_ONLY`, any value) nothing is written to that folder.

    `embedding` (`BAOGAO_EMBEDDING`) is None for the bundled model, else the name or the path of a
    sentence-transformers model; `reranker` (`BAOGAO_RERANKER`) is None for none, else that of a
    CrossEncoder. `model` (`BAOGAO_MODEL`) is None for none, else `provider:name` of a chat model;
    `model_timeout` (`BAOGAO_MODEL_TIMEOUT`) is how many seconds a question may spend on it in all,
    `model_tokens` (`BAOGAO_MODEL_TOKENS`) how many tokens it may write at once.
    """

    data: Path
    embedding: str | None = None
    reranker: str | None = None
    model: str | None = None
    model_timeout: float = _TIMEOUT
    model_tokens: int = _TOKENS
    read_only: bool = False

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from `environment`, by default the process's own.

        Raises:
            ModelSetupError: a limit of the chat model is not a number above 0.
        """
        env = os.environ if environment is None else environment
        data = env.get("BAOGAO_DATA")
        return cls(
            data=Path(data).expanduser() if data else user_data_path("baogao"),
            embedding=env.get("BAOGAO_EMBEDDING") or None,
            reranker=env.get("BAOGAO_RERANKER") or None,
            model=env.get("BAOGAO_MODEL") or None,
            model_timeout=_limit(env, "BAOGAO_MODEL_TIMEOUT", _TIMEOUT),
            model_tokens=int(_limit(env, "BAOGAO_MODEL_TOKENS", _TOKENS)),
            read_only=bool(env.get("BAOGAO_READ_ONLY")),
        )


def _limit(env: Mapping[str, str], name: str, default: float) -> float:
    written = env.get(name)
    if not written:
        return default
    try:
        value = float(written)
    except ValueError:
        value = 0.0
    if not 1 <= value < 1e6:
        raise ModelSetupError(f"expected {name} to be a number from 1 up, found {written!r}")
    return value

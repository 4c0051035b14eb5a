"""What a user can set, read once from the environment. Knows nothing of what it is used for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index lives (`BAOGAO_DATA`) and which models it uses.

    `embedding` (`BAOGAO_EMBEDDING`) is None for the bundled model, else the name or the path of a
    sentence-transformers model; `reranker` (`BAOGAO_RERANKER`) is None for none, else that of a
    CrossEncoder.
    """

    data: Path
    embedding: str | None = None
    reranker: str | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from `environment`, by default the process's own."""
        env = os.environ if environment is None else environment
        data = env.get("BAOGAO_DATA")
        return cls(
            data=Path(data).expanduser() if data else user_data_path("baogao"),
            embedding=env.get("BAOGAO_EMBEDDING") or None,
            reranker=env.get("BAOGAO_RERANKER") or None,
        )

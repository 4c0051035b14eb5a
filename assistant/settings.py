"""What a user can set, read once from the environment and from a file of settings.

The environment goes before `baogao.toml` in the folder where the program runs, and that before the
one in the user's own folder of settings. Knows nothing of what a setting is used for.
"""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path, user_data_path

from assistant.errors import ModelSetupError, SettingsError

FILE = "baogao.toml"
"""The file's name; it sets the fields of `Settings` by their names."""

_log = logging.getLogger(__name__)

_TIMEOUT = 60.0
_TOKENS = 1_500


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index lives (`BAOGAO_DATA`) and which models it uses.

    With `database` (`BAOGAO_DATABASE`, such as `postgresql+psycopg://user@host/name`) the catalogue
    lies on a server and the rest in that folder; None for all in the folder. With `chroma`
    (`BAOGAO_CHROMA`, such as `http://host:8000/name`) the vectors' collection lies on a server.

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
    database: str | None = None
    chroma: str | None = None

    @classmethod
    def read(
        cls, environment: Mapping[str, str] | None = None, folders: Sequence[Path] | None = None
    ) -> Settings:
        """Read the settings.

        Args:
            environment: by default the process's own.
            folders: where a file of settings may be, the first that there is counts; by default
                the folder where the program runs and the user's own, and none where an
                environment is given.

        Raises:
            ModelSetupError: a limit of the chat model is not a number above 0.
            SettingsError: the file cannot be read, or sets what there is not.
        """
        if folders is None:
            own = environment is None
            folders = (Path.cwd(), user_config_path("baogao")) if own else ()
        env = _written(folders) | dict(os.environ if environment is None else environment)
        data = env.get("BAOGAO_DATA")
        return cls(
            data=Path(data).expanduser() if data else user_data_path("baogao"),
            embedding=env.get("BAOGAO_EMBEDDING") or None,
            reranker=env.get("BAOGAO_RERANKER") or None,
            model=env.get("BAOGAO_MODEL") or None,
            model_timeout=_limit(env, "BAOGAO_MODEL_TIMEOUT", _TIMEOUT),
            model_tokens=int(_limit(env, "BAOGAO_MODEL_TOKENS", _TOKENS)),
            read_only=bool(env.get("BAOGAO_READ_ONLY")),
            database=env.get("BAOGAO_DATABASE") or None,
            chroma=env.get("BAOGAO_CHROMA") or None,
        )


_TEXT = ("a text or a number", (str, int, float))
_FLAG = ("true or false", (bool,))


def _written(folders: Sequence[Path]) -> dict[str, str]:
    """Return what the first file of settings says, under the names of the environment."""
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    if path is None:
        return {}
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML in UTF-8 ({error})") from error
    _log.info("settings of %s", path)
    known = Settings.__slots__
    for name, value in said.items():
        if name not in known:
            names = ", ".join(known)
            raise SettingsError(f"{path}: expected the settings {names}; found {name!r}")
        expected, kinds = _FLAG if name == "read_only" else _TEXT
        if type(value) not in kinds:
            raise SettingsError(f"{path}: expected {expected} for {name}, found {value!r}")
    if "data" in said:  # from where the file is, not from where the program runs
        said["data"] = str(path.parent / Path(str(said["data"])).expanduser())
    return {f"BAOGAO_{name.upper()}": _as_written(value) for name, value in said.items()}


def _as_written(value: object) -> str:
    """Return a value as the environment has it, where any text sets a flag."""
    return ("true" if value else "") if isinstance(value, bool) else str(value)


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

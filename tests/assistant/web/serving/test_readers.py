from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ServerError
from assistant.limits import WRONG_PASSWORDS_A_MINUTE
from assistant.web.serving.readers import read_readers
from tests.assistant.cli.test_main import run


def a_file(place: Path, text: str, mode: int = 0o600) -> Path:
    path = place / "readers"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_a_reader_is_known_by_name_and_password(tmp_path: Path) -> None:
    known = read_readers(a_file(tmp_path, "# readers\n\nli:报:告\nwang:x\n"))
    assert known("li", "报:告")
    assert not any(
        known(*pair) for pair in [("li", "x"), ("nobody", ""), ("", ""), ("li", "\ud800")]
    )


def test_who_guesses_at_a_name_has_to_wait_and_others_do_not(tmp_path: Path) -> None:
    known = read_readers(a_file(tmp_path, "li:right\nwang:x\n"))
    assert all(known("li", "right") for _ in range(2 * WRONG_PASSWORDS_A_MINUTE))
    guesses = [known("li", f"guess {number}") for number in range(WRONG_PASSWORDS_A_MINUTE)]
    assert (any(guesses), known("li", "right"), known("wang", "x")) == (False, False, True)


@pytest.mark.parametrize("text", ["", "# none\n", "li\n", "li:\n", ":x\n"])
def test_a_file_without_readers_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ServerError, match="expected"):
        read_readers(a_file(tmp_path, text))


def test_passwords_that_others_can_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="chmod 600"):
        read_readers(a_file(tmp_path, "li:x\n", 0o644))


def test_a_page_for_others_needs_readers_or_a_word(seeds_index: Path) -> None:
    status, output = run("chat", "--data", seeds_index, "--no-browser", "--host", "0.0.0.0")  # noqa: S104
    assert (status, "--auth FILE" in output, "--no-auth" in output) == (1, True, True)

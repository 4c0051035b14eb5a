from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import prompts
from assistant.errors import PromptError
from assistant.prompts import phrase


def test_a_phrase_is_filled_in_the_language_asked_for() -> None:
    assert phrase("report", "en", region="Yumen", year=2023) == (
        "Yumen's 2023 government work report"
    )
    assert phrase("report", "zh-Hans", region="玉门市", year=2023) == "玉门市2023年政府工作报告"


def test_the_templates_own_words_are_put_into_traditional_characters() -> None:
    assert phrase("report", "zh-Hant", region="玉門市", year=2023) == "玉門市2023年政府工作報告"


def test_a_missing_field_is_an_error_that_names_it() -> None:
    with pytest.raises(PromptError, match="wants year"):
        phrase("report", "en", region="Yumen")


def test_an_unknown_field_is_an_error_that_names_it() -> None:
    with pytest.raises(PromptError, match="no field month"):
        phrase("report", "en", region="Yumen", year=2023, month=1)


def test_an_unknown_phrase_is_an_error_that_names_it() -> None:
    with pytest.raises(PromptError, match="'farewell'"):
        phrase("farewell", "en")


def test_a_program_may_have_prompts_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "__init__.py").touch()
    program = "import prompts; from assistant.prompts import phrase; print(phrase('opinion', 'en'))"
    root = Path(prompts.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (tmp_path, root)))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == prompts.phrase("opinion", "en")

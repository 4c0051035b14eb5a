from __future__ import annotations

import pytest

from index.embedding.model_folder import find_model
from index.errors import EmbeddingError


def test_model_that_is_nowhere_is_an_error_of_one_line_with_the_remedy() -> None:
    with pytest.raises(EmbeddingError) as caught:
        find_model("nobody/no-such-model")
    assert "hf download nobody/no-such-model" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "no such model", "a/b/c", "/no/such/folder"])
def test_name_that_no_model_can_have_is_the_same_error(name: str) -> None:
    with pytest.raises(EmbeddingError, match="hf download"):
        find_model(name)

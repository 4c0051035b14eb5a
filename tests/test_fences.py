"""Which package may import which, and where the heavy libraries may be named."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path for package in ("index", "assistant") for path in (ROOT / package).rglob("*.py")
)

ALONE = {
    "chromadb": {"index/derived/vectors.py"},
    "tantivy": {"index/derived/lexical.py"},
    "sqlalchemy": {
        "index/storage/catalogue.py",
        "index/storage/schema.py",
        "index/storage/figure_rows.py",
    },
    "gradio": {"assistant/web/app.py", "assistant/web/figures_tabs.py", "assistant/web/history.py"},
    "langchain_core": {"index/search/langchain.py", "assistant/generation/chat_model.py"},
    "langchain": {"assistant/generation/chat_model.py"},
    "torch": {"index/embedding/damped.py", "index/embedding/training/train.py"},
}
"""Library → the only modules that may import it."""

SLOW = {
    "torch",
    "sentence_transformers",
    "gradio",
    "chromadb",
    "langchain_core",
    "langchain",
    "pypinyin",
}
"""Libraries that cost from half a second to twelve seconds: imported inside functions only."""

AT_TOP = {"index/embedding/damped.py", "index/search/langchain.py"}
"""Modules that exist for one slow library, and are themselves imported inside functions only."""


def imports(path: Path, *, top_level_only: bool = False) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_an_import_names_the_module_and_what_it_takes_from_it(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("import numpy\nfrom index.derived import lexical\n", encoding="utf-8")
    assert list(imports(path)) == ["numpy", "index.derived", "index.derived.lexical"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_stay_inside_the_fences(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    if name_of(path).startswith("index/"):
        assert "assistant" not in roots
    for library, homes in ALONE.items():
        assert library not in roots or name_of(path) in homes


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_slow_libraries_are_imported_where_they_are_used(path: Path) -> None:
    if name_of(path) not in AT_TOP:
        assert not SLOW & {name.split(".")[0] for name in imports(path, top_level_only=True)}


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name != "__init__.py"], ids=name_of
)
def test_only_build_and_search_compose_the_parts_of_the_index(path: Path) -> None:
    parts = {
        "index.storage.catalogue",
        "index.derived.vectors",
        "index.derived.lexical",
        "index.embedding.embedder",
    }
    composed = parts & set(imports(path))
    composers = {"index/build.py", "index/search/searcher.py", "index/search/retrievers.py"}
    if name_of(path).startswith("index/") and name_of(path) not in composers:
        assert len(composed - {"index.storage.catalogue"}) <= 1


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_open_by_saying_what_they_hold(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_stay_short_enough_to_see_whole(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420

"""Which package may import which, and where the heavy libraries may be named."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path for package in ("index", "assistant") for path in (ROOT / package).rglob("*.py")
)

ALONE = {
    "chromadb": {"index/derived/chroma.py", "index/derived/chroma_server.py"},
    "tantivy": {"index/derived/lexical.py"},
    "sqlalchemy": {
        "index/storage/catalogue.py",
        "index/storage/connections.py",
        "index/storage/schema.py",
        "index/storage/seals.py",
        "index/storage/soundness.py",
        "index/storage/reading.py",
        "index/storage/rows.py",
        "index/storage/figure_rows.py",
        "index/storage/source_rows.py",
        "index/storage/figure_table.py",
    },
    "gradio": {
        "assistant/doors/gradio_api.py",
        "assistant/web/app.py",
        "assistant/web/chat_page.py",
        "assistant/web/history.py",
        "assistant/web/panes.py",
        "assistant/web/serving/sessions.py",
    },
    "langchain_core": {"index/search/langchain.py", "assistant/generation/chat_model.py"},
    "langchain": {"assistant/generation/chat_model.py"},
    "pydantic": {"assistant/queries/schema.py", "assistant/doors/completions.py"},
    "mcp": {"assistant/doors/mcp_server.py"},
    "htmldate": {"index/formats/web_page.py"},
    "trafilatura": {"index/formats/web_page.py"},
    "pdfminer": {"index/formats/pdf.py"},
    "docx": {"index/formats/word.py"},
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
    "pydantic",
    "mcp",
    "pypinyin",
    "htmldate",
    "trafilatura",
    "pdfminer",
    "docx",
}
"""Libraries that cost from half a second to twelve seconds: imported inside functions only."""

AT_TOP = {
    "assistant/doors/completions.py",
    "assistant/queries/schema.py",
    "assistant/web/serving/sessions.py",
    "index/embedding/damped.py",
    "index/search/langchain.py",
}
"""Modules that exist for one slow library, and are themselves imported inside functions only."""

_ROOMS = [
    "index/types index/errors",
    "index/processes index/room index/deadline index/writer_lock",
    "index/text",
    "index/lexicon index/places index/storage index/embedding index/formats",
    "index/reports",
    "index/structure",
    "index/figures index/derived",
    "index/search index/ingestion",
    "index/build index/checkup index/backup",
    "assistant/errors assistant/types",
    "assistant/settings assistant/prompts assistant/limits",
    "assistant/queries",
    "assistant/questions assistant/claims",
    "assistant/reading",
    "assistant/answering assistant/grounding",
    "assistant/wording",
    "assistant/generation assistant/records assistant/panel",
    "assistant/analysis",
    "assistant/deciding",
    "assistant/answer",
    "assistant/evaluation assistant/checking",
    "assistant/verification",
    "assistant/doors",
    "assistant/web",
    "assistant/cli",
    "assistant/__main__",
]
"""The floors, lowest first: the rooms of each, and the modules that stand outside of rooms."""

FLOORS = {room: floor for floor, rooms in enumerate(_ROOMS) for room in rooms.split()}


def room_of(name: str) -> str | None:
    """Return the room of a module's path, or the module itself where it stands in none."""
    room = "/".join(name.removesuffix(".py").split("/")[:2])
    return room if room in FLOORS else None


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


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_import_goes_down_a_floor(path: Path) -> None:
    """A room imports from lower floors and from itself; that leaves no circle between rooms."""
    here, package = room_of(name_of(path)), name_of(path).split("/")[0]
    for target in imports(path):
        there = room_of(target.replace(".", "/"))
        if there and there != here and target.startswith(f"{package}."):
            assert here, "a room without a floor: give it one in `_ROOMS`"
            assert FLOORS[there] < FLOORS[here], f"{here} imports {target}"


def modules_imported(paths: Mapping[str, Path]) -> dict[str, set[str]]:
    """Return what each module imports of the others, inside functions and for types too."""
    return {
        module: {name for name in imports(path) if name in paths and name != module}
        for module, path in paths.items()
    }


def circle_among(paths: Mapping[str, Path]) -> list[str]:
    """Return modules each of which imports the one before it, the first one again at the end."""
    try:
        TopologicalSorter(modules_imported(paths)).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Packages are left out: their `__init__.py` imports nothing."""
    paths = {
        name_of(path).removesuffix(".py").replace("/", "."): path
        for path in (*MODULES, *(ROOT / "benchmarks").rglob("*.py"))
        if path.name != "__init__.py"
    }
    assert circle_among(paths) == []


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name == "__init__.py"], ids=name_of
)
def test_packages_hold_their_line_of_docstring_alone(path: Path) -> None:
    assert len(ast.parse(path.read_text(encoding="utf-8")).body) == 1


def test_a_circle_through_functions_and_types_is_seen(tmp_path: Path) -> None:
    texts = {
        "a": "def read():\n    from b import write\n",
        "b": "if TYPE_CHECKING:\n    import c\n",
        "c": "from a import read\n",
        "d": "import a\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    assert set(circle_among({name: tmp_path / f"{name}.py" for name in texts})) == {"a", "b", "c"}
    assert circle_among({name: tmp_path / f"{name}.py" for name in "abd"}) == []


@pytest.mark.parametrize("room", sorted({path.parent for path in MODULES}), ids=name_of)
def test_rooms_stay_small_enough_to_know(room: Path) -> None:
    assert len([path for path in room.glob("*.py") if path.name != "__init__.py"]) <= 12


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_open_by_saying_what_they_hold(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_stay_short_enough_to_see_whole(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short_enough_to_see_whole(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    lengths = {each.name: (each.end_lineno or 0) - each.lineno + 1 for each in functions}
    assert {name: length for name, length in lengths.items() if length > 80} == {}

"""What the pages say of the program is so: commands and options, packages, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from tests import commands_page
from tests.pages import PAGES, ROOT, named_commands, named_options

COMMANDS = commands_page.commands()
GENERAL = commands_page.options_of(commands_page.group())
KNOWN = GENERAL.union(*map(commands_page.options_of, COMMANDS.values()))
OTHERS = {"--failures", "--pause"}
"""Options of benchmarks, which are no commands."""
WORDS = re.compile(r"'[^']*'|\"[^\"]*\"|\S+")
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def test_the_page_of_commands_tells_what_help_tells() -> None:
    told = commands_page.PAGE.read_text(encoding="utf-8")
    assert told == commands_page.page(), "run `python -m tests.commands_page`"


@each_page
def test_a_command_that_a_page_names_is_one_with_these_options(page: Path) -> None:
    for named in named_commands(page):
        words = WORDS.findall(named)
        while words and words[0].startswith("-"):
            assert words.pop(0) in GENERAL, named
        if words:
            assert words[0] in COMMANDS, named
            given = {word.split("=")[0] for word in words[1:] if re.match(r"--?[a-z]", word)}
            assert given <= commands_page.options_of(COMMANDS[words[0]]), named


@each_page
def test_an_option_that_a_page_names_is_one(page: Path) -> None:
    assert [name for name in named_options(page) if name not in KNOWN | OTHERS] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_every_command_is_named_on_the_first_page(name: str) -> None:
    named = {WORDS.findall(each)[0] for each in named_commands(ROOT / name) if each}
    assert set(COMMANDS) <= named


@each_page
def test_a_link_leads_to_a_page_and_a_heading_of_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", text)):
        if re.match(r"\w+:", link):
            continue
        path, _, heading = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if heading:
            assert heading in anchors(target), link


def anchors(page: Path) -> set[str]:
    """Return the anchors that hosts of code make of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def test_every_page_of_docs_can_be_found_from_the_first_one() -> None:
    found, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        found.add(page)
        links = re.findall(r"\]\(([^)\s#]+\.md)", page.read_text(encoding="utf-8"))
        linked = {(page.parent / link).resolve() for link in links if ":" not in link}
        todo += linked - found
    assert [page for page in PAGES if page.resolve() not in found] == []


FREE = re.compile(
    r"\b(?:MIT(?:-0|-CMU)?|0BSD|BSD|Apache|ISC|ISCL|PSF|Python Software Foundation|Zlib|CC0"
    r"|BSL-1\.0|CNRI|HPND|Unlicense|WTFPL)\b",
    re.IGNORECASE,
)


def test_a_package_under_another_licence_is_named_on_the_page_of_licences() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.-]+)`", page))
    asks_for_more = {
        name for name, said in licences("baogao") if re.search("GPL|MPL|Mozilla", said)
    }
    unknown = {name for name, said in licences("baogao") if not FREE.search(said)}
    assert (asks_for_more | unknown) - named == set()
    assert "tld" in asks_for_more


def licences(package: str) -> Iterator[tuple[str, str]]:
    """Yield what a package needs, directly or not, each with what it says of its licence."""
    seen, todo = set[str](), [package]
    while todo:
        name = re.sub(r"[-_.]+", "-", todo.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # what another system or version of Python needs
        said = found.metadata.json
        classified = [each for each in said.get("classifier", ()) if "License" in each]
        written = str(said.get("license", "")).partition("\n")[0]
        yield name, str(said.get("license_expression") or " ".join(classified) or written)
        needs = (each for each in found.requires or () if "extra ==" not in each)
        todo += [re.match(r"[\w.-]+", each)[0] for each in needs]  # type: ignore[index]

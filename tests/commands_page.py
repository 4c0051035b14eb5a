"""Writes docs/commands.md, every command as its help tells it: `python -m tests.commands_page`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping

import typer
from typer.core import TyperCommand, TyperGroup

from assistant.cli.main import app
from tests.pages import ROOT

PAGE = ROOT / "docs" / "commands.md"

_TOP = """# Commands

Every command and option, as `--help` tells them. By example: the [README](../README.md).

Before a command may stand `-v` (what is done, on standard error), `-q` (errors alone) and
`--version`; `baogao --install-completion` sets up the shell's completion.

| status | |
|---|---|
| 0 | done |
| 1 | it failed, as one line on standard error tells; or it found what should not be: {found} |
| 2 | called wrongly; a bundle that cannot be read |
| 3 | `index` left files out, and took the others in |
| 130 | stopped by Ctrl+C (the chat, which ends that way, gives 0) |
"""


_FOUND = (
    "an abstention with `ask --strict`, a contradiction with `check`, damage with `doctor`, "
    "a statement that does not hold with `verify`"
)


def group() -> TyperGroup:
    """Return the program."""
    found = typer.main.get_command(app)
    assert isinstance(found, TyperGroup)
    return found


def commands() -> Mapping[str, TyperCommand]:
    """Return the commands by their names."""
    named = group().commands.items()
    return {name: each for name, each in named if isinstance(each, TyperCommand)}


def options_of(command: TyperCommand | TyperGroup) -> set[str]:
    """Return every way in which the options of a command are written, its help too."""
    named = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    return {name for name in named if name.startswith("-")} | {"-h", "--help"}


def page() -> str:
    """Return the page."""
    sections = (_section(name, command) for name, command in commands().items())
    return "\n".join([_TOP.format(found=_FOUND), *sections])


def _section(name: str, command: TyperCommand) -> str:
    with command.make_context(name, [], resilient_parsing=True) as context:
        records = [each.get_help_record(context) for each in command.params]
        pieces = command.collect_usage_pieces(context)
    rows = [_row(*record) for record in records if record]
    said = inspect.cleandoc(command.help or "")
    usage = " ".join(["baogao", name, *pieces])
    return f"## {name}\n\n`{usage}`\n\n{said}\n\n| | |\n|---|---|\n" + "".join(rows)


def _row(written: str, said: str) -> str:
    written = re.sub(r"list\[(\w+)\]", r"\1", written).replace(" range>", ">").replace("|", "\\|")
    return f"| `{written}` | {' '.join(said.split())} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""What stands beside a panel for people and programs: data dictionary, JSON Schema, data package.

Knows the columns and how much was written, not how. The data package is Frictionless' tabular one
(https://specs.frictionlessdata.io), the schema is JSON Schema 2020-12 and describes a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.panel.columns import Column, columns, scope
from index.lexicon.indicators import Indicator

NAME = "baogao-panel"
"""The name of the data package, by which one of ours is known."""

_MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "dta": "application/x-stata-dta",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the panel: its name and format, bytes and their SHA-256 in hexadecimal digits."""

    name: str
    format: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a panel holds; `indicators` counts, by indicator and unit, rows with a value."""

    rows: int
    places: int
    years: tuple[int, int] | None
    indicators: Mapping[tuple[Indicator, str], int]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a row."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A row of the panel of government work reports",
        "type": "object",
        "properties": {column.name: _property(column) for column in columns()},
        "required": [column.name for column in columns()],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": column.about,
        "type": column.type if column.required else [column.type, "null"],
    }
    if column.values:
        described["enum"] = [*column.values, *([] if column.required else [None])]
    if column.url:
        described["format"] = "uri"
    return described


def data_package(files: Sequence[Written], version: str) -> dict[str, Any]:
    """Return the Frictionless description of the files of one panel."""
    return {
        "name": NAME,
        "title": "Targets and results of Chinese government work reports",
        "description": scope(),
        "created_by": f"baogao {version}",
        "profile": "data-package",
        "resources": [_resource(file) for file in files],
    }


def _resource(file: Written) -> dict[str, Any]:
    is_csv = file.format == "csv"
    described: dict[str, Any] = {
        "name": f"panel-{file.format}",
        "path": file.name,
        "profile": "tabular-data-resource" if is_csv else "data-resource",
        "format": file.format,
        "mediatype": _MEDIA_TYPES[file.format],
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": table_schema(),
    }
    if is_csv:
        described["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'}
    return described


def table_schema() -> dict[str, Any]:
    """Return the Table Schema of the columns."""
    return {
        "fields": [_field(column) for column in columns()],
        "primaryKey": [column.name for column in columns() if column.key],
        "missingValues": [""],
    }


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        limits["enum"] = list(column.values)
    described: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "description": column.about,
    }
    if column.url:
        described["format"] = "uri"
    return described | ({"constraints": limits} if limits else {})


def dictionary(extent: Extent) -> str:
    """Return the data dictionary as Markdown: the columns, then the indicators that have rows."""
    lines = ["# Data dictionary", "", *_held(extent), "", "## Columns", ""]
    lines += ["| column | type | what it holds |", "|---|---|---|"]
    for column in columns():
        meanings = "; ".join(f"`{value}`: {said}" for value, said in column.values.items())
        about = " ".join(filter(None, (column.about, meanings)))
        lines.append(f"| `{column.name}` | {column.type} | {about.replace('|', chr(92) + '|')} |")
    lines += ["", "## Indicators", "", "| id | Chinese | English | unit | rows |"]
    lines.append("|---|---|---|---|---:|")
    for (indicator, unit), rows in extent.indicators.items():
        cells = (f"`{indicator.id}`", indicator.zh, indicator.en, unit or "—", f"{rows:,}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _held(extent: Extent) -> list[str]:
    years = "" if extent.years is None else f", {extent.years[0]} to {extent.years[1]}"
    held = f"{extent.rows:,} rows, {extent.places:,} places{years}."
    return [held, "", scope()]

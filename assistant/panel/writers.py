"""Writes the rows of a panel to a file: CSV, JSON Lines, Parquet or Stata, by its name's end.

CSV, JSON Lines and Parquet are written as the rows come. Knows columns and cells, no figures.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from assistant.errors import PanelError
from assistant.panel.columns import Cell, Column, columns

Write = Callable[[Mapping[str, Cell]], None]
"""Takes the cells of one row."""

_BATCH = 5_000
"""Rows of a row group of Parquet."""
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula."""


@contextmanager
def csv_writer(path: Path) -> Iterator[Write]:
    """Write UTF-8 CSV (RFC 4180) without a byte order mark.

    Text that a spreadsheet could take for a formula begins with an apostrophe.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        yield csv_into(file)


def csv_into(file: TextIO) -> Write:
    """Begin CSV in an open file, as `csv_writer` has it, and return what takes its rows."""
    writer = csv.writer(file)
    writer.writerow([column.name for column in columns()])

    def write(cells: Mapping[str, Cell]) -> None:
        writer.writerow([_as_text(cell) for cell in cells.values()])

    return write


def _as_text(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


@contextmanager
def json_lines_writer(path: Path) -> Iterator[Write]:
    """Write a JSON object a row, every column in each."""
    with path.open("w", encoding="utf-8") as file:

        def write(cells: Mapping[str, Cell]) -> None:
            record = {name: _as_number(cell) for name, cell in cells.items()}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")

        yield write


def _as_number(cell: Cell) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell


@contextmanager
def parquet_writer(path: Path) -> Iterator[Write]:
    """Write Parquet, with what each column holds in its metadata.

    Raises:
        PanelError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise PanelError(
            "Parquet needs pyarrow, which is not installed: pip install 'baogao[parquet]', "
            "or write .csv, .jsonl or .dta"
        ) from error
    kinds = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    schema = pa.schema(
        pa.field(
            column.name,
            kinds[column.type],
            nullable=not column.required,
            metadata={"description": column.about},
        )
        for column in columns()
    )
    batch: list[dict[str, Any]] = []
    with pq.ParquetWriter(path, schema) as writer:

        def flush() -> None:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            batch.clear()

        def write(cells: Mapping[str, Cell]) -> None:
            batch.append({name: _as_number(cell) for name, cell in cells.items()})
            if len(batch) == _BATCH:
                flush()

        yield write
        flush()


@contextmanager
def stata_writer(path: Path) -> Iterator[Write]:
    """Write Stata's format 118 (Stata 14 and newer), with labels; the rows are held until the end.

    Raises:
        PanelError: pandas is not installed.
    """
    try:
        import pandas  # noqa: F401
    except ImportError as error:
        raise PanelError(
            "Stata needs pandas, which is not installed: pip install 'baogao[stata]', "
            "or write .csv, .jsonl or .parquet"
        ) from error
    held: dict[str, list[Any]] = {column.name: [] for column in columns()}

    def write(cells: Mapping[str, Cell]) -> None:
        for name, cell in cells.items():
            value = _as_number(cell)
            held[name].append(sys.intern(value) if isinstance(value, str) else value)

    yield write
    _write_stata(held, path)


_LABEL = 80
"""Characters that Stata takes of a variable's label."""
_SHORT = 60
"""Characters of text up to which Stata holds it in the row."""


def _write_stata(held: dict[str, list[Any]], path: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {column.name: _stata_column(column, held.pop(column.name)) for column in columns()}
    )
    long = [
        column.name
        for column in columns()
        if column.type == "string" and not column.values and _is_long(frame[column.name])
    ]
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        data_label="Targets and results of Chinese government work reports",
        variable_labels={column.name: column.about[:_LABEL] for column in columns()},
        convert_strl=long,
    )


def _stata_column(column: Column, values: list[Any]) -> Any:  # noqa: ANN401 - a pandas Series
    import pandas as pd

    if column.values and values:  # Stata's labels of no row cannot be written
        return pd.Categorical(values, categories=list(column.values))
    if column.type == "string":
        return pd.Series(["" if value is None else value for value in values], dtype=object)
    return pd.Series(values, dtype="int32" if column.required else "float64")


def _is_long(texts: Any) -> bool:  # noqa: ANN401 - a pandas Series
    return any(len(text.encode()) > _SHORT for text in texts)


WRITERS = {
    "csv": csv_writer,
    "jsonl": json_lines_writer,
    "parquet": parquet_writer,
    "dta": stata_writer,
}
"""How a file is written, by the end of its name."""

"""Rows of figures as Parquet, where pyarrow is installed.

Knows nothing of pages.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from assistant.answering.figures.export import FigureRow, to_records


def to_parquet(rows: Sequence[FigureRow]) -> bytes:
    """Return rows as Parquet, with the columns of the CSV.

    Raises:
        ImportError: pyarrow is not installed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    numbers = {"start": pa.int64(), "end": pa.int64(), "certainty": pa.float64()}
    columns = FigureRow.__dataclass_fields__
    schema = pa.schema([(name, numbers.get(name, pa.string())) for name in columns])
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(to_records(rows), schema=schema), out)
    return out.getvalue()

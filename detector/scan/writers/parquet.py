"""Parquet with a fixed schema: one file, or a folder of files that dataset readers take as one table."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from detector.scan.state import sync_folder
from detector.scan.writers.base import Writer
from detector.scan.writers.flat import COLUMNS, clean, flatten

_GROUP = 8_192  # rows a row group: what is held in memory
_FILE = 262_144  # rows a file of a folder
_TYPES = {
    "probability": "float64",
    "ratio": "float64",
    "monthly_idr_low": "int64",
    "monthly_idr_high": "int64",
    "benchmark_idr": "int64",
}  # everything else is text: an input's column may hold a number in one row and a word in the next


class ParquetWriter(Writer):
    """One Parquet file."""

    def __init__(self, path: Path, columns: Sequence[str] = ()) -> None:
        super().__init__(path, columns)
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._names = (*COLUMNS, *(f"source.{name}" for name in self.columns))
        self._schema = pa.schema([(clean(n), pa.type_for_alias(_TYPES.get(n, "string"))) for n in self._names])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, record: dict[str, Any]) -> None:
        """Append one record."""
        flat = flatten(record)
        self._rows.append({clean(name): _value(name, flat.get(name)) for name in self._names})
        if len(self._rows) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        """Write the last rows and the footer."""
        self._flush()
        self._writer.close()
        with self.path.open("rb+") as handle:
            os.fsync(handle.fileno())

    def abandon(self) -> None:
        """Close the file as it is."""
        self._rows = []
        self._writer.close()


class DatasetWriter(Writer):
    """A folder of Parquet files ``part-00000.parquet`` ... with the same schema, in input order."""

    def __init__(self, path: Path, columns: Sequence[str] = ()) -> None:
        super().__init__(path, columns)
        path.mkdir()
        self._number = self._rows = 0
        self._file = self._next()

    def _next(self) -> ParquetWriter:
        return ParquetWriter(self.path / f"part-{self._number:05d}.parquet", self.columns)

    def write(self, record: dict[str, Any]) -> None:
        """Append one record; a full file is finished first."""
        if self._rows == _FILE:
            self._file.close()
            self._number, self._rows = self._number + 1, 0
            self._file = self._next()
        self._file.write(record)
        self._rows += 1

    def close(self) -> None:
        """Finish the last file."""
        self._file.close()
        sync_folder(self.path)

    def abandon(self) -> None:
        """Close the last file as it is."""
        self._file.abandon()


def _value(name: str, value: Any) -> Any:
    if value is None or name in _TYPES:
        return value
    return clean(value) if isinstance(value, str) else str(value)

"""CSV in UTF-8 with a header; lists joined by ``;``."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from detector.scan.state import sync
from detector.scan.writers.base import Writer
from detector.scan.writers.flat import COLUMNS, clean, flatten, safe_cell


class CsvWriter(Writer):
    """Comma-separated, quoted where needed, formula-safe."""

    def __init__(self, path: Path, columns: Sequence[str] = ()) -> None:
        super().__init__(path, columns)
        self._names = (*COLUMNS, *(f"source.{name}" for name in self.columns))
        self._handle = path.open("w", encoding="utf-8", newline="")
        self._csv = csv.writer(self._handle)
        self._csv.writerow([clean(name) for name in self._names])

    def write(self, record: dict[str, Any]) -> None:
        """Append one record."""
        flat = flatten(record)
        cells = (flat.get(name) for name in self._names)
        self._csv.writerow([safe_cell(clean(cell) if isinstance(cell, str) else cell) for cell in cells])

    def close(self) -> None:
        """Finish the file."""
        sync(self._handle)
        self._handle.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._handle.close()

"""JSON Lines: the records as they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from detector.scan.state import sync
from detector.scan.writers.base import Writer


class JsonLinesWriter(Writer):
    """One JSON object a line, UTF-8."""

    def __init__(self, path: Path, columns: Sequence[str] = ()) -> None:
        super().__init__(path, columns)
        self._handle = path.open("wb")

    def write(self, record: dict[str, Any]) -> None:
        """Append one record."""
        self.write_line(json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace"))

    def write_line(self, line: bytes) -> None:
        """Append one record that is encoded already, without its line end."""
        self._handle.write(line + b"\n")

    def close(self) -> None:
        """Finish the file."""
        sync(self._handle)
        self._handle.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._handle.close()

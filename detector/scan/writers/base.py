"""What every writer of records offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MAX_SHEET_ROWS = 1_048_575  # rows of a worksheet below its header


class Writer(ABC):
    """Writes records in order to a path that nobody else sees yet; the merge renames it when all is written.

    `path` is where to write, `columns` the names of the source columns that the records carry ("source." not in them).
    """

    most_rows: int | None = None
    """How many records fit, None for any number."""

    def __init__(self, path: Path, columns: Sequence[str] = ()) -> None:
        self.path = path
        self.columns = tuple(columns)

    @classmethod
    def check(cls) -> None:
        """Raise InputError with what to install when this format cannot be written here."""
        return

    @abstractmethod
    def write(self, record: dict[str, Any]) -> None:
        """Append one record."""

    @abstractmethod
    def close(self) -> None:
        """Finish the output and bring it to the disk."""

    def abandon(self) -> None:
        """Let go of the output without finishing it; the caller removes it."""
        return

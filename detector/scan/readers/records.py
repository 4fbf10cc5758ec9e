"""What one format's reader gives to the mapping onto rows: records with their position, and a place for remarks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from detector.scan.readers.sources import File
from detector.scan.readers.streams import shown
from detector.scan.rows import InputError, Rejects, Report


class Record(NamedTuple):
    """One record as it stands in its file: `number` is that of its row, line or element, `table` the sheet it is in,
    `place` the chat it is from, `prefix` what makes its own id one of the whole file (a chat's id)."""

    number: int | str
    data: dict[str, Any]
    table: str = ""
    place: str | None = None
    prefix: str = ""


class DamagedError(InputError):
    """The file ends before its time or goes wrong in the middle; what stands before that was read."""


@dataclass(slots=True)
class Job:
    """One file being read: where left-out rows and remarks go."""

    file: File
    report: Report
    rejects: Rejects | None = None
    encoding: str = ""

    def reject(self, reason: str, where: int | str, raw: str | bytes) -> None:
        """Count a row that cannot be used, and hand on its beginning."""
        self.report.rejected[reason] += 1
        if self.rejects is not None:
            self.rejects(reason, f"{self.file.label}:{where}", shown(raw))

    def skip(self, reason: str) -> None:
        """Count what is no row by its nature."""
        self.report.skipped[reason] += 1

    def note(self, words: str) -> None:
        """Remark on this file."""
        self.report.note(f"{self.file.label}: {words}")


def plain(value: Any) -> Any:
    """`value` as JSON knows it: dates as ISO 8601, numbers and text as they are, no half characters."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, float):
        return value if value - value == 0 else None  # NaN and infinities are empty cells
    if isinstance(value, datetime | date | time):
        return value.isoformat() if value == value else None  # pandas' NaT is not equal to itself
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    if isinstance(value, dict):
        return {whole(str(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(part) for part in value]
    return whole(str(value))


def whole(text: str) -> str:
    """`text` with halves of surrogate pairs, which no file can hold, as U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text

"""What a scan is asked to do, and how much it does at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

LEVELS = ("high", "check", "low")


@dataclass(frozen=True, slots=True)
class Options:
    """What decides the content of the records.

    Attributes
    ----------
    text_column, id_column, date_column, place_column:
        The input's columns; None lets the reader choose.
    keep:
        Carry the input's own columns under ``source``.
    redact:
        Replace phones, mail, handles and links by keyed pseudonyms.
    campaigns:
        Also keep what grouping needs.
    part_rows, part_chars:
        A part ends at so many rows, or at the row with which it reaches so many characters: that bounds the memory.
    """

    text_column: str | None = None
    id_column: str | None = None
    date_column: str | None = None
    place_column: str | None = None
    keep: bool = False
    redact: bool = False
    campaigns: bool = False
    part_rows: int = 1024
    part_chars: int = 8_000_000

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; a stopped scan continues only with the same."""
        return asdict(self)

"""How the rows of one table are read: as a known export, or by columns named or guessed."""

from __future__ import annotations

from typing import Any

from detector.scan.readers.columns import Columns, ReadOptions, as_text, choose_columns, value_at
from detector.scan.readers.shapes import WHATSAPP, Fields, Shape, shape_of

__all__ = ["Fields", "How", "fields_of", "how_to_read"]

How = Shape | Columns


def how_to_read(sample: list[dict[str, Any]], options: ReadOptions, label: str, whatsapp: bool = False) -> How:
    """The known export or the columns of a table, from its first records.

    Raises
    ------
    InputError
        When a column that was asked for is not there.
    NoTextError
        When none was asked for and none looks like text.
    """
    shape = WHATSAPP if whatsapp else shape_of(sample)
    named = options != ReadOptions()
    if shape is not None and (not named or "chat" in shape.name or "Telegram" in shape.name):
        return shape
    return choose_columns(sample, options, label)


def fields_of(how: How, record: dict[str, Any]) -> Fields:
    """Text, id, date, place and address of a record; one that is of another make is left out, not guessed at."""
    if isinstance(how, Columns):
        return _by_columns(how, record)
    try:
        if not how.fits(record):
            return Fields(unfit=f"not like other records of a {how.name}")
        return how.fields(record)
    except (KeyError, TypeError, AttributeError, IndexError):
        return Fields(unfit=f"not like other records of a {how.name}")


def _by_columns(columns: Columns, record: dict[str, Any]) -> Fields:
    place = value_at(record, columns.place) if columns.place else None
    url = value_at(record, columns.url) if columns.url else None
    return Fields(
        columns.text_of(record),
        value_at(record, columns.id) if columns.id else None,
        value_at(record, columns.date) if columns.date else None,
        as_text(place).strip()[:200] or None,
        url if isinstance(url, str) and url else None,
    )

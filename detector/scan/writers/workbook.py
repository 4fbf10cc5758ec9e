"""XLSX, written row by row: the workbook is never whole in memory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from detector.scan.rows import InputError
from detector.scan.state import sync
from detector.scan.writers.base import MAX_SHEET_ROWS, Writer
from detector.scan.writers.flat import COLUMNS, clean, flatten, safe_cell

_MAX_CELL = 32_767  # characters that a cell can hold
_MAX_COLUMNS = 16_384
_EXACT = 999_999_999_999_999  # a spreadsheet rounds longer numbers: ids of posts would change
_EPOCH = datetime(1980, 1, 1)  # the earliest that a ZIP archive can say
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not allowed in XML


class WorkbookWriter(Writer):
    """One sheet "records" with a header that stays in view."""

    most_rows = MAX_SHEET_ROWS

    def __init__(self, path: Path, columns: Sequence[str] = ()) -> None:
        super().__init__(path, columns)
        from openpyxl import Workbook

        self._names = (*COLUMNS, *(f"source.{name}" for name in self.columns))[:_MAX_COLUMNS]
        self._book = Workbook(write_only=True)
        self._book.properties.created = self._book.properties.modified = _EPOCH
        self._sheet = self._book.create_sheet("records")
        self._sheet.freeze_panes = "A2"
        self._sheet.append([_cell(name) for name in self._names])

    @classmethod
    def check(cls) -> None:
        """Raise InputError when openpyxl is missing."""
        if find_spec("openpyxl") is None:
            raise InputError("Workbooks need openpyxl; install it with: pip install 'lure-detector[xlsx]'")

    def write(self, record: dict[str, Any]) -> None:
        """Append one record."""
        flat = flatten(record)
        self._sheet.append([_cell(flat.get(name)) for name in self._names])

    def close(self) -> None:
        """Pack the sheet into the workbook."""
        from openpyxl.writer.excel import ExcelWriter

        with self.path.open("w+b") as handle:
            # Not Workbook.save, which writes the time of day: the same records give the same bytes.
            ExcelWriter(self._book, _TimelessZip(handle, "w", ZIP_DEFLATED)).save()
            sync(handle)

    def abandon(self) -> None:
        """Remove the sheet's temporary file."""
        self._sheet.close()
        self._book.close()


class _TimelessZip(ZipFile):
    """An archive whose members carry no time."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **more: Any) -> None:
        named = isinstance(zinfo_or_arcname, str)
        super().writestr(_member(zinfo_or_arcname) if named else zinfo_or_arcname, data, *args, **more)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **more: Any) -> None:
        with Path(filename).open("rb") as source, self.open(_member(str(arcname)), "w", force_zip64=True) as member:
            copyfileobj(source, member)


def _member(name: str) -> ZipInfo:
    entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _cell(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int) and abs(value) > _EXACT:
        return str(value)
    if not isinstance(value, str):
        return value if isinstance(value, int | float) else str(value)
    return safe_cell(clean(_CONTROL.sub(" ", value)))[:_MAX_CELL]

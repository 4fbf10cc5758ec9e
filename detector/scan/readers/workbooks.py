"""Excel workbooks (.xlsx), sheet by sheet and row by row; needs openpyxl (`pip install "lure-detector[xlsx]"`)."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from detector.scan.readers.records import DamagedError, Job, Record, plain
from detector.scan.readers.tables import table_records
from detector.scan.rows import InputError

MOST_ROWS = 1 << 20  # rows of a sheet, by the format's own limit
_SHARED_LIMIT = 256 << 20  # bytes of the table of texts, which openpyxl holds as a whole
_SHEET_LIMIT = 8 << 30  # bytes of one unpacked sheet


def read_xlsx(job: Job) -> Iterator[Record]:
    """Records of every sheet, each below its own header. Formulas give the value that was saved with them.

    Raises
    ------
    InputError
        When openpyxl is missing or the file is no workbook.
    DamagedError
        After the rows before the place where a sheet cannot be read.
    """
    try:
        import openpyxl
    except ImportError:
        raise InputError(
            f"{job.file.label} is an Excel file; install its reader with: pip install 'lure-detector[xlsx]', "
            "or save the sheet as 'CSV UTF-8'."
        ) from None
    with job.file.seekable() as handle:
        _check(job, handle)
        # openpyxl warns of styles and validations that it does not keep; only values are read here.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                book = openpyxl.load_workbook(handle, read_only=True, data_only=True, keep_links=False)
            except Exception as problem:  # a broken workbook fails in whatever part of it is broken
                raise InputError(_broken(job, problem)) from None
            sheets = book.worksheets
            for sheet in sheets:
                name = sheet.title if len(sheets) > 1 else ""
                try:
                    yield from table_records(_rows(sheet), name)
                except InputError:
                    raise
                except Exception as problem:
                    raise DamagedError(_broken(job, problem)) from None


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # The size that a sheet claims for itself is often wrong (one cell, or all 17 billion).
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=MOST_ROWS, values_only=True):
        yield tuple(plain(cell) for cell in row) if any(cell is not None for cell in row) else ()


def _check(job: Job, handle: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(handle) as archive:
            for info in archive.infolist():
                sheet = info.filename.startswith("xl/worksheets/")
                if info.file_size > (_SHEET_LIMIT if sheet else _SHARED_LIMIT):
                    raise InputError(
                        f"{job.file.label} unpacks to more than fits into memory; save it as 'CSV UTF-8' and scan that."
                    )
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as problem:
        if isinstance(problem, InputError):
            raise
        raise InputError(_broken(job, problem)) from None
    handle.seek(0)


def _broken(job: Job, problem: Exception) -> str:
    return (
        f"{job.file.label} is damaged or no Excel workbook ({type(problem).__name__}); "
        "open it in a spreadsheet and save it as 'CSV UTF-8'."
    )

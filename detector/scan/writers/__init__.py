"""Outputs by ending: JSON Lines, CSV, XLSX, Parquet (a file, or a folder of files). Each writes record by record.
An output that ends in .html holds no records: it is the report alone.

A new format is one module with a class like the others and one line in :data:`WRITERS`.
"""

from __future__ import annotations

from pathlib import Path

from detector.scan.report import ENDINGS as REPORT_ENDINGS
from detector.scan.rows import InputError
from detector.scan.writers.base import MAX_SHEET_ROWS, Writer
from detector.scan.writers.delimited import CsvWriter
from detector.scan.writers.flat import COLUMNS, flatten, safe_cell
from detector.scan.writers.json_lines import JsonLinesWriter
from detector.scan.writers.parquet import DatasetWriter, ParquetWriter
from detector.scan.writers.workbook import WorkbookWriter

__all__ = [
    "COLUMNS", "MAX_SHEET_ROWS", "WRITERS", "CsvWriter", "DatasetWriter", "JsonLinesWriter", "ParquetWriter", "Target",
    "WorkbookWriter", "Writer", "flatten", "safe_cell", "target",
]  # fmt: skip

WRITERS: dict[str, type[Writer]] = {
    ".jsonl": JsonLinesWriter,
    ".csv": CsvWriter,
    ".xlsx": WorkbookWriter,
    ".parquet": ParquetWriter,
}


class Target:
    """An output: its path without a closing slash, and the class that writes it; None where it is a report."""

    def __init__(self, path: Path, writer: type[Writer] | None) -> None:
        self.path = path
        self.writer = writer


def target(out: str | Path) -> Target:
    """The output that the name `out` asks for.

    Raises
    ------
    InputError
        When there is no writer for its ending, or what the writer needs is not installed.
    """
    if str(out).endswith(("/", "\\")):
        return Target(Path(out), DatasetWriter)
    path = Path(out)
    writer = WRITERS.get(path.suffix.lower())
    if path.suffix.lower() in REPORT_ENDINGS:
        return Target(path, None)
    if writer is None:
        raise InputError(
            f"Cannot write {path.name}: name the output .jsonl, .csv, .xlsx or .parquet, .html for a report alone, "
            "or end it in / for a folder of Parquet files."
        )
    writer.check()
    return Target(path, writer)

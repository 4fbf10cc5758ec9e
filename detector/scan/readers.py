"""Rows to scan, one small generator per format. A row that cannot be used becomes a counted reason, never a crash."""

from __future__ import annotations

import codecs
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

TEXT_COLUMNS = ("text", "body", "message", "caption", "description")
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


class InputError(ValueError):
    """The input cannot be scanned as it is; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text to assess: `id` as in the input or the number of its row there (JSON Lines: its line), `source` the
    input's own columns."""

    id: str | int
    text: str
    source: dict[str, Any]


@dataclass(slots=True)
class Report:
    """What a reader noticed: the column it took the texts from, and why rows were left out."""

    text_column: str = ""
    guessed: bool = False
    rejected: Counter[str] = field(default_factory=Counter)


def read(path: Path, report: Report, text_column: str | None = None) -> Iterator[Row]:
    """Rows of a JSON Lines or CSV file, in order, one at a time.

    Raises
    ------
    InputError
        When the file is missing, of another format, neither UTF-8 nor marked UTF-16, or has no column of text.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder; name one .jsonl or .csv file in it.")
    if not path.is_file():
        raise InputError(f"There is no file {path}; check the name and try again.")
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        records = _json_lines(path, report)
    elif suffix in (".csv", ".tsv"):
        records = _csv(path, "\t" if suffix == ".tsv" else None)
    else:
        raise InputError(f"{path.name} is neither JSON Lines (.jsonl) nor CSV (.csv); convert it to one of them.")
    yield from _rows(records, report, text_column)


def _rows(records: Iterator[tuple[int, dict[str, Any]]], report: Report, text_column: str | None) -> Iterator[Row]:
    for number, record in records:
        if not report.text_column:
            report.text_column, report.guessed = _choose_column(record, text_column)
        value = record.get(report.text_column)
        if not isinstance(value, str):
            # An empty cell is still a row of the output; a number in a text column is shown as it is written.
            value = "" if value is None else str(value)
        identifier = record.get("id")
        yield Row(identifier if identifier not in (None, "") else number, value, record)


def _choose_column(record: dict[str, Any], wanted: str | None) -> tuple[str, bool]:
    if wanted is not None:
        if wanted not in record:
            raise InputError(f"There is no column {wanted!r}; the columns are: {', '.join(map(str, record))}.")
        return wanted, False
    by_name = {str(name).strip().lower(): str(name) for name in record}
    for name in TEXT_COLUMNS:
        if name in by_name:
            return by_name[name], name != "text"
    raise InputError(
        f"No column of text was found among: {', '.join(map(str, record))}. Name it with --text-column COLUMN."
    )


def _json_lines(path: Path, report: Report) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, record); lines that are left out count too, so that every record can be found again."""
    with path.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line.decode("utf-8-sig"))
            except UnicodeDecodeError:
                report.rejected["not UTF-8"] += 1
                continue
            except ValueError:
                report.rejected["not a JSON object"] += 1
                continue
            if not isinstance(record, dict):
                report.rejected["not a JSON object"] += 1
                continue
            yield number, record


def _csv(path: Path, delimiter: str | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """(number of the row below the header, record); empty rows count, as they do in a spreadsheet."""
    try:
        with path.open(encoding=_encoding(path), newline="") as handle:
            if delimiter is None:
                sample = handle.read(65536)
                handle.seek(0)
                try:
                    delimiter = csv.Sniffer().sniff(sample, delimiters=",;\t|").delimiter
                except csv.Error:
                    delimiter = ","
            rows = csv.reader(handle, delimiter=delimiter)
            header = next((row for row in rows if row), [])
            for number, row in enumerate(rows, 1):
                if row:  # cells beyond the header are left out, missing ones are None
                    yield number, dict(zip_longest(header, row[: len(header)]))
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not UTF-8; save it as UTF-8 (in Excel: 'CSV UTF-8') and try again.") from None
    except csv.Error as problem:
        raise InputError(f"{path.name} is not readable as CSV ({problem}); check it and try again.") from None


def _encoding(path: Path) -> str:
    with path.open("rb") as handle:
        marked = handle.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # Excel's "Unicode text"
    return "utf-16" if marked else "utf-8-sig"


def count_rows(path: Path) -> int | None:
    """Rows of a JSON Lines file for a progress bar; None where counting them would mean parsing."""
    if path.suffix.lower() not in (".jsonl", ".ndjson") or not path.is_file():
        return None
    with path.open("rb") as handle:
        return sum(1 for line in handle if line.strip())

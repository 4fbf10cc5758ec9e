"""Rows to scan from files of any kind: formats found by themselves, bad rows counted, memory bounded by one row or so.

`open_rows` is all that the rest of the program uses. A file goes through `sources` (folders, .gz, .zst, .zip), `detect`
(its format), a reader of that format (records), and `shapes` or `columns` (which fields are text, id, date, place).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from detector.scan.readers.columns import Columns, ReadOptions
from detector.scan.readers.dates import iso
from detector.scan.readers.detect import KNOWN, READERS, format_of, is_old_excel
from detector.scan.readers.fields import How, fields_of, how_to_read
from detector.scan.readers.ids import Ids
from detector.scan.readers.records import Job, Record
from detector.scan.readers.sources import File, find
from detector.scan.rows import Choice, InputError, NoTextError, Rejects, Report, Row

__all__ = ["InputError", "NoTextError", "ReadOptions", "Rejects", "Report", "Row", "count_rows", "open_rows"]

_SAMPLE = 20  # records by which the columns of a table are chosen ...
_SAMPLE_SIZE = 4_000_000  # ... or fewer, when their cells hold this many characters
_MOST_TOLD = 3  # damaged files that are named in the sentence at the end


def open_rows(
    paths: Sequence[str | Path],
    options: ReadOptions | None = None,
    report: Report | None = None,
    rejects: Rejects | None = None,
) -> Iterator[Row]:
    """Rows of files, folders and patterns, in order, one at a time.

    Parameters
    ----------
    paths:
        Files, folders (read with all below them) or patterns such as `data/*.csv`; each may be packed.
    options:
        Columns that the user named.
    report:
        Filled with what was chosen and left out.
    rejects:
        Called for every row that is left out.

    Raises
    ------
    InputError
        At once when a path cannot be used; after all rows when a file was damaged. Of many files, one that cannot be
        read does not stop the others.
    """
    run = _Run(options or ReadOptions(), report if report is not None else Report(), rejects)
    files, run.many = find(paths, run.report)
    troubles: list[str] = []
    for file in files:
        try:
            yield from run.rows(file)
        except NoTextError as problem:
            if not run.many:
                raise
            run.report.skipped["table without a column of text"] += 1
            run.report.note(str(problem))
        except InputError as problem:
            if not run.many:
                raise
            troubles.append(str(problem))
    if run.ids.repeated:
        run.report.note(f"{run.ids.repeated} ids occurred again; their row was put behind them")
    if troubles:
        more = f" And {len(troubles) - _MOST_TOLD} more files." if len(troubles) > _MOST_TOLD else ""
        raise InputError("All else was read. " + " ".join(troubles[:_MOST_TOLD]) + more)
    if not run.report.files:
        raise InputError(f"None of the {len(files)} files is {KNOWN}; convert them to one of these.")


def count_rows(path: Path) -> int | None:
    """Rows of a plain JSON Lines file for a progress bar; None where counting them would mean parsing."""
    if path.suffix.lower() not in (".jsonl", ".ndjson") or not path.is_file():
        return None
    with path.open("rb") as handle:
        return sum(piece.count(b"\n") for piece in iter(lambda: handle.read(1 << 20), b""))


class _Run:
    """One call of `open_rows`."""

    def __init__(self, options: ReadOptions, report: Report, rejects: Rejects | None) -> None:
        self.options, self.report, self.rejects = options, report, rejects
        self.ids = Ids()
        self.many = False

    def rows(self, file: File) -> Iterator[Row]:
        """Rows of one file.

        Raises
        ------
        InputError
            When it cannot be read, or not to its end.
        """
        stream = file.stream()
        try:
            head = stream.head()
        finally:
            stream.close()
        if stream.problem and not head:
            raise InputError(f"{file.label} cannot be read: {stream.problem}.")
        if not head:
            if not self.many:
                raise InputError(f"{file.label} is empty; there is nothing to scan.")
            self.report.skipped["empty file"] += 1
            return
        kind = format_of(file.name, head)
        if kind is None:
            self._unknown(file, head)
            return
        self.report.files += 1
        job = Job(file, self.report, self.rejects)
        trouble: NoTextError | None = None
        given = False
        for table, records in groupby(READERS[kind](job), key=lambda record: record.table):
            try:
                for row in self._table(job, kind, table, records):
                    given = True
                    yield row
            except NoTextError as problem:  # a cover sheet, for one; only a file without any text is an error
                trouble = trouble or problem
        if trouble is not None and not given:
            raise trouble
        if trouble is not None:
            self.report.skipped["table without a column of text"] += 1
            self.report.note(str(trouble))

    def _unknown(self, file: File, head: bytes) -> None:
        if not self.many:
            if is_old_excel(head):
                raise InputError(f"{file.label} is an old Excel file; save it as .xlsx or 'CSV UTF-8' and try again.")
            raise InputError(f"{file.label} is neither {KNOWN}; convert it to one of these.")
        self.report.skipped["file of another kind"] += 1

    def _table(self, job: Job, kind: str, table: str, records: Iterator[Record]) -> Iterator[Row]:
        sample, trouble = _first_records(records)
        if trouble is not None and not sample:
            raise trouble
        how = self._how(job, kind, [record.data for record in sample], table)
        prefix = (f"{job.file.label}:" if self.many else "") + (f"{table}:" if table else "")
        for record in chain(sample, records):
            fields = fields_of(how, record.data)
            if fields.skip:
                job.skip(fields.skip)
                continue
            if fields.unfit:
                job.reject(fields.unfit, record.number, json.dumps(record.data, ensure_ascii=False)[:2000])
                continue
            position = f"{prefix}{record.prefix}{record.number}" if prefix or record.prefix else record.number
            own = _identifier(fields.id)
            wanted = position if own is None else f"{record.prefix}{own}" if record.prefix else own
            posted = iso(fields.date)
            if posted is None and fields.date not in (None, ""):
                self.report.skipped["date that is none, or could be read two ways (the row is kept)"] += 1
            yield Row(
                self.ids.unique(wanted, position),
                fields.text,
                record.data,
                posted,
                record.place or fields.place or None,
                fields.url,
            )
        if trouble is not None:
            raise trouble

    def _how(self, job: Job, kind: str, sample: list[dict[str, Any]], table: str) -> How:
        """How a table is read; says so in the report."""
        label = f"sheet {table!r} of {job.file.label}" if table else job.file.label
        how = how_to_read(sample, self.options, label, whatsapp=kind == "WhatsApp chat")
        if not isinstance(how, Columns):
            self.report.choose(Choice(how.name, how.text, False, job.encoding.replace("utf-8", ""), known=True))
        else:
            encoding = "" if job.encoding == "utf-8" else job.encoding
            name = f"{kind} ({how.format})" if how.format else kind
            self.report.choose(Choice(name, " + ".join(how.text), how.guessed, encoding))
        return how


def _first_records(records: Iterator[Record]) -> tuple[list[Record], InputError | None]:
    """The records that a table's columns are chosen by, and the damage met among them, which comes after their rows."""
    sample: list[Record] = []
    held = 0
    try:
        for record in records:
            sample.append(record)
            held += sum(len(cell) for cell in record.data.values() if isinstance(cell, str))
            if len(sample) == _SAMPLE or held > _SAMPLE_SIZE:
                break
    except InputError as problem:
        return sample, problem
    return sample, None


def _identifier(value: Any) -> str | int | None:
    """An id as it is given: text or a whole number; anything else is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else str(value)
    if isinstance(value, int):
        return value
    return value[:500] if isinstance(value, str) and value.strip() else None

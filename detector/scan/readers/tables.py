"""CSV and TSV: any encoding, delimiter found from the first rows, quoted line breaks, row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from detector.scan.readers.encodings import FALLBACK, encoding_of
from detector.scan.readers.records import DamagedError, Job, Record
from detector.scan.readers.streams import LINE_LIMIT, Line, Stream, lines, recoded

DELIMITERS = ",;\t|"
_ROWS = 50  # rows the delimiter is judged by
csv.field_size_limit(LINE_LIMIT)


def read_csv(job: Job) -> Iterator[Record]:
    """Records below the header; `number` counts rows as a spreadsheet does, empty ones too, without the header.

    Raises
    ------
    DamagedError
        After the rows before the damage: when the file is cut off, or marked UTF-16 and is not.
    """
    stream = job.file.stream()
    try:
        yield from _records(job, stream)
    finally:
        stream.close()
    if stream.problem:
        raise DamagedError(f"{job.file.label} was read only in part: {stream.problem}.")


def _records(job: Job, stream: Stream) -> Iterator[Record]:
    head = stream.head()
    encoding = encoding_of(head)
    job.encoding = encoding
    text = _Text(job, stream, encoding)
    if encoding.startswith("utf-") and encoding != "utf-8":
        sample = head.decode(encoding, "replace")
    else:
        sample = _decode(head, encoding)
    asked = "\t" if job.file.name.lower().endswith((".tsv", ".tab")) else None
    hint = sample.lstrip("\ufeff")[:6].lower()
    if hint.startswith("sep=") and len(hint) > 4:  # Excel's own hint, a line that is no header
        asked = hint[4]
        next(iter(text), None)
        text.taken.clear()
    rows = csv.reader(text, delimiter=asked or _delimiter(sample))
    header: list[str] = []
    number = 0
    while True:
        text.taken.clear()
        try:
            row = next(rows, None)
        except csv.Error:
            number += 1
            job.reject("not readable as CSV", number, "".join(text.taken))
            continue
        except UnicodeDecodeError:
            raise DamagedError(
                f"{job.file.label} is not readable as {encoding.upper()}; save it as UTF-8 (in Excel: 'CSV UTF-8')."
            ) from None
        if row is None:
            return
        if text.cut:
            job.reject("cut off", number + 1, "".join(text.taken))
            return
        if not header:
            header = _names(row) if any(row) else []
            continue
        number += 1
        if not row:
            continue
        if text.ended and "".join(text.taken).count('"') % 2:
            job.note(f"a quote in row {number} is never closed; all that follows it is in one cell")
        if len(row) > len(header):
            job.report.skipped["cells beyond the header of their row"] += len(row) - len(header)
        yield Record(number, dict(zip_longest(header, row[: len(header)])))


class _Text:
    """Lines of the file as text; remembers those the current row was made of."""

    def __init__(self, job: Job, stream: Stream, encoding: str) -> None:
        self._job, self._encoding = job, encoding
        chunks = stream.chunks()
        if encoding not in ("utf-8",) and encoding.startswith("utf-"):
            chunks = recoded(chunks, encoding)
        self._lines: Iterator[Line] = lines(chunks, stream)
        self.taken: list[str] = []
        self.cut = self.ended = False
        self._odd = 0

    def __iter__(self) -> _Text:
        return self

    def __next__(self) -> str:
        for line in self._lines:
            if line.reason == "cut off":
                self.cut = True
            elif line.reason:
                self._job.reject(line.reason, f"line {line.number}", line.data)
                continue
            text = self._decoded(line)
            if line.number == 1:
                text = text.removeprefix("\ufeff")
            if "\0" in text:
                self._job.report.skipped["zero bytes, taken out"] += text.count("\0")
                text = text.replace("\0", "")
            self.taken.append(text)
            return text
        self.ended = True
        raise StopIteration

    def _decoded(self, line: Line) -> str:
        try:
            return line.data.decode("utf-8")
        except UnicodeDecodeError:
            if self._encoding.startswith("utf-"):
                self._odd += 1
                self._job.note(f"not all of it is UTF-8; such lines were read as {FALLBACK}, some letters may be wrong")
            else:
                self._job.note(f"it is not UTF-8 and was read as {self._encoding}; some letters may be wrong")
            return _decode(line.data, self._encoding)


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(FALLBACK if encoding == "utf-8" else encoding, "replace")


def _delimiter(sample: str) -> str:
    """The delimiter that cuts the first rows into the most columns of one and the same number.

    `csv.Sniffer` was not taken: it also weighs letters inside long texts, and fails on every other table of adverts.
    """
    sample = sample.replace("\0", "")
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        rows: list[list[str]] = []
        try:
            for row in csv.reader(sample.splitlines(keepends=True), delimiter=delimiter):
                if row:
                    rows.append(row)
                if len(rows) > _ROWS:
                    break
        except csv.Error:
            pass
        if len(rows) > 2:
            rows.pop()  # may be cut in the middle
        width = len(rows[0]) if rows else 0
        if width < 2:
            continue
        even = sum(len(row) == width for row in rows) / len(rows)
        if (round(even, 1), width) > best_score:
            best, best_score = delimiter, (round(even, 1), width)
    return best


def _names(header: list[str]) -> list[str]:
    """Column names, each once: the second `text` is `text.2`, a nameless one `column 3`."""
    seen: dict[str, int] = {}
    out = []
    for number, cell in enumerate(header, 1):
        name = cell.strip() or f"column {number}"
        seen[name] = seen.get(name, 0) + 1
        while seen[name] > 1 and f"{name}.{seen[name]}" in seen:
            seen[name] += 1
        unique = name if seen[name] == 1 else f"{name}.{seen[name]}"
        seen.setdefault(unique, 1)
        out.append(unique)
    return out


def table_records(rows: Iterator[tuple[Any, ...]], table: str = "") -> Iterator[Record]:
    """Records of a sheet: the first row with two cells or more (or the first at all) is the header."""
    header: list[str] = []
    number = 0
    for row in rows:
        if not header:
            if any(cell not in (None, "") for cell in row):
                header = _names(["" if cell is None else str(cell) for cell in row])
            continue
        number += 1
        if any(cell not in (None, "") for cell in row):
            yield Record(number, dict(zip_longest(header, row[: len(header)])), table)

"""Where the engine takes its rows from: the one place that knows the readers."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from detector.scan.options import Options
from detector.scan.readers import InputError, Report, Row, count_rows, read

__all__ = ["InputError", "Rejects", "Report", "Row", "inventory", "open_rows", "rows_ahead"]

Rejects = Callable[[str, str, str], None]
"""Called with (reason, where, raw content) for every row that is left out."""


def open_rows(paths: Sequence[str | Path], options: Options, report: Report, rejects: Rejects) -> Iterator[Row]:
    """Rows of all `paths` in order, one at a time; `report` fills while they are read."""
    for path in paths:
        yield from read(Path(path), report, options.text_column)


def rows_ahead(paths: Sequence[str | Path]) -> int | None:
    """How many rows there are, for the time left; None where counting would mean parsing."""
    counts = [count_rows(Path(path)) for path in paths]
    return None if None in counts else sum(n for n in counts if n is not None)


def inventory(paths: Sequence[str | Path]) -> list[list[str | int]]:
    """(path, bytes, time of change in ns) of every input file: what tells an input from a changed one.

    A folder counts with all its files, a pattern with all it matches; an address (``s3://...``) only by its name.
    """
    files: list[list[str | int]] = []
    for given in map(str, paths):
        if "://" in given:
            files.append([given, -1, -1])
            continue
        path = Path(given)
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.is_file())
        elif path.exists() or not glob.has_magic(given):
            found = [path]
        else:
            found = sorted(Path(p) for p in glob.glob(given, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        for file in found:
            try:
                entry = file.stat()
            except OSError:
                raise InputError(f"There is no file {file}; check the name and try again.") from None
            files.append([str(file.absolute()), entry.st_size, entry.st_mtime_ns])
    return files

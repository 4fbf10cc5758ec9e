"""Where the engine takes its rows from: the one place that knows the readers."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path

from detector.scan import readers
from detector.scan.options import Options
from detector.scan.readers import ReadOptions, count_rows
from detector.scan.rows import InputError, Rejects, Report, Row

__all__ = ["inventory", "open_rows", "rows_ahead"]


def open_rows(paths: Sequence[str | Path], options: Options, report: Report, rejects: Rejects) -> Iterator[Row]:
    """Rows of all `paths` in order, one at a time; `report` and `rejects` fill while they are read."""
    columns = ReadOptions(options.text_column, options.id_column, options.date_column, options.place_column)
    return readers.open_rows(paths, columns, report, rejects)


def rows_ahead(paths: Sequence[str | Path]) -> int | None:
    """How many rows there are, for the time left; None where counting would mean parsing."""
    counts = [count_rows(Path(path)) for path in paths]
    return None if None in counts else sum(n for n in counts if n is not None)


def inventory(paths: Sequence[str | Path]) -> list[list[str | int]]:
    """(path, bytes, time of change in ns) of every input file: what tells an input from a changed one.

    A folder counts with all its files that are not hidden, a pattern with all it matches.

    Raises
    ------
    InputError
        When a file is not there.
    """
    files: list[list[str | int]] = []
    for given in map(str, paths):
        path = Path(given)
        if path.is_dir():
            below = (p for p in path.rglob("*") if not any(n.startswith(".") for n in p.relative_to(path).parts))
            found = sorted(p for p in below if p.is_file())
        elif path.exists() or not glob.has_magic(given):
            found = [path]
        else:
            found = sorted(Path(p) for p in glob.glob(given, recursive=True))  # noqa: PTH207 - it may be absolute
        for file in found:
            try:
                entry = file.stat()
            except OSError:
                raise InputError(f"There is no file {file}; check the name and try again.") from None
            files.append([str(file.absolute()), entry.st_size, entry.st_mtime_ns])
    return files

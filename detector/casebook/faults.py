"""Every fault of a case book as one sentence: what happened, what was kept, what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from detector.scan.rows import InputError
from detector.scan.state import sync_folder

if TYPE_CHECKING:
    from detector.words import Say

_BESIDE = ("", "-wal", "-shm", "-journal")  # files that SQLite puts beside one


class CaseBookError(InputError):
    """The case book cannot do what was asked; as a string it says in English why and what to do.

    Attributes
    ----------
    fault
        What is wrong, as ``cases.fault.*`` in ``resources/text/words.yaml``.
    """

    def __init__(self, fault: str, **values: object) -> None:
        super().__init__(fault)
        self.fault = fault
        self._values = values

    def told(self, say: Say) -> str:
        """The sentence in the language of `say`."""
        return say(f"cases.fault.{self.fault}", **self._values)

    def __str__(self) -> str:
        from detector.words import Say  # the words bring the model's code with them, which few faults need

        return self.told(Say("en"))


_FAULTS = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_CORRUPT: "damaged",
}
_SAME = {
    sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PERM: sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN: sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOTADB: sqlite3.SQLITE_CORRUPT,
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the file `path` into a :class:`CaseBookError`."""
    try:
        yield
    except sqlite3.DatabaseError as problem:
        code = getattr(problem, "sqlite_errorcode", 0) & 0xFF  # the rest is particulars
        fault = _FAULTS.get(_SAME.get(code, code))
        if fault is None:  # a mistake in this program rather than a fault of the file
            raise
        raise CaseBookError(fault, name=path.name, folder=path.resolve().parent) from None


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A new file, for its owner alone, that gets the name `path` when all went well and is removed otherwise.

    Raises
    ------
    CaseBookError
        When there is such a file already, or nothing can be written there.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists():
            raise CaseBookError("file_exists", name=path.name)
        if not path.parent.is_dir():
            raise CaseBookError("no_folder_for_file", folder=path.parent)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield partial
        partial.replace(path)
        sync_folder(path.parent)
    except OSError as problem:
        raise CaseBookError("not_written", name=path.name, problem=problem.strerror) from None
    finally:
        remove(partial)


def remove(path: Path) -> None:
    """Remove a database with all that SQLite keeps beside it."""
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)

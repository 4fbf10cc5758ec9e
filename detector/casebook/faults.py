"""Every fault of a case book as one sentence: what happened, what was kept, what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detector.scan.rows import InputError
from detector.scan.state import sync_folder

_BESIDE = ("", "-wal", "-shm", "-journal")  # files that SQLite puts beside one


class CaseBookError(InputError):
    """The case book cannot do what was asked; the message says why and what to do."""


_SENTENCES = {
    sqlite3.SQLITE_BUSY: "{name} is in use by another program that did not let go in time; nothing was changed: "
    "try again in a moment.",
    sqlite3.SQLITE_FULL: "There is no room left for {name}; nothing was changed and all that was decided before is "
    "kept: free some room in {folder} and try again.",
    sqlite3.SQLITE_READONLY: "{name} cannot be written because the file or its folder {folder} is read-only; "
    "change its permissions, or copy it into a folder of your own.",
    sqlite3.SQLITE_IOERR: "{name} could not be written or read, as the disk under {folder} is full or failing; nothing "
    "was changed and all that was decided before is kept: free some room, or go to another disk.",
    sqlite3.SQLITE_CORRUPT: "{name} is damaged or is not a case book; leave it as it is, and go on with a copy of its "
    "latest backup.",
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
        sentence = _SENTENCES.get(_SAME.get(code, code))
        if sentence is None:  # a mistake in this program rather than a fault of the file
            raise
        raise CaseBookError(sentence.format(name=path.name, folder=path.resolve().parent)) from None


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
            raise CaseBookError(f"{path.name} exists already and is not replaced; name another file.")
        if not path.parent.is_dir():
            raise CaseBookError(f"There is no folder {path.parent}; make it, or name a file elsewhere.")
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield partial
        partial.replace(path)
        sync_folder(path.parent)
    except OSError as problem:
        raise CaseBookError(
            f"{path.name} could not be written ({problem.strerror}); free some room, or name a file elsewhere."
        ) from None
    finally:
        remove(partial)


def remove(path: Path) -> None:
    """Remove a database with all that SQLite keeps beside it."""
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)

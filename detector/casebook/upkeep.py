"""Backups, and erasing for good.

A deleted row leaves its words in free pages, in the index of words and in the file ``-wal``. So erasing overwrites what
it frees, builds the index anew, writes the whole file anew and empties ``-wal``; a note in the book says that this is
still to be done, so that it is done later where it was interrupted.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from detector.casebook.cases import row_of
from detector.casebook.database import Database
from detector.casebook.faults import CaseBookError, draft, remove, told
from detector.scan.state import sync

_TODO = "swept"  # in `meta` while traces of erased cases may be left
_CHUNK = 1 << 20  # bytes


def backup(database: Database, path: Path) -> int:
    """Copy the book, as it is at one moment, to a new file that is itself a case book; returns its cases.

    Others may go on working meanwhile. The copy gets its name only after SQLite has checked it.

    Raises
    ------
    CaseBookError
        When there is such a file already, it cannot be written, or the book is damaged.
    """
    with draft(path) as partial, told(path), closing(sqlite3.connect(partial)) as copy:
        database.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        if (found := copy.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
            raise CaseBookError("damaged_no_backup", name=database.path.name, problem=found)
        cases = int(copy.execute("SELECT COUNT(*) FROM cases").fetchone()[0])
        copy.close()
        with partial.open("rb+") as handle:
            sync(handle)
    return cases


def forget(database: Database, number: int) -> None:
    """Erase a case with its sightings, decisions and history, for good.

    Raises
    ------
    CaseBookError
        When there is no such case; or when the case is erased, but another program is reading the book, so that its
        words stay in the files until the book is next opened alone.
    """
    with database.writing() as connection:
        row_of(connection, number)
        connection.execute("INSERT INTO forgetting VALUES (?)", (number,))
        for table in ("decisions", "sightings", "members", "cases"):
            connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,))
        connection.execute("DELETE FROM words WHERE rowid = ?", (number,))
        connection.execute("DELETE FROM campaigns WHERE key NOT IN (SELECT campaign FROM members)")
        connection.execute("DELETE FROM forgetting")
        connection.execute("INSERT INTO meta VALUES (?, 1) ON CONFLICT DO NOTHING", (_TODO,))
    if not sweep(database):
        raise CaseBookError("words_left", number=number, name=database.path.name)


def sweep(database: Database) -> bool:
    """Remove the traces of erased cases from the files; False when others keep the book busy."""
    connection = database.connection
    with told(database.path):
        if connection.execute("SELECT 1 FROM meta WHERE name = ?", (_TODO,)).fetchone() is None:
            return True
    with suppress(CaseBookError):
        with database.writing():
            connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        with told(database.path):
            connection.execute("VACUUM")
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return False
        with database.writing():
            connection.execute("DELETE FROM meta WHERE name = ?", (_TODO,))
        return True
    return False


def erase(database: Database) -> None:
    """Erase the whole book: overwrite and remove its files. `database` is closed by it.

    Raises
    ------
    CaseBookError
        When another program has the book open, or it cannot be removed; it is kept then.
    """
    path = database.path
    with told(path):
        # Leaving the write-ahead log is possible only for the last one who has the file open.
        alone = database.connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
    database.close()
    if not alone:
        raise CaseBookError("open_elsewhere", name=path.name)
    try:
        _overwrite(path)
        remove(path)
    except OSError as problem:
        raise CaseBookError("not_removed", name=path.name, problem=problem.strerror) from None


def _overwrite(path: Path) -> None:
    with path.open("rb+") as handle:
        left = handle.seek(0, os.SEEK_END)
        handle.seek(0)
        while left > 0:
            handle.write(bytes(min(left, _CHUNK)))
            left -= _CHUNK
        sync(handle)

"""One SQLite file: made, opened, brought to the present version, read and written in whole steps."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detector.casebook.faults import CaseBookError, told
from detector.casebook.records import Standing
from detector.casebook.schema import APPLICATION, STEPS

WAIT = 10.0  # seconds that a writer waits for another


class Database:
    """An open file; of one thread. Made with :func:`start` or :func:`connect`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The book as it is at one moment.

        Raises
        ------
        CaseBookError
            When the file cannot be read.
        """
        with self._step("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A change that is made as a whole, and is on the disk when this ends, or not at all.

        Raises
        ------
        CaseBookError
            When the file cannot be written; nothing was changed then.
        """
        with self._step("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _step(self, begin: str) -> Iterator[sqlite3.Connection]:
        with told(self.path):
            self.connection.execute(begin)
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # a full disk ends it by itself
                    self.connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


def start(path: Path) -> None:
    """Make a new, empty case book, for its owner alone.

    Raises
    ------
    CaseBookError
        When there is such a file already, or none can be made there.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileNotFoundError:
        raise CaseBookError("no_folder", folder=path.parent) from None
    except FileExistsError:
        if path.is_dir() or path.stat().st_size:  # an empty file is what an interrupted start leaves
            raise CaseBookError("exists", name=path.name) from None
    except OSError as problem:
        raise CaseBookError("not_made", folder=path.parent, problem=problem.strerror) from None
    with told(path):
        connection = _connection(path, WAIT)
        try:
            _upgrade(connection, path, new=True)
        finally:
            connection.close()


def connect(path: Path, wait: float = WAIT) -> Database:
    """Open the case book `path`; one of an older version is brought to this one.

    Parameters
    ----------
    path
        The file.
    wait
        Seconds that a change waits for another program's.

    Raises
    ------
    CaseBookError
        When there is no such book, it is of a newer version, damaged, in use, or cannot be written.
    """
    try:
        empty = path.stat().st_size == 0
    except FileNotFoundError:
        raise CaseBookError("no_book", path=path) from None
    except OSError as problem:
        raise CaseBookError("not_opened", path=path, problem=problem.strerror) from None
    if empty:
        raise CaseBookError("empty", name=path.name, path=path)
    with told(path):
        connection = _connection(path, wait)
        try:
            _upgrade(connection, path)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            connection.close()
            raise
    return Database(path, connection)


def _connection(path: Path, wait: float) -> sqlite3.Connection:
    # mode=rw: a book is made by `start` alone, never by a mistyped name.
    address = f"{path.resolve().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, timeout=wait, isolation_level=None, uri=True)
    connection.row_factory = sqlite3.Row
    connection.create_function("standing", 2, lambda votes, reviewers: Standing.of(votes, reviewers).value)
    return connection


def _upgrade(connection: sqlite3.Connection, path: Path, new: bool = False) -> None:
    """Take the steps that the file lacks, all or none.

    Raises
    ------
    CaseBookError
        When it is of a newer version, or no case book.
    """
    if not new:
        if _pragma(connection, "application_id") != APPLICATION:
            raise CaseBookError("no_case_book", name=path.name)
        version = _pragma(connection, "user_version")
        if version > len(STEPS):
            raise CaseBookError("newer", name=path.name, version=version, known=len(STEPS))
        if version == len(STEPS):
            return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _pragma(connection, "user_version")  # again: another program may have been faster
        if new and version:
            raise CaseBookError("exists", name=path.name)
        for statement in (statement for step in STEPS[version:] for statement in step):
            connection.execute(statement)
        if new:
            connection.execute("INSERT INTO meta VALUES ('key', ?)", (secrets.token_bytes(32),))
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])

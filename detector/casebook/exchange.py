"""Books as JSON Lines: everything out, and in again, merged without loss and without anything twice.

The first line says how many cases and decisions follow; each other line is one case with its sightings, campaigns and
all decisions ever made. Numbers of cases are those of one book and are not exported.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from detector.casebook.cases import (
    Prepared,
    content_of,
    decisions,
    key_of,
    prepare,
    put,
    put_decision,
    thresholds,
    unfit,
)
from detector.casebook.database import Database
from detector.casebook.faults import CaseBookError, draft
from detector.casebook.records import Content, Decision, read_stamp
from detector.casebook.reviewing import reviewer_name
from detector.scan.readers.jsonvalue import parse
from detector.scan.state import sync

_FORMAT, _VERSION = "case book of lure-detector", 1
_CONTENT = TypeAdapter(Content)
_AT_ONCE = 200  # cases read before the book is asked for them


@dataclass(slots=True)
class Merged:
    """What came of an import: cases and decisions that the book did not hold, and those it did."""

    cases: int = 0
    cases_known: int = 0
    decisions: int = 0
    decisions_known: int = 0


def export(database: Database, path: Path) -> int:
    """Write the whole book to a new file; returns the number of cases.

    Equal contents give equal files.

    Raises
    ------
    CaseBookError
        When there is such a file already, or it cannot be written.
    """
    with draft(path) as partial, database.reading() as connection, partial.open("w", encoding="utf-8") as out:
        counts = _counts(connection)
        out.write(json.dumps({"format": _FORMAT, "version": _VERSION, **counts}) + "\n")
        for row in connection.execute("SELECT * FROM cases ORDER BY key"):
            line = asdict(content_of(connection, row))
            out.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
        sync(out)
    return counts["cases"]


def take_in(database: Database, path: Path) -> Merged:
    """Add what an export holds to the book.

    The whole file is checked before anything is written. Doing it again does no harm: of two books and their exports,
    whichever goes into the other, and however often, the same comes out.

    Raises
    ------
    CaseBookError
        When the file is no export or not a whole one, is of a newer version, or has a decision that reads otherwise in
        the book: nothing was taken in then. When the disk is full or the book in use: import the file again.
    """
    levels = thresholds()
    _check(database, path)
    merged = Merged()
    contents = _contents(path)
    while batch := [prepare(content, levels) for content in islice(contents, _AT_ONCE)]:
        with database.writing() as connection:
            for case in batch:
                _merge(connection, case, merged)
    return merged


def _check(database: Database, path: Path) -> None:
    """Read the whole file and compare its decisions with those of the book."""
    with database.reading() as connection:
        for content in _contents(path):
            known = {d.uuid: (d, key) for d, key in _known(connection, content)}
            for decision in content.decisions:
                if decision.uuid in known and known[decision.uuid] != (decision, key_of(content.text)):
                    raise CaseBookError("altered", name=path.name, decision=decision.uuid, reviewer=decision.reviewer)


def _known(connection: sqlite3.Connection, content: Content) -> Iterator[tuple[Decision, str]]:
    """Those decisions of `content` that the book holds, with the key of the case they are of."""
    for decision in content.decisions:
        row = connection.execute(
            "SELECT key FROM decisions JOIN cases USING (number) WHERE uuid = ?", (decision.uuid,)
        ).fetchone()
        if row is not None:
            yield next(decisions(connection, "uuid = ?", (decision.uuid,))), row["key"]


def _merge(connection: sqlite3.Connection, case: Prepared, merged: Merged) -> None:
    new = put(connection, case)
    merged.cases += new
    merged.cases_known += not new
    held = {decision.uuid for decision, _ in _known(connection, case.content)}
    number = connection.execute("SELECT number FROM cases WHERE key = ?", (case.key,)).fetchone()[0]
    for decision in case.content.decisions:
        if decision.uuid in held:
            merged.decisions_known += 1
        else:
            put_decision(connection, number, decision)
            merged.decisions += 1


def _contents(path: Path) -> Iterator[Content]:
    """The cases of an export, one at a time; all that is wrong with the file is found on the way."""
    cases = made = 0
    try:
        with path.open(encoding="utf-8") as lines:
            head = _head(path, lines.readline())
            for at, line in enumerate(lines, 2):
                content = _content(path, at, line)
                cases += 1
                made += len(content.decisions)
                yield content
    except OSError as problem:
        raise CaseBookError("not_read", path=path, problem=problem.strerror) from None
    except UnicodeDecodeError:
        raise _no_export(path) from None
    if (cases, made) != (head.get("cases"), head.get("decisions")):
        raise CaseBookError("not_whole", name=path.name, cases=cases, all=head.get("cases"))


def _head(path: Path, line: str) -> dict[str, Any]:
    try:
        head = json.loads(line)
        version = int(head["version"]) if head["format"] == _FORMAT else 0
    except (ValueError, TypeError, KeyError):
        raise _no_export(path) from None
    if version < 1:
        raise _no_export(path)
    if version > _VERSION:
        raise CaseBookError("newer_export", name=path.name)
    return dict(head)


def _no_export(path: Path) -> CaseBookError:
    return CaseBookError("no_export", name=path.name)


def _content(path: Path, at: int, line: str) -> Content:
    """The case in a line, if it is one that this program could have written."""
    try:
        content = _CONTENT.validate_python(parse(line))
        if not line.endswith("\n") or unfit(content.text, content.record) or not content.text:
            raise ValueError
        stamps = [content.added, content.assessed, *(s.added for s in content.sightings)]
        for stamp in (*stamps, *(d.decided_at for d in content.decisions)):
            read_stamp(stamp)
        if not all(_sound(decision, content.text) for decision in content.decisions):
            raise ValueError
    except (ValidationError, ValueError):
        raise CaseBookError("damaged_line", name=path.name, line=at) from None
    return content


def _sound(decision: Decision, text: str) -> bool:
    return (
        re.fullmatch("[0-9a-f]{32}", decision.uuid) is not None
        and reviewer_name(decision.reviewer) == decision.reviewer
        and all(0 <= mark.start < mark.end <= len(text) for mark in decision.marks)
    )


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = ("cases", "decisions")
    return {name: connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in names}

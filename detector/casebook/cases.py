"""Cases in the tables: put in, read out. One text is one case, however often it is met."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from detector.assessment import Kind, Level
from detector.casebook.faults import CaseBookError
from detector.casebook.records import (
    Campaign,
    Case,
    Content,
    Decision,
    Mark,
    Progress,
    Sighting,
    Standing,
    State,
    Verdict,
    latest,
)
from detector.text.normalise import normalise

if TYPE_CHECKING:
    from detector.policy import Thresholds

_RANK = {Level.HIGH: 2, Level.CHECK: 1, Level.LOW: 0}
_NO_RECORD = "not a scan record"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case ready to be written: what takes time is done before the book is held."""

    content: Content
    key: str
    folded: str
    urgency: float
    doubt: float


@cache
def thresholds() -> Thresholds:
    """Those of the model that ships.

    Raises
    ------
    CaseBookError
        When the model cannot be used.
    """
    # Imported here: the model pulls in scikit-learn, and whoever reviews must not wait for it.
    from detector.model import store
    from detector.policy import Thresholds

    try:
        return Thresholds.from_sidecar(store.load().sidecar)
    except store.ModelError as problem:
        raise CaseBookError("model", problem=problem) from None


def prepare(content: Content, levels: Thresholds) -> Prepared:
    """Fold the text and place the case in the queue.

    `doubt` is 1 at a threshold of the model and falls with the distance from the nearer one; `urgency` is the rank of
    the level (0 to 2) plus the mean of probability and doubt. `levels` are the model's thresholds.
    """
    probability = float(content.record["probability"])
    doubt = 1 - min(abs(probability - at) for at in (levels.check, levels.high))
    urgency = _RANK[Level(content.record["level"])] + (probability + doubt) / 2
    return Prepared(content, key_of(content.text), normalise(content.text).text, urgency, doubt)


def key_of(text: str) -> str:
    """What tells a text from all others: the SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def unfit(text: str, record: Any) -> str | None:
    """Why `record` cannot be the scan record of `text`; None when it can."""
    try:
        spans = _spans(record)
        whole = 0 <= record["probability"] <= 1 and record["level"] in _RANK and _contacts(record) is not None
        Case(0, "", text, record, "", (), (), (), 0, None).assessment  # noqa: B018  whoever shows it must not stumble
    except (KeyError, TypeError, ValueError, AttributeError):
        return _NO_RECORD
    if not whole:
        return _NO_RECORD
    if any(text[start:end] != evidence for start, end, evidence in spans):
        return "the text is not the one that was scanned"
    return None


def _spans(record: Any) -> list[tuple[int, int, str]]:
    pay = record["facts"]["pay"]
    signs = (*record["indicators"], *record["credibility"], *((pay,) if pay else ()))
    return [(sign["start"], sign["end"], sign["evidence"]) for sign in signs]


def _contacts(record: Any) -> str:
    return "\n".join(str(contact["value"]) for contact in record["facts"]["contacts"])


def put(connection: sqlite3.Connection, case: Prepared) -> bool:
    """Write a case with its sightings and campaigns (decisions apart); True when the book did not hold its text.

    What the book holds already is kept: sightings and campaigns are added to, and the record is replaced when this one
    was made later. Whichever of two contents comes first, the result is the same.
    """
    content = case.content
    known = connection.execute("SELECT number, record, assessed FROM cases WHERE key = ?", (case.key,)).fetchone()
    record = written(content.record)
    if known is None:
        number = _insert(connection, case, record)
    else:
        number = known["number"]
        connection.execute("UPDATE cases SET added = MIN(added, ?) WHERE number = ?", (content.added, number))
        if (content.assessed, record) > (known["assessed"], known["record"]):
            connection.execute(
                "UPDATE cases SET kind = ?, level = ?, probability = ?, urgency = ?, doubt = ?, record = ?, "
                "assessed = ? WHERE number = ?",
                (*_columns(case), record, content.assessed, number),
            )
    connection.executemany(
        """INSERT INTO sightings VALUES (?, ?, ?, NULLIF(?, ''), NULLIF(?, ''), NULLIF(?, ''), ?)
        ON CONFLICT DO UPDATE SET
            posted_at = NULLIF(MAX(COALESCE(posted_at, ''), COALESCE(excluded.posted_at, '')), ''),
            place = NULLIF(MAX(COALESCE(place, ''), COALESCE(excluded.place, '')), ''),
            url = NULLIF(MAX(COALESCE(url, ''), COALESCE(excluded.url, '')), ''),
            added = MIN(added, excluded.added)""",
        [(number, s.source, s.record_id, s.posted_at, s.place, s.url, s.added) for s in content.sightings],
    )
    connection.executemany(
        "INSERT INTO campaigns VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET name = MIN(name, excluded.name), source = MIN(source, excluded.source)",
        [(c.key, c.name, c.source) for c in content.campaigns],
    )
    connection.executemany(
        "INSERT INTO members VALUES (?, ?) ON CONFLICT DO NOTHING", [(c.key, number) for c in content.campaigns]
    )
    return known is None


def _insert(connection: sqlite3.Connection, case: Prepared, record: str) -> int:
    content = case.content
    cursor = connection.execute(
        "INSERT INTO cases (key, text, kind, level, probability, urgency, doubt, record, assessed, added) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (case.key, content.text, *_columns(case), record, content.assessed, content.added),
    )
    connection.execute(
        "INSERT INTO words (rowid, text, contacts) VALUES (?, ?, ?)",
        (cursor.lastrowid, case.folded, _contacts(content.record)),
    )
    return int(cursor.lastrowid or 0)


def _columns(case: Prepared) -> tuple[Any, ...]:
    record = case.content.record
    return record["kind"], record["level"], record["probability"], case.urgency, case.doubt


def put_decision(connection: sqlite3.Connection, number: int, decision: Decision) -> None:
    """Write a decision that the book does not hold."""
    connection.execute(
        "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            decision.uuid,
            number,
            decision.reviewer,
            decision.verdict,
            decision.kind,
            decision.note,
            written([asdict(mark) for mark in decision.marks]),
            decision.campaign,
            decision.decided_at,
        ),
    )


def written(value: Any) -> str:
    """JSON in one form, so that equal contents are equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def row_of(connection: sqlite3.Connection, number: int) -> sqlite3.Row:
    """The row of a case.

    Raises
    ------
    CaseBookError
        When the book has no such case.
    """
    row: sqlite3.Row | None = connection.execute("SELECT * FROM cases WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise CaseBookError("no_case", number=number)
    return row


def read(connection: sqlite3.Connection, number: int, reviewer: str | None = None) -> Case:
    """A case as `reviewer` may see it; everything with None."""
    row = row_of(connection, number)
    content = content_of(connection, row)
    decisions = content.decisions
    if reviewer is not None and all(d.reviewer != reviewer for d in decisions):
        decisions = ()
    hidden = len(content.decisions) - len(decisions)
    votes = Counter(decision.verdict for decision in latest(content.decisions))
    return Case(
        number=number,
        key=row["key"],
        text=content.text,
        record=content.record,
        added=content.added,
        sightings=content.sightings,
        campaigns=content.campaigns,
        decisions=decisions,
        hidden=hidden,
        standing=None if hidden else Standing.of(max(votes.values(), default=0), votes.total()),
    )


def content_of(connection: sqlite3.Connection, row: sqlite3.Row) -> Content:
    """Everything about the case in `row`, in one order whatever the history of the book."""
    number = (row["number"],)
    return Content(
        text=row["text"],
        record=json.loads(row["record"]),
        assessed=row["assessed"],
        added=row["added"],
        sightings=tuple(
            Sighting(*found)
            for found in connection.execute(
                "SELECT source, record_id, posted_at, place, url, added FROM sightings WHERE number = ? "
                "ORDER BY source, record_id",
                number,
            )
        ),
        campaigns=tuple(
            Campaign(*found)
            for found in connection.execute(
                "SELECT key, name, source FROM members JOIN campaigns ON key = campaign WHERE number = ? ORDER BY key",
                number,
            )
        ),
        decisions=tuple(decisions(connection, "number = ?", number)),
    )


def decisions(connection: sqlite3.Connection, where: str, values: Iterable[Any]) -> Iterator[Decision]:
    """Decisions that fit, the oldest first."""
    rows = connection.execute(f"SELECT * FROM decisions WHERE {where} ORDER BY decided_at, uuid", tuple(values))
    for row in rows:
        marks = tuple(Mark(m["id"], m["start"], m["end"], State(m["state"])) for m in json.loads(row["marks"]))
        yield Decision(
            row["uuid"],
            row["reviewer"],
            Verdict(row["verdict"]),
            Kind(row["kind"]),
            row["note"],
            marks,
            row["campaign"],
            row["decided_at"],
        )


def progress(connection: sqlite3.Connection, reviewer: str | None) -> Progress:
    """How far the book is."""
    cases = connection.execute("SELECT COUNT(*) FROM cases").fetchone()[0]
    found = dict(connection.execute("SELECT standing(votes, reviewers), COUNT(*) FROM standings GROUP BY 1").fetchall())
    standings = {standing: found.get(standing.value, 0) for standing in Standing}
    standings[Standing.OPEN] = cases - sum(found.values())
    mine = connection.execute("SELECT COUNT(DISTINCT number) FROM decisions WHERE reviewer = ?", (reviewer,))
    return Progress(cases, standings, mine.fetchone()[0])

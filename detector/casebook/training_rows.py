"""Decisions as rows of the corpus (format: ``data/README.md``), without contacts and without names of reviewers."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detector.assessment import Kind
from detector.casebook.cases import content_of
from detector.casebook.database import Database
from detector.casebook.faults import CaseBookError, draft
from detector.casebook.records import Content, Decision, Standing, State, Verdict, latest
from detector.scan.redact import Redacted, Redactor
from detector.scan.state import sync

LABELS = {
    Verdict.LURE: "trafficking_risk",
    Verdict.FRAUD: "job_fraud_other",
    Verdict.FINE: "no_pattern",
    Verdict.NOT_AD: "non_ad",
}
LANGUAGES = ("id", "en", "ms", "fil", "vi", "th", "zh")  # that the corpus has
GENRES = (
    "facebook_group", "whatsapp_broadcast", "telegram", "social_caption", "job_board", "poster_ocr", "private_message",
    "email",
)  # fmt: skip
_SCENARIOS = {Kind.AWARENESS: "warning"}  # the other kinds are scenarios of the same name
_LURES = (Verdict.LURE, Verdict.FRAUD)


@dataclass(slots=True)
class Rows:
    """How many rows were written, and why other decided cases gave none."""

    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def write_rows(database: Database, path: Path, reviewers: int = 2, genre: str = "social_caption") -> Rows:
    """Write a row for each case on which at least `reviewers` agree (more than half of those who decided).

    The signs of a lure are those shown that more than half of the agreeing reviewers kept, and all that one of them
    added. `hard` is an honest advert that the detector flagged, `subtle` a lure that it did not. The writer is a
    pseudonym of the last agreeing reviewer, the same in every row of this book. Contacts are pseudonyms too; names of
    people are not replaced, so read the rows before they leave the house.

    Parameters
    ----------
    database
        The book.
    path
        A new JSON Lines file, for ``python -m training.corpus add``.
    reviewers
        How many must agree; 1 for a book that one person keeps.
    genre
        Where such texts are posted: one of `GENRES`.

    Raises
    ------
    CaseBookError
        When the genre is unknown, or the file is there already or cannot be written.
    """
    if genre not in GENRES:
        raise CaseBookError("genre", genre=genre, genres=", ".join(GENRES))
    rows = Rows()
    with draft(path) as partial, database.reading() as connection, partial.open("w", encoding="utf-8") as out:
        redactor = Redactor(connection.execute("SELECT value FROM meta WHERE name = 'key'").fetchone()[0])
        for content, key, verdict in _settled(connection, reviewers, rows):
            decided = [d for d in latest(content.decisions) if d.verdict == verdict and d.campaign is None]
            if not decided:
                rows.left_out["decided with its campaign only"] += 1
                continue
            row = _row(content, key, decided, redactor, genre)
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            rows.written += 1
        sync(out)
    return rows


def _settled(connection: sqlite3.Connection, reviewers: int, rows: Rows) -> Iterator[tuple[Content, str, Verdict]]:
    """Cases with the verdict that enough reviewers share; the others are counted."""
    found = connection.execute(
        "SELECT c.*, verdict, votes, reviewers FROM cases AS c JOIN standings USING (number) ORDER BY key"
    )
    for row in found:
        verdict = Verdict(row["verdict"])
        disputed = Standing.of(row["votes"], row["reviewers"]) is Standing.DISPUTED
        if row["votes"] < reviewers or disputed:
            rows.left_out["not agreed by enough reviewers"] += 1
        elif verdict not in LABELS:
            rows.left_out["needs more evidence"] += 1
        elif json.loads(row["record"])["language"] not in LANGUAGES:
            rows.left_out["in a language that the corpus does not have"] += 1
        else:
            yield content_of(connection, row), row["key"], verdict


def _row(content: Content, key: str, decided: list[Decision], redactor: Redactor, genre: str) -> dict[str, Any]:
    last = decided[-1]
    redacted = redactor.text(content.text)
    writer = f"r{redactor.token(last.reviewer)[:8]}"
    record, advert = content.record, last.kind is Kind.ADVERT
    flagged = record["level"] != "low"
    lure = last.verdict in _LURES
    credibility = {(c["id"], c["start"], c["end"]) for c in record["credibility"]} if advert else set()
    return {
        "id": f"{writer}-{key[:12]}",
        "text": redacted.text,
        "lang": record["language"],
        "label": LABELS[last.verdict],
        "kind": last.kind.value,
        "scenario": _scenario(last),
        "genre": genre,
        "subtle": lure and not flagged,
        "hard": last.verdict is Verdict.FINE and flagged,
        "indicators": _moved(_confirmed(decided) if lure else set(), redacted),
        "credibility": _moved(credibility, redacted),
        "writer": writer,
    }


def _scenario(decision: Decision) -> str:
    """The scenario family as far as it is known: which lure it is, no reviewer was asked."""
    if decision.verdict is Verdict.NOT_AD:
        return _SCENARIOS.get(decision.kind, decision.kind.value)
    return "ordinary" if decision.verdict is Verdict.FINE else "other"


def _confirmed(decided: list[Decision]) -> set[tuple[str, int, int]]:
    votes: Counter[tuple[str, int, int]] = Counter()
    added = set()
    for mark in (mark for decision in decided for mark in decision.marks):
        votes[mark.place] += {State.KEPT: 1, State.STRUCK: -1, State.ADDED: 0}[mark.state]
        if mark.state is State.ADDED:
            added.add(mark.place)
    return {place for place, vote in votes.items() if vote > 0} | added


def _moved(places: set[tuple[str, int, int]], redacted: Redacted) -> list[dict[str, Any]]:
    """Spans of the redacted text, in text order; two that fell together are one."""
    moved = {(*_bare(redacted.text, *redacted.move(start, end)), name) for name, start, end in places}
    return [{"id": name, "start": start, "end": end} for start, end, name in sorted(moved)]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks at its ends."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())

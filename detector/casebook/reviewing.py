"""Decisions: of one case or of a campaign, by named reviewers, never overwritten."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
import uuid
from collections.abc import Iterable

from detector.assessment import Kind
from detector.casebook.cases import content_of, put_decision, row_of
from detector.casebook.database import Database
from detector.casebook.faults import CaseBookError
from detector.casebook.records import Campaign, Content, Decision, Group, Mark, State, Verdict, now, shown_marks
from detector.indicators.compiled import shipped
from detector.scan.readers.records import whole

_LONGEST_NAME = 60
_LONGEST_NOTE = 10_000


def reviewer_name(written: str) -> str:
    """A reviewer's name as the book keeps it: lower case, single blanks, so that Ani and ani are one person.

    Raises
    ------
    CaseBookError
        When it is empty, longer than 60 characters, or holds characters that cannot be seen.
    """
    name = " ".join(unicodedata.normalize("NFC", written).casefold().split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise CaseBookError("reviewer")
    return name


def decide(
    database: Database,
    number: int,
    reviewer: str,
    verdict: Verdict,
    note: str = "",
    kind: Kind | None = None,
    strike: Iterable[Mark] = (),
    add: Iterable[Mark] = (),
) -> Decision:
    """Write down one decision; it is on the disk when this returns.

    Parameters
    ----------
    database
        The book.
    number, reviewer, verdict, note
        The case, who decides, what, and why.
    kind
        With `not_ad`: what the text is instead (as the detector says, else ``other``, when None).
    strike, add
        Signs shown that are none, and signs that the detector missed.

    Raises
    ------
    CaseBookError
        When there is no such case, or kind, marks, name or note do not fit.
    """
    name = reviewer_name(reviewer)
    words = _note(note)
    struck, added = tuple(strike), tuple(add)
    with database.writing() as connection:
        content = content_of(connection, row_of(connection, number))
        marks = _marks(content, struck, added)
        decision = _decision(content, name, verdict, words, kind, marks, None)
        put_decision(connection, number, decision)
    return decision


def decide_campaign(
    database: Database, key: str, reviewer: str, verdict: Verdict, note: str = "", kind: Kind | None = None
) -> tuple[Decision, ...]:
    """Decide every case of a campaign that `reviewer` has not decided, all or none.

    The decisions name the campaign, as their texts were not looked at one by one; such decisions make no training rows.
    Decide the case that was read with :func:`decide` first.

    Raises
    ------
    CaseBookError
        When there is no such campaign, or kind, name or note do not fit.
    """
    name, words = reviewer_name(reviewer), _note(note)
    made = []
    with database.writing() as connection:
        for number in group(connection, key, name).undecided:
            content = content_of(connection, row_of(connection, number))
            decision = _decision(content, name, verdict, words, kind, shown_marks(content.record), key)
            put_decision(connection, number, decision)
            made.append(decision)
    return tuple(made)


def group(connection: sqlite3.Connection, key: str, reviewer: str) -> Group:
    """A campaign with the cases that `reviewer` has not decided, the most urgent first.

    Raises
    ------
    CaseBookError
        When there is no such campaign.
    """
    row = connection.execute("SELECT key, name, source FROM campaigns WHERE key = ?", (key,)).fetchone()
    if row is None:
        raise CaseBookError("no_campaign", campaign=key)
    numbers = connection.execute(
        """SELECT number, EXISTS (SELECT 1 FROM decisions AS d WHERE d.number = m.number AND reviewer = ?) AS decided
        FROM members AS m JOIN cases USING (number) WHERE m.campaign = ? ORDER BY urgency DESC, number""",
        (reviewer, key),
    ).fetchall()
    return Group(Campaign(*row), len(numbers), tuple(n["number"] for n in numbers if not n["decided"]))


def mark_of(text: str, indicator: str, words: str) -> Mark | None:
    """The first place of `words` in `text`, however they are capitalised, as a sign; None where they do not stand."""
    match = re.search(re.escape(words), text, re.IGNORECASE) if words.strip() else None
    return Mark(indicator, *match.span()) if match else None


def _decision(
    content: Content,
    reviewer: str,
    verdict: Verdict,
    note: str,
    kind: Kind | None,
    marks: tuple[Mark, ...],
    campaign: str | None,
) -> Decision:
    latest = max((d.decided_at for d in content.decisions), default=None)
    return Decision(
        uuid=uuid.uuid4().hex,
        reviewer=reviewer,
        verdict=verdict,
        kind=_kind(verdict, kind, Kind(content.record["kind"])),
        note=note,
        marks=marks,
        campaign=campaign,
        decided_at=now(latest),
    )


def _kind(verdict: Verdict, given: Kind | None, shown: Kind) -> Kind:
    if verdict is Verdict.NOT_AD:
        if given is Kind.ADVERT:
            raise CaseBookError("kind_advert")
        return given or (Kind.OTHER if shown is Kind.ADVERT else shown)
    if given not in (None, Kind.ADVERT):
        raise CaseBookError("kind", verdict=Verdict.NOT_AD)
    return Kind.ADVERT


def _note(written: str) -> str:
    note = whole(written).strip()
    if len(note) > _LONGEST_NOTE:
        raise CaseBookError("long_note", length=len(note), most=_LONGEST_NOTE)
    return note


def _marks(content: Content, strike: tuple[Mark, ...], add: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Every shown mark, kept or struck, and the added ones, in text order."""
    shown = {mark.place for mark in shown_marks(content.record)}
    struck = {mark.place for mark in strike}
    if missing := struck - shown:
        name, start, end = min(missing)
        raise CaseBookError("not_shown", sign=name, start=start, end=end)
    out = [Mark(*place, State.STRUCK if place in struck else State.KEPT) for place in shown]
    out += [Mark(*place, State.ADDED) for place in {_trimmed(content.text, mark).place for mark in add} - shown]
    return tuple(sorted(out, key=lambda m: (m.start, m.end, m.id)))


def _trimmed(text: str, mark: Mark) -> Mark:
    """`mark` without blanks at its ends."""
    if mark.id not in shipped().indicators:
        raise CaseBookError("no_indicator", sign=mark.id)
    words = text[mark.start : mark.end] if 0 <= mark.start < mark.end <= len(text) else ""
    if not words.strip():
        raise CaseBookError("no_words", sign=mark.id, start=mark.start, end=mark.end)
    start = mark.start + len(words) - len(words.lstrip())
    return Mark(mark.id, start, start + len(words.strip()))

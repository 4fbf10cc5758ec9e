"""What goes into the case book and what comes out: closed enums and frozen records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from detector.assessment import Assessment, Credential, Facts, Kind, Level, Pattern, Pay, Signal, Strength

_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"  # of one width, so that the order of letters is that of time


class Verdict(StrEnum):
    """What a reviewer says of an advert."""

    LURE = "lure"
    FRAUD = "fraud"
    FINE = "fine"
    NOT_AD = "not_ad"
    UNCLEAR = "needs_evidence"


class Standing(StrEnum):
    """How far the reviewers are with a case.

    `agreed`: at least two reviewers, and more than half of all who decided it, say the same; `disputed`: two or more
    decided and that is not so.
    """

    OPEN = "open"
    SINGLE = "single"
    AGREED = "agreed"
    DISPUTED = "disputed"

    @classmethod
    def of(cls, votes: int, reviewers: int) -> Standing:
        """The standing of a case that `reviewers` decided, `votes` of them alike and no other verdict more often."""
        if reviewers < 2:
            return cls.SINGLE if reviewers else cls.OPEN
        return cls.AGREED if votes * 2 > reviewers and votes > 1 else cls.DISPUTED


class State(StrEnum):
    """What a reviewer made of a sign: left it as the detector shows it, struck it out, or added it."""

    KEPT = "kept"
    STRUCK = "struck"
    ADDED = "added"


class Why(StrEnum):
    """Why a case stands in somebody's queue."""

    DISPUTED = "disputed"
    NEW = "new"
    SECOND = "second"


class Order(StrEnum):
    """`urgent`: by level, then by probability and closeness to a threshold; `doubtful`: by that closeness alone, which
    is what teaches the model most."""

    URGENT = "urgent"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Mark:
    """An indicator at characters `start` to `end` (exclusive) of the text of its case."""

    id: str
    start: int
    end: int
    state: State = State.KEPT

    @property
    def place(self) -> tuple[str, int, int]:
        """The mark without what was made of it."""
        return self.id, self.start, self.end


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one reviewer; a later one of the same reviewer counts instead of it, and both are kept.

    Attributes
    ----------
    uuid
        32 hexadecimal digits, the same in every book that holds the decision.
    kind
        What the text is: an advert, or for `not_ad` what it is instead.
    marks
        Every sign that was shown, kept or struck, and those that the reviewer added.
    campaign
        Key of the campaign where the case was decided with others of it; None where it was looked at itself.
    decided_at
        UTC, ISO 8601 with microseconds; later than all decisions on the case that the book held then.
    """

    uuid: str
    reviewer: str
    verdict: Verdict
    kind: Kind
    note: str
    marks: tuple[Mark, ...]
    campaign: str | None
    decided_at: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where an advert was met: the record `record_id` of the scan `source`; ISO 8601 dates."""

    source: str
    record_id: str
    posted_at: str | None = None
    place: str | None = None
    url: str | None = None
    added: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign of a scan; `key` is of this scan and no other, `name` the id that its records give."""

    key: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """A campaign as one reviewer sees it: how many cases it has, and the numbers of those he has not decided."""

    campaign: Campaign
    size: int
    undecided: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a book holds of one advert, as it is exported.

    `record` is the scan record without `id`, `campaign` and `source`; `assessed` says when it came into a book.
    """

    text: str
    record: dict[str, Any]
    assessed: str
    added: str
    sightings: tuple[Sighting, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One advert as a reviewer sees it.

    `decisions` are those he may see, the oldest first; `hidden` counts the others' that he may not see before he has
    decided himself, and `standing` is None as long as there are such.
    """

    number: int
    key: str
    text: str
    record: dict[str, Any]
    added: str
    sightings: tuple[Sighting, ...]
    campaigns: tuple[Campaign, ...]
    decisions: tuple[Decision, ...]
    hidden: int
    standing: Standing | None

    @property
    def shown(self) -> tuple[Mark, ...]:
        """The signs that the detector shows, each place once, in text order."""
        return shown_marks(self.record)

    @property
    def assessment(self) -> Assessment:
        """The scan record as an assessment, for whatever shows one; of the facts it has the pay alone."""
        record = self.record
        pay = record["facts"]["pay"]
        return Assessment(
            text=self.text,
            kind=Kind(record["kind"]),
            level=Level(record["level"]),
            pattern=Pattern(record["pattern"]),
            probability=record["probability"],
            language=record["language"],
            signals=tuple(
                Signal(s["start"], s["end"], s["evidence"], s["id"], Strength(s["strength"]))
                for s in record["indicators"]
            ),
            credentials=tuple(
                Credential(c["start"], c["end"], c["evidence"], c["id"]) for c in record["credibility"]
            ),
            facts=Facts(pay=Pay(**pay) if pay else None),
            note=record["note"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A case that waits; `others` is how many undecided cases of its campaign stand behind it."""

    number: int
    why: Why
    level: Level
    kind: Kind
    probability: float
    excerpt: str
    campaign: str | None = None
    others: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was searched for; `snippet` is of the text as it was written."""

    number: int
    level: Level
    kind: Kind
    snippet: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Cases in the book, by standing, and how many `mine` has decided."""

    cases: int
    standings: dict[Standing, int] = field(default_factory=dict)
    mine: int = 0


def latest(decisions: Iterable[Decision]) -> list[Decision]:
    """What each reviewer says now, the oldest first; `decisions` are in order."""
    by_reviewer: dict[str, Decision] = {}
    for decision in decisions:
        by_reviewer.pop(decision.reviewer, None)
        by_reviewer[decision.reviewer] = decision
    return list(by_reviewer.values())


def shown_marks(record: dict[str, Any]) -> tuple[Mark, ...]:
    """The signs of a scan record, each place once, in text order."""
    marks = {Mark(s["id"], s["start"], s["end"]) for s in record["indicators"]}
    return tuple(sorted(marks, key=lambda m: (m.start, m.end, m.id)))


def now(after: str | None = None) -> str:
    """The time as a book notes it; later than `after`, whatever the clock says."""
    moment = datetime.now(UTC)
    if after is not None:
        moment = max(moment, read_stamp(after) + timedelta(microseconds=1))
    return moment.strftime(_STAMP)


def read_stamp(stamp: str) -> datetime:
    """The moment that a book noted.

    Raises
    ------
    ValueError
        When it is not written as :func:`now` writes.
    """
    moment = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    if moment.strftime(_STAMP) != stamp:
        raise ValueError(f"{stamp!r} is not a time of a case book")
    return moment

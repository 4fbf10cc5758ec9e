"""The case book as one object: open it, ask it, decide, close it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from detector.assessment import Kind
from detector.casebook import (
    agreement,
    cases,
    database,
    exchange,
    intake,
    queue,
    reviewing,
    search,
    training_rows,
    upkeep,
)
from detector.casebook.records import Case, Decision, Group, Hit, Mark, Order, Progress, QueueItem, Verdict
from detector.scan.readers import ReadOptions


class CaseBook:
    """Review decisions in one SQLite file. Any number of people and programs may have it open at once.

    Opening takes a few milliseconds; an open book belongs to the thread that opened it. Every method raises
    :class:`CaseBookError` with one sentence for the person at the keyboard when it cannot do what was asked.

        with CaseBook.open("cases.db") as book:
            for item in book.queue("ani"):
                case = book.case(item.number, "ani")
                book.decide(item.number, "ani", Verdict.LURE, note="same number as case 3")
    """

    def __init__(self, opened: database.Database) -> None:
        self._database = opened
        self.path = opened.path

    @classmethod
    def start(cls, path: str | Path) -> Self:
        """Make a new book in the file `path`, which must not be there, and open it."""
        database.start(Path(path))
        return cls.open(path)

    @classmethod
    def open(cls, path: str | Path, wait: float = database.WAIT) -> Self:
        """Open the book `path`; a change waits up to `wait` seconds for another program's.

        A book of an older version is brought to this one; what an interrupted erasure left is removed.
        """
        opened = database.connect(Path(path), wait)
        try:
            upkeep.sweep(opened)
        except BaseException:
            opened.close()
            raise
        return cls(opened)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(
        self,
        records: str | Path,
        texts: Sequence[str | Path] = (),
        options: ReadOptions | None = None,
        source: str | None = None,
    ) -> intake.Added:
        """Put the records of a scan into the book (see :func:`intake.add`)."""
        return intake.add(self._database, Path(records), texts, options, source)

    def queue(
        self,
        reviewer: str,
        limit: int = 20,
        offset: int = 0,
        order: Order = Order.URGENT,
        second: bool = False,
        grouped: bool = True,
    ) -> list[QueueItem]:
        """What `reviewer` should look at next (see :func:`queue.queue`)."""
        name = reviewing.reviewer_name(reviewer)
        with self._database.reading() as connection:
            return queue.queue(connection, name, limit, offset, order, second, grouped)

    def case(self, number: int, reviewer: str | None = None) -> Case:
        """A case as `reviewer` may see it: others' decisions only once he has decided; everything without a name."""
        name = reviewing.reviewer_name(reviewer) if reviewer is not None else None
        with self._database.reading() as connection:
            return cases.read(connection, number, name)

    def decide(
        self,
        number: int,
        reviewer: str,
        verdict: Verdict,
        note: str = "",
        kind: Kind | None = None,
        strike: Iterable[Mark] = (),
        add: Iterable[Mark] = (),
    ) -> Decision:
        """Write down a decision on one case (see :func:`reviewing.decide`)."""
        return reviewing.decide(self._database, number, reviewer, verdict, note, kind, strike, add)

    def decide_campaign(
        self, key: str, reviewer: str, verdict: Verdict, note: str = "", kind: Kind | None = None
    ) -> tuple[Decision, ...]:
        """Decide all cases of a campaign that `reviewer` has not (see :func:`reviewing.decide_campaign`)."""
        return reviewing.decide_campaign(self._database, key, reviewer, verdict, note, kind)

    def campaign(self, key: str, reviewer: str) -> Group:
        """A campaign, with the cases that `reviewer` has not decided."""
        name = reviewing.reviewer_name(reviewer)
        with self._database.reading() as connection:
            return reviewing.group(connection, key, name)

    def search(
        self, words: str = "", verdict: Verdict | None = None, limit: int = 20, reviewer: str | None = None
    ) -> list[Hit]:
        """Cases that hold all `words`, and on which some reviewer now says `verdict`, as `reviewer` may see them."""
        name = reviewing.reviewer_name(reviewer) if reviewer is not None else None
        with self._database.reading() as connection:
            return search.search(connection, words, verdict, limit, name)

    def progress(self, reviewer: str | None = None) -> Progress:
        """How many cases there are and how far they are decided."""
        name = reviewing.reviewer_name(reviewer) if reviewer is not None else None
        with self._database.reading() as connection:
            return cases.progress(connection, name)

    def agreement(self) -> list[agreement.Pair]:
        """How far every two reviewers agree."""
        with self._database.reading() as connection:
            return agreement.pairs(connection)

    def export(self, path: str | Path) -> int:
        """Write the whole book, history too, to a new JSON Lines file; returns the number of cases."""
        return exchange.export(self._database, Path(path))

    def take_in(self, path: str | Path) -> exchange.Merged:
        """Merge an exported book into this one."""
        return exchange.take_in(self._database, Path(path))

    def backup(self, path: str | Path) -> int:
        """Copy the book to a new, checked file; returns its number of cases."""
        return upkeep.backup(self._database, Path(path))

    def training_rows(self, path: str | Path, reviewers: int = 2, genre: str = "social_caption") -> training_rows.Rows:
        """Write agreed cases as rows of the corpus (see :func:`training_rows.write_rows`)."""
        return training_rows.write_rows(self._database, Path(path), reviewers, genre)

    def forget(self, number: int) -> None:
        """Erase one case with its history for good."""
        upkeep.forget(self._database, number)

    def erase(self) -> None:
        """Erase the whole book, file and all, for good; it is closed by this."""
        upkeep.erase(self._database)

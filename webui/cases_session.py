"""What a session remembers of its case book. The book itself is opened for each run and each change and closed again:
so any number of sessions share one file, each in its own thread, and nobody holds it while nothing happens.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import streamlit as st

from detector.assessment import Kind
from detector.casebook import CaseBook, CaseBookError, Mark, Verdict
from detector.scan.rows import InputError
from webui.words import Say

_LOG = logging.getLogger(__name__)
_KEY = "case_book"
Message = tuple[str, dict[str, object]]
"""A key of the page's words and what fills it: told in the language of the moment."""


@dataclass(slots=True)
class Draft:
    """What a reviewer has prepared for a case and not decided yet."""

    struck: list[Mark] = field(default_factory=list)
    added: list[Mark] = field(default_factory=list)
    kind: Kind | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """The other cases of the campaigns of a case that was just decided, to be decided the same way or not."""

    number: int
    campaigns: tuple[str, ...]
    verdict: Verdict
    note: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that was prepared for saving."""

    what: str
    name: str
    content: bytes
    cases: int
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Desk:
    """One reviewer at one book: the case on the table (`number`), the one decided before it (`last`), whether single
    keys decide, and what was prepared, skipped or is to be asked.
    """

    path: Path
    reviewer: str
    number: int | None = None
    last: int | None = None
    keys: bool = True
    skipped: set[int] = field(default_factory=set)
    drafts: dict[int, Draft] = field(default_factory=dict)
    rest: Rest | None = None
    ready: Ready | None = None

    def draft(self, number: int) -> Draft:
        """The draft of a case; an empty one the first time."""
        return self.drafts.setdefault(number, Draft())

    def leave_case(self, number: int) -> None:
        """Keep nothing of a case."""
        self.drafts.pop(number, None)
        self.skipped.discard(number)
        self.number = None if self.number == number else self.number
        self.last = None if self.last == number else self.last
        self.rest = None if self.rest and self.rest.number == number else self.rest


def desk() -> Desk | None:
    """The session's desk; None before a book is open."""
    return cast(Desk | None, st.session_state.get(_KEY))


def sit_down(path: Path, reviewer: str) -> None:
    """Work on the book `path` as `reviewer` from now on."""
    st.session_state[_KEY] = Desk(path, reviewer)


def leave() -> None:
    """Close the book for this session; the file stays."""
    st.session_state.pop(_KEY, None)


def tell(key: str, where: str = "top", **values: object) -> None:
    """Leave a message for the next drawing of the place `where`."""
    st.session_state[f"case_book_message_{where}"] = (key, values)


def messages(where: str = "top") -> tuple[Message | None, Exception | None]:
    """What is to be told at the place `where`, once: a message, a fault."""
    state = st.session_state
    return state.pop(f"case_book_message_{where}", None), state.pop(f"case_book_problem_{where}", None)


def doing(work: Callable[[CaseBook, Desk], None], where: str = "top") -> None:
    """Let `work` change the book; a fault becomes a message at the place `where`."""
    at = desk()
    if at is None:
        return
    try:
        with CaseBook.open(at.path) as book:
            work(book, at)
    except Exception as problem:
        st.session_state[f"case_book_problem_{where}"] = problem


def told(problem: Exception, say: Say) -> str:
    """One sentence for whoever sits there, in the language of `say`."""
    if isinstance(problem, CaseBookError):
        return problem.told(say)
    if isinstance(problem, InputError):
        return say("book.unreadable")
    if isinstance(problem, OSError):
        return say("book.no_room")
    # Only the type: a message may quote what somebody wrote.
    _LOG.error("the case book could not do what was asked: %s", type(problem).__name__)
    return say("book.unexpected")


def forget_widgets(*names: str) -> None:
    """Empty fields, so that what was typed for one case does not stand at the next."""
    for name in names:
        with suppress(KeyError):
            del st.session_state[name]

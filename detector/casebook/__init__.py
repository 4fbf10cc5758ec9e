"""The case book: review decisions in one SQLite file, kept, merged, counted, erased (how-to: ``docs/case-book.md``)."""

from typing import TYPE_CHECKING

from detector.casebook.records import (
    Case,
    Decision,
    Hit,
    Mark,
    Order,
    Progress,
    QueueItem,
    Standing,
    State,
    Verdict,
    Why,
)

if TYPE_CHECKING:
    from detector.casebook.book import CaseBook
    from detector.casebook.faults import CaseBookError

__all__ = [
    "Case",
    "CaseBook",
    "CaseBookError",
    "Decision",
    "Hit",
    "Mark",
    "Order",
    "Progress",
    "QueueItem",
    "Standing",
    "State",
    "Verdict",
    "Why",
]


def __getattr__(name: str) -> object:
    # The command line needs the records for its options; the readers and the rules must not slow down --help.
    if name == "CaseBook":
        from detector.casebook.book import CaseBook

        return CaseBook
    if name == "CaseBookError":
        from detector.casebook.faults import CaseBookError

        return CaseBookError
    raise AttributeError(f"module 'detector.casebook' has no attribute {name!r}")

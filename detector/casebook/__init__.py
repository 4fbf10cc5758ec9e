"""The case book: review decisions in one SQLite file, kept, merged, counted, erased (how-to: ``docs/case-book.md``)."""

from detector.casebook.book import CaseBook
from detector.casebook.faults import CaseBookError
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

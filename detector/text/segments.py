"""Sentences of a folded text: the reach of a negation, a guard or a required word."""

from __future__ import annotations

import re
from bisect import bisect_right

# A full stop ends a sentence only before a blank and something that is not a digit ("Rp. 8.000", "No. 12" go on).
_BREAK = re.compile(r"\n|(?<=[!?;•|。！？])\s?|\.\s(?!\d)")


class Segments:
    """Sentence boundaries of one folded text."""

    def __init__(self, text: str) -> None:
        self._ends = [m.end() for m in _BREAK.finditer(text) if m.end() > 0]
        self._length = len(text)

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Folded offsets (start, end) of the sentence or sentences that hold start..end."""
        left = bisect_right(self._ends, start)
        right = bisect_right(self._ends, max(start, end - 1))
        return (
            self._ends[left - 1] if left else 0,
            self._ends[right] if right < len(self._ends) else self._length,
        )

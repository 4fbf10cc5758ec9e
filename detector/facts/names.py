"""Finding a table's names (places, provinces, employers) in folded text, all in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

__all__ = ["Hit", "Names", "longest"]

T = TypeVar("T")

_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u2e80-\u9fff]")  # scripts without blanks between words


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A name at folded[start:end] and what the table says of it."""

    start: int
    end: int
    entry: T


def _is_word(char: str) -> bool:
    return char.isalnum() or char in "_@"


class Names(Generic[T]):
    """A table of folded names, found as whole words (anywhere in scripts that put no blanks between words).

    `in_word` tells which characters beside a name make it a part of a longer word.
    """

    def __init__(self, table: Mapping[str, T], in_word: Callable[[str], bool] = _is_word) -> None:
        self._automaton = AhoCorasick(list(table), matchkind=MatchKind.Standard)
        self._entries = tuple(table.values())
        self._unspaced = tuple(_UNSPACED.search(name) is not None for name in table)
        self._in_word = in_word

    def find(self, folded: str) -> list[Hit[T]]:
        """All hits in text order, of several at one place the longest first; they may overlap."""
        found = [
            Hit(start, end, self._entries[index])
            for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if self._unspaced[index] or self._is_whole(folded, start, end)
        ]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        return found

    def _is_whole(self, text: str, start: int, end: int) -> bool:
        return not (start and self._in_word(text[start - 1])) and not (end < len(text) and self._in_word(text[end]))


def longest(hits: Sequence[Hit[T]]) -> Iterator[Hit[T]]:
    """`hits` (in the order of `Names.find`) without those that overlap an earlier one."""
    end = 0
    for hit in hits:
        if hit.start >= end:
            end = hit.end
            yield hit

"""Posts as columns: a million of them in some 500 MB, their texts not among them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from detector.scan.campaigns.contacts import joining_key, name_of
from detector.scan.campaigns.records import LEVELS, Key, Post
from detector.scan.campaigns.signatures import EMPTY, LENGTH
from detector.scan.campaigns.similar import compact

__all__ = ["FLAGGED", "Names", "Posts", "moment"]

FLAGGED = LEVELS.index("check")
_BLOCK = 4096


class Names:
    """Strings by number, each kept once."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of `name`, a new one where it is new."""
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number


@dataclass(slots=True)
class Posts:
    """Columns of equal length, and tables of the strings in them.

    `contacts[i]`, `joining[i]` and `indicators[i]` are tuples of numbers in `contact_names`, `joining_names` and
    `indicator_names`; `places[i]` is one of `place_names` or -1.
    """

    keys: list[Key] = field(default_factory=list)
    posted: list[str | None] = field(default_factory=list)
    levels: array[int] = field(default_factory=lambda: array("b"))
    places: array[int] = field(default_factory=lambda: array("i"))
    contacts: list[tuple[int, ...]] = field(default_factory=list)
    joining: list[tuple[int, ...]] = field(default_factory=list)
    indicators: list[tuple[int, ...]] = field(default_factory=list)
    texts: dict[Key, str] = field(default_factory=dict)
    signatures: np.ndarray = field(default_factory=lambda: np.empty((0, LENGTH), dtype=np.uint16))
    signed: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=bool))
    place_names: Names = field(default_factory=Names)
    contact_names: Names = field(default_factory=Names)
    joining_names: Names = field(default_factory=Names)
    indicator_names: Names = field(default_factory=Names)

    @classmethod
    def of(cls, posts: Iterable[Post]) -> Posts:
        """Read `posts` once, in order.

        Raises
        ------
        ValueError
            When a level is none of high, check, low and None, or a signature has another length.
        """
        out = cls()
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}  # one tuple for all posts with the same contacts
        blocks: list[np.ndarray] = []
        signed: list[np.ndarray] = []
        block = np.full((_BLOCK, LENGTH), EMPTY, dtype=np.uint32)
        fill = 0
        for post in posts:
            out._add(post, shared)
            if post.signature is not None:
                block[fill] = post.signature
            fill += 1
            if fill == _BLOCK:
                blocks.append(compact(block))
                signed.append((block != EMPTY).any(axis=1))
                block.fill(EMPTY)
                fill = 0
        blocks.append(compact(block[:fill]))
        signed.append((block[:fill] != EMPTY).any(axis=1))
        out.signed = np.concatenate(signed)
        out.signatures = np.empty((len(out.signed), LENGTH), dtype=np.uint16)
        at = 0
        for i, part in enumerate(blocks):
            out.signatures[at : at + len(part)] = part
            at += len(part)
            blocks[i] = part[:0]  # or the whole would be there twice
        return out

    def _add(self, post: Post, shared: dict[tuple[int, ...], tuple[int, ...]]) -> None:
        if post.level not in LEVELS:
            raise ValueError(f"level must be high, check, low or None, not {post.level!r}")
        contacts = tuple(dict.fromkeys(self.contact_names.number(name_of(*c)) for c in post.contacts))
        keys = dict.fromkeys(key for c in post.contacts if (key := joining_key(*c)))
        joining = tuple(self.joining_names.number(key) for key in keys)
        indicators = tuple(self.indicator_names.number(name) for name in dict.fromkeys(post.indicators))
        self.keys.append(post.key)
        self.posted.append(post.posted_at)
        self.levels.append(LEVELS.index(post.level))
        self.places.append(-1 if post.place is None else self.place_names.number(post.place))
        self.contacts.append(shared.setdefault(contacts, contacts))
        self.joining.append(shared.setdefault(joining, joining))
        self.indicators.append(shared.setdefault(indicators, indicators))
        if post.text is not None:
            self.texts[post.key] = post.text

    def __len__(self) -> int:
        return len(self.keys)


def moment(written: str | None) -> datetime | None:
    """A date to sort by, or None where `written` is none. One without a zone is put beside UTC, and never shown so."""
    if not written:
        return None
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read

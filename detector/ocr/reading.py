"""What was read: lines with their place in the picture, and the way from a stretch of the text back to boxes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

Point = tuple[float, float]
Box = tuple[Point, Point, Point, Point]
"""x and y in pixels of the upright picture: where the text begins above, ends above, ends below, begins below."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it stands in the picture.

    Attributes
    ----------
    text:
        Its characters; never empty.
    box:
        The four-cornered frame around it, turned with the text.
    confidence:
        0-1, the recogniser's mean over the characters.
    edges:
        Where each character begins and the last one ends, as shares (0-1) of the box along the line:
        one more than there are characters, never falling.
    """

    text: str
    box: Box
    confidence: float
    edges: tuple[float, ...]

    def part(self, start: int, end: int) -> Box:
        """The part of the box that characters start..end (end exclusive) take up."""
        above_begin, above_end, below_end, below_begin = self.box
        first, last = self.edges[start], self.edges[end]
        return (
            _between(above_begin, above_end, first),
            _between(above_begin, above_end, last),
            _between(below_begin, below_end, last),
            _between(below_begin, below_end, first),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One picture, or one page of a PDF: its size in pixels when upright and its lines in reading order.

    `breaks[i]` is what stands between line i and the one before it: a line break, a blank where a sentence runs on or
    two pieces stand side by side, nothing where a word was hyphenated; the first is empty.
    """

    number: int
    width: int
    height: int
    lines: tuple[Line, ...]
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A box on page `page` (its number, from 0)."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read, as one text.

    Attributes
    ----------
    pages:
        One for a picture, one for each page read of a PDF.
    text:
        All lines in reading order; pages are parted by an empty line.
    lines:
        The lines of all pages, in the order of the text.
    starts:
        Offset into `text` at which each of `lines` begins.
    """

    pages: tuple[Page, ...]
    text: str = field(init=False)
    lines: tuple[Line, ...] = field(init=False)
    starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        pieces: list[str] = []
        for page in self.pages:
            for i, (line, gap) in enumerate(zip(page.lines, page.breaks, strict=True)):
                pieces += ["\n\n" if not i and pieces else gap, line.text]
        ends = list(accumulate(map(len, pieces)))
        object.__setattr__(self, "text", "".join(pieces))
        object.__setattr__(self, "lines", tuple(line for page in self.pages for line in page.lines))
        object.__setattr__(self, "starts", tuple(ends[::2]))

    @property
    def confidence(self) -> float:
        """0-1, the mean over all characters; 0 when nothing was read."""
        weights = [len(line.text) for line in self.lines]
        total = sum(line.confidence * weight for line, weight in zip(self.lines, weights, strict=True))
        return total / sum(weights) if weights else 0.0

    def boxes(self, start: int, end: int) -> tuple[Place, ...]:
        """Where the characters start..end of `text` (end exclusive) stand, one box for each line they touch.

        Characters between lines have no place. Offsets beyond the text are cut off.
        """
        numbers = [page.number for page in self.pages for _ in page.lines]
        places = []
        for i in range(max(0, bisect_right(self.starts, start) - 1), len(self.lines)):
            line, begin = self.lines[i], self.starts[i]
            first, last = max(0, start - begin), min(len(line.text), end - begin)
            if begin >= end:
                break
            if first < last:
                places.append(Place(numbers[i], line.part(first, last)))
        return tuple(places)


def _between(a: Point, b: Point, share: float) -> Point:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def edges_of(text: str, centres: Sequence[float]) -> tuple[float, ...]:
    """Edges of the characters of `text`, whose middles are at `centres` (shares of a line, never falling).

    A blank is given no width: its middle parts the words, so that a word's box does not cut its first letter.
    """
    edges = [0.0]
    for i in range(1, len(text)):
        if text[i - 1].isspace() or text[i].isspace():
            edges.append(centres[i] if text[i].isspace() else centres[i - 1])
        else:
            edges.append((centres[i - 1] + centres[i]) / 2)
    return (*edges, 1.0)

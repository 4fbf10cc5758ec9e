"""Reading order: lines of a poster put into the order in which a person reads them, columns one after the other.

The lines are first turned so that most of them run from left to right (a photo may lie on its side). Then the picture
is read in rows from the top. Where consecutive rows leave the same stretch free, that is the gutter between two
columns, and the left one is read to its end before the right one, columns within columns likewise. Pieces of one row
that belong together (a list's number and its text, a label and what follows its colon) are joined before.
"""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detector.ocr.reading import Line

_SAME_ROW = 0.5  # of the lower line's height that two lines must share to stand in one row
_WORD_GAP = 0.4  # heights between two pieces of one row that the finder parted at a blank
_LABEL_GAP = 4.0  # heights between a label or a list's number and what it belongs to
_LABEL_WORDS = 3  # at most; what is longer and ends with a colon is the heading of a list
_COLUMN = 3  # lines that make a column; one or two beside a text are a logo or a caption
_COLUMN_PAUSE = 2.5  # heights that a column may pause before a row below no longer belongs to it
_NUMBER = re.compile(r"\W{0,2}(?:\d{1,2}|[a-zA-Z])[.)]?|[•\-–*]")
ITEM = re.compile(r"(?:\d{1,2}[.)]|[•■●○✓✔*])|[\-–] ")
"""How a new item of a list begins."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its upright frame in a picture that is turned so that most lines run from left to right."""

    line: Line
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def across(self) -> float:
        """Middle between top and bottom."""
        return (self.top + self.bottom) / 2


def in_order(lines: Sequence[Line]) -> list[Placed]:
    """The lines in reading order; those that run another way than most (a watermark at the side) come last."""
    if not lines:
        return []
    quarter = _main_quarter(lines)
    along = [_placed(line, quarter) for line in lines if _quarter(line) == quarter]
    aside = [_placed(line, quarter) for line in lines if _quarter(line) != quarter]
    return [*_columns(_joined(along)), *sorted(aside, key=lambda p: (p.left, p.top))]


def _quarter(line: Line) -> int:
    """Quarter turns clockwise from left-to-right to the way the line runs: 0 right, 1 down, 2 left, 3 up."""
    (x0, y0), (x1, y1) = line.box[:2]
    return round(math.atan2(y1 - y0, x1 - x0) / (math.pi / 2)) % 4


def _main_quarter(lines: Sequence[Line]) -> int:
    weights = [0.0] * 4
    for line in lines:
        weights[_quarter(line)] += len(line.text) * line.confidence
    return weights.index(max(weights))


def _placed(line: Line, quarter: int) -> Placed:
    turn: Callable[[float, float], tuple[float, float]] = (
        lambda x, y: (x, y),
        lambda x, y: (y, -x),
        lambda x, y: (-x, -y),
        lambda x, y: (-y, x),
    )[quarter]
    xs, ys = zip(*(turn(x, y) for x, y in line.box), strict=True)
    # A slanted line's frame is higher than its letters and would overlap its neighbours: keep the letters' height.
    height = (
        min(max(ys) - min(ys), math.dist(line.box[0], line.box[3])) if _quarter(line) == quarter else max(ys) - min(ys)
    )
    middle = (min(ys) + max(ys)) / 2
    return Placed(line, min(xs), middle - height / 2, max(xs), middle + height / 2)


Piece = list[Placed]
"""Lines of one row that are read one after the other, from left to right; mostly a single one."""


def _joined(lines: list[Placed]) -> list[Piece]:
    """Pieces: lines of one row that belong together."""
    pieces: list[Piece] = []
    for line in sorted(lines, key=lambda p: p.left):
        best = min((p for p in pieces if _belongs(p[-1], line)), key=lambda p: line.left - p[-1].right, default=None)
        if best is None:
            pieces.append([line])
        else:
            best.append(line)
    return pieces


def _belongs(left: Placed, right: Placed) -> bool:
    """Whether `right` goes on where `left` ends."""
    gap, height = right.left - left.right, max(left.height, right.height)
    if not _one_row(left, right) or gap < -0.5 * height or height > 1.8 * min(left.height, right.height):
        return False
    text, after = left.line.text, right.line.text
    if _NUMBER.fullmatch(text):
        return gap < _LABEL_GAP * height
    if ITEM.match(after):
        return False
    label = after.startswith(":") or (
        text.endswith(":") and not after.endswith(":") and len(text.rstrip(" :").split()) <= _LABEL_WORDS
    )
    return gap < (_LABEL_GAP if label else _WORD_GAP) * height


def _one_row(a: Placed, b: Placed) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > _SAME_ROW * min(a.height, b.height)


def _columns(pieces: list[Piece]) -> list[Placed]:
    """The lines of `pieces` in order, column after column where rows share a gutter."""
    rows = _rows(pieces)
    out: list[Placed] = []
    i = 0
    while i < len(rows):
        last, gutters = _band(rows, i)
        if gutters:
            for column in _parted([piece for row in rows[i:last] for piece in row], gutters):
                out += _columns(column)
        else:
            out += (line for piece in sorted(rows[i], key=lambda p: p[0].left) for line in piece)
        i = last
    return out


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces that stand beside one another, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p[0].across):
        if rows and any(_one_row(piece[0], other[0]) for other in rows[-1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


Gutter = tuple[float, float]
"""Left and right end of a stretch that stays free."""


def _band(rows: list[list[Piece]], first: int) -> tuple[int, list[Gutter]]:
    """End of the longest run of rows from `first` on that share a gutter, and their gutters (none: a row by itself)."""
    found = _free(rows[first])
    last, gutters = first + 1, found
    for i in range(first + 1, len(rows)):
        gutters = _without(gutters, rows[i])
        if not gutters:
            break
        # A row on one side only belongs to the band when one with both sides follows, or it ends a true column.
        if len(rows[i]) > 1 or (i == last and _ends_column(rows[first:i], rows[i][0], gutters)):
            last, found = i + 1, gutters
    return last, found


def _free(row: list[Piece]) -> list[Gutter]:
    """The stretches between the pieces of `row`."""
    free = []
    end = math.inf
    for piece in sorted(row, key=lambda p: p[0].left):
        if piece[0].left > end:
            free.append((end, piece[0].left))
        end = piece[-1].right if end == math.inf else max(end, piece[-1].right)
    return free


def _without(gutters: list[Gutter], row: list[Piece]) -> list[Gutter]:
    """What of `gutters` the pieces of `row` leave free, each piece wholly on one side."""
    out = []
    for low, high in gutters:
        for piece in row:
            if _middle(piece) < (low + high) / 2:
                low = max(low, piece[-1].right)
            else:
                high = min(high, piece[0].left)
        if low < high:
            out.append((low, high))
    return out


def _parted(pieces: list[Piece], gutters: list[Gutter]) -> list[list[Piece]]:
    """`pieces` in columns from left to right, as `gutters` part them."""
    columns: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    for piece in pieces:
        columns[bisect([sum(gutter) / 2 for gutter in gutters], _middle(piece))].append(piece)
    return columns


def _ends_column(band: list[list[Piece]], piece: Piece, gutters: list[Gutter]) -> bool:
    """Whether `piece` goes on near below one of several true columns."""
    columns = _parted([p for row in band for p in row], gutters)
    own = next(column for column, new in zip(columns, _parted([piece], gutters), strict=True) if new)
    near = piece[0].top - max(p[0].bottom for p in own) < _COLUMN_PAUSE * piece[0].height
    return near and min(map(len, columns)) >= _COLUMN


def _middle(piece: Piece) -> float:
    return (piece[0].left + piece[-1].right) / 2

"""Each line that was found cut out, turned so that it reads from left to right, and recognised."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING, cast

from detector.ocr import engine, tiles
from detector.ocr.reading import Box, Line, edges_of

if TYPE_CHECKING:
    from PIL.Image import Image

_HEIGHT = 48  # pixels, what the recogniser takes
_LEAST_CONFIDENCE = 0.5  # below, it is ornament: of 560 lines of print on 20 posters none came lower
_DOUBTFUL = 0.8  # below, a line may stand on its head: of those 560 five came lower, blurred ones and logos
_CLEARER = 0.1  # by which another direction must beat the usual one
_TALL = 1.5  # height over width from which a line may run up or down ...
_VERY_TALL = 3.0  # ... and from which it cannot be one upright letter


def read_lines(picture: Image) -> list[Line]:
    """Every line of text in `picture` (upright RGB), in no order."""
    lines = (
        _read(picture, cast(Box, tuple((float(x), float(y)) for x, y in box))) for box in tiles.find_lines(picture)
    )
    return [line for line in lines if line is not None]


def _read(picture: Image, box: Box) -> Line | None:
    width, height = math.dist(box[0], box[1]), math.dist(box[0], box[3])
    if min(width, height) < 4:
        return None
    if height < _TALL * width:
        best = _turned(picture, box, 0)
        if best[0].confidence < _DOUBTFUL:
            best = _clearer(best, _turned(picture, box, 2))
    else:
        best = max((_turned(picture, box, turn) for turn in (1, 3)), key=lambda found: found[0].confidence)
        if height < _VERY_TALL * width:
            best = _clearer(_turned(picture, box, 0), best)
    found, corners = best
    text = found.text.strip()
    if found.confidence < _LEAST_CONFIDENCE or not any(map(str.isalnum, text)):
        return None
    begin = found.text.index(text)
    centres = tuple(accumulate(found.centres[begin : begin + len(text)], max))
    return Line(text, corners, found.confidence, edges_of(text, centres))


def _clearer(
    usual: tuple[engine.Recognised, Box], other: tuple[engine.Recognised, Box]
) -> tuple[engine.Recognised, Box]:
    return other if other[0].confidence > max(_DOUBTFUL, usual[0].confidence + _CLEARER) else usual


def _turned(picture: Image, box: Box, turn: int) -> tuple[engine.Recognised, Box]:
    """The text in `box` when it runs right (turn 0), down (1), left (2) or up (3), and the corners in that order."""
    corners = cast(Box, box[turn:] + box[:turn])
    return engine.recognise(_cut_out(picture, corners)), corners


def _cut_out(picture: Image, corners: Box) -> Image:
    """The frame with these corners as a picture of its own, no higher than the recogniser takes."""
    from PIL import Image

    above_begin, above_end, below_end, below_begin = corners
    width = max(1, round(max(math.dist(above_begin, above_end), math.dist(below_begin, below_end))))
    height = max(1, round(max(math.dist(above_begin, below_begin), math.dist(above_end, below_end))))
    quad = tuple(c for point in (above_begin, below_begin, below_end, above_end) for c in point)
    line = picture.transform((width, height), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    if height > _HEIGHT:
        line = line.resize((max(1, round(width * _HEIGHT / height)), _HEIGHT), Image.Resampling.BICUBIC)
    return line

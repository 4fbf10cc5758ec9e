"""Finding lines in a picture of any size: small pictures enlarged, large ones reduced, long ones in tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detector.ocr import engine

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

_LEAST_SIDE, _MOST_SIDE = (
    736,
    1440,
)  # of the shorter side, in pixels; the network learnt on posters and pages of this size
_MOST_ENLARGED = 4.0  # beyond, there is nothing to see in the pixels
_MOST_WIDE = 4096  # pixels; what is wider still is reduced further, as tiles side by side would cut every line
_TILE = 4_000_000  # pixels at once; the network takes 150 bytes for each
_OVERLAP = 256  # pixels of height that two tiles share; no line of body text is so high
_EDGE = 4  # pixels: a box that comes so near to the cut is cut


def find_lines(picture: Image) -> np.ndarray:
    """Corners of all lines of text, shape (lines, 4, 2), in pixels of `picture`."""
    import numpy as np
    from PIL import Image

    short = min(picture.size)
    scale = min(max(1.0, _LEAST_SIDE / short), _MOST_ENLARGED) * min(1.0, _MOST_SIDE / short)
    scale = min(scale, _MOST_WIDE / picture.width)
    size = (max(32, round(picture.width * scale)), max(32, round(picture.height * scale)))
    how = Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.BOX
    scaled = picture if scale == 1 else picture.resize(size, how)
    tiles = _tiles(*scaled.size)
    boxes = np.concatenate([_in_tile(scaled, *tile) for tile in tiles])
    return (_once(boxes) if len(tiles) > 1 else boxes) * [
        picture.width / scaled.width,
        picture.height / scaled.height,
    ]


def _tiles(width: int, height: int) -> list[tuple[int, int]]:
    """Top and bottom of the tiles of a picture of `width` x `height` pixels."""
    most = max(_TILE // width, 2 * _OVERLAP)
    if height <= most:
        return [(0, height)]
    return [(min(top, height - most), min(top + most, height)) for top in range(0, height - _OVERLAP, most - _OVERLAP)]


def _in_tile(picture: Image, top: int, bottom: int) -> np.ndarray:
    """Boxes of the tile from `top` to `bottom`, in pixels of the whole; without those that a cut goes through."""
    boxes = engine.find_lines(picture.crop((0, top, picture.width, bottom)))
    if not len(boxes):
        return boxes
    boxes[:, :, 1] += top
    highest, lowest = boxes[:, :, 1].min(axis=1), boxes[:, :, 1].max(axis=1)
    cut = ((highest < top + _EDGE) & (top > 0)) | ((lowest > bottom - _EDGE) & (bottom < picture.height))
    # What is higher than the overlap is whole in no tile; half a heading is better than none.
    return boxes[~cut | (lowest - highest > _OVERLAP - _EDGE)]


def _once(boxes: np.ndarray) -> np.ndarray:
    """Without the second box of a line that two tiles show."""
    import numpy as np

    kept: list[np.ndarray] = []
    for box in boxes:
        low, high = box.min(axis=0), box.max(axis=0)
        for other in kept:
            shared = np.minimum(high, other.max(axis=0)) - np.maximum(low, other.min(axis=0))
            smaller = min(np.prod(high - low), np.prod(other.max(axis=0) - other.min(axis=0)))
            if (shared > 0).all() and np.prod(shared) > 0.6 * smaller:
                break
        else:
            kept.append(box)
    return np.array(kept).reshape(-1, 4, 2)

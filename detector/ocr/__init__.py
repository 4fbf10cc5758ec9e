"""The poster reader: the text of a picture, screenshot or PDF, with a box for every stretch of it; works offline.

`read` is all that the rest of the program needs, and `picture` to draw boxes on. Needs the extra `ocr`; nothing heavy
is imported before the first call.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

from detector.ocr import pages
from detector.ocr.errors import PosterError, not_installed
from detector.ocr.layout import in_order
from detector.ocr.lines import read_lines
from detector.ocr.pictures import open_picture
from detector.ocr.reading import Box, Line, Page, Place, Reading
from detector.ocr.wrapping import break_between

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Box", "Line", "Page", "Place", "PosterError", "Reading", "available", "picture", "read"]


def available() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime", "PIL", "pypdfium2"))


def read(data: bytes, *, page: int | None = None) -> Reading:
    """The text of a picture (JPG, PNG, WebP, GIF, BMP, TIFF, AVIF) or a PDF.

    Parameters
    ----------
    data:
        The file's bytes.
    page:
        Page of a PDF to read, from 0; all pages when None. A picture has page 0 only.

    Returns
    -------
    Reading
        Its text is empty when the picture holds none.

    Raises
    ------
    PosterError
        When the file cannot be read; the message is one sentence that says what to do.
    """
    if not available():
        raise not_installed()
    return Reading(tuple(_read_page(picture(data, page=number), number) for number in _numbers(data, page)))


def picture(data: bytes, *, page: int = 0) -> Image:
    """The upright RGB picture whose pixels the boxes of `read` count; raises PosterError like `read`."""
    if pages.is_pdf(data):
        return pages.render(data, page)
    if page:
        raise pages.no_such_page(page, 1)
    return open_picture(data)


def _numbers(data: bytes, page: int | None) -> Sequence[int]:
    """Numbers of the pages to read."""
    if page is not None:
        return [page]
    return range(pages.count(data)) if pages.is_pdf(data) else [0]


def _read_page(image: Image, number: int) -> Page:
    placed = in_order(read_lines(image))
    breaks = ("", *(break_between(before, after) for before, after in pairwise(placed))) if placed else ()
    return Page(number, image.width, image.height, tuple(p.line for p in placed), breaks)

"""Pages of a PDF as pictures: what a reader of the page would see, whatever text the file claims to hold."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from detector.ocr.errors import PosterError, not_installed

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES = 10  # an advert has one or two; ten pages take half a minute
_POINTS = 72  # of an inch, the unit of PDF sizes
_DOTS = 200  # an inch, enough for 8-point print
_SHORT_SIDE = 1600  # pixels at most, whatever the page claims to measure: slides are often metres wide
_PIXELS = 12_000_000  # at most, for pages that are long scrolls
_PASSWORD, _SECURITY = 4, 5  # PDFium's codes: a password is wanted, another protection is used
_pdfium = threading.Lock()  # PDFium is not safe to use from two threads


def is_pdf(data: bytes) -> bool:
    """Whether `data` is a PDF; some programs write a few bytes before the mark."""
    return b"%PDF-" in data[:1024]


def count(data: bytes) -> int:
    """Number of pages of the PDF in `data`.

    Raises
    ------
    PosterError
        When it is locked or damaged, or has no page or more than `MOST_PAGES`.
    """
    with _opened(data) as document:
        number = len(document)
    if not number:
        raise _broken()
    if number > MOST_PAGES:
        raise PosterError(
            "pdf_pages",
            f"The PDF has {number} pages, and at most {MOST_PAGES} are read; "
            "print the pages with the advert to a new PDF, and give that.",
            pages=number,
            most=MOST_PAGES,
        )
    return number


def no_such_page(page: int, pages: int) -> PosterError:
    """The error for page `page` (from 0) of a file of `pages`."""
    has = "one page" if pages == 1 else f"{pages} pages"
    return PosterError(
        "no_such_page",
        f"The file has {has}, so there is no page {page + 1}; choose another.",
        page=page + 1,
        pages=pages,
    )


def render(data: bytes, page: int) -> Image:
    """Page `page` (from 0) of the PDF in `data` as an RGB picture, about 200 dots an inch.

    Raises
    ------
    PosterError
        When the PDF is locked or damaged or has no such page.
    """
    import pypdfium2

    with _opened(data) as document:
        if not 0 <= page < len(document):
            raise no_such_page(page, len(document))
        try:
            sheet = document[page]
            return sheet.render(scale=_scale(*sheet.get_size())).to_pil().convert("RGB")
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            raise _broken() from None


def _scale(width: float, height: float) -> float:
    """Pixels a point for a page of `width` x `height` points."""
    short, area = max(1.0, min(width, height)), max(1.0, width * height)
    return min(_DOTS / _POINTS, _SHORT_SIDE / short, (_PIXELS / area) ** 0.5)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        import pypdfium2
    except ImportError:
        raise not_installed() from None
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as problem:
            if problem.err_code in (_PASSWORD, _SECURITY):
                raise PosterError(
                    "pdf_locked", "The PDF is locked with a password; open it, print it to a new PDF, and give that."
                ) from None
            raise _broken() from None
        try:
            yield document
        finally:
            document.close()


def _broken() -> PosterError:
    return PosterError(
        "pdf_broken", "The PDF is damaged or incomplete; download it again, or take a screenshot of the advert."
    )

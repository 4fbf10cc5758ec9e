"""Posters, screenshots and PDF pages that a visitor gives: read once, and kept small enough to be shown."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

from detector import ocr
from detector.assessment import Assessment
from detector.ocr import PosterError, Reading
from webui.words import Say

MOST_BYTES = 20_000_000  # a phone's best photo has 12 MB; a scanned PDF of ten pages about as much
MOST_FILES = 10
#: What the browser's file chooser lets through; the reader itself says what is wrong with the rest.
KINDS = ("jpg", "jpeg", "png", "webp", "pdf", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif")
_SHOWN = 1000  # pixels of width of what is shown, sharp on a phone and on the page's column


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture, or one page of a PDF, as it is shown; width and height are those that the boxes count in."""

    number: int
    width: int
    height: int
    source: str  # a data: address, so that the picture is nowhere but in the page


@dataclass(frozen=True, slots=True)
class Poster:
    """One file with what was read in it."""

    name: str
    reading: Reading
    sheets: tuple[Sheet, ...]


@dataclass(slots=True)
class Item:
    """One poster of the session: its text as the visitor left it, the text she asked about (empty: there was none),
    and the answer."""

    id: str
    poster: Poster
    text: str
    asked: str | None = None
    answer: Assessment | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read, and why."""

    name: str
    code: str
    values: dict[str, object]


def read_poster(name: str, data: bytes) -> Poster:
    """Read the file `data`.

    Raises
    ------
    PosterError
        When it is too large or cannot be read.
    """
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise PosterError("too_heavy", f"The file is larger than {most} MB; take a screenshot of it.", most=most)
    reading = ocr.read(data)
    return Poster(name, reading, tuple(_sheet(data, page.number) for page in reading.pages))


def _sheet(data: bytes, number: int) -> Sheet:
    picture = ocr.picture(data, page=number)
    width, height = picture.size
    picture.thumbnail((_SHOWN, _SHOWN * 12))  # a long screenshot keeps its width
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return Sheet(number, width, height, "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode("ascii"))


def problem_words(problem: Problem, say: Say) -> str:
    """What happened to a file and what to do, in one sentence."""
    key = f"picture.error.{problem.code}"
    return say(key if say.has(key) else "picture.error.failed", **problem.values)

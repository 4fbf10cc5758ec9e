"""Bytes of a picture to upright RGB pixels, refusing by its header what would fill memory.

Everything after this module works in the pixels of the picture made here: turned as its EXIF data say, without
transparency, eight bits a channel, the first frame of an animation.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from detector.ocr.errors import PosterError, not_installed

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000  # a phone's 40-megapixel photo; 120 MB once decoded
LEAST_SIDE = 16  # pixels; below it there is no room for a line of text
# Formats that people have posters in. The others of Pillow stay closed: fewer decoders, fewer ways to be attacked.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def open_picture(data: bytes) -> Image:
    """The picture in `data`, upright and in RGB.

    Raises
    ------
    PosterError
        When it is empty, no picture, damaged, too large or too small.
    """
    try:
        from PIL import Image
    except ImportError:
        raise not_installed() from None
    if not data:
        raise PosterError("empty", "The file is empty; choose the picture again.")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise PosterError(
            "heic", "This is a HEIC photo, which cannot be read here; save it as JPG or take a screenshot."
        )
    with warnings.catch_warnings():
        # Pillow warns of large pictures and odd metadata; the size is checked below, the metadata do not matter.
        warnings.simplefilter("ignore")
        try:
            picture: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
        except Image.DecompressionBombError:
            raise too_large() from None
        except Image.UnidentifiedImageError:
            raise _unknown(data) from None
        except Exception as problem:  # decoders raise whatever their format makes them stumble over
            raise _broken() from problem
        check_size(*picture.size)
        try:
            picture.load()
            return _rgb(_upright(picture))
        except Exception as problem:
            raise _broken() from problem


def check_size(width: int, height: int) -> None:
    """Refuse a picture of `width` x `height` pixels that is too large to decode or too small to read."""
    if width * height > MOST_PIXELS:
        raise too_large(width, height)
    if min(width, height) < LEAST_SIDE:
        raise PosterError(
            "too_small",
            f"The picture has only {width} x {height} pixels, too few to read; give the original, not a preview.",
            width=width,
            height=height,
        )


def too_large(width: int = 0, height: int = 0) -> PosterError:
    """The error for a picture above `MOST_PIXELS`; without a size when even the header was not let through."""
    size = f"{width} x {height} pixels" if width else "more pixels than memory holds"
    most = MOST_PIXELS // 1_000_000
    return PosterError(
        "too_large",
        f"The picture has {size}, and at most {most} megapixels are read; make it smaller or take a screenshot of it.",
        width=width,
        height=height,
        most=most,
    )


def _unknown(data: bytes) -> PosterError:
    # A text file that is called poster.jpg, a Word document, a video ... and a picture cut off in its header.
    if data[:3] == b"\xff\xd8\xff" or data[:8] == b"\x89PNG\r\n\x1a\n" or data[:4] in (b"RIFF", b"GIF8"):
        return _broken()
    return PosterError(
        "not_a_picture",
        "This is not a picture that can be read; give a JPG, PNG or WebP picture or a PDF, "
        "or copy the words of the advert and give them instead.",
    )


def _broken() -> PosterError:
    return PosterError(
        "broken",
        "The picture is damaged or was not copied to its end; download or send it again, or take a screenshot.",
    )


def _upright(picture: Image) -> Image:
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # broken EXIF data are no reason not to read the picture
        return picture


def _rgb(picture: Image) -> Image:
    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        return _eight_bits(picture)
    if picture.has_transparency_data:
        return _flat(picture.convert("RGBA"))
    return picture.convert("RGB")


def _eight_bits(picture: Image) -> Image:
    """Grey of 16 or 32 bits; Pillow's own conversion would turn all above 255 white."""
    import numpy as np
    from PIL import Image

    values = np.asarray(picture, dtype=np.float32)
    low, high = float(values.min()), float(values.max())
    grey = (values - low) * (255 / (high - low)) if high > low else np.full_like(values, 255)
    return Image.fromarray(grey.astype(np.uint8)).convert("RGB")


def _flat(picture: Image) -> Image:
    """Laid on white, or on black when what shows is light: light letters on nothing would vanish on white."""
    from PIL import Image, ImageStat

    alpha = picture.getchannel("A")
    seen = ImageStat.Stat(picture.convert("L"), mask=alpha)
    light = seen.count[0] > 0 and seen.mean[0] > 127
    ground = Image.new("RGB", picture.size, "black" if light else "white")
    ground.paste(picture, mask=alpha)
    return ground

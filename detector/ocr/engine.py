"""The two neural networks (PP-OCRv6 small, inside the rapidocr wheel): find lines of text, recognise one line.

Loaded once and on first use. Nothing is fetched: the files of both models are named, so that rapidocr has nothing to
look for. Its third network, which turns lines that stand on their head, is not used: the recogniser's own confidence
tells that as well (see `lines`), and tells upright from sideways too.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detector.ocr.errors import PosterError, not_installed

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

_FINDER, _RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_MOST_THREADS = 4  # of one network; a page serves several people, and more threads speed up one poster little
_loading = threading.Lock()
_running = threading.Lock()  # rapidocr keeps the options of a call on the object; one call at a time


@dataclass(frozen=True, slots=True)
class Recognised:
    """What one picture of a line says.

    Attributes
    ----------
    text:
        The characters, blanks between words.
    confidence:
        0-1, the mean over the characters.
    centres:
        For each character where its middle lies, as a share (0-1) of the picture's width; blanks lie between their
        neighbours.
    """

    text: str
    confidence: float
    centres: tuple[float, ...]


def find_lines(picture: Image) -> np.ndarray:
    """Corners of the lines of text in `picture` (RGB).

    Returns
    -------
    np.ndarray
        float, shape (lines, 4, 2): x and y in pixels of top left, top right, bottom right, bottom left as they stand
        in the picture, whatever direction the text runs; no order among lines.
    """
    import numpy as np

    found = _run(picture, use_det=True, use_rec=False)
    if found.boxes is None or not len(found.boxes):
        return np.zeros((0, 4, 2))
    return np.asarray(found.boxes, dtype=float)


def recognise(line: Image) -> Recognised:
    """The text in `line`, a picture (RGB) of one line that runs from left to right; empty text when there is none."""
    found = _run(line, use_det=False, use_rec=True)
    text = found.txts[0] if found.txts else ""
    if not text.strip():
        return Recognised("", 0.0, ())
    info = found.word_results[0]
    steps = [column for word in info.word_cols for column in word]
    return Recognised(text, float(found.scores[0]), _centres(text, steps, info.line_txt_len))


def _centres(text: str, steps: list[int], length: float) -> tuple[float, ...]:
    """The recogniser's steps, given for all characters but blanks, as shares of the line for all characters."""
    centres: list[float | None] = []
    known = iter(steps)
    for character in text:
        step = None if character.isspace() else next(known, None)
        centres.append(None if step is None else min(1.0, (step + 0.5) / length))
    for i, centre in enumerate(centres):
        if centre is None:
            left = centres[i - 1] if i else 0.0
            right = next((c for c in centres[i + 1 :] if c is not None), 1.0)
            centres[i] = ((left or 0.0) + right) / 2
    return tuple(c or 0.0 for c in centres)


def _run(picture: Image, *, use_det: bool, use_rec: bool) -> Any:
    import numpy as np

    blue_first = np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])
    reader = _reader()
    try:
        with _running:
            return reader(blue_first, use_det=use_det, use_cls=False, use_rec=use_rec, return_word_box=use_rec)
    except Exception as problem:  # of onnxruntime, mostly for want of memory
        raise PosterError(
            "failed",
            f"The picture could not be read ({type(problem).__name__}); make it smaller, "
            "or copy the words of the advert and give them instead.",
        ) from problem


def _reader() -> Any:
    with _loading:
        return _load()


@cache
def _load() -> Any:
    try:
        import onnxruntime  # noqa: F401 - rapidocr installs without it
        from rapidocr import RapidOCR
    except ImportError:
        raise not_installed() from None
    models = Path(str(files("rapidocr"))) / "models"
    finder, recogniser = models / _FINDER, models / _RECOGNISER
    if not (finder.is_file() and recogniser.is_file()):
        raise not_installed()
    threads = min(_MOST_THREADS, os.cpu_count() or 1)
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            # Scaling and tiling are done in `tiles`, with what rapidocr lacks: long screenshots stay legible.
            "Global.use_preprocess_img": False,
            "Global.use_vertical_padding": False,
            "Det.limit_side_len": 32,
            "Det.model_path": str(finder),
            "Rec.model_path": str(recogniser),
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )

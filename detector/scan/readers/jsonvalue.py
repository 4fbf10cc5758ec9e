"""One JSON text as a Python value, forgiving what exports get wrong and no output could hold."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from detector.scan.readers.records import plain


def _finite(number: str) -> float | None:
    value = float(number)
    return value if math.isfinite(value) else None


# NaN and infinities, which pandas writes, and numbers too large to be one (1e999) are empty cells.
DECODER = json.JSONDecoder(parse_constant=lambda name: None, parse_float=_finite)
# Telegram Desktop writes control characters as \x1B, which is not JSON
# (telegramdesktop/tdesktop, export_output_json.cpp, SerializeString).
_HEX_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")


def parse(text: str) -> Any:
    """The value of a JSON text.

    Raises
    ------
    ValueError
        When it is not JSON, or nested deeper than any post.
    """
    try:
        try:
            value = DECODER.decode(text)
        except ValueError:
            mended = _HEX_ESCAPE.sub(r"\1\\u00\2", text)
            if mended == text:
                raise
            value = DECODER.decode(mended)
        return clean(value, text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def clean(value: Any, text: str) -> Any:
    """`value` without halves of surrogate pairs, which only escapes can bring in and no file could hold."""
    return plain(value) if "\\ud" in text or "\\uD" in text else value

"""What a report shows of contacts: everything, numbers without their last digits, or pseudonyms."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from detector.scan.redact import Redactor

Hide = Callable[[str], str]
_HIDDEN = 4  # digits of a number
_LEAST = 7  # digits of what is hidden: a price or a house number is no phone
_RUN = re.compile(r"(?<!\d)\+?\d(?:[ .\-()/]{0,2}\d){8,17}(?!\d)")
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+(?:\W{1,3}[1-9]\d{0,2}(?:[.,]\d{3})+)*")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:\W\d{1,2})?")


def plainly(text: str) -> str:
    """`text` as it is."""
    return text


@lru_cache(maxsize=8192)
def masked(text: str) -> str:
    """`text` of the same length with the last four digits of every phone number as dots."""
    if sum(map(str.isdigit, text)) < _LEAST:
        return text
    out = list(text)
    for start, end in _stretches(text):
        digits = [i for i in range(start, end) if text[i].isdigit()]
        if len(digits) >= _LEAST:
            for i in digits[-_HIDDEN:]:
                out[i] = "•"
    return "".join(out)


def blanked(text: str) -> str:
    """`text` of the same length with dots for every number, account, mail address and link in it."""
    out = list(text)
    for start, end in _stretches(text):
        out[start:end] = ["•" if char.isalnum() else char for char in out[start:end]]
    return "".join(out)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where contacts stand."""
    runs = [m.span() for m in _RUN.finditer(text) if not _plain_figures(m.group())]
    # Numbers in disguise ("o8l2"), and the addresses of apps that hold one.
    return runs + [(start, end) for start, end, _, _ in _finder().text(text).stretches]


def _plain_figures(found: str) -> bool:
    return bool(_AMOUNT.fullmatch(found) or _DATE.fullmatch(found))


@lru_cache(maxsize=1)
def _finder() -> Redactor:
    return Redactor(b"only to find the stretches")


def pseudonyms(redactor: Redactor) -> Hide:
    """Replaces contacts by the pseudonyms of `redactor`."""
    return lambda text: redactor.text(text).text


def digits_hidden(text: str) -> str:
    """`text` with every digit as a dot: for a filling that is a piece of a number."""
    return re.sub(r"\d", "•", text)

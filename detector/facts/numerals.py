"""Number words and disguised digits, as amounts and phone numbers share them, and alternations of words."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["DIGIT_WORDS", "either", "plain_digits"]

#: Indonesian, Malay and English names of the digits.
DIGIT_WORDS = {
    "nol": 0, "kosong": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "lapan": 8, "sembilan": 9, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9,
}  # fmt: skip
_LETTERS_FOR_DIGITS = str.maketrans("oli", "011")


def plain_digits(written: str) -> str:
    """`written` with the letters that stand for digits (scans and evasion write "o8l2") replaced by them."""
    return written.translate(_LETTERS_FOR_DIGITS)


def either(words: Iterable[str]) -> str:
    """An alternation of literal words for a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

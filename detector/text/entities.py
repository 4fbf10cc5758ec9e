"""Links, mail addresses, phone numbers and handles, recognised in the original text before anything is folded.

A leet fold would turn ``t.me/k4rir`` into another address and ``0812`` into a word, so these stretches are protected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """`type` is link, email, phone or handle; offsets count characters of the original text."""

    type: str
    start: int
    end: int
    value: str


_TLD = (
    r"(?:com|net|org|info|biz|co|id|my|sg|ph|th|vn|kh|mm|la|cn|tw|hk|jp|kr|au|uk|us|de|ae|sa|qa|me|io|ly|gl|gd|to|link|"
    r"site|online|xyz|top|club|shop|store|page|app|dev|bio|live|vip|pro|work|jobs|careers?|gov|edu|cc|tv|asia|one|id)"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']{2,400}"
    rf"|(?<![\w@.-])[A-Za-z0-9][A-Za-z0-9-]{{0,62}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,4}}\.{_TLD}(?![\w-])(?:/[^\s<>\"']{{0,300}})?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z0-9_](?:[A-Za-z0-9_.]{1,28}[A-Za-z0-9_])")
# Digits with at most two separators between them, from a trunk 0, + or a country code of the region.
_PHONE = re.compile(
    r"(?<![\w.,])(?:\(?\+\s?\d|\(?00?\s?[1-9]|6[0-356]|8[1246]|85[256]|886|9[15]|9[67]\d)"
    r"(?:[ \t.()\-–/]{0,3}[\dxX*]){6,14}(?![\w])"
)
_MONEY_BEFORE = re.compile(r"(?:rp|idr|usd|rm|\$|nt\$|hk\$|s\$|php|thb|krw|jpy|aed|sar|vnd)\.?\s*$", re.IGNORECASE)
_TRAILING = ".,;:!?)]}>'\"”’…*_"


def _is_phone(text: str, match: re.Match[str]) -> bool:
    value = match.group()
    digits = re.sub(r"\D", "", value)
    if not 9 <= len(digits) + len(re.findall(r"[xX*]", value)) <= 15 or len(digits) < 6:
        return False
    if _MONEY_BEFORE.search(text, max(0, match.start() - 6), match.start()):
        return False
    # 62.000.000 or 60,000,000 is an amount; a range of years or dates is no number either.
    return not re.fullmatch(
        r"\d{1,3}(?:\.\d{3})+|(?:19|20)\d\d\s?[-–/].*|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d.*", value.strip()
    )


def find_entities(text: str) -> tuple[Entity, ...]:
    """All entities of `text` in order, without overlaps (mail before link before handle before phone)."""
    found: list[Entity] = []
    taken: list[tuple[int, int]] = []

    def add(kind: str, start: int, end: int) -> None:
        if all(end <= s or e <= start for s, e in taken):
            taken.append((start, end))
            found.append(Entity(kind, start, end, text[start:end]))

    if "@" in text:
        for m in _EMAIL.finditer(text):
            add("email", m.start(), m.end())
    if "." in text or "http" in text:
        for m in _LINK.finditer(text):
            value = m.group().rstrip(_TRAILING)
            add("link", m.start(), m.start() + len(value))
    if "@" in text:
        for m in _HANDLE.finditer(text):
            add("handle", m.start(), m.end())
    for m in _PHONE.finditer(text):
        if _is_phone(text, m):
            add("phone", m.start(), m.end())
    return tuple(sorted(found, key=lambda e: e.start))

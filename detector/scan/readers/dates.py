"""Dates of posts as ISO 8601. A zone is given where the input states one; a date that could be read two ways is not."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Z]{3,4})?)?"
)
_SLASHED = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{2,4})(?:[ T,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?")
_WORDED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})(?:[ ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan januari january", "feb februari february pebruari", "mar maret march", "apr april", "mei may",
         "jun juni june", "jul juli july", "agu agt ags agustus aug august", "sep sept september",
         "okt oktober oct october",
         "nov november nopember", "des desember dec december"), 1)
    for name in names.split()
}  # fmt: skip
# Zones that exports write by name: CrowdTangle's EST/EDT, and Indonesia's three.
_ZONES = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "PST": "-08:00", "PDT": "-07:00",
    "CST": "-06:00", "CDT": "-05:00", "WIB": "+07:00", "WITA": "+08:00", "WIT": "+09:00",
}  # fmt: skip
_EPOCH_FROM, _EPOCH_TO = 946_684_800, 4_102_444_800  # 2000 to 2100, in seconds


def iso(value: Any) -> str | None:
    """`value` as ISO 8601, or None where it is empty, not a date, or day and month could be either.

    Numbers are taken for seconds or milliseconds since 1970 (which are UTC by definition).
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _epoch(float(value))
    if not isinstance(value, str):
        return None
    text = value.strip()[:80]
    if not text:
        return None
    if found := _ISO.fullmatch(text):
        return _from_iso(found)
    if re.fullmatch(r"\d{9,13}(\.\d+)?", text):
        return _epoch(float(text))
    if found := _SLASHED.fullmatch(text):
        return _from_slashed(found)
    if found := _WORDED.fullmatch(text):
        month = _MONTHS.get(found[2].lower())
        return _built(int(found[3]), month, int(found[1]), *found.groups()[3:]) if month else None
    return _from_words(text)


def _epoch(number: float) -> str | None:
    if number > _EPOCH_TO:
        number /= 1000
    if not _EPOCH_FROM <= number <= _EPOCH_TO:
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(number))).strftime("%Y-%m-%dT%H:%M:%SZ")


def _from_iso(found: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, part, zone = found.groups()
    built = _built(int(year), int(month), int(day), hour, minute, second)
    if built is None or not zone:
        return built + part if built and part else built
    offset = _ZONES.get(zone, "") if zone[0].isalpha() else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return built + (part or "") + offset


def _from_slashed(found: re.Match[str]) -> str | None:
    first, middle, last = (int(part) for part in found.groups()[:3])
    if len(found[1]) == 4:
        return _built(first, middle, last, *found.groups()[3:])
    if len(found[1]) > 2:
        return None
    year = last + 2000 if last < 100 else last
    if first > 12 or first == middle:
        return _built(year, middle, first, *found.groups()[3:])
    return _built(year, first, middle, *found.groups()[3:]) if middle > 12 else None


def _built(year: int, month: int, day: int, hour: str | None, minute: str | None, second: str | None) -> str | None:
    try:
        if hour is None:
            return date(year, month, day).isoformat()
        return datetime(year, month, day, int(hour), int(minute or 0), int(second or 0)).isoformat()
    except ValueError:
        return None


def _from_words(text: str) -> str | None:
    """X's `Wed Oct 10 20:19:24 +0000 2018` and the dates of mails."""
    try:
        return datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y").isoformat().replace("+00:00", "Z")
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).isoformat() if re.match(r"[A-Za-z]{3}, \d", text) else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

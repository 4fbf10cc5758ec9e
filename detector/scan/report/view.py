"""How a report writes things: numbers, dates, names, and words of adverts with contacts hidden."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import cast

import yaml

from detector.facts.pay_words import amount_words
from detector.facts.reference import load
from detector.scan.report.hide import Hide
from detector.scan.report.markup import Safe, quoted, shorten
from detector.scan.report.periods import Unit
from detector.words import Lang, Say

_SIZES = ("B", "kB", "MB", "GB", "TB")


@cache
def words() -> dict[str, dict[str, str]]:
    """The strings of the report: key -> language -> text."""
    text = (files("detector") / "resources" / "report" / "words.yaml").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, str]], yaml.safe_load(text))


class View:
    """Writes in one language; `hide` is for words of the records, `hide_raw` for what stands beside them (names of
    places and files), which a redacted scan leaves as they are."""

    def __init__(self, lang: Lang, hide: Hide, hide_raw: Hide | None = None) -> None:
        self.lang = lang
        self.say = Say(lang, words())
        self.hide = hide
        self.hide_raw = hide_raw or hide

    def number(self, value: float, digits: int = 0) -> str:
        """A number with the marks of the language."""
        return self.say.number(value, digits)

    def percent(self, part: float, whole: float) -> str:
        """A share; below one in a hundred with a decimal."""
        share = 100 * part / whole if whole else 0.0
        return f"{self.number(share, 1 if share < 10 else 0)}%"

    def size(self, octets: int) -> str:
        """Bytes in the largest fitting unit."""
        value, i = float(octets), 0
        while value >= 1000 and i < len(_SIZES) - 1:
            value, i = value / 1000, i + 1
        return f"{self.number(value, 1 if i else 0)} {_SIZES[i]}"

    def amount(self, rupiah: float, high: float | None = None) -> str:
        """Rupiah, or a range of them, in words."""
        return amount_words("IDR", rupiah, rupiah if high is None else high, self.lang)

    def day(self, written: str | None) -> str:
        """The day of an ISO 8601 date in words; what is no date, as it is."""
        try:
            day = date.fromisoformat((written or "")[:10])
        except ValueError:
            return written or self.say("audit.undated")
        return f"{day.day} {self.say(f'month.{day.month:02d}')} {day.year}"

    def between(self, first: str | None, last: str | None) -> str:
        """Two dates as one stretch of time."""
        if not first:
            return self.say("audit.undated")
        if not last or first[:10] == last[:10]:
            return self.say("audit.seen.once", first=self.day(first))
        return self.say("audit.seen", first=self.day(first), last=self.day(last))

    def period(self, start: date, unit: Unit) -> str:
        """A period in a few letters, for a chart."""
        month = self.say(f"month.{start.month:02d}")[:3]
        if unit in ("day", "week"):
            return f"{start.day} {month}"
        if unit == "month":
            return f"{month} {start.year % 100:02d}"
        if unit == "quarter":
            return self.say("audit.quarter", n=(start.month + 2) // 3, year=f"{start.year % 100:02d}")
        return str(start.year)

    def country(self, code: str) -> str:
        """The name of a country; its code where no name is known."""
        wages = load("wages.yaml")["countries"].get(code)
        if wages:
            return str(wages["name"][self.lang])
        return self.say(f"country.{code}") if self.say.has(f"country.{code}") else code

    def language(self, code: str) -> str:
        """The name of a language."""
        return self.say(f"language.{code}") if self.say.has(f"language.{code}") else code

    def level(self, level: str | None) -> str:
        """The level in a few words."""
        return self.say("audit.level.low") if level == "low" else self.say(f"level.{level}")

    def contact(self, contact: str) -> Safe:
        """``type:value`` for a reader; never a link, so that it cannot be tapped."""
        kind, _, value = contact.partition(":")
        name = self.say(f"audit.contact.{kind}") if self.say.has(f"audit.contact.{kind}") else kind.capitalize()
        return quoted(f"{name} {shorten(self.hide(value), 80)}")

    def words(self, text: str, limit: int = 90) -> Safe:
        """A few words of an advert."""
        return quoted(shorten(self.hide(text), limit))

    def place(self, name: str) -> Safe:
        """A group, page or channel as posts name it."""
        return quoted(shorten(self.hide_raw(name), 70))

    def reason(self, reason: str) -> str:
        """Why a row was left out, in the words of the language where there are any."""
        if self.say.has(f"reason.{reason}"):
            return self.say(f"reason.{reason}")
        known, _, detail = reason.partition(" (")
        return f"{self.say(f'reason.{known}')} ({detail}" if detail and self.say.has(f"reason.{known}") else reason

"""Counts for the audit report, taken while finished records stream by; memory does not grow with their number.

A million adverts cost three numbers each where pay is promised (12 MB); everything else is counted by name, and of
names that come without end (places, quotes) only the commonest are kept.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

FLAGGED = ("high", "check")
_PLACES = 20_000
_QUOTES = 400  # different quotes kept of one sign
_CAMPAIGN_QUOTES = 40
_QUOTE = 90  # characters
IDS = 6  # of a campaign's posts that are named


class Commonest(Counter[str]):
    """Counts names in bounded memory: exact up to `most` different ones, beyond that the rarest are forgotten."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def add(self, name: str, number: int = 1) -> None:
        """Count `name`."""
        self[name] += number
        if len(self) > 2 * self.most:
            kept = self.most_common(self.most)
            self.clear()
            self.update(dict(kept))


@dataclass(slots=True)
class Sign:
    """One indicator: adverts that carry it by level, flagged adverts by day, and how they word it."""

    levels: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)
    quotes: Commonest = field(default_factory=lambda: Commonest(_QUOTES))
    strength: str = "weak"


@dataclass(slots=True)
class Destination:
    """One country: adverts and flagged adverts that name it, monthly rupiah promised there (middle of the range) by
    flagged adverts and by the others, and the benchmarks used."""

    adverts: int = 0
    flagged: int = 0
    pay_flagged: array[float] = field(default_factory=lambda: array("d"))
    pay_others: array[float] = field(default_factory=lambda: array("d"))
    benchmarks: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Evidence:
    """What the records of one campaign say: wording of each sign, patterns, countries, pay, ids of its first posts."""

    quotes: dict[str, Commonest] = field(default_factory=dict)
    patterns: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    pay_low: int | None = None
    pay_high: int | None = None
    ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Figures:
    """Everything that is counted; fed with :meth:`add`.

    `levels` and `patterns` are of adverts, `patterns` of flagged ones alone; `days` maps the day (proleptic ordinal) to
    counts of level and of pattern; `ratios` are those of promised pay to its benchmark in flagged adverts.
    """

    texts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    patterns: Counter[str] = field(default_factory=Counter)
    languages: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    days: dict[int, Counter[str]] = field(default_factory=dict)
    dated: int = 0
    signs: dict[str, Sign] = field(default_factory=dict)
    credibility: Counter[str] = field(default_factory=Counter)
    places: Commonest = field(default_factory=lambda: Commonest(_PLACES))
    places_flagged: Commonest = field(default_factory=lambda: Commonest(_PLACES))
    destinations: dict[str, Destination] = field(default_factory=dict)
    ratios: array[float] = field(default_factory=lambda: array("d"))
    campaigns: dict[str, Evidence] = field(default_factory=dict)

    @property
    def adverts(self) -> int:
        """Texts that are adverts."""
        return self.kinds["advert"]

    @property
    def flagged(self) -> int:
        """Adverts of level high or check."""
        return sum(self.levels[level] for level in FLAGGED)

    def watch(self, campaigns: Collection[str]) -> None:
        """Collect evidence of the campaigns with these ids; to be said before the records come."""
        self.campaigns = {identifier: Evidence() for identifier in campaigns}

    def add(self, record: dict[str, Any], posted_at: str | None, place: str | None, campaign: str | None) -> None:
        """Count one scan record, with when and where it was posted and the campaign it is in."""
        self.texts += 1
        self.kinds[record["kind"]] += 1
        if record["note"]:
            self.notes[record["note"]] += 1
        day = day_of(posted_at)
        if day is not None:
            self.dated += 1
        if place:
            self.places.add(place)
        if record["kind"] != "advert":
            self.languages[record["language"], "other"] += 1
            if day is not None:
                self.days.setdefault(day, Counter())["other"] += 1
            return
        level = record["level"]
        flagged = level in FLAGGED
        self.levels[level] += 1
        self.languages[record["language"], level] += 1
        if flagged:
            self.patterns[record["pattern"]] += 1
            if place:
                self.places_flagged.add(place)
        if day is not None:
            counts = self.days.setdefault(day, Counter())
            counts[level] += 1
            if flagged:
                counts["pattern:" + record["pattern"]] += 1
        self._signs(record, day if flagged else None)
        self._facts(record, flagged)
        if campaign is not None and (evidence := self.campaigns.get(campaign)) is not None:
            _collect(evidence, record)

    def _signs(self, record: dict[str, Any], day: int | None) -> None:
        seen: dict[str, str] = {}
        for found in record["indicators"]:
            seen.setdefault(found["id"], found["evidence"])
        for found in record["indicators"]:
            sign = self.signs.get(found["id"])
            if sign is None:
                sign = self.signs[found["id"]] = Sign(strength=found["strength"])
        for identifier, evidence in seen.items():
            sign = self.signs[identifier]
            sign.levels[record["level"]] += 1
            if record["level"] in FLAGGED:
                sign.quotes.add(_quote(evidence))
            if day is not None:
                sign.days[day] += 1
        self.credibility.update({found["id"] for found in record["credibility"]})

    def _facts(self, record: dict[str, Any], flagged: bool) -> None:
        pay = record["facts"]["pay"] or {}
        middle = _middle(pay)
        if flagged and pay.get("ratio") is not None:
            self.ratios.append(pay["ratio"])
        for country in record["facts"]["destinations"]:
            entry = self.destinations.setdefault(country, Destination())
            entry.adverts += 1
            entry.flagged += flagged
            benchmark = pay.get("benchmark_id")
            if benchmark and benchmark.split(".")[0] == country:
                entry.benchmarks[benchmark] += 1
            # An amount beside several countries is that of none of them for certain.
            if middle is not None and len(record["facts"]["destinations"]) == 1:
                (entry.pay_flagged if flagged else entry.pay_others).append(middle)


def day_of(written: str | None) -> int | None:
    """The day of an ISO 8601 date as its proleptic ordinal; None where there is none."""
    try:
        return date.fromisoformat((written or "")[:10]).toordinal()
    except ValueError:
        return None


def _collect(evidence: Evidence, record: dict[str, Any]) -> None:
    if len(evidence.ids) < IDS:
        evidence.ids.append(str(record["id"]))
    evidence.levels[record["level"]] += 1
    if record["level"] in FLAGGED:
        evidence.patterns[record["pattern"]] += 1
    evidence.countries.update(record["facts"]["destinations"])
    pay = record["facts"]["pay"] or {}
    if (low := pay.get("monthly_idr_low")) is not None and (high := pay.get("monthly_idr_high")) is not None:
        evidence.pay_low = low if evidence.pay_low is None else min(low, evidence.pay_low)
        evidence.pay_high = high if evidence.pay_high is None else max(high, evidence.pay_high)
    for found in record["indicators"]:
        quotes = evidence.quotes.setdefault(found["id"], Commonest(_CAMPAIGN_QUOTES))
        quotes.add(_quote(found["evidence"]))


def _quote(evidence: str) -> str:
    flat = " ".join(evidence.split())
    return flat if len(flat) <= _QUOTE else flat[: _QUOTE - 1] + "…"


def _middle(pay: dict[str, Any]) -> float | None:
    low, high = pay.get("monthly_idr_low"), pay.get("monthly_idr_high")
    return None if low is None or high is None else (low + high) / 2

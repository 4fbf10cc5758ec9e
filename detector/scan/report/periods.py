"""Days counted into periods: the finest of day, week, month, quarter and year that fits a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "year"]
UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year")
MOST = 26  # columns that can be told apart on paper


@dataclass(frozen=True, slots=True)
class Periods:
    """Consecutive periods by their first days, empty ones between them included; `earlier` posts lie before them."""

    unit: Unit
    starts: tuple[date, ...]
    earlier: int = 0

    def sums(self, days: Mapping[int, int]) -> list[int]:
        """Counts by day (proleptic ordinal) summed up by period."""
        place = {start: i for i, start in enumerate(self.starts)}
        out = [0] * len(self.starts)
        for day, number in days.items():
            i = place.get(_start(date.fromordinal(day), self.unit))
            if i is not None:
                out[i] += number
        return out


def periods(days: Mapping[int, int]) -> Periods | None:
    """The periods of posts counted by day; None without any. Of very many years the last ones remain."""
    if not days:
        return None
    first, last = date.fromordinal(min(days)), date.fromordinal(max(days))
    unit: Unit = next((unit for unit in UNITS if _distance(first, last, unit) < MOST), "year")
    starts = [_start(last, unit)]
    while starts[-1] > _start(first, unit) and len(starts) < MOST:
        starts.append(_start(date.fromordinal(starts[-1].toordinal() - 1), unit))
    earlier = sum(number for day, number in days.items() if day < starts[-1].toordinal())
    return Periods(unit, tuple(reversed(starts)), earlier)


def _start(day: date, unit: Unit) -> date:
    """The first day of the period that holds `day`; weeks begin on Monday."""
    if unit == "day":
        return day
    if unit == "week":
        return date.fromordinal(max(1, day.toordinal() - day.weekday()))
    month = {"month": day.month, "quarter": 3 * ((day.month - 1) // 3) + 1, "year": 1}[unit]
    return date(day.year, month, 1)


def _distance(first: date, last: date, unit: Unit) -> int:
    """How many periods lie between two days."""
    if unit in ("day", "week"):
        days = _start(last, unit).toordinal() - _start(first, unit).toordinal()
        return days if unit == "day" else days // 7
    months = 12 * (last.year - first.year) + last.month - first.month
    if unit == "month":
        return months
    return (
        (last.year - first.year) * 4 + (last.month - 1) // 3 - (first.month - 1) // 3
        if unit == "quarter"
        else (last.year - first.year)
    )


def flat(days: Mapping[int, Counter[str]], *names: str) -> dict[int, int]:
    """Counts of `names` together, by day."""
    return {day: sum(counts[name] for name in names) for day, counts in days.items()}

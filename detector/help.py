"""Help lines and the checklist: what a reader can do next, shared by the page, the command line and the reports.

Both are data (``resources/reference``). A help line without a confirming source does not belong there, and every line
carries the month in which it was last confirmed, because a wrong number is dangerous to somebody who needs one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from detector.indicators.catalogue import Words

# Signs that speak of work abroad even when the text names no country.
_ABROAD = frozenset({"high_risk_destination", "irregular_migration"})
MAX_ITEMS = 6  # more than six is not read


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HelpLine(_Strict):
    """One place to turn to. `checked` is the year, or year and month, of the newest page that confirms it."""

    id: str
    name: Words
    purpose: Words
    kind: Literal["phone", "whatsapp", "web"]
    value: str = Field(min_length=3)
    link: str = Field(pattern=r"^(tel:\+?\d+|https://[a-z0-9.]+)$")
    checked: str = Field(pattern=r"^20\d\d(-(0[1-9]|1[0-2]))?$")
    countries: tuple[str, ...] = ()
    abroad: bool = False


class HelpLines(_Strict):
    """The whole file."""

    immediate_danger: Words
    lines: tuple[HelpLine, ...]


class CheckItem(_Strict):
    """One thing to check before saying yes, and when it fits."""

    id: str
    scope: Literal["any", "overseas", "domestic"]
    always: bool = False
    weight: int = 0
    indicators: tuple[str, ...] = ()
    text: Words


class _Checklist(_Strict):
    items: tuple[CheckItem, ...]


def _read(name: str) -> object:
    path = files("detector") / "resources" / "reference" / name
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def all_lines() -> HelpLines:
    """Every help line that ships with the package."""
    return HelpLines.model_validate(_read("help_lines.yaml"))


@cache
def all_items() -> tuple[CheckItem, ...]:
    """Every checklist item that ships with the package."""
    return _Checklist.model_validate(_read("checklist.yaml")).items


def immediate_danger() -> Words:
    """What to do in danger; names no number, because the right one differs from place to place."""
    return all_lines().immediate_danger


def help_lines(country: str | Iterable[str] | None = None) -> tuple[HelpLine, ...]:
    """The lines for everyone, preceded by those of `country` (one ISO code or several).

    Lines for people who are already abroad are left out when Indonesia is the only country named.
    """
    wanted = {country} if isinstance(country, str) else set(country or ())
    lines = all_lines().lines
    local = tuple(line for line in lines if wanted & set(line.countries))
    at_home = wanted == {"ID"}
    return local + tuple(line for line in lines if not line.countries and not (line.abroad and at_home))


def abroad(indicators: Iterable[str], countries: Iterable[str] = ()) -> bool:
    """Whether the offer is one of work abroad, by the signs found and the countries named."""
    return not _ABROAD.isdisjoint(indicators) or any(code != "ID" for code in countries)


def checklist(
    indicators: Iterable[str], countries: Iterable[str] = (), limit: int = MAX_ITEMS
) -> tuple[CheckItem, ...]:
    """At most `limit` items that fit what was found, in the order of doing them.

    Parameters
    ----------
    indicators
        Ids of the indicators found; the items that answer most of them win.
    countries
        ISO codes of the destinations named; anything but ``ID`` makes the offer one of work abroad.
    limit
        How many items at most.
    """
    found = set(indicators)
    scopes = {"any", "overseas" if abroad(found, countries) else "domestic"}
    items = [item for item in all_items() if item.scope in scopes and (item.always or found & set(item.indicators))]
    order = {item.id: place for place, item in enumerate(items)}
    best = sorted(items, key=lambda item: (-len(found & set(item.indicators)) - item.weight, order[item.id]))[:limit]
    return tuple(sorted(best, key=lambda item: order[item.id]))

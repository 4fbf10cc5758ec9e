"""Currencies from rates.yaml: what one unit is worth in rupiah and how each is written around a number."""

from __future__ import annotations

from functools import cache
from typing import Any

from detector.facts.reference import load

__all__ = ["confirmed_rates", "rates", "words_after", "words_before"]


@cache
def rates() -> dict[str, float]:
    """Rupiah for one unit of each currency (ISO 4217, and "$" for dollars of no stated country); static."""
    return {code: float(row["idr"]) for code, row in _rows().items()}


@cache
def confirmed_rates() -> frozenset[str]:
    """Currencies whose rate has a source that was read; only these conversions are quoted to users."""
    return frozenset(code for code, row in _rows().items() if row["confidence"] == "confirmed")


@cache
def words_before() -> dict[str, str]:
    """Word or sign in front of a number ("rp", "us$") -> currency."""
    return {word: code for code, row in _rows().items() for word in row["before"]}


@cache
def words_after() -> dict[str, str]:
    """Word or sign behind a number ("ringgit", "元") -> currency."""
    return {word: code for code, row in _rows().items() for word in row["after"]}


def _rows() -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = load("rates.yaml")["rates"]
    return rows

"""One record as one row of a table: lists joined by ``;``, and cells that a spreadsheet shows and never runs."""

from __future__ import annotations

import json
from typing import Any

COLUMNS = (
    "id", "kind", "level", "pattern", "probability", "language", "indicators", "credibility",
    "pay", "monthly_idr_low", "monthly_idr_high", "benchmark_idr", "ratio", "destinations", "contacts", "employer",
    "campaign", "note",
)  # fmt: skip
_NUMBERS = ("monthly_idr_low", "monthly_idr_high", "benchmark_idr", "ratio")
# What begins a formula; the full-width forms do so in spreadsheets set to Chinese or Japanese.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def flatten(record: dict[str, Any]) -> dict[str, Any]:
    """One record as a flat row: lists joined by ``;``, source columns as ``source.NAME``."""
    facts, pay, employer = record["facts"], record["facts"]["pay"] or {}, record["facts"]["employer"] or {}
    named = employer.get("name") or employer.get("claimed") or {}
    return {
        **{
            name: record[name]
            for name in ("id", "kind", "level", "pattern", "probability", "language", "campaign", "note")
        },
        "indicators": "; ".join(dict.fromkeys(i["id"] for i in record["indicators"])),
        "credibility": "; ".join(dict.fromkeys(c["id"] for c in record["credibility"])),
        "pay": pay.get("evidence"),
        **{name: pay.get(name) for name in _NUMBERS},
        "destinations": "; ".join(facts["destinations"]),
        "contacts": "; ".join(f"{c['type']}:{c['value']}" for c in facts["contacts"]),
        "employer": named.get("evidence"),
        **{f"source.{name}": plain(value) for name, value in record.get("source", {}).items()},
    }


def plain(value: Any) -> Any:
    """A value for one cell: lists and objects as JSON, text without lone surrogates, anything else as it is."""
    if isinstance(value, dict | list | tuple):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return clean(value) if isinstance(value, str) else value


def clean(text: str) -> str:
    """`text` as it can be encoded: a lone surrogate becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def safe_cell(value: Any) -> Any:
    """A cell that a spreadsheet shows and never runs: what could begin a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value

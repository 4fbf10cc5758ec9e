"""Scan records on disk: JSON Lines, or CSV with lists joined by ``;``."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import TracebackType
from typing import Any

from detector.scan.rows import InputError

COLUMNS = (
    "id", "kind", "level", "pattern", "probability", "language", "indicators", "credibility",
    "pay", "monthly_idr_low", "monthly_idr_high", "benchmark_idr", "ratio", "destinations", "contacts", "employer",
    "campaign", "note",
)  # fmt: skip


class Writer:
    """Writes records in order; a context manager. The finished file takes its name only when all is written."""

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() not in (".jsonl", ".csv"):
            raise InputError(f"Cannot write {path.name}: name the output .jsonl or .csv.")
        self._path = path
        self._partial = path.with_name(path.name + ".part")
        self._csv: Any = None
        self._keep: list[str] = []

    def __enter__(self) -> Writer:
        try:
            self._handle = self._partial.open("w", encoding="utf-8", newline="")
        except OSError as problem:
            raise InputError(
                f"Cannot write to {self._path.parent or '.'} ({problem.strerror}); choose another --out."
            ) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._handle.close()
        if kind is None:
            self._partial.replace(self._path)
        elif not self._partial.stat().st_size:
            self._partial.unlink()

    def write(self, record: dict[str, Any]) -> None:
        """Append one record."""
        if self._path.suffix.lower() == ".jsonl":
            self._handle.write(json.dumps(record, ensure_ascii=False) + "\n")
            return
        if self._csv is None:
            self._keep = [f"source.{name}" for name in record.get("source", {})]
            self._csv = csv.writer(self._handle)
            self._csv.writerow([*COLUMNS, *self._keep])
        flat = flatten(record)
        self._csv.writerow([safe_cell(flat.get(name)) for name in (*COLUMNS, *self._keep)])


def flatten(record: dict[str, Any]) -> dict[str, Any]:
    """One record as a flat row: lists joined by ``;``, evidence in quotes behind its id."""
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
        **{name: pay.get(name) for name in ("monthly_idr_low", "monthly_idr_high", "benchmark_idr", "ratio")},
        "destinations": "; ".join(facts["destinations"]),
        "contacts": "; ".join(f"{c['type']}:{c['value']}" for c in facts["contacts"]),
        "employer": named.get("evidence"),
        **{f"source.{name}": value for name, value in record.get("source", {}).items()},
    }


def safe_cell(value: Any) -> Any:
    """A cell that a spreadsheet shows and never runs: a leading ``= + - @`` or tab gets an apostrophe."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value

"""Runs of words that the corpus shares with the public sources, which may be read but never published."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from training import sources

WORDS = 8  # a shared run of this many words is a borrowed sentence, or most of one


def research_folder() -> Path | None:
    """The folder of research notes, ``domain`` beside the public sources, or None when it is not there."""
    below = sources.folder()
    path = below.parent / "domain" if below else None
    return path if path is not None and path.is_dir() else None


def source_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """(file name, text) of every cell and line of the data files below `folder`."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", errors="replace", newline="") as handle:
                for cells in csv.reader(handle):
                    yield from ((path.name, cell) for cell in cells)
        elif path.suffix in (".jsonl", ".json", ".md", ".txt"):
            yield path.name, path.read_text(encoding="utf-8", errors="replace")


def shared_runs(rows: Iterable[dict[str, Any]], texts: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Row id -> (file name, first run of `WORDS` words in case-folded form that the row shares with the file)."""
    owner: dict[str, list[str]] = {}
    for row in rows:
        for run in _runs(row["text"]):
            owner.setdefault(run, []).append(row["id"])
    found: dict[str, tuple[str, str]] = {}
    for name, text in texts:
        for run in _runs(text):
            for row_id in owner.get(run, ()):
                found.setdefault(row_id, (name, run))
    return found


def _runs(text: str) -> Iterator[str]:
    words = re.findall(r"\w+", text.casefold())
    for i in range(len(words) - WORDS + 1):
        yield " ".join(words[i : i + WORDS])

"""The open corpus under ``data/``: JSON Lines, one text a line (format: `data/README.md`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from training.sources import Example

FOLDER = Path(__file__).resolve().parents[1] / "data" / "corpus"


def rows(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """All rows of the corpus in file and line order."""
    out: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as handle:
            out.extend(json.loads(line) for line in handle if line.strip())
    return out


def examples(folder: Path = FOLDER) -> list[Example]:
    """The corpus as training examples; `source` is ``written``."""
    return [
        Example(
            id=row["id"],
            text=row["text"],
            label=row["label"],
            kind=row["kind"],
            source="written",
            lang=row["lang"],
            writer=row["writer"],
            subtle=row["subtle"],
            hard=row["hard"],
            scenario=row["scenario"],
        )
        for row in rows(folder)
    ]

"""Scans a file row by row: bounded memory, records in input order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import tee
from pathlib import Path
from typing import Any

from detector.assessment import Assessment
from detector.detector import Detector
from detector.scan.readers import ReadOptions, open_rows
from detector.scan.rows import InputError, Report, Row
from detector.scan.writers import Writer


def record(row: Row, assessment: Assessment, keep: bool) -> dict[str, Any]:
    """The scan record of one row."""
    out = {"id": row.id, **assessment.to_dict()}
    if keep:
        out["source"] = row.source
    return out


def scan(
    source: Path,
    out: Path,
    detector: Detector,
    text_column: str | None = None,
    keep: bool = False,
    progress: Callable[[int], None] | None = None,
) -> tuple[Counter[str], Report]:
    """Assess every row of `source` into `out`.

    Returns the number of records per level (flagged adverts) or kind (everything else), and the reader's report.
    `progress` is called with the number of rows done.

    Raises
    ------
    InputError
        When input or output cannot be used.
    """
    if out.resolve() == source.resolve():
        raise InputError(
            f"--out names the input itself ({source.name}); choose another file, or the input would be lost."
        )
    report = Report()
    counts: Counter[str] = Counter()
    with Writer(out) as writer:
        rows, again = tee(open_rows([source], ReadOptions(text_column), report))
        assessments: Iterator[Assessment] = detector.assess_many(row.text for row in rows)
        for done, (row, assessment) in enumerate(zip(again, assessments, strict=True), 1):
            writer.write(record(row, assessment, keep))
            counts[assessment.level if assessment.kind == "advert" else assessment.kind] += 1
            if progress:
                progress(done)
    return counts, report

"""One part of a scan: cut from the rows in input order, assessed by a worker, returned as bytes.

A part depends on its rows and the options alone, so whoever assesses it, and however often, returns the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from detector.scan.options import Options
from detector.scan.rows import InputError, Row

if TYPE_CHECKING:
    from detector.assessment import Assessment
    from detector.detector import Detector

PACKAGE = "lure-detector"
_LONGEST = 50_001  # of a text that is not written out: one more than is read, so that the note on length still comes
_lock = threading.Lock()
_loaded: list[Detector] = []


@dataclass(frozen=True, slots=True)
class Engine:
    """What assesses: package version and SHA-256 of the model. Every worker must have the same."""

    version: str
    model: str


@dataclass(frozen=True, slots=True)
class Part:
    """Rows to assess: the `number`-th part, `digest` of their ids and texts (hex)."""

    number: int
    rows: tuple[Row, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make the records of a part; the same for the whole run."""

    options: Options
    engine: Engine
    redact_key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A finished part.

    `records` are JSON lines in UTF-8 in the order of the rows, `posts` a Parquet table with one row a record (what
    grouping needs; None when it is not asked for). `rows` counts the records, `counts` them per level (adverts) or
    kind (everything else), `levels` per level; `columns` are the source columns met, in order; `failed` are rows that
    could not be assessed as (reason, id, text).
    """

    number: int
    digest: str
    records: bytes
    posts: bytes | None
    rows: int
    counts: dict[str, int] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    failed: tuple[tuple[str, str, str], ...] = ()


def cut(rows: Iterable[Row], options: Options) -> Iterator[Part]:
    """Parts of `rows` in order; where a part ends depends on the rows and the options alone."""
    batch: list[Row] = []
    size, number, digest = 0, 0, hashlib.blake2b(digest_size=16)
    for row in rows:
        written = f"{row.id!r}\0{row.text}\0"
        if options.keep:
            carried = json.dumps(row.source, ensure_ascii=False, default=str)
            written += carried
        digest.update(written.encode("utf-8", "surrogatepass"))
        batch.append(_slim(row, options))
        size += len(written)
        if len(batch) >= options.part_rows or size >= options.part_chars:
            yield Part(number, tuple(batch), digest.hexdigest())
            batch, size, number, digest = [], 0, number + 1, hashlib.blake2b(digest_size=16)
    if batch:
        yield Part(number, tuple(batch), digest.hexdigest())


def _slim(row: Row, options: Options) -> Row:
    """The row without what the records do not need: less to hold and to send."""
    from dataclasses import replace

    return row if options.keep else replace(row, text=row.text[:_LONGEST], source={})


def detector() -> Detector:
    """The detector of this process, loaded once.

    Raises
    ------
    ModelError
        When the model cannot be used.
    """
    from detector.detector import Detector

    with _lock:
        if not _loaded:
            _loaded.append(Detector.load())
    return _loaded[0]


def engine_here() -> Engine:
    """Version and model of this process."""
    return Engine(version(PACKAGE), str(detector().sidecar["sha256"]))


def assess(part: Part, recipe: Recipe) -> Result:
    """Assess one part; runs in a worker.

    Raises
    ------
    InputError
        When this worker has another version or model than the scan was planned with.
    """
    here = engine_here()
    if here != recipe.engine:
        raise InputError(
            f"A worker has version {here.version} with model {here.model[:12]}, this machine version "
            f"{recipe.engine.version} with model {recipe.engine.model[:12]}; install the same on all."
        )
    rows, assessments, failed = _assess_rows(part.rows)
    redactor = None
    if recipe.redact_key is not None:
        from detector.scan.redact import Redactor

        redactor = Redactor(recipe.redact_key)
    lines, columns = [], {}
    counts: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    for row, assessment in zip(rows, assessments, strict=True):
        content = record(row, assessment, recipe.options.keep)
        if redactor:
            content = redactor.record(content, assessment)
        columns.update(dict.fromkeys(map(str, content.get("source", ()))))
        # A lone surrogate becomes its JSON escape: the line stays valid UTF-8 and valid JSON.
        lines.append(json.dumps(content, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace"))
        counts[tally(content)] += 1
        levels[content["level"]] += 1
    posts = None
    if recipe.options.campaigns:
        from detector.scan.posts import table_of

        posts = table_of(rows, assessments)
    return Result(
        part.number, part.digest, b"".join(line + b"\n" for line in lines), posts, len(lines),
        dict(counts), dict(levels), tuple(columns), tuple(failed),
    )  # fmt: skip


def record(row: Row, assessment: Assessment, keep: bool) -> dict[str, Any]:
    """The scan record of one row."""
    out = {"id": row.id, **assessment.to_dict()}
    if keep:
        out["source"] = row.source
    return out


def tally(content: dict[str, Any]) -> str:
    """Under what a record is counted: its level if it is an advert, else its kind."""
    return str(content["level"] if content["kind"] == "advert" else content["kind"])


def _assess_rows(rows: tuple[Row, ...]) -> tuple[list[Row], list[Assessment], list[tuple[str, str, str]]]:
    """Rows with their assessments; a text on which the analysis fails is set apart and does not stop the others."""
    try:
        return list(rows), list(detector().assess_many([row.text for row in rows])), []
    except Exception:  # a fault of the analysis, found again below, row by row
        pass
    kept, assessments, failed = [], [], []
    for row in rows:
        try:
            assessments.append(detector().assess(row.text))
            kept.append(row)
        except Exception as problem:
            failed.append((f"could not be assessed ({type(problem).__name__})", str(row.id), row.text))
    return kept, assessments, failed

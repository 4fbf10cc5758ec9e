"""From the records of a scan to cases: each record gets its text back, and what does not fit together is counted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from detector.casebook.cases import Prepared, prepare, put, thresholds, unfit
from detector.casebook.database import Database
from detector.casebook.faults import CaseBookError
from detector.casebook.records import Campaign, Content, Sighting, now
from detector.scan.readers import ReadOptions, open_rows
from detector.scan.readers.dates import iso
from detector.scan.readers.detect import READERS, format_of
from detector.scan.readers.fields import fields_of, how_to_read
from detector.scan.readers.records import Job, whole
from detector.scan.readers.sources import find
from detector.scan.rows import Report

_SAMPLE = 20  # records by which the columns of a scan are chosen
_AT_ONCE = 200  # cases written in one step: others wait a moment at most
_NOT_KEPT = ("id", "campaign", "source")  # what belongs to the sighting; of other columns nothing is kept
_FORMAT = "JSON Lines"


@dataclass(slots=True)
class Added:
    """What came of adding a scan: new cases, records whose text was in the book or came before, and records left out
    by reason."""

    new: int = 0
    known: int = 0
    rejected: Counter[str] = field(default_factory=Counter)


class _Met(NamedTuple):
    """A scan record with its text and where that was posted."""

    record: dict[str, Any]
    text: str
    posted_at: str | None
    place: str | None
    url: str | None


def add(
    database: Database,
    records: Path,
    texts: Sequence[str | Path] = (),
    options: ReadOptions | None = None,
    source: str | None = None,
) -> Added:
    """Put the records of a scan into the book; what is there already gets another sighting.

    Parameters
    ----------
    database
        The book.
    records
        JSON Lines of ``detector scan``.
    texts
        What was scanned, in the same order: needed where the records were written without ``--keep``, and to learn the
        chat or page of each post. Without it the text is taken from the columns kept under ``source``.
    options
        The columns as they were named in the scan.
    source
        What the scan is called in sightings; the name of the file without its ending when None.

    Raises
    ------
    InputError
        When a file cannot be read, holds no scan records, or the texts are not to be found. What was put into the book
        before stays; adding the same again does no harm.
    """
    options = options or ReadOptions()
    levels = thresholds()
    report = Report()
    digest = _digest(records)
    lines = _lines(records, report)
    met = _from_rows(lines, texts, options) if texts else _from_sources(lines, options, records.name)
    added, name, at = Added(), whole(source or records.name.partition(".")[0]), now()
    contents = _contents(met, name, digest, at, added)
    while batch := [prepare(content, levels) for content in islice(contents, _AT_ONCE)]:
        _put(database, batch, added)
    added.rejected.update(report.rejected)
    return added


def _put(database: Database, batch: Sequence[Prepared], added: Added) -> None:
    with database.writing() as connection:
        new = sum([put(connection, case) for case in batch])
    added.new += new
    added.known += len(batch) - new


def _contents(met: Iterator[_Met], source: str, digest: str, at: str, added: Added) -> Iterator[Content]:
    for record, text, posted_at, place, url in met:
        reason = "no text" if not text.strip() else unfit(text, record)
        if reason:
            added.rejected[reason] += 1
            continue
        campaigns: tuple[Campaign, ...] = ()
        if name := record.get("campaign"):
            # Two scans give the same name to different campaigns; a decision must not go from one to the other.
            key = hashlib.sha256(f"{digest}:{name}".encode()).hexdigest()[:16]
            campaigns = (Campaign(key, str(name), source),)
        yield Content(
            text=text,
            record={name: value for name, value in record.items() if name not in _NOT_KEPT},
            assessed=at,
            added=at,
            sightings=(Sighting(source, str(record["id"]), posted_at, place, url, at),),
            campaigns=campaigns,
        )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as problem:
        raise CaseBookError("not_read", path=path, problem=problem.strerror) from None


def _lines(path: Path, report: Report) -> Iterator[dict[str, Any]]:
    """The records of the file."""
    files, _ = find([path], report)
    stream = files[0].stream()
    try:
        head = stream.head()
    finally:
        stream.close()
    if len(files) > 1 or format_of(files[0].name, head) != _FORMAT:
        raise CaseBookError("not_json_lines", name=path.name, format=_FORMAT)
    for line in READERS[_FORMAT](Job(files[0], report)):
        if "id" in line.data and "level" in line.data:
            yield line.data
        else:
            report.rejected["not a scan record"] += 1


def _from_sources(records: Iterator[dict[str, Any]], options: ReadOptions, label: str) -> Iterator[_Met]:
    """Records with the text that they carry under ``source``, read as the scan read it."""
    sample = list(islice(records, _SAMPLE))
    sources = [record["source"] for record in sample if isinstance(record.get("source"), dict)]
    if sample and not sources:
        raise CaseBookError("no_texts", name=label)
    how = how_to_read(sources, options, label) if sample else None
    for record in chain(sample, records):
        kept = record.get("source")
        fields = fields_of(how, kept) if how is not None and isinstance(kept, dict) else None
        if fields is None:
            yield _Met(record, "", None, None, None)
        else:
            yield _Met(record, fields.text, iso(fields.date), fields.place, fields.url)


def _from_rows(records: Iterator[dict[str, Any]], texts: Sequence[str | Path], options: ReadOptions) -> Iterator[_Met]:
    """Records with the rows they were made of; both come in the order of the input."""
    rows = open_rows(texts, options)
    for record in records:
        row = next((row for row in rows if row.id == record["id"]), None)
        if row is None:
            raise CaseBookError("other_texts", record=record["id"])
        yield _Met(record, row.text, row.posted_at, row.place, row.url)

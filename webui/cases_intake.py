"""Files that come into the book: records of a scan, adverts that are scanned first, another book. No Streamlit here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from detector.casebook import CaseBook
from detector.casebook.intake import Added
from detector.scan import scan

FLAGGED = ("high", "check")
_ALONE = 300_000  # bytes up to which more processes are not worth their start


@contextmanager
def put_down(name: str, content: bytes) -> Iterator[Path]:
    """A file that was uploaded, in a folder for this process alone, gone at the end whatever happens."""
    # What was uploaded is called so in the sightings; nothing of the name may lead elsewhere.
    last = re.sub(r"[^\w.()+ -]", "_", name.replace("\\", "/").rpartition("/")[2]).lstrip(".") or "upload"
    with TemporaryDirectory(prefix="periksa-loker-") as folder:
        path = Path(folder) / last[-120:]
        path.write_bytes(content)
        yield path


def is_records(path: Path) -> bool:
    """Whether the file begins like what ``detector scan`` writes as JSON Lines."""
    if path.suffix.lower() != ".jsonl":
        return False
    with path.open("rb") as lines:
        try:
            first = json.loads(lines.readline())
        except ValueError:
            return False
    return isinstance(first, dict) and {"id", "level", "indicators"} <= first.keys()


def add(book: CaseBook, path: Path, everything: bool, progress: Callable[[int], None]) -> Added:
    """Put a scan into the book; a file of adverts is scanned first.

    Parameters
    ----------
    book
        The open book.
    path
        The uploaded file; beside it the scan is written.
    everything
        Take adverts without strong signs too, where the file is scanned here.
    progress
        Called with the number of adverts read so far.

    Raises
    ------
    InputError
        When the file cannot be read, or holds no texts.
    ModelError
        When the model cannot be used.
    """
    if is_records(path):
        return book.add(path)
    rated = path.with_name("rated.jsonl") if path.name != "rated.jsonl" else path.with_name("rated-2.jsonl")
    jobs = 1 if path.stat().st_size < _ALONE else None
    only = () if everything else FLAGGED
    scan(path, rated, keep=True, only=only, campaigns=True, jobs=jobs, progress=progress)
    return book.add(rated, source=path.name.partition(".")[0])

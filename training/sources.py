"""Readers for the public data sets, each in the format of its source.

The files are read from the folder named by ``DETECTOR_SOURCES`` (layout: see `docs/training.md`); they are never part
of this repository. White space, HTML and mojibake are neutralised so that a model cannot tell a source by its file
format.
"""

from __future__ import annotations

import csv
import html
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# csv refuses fields above 128 kB; some adverts paste whole brochures.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

_TAG = re.compile(r"<[^<>]{1,200}>")
_URL_HASH = re.compile(r"#(?:URL|EMAIL|PHONE)_[0-9a-f]+#", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text. `group` joins near-duplicates later; `source` is the file it came from."""

    id: str
    text: str
    label: str
    kind: str
    source: str
    lang: str = "id"
    writer: str = ""
    subtle: bool = False
    hard: bool = False
    scenario: str = ""
    marks: tuple[tuple[str, int, int], ...] = ()  # annotated indicators: id, start, end in `text`


def neutralise(text: str) -> str:
    """Undo what the source's format did: entities, tags, masked addresses, broken UTF-8, line structure."""
    if "â" in text or "Ã" in text:
        try:  # UTF-8 once read as Latin-1
            text = text.encode("latin-1").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            text = text.replace("â\x80¢", "•").replace("â\x80\x93", "-")
    text = _TAG.sub(" ", html.unescape(html.unescape(text)))
    text = _URL_HASH.sub(" ", text)
    return _BLANKS.sub(" ", text).strip()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as handle:
        yield from csv.DictReader(handle)


def _joined(row: dict[str, str], columns: tuple[str, ...]) -> str:
    return neutralise("\n".join(row[c] for c in columns if row.get(c) and row[c] != "Not found"))


def _reader(
    file: str, name: str, columns: tuple[str, ...], label: str, lang: str
) -> tuple[str, Callable[[Path], Iterator[Example]]]:
    def read(folder: Path) -> Iterator[Example]:
        for number, row in enumerate(_rows(folder / file)):
            text = _joined(row, columns)
            if len(text) >= 40:  # a few rows hold only a file name
                yield Example(f"{name}-{number}", text, label, "advert", name, lang)

    return name, read


_EMSCAD = ("title", "location", "company_profile", "description", "requirements", "benefits")
READERS: dict[str, Callable[[Path], Iterator[Example]]] = dict(
    (
        _reader("instagram_loker/posts.csv", "instagram", ("OCR_Text",), "no_pattern", "id"),
        _reader(
            "job_boards_id/glints.csv",
            "glints",
            ("job_title", "salary", "location", "job_description"),
            "no_pattern",
            "id",
        ),
        _reader(
            "job_boards_id/jobstreet.csv",
            "jobstreet",
            ("title", "advertiser_description", "locations", "salary_label", "job_content"),
            "no_pattern",
            "id",
        ),
        _reader(
            "maganghub/vacancies.csv",
            "maganghub",
            ("Judul Posisi", "Perusahaan / Instansi", "Wilayah", "Deskripsi Lowongan"),
            "no_pattern",
            "id",
        ),
        _reader("emscad/real_jobs.csv", "emscad_real", _EMSCAD, "no_pattern", "en"),
        _reader("emscad/fraudulent_jobs.csv", "emscad_fraud", _EMSCAD, "job_fraud_other", "en"),
        _reader("turnbackhoax/job_hoaxes_2024.csv", "turnbackhoax", ("quoted_text",), "job_fraud_other", "id"),
    )
)
#: Sources of genuine adverts: what may be flagged here is a false alarm.
ORDINARY = ("instagram", "glints", "jobstreet", "maganghub", "emscad_real")


def folder() -> Path | None:
    """The folder of public sources (``DETECTOR_SOURCES``), or None when it is not there."""
    value = os.environ.get("DETECTOR_SOURCES")
    path = Path(value) if value else Path(__file__).resolve().parents[2] / "shared" / "datasets"
    return path if path.is_dir() else None


def read_all(where: Path, names: tuple[str, ...] = tuple(READERS)) -> list[Example]:
    """Every example of the named sources, exact duplicates dropped.

    Raises
    ------
    FileNotFoundError
        When a source's file is missing from `where`.
    """
    seen: set[str] = set()
    out: list[Example] = []
    for name in names:
        for example in READERS[name](where):
            key = example.text.casefold()
            if key not in seen:
                seen.add(key)
                out.append(example)
    return out

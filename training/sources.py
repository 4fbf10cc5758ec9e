"""Readers for the public data sets, each in the format of its source.

The files are read from the folder named by ``DETECTOR_SOURCES`` (layout: see `docs/training.md`); they are never part
of this repository. Where the folder holds the full public file of a set, it is found by its name and read instead of
the part.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from training.neutralise import neutralise, unglue

# csv refuses fields above 128 kB; some adverts paste whole brochures.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

_SHORTEST = 40  # characters: a few rows hold only a file name


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


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
        if path.suffix == ".jsonl":
            for line in handle:
                if line.strip():
                    yield {key: str(value) for key, value in json.loads(line).items()}
        else:
            yield from csv.DictReader(handle)


def _joined(row: Mapping[str, str | None], columns: tuple[str, ...]) -> str:
    return "\n".join(value for c in columns if (value := row.get(c)) and value != "Not found")


# --- What each source's pages add to the advertiser's words ---


def _instagram(row: dict[str, str]) -> str:
    # The accounts that repost adverts sign every picture.
    return _REPOSTED.sub(" ", _joined(row, ("OCR_Text",)))


def _glints(row: dict[str, str]) -> str:
    # The reader of that site put a bar between the lines of the description.
    return _pay(_joined(row, ("job_title", "salary", "location", "job_description"))).replace(" | ", "\n")


def _jobstreet(row: dict[str, str]) -> str:
    columns = ("title", "advertiser_description", "locations", "salary_label", "job_content")
    return _pay(_joined(row, columns))


def _maganghub(row: dict[str, str]) -> str:
    text = _joined(row, ("Judul Posisi", "Perusahaan / Instansi", "Wilayah", "Deskripsi Lowongan"))
    return _PORTAL_FORM.split(text)[0]


def _emscad(row: dict[str, str]) -> str:
    if "text" in row:  # the de-duplicated form holds the whole advert in one column
        return unglue(row["text"])
    # "US, CA, Fort Worth": country and state codes are the site's, the town is the advertiser's.
    town = " ".join((row.get("location") or "").split(",")[2:]).strip()
    return unglue(_joined({**row, "location": town}, _EMSCAD))


def _turnbackhoax(row: dict[str, str]) -> str:
    return _joined(row, ("quoted_text",))


def _pay(text: str) -> str:
    """The sites' ways to print pay ("IDR3.000.000 - 5.000.000/Bulan", "Rp 5.000.000 per month") in one."""
    return _PER_MONTH.sub(" per bulan", _RUPIAH.sub("Rp ", text))


_EMSCAD = ("title", "location", "company_profile", "description", "requirements", "benefits")
_REPOSTED = re.compile(
    r"(?:untuk informasi lebih lanjut,? )?(?:(?:kunjungi|melalui|atau|juga)[\s,:]*)*"
    r"\[?www\.lokerdesain\.com\]?(?:\([^)]*\))?"
    r"|(?:(?:atau|melalui)\s+)*@(?:sediapay|belajarmahir|lokerdeskusi)\b[,.]?",
    re.IGNORECASE,
)
_PORTAL_FORM = re.compile(r"\n\s*Kualifikasi\s*\n\s*Program studi:")
_RUPIAH = re.compile(r"\b(?:IDR|Rp\.?)[\s\xa0Â]*(?=\d)")
_PER_MONTH = re.compile(r"(?<=\d)\s*/\s*Bulan\b|(?<=\d) per month\b")


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a source's rows are found and what they mean."""

    part: str  # below the folder
    full: tuple[str, ...]  # file names (glob patterns) of the full public set, looked for at any depth
    text: Callable[[dict[str, str]], str]
    label: str
    lang: str = "id"
    fraudulent: bool | None = None  # which rows to take where one file holds both sorts

    def files(self, folder: Path) -> list[Path]:
        """The files to read: the full set where it is there, else the part."""
        for pattern in self.full:
            if found := sorted(folder.rglob(pattern)):
                return found
        return [folder / self.part]

    def takes(self, row: dict[str, str]) -> bool:
        """True when the row is of the sort that this source stands for."""
        mark = next((row[c] for c in ("fraudulent", "label", "is_deceptive") if c in row), None)
        return self.fraudulent is None or mark is None or (mark.strip().casefold() in _TRUE) == self.fraudulent


_TRUE = {"1", "1.0", "t", "true", "y"}
_EMSCAD_FULL = ("fake_job_postings*.csv", "job_scams/*.jsonl", "job_scams*.jsonl")
_SOURCES = {
    "instagram": _Source("instagram_loker/posts.csv", ("labeled.csv",), _instagram, "no_pattern"),
    "glints": _Source("job_boards_id/glints.csv", ("glints_jobs_full*.csv",), _glints, "no_pattern"),
    "jobstreet": _Source("job_boards_id/jobstreet.csv", ("jobstreet_jobs*.csv",), _jobstreet, "no_pattern"),
    "maganghub": _Source("maganghub/vacancies.csv", (), _maganghub, "no_pattern"),
    "emscad_real": _Source("emscad/real_jobs.csv", _EMSCAD_FULL, _emscad, "no_pattern", "en", False),
    "emscad_fraud": _Source("emscad/fraudulent_jobs.csv", _EMSCAD_FULL, _emscad, "job_fraud_other", "en", True),
    "turnbackhoax": _Source("turnbackhoax/job_hoaxes_2024.csv", (), _turnbackhoax, "job_fraud_other"),
}


def _reader(name: str, source: _Source) -> Callable[[Path], Iterator[Example]]:
    def read(folder: Path) -> Iterator[Example]:
        rows = (row for path in source.files(folder) for row in _rows(path))
        for number, row in enumerate(rows):
            if source.takes(row):
                text = neutralise(source.text(row))
                if len(text) >= _SHORTEST:
                    yield Example(f"{name}-{number}", text, source.label, "advert", name, source.lang)

    return read


READERS: dict[str, Callable[[Path], Iterator[Example]]] = {name: _reader(name, s) for name, s in _SOURCES.items()}
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

"""Which columns of a table hold the text, the id, the date and the place: named by the user, or guessed by their names.

The names are those of the tables this was built on: Glints, JobStreet and Maganghub scrapes, EMSCAD, OCR tables of
Instagram posts, quoted texts of fact checks, and 4CAT's own (`body`, `timestamp`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from detector.scan.rows import InputError, NoTextError

_WHOLE = ("text", "body", "message", "caption")  # a single column that is the post
_OTHERS = (
    "full_text", "fulltext", "content", "post", "post_text", "tweet", "ocr_text", "teks", "isi", "isi_pesan", "pesan",
    "konten", "keterangan", "selftext", "description", "deskripsi",
)  # fmt: skip
_JOB_TITLE = (
    "title", "job_title", "jobtitle", "position", "posisi", "judul", "judul_posisi", "judul_lowongan", "nama_posisi",
    "nama_lowongan", "jabatan", "lowongan",
)  # fmt: skip
_JOB_COMPANY = (
    "company", "company_name", "companyname", "employer", "perusahaan", "nama_perusahaan", "perusahaan_instansi",
    "instansi", "hiring_organization", "advertiser_description",
)  # fmt: skip
_JOB_PLACE = (
    "location",
    "locations",
    "job_location",
    "lokasi",
    "lokasi_kerja",
    "penempatan",
    "wilayah",
    "kota",
    "city",
)
_JOB_PAY = ("salary", "salary_range", "salary_label", "salary_text", "gaji", "upah", "pay", "kisaran_gaji")
_JOB_WORDS = (
    "description", "job_description", "jobdescription", "job_content", "deskripsi", "deskripsi_lowongan",
    "deskripsi_pekerjaan", "requirements", "qualifications", "kualifikasi", "persyaratan", "benefits", "tunjangan",
    "company_profile",
)  # fmt: skip
_IDS = ("id",)
_DATES = (
    "posted_at", "post_created", "created_at", "published_at", "date_posted", "posted_date", "listing_date", "date",
    "timestamp", "datetime", "created", "created_time", "created_utc", "published", "tanggal", "waktu", "taken_at",
)  # fmt: skip
_PLACES = (
    "place", "chat", "chat_name", "group", "group_name", "grup", "page", "page_name", "channel", "channel_name",
    "board", "subreddit", "forum", "account", "author", "username", "user_name",
)  # fmt: skip
_URLS = ("url", "link", "permalink", "post_url", "job_url", "tautan", "source_url")
# What scrapers put where a page had nothing.
_NOTHING = {"", "not found", "nan", "none", "null", "n/a", "-", "tidak ditemukan"}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Columns named by the user; None leaves the choice to the reader.

    `text_column` may name several, joined by `+` (`title+description`); a dotted name reaches into nested objects
    (`data.caption.text`). Known exports (CrowdTangle, X, ...) keep their own columns unless one is named
    here; chats keep them in any case.
    """

    text_column: str | None = None
    id_column: str | None = None
    date_column: str | None = None
    place_column: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table."""

    text: tuple[str, ...]
    guessed: bool
    id: str | None
    date: str | None
    place: str | None
    url: str | None
    format: str = ""

    def text_of(self, record: dict[str, Any]) -> str:
        """The text of a row: one column as it is, several joined by line breaks, empty ones left out."""
        if len(self.text) == 1:
            return as_text(value_at(record, self.text[0]))
        parts = [as_text(value_at(record, name)) for name in self.text]
        return "\n".join(dict.fromkeys(part for part in parts if part.strip().lower() not in _NOTHING))


def as_text(value: Any) -> str:
    """A cell as text: an empty one is "", a list its parts line by line, anything else as it is written."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(part for part in map(as_text, value) if part)
    if isinstance(value, dict):
        return as_text(value.get("text"))
    return value if isinstance(value, str) else str(value)


def value_at(record: dict[str, Any], name: str) -> Any:
    """The value of a column, or of a nested one named with dots; None where there is none."""
    if name in record:
        return record[name]
    value: Any = record
    for part in name.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(part)
    return value


def choose_columns(sample: list[dict[str, Any]], options: ReadOptions, label: str) -> Columns:
    """The columns to take, from the first records of a table.

    Raises
    ------
    InputError
        When a column that was asked for is not there.
    NoTextError
        When none was asked for and none looks like text.
    """
    names = list(dict.fromkeys(str(name) for record in sample for name in record))
    known = {_plain_name(name): name for name in reversed(names)}
    format_name = ""
    if options.text_column is not None:
        text, guessed = _asked(options.text_column, names, sample), False
    elif single := _first(_WHOLE, known):
        text, guessed = (single,), _plain_name(single) != "text"
    elif joined := _job_board(known):
        text, guessed, format_name = joined, True, "job board"
    else:
        endings = [name for name in names if _plain_name(name).endswith("_text")]
        other = _first(_OTHERS, known) or (endings[0] if endings else None)
        if other is None:
            raise NoTextError(
                f"No column of text was found in {label} among: {_listed(names)}. Name it with --text-column COLUMN."
            )
        text, guessed = (other,), True
    return Columns(
        text,
        guessed,
        _named(options.id_column, names, sample, label) or _first(_IDS, known),
        _named(options.date_column, names, sample, label) or _first(_DATES, known),
        _named(options.place_column, names, sample, label) or _first(_PLACES, known),
        _first(_URLS, known),
        format_name,
    )


def _job_board(known: dict[str, str]) -> tuple[str, ...]:
    """Title, company, place, pay and words of a job board's table; empty where it is none."""
    title = _first(_JOB_TITLE, known)
    words = [known[name] for name in _JOB_WORDS if name in known]
    if title is None or not words:
        return ()
    rest = [_first(names, known) for names in (_JOB_COMPANY, _JOB_PLACE, _JOB_PAY)]
    return (title, *(name for name in rest if name is not None), *words)


def _first(wanted: Iterable[str], known: dict[str, str]) -> str | None:
    return next((known[name] for name in wanted if name in known), None)


def _plain_name(name: str) -> str:
    return re.sub(r"[\s/.-]+", "_", name.strip().lower())


def _asked(wanted: str, names: list[str], sample: list[dict[str, Any]]) -> tuple[str, ...]:
    if wanted in names:
        return (wanted,)
    parts = tuple(part.strip() for part in wanted.split("+"))
    for part in parts:
        _named(part, names, sample, "")
    return parts


def _named(wanted: str | None, names: list[str], sample: list[dict[str, Any]], label: str) -> str | None:
    if wanted is None or wanted in names or any(value_at(record, wanted) is not None for record in sample):
        return wanted
    where = f" in {label}" if label else ""
    raise InputError(f"There is no column {wanted!r}{where}; the columns are: {_listed(names)}.")


def _listed(names: list[str]) -> str:
    shown = [
        " ".join(name.split())[:60] for name in names[:40]
    ]  # a name may hold line breaks, above all in a broken file
    return ", ".join(shown) + (", ..." if len(names) > 40 else "")

"""Public sources: every file is read, full sets are found by name, and formats leave no trace."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from training import sources
from training.neutralise import neutralise, unglue

AD = "Membutuhkan penjaga toko untuk cabang baru di Bandung, gaji sesuai UMK."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kualifikasi:\n- Pria\n- SMA\n• rajin", "Kualifikasi: Pria SMA rajin"),
        ("1. Jujur\n2) Teliti\na. Rapi", "Jujur Teliti Rapi"),
        ("usia maks 30. Gaji 5.000.000 – 6.000.000", "usia maks 30. Gaji 5.000.000-6.000.000"),
        ("Rp 5.000.000 - Rp 6.000.000", "Rp 5.000.000-Rp 6.000.000"),
        ("Pria/Wanita- Berpengalaman- SMA", "Pria/Wanita Berpengalaman SMA"),
        ("full-time, on-site", "full-time, on-site"),
        ("RpÂ\xa05.000.000 â\x80\x93 kaki\u200btangan", "Rp 5.000.000 kakitangan"),
        ("<p>Staffing &amp;amp; Recruiting</p>", "Staffing & Recruiting"),
        ("apply at #URL_fbe6559afac620a3# or #EMAIL_00ff# now", "apply at or now"),
        ("daftar di [bit.ly/x](https://bit.ly/x) ya", "daftar di bit.ly/x ya"),
        ("“Dibutuhkan ‘segera’…”", "Dibutuhkan 'segera'..."),
        ("Deskripsi | Kualifikasi ________ | ✓ Jujur", "Deskripsi Kualifikasi Jujur"),
        ("Café à la carte", "Café à la carte"),
    ],
)
def test_formats_are_neutralised(text: str, expected: str) -> None:
    assert neutralise(text) == expected


def test_lost_line_breaks_are_parted() -> None:
    assert unglue("good skillsStrong work.Apply now") == "good skills Strong work. Apply now"
    assert unglue("LinkedIn, e.g. iOS") == "LinkedIn, e.g. iOS"


def _csv(path: Path, found: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


def _emscad(title: str, fraudulent: str) -> dict[str, str]:
    return {"title": title, "location": "US, CA, Fort Worth", "description": AD, "fraudulent": fraudulent}


def test_the_full_emscad_file_is_found_and_parted(tmp_path: Path) -> None:
    _csv(tmp_path / "emscad" / "real_jobs.csv", [_emscad("part", "0")])
    assert [e.text[:4] for e in sources.READERS["emscad_real"](tmp_path)] == ["part"]
    rows = [_emscad("honest", "0"), _emscad("false", "1"), _emscad("other", "f")]
    _csv(tmp_path / "downloads" / "fake_job_postings.csv", rows)
    real = list(sources.READERS["emscad_real"](tmp_path))
    fraud = list(sources.READERS["emscad_fraud"](tmp_path))
    assert [(e.text.split()[0], e.label) for e in real] == [("honest", "no_pattern"), ("other", "no_pattern")]
    assert [(e.text.split()[0], e.label) for e in fraud] == [("false", "job_fraud_other")]
    assert real[0].text == f"honest Fort Worth {AD}"


def test_the_deduplicated_form_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "job_scams"
    folder.mkdir()
    for name, label in (("train", 1), ("test", 0)):
        (folder / f"{name}.jsonl").write_text(json.dumps({"text": f"{name} {AD}", "label": label}) + "\n")
    assert [e.text[:5] for e in sources.READERS["emscad_fraud"](tmp_path)] == ["train"]
    assert [e.text[:4] for e in sources.READERS["emscad_real"](tmp_path)] == ["test"]


def test_other_full_files_are_found(tmp_path: Path) -> None:
    signed = f"{AD} kunjungi [www.lokerdesain.com](www.lokerdesain.com) atau @sediapay"
    _csv(tmp_path / "job-fraud-instagram" / "dataset" / "labeled.csv", [{"OCR_Text": signed, "Label": "Not Fraud"}])
    assert [e.text for e in sources.READERS["instagram"](tmp_path)] == [AD]
    glints = {
        "job_title": "Kasir",
        "salary": "IDR3.000.000 - 5.000.000/Bulan",
        "location": "Not found",
        "job_description": AD,
    }
    _csv(tmp_path / "glints_jobs_full_20250928.csv", [glints])
    assert [e.text for e in sources.READERS["glints"](tmp_path)] == [f"Kasir Rp 3.000.000-5.000.000 per bulan {AD}"]


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sources.read_all(tmp_path, ("maganghub",))


@pytest.mark.skipif(sources.folder() is None, reason="the public sources are not here")
def test_every_file_of_the_folder_is_read_whole() -> None:
    folder = sources.folder()
    assert folder is not None
    wanted = {s.files(folder)[0].name for s in sources._SOURCES.values()}
    # A list of names, not of texts.
    assert {p.name for p in folder.rglob("*.csv")} - wanted <= {"company_names_id.csv"}
    for name, reader in sources.READERS.items():
        found = list(reader(folder))
        files = sources._SOURCES[name].files(folder)
        rows = sum(len(list(sources._rows(path))) for path in files)
        assert len(found) >= 0.95 * rows, name
        joined = "\n".join(e.text for e in found)
        assert not re.search(r"[•|–—“”’\t\u200b\xa0]|Ã.|â\x80|&amp;|#(?:URL|EMAIL)_|\n\s", joined), name

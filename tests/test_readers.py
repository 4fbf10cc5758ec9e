"""Readers: every format as its tool writes it, what is chosen is said, nothing is dropped silently, nothing crashes."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import beside
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from detector.scan.readers import InputError, ReadOptions, Report, Row, open_rows
from detector.scan.readers.dates import iso
from detector.scan.readers.ids import Ids

ADVERT = "Lowongan admin Kamboja\ngaji 15 juta, WA 0812-0000-3344"
HONEST = "Dibutuhkan kasir toko di Klaten, antar lamaran ke Jl. Pemuda 12"


def rows(*paths: Path | str, **options: Any) -> list[Row]:
    return list(open_rows(paths, ReadOptions(**options)))


def read(*paths: Path | str, **options: Any) -> tuple[list[Row], Report, list[tuple[str, str, str]]]:
    """Rows, report, rejects; an error at the end is kept as the last reject."""
    report, rejects, out = Report(), [], []
    try:
        for row in open_rows(paths, ReadOptions(**options), report, lambda *parts: rejects.append(parts)):
            out.append(row)
    except InputError as problem:
        rejects.append(("error", "", str(problem)))
    return out, report, rejects


def write(path: Path, content: str | bytes | list | dict) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, list | dict):
        content = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def table(rows: list[list[str]], delimiter: str = ",") -> str:
    def cell(value: str) -> str:
        return '"' + value.replace('"', '""') + '"' if set(value) & {delimiter, '"', "\n"} else value

    return "".join(delimiter.join(map(cell, row)) + "\r\n" for row in rows)


# --- CSV -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "gb18030", "big5"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_any_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = {"gb18030": "招聘 柬埔寨 客服\n月薪两万，包机票", "big5": "徵才 柬埔寨 客服\n月薪兩萬，包機票"}.get(
        encoding, "Pelayan café\nRp 3.000.000; tiap bulan, dibayar naïf"
    )
    content = table([["id", "text", "kota"], *([f"a{n}", text, "Solo"] for n in range(30))], delimiter)
    out, report, _ = read(write(tmp_path / "in.csv", content.encode(encoding)))
    assert [(row.id, row.text) for row in out] == [(f"a{n}", text) for n in range(30)]
    assert out[0].source == {"id": "a0", "text": text, "kota": "Solo"}
    said = " ".join(report.sentences())
    assert "Read as CSV" in said
    assert (encoding in said) == (encoding in ("cp1252", "gb18030", "big5")) or encoding.startswith("utf-")


def test_an_encoding_that_changes_within_the_file(tmp_path: Path) -> None:
    content = "text\n" + "biasa\n" * 100_000  # the odd line stands beyond what is looked at first
    path = write(tmp_path / "in.csv", content.encode() + "café\n".encode("cp1252") + "kafé\n".encode())
    out, report, _ = read(path)
    assert [row.text for row in out[-2:]] == ["café", "kafé"]
    assert any("not all of it is UTF-8" in sentence for sentence in report.sentences())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("in.json", '[{"text": "satu"}, %s {"text": "kafé"}]'),
        ("_chat.txt", "21/07/25 15.04 - Budi: satu%s\n21/07/25 15.05 - Budi: kafé\n"),
    ],
)
def test_odd_bytes_in_other_texts_are_said(tmp_path: Path, name: str, content: str) -> None:
    before, after = (part.encode() for part in content.split("%s"))
    out, report, _ = read(write(tmp_path / name, before + b" " * 300_000 + after.replace("é".encode(), b"\xe9")))
    assert out[0].text == "satu"
    assert out[1].text in ("kaf\ufffd", "kafé")
    assert len(report.notes) == 1


def test_csv_with_zero_bytes_long_rows_and_doubled_names(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "text,text,\nsa\0tu,dua,tiga,empat\n\n,,\n")
    out, report, _ = read(path)
    assert out[0].source == {"text": "satu", "text.2": "dua", "column 3": "tiga"}
    assert [row.id for row in out] == [1, 3]
    assert report.skipped == {"zero bytes, taken out": 1, "cells beyond the header of their row": 1}


def test_an_open_quote_is_said(tmp_path: Path) -> None:
    _, report, _ = read(write(tmp_path / "in.csv", 'text,b\n"satu,1\ndua,2\n'))
    assert any("never closed" in note for note in report.notes)


def test_spreadsheets_with_a_sep_line_and_old_line_ends(tmp_path: Path) -> None:
    assert [row.text for row in rows(write(tmp_path / "a.csv", "sep=;\ntext;b\nsatu, dua;2\n"))] == ["satu, dua"]
    assert [row.text for row in rows(write(tmp_path / "b.csv", "text,b\rsatu,1\rdua,2\r"))] == ["satu", "dua"]


# --- columns ---------------------------------------------------------------------------------------------------------


def test_named_columns(tmp_path: Path) -> None:
    content = table(
        [["judul", "isi", "kode", "hari", "grup"], ["Kasir", HONEST, "k1", "2025-03-04 10:00", "Loker Klaten"]]
    )
    path = write(tmp_path / "in.csv", content)
    (row,) = rows(path, text_column="judul+isi", id_column="kode", date_column="hari", place_column="grup")
    assert row == Row("k1", f"Kasir\n{HONEST}", row.source, "2025-03-04T10:00:00", "Loker Klaten")


@pytest.mark.parametrize("option", ["text_column", "id_column", "date_column", "place_column"])
def test_a_column_that_is_not_there_is_named(tmp_path: Path, option: str) -> None:
    with pytest.raises(InputError, match=r"no column 'nope'.*text, kota"):
        rows(write(tmp_path / "in.csv", "text,kota\na,b\n"), **{option: "nope"})


def test_nested_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", '{"a": {"b": "satu"}}\n{"a": {}}\n')
    assert [row.text for row in rows(path, text_column="a.b")] == ["satu", ""]


def test_job_board_columns_are_joined(tmp_path: Path) -> None:
    header = ["Job Title", "company_name", "Lokasi", "Gaji", "Job Description", "url", "listing_date"]
    cells = [
        "Kasir",
        "Not found",
        "Klaten",
        "Rp 2.200.000",
        "Menjaga kasir\nShift pagi",
        "https://x.example/1",
        "2025-09-25",
    ]
    out, report, _ = read(write(tmp_path / "in.csv", table([header, cells])))
    assert out[0].text == "Kasir\nKlaten\nRp 2.200.000\nMenjaga kasir\nShift pagi"
    assert (out[0].url, out[0].posted_at) == ("https://x.example/1", "2025-09-25")
    assert report.guessed
    assert report.text_column == "Job Title + company_name + Lokasi + Gaji + Job Description"


@pytest.mark.parametrize(
    ("file", "number", "words"),
    [
        ("job_boards_id/glints.csv", 868, "job_title + location + salary + job_description"),
        ("job_boards_id/jobstreet.csv", 991, "title + advertiser_description + locations + salary_label + job_content"),
        ("instagram_loker/posts.csv", 1832, "OCR_Text"),
    ],
)
def test_the_shared_files(file: str, number: int, words: str) -> None:
    out, report, rejects = read(beside(f"datasets/{file}"))
    assert (len(out), report.text_column, rejects) == (number, words, [])
    assert len({row.id for row in out}) == number
    assert sum(len(row.text) > 40 for row in out) > 0.97 * number


# --- Excel and Parquet -----------------------------------------------------------------------------------------------


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: Excel was NOT tested")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def test_excel(tmp_path: Path) -> None:
    when = datetime(2025, 3, 4, 10, 30)
    first = [["id", "text", "tanggal"], [7, ADVERT, when], [None, None, None], [8.0, HONEST, None]]
    path = workbook(tmp_path / "in.xlsx", {"Satu": first, "Dua": [["caption"], ["tiga"]]})
    out = rows(path)
    assert [(row.id, row.text, row.posted_at) for row in out] == [
        (7, ADVERT, "2025-03-04T10:30:00"),
        (8, HONEST, None),
        ("Dua:1", "tiga", None),
    ]
    json.dumps([row.source for row in out])


def test_a_cover_sheet_is_passed_over(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", {"Sampul": [["Laporan"], ["2025"]], "Data": [["text"], ["satu"]]})
    out, report, rejects = read(path)
    assert [(row.id, row.text) for row in out] == [("Data:1", "satu")]
    assert report.skipped == {"table without a column of text": 1}
    assert rejects == []


def test_a_workbook_with_a_million_empty_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", {"S": [["text"], ["satu"]]})
    empty = "".join(f'<row r="{n}"/>' for n in range(3, 1_000_000))
    padded = tmp_path / "padded.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(padded, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode()
            new.writestr(name, content.replace("</sheetData>", empty + "</sheetData>"))
    started = datetime.now(UTC)
    assert [row.text for row in rows(padded)] == ["satu"]
    assert (datetime.now(UTC) - started).total_seconds() < 60


def test_parquet(tmp_path: Path) -> None:
    columns = {
        "id": [f"p{n}" for n in range(2500)],
        "body": [ADVERT] * 2500,
        "created_at": [datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)] * 2500,
        "raw": [b"\xff"] * 2500,
        "score": [float("nan")] * 2500,
    }
    pq.write_table(pa.table(columns), tmp_path / "in.parquet", row_group_size=700)
    out = rows(tmp_path / "in.parquet")
    assert [row.id for row in out] == columns["id"]
    assert out[-1].posted_at == "2025-01-02T03:04:05+00:00"
    assert json.loads(json.dumps(out[0].source, allow_nan=False))["score"] is None


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_json_array_and_object_with_a_list(tmp_path: Path) -> None:
    posts = [{"id": n, "text": f"loker {n}"} for n in range(5000)]
    array = write(tmp_path / "a.json", posts)
    wrapped = write(
        tmp_path / "b.json", {"meta": {"next": [1, 2]}, "tags": ["a"], "items": posts, "users": [{"id": 1}]}
    )
    for path in (array, wrapped):
        assert [row.id for row in rows(path)] == list(range(5000))
    single = write(tmp_path / "c.json", {"text": HONEST, "tags": ["a", "b"]})
    assert [row.text for row in rows(single)] == [HONEST]
    lines = write(tmp_path / "d.json", '{"text": "satu"}\n{"text": "dua"}\n')
    assert [row.text for row in rows(lines)] == ["satu", "dua"]


def test_bad_elements_are_rejected_one_by_one(tmp_path: Path) -> None:
    path = write(
        tmp_path / "in.json", '[{"text": "satu"}, {"text": tidak}, 5, {"text": "dua \\ud83d", "n": 1e999}, {"a": [}]'
    )
    out, report, rejects = read(path)
    assert [row.text for row in out] == ["satu", "dua \ufffd"]
    assert out[1].source["n"] is None
    assert report.rejected["not a JSON object"] == 3
    assert rejects[0] == ("not a JSON object", "in.json:2", '{"text": tidak}')


@pytest.mark.parametrize("name", ["in.jsonl", "in.json", "in.csv", "_chat.txt"])
def test_a_huge_line_is_left_out_without_being_held(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("streams", "jsonscan"):
        monkeypatch.setattr(f"detector.scan.readers.{module}.LINE_LIMIT", 2_000_000)
    start, long, end = {
        "in.jsonl": ('{"text": "satu"}\n', '{"text": "%s"}\n', '{"text": "dua"}\n'),
        "in.json": ('[{"text": "satu"}', ',{"text": "%s"}', ',{"text": "dua"}]'),
        "in.csv": ("text\nsatu\n", "%s\n", "dua\n"),
        "_chat.txt": ("21/07/25 15.04 - Budi: satu\n", "%s\n", "21/07/25 15.05 - Budi: dua\n"),
    }[name]
    before, after = long.split("%s")
    with (tmp_path / name).open("w") as handle:
        handle.write(start + before)
        for _ in range(400):
            handle.write("x" * 100_000)
        handle.write(after + end)
    tracemalloc.start()
    out, report, _ = read(tmp_path / name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [row.text for row in out] == ["satu", "dua"]
    assert report.rejected.total() == 1
    assert peak < 20_000_000, "of the 40 MB line"


# --- packed files ----------------------------------------------------------------------------------------------------


def lines_of(number: int) -> bytes:
    return b"".join(
        json.dumps({"id": n, "text": f"loker {n * 7919 % 10_007} {HONEST}"}).encode() + b"\n" for n in range(number)
    )


def zstd(data: bytes) -> bytes:
    sink = io.BytesIO()
    with pa.CompressedOutputStream(sink, "zstd") as packed:
        packed.write(data)
        packed.flush()
        return sink.getvalue() if packed.close() is None else b""


def packed_zstd(data: bytes) -> bytes:
    return pa.Codec("zstd").compress(data, asbytes=True)


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".zst", packed_zstd)])
def test_packed_files_and_their_cut(tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]) -> None:
    data = pack(lines_of(20_000))
    whole = write(tmp_path / f"in.jsonl{ending}", data)
    assert [row.id for row in rows(whole)] == list(range(20_000))
    out, _, rejects = read(write(tmp_path / f"cut.jsonl{ending}", data[: len(data) // 2]))
    assert [row.id for row in out] == list(range(len(out)))
    assert len(out) > 5000
    assert rejects[-1][0] == "error"
    assert rejects[-1][2].count(".") <= 4
    assert "cut off" in rejects[-1][2]


def test_zip_members_are_read_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.csv", "text\nsatu\n")
        archive.writestr("b/deep.jsonl.gz", gzip.compress(b'{"text": "dua"}\n'))
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
    out, report, _ = read(path)
    assert [(row.id, row.text) for row in out] == [("in.zip/evil.csv:1", "satu"), ("in.zip/b/deep.jsonl.gz:1", "dua")]
    assert report.skipped == {"file of another kind": 1}
    assert [entry.name for entry in tmp_path.rglob("*")] == ["in.zip"]


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"text\n" + b"x" * 30_000_000)
    with pytest.raises(InputError, match="zip bomb"):
        rows(tmp_path / "in.zip")


def test_damaged_archives_are_one_sentence(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ok.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "text\n" + "satu\n" * 1000)
    data = (tmp_path / "ok.zip").read_bytes()
    with pytest.raises(InputError, match="damaged or cut off"):
        rows(write(tmp_path / "cut.zip", data[:-40]))
    broken = bytearray(data)
    broken[45:60] = b"\xff" * 15
    with pytest.raises(InputError, match=r"read only in part|cannot be read"):
        rows(write(tmp_path / "broken.zip", bytes(broken)))


# --- folders ---------------------------------------------------------------------------------------------------------


def test_a_folder_in_order_with_everything_counted(tmp_path: Path) -> None:
    write(tmp_path / "b.csv", "text\ndua\n")
    write(tmp_path / "a" / "c.jsonl", '{"text": "satu", "id": "x"}\n')
    write(tmp_path / "c.jsonl", '{"text": "tiga", "id": "x"}\n')
    write(tmp_path / "d.pdf", b"%PDF-1.4")
    write(tmp_path / "e.csv", "")
    write(tmp_path / "f.csv", "nama,umur\nBudi,4\n")
    write(tmp_path / ".DS_Store", b"\0")
    out, report, rejects = read(tmp_path)
    assert [(row.id, row.text) for row in out] == [("x", "satu"), ("b.csv:1", "dua"), ("x#c.jsonl:1", "tiga")]
    assert report.skipped == {
        "hidden file": 1, "file of another kind": 1, "empty file": 1, "table without a column of text": 1
    }  # fmt: skip
    assert rejects == []
    assert [row.text for row in rows(str(tmp_path / "**" / "*.jsonl"))] == ["satu", "tiga"]


def test_one_damaged_file_of_many_does_not_stop_the_rest(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl.gz", gzip.compress(lines_of(5000))[:-2000])
    write(tmp_path / "b.csv", "text\ndua\n")
    out, _, rejects = read(tmp_path)
    assert out[-1].text == "dua"
    assert len(out) > 100
    assert "a.jsonl.gz was read only in part" in rejects[-1][2]


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path / "none.csv", "no file"),
        (tmp_path / "*.csv", "No file fits"),
        (tmp_path, "no files in it"),
    ):
        with pytest.raises(InputError, match=words):
            rows(path)
    for strange in ("x" * 5000, "a\0b"):
        with pytest.raises(InputError, match="cannot be opened"):
            rows(strange)
    with pytest.raises(InputError, match="old Excel"):
        rows(write(tmp_path / "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500))
    with pytest.raises(InputError, match="is empty"):
        rows(write(tmp_path / "a.csv", ""))


# --- dates and ids ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2025-03-04", "2025-03-04"), ("2025-03-04 10:11", "2025-03-04T10:11:00"), ("2025-03-04T10:11:12.5Z", "2025-03-04T10:11:12.5Z"),
        ("2022-01-02 03:04:05 EDT", "2022-01-02T03:04:05-04:00"), ("2025-03-04T10:11:12+0700", "2025-03-04T10:11:12+07:00"),
        (1_700_000_000, "2023-11-14T22:13:20Z"), ("1700000000000", "2023-11-14T22:13:20Z"), ("4 Jan 2024", "2024-01-04"),
        ("17 Agustus 2024 08.30", "2024-08-17T08:30:00"), ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24Z"),
        ("25/12/2024", "2024-12-25"), ("12/25/24", "2024-12-25"), ("04/05/2024", None), ("04/04/2024", "2024-04-04"),
        ("kemarin", None), ("", None), (None, None), (True, None), ("2025-13-45", None), (7, None),
    ],
)  # fmt: skip
def test_dates(given: Any, wanted: str | None) -> None:
    assert iso(given) == wanted


def test_ids_are_unique_and_the_same_in_every_run() -> None:
    wanted: list[str | int] = [n % 40_000 for n in range(100_000)] + ["5", "5#6", "x", "x"]
    first, second = Ids(), Ids()
    given_ids = [str(first.unique(name, at)) for at, name in enumerate(wanted)]
    assert given_ids == [str(second.unique(name, at)) for at, name in enumerate(wanted)]
    assert len(set(given_ids)) == len(wanted)
    assert given_ids[:40_000] == [str(n) for n in range(40_000)]


# --- anything at all -------------------------------------------------------------------------------------------------

NAMES = (
    "a.csv",
    "a.tsv",
    "a.json",
    "a.jsonl",
    "tweets.js",
    "_chat.txt",
    "a.parquet",
    "a.xlsx",
    "a",
    "a.zip",
    "a.csv.gz",
)
SCRAPS = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace")),
        st.sampled_from([
            b"text,id\n", b'"', b"\n", b"\r", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"{", b"}", b"[", b"]", b'{"text": "a"}',
            b'{"messages": [', b'{"chats": {"list": [{"id": 1, "type": "x", "messages": [', b"window.YTD.tweets.part0 = [",
            b'{"tweet": {"full_text": 1}}', b'{"type": "message", "id": 1, "text": [1, {"text": 2}]}', b",", b":",
            b"21/07/25 15.04 - Budi: a\n", b"[99/99/99, 99.99.99] Budi: a\n", b'{"data": {"legacy": []}, "source_platform": 1}',
            b'{"data": {"caption": {"text": 4}, "user": 1}, "source_platform": 1}', b"\\", b'\\u', b"1e999", b"NaN", b"-",
            b"PK\x03\x04", b"PAR1", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"[" * 3000, b'{"a":' * 3000, b"9" * 5000,
        ]),
    ),
    max_size=12,
).map(b"".join)  # fmt: skip


@given(SCRAPS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_give_rows_or_one_sentence(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            path = Path(folder, name)
            path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
            found, _, rejects = read(path)
            assert [words for kind, _, words in rejects if kind == "error" and "\n" in words.strip()] == []
            for row in found:
                assert isinstance(row.text, str)
                row.text.encode("utf-8")
                json.dumps(row.source, allow_nan=False, ensure_ascii=False).encode("utf-8")
            assert len({str(row.id) for row in found}) == len(found)
            path.unlink()


@given(st.binary(max_size=60), st.integers(0, 4000))
@example(b"\n", 277)  # a line break in the name of the only column
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damage_to_packed_tables_gives_rows_or_one_sentence(damage: bytes, where: int) -> None:
    import tempfile

    sink = io.BytesIO()
    pq.write_table(pa.table({"text": [HONEST] * 20}), sink)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("a.csv", "text\n" + HONEST * 20)
    files = {"a.parquet": sink.getvalue(), "a.zip": archive.getvalue(), "a.jsonl.gz": gzip.compress(lines_of(50)),
             "a.jsonl.zst": packed_zstd(lines_of(50))}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for name, whole in files.items():
            at = where % len(whole)
            path = Path(folder, name)
            path.write_bytes(whole[:at] + damage + whole[at + len(damage) :])
            _, _, rejects = read(path)
            assert [words for kind, _, words in rejects if kind == "error" and "\n" in words.strip()] == []

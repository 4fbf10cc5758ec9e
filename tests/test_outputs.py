"""What a scan writes: each format by its ending, chosen levels, kept columns, pseudonyms, and data frames."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.scan import InputError, assess_frame, scan
from detector.scan.grouping import hidden_template
from detector.scan.merge import merge
from detector.scan.options import Options
from detector.scan.parts import Recipe, assess, cut, engine_here
from detector.scan.posts import COLUMNS as POST_COLUMNS
from detector.scan.redact import Redactor
from detector.scan.rows import Row
from detector.scan.state import folder_of, open_state
from detector.scan.writers import COLUMNS, JsonLinesWriter, Target, WorkbookWriter, safe_cell, target

LURE = "Admin slot Kamboja gaji 15 juta, tiket ditanggung, paspor dipegang kantor, WA 0812-0000-3344"
HONEST = "Dibutuhkan kasir toko di Klaten, gaji UMK, antar lamaran ke Jl. Pemuda 12"
KEY = b"k" * 32


def write(path: Path, rows: list[dict]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(
        tmp_path / "in.jsonl",
        [
            {"id": 1234567890123456789, "text": LURE, "note": "=HYPERLINK(1)", "tags": ["a", "b"]},
            {"id": "x\x0b2", "text": HONEST + "\nbaris dua", "late": "\ud800 ok"},
            {"id": 3, "text": "Hai", "note": 12},
        ],
    )


# --- formats -----------------------------------------------------------------------------------------------------------


def test_a_csv_holds_the_columns_of_all_rows_and_joins_lists(source: Path, tmp_path: Path) -> None:
    scan(source, tmp_path / "out.csv", keep=True, jobs=1, part_rows=1)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert list(rows[0]) == [*COLUMNS, "source.id", "source.text", "source.note", "source.tags", "source.late"]
    assert rows[0]["source.note"] == "'=HYPERLINK(1)"
    assert rows[0]["source.tags"] == '["a", "b"]'
    assert {"document_retention", "high_risk_destination"} <= set(rows[0]["indicators"].split("; "))
    assert rows[0]["contacts"] == "whatsapp:+6281200003344"
    assert rows[1]["source.text"] == HONEST + "\nbaris dua"
    assert rows[1]["source.late"] == "\ufffd ok"
    assert [row["source.note"] for row in rows[1:]] == ["", "12"]


def test_a_workbook_shows_formulas_and_keeps_long_numbers(source: Path, tmp_path: Path) -> None:
    scan(source, tmp_path / "out.xlsx", keep=True, jobs=1)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["records"]
    rows = list(sheet.iter_rows())
    header = [cell.value for cell in rows[0]]
    first = dict(zip(header, rows[1], strict=True))
    assert first["source.note"].value == "'=HYPERLINK(1)"
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert first["id"].value == "1234567890123456789"
    assert isinstance(first["probability"].value, float)
    assert dict(zip(header, rows[2], strict=True))["id"].value == "x 2"
    assert sheet.freeze_panes == "A2"


def test_a_workbook_has_the_same_bytes_every_time(source: Path, tmp_path: Path) -> None:
    scan(source, tmp_path / "a.xlsx", jobs=1)
    scan(source, tmp_path / "b.xlsx", jobs=1, part_rows=1)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


class SmallSheet(WorkbookWriter):
    """A sheet of five rows."""

    most_rows = 5


def test_more_rows_than_a_sheet_holds_are_refused_before_writing(tmp_path: Path) -> None:
    options = Options()
    out = tmp_path / "out.xlsx"
    state = open_state(out, {}, resume=False, overwrite=False)
    rows = [Row(i, LURE if i < 4 else HONEST, {}) for i in range(6)]
    state.save(assess(next(cut(rows, options)), Recipe(options, engine_here())))
    with pytest.raises(InputError, match=r"6 records do not fit into out.xlsx .* --only high,check"):
        merge(state, list(state.parts.values()), Target(out, SmallSheet))
    assert parts_of(out) == 1
    assert merge(state, list(state.parts.values()), Target(out, SmallSheet), only=("high", "check")) == 4
    assert out.is_file()
    state.close()


def parts_of(out: Path) -> int:
    return len(list(folder_of(out).glob("part-*.json")))


@pytest.mark.parametrize("name", ["out.parquet", "out/"])
def test_parquet_as_a_file_and_as_a_folder(source: Path, tmp_path: Path, name: str) -> None:
    scan(source, f"{tmp_path}/{name}", keep=True, jobs=1)
    table = pq.read_table(tmp_path / name.rstrip("/"))
    assert table.num_rows == 3
    types = dict(zip(table.schema.names, map(str, table.schema.types), strict=True))
    assert (types["probability"], types["monthly_idr_low"], types["id"]) == ("double", "int64", "string")
    rows = table.to_pylist()
    assert rows[0]["monthly_idr_low"] == 15_000_000
    assert [row["source.note"] for row in rows] == ["=HYPERLINK(1)", None, "12"]
    with pytest.raises(InputError, match="exists already"):
        scan(source, f"{tmp_path}/{name}", jobs=1)
    scan(source, f"{tmp_path}/{name}", jobs=1, only=["high"], overwrite=True)
    assert pq.read_table(tmp_path / name.rstrip("/")).num_rows == 1


def test_json_lines_stay_valid_whatever_the_text_holds(source: Path, tmp_path: Path) -> None:
    scan(source, tmp_path / "out.jsonl", keep=True, jobs=1)
    assert lines(tmp_path / "out.jsonl")[1]["source"]["late"] == "\ufffd ok"
    writer = JsonLinesWriter(tmp_path / "raw.jsonl")
    writer.write({"text": "\ud800 ok"})
    writer.close()
    assert lines(tmp_path / "raw.jsonl") == [{"text": "\ud800 ok"}]


@pytest.mark.parametrize("name", ["out", "out.txt", "out.jsonl.gz"])
def test_an_ending_without_a_writer_is_one_sentence(name: str) -> None:
    with pytest.raises(InputError, match=r"name the output \.jsonl, \.csv, \.xlsx or \.parquet"):
        target(name)


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_no_cell_begins_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert cell.removeprefix("'") == text.removeprefix("'")
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def test_only_some_levels(source: Path, tmp_path: Path) -> None:
    summary = scan(source, tmp_path / "out.jsonl", only=["high", "check"], jobs=1)
    assert (summary.rows, summary.written) == (3, 1)
    assert [record["level"] for record in lines(tmp_path / "out.jsonl")] == ["high"]
    with pytest.raises(InputError, match="There is no level 'hoch'"):
        scan(source, tmp_path / "x.jsonl", only=["hoch"])


def test_the_output_is_neither_the_input_nor_inside_it(source: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="names the input itself"):
        scan(source, source)
    with pytest.raises(InputError, match="lies in the folder that is scanned"):
        scan(tmp_path, tmp_path / "out.jsonl")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"engine": "spark"}, "There is no engine 'spark'"),
        ({"engine": "dask"}, "Dask needs both"),
        ({"scheduler": "tcp://127.0.0.1:1"}, "Dask needs both"),
        ({"jobs": 0}, "--jobs must be 1 or more"),
        ({"redact": True, "redact_key": "nowhere.key"}, "cannot be read"),
    ],
)
def test_options_that_do_not_go_together(source: Path, tmp_path: Path, more: dict, message: str) -> None:
    with pytest.raises(InputError, match=message):
        scan(source, tmp_path / "out.jsonl", **more)
    assert [p.name for p in tmp_path.iterdir()] == ["in.jsonl"]


# --- pseudonyms --------------------------------------------------------------------------------------------------------

MENTIONS = (
    "Admin slot Kamboja gaji 15 juta, hubungi WA 0812-0000-3344 atau https://wa.me/6281200003344, "
    "mail hr.kerja@example.com, tele @agen_kamboja. Sekali lagi 0812-0000-3344!"
)


def test_pseudonyms_link_and_show_nothing(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": MENTIONS, "from": "+62 812 0000 3344", "phone": 6281200003344, "n": 7},
        {"id": "https://t.me/agen_kamboja/9", "text": LURE, "extra": {"link": ["t.me/agen_kamboja"]}},
        {"id": "c", "text": "WA 0812-0000-3344"},
    ]
    key = tmp_path / "key"
    key.write_bytes(KEY)
    source = write(tmp_path / "in.jsonl", rows)
    scan(source, tmp_path / "out.jsonl", keep=True, redact=True, redact_key=key, jobs=1)
    content = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    for secret in ("0000-3344", "81200003344", "0000 3344", "hr.kerja", "agen_kamboja", "wa.me"):
        assert secret not in content
    token = Redactor(KEY).token("+6281200003344")
    out = lines(tmp_path / "out.jsonl")
    for record in out:
        assert token in json.dumps(record)
        text = record["source"]["text"]
        for sign in (*record["indicators"], *record["credibility"]):
            assert text[sign["start"] : sign["end"]] == sign["evidence"]
    assert out[0]["source"]["n"] == 7
    assert out[0]["source"]["text"].count(token) == 3
    assert token in out[0]["source"]["from"]
    assert token in out[0]["source"]["phone"]
    assert token in {contact["value"] for contact in out[0]["facts"]["contacts"]}
    assert out[0]["facts"]["pay"]["evidence"] == "gaji 15 juta"
    handle = Redactor(KEY).token("agen_kamboja")
    assert handle in out[0]["source"]["text"]
    assert handle in out[1]["source"]["extra"]["link"][0]


def test_a_key_of_its_own_links_within_a_scan_only(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [{"text": LURE}, {"text": LURE.replace("0812-", "0812 ")}])
    tokens = []
    for name in ("a.jsonl", "b.jsonl"):
        scan(source, tmp_path / name, redact=True, jobs=1)
        first, second = lines(tmp_path / name)
        assert first["facts"]["contacts"] == second["facts"]["contacts"]
        tokens.append(first["facts"]["contacts"][0]["value"])
    assert tokens[0] != tokens[1]


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"abc")
    source = write(tmp_path / "in.jsonl", [{"text": LURE}])
    with pytest.raises(InputError, match="shorter than 16 bytes"):
        scan(source, tmp_path / "out.jsonl", redact=True, redact_key=tmp_path / "key")


@given(
    st.lists(
        st.sampled_from(["gaji ", "0812-0000-3344", "WA", " a@b.com ", "@agen_satu ", "é\n", "t.me/agen "]), max_size=8
    )
)
def test_offsets_move_with_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    redacted = Redactor(KEY).text(text)
    assert "0000-3344" not in redacted.text
    taken = [(start, end) for start, end, _, _ in redacted.stretches]
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            a, b = redacted.move(start, end)
            assert 0 <= a < b <= len(redacted.text)
            if all(end <= s or e <= start for s, e in taken):
                assert redacted.text[a:b] == text[start:end]


# --- what grouping gets ------------------------------------------------------------------------------------------------


def test_parts_hold_what_grouping_needs() -> None:
    options = Options(campaigns=True)
    result = assess(next(cut([Row(1, LURE, {}), Row(2, "Hai", {})], options)), Recipe(options, engine_here()))
    assert result.posts is not None

    posts = pq.read_table(io.BytesIO(result.posts)).to_pylist()
    assert tuple(posts[0]) == POST_COLUMNS
    assert posts[0]["contacts"] == ["whatsapp:+6281200003344"]
    assert posts[0]["level"] == "high"
    assert posts[0]["text"] == LURE
    assert posts[1]["level"] is None


def test_campaigns_fill_the_records_and_are_listed(tmp_path: Path) -> None:
    advert = LURE + ". Berangkat minggu depan, mess dan makan gratis, tanpa pengalaman, usia 18-35, kirim CV"
    rows = [{"id": f"https://t.me/agen_kamboja/{i}", "text": advert.replace("15", str(10 + i))} for i in range(4)]
    rows.insert(2, {"id": "other", "text": HONEST})
    source = write(tmp_path / "in.jsonl", rows)
    summary = scan(source, tmp_path / "out.jsonl", campaigns=True, jobs=1, part_rows=2)
    assert summary.campaigns == tmp_path / "out.campaigns.jsonl"
    (campaign,) = lines(summary.campaigns)
    assert campaign["size"] == 4
    assert campaign["members"] == [row["id"] for row in rows if row["id"] != "other"]
    assert any(part["fillings"] for part in campaign["template"])
    out = lines(tmp_path / "out.jsonl")
    assert [record["campaign"] for record in out] == [campaign["id"] if r["id"] != "other" else None for r in rows]
    scan(source, tmp_path / "hidden.jsonl", campaigns=True, redact=True, jobs=1)
    (hidden,) = lines(tmp_path / "hidden.campaigns.jsonl")
    assert hidden["size"] == 4
    assert [r["campaign"] for r in lines(tmp_path / "hidden.jsonl")].count(hidden["id"]) == 4
    for name in ("hidden.jsonl", "hidden.campaigns.jsonl"):
        content = (tmp_path / name).read_text(encoding="utf-8")
        assert "agen_kamboja" not in content
        assert "0000-3344" not in content
        assert "81200003344" not in content


def test_a_slot_inside_a_number_does_not_show_it() -> None:
    redactor = Redactor(KEY)
    parts = [("Hubungi 0812-0000-", ()), ("3344", ("5566", "")), (" segera", ())]
    out = hidden_template(parts, redactor)
    assert out[0]["text"] == f"Hubungi [phone {redactor.token('+6281200003344')}]"
    assert out[1] == {"text": "", "fillings": [f"[contact {redactor.token('5566')}]", ""]}
    assert out[2] == {"text": " segera", "fillings": []}


# --- data frames -------------------------------------------------------------------------------------------------------


def test_a_frame_keeps_its_index() -> None:
    frame = pd.DataFrame({"caption": [HONEST, None, LURE], "n": [1, 2, 3]}, index=["c", "a", "a"])
    out = assess_frame(frame, "caption")
    assert list(out.index) == ["c", "a", "a"]
    assert list(out["level"]) == ["low", "low", "high"]
    assert out["note"].iloc[1] == "empty"
    assert "document_retention" in out["indicators"].iloc[2]
    assert assess_frame(frame.iloc[:0], "caption").empty
    with pytest.raises(KeyError, match="There is no column 'text'"):
        assess_frame(frame)

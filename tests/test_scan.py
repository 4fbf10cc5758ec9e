"""Scanning files: input order, fixed records, rejected rows counted, spreadsheets harmless, and the command around it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detector import Detector
from detector.cli import app
from detector.scan.engine import scan
from detector.scan.readers import open_rows
from detector.scan.rows import InputError
from detector.scan.writers import safe_cell

LURE = "Admin slot Kamboja gaji 15 juta, tiket ditanggung, paspor dipegang kantor, WA 0812-0000-3344"
HONEST = "Dibutuhkan kasir toko di Klaten, gaji UMK, antar lamaran ke Jl. Pemuda 12"
RUN = CliRunner()


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_json_lines_in_order_with_offsets(tmp_path: Path) -> None:
    rows = [{"id": f"a{i}", "text": LURE if i % 3 == 0 else HONEST} for i in range(700)]
    source = write(tmp_path / "in.jsonl", "\n".join(json.dumps(r) for r in rows))
    summary = scan(source, tmp_path / "out.jsonl", jobs=1)
    out = lines(tmp_path / "out.jsonl")
    assert [r["id"] for r in out] == [r["id"] for r in rows]
    assert summary.counts.total() == summary.rows == 700
    assert not summary.report.rejected
    assert summary.rejects is None
    for row, record in zip(rows, out, strict=True):
        for sign in record["indicators"]:
            assert row["text"][sign["start"] : sign["end"]] == sign["evidence"]


def test_bad_rows_are_counted_and_the_rest_is_kept(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"text": "satu"}\nnot json\n[1]\n\n\xff\xfe\n{"text": null}\n{"text": 5}\n')
    report = scan(source, tmp_path / "out.jsonl", jobs=1).report
    assert report.rejected == {"not a JSON object": 2, "not UTF-8": 1}
    assert [r["id"] for r in lines(tmp_path / "out.jsonl")] == [1, 6, 7], "the lines of the input"


def test_rows_without_an_id_get_their_number_in_the_table(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", f'id,text\n,"{LURE}\nbaris dua"\n\nx9,satu\n,dua,tiga\n,\n')
    scan(source, tmp_path / "out.jsonl", keep=True, jobs=1)
    out = lines(tmp_path / "out.jsonl")
    assert [r["id"] for r in out] == [1, "x9", 4, 5]
    assert out[2]["source"] == {"id": "", "text": "dua"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_csv_as_spreadsheets_write_unicode(tmp_path: Path, detector: Detector, encoding: str, delimiter: str) -> None:
    source = tmp_path / "in.csv"
    text = f"id{delimiter}text\r\na1{delimiter}Dibutuhkan kasir toko é\r\n"
    source.write_bytes(("\ufeff" + text).encode(encoding))
    scan(source, tmp_path / "out.jsonl", keep=True, jobs=1)
    assert [r["source"]["text"] for r in lines(tmp_path / "out.jsonl")] == ["Dibutuhkan kasir toko é"]


def test_a_damaged_utf16_file_is_one_sentence(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes("\ufeffid,text\r\n1,a".encode("utf-16-le") + b"\x00\xd8\x41")
    with pytest.raises(InputError, match="save it as UTF-8"):
        list(open_rows([source]))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_and_csv_out(tmp_path: Path, detector: Detector, delimiter: str) -> None:
    source = tmp_path / "in.csv"
    with source.open("w", encoding="utf-8-sig", newline="") as handle:
        table = csv.writer(handle, delimiter=delimiter)
        table.writerows([["id", "body", "city"], ["7", LURE + "\nbaris dua", "=1+1"], ["8", HONEST, "Klaten"]])
    report = scan(source, tmp_path / "out.csv", keep=True, jobs=1).report
    assert (report.text_column, report.guessed) == ("body", True)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as handle:
        out = list(csv.DictReader(handle))
    assert [r["id"] for r in out] == ["7", "8"]
    assert out[0]["level"] == "high"
    assert "document_retention" in out[0]["indicators"].split("; ")
    assert out[0]["source.city"] == "'=1+1"


def test_formulas_from_adverts_are_defused() -> None:
    assert [safe_cell(v) for v in ("=cmd()", "+62", "@x", "-1", "gaji", 5)] == [
        "'=cmd()",
        "'+62",
        "'@x",
        "'-1",
        "gaji",
        5,
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("in.txt", "x", "neither JSON Lines"),
        ("in.csv", "a,b\n1,2\n", "--text-column"),
        ("in.jsonl", '{"foo": "x"}\n', "--text-column"),
    ],
)
def test_unusable_input_says_what_to_do(tmp_path: Path, name: str, content: str, message: str) -> None:
    source = write(tmp_path / name, content)
    with pytest.raises(InputError, match=message):
        list(open_rows([source]))


def test_a_latin1_csv_is_read_and_that_is_said(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes("text\ncafé\n".encode("latin-1"))
    report = scan(source, tmp_path / "out.jsonl", keep=True, jobs=1).report
    assert lines(tmp_path / "out.jsonl")[0]["source"] == {"text": "café"}
    assert any("cp1252" in sentence for sentence in report.sentences())


def test_a_failed_scan_leaves_no_half_file_under_the_name(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", "a,b\n1,2\n")
    with pytest.raises(InputError):
        scan(source, tmp_path / "out.jsonl", jobs=1)
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


# --- the commands ----------------------------------------------------------------------------------------------------


def test_check_prints_the_answer_in_both_languages() -> None:
    for lang, words in (("id", "Tanda bahaya kuat"), ("en", "Strong warning signs")):
        result = RUN.invoke(app, ["check", LURE, "--lang", lang])
        assert result.exit_code == 0
        assert words in result.output


def test_check_json_reads_a_file_and_standard_input(tmp_path: Path) -> None:
    path = write(tmp_path / "ad.txt", LURE)
    from_file = RUN.invoke(app, ["check", str(path), "--json"])
    from_pipe = RUN.invoke(app, ["check", "-", "--json"], input=LURE)
    assert json.loads(from_file.output) == json.loads(from_pipe.output)
    assert json.loads(from_file.output)["level"] == "high"


@pytest.mark.parametrize("data", [LURE.encode("utf-16"), "Dibutuhkan kasir toko é".encode("cp1252")])
def test_check_reads_other_encodings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "ad.txt"
    path.write_bytes(data)
    result = RUN.invoke(app, ["check", str(path), "--json"])
    assert result.exit_code == 0


@pytest.mark.parametrize("name", ["nowhere.txt", "./path/none.csv", "tests"])
def test_check_says_when_a_file_is_not_there(name: str) -> None:
    result = RUN.invoke(app, ["check", name])
    assert result.exit_code == 2
    assert "no file" in result.output or "folder" in result.output


def test_a_scan_never_overwrites_its_input(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", json.dumps({"text": LURE}))
    result = RUN.invoke(app, ["scan", str(source), "--out", str(source)])
    assert result.exit_code == 2
    assert json.loads(source.read_text(encoding="utf-8")) == {"text": LURE}


def test_check_refuses_what_is_neither_text_nor_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "advert.docx"
    path.write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    result = RUN.invoke(app, ["check", str(path)])
    assert result.exit_code == 2
    assert "picture" in result.output
    assert "Traceback" not in result.output


def test_check_does_not_let_an_advert_steer_the_terminal() -> None:
    result = RUN.invoke(app, ["check", f"{LURE} \x1b[31mmerah\x1b[0m [bold]x[/bold]"])
    assert "\x1b[31mmerah" not in result.output
    assert "[bold]x[/bold]" in result.output


def test_scan_command_says_what_it_did(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", f'caption\n"{LURE}"\n')
    result = RUN.invoke(app, ["scan", str(source), "--out", str(tmp_path / "out.jsonl")])
    assert result.exit_code == 0
    assert "1 rows: 1 high" in result.output
    assert re.search(r"texts from '?caption", result.output)


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", "nowhere.csv", "--out", "x.jsonl"],
        ["scan", "README.md", "--out", "x.jsonl"],
        ["scan", "a.csv", "--out", "x.txt"],
    ],
)
def test_mistakes_are_one_sentence(arguments: list[str]) -> None:
    result = RUN.invoke(app, arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_indicators_lists_the_catalogue() -> None:
    entries = json.loads(RUN.invoke(app, ["indicators", "--json"]).output)
    assert len(entries["indicators"]) == 30
    assert len(entries["credibility"]) == 14
    assert "organ_trade" in RUN.invoke(app, ["indicators"]).output


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_listed_catalogue_is_whole(width: int, lang: str) -> None:
    output = RUN.invoke(app, ["indicators", "--lang", lang], env={"COLUMNS": str(width)}).output
    assert max(len(line) for line in output.splitlines()) <= width
    assert "…" not in output
    ids = [
        entry["id"] for kind in json.loads(RUN.invoke(app, ["indicators", "--json"]).output).values() for entry in kind
    ]
    assert [i for i in ids if f" {i} " not in output] == []
    assert all(cell.strip() for cell in output.splitlines()[1].strip("┃").split("┃"))
    assert not re.search(r"\b((?:19|20)\d\d)\)? \(?\1\b", output)


def test_version() -> None:
    result = RUN.invoke(app, ["--version"])
    assert result.exit_code == 0
    assert re.fullmatch(r"detector \d+\.\d+\.\d+\n", result.output)


def test_the_report_ends_with_what_a_sign_is_not() -> None:
    for lang, words in (("id", "bukan bukti kejahatan"), ("en", "not proof of a crime")):
        for text in (
            LURE,
            HONEST,
            "Waspada! Polisi mengungkap sindikat penipuan lowongan kerja Kamboja, korban 30 orang",
        ):
            output = RUN.invoke(app, ["check", text, "--lang", lang]).output
            assert words in " ".join(output.split())[-200:]


def test_praised_pay_below_the_usual_is_not_called_too_high() -> None:
    advert = "Dibutuhkan kasir toko di Jakarta, gaji fantastis 2 juta per bulan, hubungi WA 081200001122"
    output = RUN.invoke(app, ["check", advert, "--lang", "en"]).output
    assert "Pay praised beyond measure" in output
    assert "too good" not in output
    high = RUN.invoke(app, ["check", advert.replace("2 juta", "40 juta"), "--lang", "en"]).output
    assert "Pay too good to be true" in high


def test_help_answers_without_loading_the_model() -> None:
    code = "import sys; from detector.cli import app; app(['--help'], standalone_mode=False); sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_broken_model_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("detector.model.store.default_folder", lambda: tmp_path)
    result = RUN.invoke(app, ["check", LURE])
    assert result.exit_code == 2
    assert "python -m training.fit" in result.output

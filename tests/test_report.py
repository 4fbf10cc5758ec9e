"""The audit report: complete in both languages, nothing from an advert becomes markup, contacts hidden, figures right."""

from __future__ import annotations

import hashlib
import json
import re
from array import array
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from detector.cli import app
from detector.scan import InputError, scan
from detector.scan.report.aggregate import Commonest, Figures
from detector.scan.report.charts import Column, Series, bar, columns, range_row, scale, spark
from detector.scan.report.charts import Range as PayRange
from detector.scan.report.hide import masked
from detector.scan.report.markup import Safe, el, escape
from detector.scan.report.pay import median, quantile
from detector.scan.report.periods import MOST, periods
from detector.scan.report.view import words
from detector.scan.state import folder_of
from detector.words import table

ROOT = Path(__file__).resolve().parents[1]
LURE = (
    "Admin slot Kamboja gaji {pay} juta, tiket ditanggung, paspor dipegang kantor, minat hubungi segera "
    "WA 0812-0000-{end} atau telegram @{name}"
)
HONEST = "Dibutuhkan kasir toko di Klaten, gaji UMK, antar lamaran ke Jl. Pemuda 12"
PAYLOAD = "\"><script>run(1)</script><img src=x onerror=run(2)>'--><svg/onload=run(3)>]]>&lt;b&gt;\u202e\x07"
VOID = {"meta", "rect", "line", "circle", "path", "polyline", "br"}


class Page(HTMLParser):
    """Tags, attributes and visible text of a page; complains when elements are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def export(folder: Path, name: str = "Loker Luar Negeri", extra: str = "") -> Path:
    """A Telegram export: 12 reposts with varying pay and number, one contact in all, 3 honest adverts, one system line."""
    messages = [
        {"id": i, "type": "message", "date": f"2025-{1 + i // 3:02d}-05T10:00:00",
         "text": LURE.format(pay=12 + i % 4, end=f"{3300 + i}", name="agen_kerja_contoh") + extra}
        for i in range(12)
    ]  # fmt: skip
    messages += [{"id": 20 + i, "type": "message", "date": "2025-02-01T10:00:00", "text": HONEST} for i in range(3)]
    messages.append({"id": 30, "type": "service", "date": "2025-02-01T10:00:00", "action": "pin"})
    path = folder / "result.json"
    content = {"name": name, "type": "private_group", "id": 77, "messages": messages}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One scan with the report in Indonesian, and one that is the report alone, in English."""
    folder = tmp_path_factory.mktemp("done")
    (folder / "in").mkdir()
    source = export(folder / "in")
    scan(source, folder / "out.jsonl", report=folder / "report.html", jobs=1)
    scan(source, folder / "alone.html", lang="en", jobs=1)
    return folder


def page(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


# --- words -------------------------------------------------------------------------------------------------------------


def test_every_string_is_there_in_both_languages_with_the_same_blanks() -> None:
    for key, pair in words().items():
        assert set(pair) == {"id", "en"}, key
        assert all(pair.values()), key
        blanks = {lang: set(re.findall(r"{(\w+)}", text)) for lang, text in pair.items()}
        assert blanks["id"] == blanks["en"], key
    assert not set(words()) & set(table())


def test_every_string_is_used_and_every_used_one_is_there() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "detector/scan/report").glob("*.py"))
    used = set(re.findall(r'"(audit\.[\w.]+)"', code))
    built = [
        re.escape(k).replace("X", r"\w+") for k in re.sub(r"\{[^}]+\}", "X", code).split('"') if k.startswith("audit.")
    ]
    assert used <= set(words())
    for key in words():
        if key.startswith("audit."):
            assert any(re.fullmatch(pattern, key) for pattern in built), key


def test_every_reason_of_the_readers_has_words() -> None:
    for path in (ROOT / "detector/scan/readers").glob("*.py"):
        code = path.read_text(encoding="utf-8")
        found = re.findall(r'(?:skipped\[|\.skip\(|reject\(|BadValue\(|unfit=|skip=|_NO_WORDS = )"([^"]{4,})"', code)
        for reason in found:
            assert f"reason.{reason}" in words(), f"{path.name}: {reason}"


# --- nothing from an advert becomes markup -------------------------------------------------------------------------------


@given(st.text())
def test_text_stays_text(text: str) -> None:
    html = el("p", text, title=text)
    shown = Page(html)
    assert shown.tags == {"p": 1}
    assert "<" not in escape(text)
    assert el("b", Safe("<i>x</i>")) == "<b><i>x</i></b>"
    assert '"' not in el("p", title=Safe('a" onclick="x')).removeprefix('<p title="').removesuffix('"></p>')


def test_script_payloads_in_every_field_stay_words(tmp_path: Path) -> None:
    bad = tmp_path / "in"
    bad.mkdir()
    lure = LURE.format(pay=15, end="3344", name="agen_kerja_contoh")
    rows = [
        {"id": f"{i}{PAYLOAD}", "text": f"{lure}\n{PAYLOAD} {i}", "group": f"Grup {PAYLOAD}",
         "date": f"2025-03-{10 + i}", "url": f"https://example.com/{PAYLOAD}"}
        for i in range(5)
    ]  # fmt: skip
    name = "in <script>run(9)<%2Fscript>.jsonl"
    (bad / name).write_text("".join(json.dumps(row) + "\n" for row in rows) + "{bad <script>\n", encoding="utf-8")
    scan(bad, tmp_path / "out.jsonl", report=tmp_path / "report.html", jobs=1, contacts=True)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    shown = Page(html)
    assert not {"script", "img", "iframe", "object", "link", "base", "form"} & set(shown.tags)
    assert not [a for a in shown.attributes if a[1].startswith("on") or "javascript:" in a[2]]
    assert "<script>run(1)</script>" in shown.text
    assert "<script>run(9)" in shown.text
    assert "\u202e" not in html
    assert "\x07" not in html


def test_nothing_outside_the_file_is_needed_and_nothing_of_an_advert_can_be_tapped(done: Path) -> None:
    for name in ("report.html", "alone.html"):
        html = (done / name).read_text(encoding="utf-8")
        shown = Page(html)
        assert not {"script", "link", "img", "iframe"} & set(shown.tags)
        assert not re.search(r"@import|url\((?!#)", html)
        links = [value for _, attribute, value in shown.attributes if attribute in ("href", "src")]
        own = {line["link"] for line in _help_lines()}
        assert all(link.startswith("#k") or link in own for link in links)
        assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'") in shown.attributes


def _help_lines() -> list[dict[str, str]]:
    from detector.facts.reference import load

    return list(load("help_lines.yaml")["lines"])


# --- what it says ----------------------------------------------------------------------------------------------------------


def test_figures_inputs_and_hashes_are_those_of_the_scan(done: Path) -> None:
    text = page(done / "report.html").text
    assert "15 tulisan dari 1 berkas" in text
    assert "12 dari 15 iklan (80%) ditandai" in text
    source = done / "in" / "result.json"
    assert hashlib.sha256(source.read_bytes()).hexdigest() in text
    assert hashlib.sha256((done / "out.jsonl").read_bytes()).hexdigest() in text
    sidecar = json.loads((ROOT / "detector/resources/model/model.json").read_text(encoding="utf-8"))
    assert sidecar["sha256"] in text
    assert "pesan layanan Telegram" in text
    assert "--campaigns" in text
    assert "Loker Luar Negeri" in text
    assert "tanda, bukan bukti" in text


def test_the_campaign_shows_its_text_slots_times_and_signs(done: Path) -> None:
    html = (done / "report.html").read_text(encoding="utf-8")
    cards = re.findall(r'<article class="campaign c-high".*?</article>', html, re.S)
    assert len(cards) == 1
    text = Page(cards[0]).text
    assert "12 tulisan" in text
    assert "5 Januari 2025 sampai 5 April 2025" in text
    assert "paspor dipegang kantor" in text
    assert "agen_kerja_contoh" in text
    assert "Dokumen ditahan" in text
    assert "Kamboja (12)" in text
    assert "Rp 12–15 juta" in text
    slots = re.findall(r"<mark>(.*?)<sup>", cards[0])
    assert any(re.fullmatch(r"1[2-5]", slot) for slot in slots)
    assert "77/0, 77/1" in text or "0, 1, 2" in text


def test_a_report_alone_is_the_same_in_english_and_leaves_no_records(done: Path) -> None:
    text = page(done / "alone.html").text
    assert "12 of 15 adverts (80%) were flagged" in text
    assert "signs, not proof" in text
    assert "Documents are kept" in text
    assert (done / "alone.campaigns.jsonl").is_file()
    assert not folder_of(done / "alone.html").exists()
    assert not [w for w in ("tulisan", "iklan yang", "Kampanye", "Gaji") if w in _own_words(text)]


def _own_words(text: str) -> str:
    """The page without what it quotes of the adverts."""
    for quote in (LURE, HONEST, "Loker Luar Negeri"):
        for piece in re.split(r"{\w+}", quote):
            text = text.replace(piece, "")
    return text


def test_phone_numbers_lack_their_last_digits_unless_contacts_are_asked_for(done: Path, tmp_path: Path) -> None:
    closed = (done / "report.html").read_text(encoding="utf-8")
    assert "0812-0000-••••" in closed
    assert not re.search(r"0812-?0000-?33\d\d|6281200003\d|\b33[01]\d\b", Page(closed).text)
    source = export(tmp_path)
    (tmp_path / "o").mkdir()
    scan(source, tmp_path / "o" / "open.html", contacts=True, jobs=1)
    assert "0812-0000-33" in page(tmp_path / "o" / "open.html").text


def test_a_redacted_scan_has_a_report_without_contacts(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = export(tmp_path / "in", name="Grup 0813-0000-7788")
    (tmp_path / "key").write_bytes(b"k" * 32)
    scan(source, tmp_path / "out.jsonl", report=tmp_path / "r.html", redact=True, redact_key=tmp_path / "key", jobs=1)
    text = page(tmp_path / "r.html").text
    assert "agen_kerja_contoh" not in text
    assert not re.search(r"0812-?0000|62812|0813-?0000", text)
    token = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])["facts"]["contacts"]
    assert any(contact["value"] in text for contact in token)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("WA 0812-3456-7890 ya", "WA 0812-3456-•••• ya"),
        ("wa.me/6281234567890", "wa.me/628123456••••"),
        ("+62 812 3456 789", "+62 812 345• •••"),
        ("Rp 8.000.000 - Rp 12.000.000", "Rp 8.000.000 - Rp 12.000.000"),
        ("Rp 100.000.000-150.000.000", "Rp 100.000.000-150.000.000"),
        ("2025-03-04", "2025-03-04"),
        ("kode 12345", "kode 12345"),
    ],
)
def test_masking(text: str, shown: str) -> None:
    assert masked(text) == shown


@given(st.text(alphabet="0123456789 +-.ab\n", max_size=60))
def test_masking_keeps_the_length(text: str) -> None:
    assert len(masked(text)) == len(text)


# --- bad requests, and what is left when something goes wrong ------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"report": "r.txt"}, "name it r.html"),
        ({"report": "nowhere/r.html"}, "There is no folder"),
        ({"report": "there.html"}, "exists already"),
        ({"report": "r.html", "lang": "fr"}, "id or en"),
        ({"out": "o.html", "report": "r.html"}, "leave out --report"),
        ({"out": "o.html", "only": ["high"]}, "leave out --only"),
    ],
)
def test_a_report_that_cannot_be_is_refused_before_the_scan(tmp_path: Path, more: dict, message: str) -> None:
    source = export(tmp_path)
    (tmp_path / "there.html").write_text("mine", encoding="utf-8")
    options = {"out": "out.jsonl", **more}
    for name in ("out", "report"):
        if name in options:
            options[name] = tmp_path / options[name]
    with pytest.raises(InputError, match=message):
        scan(source, options.pop("out"), jobs=1, **options)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["result.json", "there.html"]


def test_an_input_that_is_one_of_the_files_is_not_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "in.html"
    source.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="names the input itself"):
        scan(source, tmp_path / "out.jsonl", report=source, overwrite=True, jobs=1)


def test_empty_and_undated_input_has_a_report_too(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"text": "Halo semua, apa kabar kalian hari ini"}) + "\n", encoding="utf-8")
    scan(source, tmp_path / "r.html", jobs=1, lang="en")
    text = page(tmp_path / "r.html").text
    assert "No advert was flagged" in text
    assert "no dates that could be read" in text


def test_the_command_writes_it_and_says_where(tmp_path: Path) -> None:
    source = export(tmp_path)
    out, report = tmp_path / "out.csv", tmp_path / "r.html"
    result = CliRunner().invoke(
        app, ["scan", str(source), "--out", str(out), "--report", str(report), "--lang", "en", "--jobs", "1"]
    )
    assert result.exit_code == 0, result.output
    assert "The audit report is" in result.output
    assert '<html lang="en">' in report.read_text(encoding="utf-8")


# --- counting and drawing ----------------------------------------------------------------------------------------------


def record(level: str, country: str = "KH", amount: int | None = 15_000_000, evidence: str = "paspor ditahan") -> dict:
    pay = amount and {"monthly_idr_low": amount, "monthly_idr_high": amount, "ratio": 4.0, "benchmark_id": "KH.general"}
    return {
        "id": 1, "kind": "advert", "level": level, "pattern": "trafficking_risk", "language": "id", "note": None,
        "indicators": [{"id": "document_retention", "strength": "critical", "evidence": evidence}] * 2,
        "credibility": [], "facts": {"pay": pay, "destinations": [country], "contacts": [], "employer": None},
    }  # fmt: skip


def test_figures_count_adverts_once_and_apart_by_level() -> None:
    figures = Figures()
    figures.watch(["c1"])
    figures.add(record("high"), "2025-03-04T10:00:00+07:00", "A", "c1")
    figures.add(record("low", amount=4_000_000), "2025-13-04", "A", "c1")
    figures.add({**record("low"), "kind": "news"}, None, None, None)
    assert (figures.texts, figures.adverts, figures.flagged, figures.dated) == (3, 2, 1, 1)
    assert figures.signs["document_retention"].levels == {"high": 1, "low": 1}
    assert figures.destinations["KH"].pay_flagged == array("d", [15e6])
    assert figures.destinations["KH"].pay_others == array("d", [4e6])
    assert (figures.places["A"], figures.places_flagged["A"]) == (2, 1)
    assert (figures.campaigns["c1"].pay_low, figures.campaigns["c1"].pay_high) == (4_000_000, 15_000_000)


def test_memory_does_not_grow_with_the_number_of_records() -> None:
    figures = Figures()
    for i in range(30_000):
        figures.add(record("high", evidence=f"paspor nomor {i}"), "2025-03-04", f"grup {i if i % 3 else 0}", None)
    assert len(figures.signs["document_retention"].quotes) <= 2 * 400
    assert len(figures.places) <= 2 * 20_000
    assert figures.places_flagged.most_common(1) == [("grup 0", 10_000)]
    names = Commonest(10)
    for i in range(1000):
        names.add("often" if i % 2 else f"rare {i}")
    assert names["often"] == 500
    assert len(names) <= 20


@given(st.lists(st.dates(), min_size=1, max_size=40))
def test_periods_count_every_day_once(days: list[date]) -> None:
    counts = Counter(day.toordinal() for day in days)
    spans = periods(counts)
    assert spans is not None
    assert len(spans.starts) <= MOST
    assert list(spans.starts) == sorted(set(spans.starts))
    assert sum(spans.sums(counts)) + spans.earlier == len(days)


def test_charts_are_whole_svg_with_their_figures() -> None:
    number = "{:g}".format
    drawn = columns(
        [Column("Jan", (3, 1)), Column("Feb <", (0, 2))], [Series("a", "high"), Series("b", "low")], "t", number
    )
    shown = Page(drawn)
    assert shown.tags["svg"] == 3
    assert shown.tags["rect"] == 3 + 2
    assert "Feb <: a 0, b 2" in shown.text
    assert spark([0, 0]) == spark([1]) == ""
    for piece in (spark([1, 2, 0]), bar(2), bar(-1), range_row(PayRange(1, 2, 3, 9, 2), [0, 1, 2])):
        Page(piece)
    assert 'width="100.00%"' in bar(2)


@given(st.just(0.0) | st.floats(min_value=1, max_value=1e12))
def test_scales_reach_beyond_the_top_with_few_figures(top: float) -> None:
    ticks = scale(top)
    assert ticks[0] == 0
    assert ticks[-1] >= top * (1 - 1e-9)
    assert 2 <= len(ticks) <= 7


def test_quantiles() -> None:
    assert median([3, 1, 2]) == 2
    assert quantile([1, 2, 3, 4], 0.25) == 1.75
    assert quantile([5], 0.9) == 5

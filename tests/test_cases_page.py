"""The view of the case book: off until started, every part and state, faults as sentences, nothing foreign as markup."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("streamlit")

from streamlit.testing.v1 import AppTest
from test_webui import NASTY, parse

from detector.assessment import Kind
from detector.casebook import CaseBook, CaseBookError, State, Verdict
from detector.casebook.agreement import Pair
from detector.words import table as shared
from webui import cases_html
from webui.cases_intake import is_records, put_down
from webui.cases_place import SETTING, Place, place
from webui.words import Say

ROOT = Path(__file__).parent.parent
ID, EN = Say("id"), Say("en")
LURE = "Admin slot Kamboja gaji {} juta, tiket ditanggung, paspor dipegang kantor, WA 0812-0000-3344"
EVIL = "<img src=x onerror=alert(1)> **tebal** [klik](https://example.invalid) paspor dipegang kantor"


def record(text: str, level: str = "high", kind: str = "advert") -> dict[str, Any]:
    words = "paspor dipegang kantor"
    at = text.find(words)
    sign = {"id": "document_retention", "strength": "critical", "start": at, "end": at + len(words), "evidence": words}
    contacts = [{"type": "phone", "value": "+6281200003344"}] if "0812-0000-3344" in text else []
    return {
        "kind": kind, "level": level, "pattern": "none" if level == "low" else "trafficking_risk", "probability": 0.9,
        "language": "id", "indicators": [sign] if at >= 0 else [], "credibility": [],
        "facts": {"pay": None, "destinations": [], "contacts": contacts, "employer": None}, "note": None,
    }  # fmt: skip


def records(path: Path, texts: list[str], campaign: str | None = None, **how: str) -> Path:
    lines = [
        json.dumps(
            {"id": n, **record(text, **how), "campaign": campaign, "source": {"text": text, "place": "<b>Grup</b>"}}
        )
        for n, text in enumerate(texts, 1)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Three reposts of one advert, and one that tries to become markup."""
    path = tmp_path / "kasus.db"
    with CaseBook.start(path) as opened:
        opened.add(records(tmp_path / "scan.jsonl", [LURE.format(n) for n in (15, 16, 17)], "c1"))
        opened.add(records(tmp_path / "evil.jsonl", [EVIL], level="check"))
    return path


def start(lang: str = "id") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.query_params["view"] = "cases"
    app.query_params["lang"] = lang
    app.run()
    assert not app.exception
    return app


def opened(path: Path, name: str = "Ani", lang: str = "id", fresh: bool = False) -> AppTest:
    app = start(lang)
    app.text_input(key="book_me").set_value(name)
    app.text_input(key="book_path").set_value(str(path))
    label = Say(lang)("book.start" if fresh else "book.open")  # type: ignore[arg-type]
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def part(app: AppTest, name: str) -> AppTest:
    app.session_state["book_part"] = name
    app.run()
    assert not app.exception
    return app


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def submit(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return "\n".join(e.proto.body for e in app.get("html") if not e.proto.body.startswith("<style"))


# --- off until started


def test_nothing_is_kept_before_a_book_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    app = start()
    assert "Tidak ada yang disimpan sebelum Anda memulainya" in shown(app)
    assert app.text_input(key="book_path").value == str(tmp_path / "buku-kasus.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_new_book_asks_for_adverts(tmp_path: Path, lang: str) -> None:
    app = opened(tmp_path / "baru.db", lang=lang, fresh=True)
    assert (tmp_path / "baru.db").stat().st_mode & 0o077 == 0
    assert Say(lang)("book.merge_what") in shown(app)  # type: ignore[arg-type]
    assert Say(lang)("book.no_cases") in shown(part(app, "review"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "name", "words"),
    [
        (lambda path: None, "Ani", "Tidak ada buku kasus"),
        (lambda path: path.write_bytes(b""), "Ani", "kosong"),
        (lambda path: path.write_bytes(b"x" * 5000), "Ani", "bukan buku kasus"),
        (lambda path: CaseBook.start(path).close(), "  ", "Tulis nama Anda"),
    ],
)
def test_what_cannot_be_opened_is_a_sentence(
    tmp_path: Path, make: Callable[[Path], object], name: str, words: str
) -> None:
    make(tmp_path / "x.db")
    html = shown(opened(tmp_path / "x.db", name))
    assert words in html
    assert "detector cases" not in html
    assert "Belum ada buku kasus yang terbuka" in html


def test_a_book_of_a_newer_version_is_left_as_it_is(book: Path) -> None:
    import sqlite3

    with sqlite3.connect(book) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "versi program yang lebih baru" in shown(opened(book))
    assert "newer version" in shown(opened(book, lang="en"))


def test_an_existing_file_is_not_replaced(book: Path) -> None:
    before = book.read_bytes()
    assert "sudah ada" in shown(opened(book, fresh=True))
    assert book.read_bytes() == before


# --- where books may be


HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


@pytest.mark.parametrize(
    ("environment", "address", "headers", "expected"),
    [
        ({}, "localhost", HERE, Place()),
        ({}, "localhost", {}, Place()),
        ({}, "0.0.0.0", HERE, None),
        ({}, "", HERE, None),
        ({}, "localhost", {"Host": "127.0.0.1:8501", "Origin": "https://loker.example"}, None),
        ({}, "localhost", {**HERE, "X-Forwarded-For": "10.0.0.7"}, None),
        ({SETTING: "off"}, "localhost", HERE, None),
        ({SETTING: "/srv/books"}, "0.0.0.0", {"Host": "loker.example"}, Place(Path("/srv/books"))),
    ],
)
def test_books_are_offered_where_their_owner_sits_or_said_so(
    environment: dict[str, str], address: str, headers: dict[str, str], expected: Place | None
) -> None:
    assert place(environment, address, headers) == expected


def test_a_page_that_offers_no_book_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "off")
    app = start()
    assert "tidak disediakan" in shown(app)
    assert len(app.text_input) == 0


@pytest.mark.parametrize("name", ["../x.db", "/etc/passwd", "a/b.db", ".x", "", "x\0.db", "a\\b"])
def test_in_a_shared_folder_only_its_files_can_be_named(tmp_path: Path, name: str) -> None:
    assert Place(tmp_path).file(name, Path("/home/ani")) is None


def test_names_become_files(tmp_path: Path) -> None:
    home = Path("/home/ani")
    assert Place(tmp_path).file("tim a", home) == tmp_path / "tim a.db"
    assert Place().file(" ~/buku ", home) == home / "buku.db"
    assert Place().file("buku.db", home) == home / "buku.db"
    assert Place().file("/srv/x.db", home) == Path("/srv/x.db")
    assert Place().file(" ", home) is None
    (tmp_path / "a.db").touch()
    (tmp_path / ".b.db").touch()
    assert Place(tmp_path).books() == ["a.db"]
    assert Place(tmp_path).suggestion(home) == "buku-kasus.db"


def test_in_a_shared_folder_books_are_listed_and_opened_by_name(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, str(book.parent))
    assert "<code>kasus.db</code>" in shown(start())
    assert "Kasus 1" in shown(opened(Path("kasus.db")))
    assert "tidak bisa dipakai" in shown(opened(Path("../kasus.db")))


# --- reviewing


def test_the_gravest_case_is_shown_with_its_assessment(book: Path) -> None:
    html = shown(opened(book))
    assert "Kasus 1</h2>" in html
    assert "Tanda bahaya kuat" in html
    assert "Tulisan iklan" in html
    assert "Dokumen ditahan" in html
    assert "Belum ada keputusan" in html
    assert "0-800-1000" not in html  # advice for whoever is offered the job


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_decision_is_kept_with_its_note_and_the_next_case_comes(book: Path, verdict: Verdict) -> None:
    app = opened(book)
    app.text_area(key="note_1").set_value("nomor yang sama")
    click(app, f"decide_{verdict}")
    with CaseBook.open(book) as kept:
        (decision,) = kept.case(1, "ani").decisions
    assert (decision.verdict, decision.note, decision.reviewer) == (verdict, "nomor yang sama", "ani")
    assert "Kasus 2</h2>" in shown(app)


def test_every_decision_has_its_key_unless_keys_are_off(book: Path) -> None:
    app = opened(book)
    keys = [app.button(key=f"decide_{verdict}").proto.shortcut for verdict in Verdict]
    assert [*keys, app.button(key="skip").proto.shortcut] == ["1", "2", "3", "4", "5", "s"]
    app.toggle(key="book_keys").set_value(False).run()
    assert not any(app.button(key=f"decide_{verdict}").proto.shortcut for verdict in Verdict)


def test_the_rest_of_a_campaign_is_decided_only_when_asked_and_counted(book: Path) -> None:
    app = click(opened(book), "decide_lure")
    assert "masih ada 2 kasus" in shown(app)
    assert app.button(key="rest_yes").label == "Ya, putuskan 2 kasus"
    with CaseBook.open(book) as kept:
        assert kept.progress("ani").mine == 1
    click(app, "rest_yes")
    assert "2 kasus lain" in shown(app)
    with CaseBook.open(book) as kept:
        assert kept.progress("ani").mine == 3
        assert kept.case(2, "ani").decisions[0].campaign


def test_a_campaign_may_be_looked_at_one_by_one(book: Path) -> None:
    app = click(click(opened(book), "decide_lure"), "rest_no")
    assert "masih ada" not in shown(app)
    with CaseBook.open(book) as kept:
        assert kept.progress("ani").mine == 1


def test_signs_are_struck_out_and_added(book: Path) -> None:
    app = opened(book)
    app.button_group(key="strike_1").set_value([0]).run()
    app.selectbox(key="sign_1").set_value("all_expenses_advance")
    app.text_input(key="words_1").set_value("TIKET ditanggung")
    click(app, "add_1")
    assert "tiket ditanggung" in shown(app)
    click(app, "decide_fraud")
    with CaseBook.open(book) as kept:
        marks = {mark.id: mark.state for mark in kept.case(1, "ani").decisions[0].marks}
    assert marks == {"document_retention": State.STRUCK, "all_expenses_advance": State.ADDED}
    click(app, "again_case")
    assert "dicoret: Dokumen ditahan" in shown(app)
    assert app.button_group(key="strike_1").value == [0]


def test_words_that_do_not_stand_in_the_text_add_nothing(book: Path) -> None:
    app = opened(book)
    app.selectbox(key="sign_1").set_value("all_expenses_advance")
    app.text_input(key="words_1").set_value("tidak ada di sini")
    assert "Tanda belum ditambahkan" in shown(click(app, "add_1"))


def test_what_is_no_advert_can_be_named(book: Path) -> None:
    app = opened(book)
    app.selectbox(key="kind_1").set_value(Kind.NEWS).run()
    click(app, "decide_not_ad")
    with CaseBook.open(book) as kept:
        assert kept.case(1, "ani").decisions[0].kind is Kind.NEWS


def test_skipped_cases_come_back_when_asked(book: Path) -> None:
    app = opened(book)
    for _ in range(2):
        click(app, "skip")
    assert "Tidak ada kasus yang menunggu" in shown(app)
    assert "Kasus 1</h2>" in shown(click(app, "unskip"))


def test_a_second_reviewer_decides_before_seeing_the_first(book: Path) -> None:
    with CaseBook.open(book) as kept:
        kept.decide(1, "budi", Verdict.FINE, "terlihat wajar")
    app = opened(book)
    app.toggle(key="book_second").set_value(True).run()
    assert "1 keputusan penilai lain disembunyikan" in shown(app)
    assert "terlihat wajar" not in shown(app)
    click(app, "decide_lure")
    assert "terlihat wajar" in shown(click(app, "again_case"))
    assert "kappa" in shown(part(app, "people"))


def test_the_least_certain_may_come_first(book: Path) -> None:
    app = opened(book)
    app.selectbox(key="book_order").set_value("doubtful").run()
    assert not app.exception
    assert "</h2>" in shown(app)


def test_a_case_that_somebody_erased_is_a_sentence(book: Path) -> None:
    app = opened(book)
    with CaseBook.open(book) as kept:
        kept.forget(1)
    click(app, "decide_lure")
    assert "Tidak ada kasus 1" in shown(app)


def test_two_sessions_on_one_file_lose_nothing(book: Path) -> None:
    ani, budi = opened(book, "Ani"), opened(book, "Budi")
    click(ani, "decide_lure")
    click(budi, "decide_fine")
    click(click(ani, "rest_no"), "decide_fraud")
    with CaseBook.open(book) as kept:
        assert [d.reviewer for d in kept.case(1).decisions] == ["ani", "budi"]
        assert len(kept.case(2).decisions) == 1


def test_a_locked_book_loses_neither_note_nor_case(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(book)
    app.text_area(key="note_1").set_value("penting")

    def locked(*_: object, **__: object) -> None:
        raise CaseBookError("busy", name="kasus.db")

    with monkeypatch.context() as patched:
        patched.setattr(CaseBook, "decide", locked)
        click(app, "decide_lure")
    assert "sedang dipakai program lain" in shown(app)
    assert "Kasus 1</h2>" in shown(app)
    assert app.text_area(key="note_1").value == "penting"


def test_nothing_foreign_becomes_markup(book: Path) -> None:
    app = opened(book)
    with CaseBook.open(book) as kept:
        kept.decide(4, "ani", Verdict.FINE, "<script>alert(1)</script>")
    part(app, "find")
    html = shown(click(app, "open_4"))
    parse(html)
    assert "<img" not in html
    assert "<script" not in html
    assert "<b>Grup" not in html
    assert not app.markdown
    labels = [widget.label for kind in ("button", "selectbox", "text_input", "toggle") for widget in getattr(app, kind)]
    assert not any("klik" in label for label in labels)


# --- find, take along, erase


def test_find_by_words_number_and_decision(book: Path) -> None:
    app = part(opened(book), "find")
    app.text_input(key="find_words").set_value("0812 0000 3344").run()
    assert {b.key for b in app.button if str(b.key).startswith("open_")} == {"open_1", "open_2", "open_3"}
    app.text_input(key="find_words").set_value("tidak ada").run()
    assert "Tidak ada kasus yang cocok" in shown(app)


def test_finding_by_decision_keeps_the_second_reviewer_blind(book: Path) -> None:
    with CaseBook.open(book) as kept:
        kept.decide(1, "budi", Verdict.LURE)
        assert [hit.number for hit in kept.search(verdict=Verdict.LURE)] == [1]
        assert kept.search(verdict=Verdict.LURE, reviewer="ani") == []
        kept.decide(1, "ani", Verdict.FINE)
        assert [hit.number for hit in kept.search(verdict=Verdict.LURE, reviewer="Ani")] == [1]


@pytest.mark.parametrize("what", ["backup", "export", "rows"])
def test_files_are_prepared_in_memory_and_leave_nothing_behind(
    book: Path, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CaseBook.open(book) as kept:
        kept.decide(1, "ani", Verdict.LURE)
    away = tmp_path / "tmp"
    away.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(away))
    app = part(opened(book), "files")
    click(app, f"make_{what}")
    assert "siap disimpan" in shown(app)
    assert len(app.get("download_button")) == 1
    assert list(away.iterdir()) == []
    if what == "rows":
        assert "belum cukup penilai yang sepakat" in shown(app)


def test_a_full_disk_is_a_sentence(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(CaseBook, "backup", full)
    assert "Kosongkan sebagian" in shown(click(part(opened(book), "files"), "make_backup"))


def test_a_case_is_erased_after_its_number_was_typed(book: Path) -> None:
    app = part(opened(book), "files")
    app.number_input(key="forget_number").set_value(2)
    app.text_input(key="forget_type").set_value("hapus 3")
    submit(app, "Hapus kasus ini")
    assert "Ketik persis: hapus 2" in shown(app)
    app.number_input(key="forget_number").set_value(2)
    app.text_input(key="forget_type").set_value("hapus 2")
    submit(app, "Hapus kasus ini")
    assert "Kasus 2 dihapus" in shown(app)
    with CaseBook.open(book) as kept, pytest.raises(CaseBookError):
        kept.case(2)
    assert LURE.format(16).encode() not in book.read_bytes()


def test_the_book_is_erased_after_its_name_was_typed(book: Path) -> None:
    app = part(opened(book), "files")
    app.text_input(key="erase_type").set_value("kasus")
    submit(app, "Hapus buku ini")
    assert book.exists()
    app.text_input(key="erase_type").set_value("kasus.db")
    submit(app, "Hapus buku ini")
    assert not book.exists()
    assert "Belum ada buku kasus yang terbuka" in shown(app)


def test_a_book_that_vanished_is_a_sentence_and_another_can_be_chosen(book: Path) -> None:
    app = opened(book)
    for path in book.parent.glob("kasus.db*"):
        path.unlink()
    app.run()
    assert "Tidak ada buku kasus" in shown(app)
    assert "Belum ada buku kasus yang terbuka" in shown(click(app, "other_book"))


# --- taking files in


def give(app: AppTest, key: str, path: Path, button: str) -> AppTest:
    uploader = next(u for u in app.get("file_uploader") if u.key == key)
    uploader.upload(path.name, path.read_bytes(), "application/octet-stream").run()
    return click(app, button)


def test_a_scan_goes_in_once(book: Path, tmp_path: Path) -> None:
    path = records(tmp_path / "more.jsonl", [LURE.format(15), "Kasir toko di Klaten, gaji UMK"], level="check")
    app = part(opened(book), "add")
    assert "1 kasus baru. 1 iklan lain sudah ada" in shown(give(app, "add_file", path, "add_go"))


def test_a_list_of_adverts_is_scanned_on_the_way(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "loker.csv"
    path.write_text(f'text\n"{LURE.format(40)}"\n', encoding="utf-8")
    assert "1 kasus baru" in shown(give(part(opened(book), "add"), "add_file", path, "add_go"))
    with CaseBook.open(book) as kept:
        assert kept.case(5).sightings[0].source == "loker"


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 100, b'{"id": 1, "level": "high", "indicators": []}\n'])
def test_a_file_of_something_else_is_a_sentence(book: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    html = shown(give(part(opened(book), "add"), "add_file", path, "add_go"))
    assert "problem" in html or "0 kasus baru" in html
    with CaseBook.open(book) as kept:
        assert kept.progress().cases == 4


def test_books_are_merged(book: Path, tmp_path: Path) -> None:
    with CaseBook.start(tmp_path / "other.db") as other:
        other.add(records(tmp_path / "o.jsonl", ["Lain sekali, paspor dipegang kantor"]))
        other.decide(1, "citra", Verdict.LURE)
        other.export(tmp_path / "out.jsonl")
    app = part(opened(book), "add")
    assert "1 kasus dan 1 keputusan baru" in shown(give(app, "merge_file", tmp_path / "out.jsonl", "merge_go"))
    assert "bukan ekspor buku kasus" in shown(give(app, "merge_file", tmp_path / "o.jsonl", "merge_go"))


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../x.csv", "x.csv"), ("a\\b.csv", "b.csv"), (".hidden", "hidden"), ("", "upload"), ("x" * 300, "x" * 120)],
)
def test_an_uploaded_name_leads_nowhere_and_the_file_goes(name: str, kept: str) -> None:
    with put_down(name, b"x") as path:
        assert path.name == kept
        assert path.read_bytes() == b"x"
    assert not path.parent.exists()
    with pytest.raises(RuntimeError), put_down(name, b"x") as path:
        raise RuntimeError
    assert not path.parent.exists()


def test_scan_records_are_told_from_adverts(tmp_path: Path) -> None:
    assert is_records(records(tmp_path / "a.jsonl", ["x"]))
    (tmp_path / "b.jsonl").write_text('{"id": 1, "text": "x"}\n')
    (tmp_path / "c.jsonl").write_bytes(b"\xff\xfe{")
    assert not is_records(tmp_path / "b.jsonl")
    assert not is_records(tmp_path / "c.jsonl")


# --- pure functions


def test_every_fault_speaks_both_languages() -> None:
    faults = [key for key in shared() if key.startswith("cases.fault.")]
    assert len(faults) > 30
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "detector" / "casebook").glob("*.py"))
    for key in faults:
        assert f'"{key.removeprefix("cases.fault.")}"' in source, key
        assert set(shared()[key]) == {"id", "en"}
    assert "sedang dipakai" in CaseBookError("busy", name="x").told(ID)
    assert str(CaseBookError("busy", name="x")).startswith("x is in use")


def test_agreement_names_who_differs() -> None:
    pair = Pair("ani", "<b>", 3, 2 / 3, 0.5, {(Verdict.LURE, Verdict.FINE): 1, (Verdict.FINE, Verdict.FINE): 2})
    html = cases_html.agreement([pair, Pair("x", "y", 0)], EN)
    parse(html)
    assert "&lt;b&gt;" in html
    assert "67%" in html
    assert ">1</td><td>Lure" in html
    assert "never differed" in cases_html.agreement(
        [Pair("a", "b", 1, 1.0, 1.0, {(Verdict.FINE, Verdict.FINE): 1})], EN
    )


def test_what_was_left_out_is_counted_by_words_that_exist() -> None:
    html = cases_html.left_out(Counter({"no text": 2, "row is broken": 1, "column missing": 1}), ID)
    assert "2 × tidak ada tulisannya" in html
    assert "2 × tidak bisa dibaca" in html
    assert cases_html.left_out({}, ID) == ""


@pytest.mark.parametrize("text", NASTY)
def test_a_case_of_any_text_is_sound_html(text: str, tmp_path: Path) -> None:
    text = text or "x"
    with CaseBook.start(tmp_path / "n.db") as kept:
        kept.add(records(tmp_path / "n.jsonl", [text + " paspor dipegang kantor"]))
        case = kept.case(1, "ani")
    for html in (cases_html.head(case, None, ID), cases_html.signs(case, cases_html.numbered(case), EN)):
        assert not set(parse(html).names) & {"script", "img", "style", "a"}


def test_times_are_those_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setitem(os.environ, "TZ", "Asia/Jakarta")
    time.tzset()
    assert cases_html.moment("2026-03-01T20:05:00.000000Z", ID) == "2 Maret 2026, 03.05"
    monkeypatch.undo()
    time.tzset()

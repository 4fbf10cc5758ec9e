"""The case book: nothing decided is lost or overwritten, books merge, what is forgotten is gone, faults are sentences."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from detector.assessment import Kind
from detector.casebook import CaseBook, CaseBookError, Mark, Order, Standing, State, Verdict, Why, schema
from detector.casebook.cases import key_of, prepare, put, put_decision, thresholds
from detector.casebook.records import Campaign, Content, Decision, Sighting
from detector.cli import app
from detector.scan import scan
from detector.words import Say
from training.invented import suspicious_contacts
from training.rows import Row

resource = pytest.importorskip("resource", reason="needs limits and signals of POSIX systems")

LURE = "Admin slot Kamboja gaji {} juta, tiket ditanggung, paspor dipegang kantor, WA 0812-0000-3344"
HONEST = "Dibutuhkan kasir toko nomor {} di Klaten, gaji UMK, antar lamaran ke Jl. Pemuda 12"
L, F, OK, NO, EV = Verdict.LURE, Verdict.FRAUD, Verdict.FINE, Verdict.NOT_AD, Verdict.UNCLEAR


def record(text: str, level: str = "high", probability: float = 0.9, signs: tuple[str, ...] = ()) -> dict[str, Any]:
    """A scan record of `text`; each of `signs` is `indicator=words`."""
    indicators = []
    for sign in signs:
        indicator, _, words = sign.partition("=")
        at = text.index(words)
        indicators.append(
            {"id": indicator, "strength": "strong", "start": at, "end": at + len(words), "evidence": words}
        )
    facts = {"pay": None, "destinations": [], "contacts": [], "employer": None}
    return {
        "kind": "advert", "level": level, "pattern": "none" if level == "low" else "trafficking_risk",
        "probability": probability, "language": "id", "indicators": indicators, "credibility": [], "facts": facts,
        "note": None,
    }  # fmt: skip


def write_records(path: Path, rows: list[tuple[str, dict[str, Any]]], campaign: str | None = None) -> Path:
    """Scan records as `detector scan --keep` writes them."""
    with path.open("w", encoding="utf-8") as out:
        for number, (text, content) in enumerate(rows, 1):
            line = {"id": number, **content, "campaign": campaign, "source": {"text": text, "place": "Grup Loker"}}
            out.write(json.dumps(line) + "\n")
    return path


def book_of(path: Path, *rows: tuple[str, dict[str, Any]], campaign: str | None = None) -> CaseBook:
    book = CaseBook.start(path)
    book.add(write_records(path.with_suffix(".jsonl"), list(rows), campaign))
    return book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[CaseBook]:
    """Three cases: 1 high, 2 check, 3 low."""
    rows = [
        ("Admin slot Kamboja, paspor dipegang kantor", record("Admin slot Kamboja, paspor dipegang kantor", signs=(
            "scam_gambling_work=Admin slot", "document_retention=paspor dipegang kantor"))),
        ("Kerja ringan WA 0812-0000-3344", record("Kerja ringan WA 0812-0000-3344", "check", 0.7)),
        ("Dibutuhkan kasir di Klaten", record("Dibutuhkan kasir di Klaten", "low", 0.1)),
    ]  # fmt: skip
    with book_of(tmp_path / "cases.db", *rows) as made:
        yield made


def numbers(book: CaseBook, reviewer: str, **more: Any) -> list[int]:
    return [item.number for item in book.queue(reviewer, **more)]


def number_of(book: CaseBook, text: str) -> int:
    return next(n for n in range(1, book.progress().cases + 1) if book.case(n).text == text)


def raw(book: CaseBook) -> sqlite3.Connection:
    return sqlite3.connect(book.path, isolation_level=None)


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


# --- start and open --------------------------------------------------------------------------------------------------


def test_a_book_is_for_its_owner_alone_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    CaseBook.start(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(CaseBookError, match="exists already"):
        CaseBook.start(path)
    assert path.read_bytes() == before
    with pytest.raises(CaseBookError, match="no folder"):
        CaseBook.start(tmp_path / "nowhere" / "cases.db")


def test_opening_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CaseBookError, match="detector cases start"):
        CaseBook.open(tmp_path / "mistyped.db")
    assert list(tmp_path.iterdir()) == []


def test_a_start_that_was_interrupted_can_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    path.touch()
    with pytest.raises(CaseBookError, match="empty"):
        CaseBook.open(path)
    CaseBook.start(path).close()


def test_a_book_from_a_newer_version_is_left_alone(book: CaseBook) -> None:
    book.close()
    with closing(sqlite3.connect(book.path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = book.path.read_bytes()
    with pytest.raises(CaseBookError, match="newer version"):
        CaseBook.open(book.path)
    assert book.path.read_bytes() == before


def test_a_book_of_an_older_version_is_brought_up_or_left_whole(
    book: CaseBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.decide(1, "ani", L, "dari versi lama")
    book.close()
    step = ("ALTER TABLE cases ADD COLUMN extra TEXT", "UPDATE cases SET extra = 'x'")
    monkeypatch.setattr("detector.casebook.database.STEPS", (*schema.STEPS, (*step, "no SQL")))
    with pytest.raises(sqlite3.OperationalError):
        CaseBook.open(book.path)
    monkeypatch.setattr("detector.casebook.database.STEPS", (*schema.STEPS, step))
    with CaseBook.open(book.path) as opened, closing(raw(opened)) as connection:
        assert opened.case(1).decisions[0].note == "dari versi lama"
        assert connection.execute("SELECT DISTINCT extra FROM cases").fetchall() == [("x",)]
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(schema.STEPS) + 1


@pytest.mark.parametrize("content", [b"id,text\n1,satu\n", b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_book_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cases.db"
    path.write_bytes(content)
    with pytest.raises(CaseBookError, match="case book"):
        CaseBook.open(path)
    assert path.read_bytes() == content


def test_another_sqlite_file_is_no_book(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
    before = path.read_bytes()
    with pytest.raises(CaseBookError, match="is not a case book"):
        CaseBook.open(path)
    assert path.read_bytes() == before


def test_every_decision_is_written_with_the_strongest_settings(book: CaseBook) -> None:
    connection = book._database.connection
    settings_of = {n: connection.execute(f"PRAGMA {n}").fetchone()[0] for n in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")}  # fmt: skip
    assert settings_of == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


# --- adding ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real scan with campaigns: three lures (two of them the same text), three honest adverts, one short text."""
    folder = tmp_path_factory.mktemp("scan")
    texts = [
        LURE.format(15),
        LURE.format(15),
        LURE.format(16),
        *(HONEST.format(n) for n in range(3)),
        "Hai",
        "\ud83d ok",
    ]
    rows = [{"id": f"p{n}", "caption": t, "tanggal": f"2026-03-0{n + 1}", "grup": "Loker"} for n, t in enumerate(texts)]
    source = folder / "posts.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    scan(source, folder / "kept.jsonl", keep=True, campaigns=True, jobs=1)
    scan(source, folder / "bare.jsonl", jobs=1)
    return folder


def test_a_scan_becomes_cases_with_their_sightings(tmp_path: Path, scanned: Path) -> None:
    with CaseBook.start(tmp_path / "cases.db") as book:
        added = book.add(scanned / "kept.jsonl")
        assert (added.new, added.known, added.rejected) == (7, 1, {})
        case = next(c for n in numbers(book, "ani", grouped=False) if "gaji 15" in (c := book.case(n)).text)
        assert [(s.source, s.record_id, s.posted_at, s.place) for s in case.sightings] == [
            ("kept", "p0", "2026-03-01", "Loker"),
            ("kept", "p1", "2026-03-02", "Loker"),
        ]
        assert len(case.campaigns) == 1
        assert case.shown
        assert all(case.text[s.start : s.end] == s.evidence for s in case.assessment.signals)
        assert "caption" not in case.record, "nothing of the input's other columns is kept"
        again = book.add(scanned / "kept.jsonl")
        assert (again.new, again.known) == (0, 8)
        assert len(book.case(case.number).sightings) == 2


def test_texts_come_from_what_was_scanned_where_the_records_lack_them(tmp_path: Path, scanned: Path) -> None:
    with CaseBook.start(tmp_path / "cases.db") as book:
        with pytest.raises(CaseBookError, match="--keep"):
            book.add(scanned / "bare.jsonl")
        assert book.add(scanned / "bare.jsonl", texts=[scanned / "posts.jsonl"]).new == 7
        kept = tmp_path / "some.jsonl"
        lines = (scanned / "bare.jsonl").read_text(encoding="utf-8").splitlines()
        kept.write_text(lines[2] + "\n" + lines[5] + "\n", encoding="utf-8")
        assert book.add(kept, texts=[scanned / "posts.jsonl"]).known == 2, "records of --only"
        other = tmp_path / "other.jsonl"
        other.write_text('{"id": "zz", "text": "satu dua tiga"}\n', encoding="utf-8")
        with pytest.raises(CaseBookError, match="--texts"):
            book.add(kept, texts=[other])


def test_what_does_not_fit_together_is_counted_and_left_out(tmp_path: Path) -> None:
    text = "Admin slot Kamboja"
    good = record(text, signs=("scam_gambling_work=Admin slot",))
    path = write_records(tmp_path / "in.jsonl", [(text, good), ("Teks lain sama sekali", good), ("", record(""))])
    with path.open("a", encoding="utf-8") as out:
        out.write('not json\n{"a": 1}\n{"id": 9, "level": "huge", "source": {"text": "x"}}\n')
    with CaseBook.start(tmp_path / "cases.db") as book:
        added = book.add(path)
        assert added.new == 1
        assert added.rejected == {
            "the text is not the one that was scanned": 1,
            "no text": 1,
            "not a JSON object": 1,
            "not a scan record": 2,
        }


def test_a_table_is_not_a_file_of_records(tmp_path: Path, book: CaseBook) -> None:
    path = tmp_path / "rated.csv"
    path.write_text("id,level\n1,high\n", encoding="utf-8")
    with pytest.raises(CaseBookError, match=r"\.jsonl"):
        book.add(path)
    with pytest.raises(CaseBookError, match="cannot be read"):
        book.add(tmp_path / "nowhere.jsonl")


def test_a_later_record_replaces_the_earlier_and_no_decision(book: CaseBook, tmp_path: Path) -> None:
    case = book.case(1)
    decided = book.decide(1, "ani", L)
    book.add(write_records(tmp_path / "new.jsonl", [(case.text, record(case.text, "check", 0.66))]))
    later = book.case(1)
    assert (later.record["level"], later.shown) == ("check", ())
    assert later.decisions == (decided,)
    assert [m.id for m in decided.marks] == ["scam_gambling_work", "document_retention"]


def test_campaigns_of_two_scans_stay_apart(tmp_path: Path) -> None:
    first, second = ("Iklan pertama", record("Iklan pertama")), ("Iklan kedua", record("Iklan kedua"))
    with book_of(tmp_path / "cases.db", first, campaign="c1") as book:
        book.add(write_records(tmp_path / "cases.jsonl", [second], "c1"))
        keys = {c.key for n in (1, 2) for c in book.case(n).campaigns}
        assert len(keys) == 2
        assert book.decide_campaign(book.case(1).campaigns[0].key, "ani", L)
        assert book.case(2).decisions == ()


# --- deciding --------------------------------------------------------------------------------------------------------


def test_history_is_kept_and_cannot_be_overwritten_by_anyone(book: CaseBook) -> None:
    first = book.decide(1, "Ani ", L, "pertama")
    second = book.decide(1, "ANI", OK, "kedua")
    with closing(raw(book)) as other:  # a program that knows nothing of our settings
        for statement in (
            "UPDATE decisions SET verdict = 'fraud'",
            "DELETE FROM decisions",
            "INSERT OR REPLACE INTO decisions SELECT uuid, number, reviewer, 'fraud', kind, note, marks, campaign, decided_at FROM decisions",
            "UPDATE cases SET text = 'x'",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                other.execute(statement)
    assert book.case(1).decisions == (first, second)
    assert first.reviewer == second.reviewer == "ani"
    assert first.decided_at < second.decided_at


def test_decisions_keep_their_order_when_the_clock_goes_back(book: CaseBook, monkeypatch: pytest.MonkeyPatch) -> None:
    book.decide(1, "ani", L)
    monkeypatch.setattr("detector.casebook.records.datetime", _Stopped)
    book.decide(1, "ani", OK)
    book.decide(1, "budi", OK)
    assert [d.verdict for d in book.case(1).decisions] == [L, OK, OK]
    assert book.case(1).standing is Standing.AGREED


class _Stopped:
    @staticmethod
    def now(zone: Any) -> Any:
        from datetime import datetime

        return datetime(2000, 1, 1, tzinfo=zone)

    @staticmethod
    def strptime(stamp: str, form: str) -> Any:
        from datetime import datetime

        return datetime.strptime(stamp, form)


def test_signs_are_struck_out_and_added(book: CaseBook) -> None:
    case = book.case(1)
    at = case.text.index("Kamboja")
    made = book.decide(1, "ani", L, strike=[case.shown[0]], add=[Mark("high_risk_destination", at - 1, at + 8)])
    assert [(m.id, m.state, case.text[m.start : m.end]) for m in made.marks] == [
        ("scam_gambling_work", State.STRUCK, "Admin slot"),
        ("high_risk_destination", State.ADDED, "Kamboja,"),
        ("document_retention", State.KEPT, "paspor dipegang kantor"),
    ]
    assert book.case(1).decisions[0].marks == made.marks


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"number": 99}, "no case 99"),
        ({"reviewer": " "}, "name"),
        ({"reviewer": "a\x1b[2J"}, "name"),
        ({"note": "x" * 20_000}, "shorten"),
        ({"kind": Kind.NEWS}, "goes with the verdict"),
        ({"verdict": NO, "kind": Kind.ADVERT}, "cannot be of the kind"),
        ({"strike": [Mark("upfront_fee", 0, 3)]}, "not shown"),
        ({"add": [Mark("no_such_sign", 0, 3)]}, "no indicator"),
        ({"add": [Mark("upfront_fee", 3, 999)]}, "marks no words"),
        ({"add": [Mark("upfront_fee", 5, 6)]}, "marks no words"),
    ],
)
def test_what_cannot_be_decided_is_one_sentence(book: CaseBook, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(CaseBookError, match=message):
        book.decide(**{"number": 1, "reviewer": "ani", "verdict": L, **arguments})
    assert book.case(1).decisions == ()


def test_a_campaign_is_decided_at_once_and_leaves_alone_what_was_decided(tmp_path: Path) -> None:
    rows = [(LURE.format(n), record(LURE.format(n), probability=0.5 + n / 100)) for n in range(10, 15)]
    with book_of(tmp_path / "cases.db", *rows, campaign="c7") as book:
        item = book.queue("ani")[0]
        assert (len(book.queue("ani")), item.others) == (1, 4), "one entry for the campaign"
        assert len(book.queue("ani", grouped=False)) == 5
        mine = book.decide(2, "ani", OK)
        made = book.decide_campaign(item.campaign, "ani", L, "ulang")
        assert len(made) == 4
        assert {d.campaign for d in made} == {item.campaign}
        assert book.case(2).decisions == (mine,)
        assert book.campaign(item.campaign, "ani").undecided == ()
        assert len(book.campaign(item.campaign, "budi").undecided) == 5
        with pytest.raises(CaseBookError, match="no campaign"):
            book.decide_campaign("nope", "ani", L)


# --- the queue -------------------------------------------------------------------------------------------------------


def test_the_queue_is_ordered_by_risk_and_doubt(tmp_path: Path) -> None:
    levels = [("low", 0.05), ("check", 0.70), ("high", 0.99), ("check", 0.66), ("high", 0.50), ("low", 0.60)]
    rows = [(f"Iklan {n}", record(f"Iklan {n}", level, p)) for n, (level, p) in enumerate(levels)]
    with book_of(tmp_path / "cases.db", *rows) as book:
        assert [book.case(n).record["level"] for n in numbers(book, "ani")] == ["high"] * 2 + ["check"] * 2 + [
            "low"
        ] * 2
        assert numbers(book, "ani")[:1] == [3]
        assert numbers(book, "ani")[-2:] == [6, 1]
        at = (thresholds().check, thresholds().high)
        near = sorted(range(6), key=lambda n: min(abs(levels[n][1] - t) for t in at))
        assert numbers(book, "ani", order=Order.DOUBTFUL) == [n + 1 for n in near]
        assert numbers(book, "ani", limit=2, offset=1) == numbers(book, "ani")[1:3]


def test_a_second_reviewer_is_blind_until_he_has_decided(book: CaseBook) -> None:
    book.decide(2, "ani", F, "nomor yang sama")
    assert numbers(book, "ani") == [1, 3]
    assert numbers(book, "budi") == [1, 3, 2], "first what nobody has decided"
    assert [(i.number, i.why) for i in book.queue("budi", second=True)] == [(2, Why.SECOND)]
    blind = book.case(2, "budi")
    assert (blind.decisions, blind.hidden, blind.standing) == ((), 1, None)
    assert "nomor yang sama" not in repr((blind, book.queue("budi"), book.search("ringan")))
    book.decide(2, "budi", F)
    seen = book.case(2, "Budi")
    assert (len(seen.decisions), seen.hidden, seen.standing) == (2, 0, Standing.AGREED)
    assert len(book.case(2).decisions) == 2


def test_two_who_differ_both_find_it_on_top_until_they_looked_again(book: CaseBook) -> None:
    book.decide(3, "ani", OK)
    book.decide(3, "budi", L)
    for reviewer in ("ani", "budi"):
        assert next((i.number, i.why) for i in book.queue(reviewer)) == (3, Why.DISPUTED)
    book.decide(3, "budi", L, "tetap")
    assert numbers(book, "budi") == [1, 2]
    assert numbers(book, "ani")[0] == 3
    book.decide(3, "ani", OK, "tetap")
    assert numbers(book, "ani") == [1, 2]
    assert book.case(3).standing is Standing.DISPUTED
    assert numbers(book, "cici") == [1, 2, 3]
    book.decide(3, "cici", L)
    assert book.case(3).standing is Standing.AGREED, "two of three"
    assert numbers(book, "dedi") == [1, 2, 3]


def test_progress_counts_everything_once(book: CaseBook) -> None:
    book.decide(1, "ani", L)
    book.decide(1, "budi", L)
    book.decide(2, "ani", L)
    book.decide(2, "ani", OK)
    progress = book.progress("ani")
    assert (progress.cases, progress.mine) == (3, 2)
    assert progress.standings == {
        Standing.OPEN: 1,
        Standing.SINGLE: 1,
        Standing.AGREED: 1,
        Standing.DISPUTED: 0,
    }


# --- agreement -------------------------------------------------------------------------------------------------------


def test_kappa_is_that_of_the_blind_decisions(tmp_path: Path) -> None:
    # 20 of 50 both a lure, 15 both fine: observed 0.7, expected 0.5 by the margins 25/25 and 30/20.
    first = [L] * 25 + [OK] * 25
    second = [L] * 20 + [OK] * 5 + [L] * 10 + [OK] * 15
    rows = [(f"Iklan {n}", record(f"Iklan {n}")) for n in range(50)]
    with book_of(tmp_path / "cases.db", *rows) as book:
        for number, (mine, theirs) in enumerate(zip(first, second, strict=True), 1):
            book.decide(number, "ani", EV)  # he thought again before the other decided: that is his own
            book.decide(number, "ani", mine)
            book.decide(number, "budi", theirs)
        for number in range(1, 51):
            book.decide(number, "budi", first[number - 1], "ikut ani")
        (pair,) = book.agreement()
        assert (pair.first, pair.second, pair.cases) == ("ani", "budi", 50)
        assert (pair.equal, round(pair.kappa, 9)) == (0.7, 0.4)
        assert pair.table == {(L, L): 20, (L, OK): 5, (OK, L): 10, (OK, OK): 15}


def test_decisions_by_campaign_do_not_raise_the_agreement(tmp_path: Path) -> None:
    rows = [(f"Iklan {n}", record(f"Iklan {n}")) for n in range(4)]
    with book_of(tmp_path / "cases.db", *rows, campaign="c1") as book:
        key = book.case(1).campaigns[0].key
        for reviewer, verdict in (("ani", L), ("budi", OK)):
            book.decide(1, reviewer, verdict)
            book.decide_campaign(key, reviewer, L)
        (pair,) = book.agreement()
        assert (pair.cases, pair.equal) == (1, 0.0)


# --- searching -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseBook]:
    texts = [
        "Loker K4MB0JA gaji 15 juta, hub 0812-0000-3344",
        "Kasir di Klaten, kirim lamaran ke hrd@toko.example",
        "รับสมัครงานที่กัมพูชา เงินเดือนสูง",
        '50% "diskon" * AND NEAR(x) LC',
        "p e n i p u a n di s i n i",
    ]
    rows = [(t, record(t)) for t in texts]
    rows[0][1]["facts"]["contacts"] = [{"type": "whatsapp", "value": "+6281200003344"}]
    with book_of(tmp_path_factory.mktemp("library") / "cases.db", *rows) as book:
        yield book


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kamboja", [1]),
        ("k4mb0ja", [1]),
        ("KAMBOJA juta", [1]),
        ("amboj", [1]),
        ("+62 812 0000 3344", [1]),
        ("081200003344", [1]),
        ("hrd@toko.example", [2]),
        ("กัมพูชา", [3]),
        ("lc", [4]),
        ('"diskon" *', [4]),
        ("NEAR(", [4]),
        ("%", [4]),
        ("penipuan", [5]),
        ("kamboja klaten", []),
        ("", [1, 2, 3, 4, 5]),
        ("\x00", [1, 2, 3, 4, 5]),
    ],
)
def test_search_finds_disguised_words_and_takes_every_sign(library: CaseBook, words: str, found: list[int]) -> None:
    assert sorted(hit.number for hit in library.search(words)) == found


def test_snippets_are_of_the_original_text(tmp_path: Path) -> None:
    text = "pembuka " * 40 + "Loker K4MB0JA di sini " + "penutup " * 40
    with book_of(tmp_path / "cases.db", (text, record(text))) as book:
        (hit,) = book.search("kamboja")
        assert "K4MB0JA" in hit.snippet
        assert len(hit.snippet) < 200
        assert hit.snippet[0] == hit.snippet[-1] == "…"


def test_search_by_verdict_is_of_what_is_said_now(book: CaseBook) -> None:
    book.decide(1, "ani", L)
    book.decide(2, "ani", L)
    book.decide(2, "ani", F)
    assert [h.number for h in book.search(verdict=L)] == [1]


# --- export and import -----------------------------------------------------------------------------------------------

_NAMES = st.sampled_from(["ani", "budi", "cici"])
_TEXTS = [f"Iklan nomor {n}, gaji {n} juta" for n in range(4)]
_STAMPS = st.integers(0, 10**6 - 1).map(lambda n: f"2026-01-01T00:00:00.{n:06d}Z")


@st.composite
def _contents(draw: st.DrawFn) -> dict[str, Content]:
    """What one book may hold of four adverts."""
    out = {}
    for text in draw(st.lists(st.sampled_from(_TEXTS), unique=True)):
        stamp = draw(_STAMPS)
        sightings = [
            Sighting(name, str(n), draw(st.none() | _STAMPS), draw(st.none() | st.text(max_size=5, alphabet="ab ")), None, draw(_STAMPS))
            for name, n in draw(st.lists(st.tuples(st.sampled_from("xy"), st.integers(1, 2)), unique=True, max_size=3))
        ]  # fmt: skip
        campaigns = [
            Campaign(k, f"c{k}", draw(st.sampled_from("xy")))
            for k in draw(st.lists(st.sampled_from("12"), unique=True))
        ]
        probability = draw(st.sampled_from([0.1, 0.7, 0.99]))
        out[text] = Content(
            text, record(text, probability=probability), stamp, draw(_STAMPS), tuple(sightings), tuple(campaigns),
            tuple(draw(st.lists(_decisions(text), max_size=4, unique_by=lambda d: d.uuid))),
        )  # fmt: skip
    return out


def _decisions(text: str) -> st.SearchStrategy[Decision]:
    """Decisions of one text; the same uuid always means the same decision, in whatever book."""

    def made(number: int) -> Decision:
        marks = (Mark("upfront_fee", number % 5, 7, list(State)[number % 3]),)
        stamp = f"2026-01-02T00:00:00.{number:06d}Z"
        name = ("ani", "budi", "cici")[number % 3]
        campaign = [None, "1"][number % 2]
        return Decision(
            f"{number:08x}{key_of(text)[:24]}", name, list(Verdict)[number % 4], Kind.ADVERT, "n" * number, marks, campaign, stamp
        )  # fmt: skip

    return st.integers(0, 9).map(made)


def _filled(path: Path, contents: dict[str, Content]) -> CaseBook:
    book = CaseBook.start(path)
    with book._database.writing() as connection:
        for content in contents.values():
            case = prepare(content, thresholds())
            put(connection, case)
            number = connection.execute("SELECT number FROM cases WHERE key = ?", (case.key,)).fetchone()[0]
            for decision in content.decisions:
                put_decision(connection, number, decision)
    return book


def _exported(book: CaseBook, path: Path) -> bytes:
    book.export(path)
    return path.read_bytes()


@settings(max_examples=25, deadline=None)
@given(_contents(), _contents(), _contents())
def test_books_merge_alike_in_any_order_and_however_often(
    first: dict[str, Content], second: dict[str, Content], third: dict[str, Content]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        three = [folder / f"{n}.jsonl" for n in range(3)]
        for n, contents in enumerate((first, second, third)):
            with _filled(folder / f"{n}.db", contents) as book:
                _exported(book, three[n])
        results = set()
        for m, order in enumerate(((0, 1, 2), (2, 0, 1), (1, 1, 2, 0, 2))):
            with CaseBook.start(folder / f"merged{m}.db") as merged:
                for n in order:
                    merged.take_in(three[n])
                results.add(_exported(merged, folder / f"merged{m}.jsonl"))
        assert len(results) == 1
        lines = [json.loads(line) for line in results.pop().splitlines()]
        kept = {d["uuid"] for line in lines[1:] for d in line["decisions"]}
        assert kept == {d.uuid for contents in (first, second, third) for c in contents.values() for d in c.decisions}
        assert lines[0]["decisions"] == len(kept)
        with CaseBook.start(folder / "back.db") as back, CaseBook.open(folder / "0.db") as original:
            back.take_in(three[0])
            assert _exported(back, folder / "back.jsonl") == three[0].read_bytes()
            original.take_in(three[0])
            assert _exported(original, folder / "original.jsonl") == three[0].read_bytes()


def test_an_export_holds_the_history_and_is_for_its_owner_alone(book: CaseBook, tmp_path: Path) -> None:
    case = book.case(1)
    made = [book.decide(1, "ani", L, "satu", strike=case.shown[:1]), book.decide(1, "ani", OK), book.decide(1, "budi", NO, kind=Kind.NEWS)]  # fmt: skip
    out = tmp_path / "out.jsonl"
    assert book.export(out) == 3
    assert out.stat().st_mode & 0o777 == 0o600
    with CaseBook.start(tmp_path / "other.db") as other:
        merged = other.take_in(out)
        assert (merged.cases, merged.decisions) == (3, 3)
        (hit,) = other.search("paspor")
        there = other.case(hit.number)
        assert there.decisions == tuple(made)
        assert (there.sightings, there.record, there.text) == (case.sightings, case.record, case.text)
        merged = other.take_in(out)
        assert (merged.cases, merged.cases_known, merged.decisions, merged.decisions_known) == (0, 3, 0, 3)
    with pytest.raises(CaseBookError, match="exists already"):
        book.export(out)


def _altered(change: Callable[[list[str]], None]) -> Callable[[Path], None]:
    def alter(path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        change(lines)
        path.write_text("".join(lines), encoding="utf-8")

    return alter


def _change(number: int, old: str, new: str) -> Callable[[Path], None]:
    def change(lines: list[str]) -> None:
        assert old in lines[number]
        lines[number] = lines[number].replace(old, new)

    return _altered(change)


@pytest.mark.parametrize(
    ("alter", "message"),
    [
        (_altered(lambda lines: lines.pop()), "not whole"),
        (_altered(lambda lines: lines.append(lines[-1])), "not whole"),
        (lambda path: path.write_bytes(path.read_bytes()[:-10]), "cut off in line"),
        (lambda path: path.write_bytes(b"\xff\xfe\n"), "not an export"),
        (lambda path: path.write_bytes(b""), "not an export"),
        (lambda path: path.write_bytes(b'{"format": "something else"}\n'), "not an export"),
        (_change(0, '"version": 1', '"version": 2'), "newer version"),
        (_change(1, '"text": "', '"text": "x'), "damaged"),
        (_change(1, '"lure"', '"murder"'), "damaged"),
        (_change(1, '"reviewer": "ani"', '"reviewer": "Ani"'), "damaged"),
        (_change(1, '"lure"', '"fine"'), "altered"),
    ],
)
def test_a_damaged_or_altered_export_changes_nothing(
    tmp_path: Path, alter: Callable[[Path], None], message: str
) -> None:
    text = "Admin slot Kamboja"
    with book_of(tmp_path / "cases.db", (text, record(text, signs=("scam_gambling_work=Admin slot",)))) as book:
        book.decide(1, "ani", L)
        out = tmp_path / "out.jsonl"
        before = _exported(book, out)
        alter(out)
        with pytest.raises(CaseBookError, match=message):
            book.take_in(out)
        assert _exported(book, tmp_path / "after.jsonl") == before


# --- training rows ---------------------------------------------------------------------------------------------------


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_training_rows_are_agreed_redacted_and_in_the_format_of_the_corpus(tmp_path: Path, scanned: Path) -> None:
    with CaseBook.start(tmp_path / "cases.db") as book:
        book.add(scanned / "kept.jsonl")
        lure, other, honest, single, short = (
            number_of(book, t) for t in (LURE.format(15), LURE.format(16), HONEST.format(1), HONEST.format(2), "Hai")
        )
        case = book.case(lure)
        at = case.text.index("tiket")
        book.decide(lure, "Ani Wijaya", L, strike=case.shown[:1])
        book.decide(lure, "budi", L, strike=case.shown[1:2], add=[Mark("no_contract", at, at + 5)])
        book.decide_campaign(case.campaigns[0].key, "ani wijaya", L)
        book.decide_campaign(case.campaigns[0].key, "budi", L)
        for reviewer in ("ani wijaya", "budi"):
            book.decide(honest, reviewer, OK)
            book.decide(short, reviewer, NO, kind=Kind.JOB_SEEKER)
        book.decide(single, "budi", OK)
        out = tmp_path / "rows.jsonl"
        written = book.training_rows(out)
        assert written.written == 2
        assert written.left_out == {
            "decided with its campaign only": 1,
            "not agreed by enough reviewers": 1,
            "in a language that the corpus does not have": 1,
        }
        assert book.case(other).standing is Standing.AGREED
        found = {row["label"]: row for row in rows_of(out)}
        for row in found.values():
            Row.model_validate({**row, "split": "train"})
            assert not list(suspicious_contacts(row["text"]))
            assert "0812" not in row["text"]
        assert "ani" not in out.read_text(encoding="utf-8").replace("antar", "")
        row = found["trafficking_risk"]
        marks = {m["id"]: row["text"][m["start"] : m["end"]] for m in row["indicators"]}
        struck = {case.shown[0].id, case.shown[1].id}
        assert marks.keys() == {m.id for m in case.shown} - struck | {"no_contract"}
        assert marks["no_contract"] == "tiket"
        assert marks["private_channel_only"].startswith("[whatsapp ")
        assert found["no_pattern"]["indicators"] == []
        assert len({row["writer"] for row in found.values()}) == 1, "both were decided last by budi"
        assert book.training_rows(tmp_path / "single.jsonl", reviewers=1).written == 3
        with pytest.raises(CaseBookError, match="genre"):
            book.training_rows(tmp_path / "x.jsonl", genre="tweet")


def test_hard_subtle_and_what_a_text_is_instead_follow_from_the_decision(book: CaseBook, tmp_path: Path) -> None:
    book.decide(1, "ani", OK)
    book.decide(2, "ani", NO, kind=Kind.AWARENESS)
    book.decide(3, "ani", F)
    book.training_rows(tmp_path / "rows.jsonl", reviewers=1)
    found = {row["label"]: row for row in rows_of(tmp_path / "rows.jsonl")}
    for row in found.values():
        Row.model_validate({**row, "split": "train"})
    assert found["no_pattern"]["hard"]
    assert (found["non_ad"]["kind"], found["non_ad"]["scenario"]) == ("awareness", "warning")
    assert found["job_fraud_other"]["subtle"]


def test_more_evidence_and_disputes_make_no_rows(book: CaseBook, tmp_path: Path) -> None:
    for reviewer, verdict in (("ani", L), ("budi", OK)):
        book.decide(1, reviewer, verdict)
        book.decide(2, reviewer, EV)
    written = book.training_rows(tmp_path / "rows.jsonl")
    assert (written.written, written.left_out.total()) == (0, 2)


# --- backup ----------------------------------------------------------------------------------------------------------


def test_a_backup_is_a_whole_book_in_one_file(book: CaseBook, tmp_path: Path) -> None:
    made = book.decide(1, "ani", L)
    copy = tmp_path / "backup.db"
    with closing(raw(book)) as other:
        other.execute("BEGIN IMMEDIATE")  # somebody is writing
        other.execute("DELETE FROM words")
        assert book.backup(copy) == 3
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith((".", "backup"))] == ["backup.db"]
    assert copy.stat().st_mode & 0o777 == 0o600
    with CaseBook.open(copy) as opened:
        assert opened.case(1).decisions == (made,)
        assert opened.search("kamboja")
    with pytest.raises(CaseBookError, match="exists already"):
        book.backup(copy)


def test_no_backup_of_a_damaged_book(tmp_path: Path) -> None:
    rows = [(f"Iklan {n} " + "kata " * 200, record(f"Iklan {n} " + "kata " * 200)) for n in range(30)]
    book_of(tmp_path / "cases.db", *rows).close()
    size = (tmp_path / "cases.db").stat().st_size
    with (tmp_path / "cases.db").open("rb+") as handle:
        handle.seek(size // 2)
        handle.write(b"\xff" * 8192)
    with CaseBook.open(tmp_path / "cases.db") as book, pytest.raises(CaseBookError, match="damaged"):
        book.backup(tmp_path / "backup.db")
    assert not (tmp_path / "backup.db").exists()
    assert not list(tmp_path.glob(".backup*"))


# --- forgetting ------------------------------------------------------------------------------------------------------

SECRETS = ("Rahasia Budiman", "rahasia budiman", "catatan pribadi", "+6281299990000", "grup tertutup", "catatan-lama")


@contextmanager
def with_secrets(path: Path) -> Iterator[CaseBook]:
    """A book in which case 2 holds what must be gone."""
    text = "Hubungi Rahasia Budiman 0812-9999-0000 " + "kata " * 500
    content = record(text)
    content["facts"]["contacts"] = [{"type": "phone", "value": "+6281299990000"}]
    rows = [(f"Iklan {n}", record(f"Iklan {n}")) for n in range(3)]
    with book_of(path, rows[0], (text, content), *rows[1:]) as book:
        with book._database.writing() as connection:
            connection.execute("UPDATE sightings SET place = 'grup tertutup' WHERE number = 2")
        book.decide(2, "ani", L, "catatan-lama " * 300)
        book.decide(2, "ani", L, "catatan pribadi")
        book.decide(1, "ani", L, "ini tetap")
        yield book


def traces(folder: Path) -> list[tuple[str, str]]:
    """(file, secret) of everything that is still there, by letters and by the index's pieces of three."""
    found = []
    for path in folder.glob("cases.db*"):
        content = path.read_bytes()
        found += [(path.name, s) for s in (*SECRETS, "Rahasia", "rahas", "udima") if s.encode() in content]
    return found


def test_a_forgotten_case_is_gone_from_the_files(tmp_path: Path) -> None:
    with with_secrets(tmp_path / "cases.db") as book:
        (tmp_path / "cases.jsonl").unlink()
        assert len(traces(tmp_path)) >= len(SECRETS)
        book.forget(2)
        assert traces(tmp_path) == []
        assert book.case(1).decisions[0].note == "ini tetap"
        assert numbers(book, "budi") == [3, 4, 1]
        assert book.search("rahasia") == []
        assert [hit.number for hit in book.search("iklan")] == [1, 3, 4]
        with pytest.raises(CaseBookError, match="no case 2"):
            book.case(2)
        added = book.add(write_records(tmp_path / "more.jsonl", [("Iklan baru", record("Iklan baru"))]))
        assert added.new == 1
        assert book.search("baru")[0].number == 5, "a number is never given again"
        with closing(raw(book)) as other, pytest.raises(sqlite3.IntegrityError):
            other.execute("DELETE FROM decisions")
    assert whole(tmp_path / "cases.db")
    assert traces(tmp_path) == []


def test_the_index_holds_no_pieces_of_forgotten_words(tmp_path: Path) -> None:
    text = "zqxjvw wvjxqz"
    with book_of(tmp_path / "cases.db", (text, record(text)), ("Iklan", record("Iklan"))) as book:
        assert b"zqx" in (tmp_path / "cases.db").read_bytes() + (tmp_path / "cases.db-wal").read_bytes()
        book.forget(1)
        content = (tmp_path / "cases.db").read_bytes() + (tmp_path / "cases.db-wal").read_bytes()
        assert [piece for piece in (b"zqx", b"qxj", b"jvw", b"wvj", b"jxq") if piece in content] == []
        with closing(raw(book)) as connection:
            connection.execute("CREATE VIRTUAL TABLE temp.pieces USING fts5vocab(main, 'words', 'row')")
            assert (
                connection.execute("SELECT COUNT(*) FROM temp.pieces WHERE term IN ('zqx', 'wvj')").fetchone()[0] == 0
            )


def test_what_a_reader_holds_back_goes_when_the_book_is_next_opened(tmp_path: Path) -> None:
    with with_secrets(tmp_path / "cases.db") as book:
        (tmp_path / "cases.jsonl").unlink()
        book._database.connection.execute("PRAGMA busy_timeout = 100")
        with closing(raw(book)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT COUNT(*) FROM cases").fetchone()
            with pytest.raises(CaseBookError, match="another program"):
                book.forget(2)
            with pytest.raises(CaseBookError, match="no case 2"):
                book.case(2)
            assert traces(tmp_path)
            reader.execute("COMMIT")
    CaseBook.open(tmp_path / "cases.db").close()
    assert traces(tmp_path) == []


def test_the_whole_book_is_erased_when_nobody_else_has_it(tmp_path: Path) -> None:
    with with_secrets(tmp_path / "cases.db") as book:
        (tmp_path / "cases.jsonl").unlink()
        inode = os.open(book.path, os.O_RDONLY)  # sees what is left of the file after it lost its name
        with CaseBook.open(book.path) as other:
            other.progress()
            book._database.connection.execute("PRAGMA busy_timeout = 100")
            with pytest.raises(CaseBookError, match="in use"):
                book.erase()
            assert other.case(2).text
        book.erase()
    assert list(tmp_path.glob("cases.db*")) == []
    assert set(os.read(inode, 1 << 20)) == {0}
    os.close(inode)


# --- many at once ----------------------------------------------------------------------------------------------------


def _decide_all(path: Path, reviewer: str, cases: int) -> list[str]:
    made = []
    for number in range(1, cases + 1):
        with CaseBook.open(path, wait=60) as book:  # as the page does: opened for each step
            made.append(book.decide(number, reviewer, list(Verdict)[number % 5], f"{reviewer} {number}").uuid)
    return made


def _add_all(path: Path, records: Path) -> list[str]:
    with CaseBook.open(path, wait=60) as book:
        book.add(records)
        book.export(path.with_name("during.jsonl"))
        book.backup(path.with_name("during.db"))
    return []


def test_reviewers_at_once_lose_nothing(tmp_path: Path) -> None:
    cases = 25
    rows = [(f"Iklan {n}", record(f"Iklan {n}")) for n in range(cases)]
    path = tmp_path / "cases.db"
    book_of(path, *rows).close()
    more = write_records(tmp_path / "more.jsonl", [(f"Lagi {n}", record(f"Lagi {n}")) for n in range(600)])
    with ProcessPoolExecutor(6, mp_context=get_context("spawn")) as pool:
        # Two of them under one name: both decisions stay.
        names = ["ani", "ani", "budi", "cici", "dedi"]
        tasks = [pool.submit(_decide_all, path, name, cases) for name in names]
        tasks.append(pool.submit(_add_all, path, more))
        made = [uuid for task in tasks for uuid in task.result(timeout=300)]
    assert len(set(made)) == len(names) * cases
    with CaseBook.open(path) as book:
        kept = [d for number in range(1, cases + 1) for d in book.case(number).decisions]
        assert {d.uuid for d in kept} == set(made)
        assert len(kept) == len(made)
        for number in range(1, cases + 1):
            stamps = [d.decided_at for d in book.case(number).decisions]
            assert stamps == sorted(set(stamps))
        assert book.progress().cases == cases + 600
    assert whole(path)
    assert whole(tmp_path / "during.db")


KILLED = """
import sys
from detector.casebook import CaseBook, Verdict
with CaseBook.open(sys.argv[1]) as book:
    for n in range(10**6):
        made = book.decide(n % 20 + 1, "ani", list(Verdict)[n % 5], "catatan " * 40)
        print(made.uuid, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_was_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    rows = [(f"Iklan {n}", record(f"Iklan {n}")) for n in range(20)]
    book_of(path, *rows).close()
    confirmed: list[str] = []
    for wait in (0.15, 0.4, 0.7):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        confirmed.append(process.stdout.readline().strip())
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        confirmed += [line.strip() for line in process.stdout.read().splitlines() if len(line.strip()) == 32]
        process.wait()
        process.stdout.close()
        with CaseBook.open(path) as book:
            kept = {d.uuid for number in range(1, 21) for d in book.case(number).decisions}
        assert set(confirmed) <= kept
        assert len(kept) - len(set(confirmed)) <= 3, "at most the one that was not confirmed yet, each time"
        assert whole(path)
    assert len(confirmed) > 10


# --- the commands ----------------------------------------------------------------------------------------------------


def run(*words: str, keys: str = "") -> Any:
    return CliRunner().invoke(app, ["cases", *words], input=keys, env={"COLUMNS": "200"})


def test_one_case_after_another_is_decided_with_single_keys(tmp_path: Path) -> None:
    rows = [(LURE.format(n), record(LURE.format(n))) for n in range(10, 13)]
    path = tmp_path / "cases.db"
    with book_of(path, *rows, campaign="c1") as book:
        book.add(write_records(tmp_path / "more.jsonl", [("Iklan lain", record("Iklan lain", "check", 0.7))]))
        # s: skip the campaign; x: nothing; 3: the other is fine, with a note; then the end of the queue.
        result = run("decide", str(path), "--reviewer", "ani", "--lang", "en", keys="sx3sudah dicek\n")
        assert result.exit_code == 0
        assert "No case is waiting" in result.output
        assert [(d.verdict, d.note) for d in book.case(4).decisions] == [(OK, "sudah dicek")]
        result = run("decide", str(path), "--reviewer", "ani", keys="1\ny\n")
        assert "2 kasus lain" in result.output
        assert [d.campaign is None for n in (1, 2, 3) for d in book.case(n).decisions] == [True, False, False]
        assert run("decide", str(path), "--reviewer", "budi", keys="q").exit_code == 0
        assert run("decide", str(path), "--reviewer", "budi").exit_code == 0, "nobody at the keyboard"
        assert book.progress("budi").mine == 0


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_case_shows_everything_and_cannot_steer_the_terminal(tmp_path: Path, lang: str) -> None:
    text = "Admin \x1b[31mslot\x1b[0m [bold]Kamboja[/bold]"
    with book_of(
        tmp_path / "cases.db", (text, record(text, signs=("high_risk_destination=Kamboja",))), campaign="c1"
    ) as book:
        book.decide(1, "ani", L, "catatan \x1b[2J[red]x", strike=book.case(1).shown, add=[Mark("upfront_fee", 0, 5)])
        book.decide(1, "ani", NO)
        book.decide(1, "budi", L)
        outputs = [run(*words, "--lang", lang).output for words in (
            ("show", str(book.path), "1"), ("queue", str(book.path), "--reviewer", "ani"),
            ("search", str(book.path), "kamboja"), ("agreement", str(book.path)))]  # fmt: skip
    assert not any("\x1b" in output for output in outputs)
    assert "[bold]Kamboja[/bold]" in outputs[0]
    assert "[red]x" in outputs[0]
    assert outputs[0].count("upfront_fee") == 1
    assert "Grup Loker" in outputs[0]
    assert "ani / budi" in outputs[3]


def test_every_word_for_a_reviewer_is_there_in_both_languages() -> None:
    for say in (Say("id"), Say("en")):
        assert all(say(f"cases.verdict.{verdict}") for verdict in Verdict)
        assert all(say(f"cases.standing.{standing}") for standing in Standing)
        assert all(say(f"cases.why.{why}") for why in Why)


def test_erasing_asks_first(book: CaseBook) -> None:
    path = str(book.path)
    refused = run("forget", path, "2", keys="n\n")
    assert refused.exit_code == 1
    assert book.case(2)
    assert run("forget", path).exit_code == 2
    assert run("forget", path, "2", "--everything").exit_code == 2
    assert run("forget", path, "2", "--yes").exit_code == 0
    assert numbers(book, "ani") == [1, 3]
    assert "in use" in run("forget", path, "--everything", "--yes", keys="").output
    book.close()
    assert run("forget", path, "--everything", keys="y\n").exit_code == 0
    assert not book.path.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("start", "{book}"),
        ("queue", "nowhere.db", "--reviewer", "ani"),
        ("queue", "{book}", "--reviewer", ""),
        ("show", "{book}", "99"),
        ("decide", "{book}", "1", "--reviewer", "ani"),
        ("decide", "{book}", "1", "lure", "--reviewer", "ani", "--strike", "9"),
        ("decide", "{book}", "1", "lure", "--reviewer", "ani", "--add", "upfront_fee=tidak ada di sini"),
        ("decide", "{book}", "1", "lure", "--reviewer", "ani", "--add", "nonsense=Admin"),
        ("add", "{book}", "nowhere.jsonl"),
        ("export", "{book}", "{book}"),
        ("export", "{book}", "no/such/folder.jsonl"),
        ("import", "{book}", "{book}"),
        ("import", "{book}", "nowhere.jsonl"),
        ("backup", "{book}", "{book}"),
        ("train-rows", "{book}", "rows.jsonl", "--genre", "tweet"),
    ],
)
def test_mistakes_are_one_sentence(book: CaseBook, words: tuple[str, ...]) -> None:
    result = run(*(word.format(book=book.path) for word in words))
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert result.output.strip()
    assert len(result.output.strip().splitlines()) == 1
    assert numbers(book, "ani") == [1, 2, 3]


# --- faults ----------------------------------------------------------------------------------------------------------


def test_a_book_that_is_held_by_another_is_one_sentence(book: CaseBook) -> None:
    made = book.decide(1, "ani", L)
    with CaseBook.open(book.path, wait=0.1) as mine, closing(raw(book)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CaseBookError, match=r"in use .* nothing was changed"):
            mine.decide(1, "ani", OK)
        assert mine.case(1).decisions == (made,), "reading goes on"
        other.execute("ROLLBACK")
        mine.decide(1, "ani", OK)


def test_a_full_disk_is_one_sentence_and_keeps_what_was_decided(book: CaseBook, tmp_path: Path) -> None:
    made = [book.decide(1, "ani", L)]
    connection = book._database.connection
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")

    def fill() -> None:
        for _ in range(200):
            made.append(book.decide(1, "ani", OK, "penuh " * 500))

    with pytest.raises(CaseBookError, match="no room left"):
        fill()
    assert book.case(1).decisions == tuple(made)
    connection.execute("PRAGMA max_page_count = 1000000")
    made.append(book.decide(1, "ani", OK, "lagi"))
    assert book.case(1).decisions == tuple(made)


FULL = """
import resource, sys
from detector.casebook import CaseBook, CaseBookError, Verdict
path, limit = sys.argv[1], int(sys.argv[2])
with CaseBook.open(path) as book:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        for n in range(10**4):
            print(book.decide(1, "ani", Verdict.LURE, "penuh " * 500).uuid, flush=True)
    except CaseBookError as problem:
        print(problem, flush=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limit))
    for what in (lambda: book.backup(path + ".backup"), lambda: book.export(path + ".jsonl")):
        try:
            what()
        except CaseBookError as problem:
            print(problem, flush=True)
"""


def test_a_disk_that_takes_no_more_is_one_sentence(book: CaseBook, tmp_path: Path) -> None:
    book.close()
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(book.path), str(200_000)], capture_output=True, text=True, check=True
    )
    *made, problem, backup, export = run.stdout.splitlines()
    assert "full or failing" in problem
    assert "cases.db.backup could not be written" in backup
    assert "could not be written" in export
    with CaseBook.open(book.path) as opened:
        assert {d.uuid for d in opened.case(1).decisions} == set(made)
        opened.decide(1, "ani", OK)
    assert whole(book.path)
    assert not [p.name for p in tmp_path.iterdir() if p.name.endswith((".part", ".backup", ".db.jsonl"))]


def test_a_damaged_book_is_one_sentence(tmp_path: Path) -> None:
    rows = [(f"Iklan {n} " + "kata " * 200, record(f"Iklan {n} " + "kata " * 200)) for n in range(30)]
    book_of(tmp_path / "cases.db", *rows).close()
    content = bytearray((tmp_path / "cases.db").read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    (tmp_path / "cases.db").write_bytes(content)
    with pytest.raises(CaseBookError, match="latest backup"), CaseBook.open(tmp_path / "cases.db") as book:
        book.queue("ani")


def _as_nobody(path: str, results: Any) -> None:
    if os.geteuid() == 0:
        os.setuid(65534)
    for what in (
        lambda: CaseBook.open(path).decide(1, "ani", L),
        lambda: CaseBook.start(Path(path).with_name("new.db")),
    ):
        try:
            what()
            results.put("no fault")
        except CaseBookError as problem:
            results.put(str(problem))


@pytest.mark.parametrize("mode", [0o555, 0o500])
def test_a_read_only_folder_is_one_sentence(mode: int) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        book_of(folder / "cases.db", ("Iklan", record("Iklan"))).close()
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(mode)
        context = get_context("fork")  # the interpreter itself may lie where others may not go
        results = context.Queue()
        process = context.Process(target=_as_nobody, args=(str(folder / "cases.db"), results))
        process.start()
        process.join(60)
        found = [results.get(timeout=5) for _ in range(2)]
        folder.chmod(0o755)
        assert "read-only" in found[0] or "cannot be opened" in found[0]
        assert "No case book can be made" in found[1]
        assert [p.name for p in folder.iterdir() if p.suffix == ".db"] == ["cases.db"]

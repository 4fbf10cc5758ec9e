"""The first view beyond the text box: pictures, questions for the recruiter, the card and the report."""

from __future__ import annotations

import base64
import io
import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("streamlit")

from PIL import Image
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from detector import ocr
from detector.assessment import Assessment, Contact, Credential, Facts, Kind, Level, Pattern, Place, Signal, Strength
from detector.help import all_lines
from detector.indicators.compiled import shipped
from detector.ocr import Line, Page, PosterError, Reading
from detector.scan.report.hide import blanked
from webui import check_pictures, engine, one_page, picture_view, pictures, questions, result, share_card
from webui.check_view import answer
from webui.help import licence_panel
from webui.pictures import MOST_BYTES, MOST_FILES, Poster, Problem, Sheet, problem_words, read_poster
from webui.words import Say, table

ROOT = Path(__file__).parent.parent
CATALOGUE = shipped()
ID, EN = Say("id"), Say("en")
DAY = date(2026, 3, 7)
AD = "Admin Kamboja gaji 15 juta\nPaspor disimpan kantor\nWA 0812-0000-3344 IG @kerja_cepat"
PIXEL = "data:image/png;base64,iVBORw0KGgo="


def signal(words: str, indicator: str, strength: Strength = Strength.STRONG, text: str = AD, **how: float) -> Signal:
    start = text.index(words)
    return Signal(start, start + len(words), words, indicator, strength, **how)


def assessment(*signals: Signal, text: str = AD, **changes: object) -> Assessment:
    base = Assessment(text, Kind.ADVERT, Level.HIGH, Pattern.TRAFFICKING_RISK, 0.9, "id", signals)
    return replace(base, **changes)  # type: ignore[arg-type]


CONTACTS = Facts(
    destinations=(Place(6, 13, "Kamboja", "KH", "Kamboja", 2),),
    contacts=(
        Contact(53, 67, "0812-0000-3344", "phone", "+6281200003344"),
        Contact(71, 83, "@kerja_cepat", "instagram", "kerja_cepat"),
    ),
)
KEPT = signal("Paspor disimpan kantor", "document_retention", Strength.CRITICAL)
PLACE = signal("Kamboja", "high_risk_destination")
RISKY = assessment(KEPT, PLACE, facts=CONTACTS)


def reading(text: str = AD, width: int = 400) -> Reading:
    """What a picture with the lines of `text` would give: lines of 40 pixels below each other."""
    lines = []
    for row, words in enumerate(text.split("\n")):
        top, end = 40.0 * row, 10.0 * len(words)
        box = ((0.0, top), (end, top), (end, top + 30), (0.0, top + 30))
        lines.append(Line(words, box, 0.98, tuple(i / len(words) for i in range(len(words) + 1))))
    return Reading((Page(0, width, 40 * len(lines), tuple(lines), ("", *["\n"] * (len(lines) - 1))),))


def poster(text: str = AD, name: str = "poster.jpg") -> Poster:
    read = reading(text)
    return Poster(name, read, (Sheet(0, 400, read.pages[0].height, PIXEL),))


# --- pictures: pure functions


def test_a_sign_is_framed_where_it_stands() -> None:
    drawn = picture_view.frames(reading(), AD, result.known(RISKY, CATALOGUE))
    by_number = {frame.number: frame for frame in drawn}
    assert by_number[1].box[0] == (0, 40)
    assert by_number[1].box[2] == (220, 70)
    assert by_number[2].box[0] == pytest.approx((60, 0))
    assert [frame.strength for frame in drawn] == [Strength.STRONG, Strength.CRITICAL]  # the gravest on top


def test_a_corrected_word_keeps_its_place_and_a_new_text_has_none() -> None:
    read = "Admin Kambcja gaii 15 juta"
    align = picture_view.Alignment("Admin Kamboja gaji 15 juta ya", read)
    assert align.stretches(6, 13) == [(6, 13)]
    assert align.stretches(14, 21) == [(14, 18), (18, 21)]
    assert align.stretches(26, 29) == []
    assert picture_view.Alignment("Sesuatu yang lain sama sekali", read).stretches(0, 12) == []


def test_a_sign_over_two_lines_has_two_frames_and_one_number() -> None:
    text = "paspor disimpan\nkantor selamanya"
    both = Signal(0, 22, text[:22], "document_retention", Strength.CRITICAL)
    html = picture_view.framed(poster(text), text, result.known(assessment(both, text=text), CATALOGUE), ID)
    assert html.count('class="box') == 2
    assert html.count("<b ") == 1


def test_numbers_that_would_cover_each_other_stand_side_by_side() -> None:
    same = assessment(
        signal("gaji 15 juta", "unrealistic_pay"), signal("gaji 15", "low_bar_high_reward", Strength.WEAK)
    )
    html = picture_view.framed(poster(), AD, result.known(same, CATALOGUE), ID)
    assert html.count('class="pins"') == 1
    assert re.findall(r'<b class="m-(\w+)">(\d)</b>', html) == [("strong", "1"), ("weak", "2")]


def test_frames_hold_at_every_width_and_turn_with_the_text() -> None:
    line = Line(
        "Kamboja", ((100.0, 0.0), (100.0, 70.0), (80.0, 70.0), (80.0, 0.0)), 0.9, tuple(i / 7 for i in range(8))
    )
    sideways = Poster("a", Reading((Page(0, 200, 100, (line,), ("",)),)), (Sheet(0, 200, 100, PIXEL),))
    one = assessment(Signal(0, 7, "Kamboja", "high_risk_destination", Strength.STRONG), text="Kamboja")
    html = picture_view.framed(sideways, "Kamboja", result.known(one, CATALOGUE), ID)
    assert "left:50.00%;top:0.00%;width:35.00%;height:20.00%;transform:rotate(90.00deg)" in html


def test_without_signs_there_is_no_second_picture() -> None:
    assert picture_view.framed(poster(), AD, (), ID) == ""


def test_a_file_name_never_becomes_markup() -> None:
    html = picture_view.bare(poster(name="<img src=x onerror=alert(1)>.jpg"), ID)
    assert "onerror" in html
    assert "<img src=x" not in html


def test_a_file_above_the_limit_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures.ocr, "read", lambda data: pytest.fail("was opened"))
    with pytest.raises(PosterError) as problem:
        read_poster("big.png", bytes(MOST_BYTES + 1))
    assert problem.value.code == "too_heavy"


def test_what_is_shown_is_small_and_upright(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    Image.new("RGB", (3000, 1500), "white").save(out, "PNG")
    monkeypatch.setattr(pictures.ocr, "read", lambda data: Reading((Page(0, 3000, 1500, (), ()),)))
    (sheet,) = read_poster("a.png", out.getvalue()).sheets
    assert (sheet.width, sheet.height) == (3000, 1500)
    head, data = sheet.source.split(",", 1)
    assert head == "data:image/jpeg;base64"
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (1000, 500)


@pytest.mark.parametrize("say", [ID, EN], ids=["id", "en"])
def test_every_error_of_the_reader_has_words(say: Say) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "detector" / "ocr").glob("*.py"))
    codes = set(re.findall(r'PosterError\(\s*"(\w+)"', source)) - {"not_installed", "no_such_page"}
    assert len(codes) > 8
    values = {"most": 40, "pages": 12, "width": 1, "height": 1}
    for code in codes | {"too_heavy", "too_many"}:
        assert f"picture.error.{code}" in table(), code
        assert problem_words(Problem("a", code, values), say)
    assert problem_words(Problem("a", "something new", {}), say) == say("picture.error.failed")


# --- questions


def test_questions_come_from_the_signs_and_end_with_what_anybody_is_asked() -> None:
    asked = questions.questions(RISKY, CATALOGUE, ID)
    assert "dokumen asli" in asked[0]
    assert asked[-3:] == [ID("ask.company"), ID("ask.contract"), ID("ask.job_order")]
    assert len(asked) == len(set(asked)) <= 6


def test_an_offer_at_home_is_not_asked_for_a_job_order() -> None:
    assert ID("ask.job_order") not in questions.questions(assessment(text="Jaga toko"), CATALOGUE, ID)


def test_a_sign_that_everybody_is_asked_about_is_asked_once() -> None:
    vague = assessment(signal("Admin", "vague_employer", Strength.MEDIUM))
    assert questions.questions(vague, CATALOGUE, ID).count(ID("ask.company")) == 1


@pytest.mark.parametrize("name", sorted(CATALOGUE.indicators))
def test_every_sign_has_a_question_or_a_reason_for_silence(name: str) -> None:
    strength = CATALOGUE.indicators[name].strength
    one = assessment(Signal(0, 5, AD[:5], name, strength))
    silent = questions.unanswered(one, CATALOGUE, ID)
    if silent:
        assert CATALOGUE.indicators[name].advice.id in "".join(b.html for b in answer(one, CATALOGUE, ID)).replace(
            "&#x27;", "'"
        )
        assert not any(block.copy for block in answer(one, CATALOGUE, ID))
    else:
        assert any(block.copy for block in answer(one, CATALOGUE, EN))


def test_no_question_is_without_its_sign() -> None:
    own = {"title", "intro", "copy", "silence", "hello", "bye", "company", "contract", "job_order"}
    assert {key.removeprefix("ask.") for key in table() if key.startswith("ask.")} - own <= set(CATALOGUE.indicators)


def test_offers_better_left_unanswered() -> None:
    silent = {
        name
        for name in CATALOGUE.indicators
        if not ID.has(f"ask.{name}") and name not in ("vague_employer", "no_contract")
    }
    assert silent == {
        "organ_trade",
        "money_mule",
        "deposit_task",
        "marriage_or_adoption_lure",
        "minor_targeting",
        "false_documents",
    }
    for name in ("vague_employer", "no_contract"):
        assert not questions.unanswered(assessment(Signal(0, 5, AD[:5], name, Strength.STRONG)), CATALOGUE, ID)
    guessed = assessment(Signal(0, 5, AD[:5], "money_mule", Strength.CRITICAL, 0.7))
    assert not questions.unanswered(guessed, CATALOGUE, ID)


# --- where to verify


def test_a_licence_is_verified_where_our_sources_say() -> None:
    html = licence_panel(RISKY, CATALOGUE, ID)
    shown = set(re.findall(r'class="value"[^>]*>([^<]+)<', html))
    assert shown <= {line.value for line in all_lines().lines}
    assert "siskop2mi.bp2mi.go.id" in shown
    assert "dicek Oktober 2025" in html
    assert "Sumber: " in html


def test_at_home_no_placement_office_is_named_as_the_one_to_call() -> None:
    assert 'class="value"' not in licence_panel(assessment(text="Jaga toko"), CATALOGUE, EN)


def test_what_the_ad_itself_claims_is_not_said_twice() -> None:
    claims = replace(RISKY, credentials=(Credential(0, 5, "Admin", "licensed_p3mi"),))
    assert CATALOGUE.credibility["licensed_p3mi"].advice.en not in licence_panel(claims, CATALOGUE, EN)


# --- card and report


def card(a: Assessment, with_contacts: bool = False, say: Say = ID) -> share_card.Card | None:
    return share_card.card_words(a, CATALOGUE, say, DAY, with_contacts)


def test_the_card_says_level_signs_help_and_day_but_nothing_of_the_ad() -> None:
    words = card(RISKY)
    assert words is not None
    assert words.headline == "Tanda bahaya kuat"
    assert words.signs == ((1, "Dokumen ditahan"), (2, "Tujuan kerja yang rawan"))
    assert words.contacts == ()
    assert words.day == "7 Maret 2026"
    assert ("SAPA 129", "129", "dicek Januari 2026") in words.help
    said = str(words)
    assert not any(piece in said for piece in ("Paspor disimpan", "3344", "kerja_cepat"))


def test_contacts_stand_on_the_card_where_asked() -> None:
    words = card(RISKY, with_contacts=True)
    assert words is not None
    assert words.contacts == ("0812-0000-3344", "@kerja_cepat")


def test_no_card_where_it_could_pass_for_an_approval() -> None:
    assert card(replace(RISKY, level=Level.LOW)) is None
    assert card(replace(RISKY, kind=Kind.NEWS)) is None


def test_the_card_is_a_small_picture_whatever_is_on_it() -> None:
    every = [Signal(i, i + 1, AD[i], name, Strength.WEAK) for i, name in enumerate(CATALOGUE.indicators)]
    names = Facts(
        contacts=tuple(Contact(0, 1, "日本" + "x" * 300, "link", "x") for _ in range(9)),
        destinations=CONTACTS.destinations,
    )
    for a in (RISKY, assessment(*every, facts=names), assessment(level=Level.CHECK)):
        for say in (ID, EN):
            words = card(a, with_contacts=True, say=say)
            assert words is not None
            png = share_card.draw_card(words, say)
            picture = Image.open(io.BytesIO(png))
            assert picture.format == "PNG"
            assert picture.width == 1080
            assert 700 < picture.height < 2600
            assert len(png) < 400_000


def test_words_are_wrapped_and_cut_to_the_width() -> None:
    lines = share_card._wrapped("satu " * 30 + "x" * 400, 36, False, 500)
    assert all(share_card._font(36, False).getlength(line) <= 500 for line in lines)
    assert "".join(lines).replace(" ", "") == "satu" * 30 + "x" * 400


def test_the_font_ships_with_its_licence() -> None:
    fonts = ROOT / "webui" / "fonts"
    assert "SIL Open Font License" in (fonts / "OFL.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in fonts.iterdir()) < 80_000
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "fonts/*" in config["tool"]["setuptools"]["package-data"]["webui"]


def test_contacts_are_dots_of_the_same_length() -> None:
    text = "Hub 0812-0000-3344, t.me/kerjacepat, @kerja_cepat, a.b@c.co. Gaji 15.000.000 per bulan, 2026-03-01."
    hidden = blanked(text)
    assert len(hidden) == len(text)
    assert not any(word in hidden for word in ("0812", "3344", "kerjacepat", "kerja_cepat", "a.b"))
    assert "Gaji 15.000.000 per bulan, 2026-03-01" in hidden


@pytest.mark.parametrize("say", [ID, EN], ids=["id", "en"])
def test_the_report_hides_contacts_unless_asked(say: Say) -> None:
    wa = signal("WA 0812-0000-3344", "private_channel_only", Strength.WEAK)
    a = assessment(KEPT, wa, facts=CONTACTS)
    page = one_page.page(a, CATALOGUE, say, DAY, with_contacts=False)
    assert "3344" not in page
    assert "kerja_cepat" not in page
    assert "Paspor disimpan kantor" in page
    shown = one_page.page(a, CATALOGUE, say, DAY, with_contacts=True)
    assert "0812-0000-3344" in shown


def test_the_report_needs_nothing_else_and_runs_nothing() -> None:
    text = '<script>alert(1)</script> <img src=x> " onmouseover=x Paspor disimpan kantor'
    a = assessment(signal("Paspor disimpan kantor", "document_retention", Strength.CRITICAL, text), text=text)
    page = one_page.page(a, CATALOGUE, ID, DAY, with_contacts=True)
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert not re.search(r"<(script|img|a|link|iframe)\b|url\(|@import|https?://", page)
    assert "&lt;script&gt;" in page


def test_a_long_ad_is_cut_and_said_to_be() -> None:
    text = "baris pertama\n" * 400
    page = one_page.page(assessment(text=text), CATALOGUE, EN, DAY, with_contacts=False)
    assert page.count("baris pertama") == 22
    assert "more letters" in page
    one_line = one_page.page(assessment(text="x" * 9000), CATALOGUE, EN, DAY, with_contacts=False)
    assert one_line.count("x" * 100) <= 11


def test_the_report_counts_the_signs_that_do_not_fit() -> None:
    every = [Signal(i, i + 1, AD[i], name, Strength.WEAK) for i, name in enumerate(CATALOGUE.indicators)]
    page = one_page.page(assessment(*every), CATALOGUE, ID, DAY, with_contacts=False)
    assert page.count("<li value=") == 8
    assert f"dan {len(every) - 8} tanda lain" in page


def test_a_report_without_signs_promises_nothing() -> None:
    assert "Ini bukan jaminan" in one_page.page(assessment(level=Level.LOW), CATALOGUE, ID, DAY, with_contacts=False)


# --- the view


class Fake:
    """Stands in for the detector: a fixed level for each text, by its first word."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.problem: Exception | None = None

    def assess(self, text: str) -> Assessment:
        self.asked.append(text)
        if self.problem:
            raise self.problem
        level = Level.LOW if text.startswith("Toko") else Level.HIGH
        found = (KEPT, PLACE) if text == AD else ()
        return assessment(*found, text=text, level=level, facts=CONTACTS if text == AD else Facts())


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    stand_in = Fake()
    monkeypatch.setattr(engine, "load", lambda: stand_in)
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(check_pictures, "read_poster", read)
    return stand_in


def read(name: str, data: bytes) -> Poster:
    """A reader that takes a file for its text."""
    if not data.strip() and name != "blank.png":
        raise PosterError("empty", "The file is empty; choose the picture again.")
    if data == b"crash":
        raise RuntimeError(AD)
    return poster(data.decode(), name) if data else Poster(name, Reading(()), ())


def start(lang: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if lang:
        app.query_params["lang"] = lang
    app.run()
    assert not app.exception
    return app


def give(app: AppTest, *files: tuple[str, str]) -> AppTest:
    app.file_uploader[0].set_value([(name, text.encode(), "image/png") for name, text in files]).run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return "\n".join(e.proto.body for e in app.get("html") if not e.proto.body.startswith("<style"))


def test_first_view_offers_pictures_quietly(fake: Fake) -> None:
    app = start()
    assert len(app.text_area) == 1
    assert len(app.file_uploader) == 1
    assert app.file_uploader[0].label == "Atau pakai gambar: poster, tangkapan layar, PDF"


def test_without_the_reader_the_text_box_works_as_always(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    app = start()
    assert len(app.file_uploader) == 0
    assert "belum dipasang" in shown(app)
    app.text_area(key="ad").set_value(AD)
    app.button[0].click().run()
    assert "Tanda bahaya kuat" in shown(app)


def test_poster_text_is_shown_before_it_is_rated(fake: Fake) -> None:
    app = give(start(), ("poster.jpg", AD))
    assert fake.asked == []
    assert app.text_area[0].value == AD
    assert "poster.jpg" in shown(app)
    assert "Tanda bahaya kuat" not in shown(app)
    app.button(key="check").click().run()
    assert fake.asked == [AD]
    html = shown(app)
    assert html.count('class="box') == 2
    assert "Tanda bahaya kuat" in html
    assert "Tulisan di gambar" in html


def test_the_corrected_text_is_what_is_rated(fake: Fake) -> None:
    app = give(start(), ("poster.jpg", "Adm1n Kamboja"))
    app.text_area[0].set_value(AD).run()
    app.button(key="check").click().run()
    assert fake.asked == [AD]


def test_an_emptied_text_is_met_kindly(fake: Fake) -> None:
    app = give(start(), ("poster.jpg", AD))
    app.text_area[0].set_value("  ").run()
    app.button(key="check").click().run()
    assert fake.asked == []
    assert "Isi dulu" in shown(app)


def test_several_pictures_are_kept_apart(fake: Fake) -> None:
    app = give(start("en"), ("a.jpg", AD), ("b.jpg", "Toko Sinar Jaya mencari penjaga"))
    app.text_area[0].set_value(AD + " ").run()
    items = app.session_state["posters"]
    app.session_state["poster"] = items[1].id
    app.run()
    assert app.text_area[0].value.startswith("Toko")
    app.session_state["poster"] = items[0].id
    app.run()
    assert app.text_area[0].value == AD + " "
    app.button(key="check_all").click().run()
    assert sorted(fake.asked) == sorted([AD + " ", "Toko Sinar Jaya mencari penjaga"])
    assert "Strong warning signs" in shown(app)
    app.session_state["poster"] = items[1].id
    app.run()
    assert "We found no strong warning signs" in shown(app)
    assert len(fake.asked) == 2


def test_a_bad_file_is_one_sentence_and_the_good_ones_stay(fake: Fake, caplog: pytest.LogCaptureFixture) -> None:
    app = give(start(), ("good.jpg", AD), ("<b>empty</b>.jpg", " "), ("odd.jpg", "crash"))
    html = shown(app)
    assert "Berkasnya kosong" in html
    assert "<b>empty</b>" not in html
    assert "tidak berhasil dibaca" in html
    assert app.text_area[0].value == AD
    assert "Kamboja" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_the_files_themselves_are_freed_once_read(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    freed: list[str] = []
    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", lambda self, session, file: freed.append(file))
    app = give(start(), ("a.jpg", AD), ("bad.jpg", " "))
    assert len(freed) == 2
    assert app.session_state["posters"][0].id in freed
    assert app.file_uploader[0].value in (None, [])


def test_only_bad_files_leave_the_first_view(fake: Fake) -> None:
    app = give(start("en"), ("empty.jpg", " "))
    assert "The file is empty, so" in shown(app)
    assert app.text_area(key="ad").value == ""
    assert len(app.file_uploader) == 1


def test_too_many_files_are_counted(fake: Fake) -> None:
    app = give(start(), *((f"{n}.jpg", AD) for n in range(MOST_FILES + 1)))
    assert len(app.session_state["posters"]) == MOST_FILES
    assert "Paling banyak 10 gambar sekaligus, jadi" in shown(app)


def test_a_picture_without_words_can_be_typed(fake: Fake) -> None:
    app = give(start(), ("blank.png", ""))
    assert "tidak menemukan tulisan" in shown(app)
    app.text_area[0].set_value(AD).run()
    app.button(key="check").click().run()
    assert "Tanda bahaya kuat" in shown(app)


def test_a_failure_keeps_the_picture_and_its_text(fake: Fake) -> None:
    fake.problem = ValueError(AD)
    app = give(start(), ("poster.jpg", AD))
    app.button(key="check").click().run()
    assert "tidak berhasil dibaca" in shown(app)
    assert app.text_area[0].value == AD


def test_another_ad_forgets_the_pictures(fake: Fake) -> None:
    app = give(start(), ("poster.jpg", AD))
    app.button(key="again").click().run()
    assert "posters" not in app.session_state or not app.session_state["posters"]
    assert app.text_area(key="ad").value == ""


def test_language_switch_keeps_picture_text_and_answer(fake: Fake) -> None:
    app = give(start(), ("poster.jpg", AD))
    app.text_area[0].set_value(AD + " ya").run()
    app.button(key="check").click().run()
    app.session_state["lang"] = "en"
    app.run()
    assert "Strong warning signs" in shown(app)
    assert app.text_area[0].value == AD + " ya"


def test_answer_offers_questions_card_and_report(fake: Fake) -> None:
    app = start()
    app.text_area(key="ad").set_value(AD)
    app.button[0].click().run()
    assert "dokumen asli" in app.code[0].value
    assert {button.key for button in app.download_button} == {"card", "report"}
    assert app.checkbox(key="with_contacts").value is False


def test_low_has_a_report_but_no_card(fake: Fake) -> None:
    app = start()
    app.text_area(key="ad").set_value("Toko Sinar Jaya mencari penjaga toko")
    app.button[0].click().run()
    assert {button.key for button in app.download_button} == {"report"}
    assert "jaminan" in shown(app)
    assert len(app.checkbox) == 0


def test_pasted_text_and_answer_survive_a_look_at_another_view(fake: Fake) -> None:
    app = start()
    app.text_area(key="ad").set_value(AD)
    app.button[0].click().run()
    for view in ("about", "check"):
        app.session_state["view"] = view
        app.run()
    assert app.text_area(key="ad").value == AD
    assert "Tanda bahaya kuat" in shown(app)


def test_a_real_picture_is_read_and_rated() -> None:
    if not ocr.available():
        pytest.skip("the extra 'ocr' is not installed; pip install 'lure-detector[ocr]'")
    from PIL import ImageDraw

    picture = Image.new("RGB", (900, 260), "white")
    for row, line in enumerate(("LOWONGAN KERJA KAMBOJA", "Paspor disimpan kantor")):
        ImageDraw.Draw(picture).text((40, 40 + 90 * row), line, "black", share_card._font(44, True))
    out = io.BytesIO()
    picture.save(out, "PNG")
    app = start()
    app.file_uploader[0].set_value([("poster.png", out.getvalue(), "image/png")]).run(timeout=60)
    assert not app.exception
    assert "KAMBOJA" in app.text_area[0].value
    app.button(key="check").click().run(timeout=60)
    assert 'class="box' in shown(app)

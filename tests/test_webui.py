"""The page's helpers: every word in both languages, nothing from an ad becomes markup, the answer says what it must."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import webui
from detector.assessment import (
    Assessment,
    Credential,
    Facts,
    Kind,
    Level,
    Pattern,
    Pay,
    Place,
    Signal,
    Strength,
    Term,
)
from detector.facts.benchmark import benchmark
from detector.help import MAX_ITEMS, all_items, all_lines, checklist, help_lines
from detector.indicators.compiled import shipped
from webui import cards, pay_chart
from webui.check_view import answer
from webui.examples import examples
from webui.highlight import MAX_SHOWN, marked, pieces
from webui.markup import plain, shorten, untrusted
from webui.words import LANGUAGES, Say, table

WEBUI = Path(webui.__file__).parent
CATALOGUE = shipped()
ID, EN = Say("id"), Say("en")
AD = "Admin Kamboja gaji 15 juta, tanpa pengalaman. Paspor disimpan kantor."
NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert('1')",
    "</mark></div><style>*{display:none}</style>",
    "**tebal** [klik](https://example.invalid) :smile: # judul",
    "$\\LaTeX$ \\(x^2\\) `kode`",
    "gaji \u202e000.51\u202c juta \u2066x\u2069",
    "a" * 5000,
    "nul\x00l\x1b[31m",
    "&lt;b&gt; &amp; 日本語 العربية",
)


def signal(text: str, words: str, indicator: str, strength: Strength = Strength.MEDIUM) -> Signal:
    start = text.index(words)
    return Signal(start, start + len(words), words, indicator, strength)


def assessment(text: str = AD, **changes: object) -> Assessment:
    base = Assessment(text, Kind.ADVERT, Level.HIGH, Pattern.TRAFFICKING_RISK, 0.9, "id")
    return replace(base, **changes)  # type: ignore[arg-type]


def page(rated: Assessment, say: Say = ID) -> str:
    return "\n".join(block.html for block in answer(rated, CATALOGUE, say))


class Tags(HTMLParser):
    """Collects elements and attributes, and checks that they nest."""

    VOID = frozenset({"input"})

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parse(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    tags.close()
    assert tags.open == []
    return tags


# --- words


@pytest.mark.parametrize("key", sorted(table()))
def test_every_string_has_both_languages_and_the_same_blanks(key: str) -> None:
    entry = table()[key]
    assert set(entry) == set(LANGUAGES)
    assert all(text.strip() for text in entry.values())
    blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in entry.values()]
    assert blanks[0] == blanks[1]


def test_no_string_accuses_or_promises_safety() -> None:
    accuses = re.compile(r"perdagangan orang|trafficking|\baman\b|\bsafe\b", re.IGNORECASE)
    assert [key for key, entry in table().items() if any(accuses.search(text) for text in entry.values())] == []


def test_every_string_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in WEBUI.glob("*.py"))
    families = (
        "nav.", "level.", "sentence.", "kind.", "note.", "strength.", "month.", "seeker.", "ask.", "picture.error.",
        "cases.fault.", "about.", "book.keeps.", "book.part.", "book.count.", "book.level.", "book.kind.", "book.why.",
        "book.order.", "book.genre.", "book.left_out.", "book.rows_reviewers.", "book.backup", "book.export", "book.rows",
    )  # fmt: skip
    unused = [key for key in table() if not re.search(f"[\"']{key}[\"']", code) and not key.startswith(families)]
    assert unused == []


def test_dates_and_months() -> None:
    assert ID.month("2025-12") == "Desember 2025"
    assert EN.month("2026-01") == "January 2026"
    assert EN.month("2025") == "2025"


# --- help lines and checklist


def test_help_lines_put_the_country_first_and_leave_others_out() -> None:
    ids = [line.id for line in help_lines("KH")]
    assert ids[0] == "kbri_phnom_penh"
    assert "vietnam_111" not in ids
    assert "kbri_phnom_penh" not in [line.id for line in help_lines()]


def test_lines_for_people_abroad_are_not_shown_for_work_at_home() -> None:
    assert "kp2mi_abroad" in [line.id for line in help_lines()]
    assert "kp2mi_abroad" not in [line.id for line in help_lines("ID")]
    assert "kp2mi_abroad" in [line.id for line in help_lines(["ID", "MY"])]


def test_unconfirmed_numbers_are_not_shipped() -> None:
    digits = {re.sub(r"\D", "", line.value) for line in all_lines().lines}
    assert not digits & {"110", "148", "1500630", "6281290070027"}


def test_links_dial_the_number_that_is_shown() -> None:
    for line in all_lines().lines:
        if line.kind == "web":
            assert line.link == f"https://{line.value}"
        else:
            shown, dialled = (re.sub(r"\D", "", value).removeprefix("62") for value in (line.value, line.link))
            assert dialled == shown.removeprefix("0") or dialled == shown


def test_every_indicator_has_a_check_that_answers_it() -> None:
    answered = {name for item in all_items() for name in item.indicators}
    assert set(CATALOGUE.indicators) <= answered
    assert len(answered) == 30


@pytest.mark.parametrize(
    ("found", "countries", "present", "absent"),
    [
        (["high_risk_destination", "unrealistic_pay"], ["KH"], "destination_open", "tell_family"),
        (["deposit_task"], [], "no_transfer", "check_p3mi"),
        (["document_retention"], ["ID"], "keep_documents", "work_visa"),
        ([], ["TW"], "check_p3mi", "destination_open"),
        ([], [], "contract", "no_transfer"),
        (["irregular_migration"], [], "work_visa", "tell_family"),
    ],
)
def test_checklist_fits_the_ad(found: list[str], countries: list[str], present: str, absent: str) -> None:
    ids = [item.id for item in checklist(found, countries)]
    assert present in ids
    assert absent not in ids
    assert len(ids) <= MAX_ITEMS
    assert any(name.startswith("tell_family") for name in ids)


def test_checklist_of_everything_is_still_short_and_in_order() -> None:
    every = checklist(CATALOGUE.indicators, ["KH"])
    order = [item.id for item in all_items()]
    assert len(every) == MAX_ITEMS
    assert [item.id for item in every] == sorted((item.id for item in every), key=order.index)


# --- markup and highlighting


@pytest.mark.parametrize("text", NASTY)
def test_nothing_from_an_ad_becomes_markup(text: str) -> None:
    ad = f"Loker {text} gaji besar"
    rated = assessment(
        ad,
        signals=(Signal(6, 6 + len(text), text, "unrealistic_pay", Strength.MEDIUM),),
        credentials=(Credential(0, 5, "Loker", "licensed_p3mi"),),
        terms=(Term(6 + len(text), len(ad), ad[6 + len(text) :], 1.0), Term(6, 6 + len(text), text, 2.0)),
    )
    tags = parse(page(rated))
    allowed = "section h1 h2 p span ul ol li div bdi mark details summary b q a label input"
    assert set(tags.names) <= set(allowed.split())
    assert tags.attributes <= {
        "class", "href", "rel", "title", "aria-label", "aria-hidden", "role", "open", "type"
    }  # fmt: skip
    for char in "\u202e\u202c\u2066\u2069\x00\x1b":
        assert char not in tags.text


@pytest.mark.parametrize("text", NASTY)
def test_text_survives_the_marking(text: str) -> None:
    shown = parse(marked(text, (), (), {}, {}, ID)).text
    assert shown == re.sub("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", "", text)


def test_links_and_numbers_in_an_ad_are_not_links() -> None:
    text = "WA 0812-3456-7890 atau https://contoh.invalid/daftar"
    assert "<a" not in marked(text, (), (), {}, {}, ID)
    assert untrusted(text).startswith("<bdi>")


def test_pieces_cover_the_text_once() -> None:
    spans = [
        Signal(2, 9, "", "a", Strength.WEAK),
        Signal(5, 12, "", "b", Strength.STRONG),
        Signal(12, 14, "", "a", Strength.WEAK),
        Signal(18, 18, "", "a", Strength.WEAK),
        Signal(19, 99, "", "a", Strength.WEAK),
    ]
    cut = pieces(20, spans, [Credential(0, 1, "", "c")])
    assert [(p.start, p.end) for p in cut] == [(0, 1), (1, 2), (2, 12), (12, 14), (14, 20)]
    assert [s.indicator for s in cut[2].signals] == ["a", "b"]
    assert pieces(0, spans, []) == []


def test_a_mark_has_colour_number_and_label_and_repeats_are_short() -> None:
    text = "tanpa pengalaman, tanpa ijazah \n"
    signals = [
        signal(text, "tanpa pengalaman", "low_bar_high_reward"),
        signal(text, "tanpa ijazah \n", "low_bar_high_reward"),
    ]
    html = marked(text, signals, (), {"low_bar_high_reward": 4}, {"low_bar_high_reward": "Syarat mudah"}, ID)
    assert html.count("Syarat mudah</span>") == 1
    assert html.count("<b>4</b>") == 2
    assert '<mark class="m-medium">tanpa ijazah</mark>' in html


def test_the_graver_sign_colours_a_shared_mark() -> None:
    signals = [
        signal(AD, "gaji 15 juta, tanpa", "unrealistic_pay", Strength.WEAK),
        signal(AD, "tanpa pengalaman", "low_bar_high_reward", Strength.STRONG),
    ]
    html = marked(AD, signals, (), {"unrealistic_pay": 2, "low_bar_high_reward": 1}, {}, ID)
    assert html.count("<mark") == 1
    assert '<mark class="m-strong">gaji 15 juta, tanpa pengalaman</mark>' in html


def test_very_long_texts_are_cut_aloud() -> None:
    html = marked("kata " * MAX_SHOWN, (), (), {}, {}, ID)
    assert len(html) < MAX_SHOWN + 200
    assert ID("ad.cut") in html


def test_shorten_and_plain() -> None:
    assert shorten("satu dua\n tiga", 90) == "satu dua tiga"
    assert shorten("satu dua tiga empat", 12) == "satu dua…"
    assert len(shorten("a" * 500)) == 91
    assert plain("\"<'&") == "&quot;&lt;&#x27;&amp;"


# --- cards


def test_findings_are_numbered_gravest_first_and_merge_repeats() -> None:
    rated = assessment(
        signals=(
            signal(AD, "Admin", "vague_job_generic_role", Strength.WEAK),
            signal(AD, "Kamboja", "high_risk_destination", Strength.STRONG),
            signal(AD, "Paspor disimpan", "document_retention", Strength.CRITICAL),
            signal(AD, "gaji", "vague_job_generic_role", Strength.MEDIUM),
        )
    )
    found = cards.findings(rated)
    assert [(f.number, f.indicator) for f in found] == [
        (1, "document_retention"), (2, "high_risk_destination"), (3, "vague_job_generic_role")
    ]  # fmt: skip
    assert found[2].strength is Strength.MEDIUM
    assert len(found[2].signals) == 2


def test_praised_pay_is_not_called_too_high_below_the_usual() -> None:
    praised = signal(AD, "gaji", "unrealistic_pay", Strength.MEDIUM)
    for ratio, label in ((0.4, "Pay praised beyond measure"), (3.0, "Pay too good to be true")):
        pay = Pay(praised.start, praised.end, praised.evidence, "IDR", 2e6, 2e6, "month", ratio=ratio)
        rated = assessment(signals=(praised,), facts=Facts(pay=pay))
        assert cards.labels(rated, shipped(), EN) == {"unrealistic_pay": label}
        card = parse(cards.sign_cards(cards.findings(rated), shipped(), EN)).text
        assert label in card
        assert ("far above" in card) == (ratio > 1)


@pytest.mark.parametrize("say", [ID, EN], ids=["id", "en"])
def test_a_card_says_what_why_ask_and_source(say: Say) -> None:
    rated = assessment(signals=(signal(AD, "Kamboja", "high_risk_destination", Strength.STRONG),))
    text = parse(page(rated, say)).text
    entry = CATALOGUE.indicators["high_risk_destination"]
    for part in (entry.label, entry.definition, entry.why, entry.advice):
        assert say.pick(part) in text
    assert f"{entry.sources[0].authority} ({entry.sources[0].year})" in text
    assert "Kamboja" in text


def test_unknown_ids_are_left_out() -> None:
    rated = assessment(
        signals=(signal(AD, "gaji", "not_yet_known"),),
        credentials=(Credential(0, 5, "Admin", "not_yet_known_either"),),
        reasons=("nobody_knows",),
        note="nobody_knows",
    )
    html = page(rated)
    assert "not_yet_known" not in html
    assert "nobody_knows" not in html
    assert "<mark" not in html


def test_words_of_the_model_are_shown_only_where_no_card_explains_them() -> None:
    terms = (
        Term(0, 5, "Admin", 0.4),
        Term(6, 13, "Kamboja", 0.9),
        Term(14, 18, "gaji", -0.5),
    )
    html = cards.term_chips(terms, [signal(AD, "Kamboja", "high_risk_destination")])
    assert "admin" in html
    assert "amboja" not in html
    assert "gaji" not in html


# --- pay

CAMBODIA = Pay(0, 4, "gaji", "IDR", 12e6, 15e6, "month", 12e6, 15e6, 12_000_000, 15_000_000,
               3_465_000, "KH.general", "upah minimum", 2026, 3.9)  # fmt: skip


def test_pay_bars_compare_with_there_and_home() -> None:
    assert benchmark("KH.general") is not None
    drawn = pay_chart.bars(CAMBODIA, ID)
    assert [bar.colour for bar in drawn] == [pay_chart.PROMISED, pay_chart.THERE, pay_chart.HOME]
    assert "Rp 12–15 juta" in drawn[0].label
    assert "Kamboja" in drawn[1].label


@pytest.mark.parametrize("say", [ID, EN], ids=["id", "en"])
def test_the_chart_has_its_words(say: Say) -> None:
    blocks = answer(assessment(facts=Facts(pay=CAMBODIA)), CATALOGUE, say)
    drawn = [block for block in blocks if block.chart is not None]
    assert len(drawn) == 1
    assert drawn[0].caption == say("pay.rounded")
    assert drawn[0].alt == pay_chart.sentence(CAMBODIA, say)
    assert any(plain(drawn[0].alt) in block.html for block in blocks)
    assert drawn[0].chart is not None
    assert drawn[0].chart.to_dict()["config"]["view"]["stroke"] is None


def test_pay_by_the_piece_has_words_and_no_chart() -> None:
    piece = Pay(0, 4, "gaji", "IDR", 5e4, 5e4, "piece")
    assert pay_chart.chart(piece, ID) is None
    blocks = answer(assessment(facts=Facts(pay=piece)), CATALOGUE, ID)
    assert any(ID("pay.title") in block.html for block in blocks)


def test_rates_are_mentioned_only_where_one_was_used() -> None:
    assert pay_chart.caption(replace(CAMBODIA, benchmark_id="ID.highest"), ID) == ID("pay.monthly")


def test_unconfirmed_benchmarks_are_not_drawn() -> None:
    drawn = pay_chart.bars(replace(CAMBODIA, benchmark_id="AE.general"), ID)
    assert [bar.colour for bar in drawn] == [pay_chart.PROMISED, pay_chart.HOME]


# --- the answer


@pytest.mark.parametrize("say", [ID, EN], ids=["id", "en"])
@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("pattern", list(Pattern))
def test_every_level_and_pattern_has_its_words(level: Level, pattern: Pattern, say: Say) -> None:
    html = page(assessment(level=level, pattern=pattern), say)
    assert plain(say(f"level.{level.value}")) in html
    assert f'class="verdict v-{level.value}"' in html
    parse(html)


def test_nothing_found_puts_the_checks_before_everything_else() -> None:
    html = page(assessment(level=Level.LOW, pattern=Pattern.NONE))
    assert html.index(plain(ID("checklist.title"))) < html.index(plain(ID("ad.title")))
    assert "bukan jaminan" in html


@pytest.mark.parametrize("kind", [k for k in Kind if k not in (Kind.ADVERT, Kind.QUESTION)])
@pytest.mark.parametrize("say", [ID, EN], ids=["id", "en"])
def test_other_kinds_are_not_rated(kind: Kind, say: Say) -> None:
    html = page(assessment(kind=kind, level=Level.LOW, pattern=Pattern.NONE), say)
    assert plain(say(f"kind.{kind.value}")) in html
    assert not any(plain(say(f"level.{level.value}")) in html for level in Level)
    parse(html)


def test_testimony_gets_help_before_anything_else() -> None:
    place = Place(0, 7, "Kamboja", "KH", "Kamboja", 1)
    html = page(assessment("Kamboja", kind=Kind.TESTIMONY, level=Level.LOW, facts=Facts(destinations=(place,))))
    assert "bukan salah Anda" in html
    assert html.index("KBRI Phnom Penh") < html.index("Lihat tulisan")
    assert html.index("KBRI Phnom Penh") < html.index("0-800-1000")


def test_a_question_is_rated_by_the_offer_it_quotes() -> None:
    html = page(assessment(kind=Kind.QUESTION, level=Level.CHECK, note="question_quotes_offer"))
    assert plain(ID("level.check")) in html
    assert plain(ID("note.question_quotes_offer")) in html


@pytest.mark.parametrize("note", ["empty", "too_short", "no_words"])
def test_a_text_that_cannot_be_judged_is_told_so(note: str) -> None:
    html = page(assessment("ok", kind=Kind.OTHER, level=Level.LOW, note=note))
    assert plain(ID(f"note.{note}")) in html
    assert plain(ID("kind.other")) not in html


def test_examples_are_six_and_distinct() -> None:
    assert len(examples()) == 6
    assert len({example.text for example in examples()}) == 6
    assert [example.id for example in examples() if "testimony" in example.id] == ["testimony"]

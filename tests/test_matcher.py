"""The matcher's guards, on a small catalogue of its own."""

from __future__ import annotations

import pytest

from detector.indicators.catalogue import Catalogue, CatalogueError, parse
from detector.indicators.compiled import compile_catalogue
from detector.indicators.literals import required
from detector.indicators.matcher import Encoded, Match, Matcher, strongest_per_place
from detector.text.normalise import normalise
from detector.text.segments import Segments

WORDS = {"id": "aa", "en": "aa"}


def catalogue(rules: list[dict], **extra: object) -> Catalogue:
    entry = {
        "id": "sign",
        "label": WORDS, "definition": WORDS, "why": WORDS, "advice": WORDS,
        "strength": "medium",
        "sources": [{"authority": "ILO", "year": 2012}],
        "languages": {"id": {"rules": rules, "examples_yes": ["x"] * 5, "examples_no": ["x"] * 5, **extra}},
    }  # fmt: skip
    shared = {
        "contexts": {"overseas": [r"\bluar negeri\b"]},
        "negators": ["tidak(?: pernah| ada)?", "tanpa", "no", "never"],
        "negators_after": ["tidak ada", "gratis"],
    }
    return parse({"a.yaml": {"family": "f", "label": WORDS, "indicators": [entry]}, "contexts.yaml": shared})


def found(text: str, rules: list[dict], **extra: object) -> list[str]:
    engine = Matcher(compile_catalogue(catalogue(rules, **extra)))
    folded = normalise(text)
    encoded = Encoded(folded.text)
    matches = engine.find(encoded, Segments(folded.text), engine.contexts(encoded))
    return [folded.span(m.start, m.end).evidence for m in strongest_per_place(matches)]


FEE = [{"phrases": ["biaya pendaftaran"], "patterns": [r"ijazah[^.\n]{0,30}ditahan"]}]


@pytest.mark.parametrize(
    "text",
    [
        "Ada biaya pendaftaran",
        "BIAYA PENDAFTARAN 200rb",
        "biaya\npendaftaran",
        "biaya pendaftarannya murah",
        "Ijazah asli akan ditahan",
    ],
)
def test_finds(text: str) -> None:
    assert found(text, FEE)


@pytest.mark.parametrize(
    "text",
    [
        "tidak ada biaya pendaftaran",
        "Kami tidak pernah memungut biaya pendaftaran",
        "tanpa biaya pendaftaran",
        "biaya pendaftaran: tidak ada",
        "biaya pendaftaran GRATIS",
        "ijazah asli tidak ditahan",
        "biaya pendaftarannyaku",
        "prabiaya pendaftaran",
    ],
)
def test_negation_and_word_boundaries(text: str) -> None:
    assert not found(text, FEE)


def test_negation_ends_with_the_clause() -> None:
    assert found("Tidak perlu pengalaman, biaya pendaftaran 200rb", FEE) == ["biaya pendaftaran"]
    assert found("Tidak perlu pengalaman. Biaya pendaftaran 200rb", FEE) == ["Biaya pendaftaran"]
    assert found("gaji tidak dipotong tapi ada biaya pendaftaran", FEE)


def test_negation_carries_through_a_list() -> None:
    rules = [{"phrases": ["biaya pendaftaran", "biaya seragam"]}]
    assert not found("tidak ada biaya pendaftaran, biaya seragam", rules)


def test_a_negation_that_the_pattern_asks_for_does_not_cancel() -> None:
    rules = [
        {"patterns": [r"\b(tanpa|bebas) visa\b", r"\bmasuk\b[^.]{0,20}\bvisa\b", r"\b(tanpa surat|isi) .{0,9}data\b"]}
    ]
    assert found("Masuk tanpa visa", rules) == ["tanpa visa"]  # any word would do in the second pattern
    assert not found("isi tanpa data", rules)  # "tanpa" stands in the pattern, but not at this place


def test_not_negatable_rule_keeps_its_match() -> None:
    assert found("no fee, tanpa kontrak", [{"phrases": ["tanpa kontrak"], "negatable": False}]) == ["tanpa kontrak"]


def test_do_not_trigger_acts_in_its_sentence_only() -> None:
    guard = {"do_not_trigger": [r"\bseminar\b"]}
    assert not found("biaya pendaftaran seminar 50rb", FEE, **guard)
    assert found("Ikut seminar. Biaya pendaftaran kerja 50rb", FEE, **guard)


def test_required_and_excluded_context() -> None:
    needs = [{"phrases": ["admin"], "requires": ["overseas"]}]
    assert not found("admin toko", needs)
    assert found("admin di luar negeri", needs)
    without = [{"phrases": ["admin"], "unless": ["overseas"]}]
    assert found("admin toko", without)
    assert not found("admin di luar negeri", without)


def test_the_stronger_of_two_overlapping_matches_stays() -> None:
    matches = strongest_per_place(
        [
            Match("a", _strength("weak"), 0, 20),
            Match("a", _strength("strong"), 5, 10),
            Match("b", _strength("weak"), 5, 10),
        ]
    )
    assert [(m.entry, m.start) for m in matches] == [("a", 5), ("b", 5)]


def _strength(name: str):
    from detector.assessment import Strength

    return Strength(name)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"patterns": ["(?=x)"]}, "RE2 cannot compile"),
        ({"patterns": ["x*"]}, "matches the empty string"),
        ({"phrases": ["x"], "colour": "red"}, "Extra inputs"),
        ({"phrases": ["x"], "requires": ["nowhere"]}, "unknown context"),
    ],
)
def test_bad_rules_are_refused_with_the_place(change: dict, message: str) -> None:
    with pytest.raises(CatalogueError, match=message) as problem:
        catalogue([change])
    assert "sign" in str(problem.value)


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(CatalogueError, match="write at least 5"):
        catalogue(FEE, examples_yes=["one"])


def test_the_same_id_twice_is_refused() -> None:
    one = catalogue(FEE).indicators["sign"].model_dump(mode="json", exclude={"family"})
    file = {"family": "f", "label": WORDS, "indicators": [one]}
    with pytest.raises(CatalogueError, match="exists twice"):
        parse({"a.yaml": file, "b.yaml": {**file, "family": "g"}})


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(gaji|upah) \d+ ?(jt|juta)", "gaji 5 jt"),
        (r"\b(dp|panjar)( dulu)?\b", "panjar"),
        (r"(?m)^wa ?[:.]? ?0\S+", "wa: 0812"),
        (r"x{2,}|rahasia", "xx"),
        (r"(ab?){2}c", "aabc"),
        (r"[ab]\d?[cd]+e", "b1dce"),
    ],
)
def test_a_match_holds_a_piece_of_every_required_set(pattern: str, text: str) -> None:
    sets = required(pattern)
    assert sets
    assert all(any(piece in text for piece in pieces) for pieces in sets)


@pytest.mark.parametrize("pattern", [r"\d+", r"\w+ ?\w+", r"a?b?", r"(?i:gaji)"])
def test_a_pattern_without_required_words_is_always_tried(pattern: str) -> None:
    assert all(len(min(pieces, key=len)) < 2 for pieces in required(pattern))


def test_offsets_are_characters_also_behind_multibyte_letters() -> None:
    assert found("ngày đẹp — biaya pendaftaran é ijazah asli akan ditahan", FEE) == [
        "biaya pendaftaran",
        "ijazah asli akan ditahan",
    ]


@pytest.mark.parametrize("text", ["ต้อง สำรองจ่าย ก่อน", "ต้อง ส\u0e4d\u0e32รองจ่าย ก่อน"])
def test_thai_patterns_are_written_as_people_type(text: str) -> None:
    assert found(text, [{"patterns": ["สำรอง(จ่าย|เงิน)"]}]) == [text.split()[1]]
    assert found(text, [{"phrases": ["สำรองจ่าย"]}]) == [text.split()[1]]

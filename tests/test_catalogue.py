"""The catalogue that ships: complete, and every example of every entry does what it says."""

from __future__ import annotations

import gzip
import re

import pytest

from detector.assessment import Strength
from detector.detector import prepare
from detector.indicators import catalogue as reading
from detector.indicators import compiled
from detector.indicators.catalogue import Entry

INDICATORS = [
    "organ_trade",
    "document_retention",
    "debt_bondage",
    "exit_penalty",
    "irregular_migration",
    "false_documents",
    "secrecy_instruction",
    "movement_control",
    "scam_gambling_work",
    "minor_targeting",
    "sexual_exploitation_cue",
    "marriage_or_adoption_lure",
    "high_risk_destination",
    "unrealistic_pay",
    "low_bar_high_reward",
    "vague_employer",
    "vague_job_generic_role",
    "private_channel_only",
    "upfront_fee",
    "all_expenses_advance",
    "urgency_fast_departure",
    "no_contract",
    "excessive_hours",
    "discriminatory_targeting",
    "hype_mass_recruitment",
    "impersonated_employer",
    "deposit_task",
    "identity_data_request",
    "money_mule",
    "fake_selection_letter",
]
SIGNS = [
    "licensed_p3mi",
    "job_order_no",
    "gov_scheme",
    "siskop_registration",
    "named_employer_address",
    "company_domain_email",
    "written_contract",
    "fees_disclosed_zero",
    "specific_requirements",
    "itemised_deductions",
    "office_interview",
    "social_security",
    "realistic_pay",
    "job_board_channel",
]

CATALOGUE = compiled.shipped()
ENTRIES: list[Entry] = [*CATALOGUE.indicators.values(), *CATALOGUE.credibility.values()]
CASES = [
    pytest.param(entry.id, text, expected, id=f"{entry.id}-{language}-{'yes' if expected else 'no'}-{n}")
    for entry in ENTRIES
    for language, rules in entry.languages.items()
    for expected, texts in ((True, rules.examples_yes), (False, rules.examples_no))
    for n, text in enumerate(texts)
]


def test_every_id_of_the_domain_is_there() -> None:
    assert sorted(CATALOGUE.indicators) == sorted(INDICATORS)
    assert sorted(CATALOGUE.credibility) == sorted(SIGNS)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_every_entry_has_the_main_languages(entry: Entry) -> None:
    assert {"id", "en", "ms"} <= entry.languages.keys()


def test_strengths_of_the_domain() -> None:
    strength = {i.id: i.strength for i in CATALOGUE.indicators.values()}
    for name in (
        "organ_trade",
        "document_retention",
        "false_documents",
        "secrecy_instruction",
        "deposit_task",
        "money_mule",
    ):
        assert strength[name] is Strength.CRITICAL
    assert strength["hype_mass_recruitment"] is Strength.WEAK


@pytest.mark.parametrize(("entry", "text", "expected"), CASES)
def test_example(entry: str, text: str, expected: bool) -> None:
    prepared = prepare(text)
    found = {s.indicator for s in prepared.signals} | {c.id for c in prepared.credentials}
    assert (entry in found) is expected
    for span in (*prepared.signals, *prepared.credentials):
        assert text[span.start : span.end] == span.evidence


@pytest.mark.parametrize(
    ("entry", "text", "evidence"),
    [
        ("sexual_exploitation_cue", "Send full body pictures", "body pictures"),
        ("sexual_exploitation_cue", "kerja LC, makin ramah makin banyak tips", "makin ramah makin banyak tips"),
        ("minor_targeting", "umur 16 tahun juga gppa", "umur 16 tahun juga gppa"),
        ("organ_trade", "jual sebelah ginjalnya", "jual sebelah ginjalnya"),
    ],
)
def test_the_last_word_is_found_whole(entry: str, text: str, evidence: str) -> None:
    assert evidence in [s.evidence for s in prepare(text).signals if s.indicator == entry]


def test_longer_alternatives_stand_first_where_a_pattern_ends() -> None:
    # RE2 takes the first that fits: with "(ok|okay)" it finds "ok" in "okay", which is no whole word, and drops it.
    for pattern in compiled.patterns(CATALOGUE):
        last = re.search(r"\((?:\?:)?([\w |]+)\)\??\Z", pattern)
        words = last[1].split("|") if last else []
        for i, word in enumerate(words):
            cut = [w for w in words[:i] if w and word.startswith(w) and word[len(w) :][:1].isalnum()]
            assert not cut, f"{word!r} must stand before {cut} in ...{pattern[-80:]}"


def test_the_compiled_file_is_made_from_the_yaml_files_as_they_are() -> None:
    content = reading.sources()
    made = compiled.compile_catalogue(reading.read(content))
    now = gzip.decompress(compiled.dump(made, compiled.digest(content)))
    shipped = gzip.decompress((reading.folder() / compiled.FILE).read_bytes())
    assert shipped == now, "the indicators have changed; run: make catalogue"


def test_an_outdated_compiled_file_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    content = {name: data.replace(b"Kamboja", b"Kamboja ") for name, data in reading.sources().items()}
    monkeypatch.setattr(reading, "sources", lambda: content)
    assert compiled.load.__wrapped__().catalogue != compiled.shipped()

"""Signals that come from facts: destination, pay ratio, private channel, borrowed name; and the contexts they give."""

from __future__ import annotations

import pytest

from detector.assessment import Facts, Pay, Signal, Strength
from detector.facts.contacts import find_contacts
from detector.facts.destination import find_places
from detector.facts.employer import find_employer
from detector.indicators.derived import derive, fact_contexts
from detector.text.normalise import normalise


def pay(ratio: float | None) -> Pay:
    return Pay(0, 4, "gaji", currency="IDR", low=1e7, high=1e7, period="month", ratio=ratio)


def facts_of(text: str, language: str = "id", ratio: float | None = None) -> Facts:
    normal = normalise(text)
    destinations, origins = find_places(normal)
    contacts = find_contacts(normal, language)
    stated = pay(ratio) if ratio is not None else None
    return Facts(stated, tuple(destinations), tuple(origins), tuple(contacts), find_employer(normal, contacts))


def signals(text: str, language: str = "id", ratio: float | None = None) -> dict[str, Signal]:
    normal, facts = normalise(text), facts_of(text, language, ratio)
    found = derive(normal, facts, fact_contexts(facts, normal.text), language)
    for signal in found:
        assert text[signal.start : signal.end] == signal.evidence or signal.indicator == "unrealistic_pay"
    return {s.indicator: s for s in found}


@pytest.mark.parametrize(
    ("text", "language", "evidence"),
    [
        ("Loker admin Kamboja, gaji 12 juta, minat WA 081234567890", "id", "Kamboja"),
        ("Dibutuhkan CS penempatan Poipet, Kamboja", "id", "Poipet"),
        ("🇲🇲 operator komputer, gaji 1000 USD", "id", "🇲🇲"),
        ("Hiring data encoder in Phnom Penh, free ticket", "en", "Phnom Penh"),
        ("Kerja di Mae Sot, gaji 15 juta, tinggal berangkat", "id", "Mae Sot"),
        ("Jawatan kosong khidmat pelanggan di Kemboja", "ms", "Kemboja"),
        ("Tuyển nhân viên CSKH làm việc tại Campuchia lương 800 USD", "vi", "Campuchia"),
        ("รับสมัครแอดมิน ทำงานที่ปอยเปต", "th", "ปอยเปต"),
        ("招聘打字员 西港 月薪2万", "zh", "西港"),
        ("Trabaho sa Cambodia, data encoder, libreng ticket", "fil", "Cambodia"),
        ("Loker PT Maju Jaya penempatan Laos", "id", "Laos"),
        ("Butuh admin. Transit Bangkok, kerja di Myawaddy", "id", "Myawaddy"),
    ],
)
def test_high_risk_destination(text: str, language: str, evidence: str) -> None:
    signal = signals(text, language)["high_risk_destination"]
    assert (signal.strength, signal.evidence.strip()) == (Strength.STRONG, evidence)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Loker admin Thailand, mess dan makan gratis", "id"),
        ("Butuh customer service di Dubai, tiket ditanggung", "id"),
        ("Dicari telemarketing Manila, gaji dolar", "id"),
        ("Chat operator in Bangkok, visa and ticket covered", "en"),
        ("客服 曼谷 高薪 招聘", "zh"),
    ],
)
def test_bait_destination(text: str, language: str) -> None:
    assert signals(text, language)["high_risk_destination"].strength is Strength.MEDIUM


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Paket wisata Kamboja dan Vietnam 4 hari", "id"),
        ("Bukan Kamboja! Penempatan Singapura, restoran", "id"),
        ("WNI dipulangkan dari Kamboja, keluarga kerja sama dengan polisi", "id"),
        ("Loker waiter hotel Dubai, kontrak 2 tahun", "id"),
        ("PT Maju Jaya Abadi: customer service di Bangkok", "id"),
        ("Loker pabrik Taiwan, gaji NT$29.500", "id"),
        ("Hiring call center agents in Makati, walk-in", "en"),
        ("Looking for CSR in Pasay City", "fil"),
        ("รับสมัครแอดมิน กรุงเทพ", "th"),
        ("Tuyển công nhân tại Tây Ninh lương 8 triệu", "vi"),
        ("Loker kasir di Bandung", "id"),
        ("Kamboja terletak di Asia Tenggara", "id"),
        ("Ex Kamboja tidak diterima, kerja di Batam", "id"),
        ("Bisa bahasa Thailand, kantor Jakarta, loker CS", "id"),
    ],
)
def test_ordinary_destination(text: str, language: str) -> None:
    assert "high_risk_destination" not in signals(text, language)


@pytest.mark.parametrize(
    ("text", "ratio", "strength"),
    [
        ("Loker Kamboja admin", 2.6, Strength.MEDIUM),
        ("Loker Kamboja admin", 4.5, Strength.STRONG),
        ("Loker Kamboja admin", 2.5, None),
        ("Loker Taiwan pabrik", 1.2, None),
        ("Kerja online tanpa pengalaman, modal HP", 3.0, Strength.MEDIUM),
        ("Manajer pabrik di Bandung, pengalaman 10 tahun", 3.0, None),
        ("Kasir di Bandung, lulusan SMP", 5.0, Strength.STRONG),
        ("Loker apa saja", None, None),
    ],
)
def test_unrealistic_pay(text: str, ratio: float | None, strength: Strength | None) -> None:
    signal = signals(text, ratio=ratio).get("unrealistic_pay")
    assert (signal.strength if signal else None) is strength


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Kasir toko, minat WA 081234567890", Strength.WEAK),
        ("Kerja di Malaysia, minat WA 081234567890", Strength.MEDIUM),
        ("Kerja di Malaysia, hubungi tele @kerja_luar", Strength.MEDIUM),
        ("Kerja di Malaysia, WA 081234567890 atau hrd@maju.co.id", None),
        ("Kasir toko, datang langsung ke Jl. Merdeka 1 atau WA 081234567890", None),
        ("Kasir toko di Bandung", None),
    ],
)
def test_private_channel(text: str, strength: Strength | None) -> None:
    signal = signals(text).get("private_channel_only")
    assert (signal.strength if signal else None) is strength


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Rekrutmen PT Pertamina (Persero) 2026, daftar WA 081234567890", True),
        ("Loker PLN, daftar di rekrutmen-pln2026.xyz", True),
        ("Rekrutmen PT Pertamina, daftar di recruitment.pertamina.com", False),
        ("PT Pegadaian membuka lowongan kerja", False),
        ("Kasir, gaji transfer BCA, WA 081234567890", False),
        ("Driver Grab, WA 081234567890", False),
    ],
)
def test_impersonated_employer(text: str, fires: bool) -> None:
    assert ("impersonated_employer" in signals(text)) is fires


@pytest.mark.parametrize(
    ("text", "ratio", "expected"),
    [
        ("Kasir di Bandung", None, set()),
        ("Kerja di Taiwan", None, {"overseas"}),
        ("Kerja di Kamboja", 1.0, {"overseas", "compound_country", "pay_stated"}),
        ("Kerja di Mae Sot", None, {"overseas", "compound_country"}),
        ("Kerja di Jepang, WA 081234567890", 1.6, {"overseas", "pay_stated", "pay_above_norm", "personal_contact"}),
    ],
)
def test_contexts(text: str, ratio: float | None, expected: set[str]) -> None:
    assert fact_contexts(facts_of(text, ratio=ratio), normalise(text).text) == expected


def test_empty() -> None:
    assert derive(normalise(""), Facts(), set(), "id") == []
    assert fact_contexts(Facts(), "") == set()

"""Reading wages, leaving other money alone, and comparing with the right benchmark."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.assessment import Pay
from detector.facts.benchmark import benchmark, province_of, with_benchmark, work_kind
from detector.facts.pay import find_pay, main_pay, rates
from detector.facts.pay_words import amount_words, pay_sentence
from detector.text.normalise import NormalisedText, normalise


def read(text: str) -> list[Pay]:
    return find_pay(normalise(text))


def only(text: str) -> Pay:
    found = read(text)
    assert len(found) == 1, found
    return found[0]


def compared(text: str, countries: list[str] | None = None) -> Pay:
    folded = normalise(text)
    pay = main_pay(find_pay(folded))
    assert pay is not None
    return with_benchmark(pay, countries or [], folded.text, province_of(folded.text))


@pytest.mark.parametrize(
    ("text", "currency", "low", "high", "period"),
    [
        ("gaji 8jt", "IDR", 8e6, 8e6, "month"),
        ("gaji 8-12 juta", "IDR", 8e6, 12e6, "month"),
        ("gaji 8 s/d 12jt", "IDR", 8e6, 12e6, "month"),
        ("gaji 10 s.d 15 juta rupiah", "IDR", 10e6, 15e6, "month"),
        ("gaji 8 juta-an per bulan", "IDR", 8e6, 8e6, "month"),
        ("Gaji Rp. 8.000.000,-", "IDR", 8e6, 8e6, "month"),
        ("Rp8.000.000 - 10.000.000 per bulan", "IDR", 8e6, 10e6, "month"),
        ("Gaji Rp.6jt,- s/d Rp.10jt,- / bulan", "IDR", 6e6, 10e6, "month"),
        ("IDR 8M per bulan", "IDR", 8e6, 8e6, "month"),
        ("Gaji 3 500 000", "IDR", 3.5e6, 3.5e6, "month"),
        ("Rp10jt/bln (nett)", "IDR", 10e6, 10e6, "month"),
        ("gaji Rp15jt - Rp18jt per bulan", "IDR", 15e6, 18e6, "month"),
        ("gaji 3,5jt", "IDR", 3.5e6, 3.5e6, "month"),
        ("gaji: 4.5 - 6 (juta)", "IDR", 4.5e6, 6e6, "month"),
        ("gaji 2 juta 500 ribu", "IDR", 2.5e6, 2.5e6, "month"),
        ("gaji lima juta", "IDR", 5e6, 5e6, "month"),
        ("gaji dua belas juta", "IDR", 12e6, 12e6, "month"),
        ("gaji belasan juta", "IDR", 11e6, 19e6, "month"),
        ("gaji puluhan juta", "IDR", 20e6, 20e6, "month"),
        ("gaji 6000000-8000000", "IDR", 6e6, 8e6, "month"),
        ("penghasilan 300rb/hari", "IDR", 3e5, 3e5, "day"),
        ("150k per hari, kerja gudang", "IDR", 1.5e5, 1.5e5, "day"),
        ("gaji harian 150rb", "IDR", 1.5e5, 1.5e5, "day"),
        ("upah 20rb per jam", "IDR", 2e4, 2e4, "hour"),
        ("gaji 1,2 juta/minggu", "IDR", 1.2e6, 1.2e6, "week"),
        ("Fee 175rb – 1,3jt per 1 hari kerja", "IDR", 175e3, 1.3e6, "day"),
        ("300rb per tamu", "IDR", 3e5, 3e5, "piece"),
        ("sekali antar 15rb", "IDR", 15e3, 15e3, "piece"),
        ("gaji 100-300rb", "IDR", 1e5, 3e5, "unknown"),
        ("15k-20k peso monthly salary", "PHP", 15e3, 20e3, "month"),
        ("Salary: Php 18,000.00 - Php 20,000.00", "PHP", 18e3, 20e3, "month"),
        ("sahod 20 libo kada buwan", "PHP", 20e3, 20e3, "month"),
        ("₱25,000/month", "PHP", 25e3, 25e3, "month"),
        ("salary 1,2k USD", "USD", 1200, 1200, "month"),
        ("gaji $800", "USD", 800, 800, "month"),
        ("gaji 800$", "USD", 800, 800, "month"),
        ("800 USDT sebulan", "USD", 800, 800, "month"),
        ("gaji USD1.200", "USD", 1200, 1200, "month"),
        ("Salary US$1,000-1,500", "USD", 1000, 1500, "month"),
        ("gaji AS$1,100 sebulan", "USD", 1100, 1100, "month"),
        ("gaji 900-1.200 USD", "USD", 900, 1200, "month"),
        ("gaji seribu dolar", "USD", 1000, 1000, "month"),
        ("earn $100-$200 daily", "USD", 100, 200, "day"),
        ("salary $60,000 per annum", "USD", 60e3, 60e3, "year"),
        ("gaji RM1.700", "MYR", 1700, 1700, "month"),
        ("RM 1,700-2,300 sebulan", "MYR", 1700, 2300, "month"),
        ("jawatan kosong, gaji 1800 sebulan", "MYR", 1800, 1800, "month"),
        ("NT$29.500 per bulan", "TWD", 29500, 29500, "month"),
        ("gaji HKD 5.100", "HKD", 5100, 5100, "month"),
        ("gaji SGD 650-700", "SGD", 650, 700, "month"),
        ("gaji BND 500", "BND", 500, 500, "month"),
        ("SAR 1500 per bulan", "SAR", 1500, 1500, "month"),
        ("AED 2,000 per month", "AED", 2000, 2000, "month"),
        ("QAR 1,800/month", "QAR", 1800, 1800, "month"),
        ("gaji KWD 120", "KWD", 120, 120, "month"),
        ("gaji 2,1 jt won", "KRW", 2.1e6, 2.1e6, "month"),
        ("gaji 300 ribu yen", "JPY", 3e5, 3e5, "month"),
        ("gaji 200.000-250.000 yen", "JPY", 2e5, 2.5e5, "month"),
        ("EUR 13/h", "EUR", 13, 13, "hour"),
        ("AUD 26.44/h", "AUD", 26.44, 26.44, "hour"),
        ("25k THB per month", "THB", 25e3, 25e3, "month"),
        ("เงินเดือน 25,000 บาท", "THB", 25e3, 25e3, "month"),
        ("รายได้วันละ 1,000-3,000 บาท", "THB", 1000, 3000, "day"),
        ("月薪2万", "CNY", 2e4, 2e4, "month"),
        ("月入过万", "CNY", 1e4, 1e4, "month"),
        ("P25k-30k monthly", "PHP", 25e3, 30e3, "month"),
        ("Salary : 4.500.000 s.d. 5.000.000", "IDR", 4.5e6, 5e6, "month"),
        ("fee 200rb per event", "IDR", 2e5, 2e5, "piece"),
        ("月薪2w", "CNY", 2e4, 2e4, "month"),
        ("工资8000-12000人民币", "CNY", 8e3, 12e3, "month"),
        ("lương 15tr/tháng", "VND", 15e6, 15e6, "month"),
        ("thu nhập 500k-1tr/ngày", "VND", 5e5, 1e6, "day"),
        # what scanning does to digits and dashes
        ("Gaji Rp. 3.000.O00", "IDR", 3e6, 3e6, "month"),
        ("Mulai dari: Rp3,ooo,ooo/Bulan", "IDR", 3e6, 3e6, "month"),
        ("Gaji R5.000.000 5.500.000", "IDR", 5e6, 5.5e6, "month"),
        ("Gaji pokok: 3,5 juta2. Bonus", "IDR", 3.5e6, 3.5e6, "month"),
    ],
)
def test_amounts(text: str, currency: str, low: float, high: float, period: str) -> None:
    pay = only(text)
    assert (pay.currency, pay.low, pay.high, pay.period) == (currency, low, high, period)
    assert text[pay.start : pay.end] == pay.evidence


@pytest.mark.parametrize(
    "text",
    [
        "biaya 5 juta",
        "biaya proses 45 juta",
        "denda 10 juta kalau keluar",
        "dendanya 3000 USD",
        "deposit 500rb dulu",
        "modal 2 juta",
        "omzet 100 juta per bulan",
        "transfer 300rb ke admin",
        "potongan 2jt per bulan",
        "kasbon sampai 5 juta",
        "tebusan 50 juta",
        "mahar 100 juta untuk pengantin",
        "imbalan 135 juta untuk donor ginjal",
        "bayar 2 juta untuk biaya visa",
        "uang jaminan 2 juta dikembalikan",
        "target penjualan 500 juta per bulan",
        "dijual rumah harga 500 juta",
        "total hadiah 100 juta",
        "cicilan motor 900rb per bulan",
        "potong gaji 3 bulan NT$ 10.000",
        "minimal order 2 juta",
        "tabungan 10 juta",
        "registration fee $50",
        "phí 5 triệu",
        "đặt cọc 2 triệu",
        "ค่าสมัคร 500 บาท",
        "押金5000元",
        "tinggi 165 cm, usia 18-35 tahun",
        "WA 081234567890",
        "kontrak 2 tahun",
        "mengangkat beban 50 kg",
        "ketinggian maksimal 70 m",
        "ratusan juta orang memakainya",
        "Jl. Merdeka No. 5000",
        "lahir tahun 1998",
        "gaji kompetitif",
        "komisi 10%",
        "100k followers",
        "",
        "🎉🎉🎉",
    ],
)
def test_money_that_is_not_pay(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("gaji 8jt potongan 2jt per bulan", "gaji 8jt"),
        ("gaji $900 + bonus, denda $2000 kalau resign", "gaji $900"),
        ("potong gaji 6 bulan HK$ 1.200. Gaji HK$ 5.100", "Gaji HK$ 5.100"),
        ("deposit 300rb, gaji 5jt per bulan", "gaji 5jt per bulan"),
        ("uang muka untuk keluarga 5 juta, gaji 12 juta", "gaji 12 juta"),
        ("gaji 5 juta tanpa potongan", "gaji 5 juta"),
        ("penghasilan 15-30 juta tanpa biaya", "penghasilan 15-30 juta"),
        ("tanpa biaya, gaji 9 juta", "gaji 9 juta"),
        ("usia 20-35, gaji 10jt, hubungi 0812-3456-7890", "gaji 10jt"),
        ("Loker Kamboja CS 15 juta langsung berangkat", "15 juta"),
    ],
)
def test_pay_beside_other_money(text: str, evidence: str) -> None:
    assert only(text).evidence == evidence


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("gaji 5jt + bonus 20jt per bulan", "gaji 5jt"),
        ("Tunjangan 9 juta per bulan, gaji 3 juta", "gaji 3 juta"),
        ("Gaji pokok 2,5 juta\nUang makan 500.000/hari", "Gaji pokok 2,5 juta"),
        ("Admin gaji 3jt\nManajer gaji 9jt", "gaji 9jt"),
        ("komisi 10-30 juta per bulan", "komisi 10-30 juta per bulan"),
        ("uang saku 1,5 juta/bulan", "uang saku 1,5 juta/bulan"),
    ],
)
def test_headline(text: str, evidence: str) -> None:
    pay = main_pay(read(text))
    assert pay is not None
    assert pay.evidence == evidence


def test_bonus_alone_is_no_headline() -> None:
    assert main_pay(read("gaji UMR + bonus 3 juta")) is None
    assert main_pay([]) is None


def test_monthly_values() -> None:
    assert only("gaji 150rb per hari").monthly_idr_low == 150_000 * 26
    assert only("upah 20rb per jam").monthly_idr_high == 20_000 * 173
    assert only("salary 12.000 USD per tahun").monthly_low == 1000
    assert only("gaji USD 800 per bulan").monthly_idr_low == 800 * round(rates()["USD"])
    assert only("300rb per tamu").monthly_idr_low is None


def test_dollar_follows_the_text() -> None:
    text = "Kerja Singapore, kurs dolar singapura stabil. Gaji $650 sebulan"
    assert only(text).currency == "SGD"
    assert only("Gaji $650 sebulan").currency == "USD"


@pytest.mark.parametrize(
    ("text", "countries", "benchmark_id", "low", "high"),
    [
        ("Loker Kamboja CS gaji 15 juta", ["KH"], "KH.general", 4, 5),
        ("CS Thailand lalu Kamboja, gaji USD 900", ["TH", "KH"], "KH.general", 4, 4.5),
        ("Pabrik Taiwan NT$29.500 per bulan", ["TW"], "TW.general", 0.95, 1.05),
        ("Jaga lansia Taiwan NT$20.000 per bulan", ["TW"], "TW.care", 0.95, 1.05),
        ("PRT Hong Kong HK$5.100 per bulan", ["HK"], "HK.domestic", 0.95, 1.05),
        ("Pabrik Korea gaji 25 juta per bulan", ["KR"], "KR.general", 0.9, 1.1),
        ("Kebun Malaysia gaji RM 1.700", [], "MY.general", 0.95, 1.05),
        ("Taiwan atau Malaysia, gaji 16 juta", ["TW", "MY"], "TW.general", 0.9, 1.1),
        ("Kapal pesiar gaji USD 1.000", [], "SEA.general", 0.95, 1.05),
        ("Kasir di Ciamis gaji 2,8jt", ["ID"], "ID.Jawa Barat", 1.1, 1.3),
        ("Operator pabrik Karawang gaji 5,6jt", ["ID"], "ID.highest", 0.9, 1.1),
        ("Kasir di Bandung gaji 2,4jt", ["ID"], "ID.Jawa Barat", 1, 1.1),
        ("Kerja luar negeri gaji 15 juta", [], "ID.highest", 2.5, 2.8),
    ],
)
def test_benchmark(text: str, countries: list[str], benchmark_id: str, low: float, high: float) -> None:
    pay = compared(text, countries)
    assert pay.benchmark_id == benchmark_id
    assert pay.ratio is not None
    assert low <= pay.ratio <= high
    assert pay.benchmark_source
    assert pay.benchmark_year


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Software engineer Singapore, salary SGD 7,000", ["SG"]),
        ("Registered nurse Germany, EUR 3,000 per month, diploma required", ["DE"]),
        ("Gaji 300rb per tamu", ["ID"]),
        ("Pekerja kebun, gaji USD 2.000 per bulan", ["IS"]),
    ],
)
def test_nothing_honest_to_compare_with(text: str, countries: list[str]) -> None:
    pay = compared(text, countries)
    assert pay.ratio is None
    assert pay.benchmark_id is None


def test_skilled_titles_are_no_cover_in_compound_countries() -> None:
    assert work_kind("software engineer kamboja gaji 2000 usd", "KH") == "general"
    assert work_kind("programmer tanpa pengalaman, bisa mengetik", "TH") == "general"
    assert work_kind("civil engineer, minimal 5 tahun pengalaman, s1", "KH") == "skilled"


def test_ratio_uses_the_middle_of_the_range() -> None:
    pay = compared("Kasir di Denpasar Bali gaji 2-4 juta", ["ID"])
    assert pay.ratio == round(3_000_000 / 3_207_459, 2)


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("lokasi: cikarang selatan", "Jawa Barat"),
        ("nasi padang di jogja", "DI Yogyakarta"),
        ("asal medan, penempatan batam", "Kepulauan Riau"),
        ("kantor di jakarta, penempatan: surabaya", "Jawa Timur"),
        ("tanjung pinang", "Kepulauan Riau"),
        ("dki jakarta", "DKI Jakarta"),
        ("balikpapan", "Kalimantan Timur"),
        ("baliho dan bimasakti", None),
        ("", None),
    ],
)
def test_province(text: str, province: str | None) -> None:
    assert province_of(text) == province


def test_sentence_quotes_a_confirmed_source() -> None:
    pay = compared("Loker Kamboja CS gaji 15 juta", ["KH"])
    indonesian, english = pay_sentence(pay, "id"), pay_sentence(pay, "en")
    assert "Rp 15 juta per bulan" in indonesian
    assert "USD 210" in indonesian
    assert "4,3 kali lipat" in indonesian
    assert "2026" in indonesian
    assert "about 4.3 times" in english
    assert "Cambodia" in english


def test_sentence_hides_an_unconfirmed_figure() -> None:
    pay = compared("Kapal pesiar gaji USD 3.000", [])
    found = benchmark(pay.benchmark_id or "")
    assert found is not None
    assert not found.confirmed
    assert "1.000" not in pay_sentence(pay, "id")
    assert "3 kali lipat" in pay_sentence(pay, "id")


def test_sentence_converts_only_at_confirmed_rates() -> None:
    malaysian = pay_sentence(compared("Pabrik Malaysia gaji RM 1.700", ["MY"]), "id")
    assert "MYR 1.700" in malaysian
    assert "Rp" not in malaysian
    assert "Rp 16,1 juta" in pay_sentence(compared("Pabrik Taiwan NT$29.500 per bulan", ["TW"]), "id")
    assert "MYR 1.820 per bulan" in pay_sentence(compared("Buruh Sabah, gaji RM 70 sehari", ["MY"]), "id")


def test_sentence_says_that_the_place_is_unknown() -> None:
    assert "tidak dipastikan" in pay_sentence(compared("Kerja luar negeri gaji 15 juta"), "id")
    assert "tidak melebihi itu" in pay_sentence(compared("Kasir, gaji 2,5 juta"), "id")
    assert pay_sentence(only("300rb per tamu"), "en") == "Promised: Rp 300,000 per task or guest."


def test_amount_words() -> None:
    assert amount_words("IDR", 8e6, 12.5e6) == "Rp 8–12,5 juta"
    assert amount_words("USD", 1000, 1500) == "USD 1.000–1.500"
    assert amount_words("USD", 1000, 1500, "en") == "USD 1,000–1,500"
    assert amount_words("AUD", 26.44, 26.44, "en") == "AUD 26.44"


@pytest.mark.parametrize(
    "unit", ["1", "1 ", "1.", "1k ", "gaji 5jt ", "rp", " ", "lima ", "1ooo", "$1-", "gaji rp", "Rp5jt", "ค่า1", "1\n"]
)
def test_a_megabyte_is_read_in_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    folded = NormalisedText(text, text.lower(), tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    started = time.perf_counter()
    pays = find_pay(folded)
    for pay in pays[:3]:
        with_benchmark(pay, [], folded.text, province_of(folded.text))
    assert time.perf_counter() - started < 2


_PIECES = st.sampled_from(
    [
        "gaji ",
        "Rp",
        "rp. ",
        "5",
        "8.000.000",
        ",-",
        "jt",
        " juta",
        "-",
        " s/d ",
        "$",
        "USD ",
        "/bln",
        " per hari",
        "biaya ",
        "月薪",
        "2万",
        "บาท",
        "\n",
        "o",
        "l0",
        "é",
        "１０",
        "🎉",
        "k",
        "belasan ",
        "lima ",
        " m",
        "(",
        ")",
        "%",
        "0812345678",
        "Rp15jt",
        "\u200b",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(_PIECES, max_size=25).map("".join), st.text(max_size=80)))
def test_never_raises_and_evidence_is_a_slice(text: str) -> None:
    folded = normalise(text)
    for pay in find_pay(folded):
        assert text[pay.start : pay.end] == pay.evidence
        assert pay.low <= pay.high
        compared_pay = with_benchmark(pay, ["KH"], folded.text, province_of(folded.text))
        assert pay_sentence(compared_pay, "id")
        assert pay_sentence(compared_pay, "en")
    main_pay(find_pay(folded))


@pytest.mark.parametrize(
    ("text", "currency", "low", "period"),
    [
        ("gapok 950u, makan ditanggung", "USD", 950, "month"),
        ("gaji 800 dolar di luar bonus", "USD", 800, "month"),
        ("bayaran 60rb, sehari bisa 4 kali", "IDR", 60_000, "unknown"),
        ("upah semalam 350rb", "IDR", 350_000, "day"),
        ("income RM400 nightly", "MYR", 400, "day"),
        ("1 lembar 20rb, kerja di rumah", "IDR", 20_000, "piece"),
        ("Part time 4 hrs/day, salary THB 9,500", "THB", 9_500, "month"),
        ("雅加达招服务员，月薪800万", "IDR", 8_000_000, "month"),
    ],
)
def test_more_ways_of_writing(text: str, currency: str, low: float, period: str) -> None:
    pay = only(text)
    assert (pay.currency, pay.low, pay.period) == (currency, low, period)


def test_the_currency_picks_the_country_of_work() -> None:
    assert compared("Fruit picker, AUD 4000 a month", ["AU", "NP"]).benchmark_id == "AU.general"

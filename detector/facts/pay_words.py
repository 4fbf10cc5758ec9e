"""One readable sentence about a wage: what is promised, what such work pays there, how many times more, who says so."""

from __future__ import annotations

from detector.assessment import Pay
from detector.facts.benchmark import Benchmark, benchmark
from detector.facts.rates import confirmed_rates

__all__ = ["amount_words", "pay_sentence"]

_PERIODS = {
    "id": {"hour": "per jam", "day": "per hari", "week": "per minggu", "month": "per bulan", "year": "per tahun",
           "piece": "per tugas atau tamu", "unknown": "(tidak disebut untuk berapa lama)"},
    "en": {"hour": "an hour", "day": "a day", "week": "a week", "month": "a month", "year": "a year",
           "piece": "per task or guest", "unknown": "(for what period is not said)"},
}  # fmt: skip


def pay_sentence(pay: Pay, lang: str = "id") -> str:
    """A sentence or two about `pay` in Indonesian (`lang` "id") or English (anything else).

    A comparison figure, or a conversion to rupiah, is quoted only when its source is confirmed; for an unconfirmed
    figure only the rough multiple is given.
    """
    lang = "id" if lang == "id" else "en"
    found = benchmark(pay.benchmark_id) if pay.benchmark_id else None
    promised = _promised(pay, lang)
    if found is None or pay.ratio is None:
        return promised
    times = _times(pay.ratio, lang)
    if found.id == "ID.highest" and pay.ratio < 1.2:
        # Less than Jakarta's minimum is ordinary elsewhere, so it is not called a share of it.
        times = "tidak melebihi itu" if lang == "id" else "not above that"
    place = found.name[lang]
    if not found.confirmed:
        if lang == "id":
            return (
                f"{promised} Angka resmi untuk {place} belum kami pastikan; menurut perkiraan kasar kami, itu {times}."
            )
        return f"{promised} We have no confirmed figure for {place}; by our rough estimate that is {times}."
    usual = _usual(found, lang)
    source = found.source[lang]
    source = source if str(found.year) in source else f"{source}, {found.year}"
    if lang == "id":
        if found.id == "ID.highest":
            return (f"{promised} Daerah kerjanya tidak dipastikan, jadi dibandingkan dengan upah minimum provinsi "
                    f"tertinggi di Indonesia, {place} ({usual}): {times}. Sumber: {source}.")  # fmt: skip
        usually = f"Patokan upah untuk pekerjaan umum seperti ini di {place} adalah {usual}: {times}."
        return f"{promised} {usually} Sumber: {source}."
    if found.id == "ID.highest":
        return (f"{promised} The place of work is not certain, so it is compared with the highest provincial "
                f"minimum wage in Indonesia, {place} ({usual}): {times}. Source: {source}.")  # fmt: skip
    return f"{promised} The wage floor for ordinary work like this in {place} is {usual}: {times}. Source: {source}."


def amount_words(currency: str, low: float, high: float, lang: str = "id") -> str:
    """ "Rp 8–12 juta", "USD 1.000–1.500" (or "Rp 8–12 million", "USD 1,000–1,500" in English)."""
    if currency == "IDR" and low >= 1_000_000:
        unit = "juta" if lang == "id" else "million"
        first, last = _short(low / 1e6, lang), _short(high / 1e6, lang)
        return f"Rp {first} {unit}" if first == last else f"Rp {first}–{last} {unit}"
    first, last = _number(low, lang), _number(high, lang)
    symbol = "Rp" if currency == "IDR" else currency
    return f"{symbol} {first}" if first == last else f"{symbol} {first}–{last}"


def _promised(pay: Pay, lang: str) -> str:
    stated = f"{amount_words(pay.currency, pay.low, pay.high, lang)} {_PERIODS[lang].get(pay.period, '')}".strip()
    start = "Yang dijanjikan" if lang == "id" else "Promised:"
    if pay.monthly_idr_low is None or pay.monthly_idr_high is None or (pay.currency == "IDR" and pay.period == "month"):
        return f"{start} {stated}."
    if pay.currency in confirmed_rates():
        monthly = amount_words("IDR", pay.monthly_idr_low, pay.monthly_idr_high, lang)
    elif pay.period != "month" and pay.monthly_low is not None and pay.monthly_high is not None:
        monthly = amount_words(pay.currency, pay.monthly_low, pay.monthly_high, lang)
    else:
        return f"{start} {stated}."
    return f"{start} {stated}, {'kira-kira' if lang == 'id' else 'about'} {monthly} {_PERIODS[lang]['month']}."


def _usual(found: Benchmark, lang: str) -> str:
    own = f"{amount_words(found.currency, found.value, found.value, lang)} {_PERIODS[lang]['month']}"
    if found.currency == "IDR" or found.currency not in confirmed_rates():
        return own
    about = "kira-kira" if lang == "id" else "about"
    return f"{own}, {about} {amount_words('IDR', found.idr, found.idr, lang)}"


def _times(ratio: float, lang: str) -> str:
    if 0.85 <= ratio < 1.2:
        return "kurang lebih sama" if lang == "id" else "about the same"
    if ratio < 0.85:
        percent = round(ratio * 100)
        return f"hanya sekitar {percent}% dari itu" if lang == "id" else f"only about {percent}% of that"
    number = _short(ratio, lang)
    return f"sekitar {number} kali lipat" if lang == "id" else f"about {number} times as much"


def _short(value: float, lang: str) -> str:
    text = f"{value:,.1f}".removesuffix(".0")
    return _swap(text) if lang == "id" else text


def _number(value: float, lang: str) -> str:
    text = f"{value:,.2f}".removesuffix(".00") if value < 1000 else f"{value:,.0f}"
    return _swap(text) if lang == "id" else text


def _swap(text: str) -> str:
    """English separators to Indonesian ones."""
    return text.translate(str.maketrans(",.", ".,"))

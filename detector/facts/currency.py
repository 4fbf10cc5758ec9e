"""Which currency an amount is in, when that takes the rest of the text to say."""

from __future__ import annotations

import re
from functools import cached_property

from detector.facts.amounts import BAHT_UNITS, DONG_UNITS, RUPIAH_UNITS, YUAN_UNITS, Amount

__all__ = ["Currencies"]

_OTHER_DOLLARS = (
    ("SGD", re.compile(r"singapore dollar|dolar singap|\bsgd|(?<![u\w])s\$")),
    ("HKD", re.compile(r"hk\$|\bhkd|\b(?:causeway bay|kowloon|mong ?kok|wan ?chai|tsim sha tsui)\b")),
    ("TWD", re.compile(r"nt\$|\bntd|\btwd")),
    ("AUD", re.compile(r"\baud\b|(?<!\w)au?\$|dolar aust")),
    ("BND", re.compile(r"\bbnd\b")),
)
# What betrays the country that a text is written for, Malay before Indonesian because it shares most of its words.
_HOME_WORDS = (
    ("MYR", re.compile(r"\brm ?\d|ringgit|\bmyr\b|jawatan|kekosongan|elaun|\bsyif\b|temuduga")),
    (
        "IDR",
        re.compile(
            r"\brp\b|rupiah|\bidr\b|\b(?:gaji|lowongan|loker|dibutuhkan|upah|yang|dengan|untuk|"
            r"penghasilan|kerja|bulan|hari|jam|lembur|uang|komisi)\b|\d ?(?:jt|juta)"
        ),
    ),
    ("THB", re.compile(r"[\u0e00-\u0e7f]")),
    ("JPY", re.compile(r"[\u3040-\u30ff]")),
    ("CNY", re.compile(r"[\u4e00-\u9fff]")),
    ("VND", re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")),
    ("PHP", re.compile(r"\bphp ?\d|\b(?:pesos?|sahod|sweldo|mga|naghahanap|trabaho|libre)\b")),
)
# A bare number is money only where its size is a wage in the text's currency (the rupiah's is for a month).
_BARE_FLOORS = {"IDR": 300_000, "MYR": 500, "PHP": 3_000, "VND": 1e6, "THB": 3_000, "CNY": 1_000, "JPY": 50_000}
_US_DOLLAR = re.compile(r"usd|us\$|us dol|dolar a")


class Currencies:
    """The currencies that one text speaks of."""

    def __init__(self, folded: str) -> None:
        self._folded = folded

    def of(self, amount: Amount, period: str | None, behind_pay_word: bool) -> str | None:
        """ISO 4217 code of `amount`, or None where it is not money: too small, or of a unit that is no multiple here.

        `period` is what the amount is paid for, if stated; `behind_pay_word` tells that a pay word stands right before.
        """
        default = self._default
        if amount.currency == "$":
            # "$3,500,000" in an Indonesian advert is a form's default sign before rupiah.
            return "IDR" if amount.low >= 300_000 and default == "IDR" else self._dollar
        if amount.currency == "JPY" and default == "CNY":
            return "CNY"
        if amount.currency == "USD" and amount.low < 100 and self._folded.startswith("u", amount.end - 1):
            return None  # "10u" is a count or a size; "900u" are tether dollars
        if amount.currency == "SAR" and "qatar" in self._folded and "saudi" not in self._folded:
            return "QAR"
        if amount.currency:
            return amount.currency
        if default is None and amount.grouped and amount.low >= 1e6:
            default = "IDR"  # "Salary: 4.500.000" in an otherwise English text
        if amount.unit:
            return _by_unit(amount, default, behind_pay_word)
        floor = _BARE_FLOORS.get(default or "", 1e18)
        if period not in (None, "month"):
            floor = 5_000 if default == "IDR" else floor / 20
        return default if amount.low >= floor else None

    @cached_property
    def _default(self) -> str | None:
        """The currency of the text's language, or None."""
        return next((code for code, words in _HOME_WORDS if words.search(self._folded)), None)

    @cached_property
    def _dollar(self) -> str:
        """What a bare "$" means here."""
        if _US_DOLLAR.search(self._folded):
            return "USD"
        return next((code for code, words in _OTHER_DOLLARS if words.search(self._folded)), "USD")


def _by_unit(amount: Amount, default: str | None, behind_pay_word: bool) -> str | None:
    """The currency that the word of the multiple implies, in a text whose language implies `default`."""
    if amount.unit in RUPIAH_UNITS:
        return "MYR" if default == "MYR" and amount.low < 50_000 else "IDR"
    if amount.unit in DONG_UNITS:
        return "VND"
    if amount.unit in YUAN_UNITS:
        if default in ("CNY", "JPY"):
            # "月薪1200万" in Jakarta: nobody earns millions of yuan, but of rupiah.
            return "IDR" if amount.low >= 1e6 else "CNY"
        return None
    if amount.unit in BAHT_UNITS:
        return "THB"
    if amount.unit == "libo":
        return "PHP"
    if amount.unit == "m":
        # "70 m" is a height and "5M" a method; only right behind a pay word is it a million.
        return default if behind_pay_word and default in ("IDR", "VND") else None
    return default

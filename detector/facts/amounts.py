"""Reading amounts of money: every way of writing a number, with its unit and currency, and ranges of them.

One expression finds an amount; whether it is a wage is decided elsewhere (`pay.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from detector.facts.numerals import DIGIT_WORDS, either, plain_digits
from detector.facts.rates import words_after, words_before

__all__ = ["BAHT_UNITS", "DONG_UNITS", "MAX_CHARS", "RUPIAH_UNITS", "YUAN_UNITS", "Amount", "find_amounts"]

MAX_CHARS = 40_000  # read of one text
_MAX_AMOUNTS = 60  # an advert has a handful; a price list or a megabyte of digits need not be read to its end

#: Multiples that only one language writes, and so name its currency.
RUPIAH_UNITS = frozenset(
    {
        "jt", "jta", "jtan", "jt-an", "juta", "jutaan", "juta-an", "rb", "rbu", "rban", "ribu", "ribuan", "rb-an",
        "ribu-an",
    }
)  # fmt: skip
DONG_UNITS = frozenset({"tr", "triệu", "trieu", "nghìn", "ngàn"})
YUAN_UNITS = frozenset({"万", "萬", "千", "w"})
BAHT_UNITS = frozenset({"ล้าน", "แสน", "หมื่น", "พัน"})
_MULTIPLES = {
    "jt": 1e6, "jta": 1e6, "jtan": 1e6, "jt-an": 1e6, "juta": 1e6, "jutaan": 1e6, "juta-an": 1e6, "million": 1e6,
    "mio": 1e6, "milyon": 1e6, "tr": 1e6, "triệu": 1e6, "trieu": 1e6, "m": 1e6, "rb": 1e3, "rbu": 1e3, "rban": 1e3,
    "ribu": 1e3, "ribuan": 1e3, "rb-an": 1e3, "ribu-an": 1e3, "k": 1e3, "thousand": 1e3, "libo": 1e3, "nghìn": 1e3,
    "ngàn": 1e3, "千": 1e3, "万": 1e4, "萬": 1e4, "w": 1e4, "만": 1e4, "ล้าน": 1e6, "แสน": 1e5, "หมื่น": 1e4, "พัน": 1e3,
    "lakh": 1e5,
}  # fmt: skip
_NUMBER_WORDS = {word: value for word, value in DIGIT_WORDS.items() if value} | {
    "sepuluh": 10, "sebelas": 11, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_VAGUE = {"belasan": (11.0, 19.0), "puluhan": (20.0, 20.0), "ratusan": (100.0, 100.0)}
_HAN = "一二三四五六七八九十"
_WORD = either(_NUMBER_WORDS)
# "(dua) (puluh) lima", "dua belas", "seratus", "lima ratus".
_IN_WORDS = (
    rf"(?:(?:(?:{_WORD})\ (?:puluh|ratus|hundred)|seratus|(?:a|one)\ hundred)(?:\ (?:{_WORD}))?|"
    rf"(?:{_WORD})(?:\ belas)?|belasan|puluhan|ratusan)"
)
# Grouped by thin blanks, or digits (OCR writes o for 0) with groups of three and up to two decimals.
_NUMBER = (
    r"(?:\d{1,3}(?:\ [\do]{3}){2,3}(?![\do])"
    r"|(?:\d|l(?=0)|o(?=,ooo))[\do]{0,12}(?:[.,']{1,2}(?:[\do]{3}|o{1,2})(?![\do])|"
    r"[.,]\ [\do]{3}(?=[.,])|[.,]\ 000(?!\d))*(?:[.,]\d{1,2}(?!\d))?)"
)
# The last alternatives are dashes whose bytes were read in the wrong encoding.
_RANGE = re.compile(
    r"\s?(?:-{1,2}|–|—|−|~|s\s?[./]\s?d\.?|sd|sampai(?: dengan)?|smp|hingga|until|up to|to|till|đến|tới|"
    r"ถึง|至|到|hanggang|â\x80\x93|â\x80\x94|â|dan|and)\s?",
)
_BETWEEN = re.compile(r"antara|between")
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"\d(?<!\d\d)")  # where a run of digits starts
#: A text without digits states money only with one of these.
_MONEY_WORDS = re.compile(r"juta|ribu|belasan|puluhan|dolar|dollar|thousand|million|[一二三四五六七八九十两过]")
_GROUPED = re.compile(r"[\do][., ][\do]{3}")
_FOLDED_GROUP = re.compile(r"(?<=[.,])o{1,2}(?=[.,]|$)")  # of "3,ooo,ooo", whose stretched o was folded
_SEPARATORS = re.compile(r"[.,]+")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at folded[start:end], or a range of two.

    `low`..`high` are in units of `currency`, multiplied out; they differ in a range and where a word such as "belasan"
    is vague. `currency` is ISO 4217, "$", or None where none is written; `unit` is the word of the `multiple` as
    written ("juta"); `grouped` tells "4.500.000" from "4500000".
    """

    start: int
    end: int
    low: float
    high: float
    multiple: float
    unit: str | None
    currency: str | None
    grouped: bool


def find_amounts(folded: str) -> list[Amount]:
    """Ranges and single amounts in text order (at most 60); counts, ages and phone digits are among them."""
    if not _DIGIT.search(folded) and not _MONEY_WORDS.search(folded):
        return []
    reader = _reader()
    out: list[Amount] = []
    at = 0
    anchors = reader.anchors(folded)
    while len(out) < _MAX_AMOUNTS and (match := reader.next(folded, at, anchors)):
        at = match.end()
        if first := _value(match):
            second = _upper_bound(folded, match, first, reader)
            joined = _join(first, second) if second else None
            out.append(joined or first)
            at = out[-1].end
    return out


def _upper_bound(folded: str, match: re.Match[str], first: Amount, reader: _Reader) -> Amount | None:
    """The amount that makes a range of `first`: behind a dash or "sampai", or close behind where the dash is lost."""
    if gap := _RANGE.match(folded, match.end()):
        if gap.group().strip() in ("dan", "and") and not _BETWEEN.search(
            folded, max(0, match.start() - 12), match.start()
        ):
            return None
        other = reader.amount.match(folded, gap.end())
        return _value(other) if other else None
    if not (first.grouped or first.unit) or first.low < 1e5 or not folded.startswith(" ", match.end()):
        return None
    # A scan often drops the dash: "Rp 5.000.000 5.500.000".
    other = reader.amount.match(folded, match.end() + 1)
    second = _value(other) if other else None
    if second is None or (second.grouped, second.unit) != (first.grouped, first.unit):
        return None
    return second if first.low <= second.high <= 4 * first.low else None


def _join(first: Amount, second: Amount) -> Amount | None:
    """The range first..second, sharing unit and currency; None when they do not make a range."""
    low, high, unit = first.low, second.high, second.unit or first.unit
    if first.currency and second.currency and first.currency != second.currency:
        return None
    if first.multiple == 1 and second.multiple > 1 and low < 1000 and low * second.multiple <= high:
        low *= second.multiple
    elif second.multiple == 1 and first.multiple > 1 and high < 1000:
        high *= first.multiple
    elif second.grouped and not first.grouped and low < 1000 and high >= 1000 and low * 1000 <= high:
        low *= 1000  # "£40-65,000"
    if not low <= high <= 40 * low:
        return None
    return Amount(
        first.start,
        second.end,
        low,
        high,
        max(first.multiple, second.multiple),
        unit,
        first.currency or second.currency,
        first.grouped or second.grouped,
    )


# --- one amount ----------------------------------------------------------------------------------------------------


class _Reader:
    """The expression of one amount, and the way to its matches.

    Trying the expression at every character costs more than all else that is done about pay, so it is tried only where
    a number starts, and at the currency that stands directly before it.
    """

    def __init__(self) -> None:
        before, after = words_before(), words_after()
        signs = either(w for w in before if not w[0].isalpha())
        names = either(w for w in before if w[0].isalpha())
        prefix = rf"(?:(?<![a-z])(?:{names})|{signs})"
        # A mis-decoded non-breaking blank ("â") or stray full stops may follow the currency.
        gap = r"â?[.:;]{0,2}[ ]?[.]?[ ]?"
        self.amount = re.compile(
            rf"""(?:(?P<pre>{prefix}){gap}
                  |(?<![a-z])(?P<ocr>r\.?|p)(?=\d{{1,3}}[.,]?\d{{3}}[.,]\d{{3}}|\d{{1,3}}[.,]?(?:000|500)(?!\d)
                                                |\d{{1,3}}k)
                  |(?<![a-z\d.,@#_]))
                (?:(?P<num>{_NUMBER})|(?P<words>{_IN_WORDS})|(?P<one>se)(?=juta|ribu)
                  |(?P<han>[一二两三四五六七八九]|十|过)(?=万|千))
                (?:,\ ?-|\.-|,=)?
                (?:[ ]?\(?(?:dalam\ )?(?P<mul>{either(_MULTIPLES)})(?![a-z]|-[a-z])\)?
                   (?:[ ]?(?P<sub>\d{{1,3}})[ ]?(?:rb|ribu)(?![a-z]))?|(?P<tight>jt|tr)(?P<half>\d)(?!\d))?
                (?:,[ ]?-|,=)?(?:[ ]?(?P<post>{either(after)})(?![a-z])(?![ ]?\d))?""",
            re.VERBOSE,
        )
        self._prefix = re.compile(rf"(?:{prefix}{gap}|(?<![a-z])(?:r\.?|p))\Z")
        self._reach = max(map(len, before)) + 6
        han = [digit + multiple for digit in _HAN + "两过" for multiple in "万千"]
        self._starts = AhoCorasick(
            [*_NUMBER_WORDS, *_VAGUE, "seratus", "a hundred", "one hundred", "sejuta", "seribu", "l0", "o,ooo", *han],
            matchkind=MatchKind.Standard,
        )

    def anchors(self, folded: str) -> Iterator[int]:
        """Offsets in text order at which a number in digits or words can start."""
        words = (start for _, start, _ in self._starts.find_matches_as_indexes(folded, overlapping=True))
        return iter(sorted({*words, *(match.start() for match in _RUN.finditer(folded))}))

    def next(self, folded: str, at: int, anchors: Iterator[int]) -> re.Match[str] | None:
        """The first amount from offset `at` on; anchors are used up on the way."""
        for anchor in anchors:
            if anchor < at:
                continue
            before = self._prefix.search(folded, max(at, anchor - self._reach), anchor)
            match = self.amount.match(folded, before.start()) if before else None
            if match := match or self.amount.match(folded, anchor):
                return match
        return None


@cache
def _reader() -> _Reader:
    return _Reader()


def _value(match: re.Match[str]) -> Amount | None:
    """The amount of a match of `_Reader.amount`; None for a number in words without a multiple ("dua orang")."""
    unit = match["mul"] or match["tight"]
    multiple = _MULTIPLES[unit] if unit else 1.0
    currency = words_before().get(match["pre"] or "") or words_after().get(match["post"] or "")
    if match["post"] == "u" and not match["num"]:
        currency = None
    if currency == "$" and match["pre"] and match["post"]:
        currency = words_after()[match["post"]]
    if match["ocr"]:
        currency = "IDR" if match["ocr"][0] == "r" else "PHP"
    grouped = False
    if match["num"]:
        low = high = _number_value(match["num"], multiple > 1)
        grouped = _GROUPED.search(match["num"]) is not None
        if match["half"]:
            low = high = low + int(match["half"]) / 10
        if match["sub"] and multiple == 1e6:
            low = high = low + int(match["sub"]) / 1e3
    elif match["words"]:
        if not unit:
            return None
        low, high = _words_value(match["words"])
    elif match["han"]:
        low = high = float(_HAN.find(match["han"].replace("两", "二").replace("过", "一")) + 1)
    else:
        # "sejuta", "seribu": the unit follows without a blank.
        low = high = 1.0
    return Amount(match.start(), match.end(), low * multiple, high * multiple, multiple, unit, currency, grouped)


def _words_value(words: str) -> tuple[float, float]:
    """Bounds of a number in words; "belasan" is 11-19, "puluhan" 20 and "ratusan" 100 at least."""
    if words in _VAGUE:
        return _VAGUE[words]
    total = 0.0
    for word in words.split():
        if word in ("puluh", "ratus", "hundred"):
            total *= 10 if word == "puluh" else 100
        elif word == "belas":
            total += 10
        elif word == "seratus":
            total = 100
        elif word != "a":
            total += _NUMBER_WORDS[word]
    return total, total


def _number_value(number: str, multiplied: bool) -> float:
    """Value of digits: "8.000.000" 8e6, "1.700,50" 1700.5, "3,5" 3.5; `multiplied` makes "1.250 (jt)" 1.25."""
    if number.isdecimal():
        return float(number[:15])
    digits = _FOLDED_GROUP.sub("000", number)
    digits = plain_digits(digits).replace(" ", "").replace("'", "")
    parts = _SEPARATORS.split(digits)
    if len(parts) == 1:
        return float(parts[0][:15])
    if len(parts[-1]) == 3 and not (multiplied and len(parts) == 2):
        return float("".join(parts)[:15])
    return float("".join(parts[:-1])[:15] + "." + parts[-1])

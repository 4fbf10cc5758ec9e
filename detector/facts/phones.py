"""Phone numbers in every way that adverts write them, as E.164."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

from detector.facts.numerals import DIGIT_WORDS, either, plain_digits

__all__ = ["SPELLED", "digits_of", "e164", "is_landline", "parse"]

_REGION = {"id": "ID", "ms": "MY", "fil": "PH", "tl": "PH", "th": "TH", "vi": "VN", "zh": "CN", "en": "ID"}
_OTHER_REGIONS = ("ID", "MY", "PH", "TH", "VN")
_PREFIX = re.compile(r"(?:62|60|63|65|66|673|84|85[2356]|886|86|95|91|97[1-4]|966|968|81|82|90|61)\d")
_DIGIT_WORD = either(DIGIT_WORDS)
SPELLED = re.compile(rf"\b(?:(?:{_DIGIT_WORD})[\s,.\-]+){{8,14}}(?:{_DIGIT_WORD})\b")
_MASKED = re.compile(r"\d[\d .\-]*[x*]{2}")


def digits_of(words: str) -> str:
    """ "nol delapan satu" as "081"; `words` is a match of `SPELLED`."""
    return "".join(str(DIGIT_WORDS[word]) for word in re.findall(r"[a-z]+", words))


def is_landline(value: str) -> bool:
    """True for an Indonesian fixed line in E.164; such a number belongs to an office."""
    return value.startswith("+62") and not value.startswith(("+628", "+620"))


@lru_cache(maxsize=4096)
def e164(written: str, language: str) -> str | None:
    """E.164 of a number as written, digits as written where parts are masked, None where it is no number."""
    raw = written.lower().strip()
    if _MASKED.search(raw):
        return re.sub(r"[^\dx]", "", raw.replace("*", "x"))
    raw = plain_digits(raw).replace("i", "1")
    digits = "".join(str(int(c)) for c in raw if c.isdecimal())
    international = raw.lstrip("( ").startswith("+") or raw.startswith("00")
    if international or (not digits.startswith("0") and _PREFIX.match(digits)):
        number = parse("+" + (digits.lstrip("0") if not raw.startswith("+") else digits), None)
        if number:
            return number
        if digits.startswith("620"):  # "+62 0812": the trunk 0 kept by mistake
            return parse("+62" + digits[3:], None)
    home = _REGION.get(language, "ID")
    regions = dict.fromkeys((home, *_OTHER_REGIONS))
    local = digits if digits.startswith("0") else "0" + digits if digits.startswith("8") and home == "ID" else digits
    for strict in (True, False):
        for region in regions:
            if number := parse(local, region, strict):
                return number
            if not strict:
                break
    return None


def parse(number: str, region: str | None, strict: bool = False) -> str | None:
    """E.164 of `number` when it is possible (`strict`: valid) in `region`; None otherwise."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    accepted = phonenumbers.is_valid_number(parsed) if strict else phonenumbers.is_possible_number(parsed)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if accepted else None

"""Which amounts of a text are wages, what they come to in a month, and which of them is the headline of the offer.

The words around an amount decide whether it is a wage (gaji, salary, 月薪), an extra (bonus, allowance) or money of
another kind (fee, fine, deposit, price, turnover).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detector.assessment import Pay
from detector.facts.amounts import MAX_CHARS, Amount, find_amounts
from detector.facts.currency import Currencies
from detector.facts.pay_labels import Label, find_labels, label_behind, line_start
from detector.facts.periods import PER_MONTH, period_after, period_before
from detector.facts.rates import rates
from detector.text.normalise import NormalisedText

__all__ = ["find_pay", "main_pay", "rates"]

# Rupiah. Without a period only what could be a month's wage somewhere counts as one; the rest stays "unknown".
_PLAUSIBLE_MONTH = (700_000, 150_000_000)
# Rupiah a month: an amount that nothing calls pay is taken for it only within these bounds.
_PLAUSIBLE_UNNAMED = (1_000_000, 100_000_000)
_NOT_MONEY = re.compile(
    r"\s?(?:%|persen|percent|(?:orang|umat|jiwa|pelanggan|nasabah|pengguna|anggota|member|people|users?|"
    r"customers|followers|subs\w*|views|likes|tahun|years|km|kg|"
    r"jam|hours?)(?![a-z]))"
)
_WORKED = frozenset({"hour", "day", "week", "month", "piece"})
_WHOSE_FEE = re.compile(
    r"agency|placement|service|registration|regist|admin|processing|membership|school|monthly|deduct"
)
_ORGAN = re.compile(
    r"ginjal|kidney|renal|buah pinggang|organ\b|donor|sewa rahim|ibu pengganti|surroga|sel telur|ovum|mang thai hộ|"
    r"thận|肾|"
    r"pengantin|mahar|mas kawin|seserahan|jodoh|\bistri\b|\bisteri\b|\bwife\b|\bwives\b|husband|lấy vợ|nikah|adopsi|"
    r"(?:mencari|cari|cari calon|calon) (?:istri|isteri|jodoh)|dinikahi|menikah dengan|mak comblang|"
    r"\bbrides?\b|\bmarry\b|marriage|foreign husband|lấy chồng|cô dâu|新娘|相亲|เจ้าสาว|อุ้มบุญ|ไตของ"
)
_PROPER_PAY = re.compile(r"gaji|salary|upah|wage|lương|เงินเดือน|工资|月薪|sahod")
# What stands for the wage where no base is stated: commission-only work and a trainee's pocket money.
_HEADLINE_EXTRA = re.compile(r"komis|commis|hoa hồng|提成|saku|pocket money")
_FEE = re.compile(r"fees?$")
_RUNS_ON = re.compile(r"[.,]\d|[a-z\d]")
_ROUND_PAIR = re.compile(r"\d{4,9}000\s?[-–]\s?\d{4,9}000")
_PER_HR = re.compile(r"(?:/|per|an) ?hr$")


def find_pay(text: NormalisedText) -> list[Pay]:
    """All wages stated in `text`, in text order, without a benchmark; fees, fines, prices and the like left out."""
    folded = text.text[:MAX_CHARS]
    amounts = find_amounts(folded)
    if not amounts:
        return []
    currencies = Currencies(folded)
    organ = _ORGAN.search(folded) is not None
    found: list[Pay] = []
    loose: list[Pay] = []
    taken = 0  # where the last amount and its period end
    for amount, following in zip(amounts, [*(a.start for a in amounts[1:]), len(folded)], strict=True):
        if amount.currency is None and amount.unit is None and amount.low < 500:
            continue  # ages, hours, list numbers: no currency counts a wage in so few units unnamed
        if _is_number_of_something_else(text, folded, amount):
            continue
        left, previous = max(line_start(folded, amount.start), taken), taken
        period, taken = period_after(folded, amount.end)
        label = _label_before(folded, left, amount.start, period) or label_behind(folded, taken, following)
        kind = label.kind if label else None
        if kind in ("no", "weak") or (organ and not (label and _PROPER_PAY.match(folded, label.start))):
            continue
        if period is None:
            period = period_before(folded, max(previous, (label.start if label else left) - 12), amount.start)
        if (pay := _as_pay(text, amount, label, period, taken, currencies)) is None:
            continue
        known = amount.currency is not None or amount.unit is not None
        if kind in ("pay", "fee", "extra") or (period is not None and (known or taken > amount.end)):
            found.append(pay)
        elif known and pay.monthly_idr_low and _PLAUSIBLE_UNNAMED[0] <= pay.monthly_idr_low <= _PLAUSIBLE_UNNAMED[1]:
            loose.append(pay)
    return found or loose[:1]


def main_pay(pays: Sequence[Pay]) -> Pay | None:
    """The headline of the offer: the highest base pay, else commission; bonuses and allowances alone are none."""
    base = [p for p in pays if not _is_extra(p)] or [p for p in pays if _HEADLINE_EXTRA.search(p.evidence.lower())]
    if not base:
        return None
    return max(base, key=lambda p: (p.monthly_idr_high is not None, p.monthly_idr_high or 0, -p.start))


def _is_extra(pay: Pay) -> bool:
    labels = find_labels(pay.evidence.lower(), 0, len(pay.evidence))
    return bool(labels) and all(label.kind == "extra" for label in labels)


def _label_before(folded: str, start: int, end: int, period: str | None) -> Label | None:
    """The label nearest to the end of folded[start:end], a weak one only where there is no other."""
    labels = find_labels(folded, start, end)
    label = next((x for x in reversed(labels) if x.kind != "weak"), labels[-1] if labels else None)
    if (
        label is not None
        and label.kind == "no"
        and period in _WORKED
        and _FEE.match(folded[label.start : label.end])
        and not _WHOSE_FEE.search(folded, max(0, label.start - 16), end)
    ):
        return Label("fee", label.start, label.end)  # "fee 3-6 juta per bulan" is what freelancers get
    return label


def _is_number_of_something_else(text: NormalisedText, folded: str, amount: Amount) -> bool:
    """Phones, links, percentages, hours, people and the like."""
    if _NOT_MONEY.match(folded, amount.end):
        return True
    if amount.unit is None and folded[amount.end - 1] != "-" and _RUNS_ON.match(folded, amount.end):
        return True
    if not text.entities:
        return False
    first, last = text.starts[amount.start], text.ends[amount.end - 1]
    for entity in text.entities:
        if entity.start < last and first < entity.end:
            # "gaji 6000000-8000000" looks like a phone; round numbers after a currency or a pay word are money.
            round_pair = _ROUND_PAIR.fullmatch(entity.value.strip())
            return not (entity.type == "phone" and (round_pair or amount.currency))
    return False


def _as_pay(
    text: NormalisedText,
    amount: Amount,
    label: Label | None,
    period: str | None,
    period_end: int,
    currencies: Currencies,
) -> Pay | None:
    """The record of a wage; None where the amount is no money or no sum that anybody is paid."""
    behind_pay_word = label is not None and label.kind == "pay" and 0 <= amount.start - label.end <= 12
    currency = currencies.of(amount, period, behind_pay_word)
    if currency is None or (amount.currency is None and amount.unit is None and label is None and period is None):
        return None
    rate = rates()[currency]
    low, high = amount.low, amount.high
    if amount.unit == "m" and currency not in ("IDR", "VND", "KRW", "PHP"):
        return None
    if high * rate < 1_000 or low <= 0 or low * rate > 1e12:
        return None
    if period is None:
        is_extra = label is not None and label.kind == "extra"
        plausible = not is_extra and _PLAUSIBLE_MONTH[0] <= low * rate <= _PLAUSIBLE_MONTH[1]
        period = "month" if plausible else "unknown"
    elif period == "day" and currency != "IDR" and _PER_HR.search(text.text, amount.end, period_end):
        period = "hour"  # "USD 15/hr"
    if period == "unknown" and high * rate < 20_000:
        return None  # "$1" is how a scan reads "S1"
    times = PER_MONTH.get(period)
    start, end = amount.start, max(amount.end, period_end)
    if label is not None:
        if label.start < start and (start - label.end <= 25 or label.kind == "extra"):
            start = label.start
        elif label.start >= amount.end:
            end = max(end, label.end)
    span = text.span(start, end)
    return Pay(
        start=span.start, end=span.end, evidence=span.evidence, currency=currency, low=low, high=high, period=period,
        monthly_low=round(low * times, 2) if times else None,
        monthly_high=round(high * times, 2) if times else None,
        monthly_idr_low=round(low * times * rate) if times else None,
        monthly_idr_high=round(high * times * rate) if times else None,
    )  # fmt: skip

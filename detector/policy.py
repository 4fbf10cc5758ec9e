"""The whole decision: model and rules joined into kind, level, pattern and probability.

How the two meet, and the number behind every threshold:

* Rules alone. Distinct indicators combine by noisy-OR of their strongest sighting (critical 1.0, strong 0.55,
  medium 0.25, weak 0.08), at most two of one family at full weight, so that five ways
  of saying "easy money" are not five signs.
* Model alone. `probability` is calibrated on held-out groups; thresholds come from the sidecar (`training/fit.py`
  chooses them from stated costs on out-of-fold predictions).
* `high` needs something that can be shown: a critical indicator, two strong ones, one of the combinations below, or
  a probability above `high` with rule score >= 0.25.
* What must hold whatever the model says: a critical indicator in an advert is never `low`. Credibility signs can keep
  a lone strong or medium finding at `low` when the model agrees; they never cancel a critical one, nor a borrowed name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from detector.assessment import Credential, Kind, Level, Pattern, Signal, Strength
from detector.model.classifier import Prediction

WEIGHT = {Strength.CRITICAL: 1.0, Strength.STRONG: 0.55, Strength.MEDIUM: 0.25, Strength.WEAK: 0.08}
_ORDER = {Strength.CRITICAL: 0, Strength.STRONG: 1, Strength.MEDIUM: 2, Strength.WEAK: 3}

# The indicators that point to money fraud rather than to exploitation of the person.
FRAUD = frozenset(
    {
        "impersonated_employer",
        "deposit_task",
        "identity_data_request",
        "money_mule",
        "fake_selection_letter",
        "upfront_fee",
    }
)
# Rights of workers broken at home: a matter for the labour office unless debt, confinement or overseas stand beside.
_LABOUR = frozenset(
    {"document_retention", "exit_penalty", "excessive_hours", "no_contract", "discriminatory_targeting"}
)

# A borrowed name shows in who is claimed and where one is to apply, not in the wording: such hoaxes copy genuine
# adverts, so neither the model's doubt nor the address they give takes the sign back (out of fold it flags 80 % of the
# hoaxes of TurnBackHoax instead of 61 %, and 2.6 % of the hard honest adverts instead of 1.6 %).
_BORROWED = "impersonated_employer"

REASONS: dict[str, dict[str, str]] = {
    "critical_sign": {
        "id": "Ada satu tanda yang sangat serius, cukup untuk berhenti dulu dan bertanya.",
        "en": "There is one very serious sign, enough on its own to stop and ask.",
    },
    "strong_signs": {
        "id": "Ada beberapa tanda kuat sekaligus.",
        "en": "Several strong signs stand together.",
    },
    "risky_place_offer": {
        "id": "Tempat kerja yang rawan bertemu dengan tawaran yang terlalu mudah atau terlalu besar.",
        "en": "A risky place of work meets an offer that is too easy or too good.",
    },
    "confined_entertainment": {
        "id": "Kerja menemani tamu bertemu dengan utang, dokumen yang ditahan, atau larangan keluar.",
        "en": "Entertaining guests meets debt, documents kept, or a ban on going out.",
    },
    "overseas_unknown_employer": {
        "id": "Kerja di luar negeri, tapi pemberi kerjanya tidak jelas dan semuanya lewat obrolan pribadi.",
        "en": "Work abroad with an employer nobody can name, and everything goes through a private chat.",
    },
    "many_signs": {
        "id": "Tanda-tandanya masing-masing kecil, tetapi banyak yang muncul bersamaan.",
        "en": "Each sign is small, but many appear together.",
    },
    "one_strong_sign": {
        "id": "Ada satu tanda kuat yang perlu diperiksa.",
        "en": "There is one strong sign to check.",
    },
    "reads_like_lures": {
        "id": "Cara iklan ini ditulis mirip iklan jebakan yang kami pelajari.",
        "en": "This advert is worded like the lures we have studied.",
    },
    "fraud_signs": {
        "id": "Ada tanda penipuan lowongan: uang, data pribadi, atau nama perusahaan yang dipakai orang lain.",
        "en": "There are signs of job fraud: money, personal data, or a borrowed company name.",
    },
    "labour_rights": {
        "id": "Ada syarat yang melanggar hak pekerja, misalnya ijazah ditahan.",
        "en": "There are terms that break workers' rights, such as keeping a diploma.",
    },
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where training put the lines.

    `check` and `high` are calibrated probabilities (at the prevalence of training) from which an advert has that level;
    `advert` is the log-odds from which a text is an advert at all.
    """

    check: float
    high: float
    advert: float

    @classmethod
    def from_sidecar(cls, sidecar: dict[str, Any]) -> Thresholds:
        """Thresholds as the training chose them."""
        return cls(**{k: float(sidecar["thresholds"][k]) for k in ("check", "high", "advert")})


@dataclass(frozen=True, slots=True)
class Decision:
    """What the policy says of one text."""

    level: Level
    pattern: Pattern
    reasons: tuple[str, ...]


NOTHING = Decision(Level.LOW, Pattern.NONE, ())


def strongest(signals: tuple[Signal, ...]) -> dict[str, Strength]:
    """Indicator id -> its strongest sighting."""
    best: dict[str, Strength] = {}
    for signal in signals:
        if signal.indicator not in best or _ORDER[signal.strength] < _ORDER[best[signal.indicator]]:
            best[signal.indicator] = signal.strength
    return best


def shown(signals: tuple[Signal, ...], prediction: Prediction, thresholds: Thresholds) -> tuple[Signal, ...]:
    """`signals` of the rules, joined by the likely ones where the model flags the text, in text order.

    Likely signs are something to show: with one, a text that the model puts at `check` or more is flagged; without any
    sign it must be surer. They also help to tell `high` from `check`.
    """
    if prediction.lure < thresholds.check or not prediction.likely:
        return signals
    return tuple(sorted((*signals, *prediction.likely), key=lambda s: (s.start, s.end, s.indicator)))


def rule_score(best: dict[str, Strength], families: dict[str, str]) -> float:
    """Noisy-OR of the indicators, 0-1; the third and later of one family count half."""
    seen: dict[str, int] = {}
    remaining = 1.0
    for indicator, strength in sorted(best.items(), key=lambda item: _ORDER[item[1]]):
        family = families.get(indicator, indicator)
        seen[family] = seen.get(family, 0) + 1
        remaining *= 1 - WEIGHT[strength] * (1.0 if seen[family] <= 2 else 0.5)
    return 1 - remaining


def decide(
    kind: Kind,
    prediction: Prediction,
    signals: tuple[Signal, ...],
    credentials: tuple[Credential, ...],
    contexts: frozenset[str],
    families: dict[str, str],
    thresholds: Thresholds,
) -> Decision:
    """Level, pattern and reasons of one text; `families` maps indicator ids to their family."""
    if kind not in (Kind.ADVERT, Kind.QUESTION):
        return NOTHING
    best = strongest(signals)
    level, reasons = _level(best, prediction, credentials, contexts, families, thresholds)
    if level is Level.LOW:
        return NOTHING
    pattern = _pattern(best, prediction, contexts)
    if pattern is Pattern.LABOUR_VIOLATION:
        return Decision(Level.CHECK, pattern, ("labour_rights",))
    if pattern is Pattern.JOB_FRAUD and FRAUD & best.keys():
        reasons = ("fraud_signs", *(r for r in reasons if r == "reads_like_lures"))
    return Decision(level, pattern, reasons)


def _level(
    best: dict[str, Strength],
    prediction: Prediction,
    credentials: tuple[Credential, ...],
    contexts: frozenset[str],
    families: dict[str, str],
    thresholds: Thresholds,
) -> tuple[Level, tuple[str, ...]]:
    strong = [i for i, s in best.items() if s is Strength.STRONG]
    critical = [i for i, s in best.items() if s is Strength.CRITICAL]
    score = rule_score(best, families)
    trusted = len({c.id for c in credentials}) >= 2 and prediction.lure < thresholds.check
    reasons: list[str] = []
    if critical:
        reasons.append("critical_sign")
    if len(strong) >= 2:
        reasons.append("strong_signs")
    reasons.extend(_combinations(best, contexts))
    if reasons and (critical or not trusted):
        # The model may doubt the rules: then it is a matter to check, not an alarm. It is not asked about a critical
        # sign beside a strong one: out of fold no honest advert shows both, and a licence number must not talk them
        # away.
        beside = len(critical) + len(strong) >= 2
        sure = prediction.lure >= thresholds.check or (critical and (beside or prediction.lure >= thresholds.check / 4))
        return (Level.HIGH if sure else Level.CHECK), tuple(reasons)
    if prediction.lure >= thresholds.high and score >= 0.25:
        return Level.HIGH, ("many_signs" if score >= 0.5 else "reads_like_lures",)
    # Without a single sign to show, only a model that is very sure asks the reader to check.
    if prediction.lure >= (thresholds.check if best else thresholds.high):
        return Level.CHECK, ("many_signs" if score >= 0.5 else "reads_like_lures",)
    if _BORROWED in strong or (strong and not trusted and prediction.lure >= thresholds.check / 4):
        return Level.CHECK, ("one_strong_sign",)
    if score >= 0.6 and not trusted and prediction.lure >= thresholds.check / 4:
        return Level.CHECK, ("many_signs",)
    return Level.LOW, ()


def _combinations(best: dict[str, Strength], contexts: frozenset[str]) -> list[str]:
    """Combinations of indicators that are rare in honest adverts, as reason ids."""
    found = []
    easy = {"vague_job_generic_role", "unrealistic_pay", "all_expenses_advance", "low_bar_high_reward"} & best.keys()
    if best.get("high_risk_destination") is Strength.STRONG and easy:
        found.append("risky_place_offer")
    hidden = {"vague_employer", "private_channel_only"} <= best.keys()
    if "overseas" in contexts and hidden and easy & {"unrealistic_pay", "low_bar_high_reward", "all_expenses_advance"}:
        found.append("overseas_unknown_employer")
    if "sexual_exploitation_cue" in best and {"debt_bondage", "document_retention", "movement_control"} & best.keys():
        found.append("confined_entertainment")
    return found


def _pattern(best: dict[str, Strength], prediction: Prediction, contexts: frozenset[str]) -> Pattern:
    others = best.keys() - _LABOUR
    beside = {i for i in others if best[i] in (Strength.CRITICAL, Strength.STRONG, Strength.MEDIUM)}
    if best.keys() & _LABOUR and not beside and "overseas" not in contexts and prediction.lure < 0.5:
        return Pattern.LABOUR_VIOLATION
    trafficking = prediction.classes.get("trafficking_risk", 0.0)
    fraud = prediction.classes.get("job_fraud_other", 0.0)
    return Pattern.TRAFFICKING_RISK if trafficking >= fraud else Pattern.JOB_FRAUD

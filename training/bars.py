"""What the evaluation is measured against: each bar, where its number lies in the JSON, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from training import sources


@dataclass(frozen=True, slots=True)
class Bar:
    """`path` leads to a number of the JSON; it has to be at least (`least`) or at most the bar."""

    title: str
    path: tuple[str, ...]
    limit: float
    least: bool = True


_TEST = ("test", "overall")
BARS = (
    Bar("trafficking lures flagged", (*_TEST, "recall.trafficking_risk"), 0.95),
    Bar("trafficking lures rated high", (*_TEST, "recall_high.trafficking_risk"), 0.75),
    Bar("subtle trafficking lures flagged", (*_TEST, "recall_subtle.trafficking_risk"), 0.85),
    Bar("job frauds flagged", (*_TEST, "recall.job_fraud_other"), 0.90),
    Bar("hard honest adverts flagged", (*_TEST, "false_flag.hard"), 0.06, least=False),
    Bar("hard honest adverts rated high", (*_TEST, "false_high.hard"), 0.01, least=False),
    Bar("non-adverts recognised as such", (*_TEST, "gated.non_ad"), 0.95),
    Bar("AUC", (*_TEST, "auc"), 0.98),
    Bar("expected calibration error", (*_TEST, "ece"), 0.03, least=False),
    Bar("indicator F1", ("test", "indicators", "micro", "f1"), 0.85),
    *(
        bar
        for name in sources.ORDINARY
        for bar in (
            Bar(f"{name}, out of fold: flagged", ("out_of_fold", name, "false_flag.no_pattern"), 0.03, least=False),
            Bar(f"{name}, out of fold: rated high", ("out_of_fold", name, "false_high.no_pattern"), 0.005, least=False),
        )
    ),
    Bar(
        "TurnBackHoax, left out as a source: flagged",
        ("one_source_left_out", "turnbackhoax", "recall.job_fraud_other"),
        0.70,
    ),
    Bar(
        "EMSCAD, grouped: average precision above the bare model's by",
        ("emscad", "grouped", "detector_above_baseline"),
        0.0,
    ),
)
HOLDS, UNSURE, SHORT, UNMEASURED = "holds", "holds, interval reaches past the bar", "**falls short**", "not measured"


def number_at(result: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any] | None:
    """The number at `path`, or None where this evaluation has none."""
    place: Any = result
    for name in path:
        place = place.get(name) if isinstance(place, dict) else None
    return place


def verdict(bar: Bar, number: dict[str, Any] | None) -> str:
    """Whether `number` keeps `bar`, and whether its interval does too."""
    if number is None or number["value"] is None:
        return UNMEASURED
    sign = 1 if bar.least else -1
    if sign * (number["value"] - bar.limit) < 0:
        return SHORT
    worst = number["low"] if bar.least else number["high"]
    return HOLDS if worst is not None and sign * (worst - bar.limit) >= 0 else UNSURE


def judged(result: dict[str, Any]) -> list[dict[str, Any]]:
    """Every bar with its number and the verdict, as the JSON keeps it."""
    out = []
    for bar in BARS:
        number = number_at(result, bar.path)
        out.append(
            {
                "title": bar.title,
                "path": list(bar.path),
                "bar": f"{'≥' if bar.least else '≤'} {bar.limit:g}",
                "number": number,
                "verdict": verdict(bar, number),
            }
        )
    return out

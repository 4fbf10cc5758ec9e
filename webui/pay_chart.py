"""The promised pay beside what such work pays: two or three bars in millions of rupiah, with a sentence that agrees.

Labels stand above the bars instead of on an axis, because a phone has no room for both.
"""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from detector.assessment import Pay
from detector.facts.benchmark import benchmark
from detector.facts.pay_words import amount_words, pay_sentence
from webui.words import Say

PROMISED, THERE, HOME = "#B4470F", "#2F6C86", "#7C8A8E"
_INK = "#1C2B30"
_HOME_ID = "ID.highest"
_STEP = 54


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: monthly rupiah from `low` to `high` and the words above it."""

    label: str
    low: int
    high: int
    colour: str


def bars(pay: Pay, say: Say) -> tuple[Bar, ...]:
    """What to draw: the promise, the floor where the work is, and Indonesia's highest as a yardstick from home.

    Empty when the promise has no monthly rupiah value. Figures that no source confirms are not drawn.
    """
    if pay.monthly_idr_low is None or pay.monthly_idr_high is None:
        return ()

    def amount(low: int, high: int) -> str:
        return amount_words("IDR", low, high, say.lang)

    low, high = pay.monthly_idr_low, pay.monthly_idr_high
    out = [Bar(say("pay.promised", amount=amount(low, high)), low, high, PROMISED)]
    main = benchmark(pay.benchmark_id) if pay.benchmark_id else None
    if main and main.confirmed and main.id != _HOME_ID:
        label = say("pay.there", place=main.name[say.lang], amount=amount(main.idr, main.idr))
        out.append(Bar(label, main.idr, main.idr, THERE))
    home = benchmark(_HOME_ID)
    if home and home.confirmed and not (main and main.id.startswith("ID.") and main.id != _HOME_ID):
        label = say("pay.home", place=home.name[say.lang], amount=amount(home.idr, home.idr))
        out.append(Bar(label, home.idr, home.idr, HOME))
    return tuple(out) if len(out) > 1 else ()


def chart(pay: Pay, say: Say) -> alt.LayerChart | None:
    """The bars as a chart, or None when there is nothing to compare."""
    drawn = bars(pay, say)
    if not drawn:
        return None
    rows = pd.DataFrame(
        [
            {"row": f"{place}", "label": bar.label, "zero": 0.0, "low": bar.low / 1e6, "high": bar.high / 1e6,
             "colour": bar.colour}
            for place, bar in enumerate(drawn)
        ]
    )  # fmt: skip
    top = max(bar.high for bar in drawn) / 1e6
    # No axis: every bar carries its figure.
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, top * 1.02], nice=False), axis=None)
    y = alt.Y("row:N", axis=None, sort=None, scale=alt.Scale(paddingInner=0.1, paddingOuter=0.05))
    base = alt.Chart(rows).encode(y=y, color=alt.Color("colour:N", scale=None))
    solid = base.mark_bar(height=18, yOffset=10).encode(x=x, x2="zero:Q")
    # The part between the lowest and the highest promise is paler: it is "up to", not "from".
    upto = base.mark_bar(height=18, yOffset=10, opacity=0.45).encode(x="low:Q", x2="high:Q")
    words = base.mark_text(align="left", baseline="bottom", dy=-3, fontSize=15, color=_INK, limit=340).encode(
        x=alt.value(0), text="label:N", color=alt.value(_INK)
    )
    return (
        alt.layer(solid, upto, words)
        .properties(height=_STEP * len(drawn), padding={"left": 2, "right": 8, "top": 4, "bottom": 4})
        .configure(background="transparent", font="Source Sans, sans-serif", view={"stroke": None})
    )


def sentence(pay: Pay, say: Say) -> str:
    """The chart in words; also shown when there is nothing to draw."""
    return pay_sentence(pay, say.lang)


def caption(pay: Pay, say: Say) -> str:
    """What the bars' figures are; exchange rates are mentioned only where one was used."""
    main = benchmark(pay.benchmark_id) if pay.benchmark_id else None
    foreign = pay.currency != "IDR" or (main is not None and main.confirmed and main.currency != "IDR")
    return say("pay.rounded" if foreign else "pay.monthly")

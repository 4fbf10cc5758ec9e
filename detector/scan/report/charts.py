"""Small charts as inline SVG. Fills differ in lightness and in hatching, so they hold in black and white."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10

from detector.scan.report.markup import Safe, el, join

_WIDTH, _HEIGHT = 520, 210  # of the drawing; the page scales it
_LEFT, _TOP, _BOTTOM = 38, 16, 24
_LABEL = 58  # room for the label of a column
_COUNTED = 16  # columns up to which each carries its total


@dataclass(frozen=True, slots=True)
class Series:
    """One sort of value: its name in the legend, and the class that fills it (``high``, ``check``, ``low``)."""

    name: str
    css: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a stacked chart: a label below it, and one value a series."""

    label: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A row of a range chart: the middle half of some amounts and their median, another median, and a yardstick."""

    low: float
    middle: float
    high: float
    other: float | None = None
    yardstick: float | None = None


def patterns() -> Safe:
    """The hatchings that the fills use; once a page."""
    stripe = el("path", d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", class_="stripe")
    ground = el("rect", width=6, height=6, class_="ground")
    return el(
        "svg",
        el("defs", el("pattern", ground, stripe, id="hatch", width=6, height=6, patternUnits="userSpaceOnUse")),
        width=0, height=0, class_="defs", aria_hidden="true",
    )  # fmt: skip


def legend(series: Sequence[Series]) -> Safe:
    """Swatches with their names."""
    return el("p", *(_swatch(s) for s in series), class_="legend")


def _swatch(series: Series) -> Safe:
    box = el("rect", x=0.5, y=0.5, width=13, height=13, class_=f"f-{series.css}")
    return el("span", el("svg", box, width=14, height=14, aria_hidden="true"), " ", series.name)


def bar(share: float, css: str = "plain") -> Safe:
    """A bar in a table cell; `share` 0-1 of its width. The figure stands beside it, so it is hidden from readers."""
    width = f"{100 * min(max(share, 0), 1):.2f}%"
    return el(
        "svg", el("rect", x=0, y=0, width=width, height=12, class_=f"f-{css}"),
        width="100%", height=12, class_="bar", aria_hidden="true",
    )  # fmt: skip


def spark(values: Sequence[int]) -> Safe:
    """A line over time without axes, in a table cell."""
    if len(values) < 2 or not any(values):
        return Safe("")
    top = max(values)
    step = 96 / (len(values) - 1)
    points = " ".join(f"{2 + i * step:.1f},{20 - 16 * value / top:.1f}" for i, value in enumerate(values))
    return el(
        "svg", el("polyline", points=points, class_="trend"),
        viewBox="0 0 100 22", width=100, height=22, class_="spark", aria_hidden="true",
    )  # fmt: skip


def columns(drawn: Sequence[Column], series: Sequence[Series], title: str, number: Callable[[float], str]) -> Safe:
    """Stacked columns with a legend; the first series stands at the bottom. `number` writes figures."""
    ticks = scale(max((sum(c.values) for c in drawn), default=0))
    top = ticks[-1] or 1
    inner = _HEIGHT - _TOP - _BOTTOM
    step = (_WIDTH - _LEFT) / max(len(drawn), 1)
    width = min(step * 0.72, 46)
    every = -(-_LABEL // step) if drawn else 1

    def y(value: float) -> float:
        return _TOP + inner * (1 - value / top)

    out = []
    for tick in ticks:
        at = f"{y(tick):.1f}"
        out.append(el("line", x1=_LEFT, x2=_WIDTH, y1=at, y2=at, class_="grid" if tick else "axis"))
        out.append(el("text", number(tick), x=_LEFT - 6, y=f"{y(tick) + 4:.1f}", text_anchor="end"))
    for i, column in enumerate(drawn):
        middle = _LEFT + step * (i + 0.5)
        pieces, base = [], 0
        for one, value in zip(series, column.values, strict=True):
            if value:
                pieces.append(
                    el(
                        "rect", x=f"{middle - width / 2:.1f}", width=f"{width:.1f}", y=f"{y(base + value):.1f}",
                        height=f"{y(base) - y(base + value):.1f}", class_=f"f-{one.css}",
                    )
                )  # fmt: skip
            base += value
        words = ", ".join(f"{s.name} {number(v)}" for s, v in zip(series, column.values, strict=True))
        out.append(el("g", el("title", f"{column.label}: {words}"), *pieces))
        if base and len(drawn) <= _COUNTED:
            total = el("text", number(base), x=f"{middle:.1f}", y=f"{y(base) - 4:.1f}", text_anchor="middle")
            out.append(total)
        if i % every == 0:
            out.append(el("text", column.label, x=f"{middle:.1f}", y=_HEIGHT - 6, text_anchor="middle"))
    drawing = el(
        "svg", el("title", title), *out,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", class_="chart", aria_label=title,
    )  # fmt: skip
    return el("figure", legend(series), drawing)


def ranges_axis(ticks: Sequence[float], words: Callable[[float], str]) -> Safe:
    """The figures above a column of ranges; the widths are per cent, so letters keep their size on a phone."""
    top = ticks[-1] or 1
    out = []
    for i, tick in enumerate(ticks):
        anchor = "start" if i == 0 else "end" if i == len(ticks) - 1 else "middle"
        out.append(el("text", words(tick), x=f"{100 * tick / top:.2f}%", y=12, text_anchor=anchor))
    return el("svg", *out, width="100%", height=16, class_="ranges", aria_hidden="true")


def range_row(row: Range, ticks: Sequence[float]) -> Safe:
    """The middle half as a bar with its median as a stroke, the other median as a ring, the yardstick as a diamond."""
    top = ticks[-1] or 1

    def x(value: float) -> str:
        return f"{100 * min(value, top) / top:.2f}%"

    out = [el("line", x1=x(t), x2=x(t), y1=0, y2=26, class_="grid") for t in ticks]
    width = f"{max(100 * (min(row.high, top) - min(row.low, top)) / top, 0.6):.2f}%"
    out.append(el("rect", x=x(row.low), y=7, width=width, height=12, class_="f-check"))
    out.append(el("line", x1=x(row.middle), x2=x(row.middle), y1=3, y2=23, class_="median"))
    if row.other is not None:
        out.append(el("circle", cx=x(row.other), cy=13, r=5, class_="ring"))
    if row.yardstick is not None:
        diamond = el("path", d="M0,-7 L7,0 L0,7 L-7,0 Z", class_="yardstick")
        out.append(el("svg", diamond, x=x(row.yardstick), y=13, overflow="visible"))
    return el("svg", join(out), width="100%", height=26, class_="ranges", aria_hidden="true")


def scale(top: float) -> list[float]:
    """Round figures from 0 to above `top`, four to six of them."""
    if top <= 0:
        return [0, 1]
    size = 10 ** floor(log10(top))
    unit = next(unit for unit in (0.2 * size, 0.25 * size, 0.5 * size, size, 2 * size) if top / unit <= 5)
    if top <= 5:
        unit = max(1.0, unit)  # posts are counted whole
    return [unit * i for i in range(int(-(-top // unit)) + 1)]

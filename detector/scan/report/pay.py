"""Destinations, and the pay promised there beside what such work brings."""

from __future__ import annotations

from collections.abc import Sequence

from detector.facts.benchmark import Benchmark, benchmark
from detector.scan.report.aggregate import Destination, Figures
from detector.scan.report.charts import Range, range_row, ranges_axis, scale
from detector.scan.report.markup import Safe, el, table
from detector.scan.report.view import View

_COUNTRIES = 15
_LEAST = 3  # amounts before a range is drawn
_WIDEST = 6  # times the middle of all; a slip of the pen must not flatten the rest


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0-1) of `values` lie, between neighbours in proportion."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median(values: Sequence[float]) -> float:
    """The middle of `values`."""
    return quantile(values, 0.5)


def destinations(figures: Figures, view: View) -> Safe:
    """Countries by flagged adverts, with promised pay against the wage floor where three adverts or more state it."""
    say = view.say
    ordered = sorted(figures.destinations.items(), key=lambda item: (-item[1].flagged, -item[1].adverts, item[0]))
    if not ordered:
        return el("section", el("h2", say("audit.destinations")), el("p", say("audit.destinations.none")))
    drawn = {code: r for code, d in ordered[:_COUNTRIES] if (r := _range(d)) is not None}
    ticks = _ticks(drawn.values())
    rows, sources = [], []
    for code, entry in ordered[:_COUNTRIES]:
        row, floor = drawn.get(code), _floor(entry)
        rows.append(
            (
                view.country(code), view.number(entry.adverts), view.number(entry.flagged),
                view.number(len(entry.pay_flagged)),
                view.amount(row.middle) if row else "–",
                view.amount(floor.idr) if floor else "–",
                range_row(row, ticks) if row else "",
            )
        )  # fmt: skip
        if floor and row:
            source = floor.source[view.lang]
            year = "" if str(floor.year) in source else f" ({floor.year})"
            sources.append(f"{view.country(code)}: {source}{year}")
    axis = ranges_axis(ticks, lambda value: view.number(value / 1e6, 1)) if drawn else ""
    head = [
        say("audit.country"), say("audit.adverts"), say("audit.flagged"), say("audit.with_pay"), say("audit.median"),
        say("audit.benchmark"), el("span", say("audit.promised"), axis),
    ]  # fmt: skip
    notes = [_key(view), el("p", say("audit.pay.note"), class_="note")] if drawn else []
    if sources:
        notes.append(el("p", say("audit.pay.sources"), ": ", "; ".join(sources), ".", class_="note"))
    return el(
        "section",
        el("h2", say("audit.destinations")),
        table(head, rows, "destinations", [1, 2, 3, 4, 5]),
        *notes,
    )


def _range(entry: Destination) -> Range | None:
    if len(entry.pay_flagged) < _LEAST:
        return None
    low, middle, high = (quantile(entry.pay_flagged, share) for share in (0.25, 0.5, 0.75))
    others = median(entry.pay_others) if len(entry.pay_others) >= _LEAST else None
    floor = _floor(entry)
    return Range(low, middle, high, others, floor.idr if floor else None)


def _floor(entry: Destination) -> Benchmark | None:
    """The benchmark that most adverts were compared with; one without a confirmed source is not quoted."""
    for name, _ in entry.benchmarks.most_common():
        found = benchmark(name)
        if found is not None and found.confirmed:
            return found
    return None


def _ticks(ranges: object) -> list[float]:
    rows = list(ranges)  # type: ignore[call-overload]
    if not rows:
        return [0, 1]
    widest = _WIDEST * median([row.middle for row in rows])
    return scale(max(min(max(row.high, row.other or 0, row.yardstick or 0), widest) for row in rows))


def _key(view: View) -> Safe:
    """What the marks of the chart are."""
    marks = (
        (el("rect", x=0, y=2, width=18, height=10, class_="f-check"), "range"),
        (el("line", x1=9, x2=9, y1=0, y2=14, class_="median"), "median"),
        (el("circle", cx=9, cy=7, r=5, class_="ring"), "other"),
        (el("path", d="M9,0 L16,7 L9,14 L2,7 Z", class_="yardstick"), "yardstick"),
    )
    return el(
        "p",
        *(
            el("span", el("svg", mark, width=18, height=14, aria_hidden="true"), " ", view.say(f"audit.pay.key.{name}"))
            for mark, name in marks
        ),
        class_="legend",
    )

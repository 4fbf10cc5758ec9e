"""The parts of a report that count: summary, what was scanned, results, time, signs, places, contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from detector.indicators.compiled import shipped
from detector.scan.report.aggregate import FLAGGED, Figures
from detector.scan.report.charts import Column, Series, bar, columns, spark
from detector.scan.report.inputs import LISTED
from detector.scan.report.markup import Safe, el, join, table
from detector.scan.report.material import Material
from detector.scan.report.pay import median
from detector.scan.report.periods import flat, periods
from detector.scan.report.view import View

_LEVELS = ("high", "check", "low")
_PLACES, _CREDIBILITY, _QUOTES = 15, 14, 3


def section(title: str, *pieces: object, css: str = "") -> Safe:
    """A titled part of the report."""
    return el("section", el("h2", title), *pieces, class_=css or None)


def summary(material: Material, view: View) -> Safe:
    """The figures that matter, and a few sentences."""
    figures, say = material.figures, view.say
    tiles = [
        ("texts", figures.texts),
        ("adverts", figures.adverts),
        ("high", figures.levels["high"]),
        ("check", figures.levels["check"]),
        ("campaigns", material.totals.flagged),
    ]
    boxes = [
        el("div", el("b", view.number(n)), el("span", say(f"audit.tile.{name}")), class_=f"tile t-{name}")
        for name, n in tiles
    ]
    return section(
        say("audit.short"),
        el("div", *boxes, class_="tiles"),
        el("ul", *(el("li", s) for s in _sentences(material, view))),
    )


def _sentences(material: Material, view: View) -> Iterable[str]:
    figures, say = material.figures, view.say
    if not figures.flagged:
        yield say("audit.short.none")
        return
    yield say(
        "audit.short.flagged", flagged=view.number(figures.flagged), adverts=view.number(figures.adverts),
        percent=view.percent(figures.flagged, figures.adverts), high=view.number(figures.levels["high"]),
        check=view.number(figures.levels["check"]),
    )  # fmt: skip
    pattern, n = figures.patterns.most_common(1)[0]
    yield say("audit.short.pattern", pattern=_lower(say(f"audit.pattern.{pattern}")), n=view.number(n))
    if names := [_lower(say.pick(shipped().indicators[name].label)) for name in _flagged_signs(figures)[:3]]:
        yield say("audit.short.signs", signs=", ".join(names))
    abroad = sorted(((d.flagged, c) for c, d in figures.destinations.items() if d.flagged), reverse=True)[:3]
    if abroad:
        countries = ", ".join(f"{view.country(code)} ({view.number(n)})" for n, code in abroad)
        yield say("audit.short.destinations", countries=countries)
    if len(figures.ratios) >= 5:
        ratio = view.number(median(figures.ratios), 1)
        yield say("audit.short.pay", n=view.number(len(figures.ratios)), ratio=ratio)
    if material.totals.flagged:
        yield say(
            "audit.short.campaigns", posts=view.number(material.totals.flagged_posts),
            n=view.number(material.totals.flagged),
        )  # fmt: skip


def scanned(material: Material, view: View) -> Safe:
    """Inputs with sizes and hashes, how they were read, what was left out, and with which version and options."""
    about, say = material.about, view.say
    files = about.inputs.files
    listed = [
        (view.place(file.name), view.size(file.size), el("code", file.sha256 or say("audit.gone")))
        for file in files[:LISTED]
    ]
    whole = None
    if len(files) > 1:
        words = say("audit.all_files", n=view.number(len(files)), size=view.size(about.inputs.size))
        more = say("audit.more_files", n=view.number(len(files) - LISTED)) + ". " if len(files) > LISTED else ""
        whole = el("p", more, words, " ", el("code", about.inputs.digest))
    report = about.report
    rows: list[tuple[str, object]] = [
        (say("audit.formats"), _lines(_formats(material, view))),
        (say("audit.rows"), view.number(material.figures.texts)),
        (say("audit.rejected"), _reasons(report.rejected, view)),
    ]
    if report.skipped:
        rows.append((say("audit.skipped"), _reasons(report.skipped, view)))
    rows += [
        (say("audit.dated"), view.number(material.figures.dated)),
        (say("audit.options"), el("code", view.hide_raw(about.options)) if about.options else say("audit.none")),
        (say("audit.version"), f"detector {about.version}"),
        (say("audit.model"), el("code", about.model)),
    ]
    if about.output:
        name, digest = about.output
        rows.append((say("audit.output"), join((view.place(name), " ", el("code", digest) if digest else ""))))
    rows.append((say("audit.made"), about.made))
    if report.notes:
        rows.append((say("audit.remarks"), _lines(view.place(note) for note in report.notes[:12])))
    return section(
        say("audit.scanned"),
        table([say("audit.file"), say("audit.size"), say("audit.sha")], listed, "files", [1]),
        whole,
        el("dl", *(join((el("dt", name), el("dd", value))) for name, value in rows), class_="how"),
    )


def _formats(material: Material, view: View) -> Iterable[str]:
    for choice, tables in material.about.report.choices.items():
        words = view.say("audit.format", format=choice.format, columns=choice.text)
        guessed = " " + view.say("audit.guessed") if choice.guessed else ""
        many = " " + view.say("audit.tables", n=view.number(tables)) if tables > 1 else ""
        yield words + guessed + many


def _reasons(counts: dict[str, int], view: View) -> Safe | str:
    if not counts:
        return view.say("audit.none")
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return _lines(f"{view.number(n)}: {view.reason(reason)}" for reason, n in ordered)


def _lines(lines: Iterable[object]) -> Safe:
    return join(el("span", line, class_="line") for line in lines)


def results(figures: Figures, view: View) -> Safe:
    """Counts by level, pattern, kind and language."""
    say = view.say
    levels = [(view.level(name), figures.levels[name], name) for name in _LEVELS]
    patterns = [(say(f"audit.pattern.{name}"), n, "plain") for name, n in figures.patterns.most_common()]
    kinds = [(say(f"audit.kind.{name}"), n, "plain") for name, n in figures.kinds.most_common()]
    return section(
        say("audit.results"),
        _counted(say("audit.levels"), levels, figures.adverts, view),
        _counted(say("audit.patterns"), patterns, figures.flagged, view),
        _counted(say("audit.kinds"), kinds, figures.texts, view),
        _languages(figures, view),
    )


def _counted(title: str, rows: list[tuple[str, int, str]], whole: int, view: View) -> Safe | None:
    if not rows:
        return None
    head = [view.say("audit.name"), view.say("audit.number"), view.say("audit.share"), ""]
    cells = [
        (name, view.number(n), view.percent(n, whole), bar(n / whole if whole else 0, css)) for name, n, css in rows
    ]
    return el("div", el("h3", title), table(head, cells, "counted", [1, 2]), class_="keep")


def _languages(figures: Figures, view: View) -> Safe:
    say = view.say
    codes = {code for code, _ in figures.languages}

    def numbers(code: str) -> tuple[int, int, int]:
        adverts = sum(figures.languages[code, level] for level in _LEVELS)
        return adverts, sum(figures.languages[code, level] for level in FLAGGED), figures.languages[code, "other"]

    rows = sorted(((*numbers(code), code) for code in codes), key=lambda row: (-row[0] - row[2], row[3]))
    head = [
        say("audit.languages"),
        say("audit.adverts"),
        say("audit.flagged"),
        say("audit.share"),
        "",
        say("audit.other_kinds"),
    ]
    cells = [
        (
            view.language(code), view.number(adverts), view.number(flagged), view.percent(flagged, adverts),
            bar(flagged / adverts if adverts else 0), view.number(other),
        )
        for adverts, flagged, other, code in rows
    ]  # fmt: skip
    title = el("h3", say("audit.languages"))
    note = el("p", say("audit.languages.note"), class_="note")
    return el("div", title, table(head, cells, "counted languages", [1, 2, 3, 5]), note, class_="keep")


def over_time(figures: Figures, view: View) -> Safe:
    """Adverts by period and level: a chart, and the same figures with the patterns as a table."""
    say = view.say
    spans = periods(flat(figures.days, *_LEVELS, "other"))
    if spans is None:
        return section(say("audit.time"), el("p", say("audit.time.none")))
    sums = {name: spans.sums(flat(figures.days, name)) for name in _LEVELS}
    patterns = [name for name, _ in figures.patterns.most_common()]
    by_pattern = {name: spans.sums(flat(figures.days, f"pattern:{name}")) for name in patterns}
    labels = [view.period(start, spans.unit) for start in spans.starts]
    series = [Series(view.level(name), name) for name in _LEVELS]
    drawn = [Column(label, tuple(sums[name][i] for name in _LEVELS)) for i, label in enumerate(labels)]
    title = say(f"audit.time.{spans.unit}")
    head = [say("audit.when"), *(s.name for s in series), *(say(f"audit.pattern.{name}") for name in patterns)]
    rows = [
        (_written(start, spans.unit, label, view), *(view.number(n[i]) for n in (*sums.values(), *by_pattern.values())))
        for i, (label, start) in enumerate(zip(labels, spans.starts, strict=True))
    ]  # fmt: skip
    notes = [say("audit.time.note")]
    if spans.earlier:
        notes.insert(0, say("audit.time.earlier", n=view.number(spans.earlier)))
    if figures.texts > figures.dated:
        notes.insert(0, say("audit.time.undated", n=view.number(figures.texts - figures.dated)))
    return section(
        say("audit.time"),
        el("div", el("h3", title), columns(drawn, series, title, view.number), class_="keep"),
        table(head, rows, "periods", range(1, len(head))),
        el("p", " ".join(notes), class_="note"),
    )


def _written(start: date, unit: str, label: str, view: View) -> str:
    """A period in full; quarters and years are short as they are."""
    day = view.day(start.isoformat())
    return day if unit in ("day", "week") else day.partition(" ")[2] if unit == "month" else label


def _flagged_signs(figures: Figures) -> list[str]:
    """Known signs by falling number of flagged adverts that carry them."""
    known = shipped().indicators
    counts = {
        name: sum(sign.levels[level] for level in FLAGGED) for name, sign in figures.signs.items() if name in known
    }
    return sorted((n for n in counts if counts[n]), key=lambda name: (-counts[name], name))


def signs(figures: Figures, view: View) -> Safe:
    """Every indicator met: its meaning, weight, numbers, course over time, and how adverts word it."""
    say, catalogue = view.say, shipped()
    names = _flagged_signs(figures)
    names += sorted(name for name in figures.signs if name in catalogue.indicators and name not in names)
    if not names:
        return section(say("audit.signs"), el("p", say("audit.signs.none")))
    spans = periods({day: sum(n.values()) for day, n in figures.days.items()})
    rows = []
    for name in names:
        entry, sign = catalogue.indicators[name], figures.signs[name]
        flagged = sum(sign.levels[level] for level in FLAGGED)
        quotes = [el("q", view.words(quote, 60)) for quote, _ in sign.quotes.most_common(_QUOTES)]
        meaning = join(
            (
                el("b", say.pick(entry.label)),
                el("span", say.pick(entry.definition), class_="line"),
                el("span", say("audit.worded"), " ", join(quotes, " "), class_="line quotes") if quotes else "",
            )
        )
        rows.append(
            (
                meaning, say(f"strength.{entry.strength}"), view.number(flagged),
                bar(flagged / figures.flagged if figures.flagged else 0), view.number(sign.levels["low"]),
                spark(spans.sums(sign.days)) if spans else "",
            )
        )  # fmt: skip
    head = [
        say("audit.sign"),
        say("audit.strength"),
        say("audit.in_flagged"),
        "",
        say("audit.in_others"),
        say("audit.trend"),
    ]
    return section(
        say("audit.signs"),
        el("p", say("audit.signs.intro")),
        table(head, rows, "signs", [2, 4]),
        _credibility(figures, view),
    )


def _credibility(figures: Figures, view: View) -> Safe | None:
    known = shipped().credibility
    found = [(name, n) for name, n in figures.credibility.most_common(_CREDIBILITY) if name in known]
    if not found:
        return None
    rows = [(view.say.pick(known[name].label), view.number(n), view.percent(n, figures.adverts)) for name, n in found]
    head = [view.say("audit.name"), view.say("audit.number"), view.say("audit.share")]
    return el(
        "div", el("h3", view.say("audit.credibility")), el("p", view.say("audit.credibility.intro")),
        table(head, rows, "counted three", [1, 2]), class_="keep",
    )  # fmt: skip


def places(figures: Figures, view: View) -> Safe | None:
    """The groups, pages and channels with most flagged adverts; None where the input names none."""
    found = figures.places_flagged.most_common(_PLACES)
    if not found:
        return None
    rows = [(view.place(name), view.number(n), view.number(max(n, figures.places[name]))) for name, n in found]
    head = [view.say("audit.place"), view.say("audit.flagged"), view.say("audit.texts")]
    return section(
        view.say("audit.places"), el("p", view.say("audit.places.intro")), table(head, rows, "places", [1, 2])
    )


def network(material: Material, view: View, number_of: Callable[[str], int | None]) -> Safe:
    """The contacts that stand in most flagged adverts; `number_of` gives the card of a campaign."""
    say, contacts = view.say, material.contacts
    shown = contacts.get("shown", [])
    if not shown:
        return section(say("audit.network"), el("p", say("audit.network.none")))
    rows = []
    for entry in shown:
        cards = [n for c in entry["campaigns"] if (n := number_of(c)) is not None]
        where = join((el("a", n, href=f"#k{n}") for n in sorted(cards)[:6]), ", ")
        beside = join((join((view.contact(name), f" ({view.number(n)})")) for name, n in entry["beside"][:3]), ", ")
        spots = join((el("bdi", view.hide(name)) for name, _ in entry["places"][:2]), ", ")
        rest = entry["place_count"] - 2
        if rest > 0:
            spots = join((spots, " ", say("audit.and_more", n=view.number(rest))))
        rows.append(
            (
                view.contact(entry["contact"]), view.number(entry["flagged"]), view.number(entry["posts"]),
                where or "–",
                view.between(entry["first_seen"], entry["last_seen"]), spots or "–", beside or "–",
            )
        )  # fmt: skip
    head = [
        say("audit.contact"), say("audit.flagged"), say("audit.texts"), say("audit.in_campaigns"),
        say("audit.seen_between"), say("audit.in_places"), say("audit.beside"),
    ]  # fmt: skip
    total = say(
        "audit.network.total", all=view.number(contacts["contacts"]), flagged=view.number(contacts["flagged"]),
        shown=view.number(len(shown)),
    )  # fmt: skip
    return section(
        say("audit.network"), el("p", say("audit.network.intro"), " ", total), table(head, rows, "network", [1, 2])
    )


def _lower(label: str) -> str:
    """A label inside a sentence; abbreviations keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]

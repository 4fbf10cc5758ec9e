"""About as HTML: what it is for, how good it is, where it is weak. Pure functions of the figures."""

from __future__ import annotations

from webui.about_figures import FEW, Figure, Figures, Language, Named
from webui.markup import plain, section, tag
from webui.words import Say


def page(figures: Figures, version: str, say: Say) -> list[str]:
    """The parts of the page, top to bottom."""
    parts = [
        section(say("about.title"), _words(say, "about.what.1", "about.what.2"), "about"),
        section(say("about.not"), _list(say, "about.not", 5), "about"),
        section(say("about.written"), _rows(figures.written, "written", say), "about", say("about.written_what")),
        section(say("about.real"), _rows(figures.real, "real", say), "about", say("about.real_what")),
        section(say("about.weak"), _weak(figures, say), "about", say("about.weak_what")),
        section(say("about.languages"), _languages(figures.languages, say), "about", say("about.languages_what")),
        section(say("about.privacy"), _list(say, "about.privacy", 4), "about"),
        section(say("about.cite"), _facts(figures, version, say), "about", say("about.cite_what")),
    ]
    return parts


def percent(value: float, say: Say) -> str:
    """A share as people read it: whole percent, and tenths where a whole one would say nothing."""
    digits = 0 if 0.095 <= value < 0.995 or value in (0, 1) else 1
    return f"{say.number(value * 100, digits)}%"


def likely(figure: Figure, say: Say) -> str:
    """How many texts a share rests on, and between what it lies."""
    texts = say.number(figure.n, 0)
    if figure.low is None or figure.high is None:
        return say("about.of", n=texts)
    return say("about.between", n=texts, low=percent(figure.low, say), high=percent(figure.high, say))


def _words(say: Say, *keys: str) -> str:
    return "".join(tag("p", plain(say(key))) for key in keys)


def _list(say: Say, family: str, items: int) -> str:
    return tag("ul", "".join(tag("li", plain(say(f"{family}.{n}"))) for n in range(1, items + 1)), "plain-list")


def _rows(found: dict[str, Figure], family: str, say: Say) -> str:
    """One row a figure: the share, what it is of, and how sure that is."""
    rows = []
    for name, figure in found.items():
        key = f"about.{family}.{name}"
        if say.has(key):
            words = tag("span", plain(say(key))) + tag("span", plain(likely(figure, say)), "basis")
            rows.append(tag("li", tag("b", plain(percent(figure.value, say))) + tag("span", words, "of")))
    return tag("ul", "".join(rows), "figures")


def _weak(figures: Figures, say: Say) -> str:
    items = []
    if (kind := figures.unseen_kind) is not None:
        items.append(say("about.weak.kind", name=_name("scenario", kind, say), share=percent(kind.figure.value, say)))
    if (source := figures.strange_honest) is not None:
        items.append(
            say("about.weak.honest", name=_name("source", source, say), share=percent(source.figure.value, say))
        )
    if (source := figures.strange_fraud) is not None:
        items.append(
            say("about.weak.fraud", name=_name("source", source, say), share=percent(source.figure.value, say))
        )
    lost = [d for d in figures.disguises if d.figure.value > 0]
    if lost:
        told = "; ".join(f"{_name('disguise', d, say)}: {percent(d.figure.value, say)}" for d in lost)
        items.append(say("about.weak.disguise", told=told))
    if {"precision", "recall"} <= figures.signs.keys():
        right, seen = (percent(figures.signs[name].value, say) for name in ("precision", "recall"))
        items.append(say("about.weak.signs", right=right, seen=seen))
    if figures.missed:
        named = "; ".join(say(key) if say.has(key := f"about.bar.{name}") else name for name in figures.missed)
        items.append(say("about.weak.bars", missed=len(figures.missed), bars=figures.bars, named=named))
    items += [say("about.weak.lures"), say("about.weak.reads")]
    return tag("ul", "".join(tag("li", plain(item)) for item in items), "plain-list")


def _name(family: str, named: Named, say: Say) -> str:
    key = f"about.{family}.{named.name.replace(' ', '_')}"
    return say(key) if say.has(key) else named.name


def _languages(rows: tuple[Language, ...], say: Say) -> str:
    if not rows:
        return tag("p", plain(say("about.no_languages")), "faint")
    columns = ("language", "lures", "honest")
    head = "".join(
        tag("th", plain(say(f"about.column.{name}")), "n" if name != "language" else "", scope="col")
        for name in columns
    )
    body = "".join(_language(row, say) for row in rows)
    return tag("table", tag("thead", tag("tr", head)) + tag("tbody", body)) + tag(
        "p", plain(say("about.few", n=FEW)), "faint"
    )


def _language(row: Language, say: Say) -> str:
    key = f"about.language.{row.code}"
    cells = tag("th", plain(say(key) if say.has(key) else row.code), scope="row")
    for figure in (row.lures, row.honest):
        share = tag("b", plain(percent(figure.value, say)))
        few = " *" if figure.n < FEW else ""
        cells += tag("td", share + few + tag("span", plain(_range(figure, say)), "basis"), "n")
    return tag("tr", cells)


def _range(figure: Figure, say: Say) -> str:
    low, high = (percent(value or 0.0, say) for value in (figure.low, figure.high))
    return say("about.range", n=say.number(figure.n, 0), low=low, high=high)


def _facts(figures: Figures, version: str, say: Say) -> str:
    short = figures.sha256[:12]
    cite = say("about.cite_line", version=version, model=short)
    rows = (
        (say("about.fact.version"), version),
        (say("about.fact.made"), say.month(figures.made[:7]) if figures.made else say("about.fact.no_date")),
        (say("about.fact.model"), short),
        (say("about.fact.licence"), say("about.licence")),
    )
    listed = "".join(tag("dt", plain(name)) + tag("dd", plain(value)) for name, value in rows)
    return tag("p", plain(cite), "cite") + tag("dl", listed, "facts")

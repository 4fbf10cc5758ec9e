"""The report as one HTML file: nothing outside it is needed to read or print it, and no script runs in it."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files

from detector.help import help_lines, immediate_danger
from detector.scan.report import sections
from detector.scan.report.aggregate import Evidence
from detector.scan.report.campaign_cards import card
from detector.scan.report.charts import patterns
from detector.scan.report.markup import Safe, el, join
from detector.scan.report.material import Material
from detector.scan.report.pay import destinations
from detector.scan.report.view import View

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_TERMS = (
    "advert", "level", "flagged", "pattern", "sign", "campaign", "wording", "slot", "benchmark", "pseudonym", "sha",
)  # fmt: skip


def render(material: Material, view: View, contacts: str, campaigns_name: str | None = None) -> str:
    """The whole page.

    Parameters
    ----------
    material
        What to show.
    view
        Language, and what is hidden.
    contacts
        What the reader is told of contacts: ``redacted``, ``masked`` or ``open``.
    campaigns_name
        Name of the file that lists all campaigns.
    """
    say = view.say
    title = say("audit.title")
    style = (files("detector") / "resources" / "report" / "report.css").read_text(encoding="utf-8")
    number_of = {campaign["id"]: n for n, campaign in enumerate(material.campaigns, 1)}
    body = el(
        "body",
        patterns(),
        el(
            "main",
            _top(material, view, contacts),
            sections.summary(material, view),
            _reading(view),
            sections.results(material.figures, view),
            sections.over_time(material.figures, view),
            sections.signs(material.figures, view),
            destinations(material.figures, view),
            sections.places(material.figures, view),
            _campaigns(material, view, campaigns_name),
            sections.network(material, view, number_of.get),
            sections.scanned(material, view),
            _limits(material, view),
            _glossary(view),
            _help(view),
            el("footer", el("p", say("audit.foot", version=material.about.version), " ", say("foot.limits"))),
        ),
    )
    return document(title, style, body, view.lang)


def document(title: str, style: str, body: Safe, lang: str) -> str:
    """A whole HTML file that asks for nothing outside itself and runs no script."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="format-detection", content="telephone=no, email=no, address=no"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", title),
        el("style", Safe(style)),
    )
    return "<!DOCTYPE html>\n" + el("html", head, body, lang=lang) + "\n"


def _top(material: Material, view: View, contacts: str) -> Safe:
    about, say, figures = material.about, view.say, material.figures
    made = datetime.fromisoformat(about.made)
    lead = say(
        "audit.lead", texts=view.number(figures.texts), files=view.number(len(about.inputs.files)),
        made=f"{view.day(about.made)}, {made:%H:%M}",
    )  # fmt: skip
    days = [day for day, counts in figures.days.items() if counts]
    period = None
    if days:
        first, last = (datetime.fromordinal(day).date().isoformat() for day in (min(days), max(days)))
        period = el("p", say("audit.period", first=view.day(first), last=view.day(last)), class_="lead")
    broken = el("p", say("audit.broken", why=view.hide_raw(about.broken)), class_="warn") if about.broken else None
    return el(
        "header",
        el("h1", say("audit.title")),
        el("p", lead, class_="lead"),
        period,
        el("p", say("audit.unproven"), class_="unproven"),
        el("p", say(f"audit.{contacts}"), class_="note"),
        broken,
        class_="top",
    )


def _reading(view: View) -> Safe:
    items = [el("li", view.say(f"audit.read.{n}")) for n in range(1, 5)]
    return sections.section(view.say("audit.read"), el("ul", *items), css="keep")


def _campaigns(material: Material, view: View, name: str | None) -> Safe:
    say, totals = view.say, material.totals
    intro = say(
        "audit.campaigns.intro", all=view.number(totals.all), posts=view.number(totals.posts),
        flagged=view.number(totals.flagged),
    )  # fmt: skip
    if not material.campaigns:
        return sections.section(say("audit.campaigns"), el("p", intro), el("p", say("audit.campaigns.none")))
    more = []
    if totals.flagged > len(material.campaigns):
        more.append(say("audit.campaigns.shown", shown=view.number(len(material.campaigns))))
    if name:
        more.append(say("audit.campaigns.list", name=view.hide_raw(name)))
    cards = [
        card(n, campaign, material.figures.campaigns.get(campaign["id"], Evidence()), view)
        for n, campaign in enumerate(material.campaigns, 1)
    ]
    return sections.section(
        say("audit.campaigns"), el("p", " ".join([intro, *more])), el("p", say("audit.campaigns.slots"), class_="note"),
        join(cards), css="campaigns",
    )  # fmt: skip


def _limits(material: Material, view: View) -> Safe:
    items = []
    for n in range(1, 8):
        rates = _false_flags(material) if n == 3 else None
        if rates:
            low, high = (view.percent(rate, 1) for rate in rates)
            items.append(view.say("audit.limit.3", low=low, high=high))
        else:
            items.append(view.say("audit.limit.3.plain" if n == 3 else f"audit.limit.{n}"))
    return sections.section(view.say("audit.limits"), el("ul", *(el("li", item) for item in items)), css="keep")


def _false_flags(material: Material) -> tuple[float, float] | None:
    """The lowest and the highest share of genuine adverts that the model flagged, by collection; from its sidecar."""
    measured = material.about.sidecar.get("metrics", {}).get("out_of_fold", {})
    rates = [entry["false_flag.no_pattern"] for entry in measured.values() if "false_flag.no_pattern" in entry]
    return (min(rates), max(rates)) if rates else None


def _glossary(view: View) -> Safe:
    say = view.say
    terms = [join((el("dt", say(f"audit.term.{t}")), el("dd", say(f"audit.term.{t}.is")))) for t in _TERMS]
    return sections.section(say("audit.glossary"), el("dl", *terms), css="glossary")


def _help(view: View) -> Safe:
    """Our own help lines, which may be tapped."""
    say = view.say
    lines = []
    for line in help_lines():
        checked = say("help.checked", date=say.month(line.checked))
        value = el("a", line.value, href=line.link, rel="noreferrer")
        lines.append(el("li", el("b", say.pick(line.name)), ": ", value, f". {say.pick(line.purpose)} ({checked})"))
    return sections.section(say("audit.help"), el("p", say.pick(immediate_danger())), el("ul", *lines), css="keep help")

"""One card a campaign: its typical text with what varies in it, its size, times, places, contacts and signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from detector.indicators.compiled import shipped
from detector.scan.report.aggregate import Evidence
from detector.scan.report.hide import digits_hidden
from detector.scan.report.markup import Safe, el, escape, join, quoted, shorten
from detector.scan.report.view import View

# A card fits on a page, so that no page break cuts it.
_CHARACTERS, _LINES = 1_300, 26
_SLOTS, _FILLINGS, _FILLING = 8, 4, 48
_CONTACTS, _PLACES, _SIGNS, _QUOTES = 6, 6, 8, 2
_MARK = "•"


def card(number: int, campaign: dict[str, Any], evidence: Evidence, view: View) -> Safe:
    """A campaign as `grouping` writes it, with what its records say."""
    say = view.say
    level = campaign["level"]
    facts = [say("audit.posts", n=view.number(campaign["size"]))]
    if campaign["wordings"] > 1:
        facts.append(say("audit.wordings", n=view.number(campaign["wordings"])))
    facts.append(view.between(campaign["first_seen"], campaign["last_seen"]))
    head = el(
        "header",
        el("h3", f"{number}. ", el("span", campaign["id"], class_="id")),
        el("span", view.level(level), class_=f"badge b-{level}"),
        el("p", " · ".join(facts), class_="facts"),
    )
    text, slots = _template(campaign["template"], view)
    rows = [
        (say("audit.pattern"), _patterns(evidence, view)),
        (say("audit.evidence"), _signs(campaign, evidence, view)),
        (say("audit.contacts"), _listed(campaign["contacts"], _CONTACTS, view.contact, view)),
        (say("audit.posted_in"), _listed(campaign["places"], _PLACES, lambda name: view.words(name, 70), view)),
        (say("audit.states"), _listed(evidence.countries.most_common(), 6, view.country, view)),
        (say("audit.pay"), _pay(evidence, view)),
        (say("audit.ids"), _ids(evidence, campaign["size"], view)),
    ]  # fmt: skip
    details = el("dl", *(join((el("dt", name), el("dd", value))) for name, value in rows if value))
    return el("article", head, text, slots, details, class_=f"campaign c-{level}", id=f"k{number}")


def _template(template: Sequence[dict[str, Any]], view: View) -> tuple[Safe | None, Safe | None]:
    """The typical text with its slots numbered, and the list of what stands in them elsewhere."""
    whole = "".join(part["text"] for part in template)
    if not whole:
        return None, None
    # Hiding keeps the length, so that the parts stay where they are.
    hidden = view.hide(whole)
    hidden = hidden if len(hidden) == len(whole) else whole
    end = _end(whole)
    shown: list[Safe] = []
    slots: list[Safe] = []
    at = 0
    for part in template:
        start, at = at, at + len(part["text"])
        piece = hidden[start : min(at, end)]
        if start >= end and start:
            break
        if not part["fillings"]:
            shown.append(escape(piece))
            continue
        covered = _MARK in piece and _MARK not in part["text"]
        number = len(slots) + 1
        if number > _SLOTS:
            shown.append(el("mark", piece))
            continue
        shown.append(el("mark", piece or "…", el("sup", number)))
        fillings = [view.hide(f) for f in part["fillings"][:_FILLINGS]]
        fillings = [digits_hidden(f) if covered else f for f in fillings]
        words = [quoted(shorten(f, _FILLING)) if f.strip() else el("i", view.say("audit.nothing")) for f in fillings]
        slots.append(el("li", join(words, " | ")))
    if end < len(whole):
        shown.append(el("span", " " + view.say("audit.cut", n=view.number(len(whole) - end)), class_="cut"))
    text = el("div", el("bdi", *_without_gaps(shown)), class_="ad")
    listed = el("div", el("b", view.say("audit.slots")), el("ol", *slots), class_="slots") if slots else None
    return text, listed


def _end(text: str) -> int:
    """Where a long text is cut: at so many characters, or after so many lines."""
    end = min(len(text), _CHARACTERS)
    lines = [m.start() for m in re.finditer("\n", text[:end])]
    return lines[_LINES] if len(lines) > _LINES else end


def _without_gaps(pieces: Sequence[Safe]) -> list[Safe]:
    """Empty lines one after another become one."""
    return [Safe(re.sub(r"\n\s*\n\s*", "\n\n", piece)) for piece in pieces]


def _patterns(evidence: Evidence, view: View) -> Safe:
    return join((view.say(f"audit.pattern.{name}") for name, _ in evidence.patterns.most_common()), ", ")


def _signs(campaign: dict[str, Any], evidence: Evidence, view: View) -> Safe | None:
    catalogue = shipped().indicators
    found = [(name, n) for name, n in campaign["indicators"] if name in catalogue]
    order = ("critical", "strong", "medium", "weak")
    found.sort(key=lambda item: (order.index(catalogue[item[0]].strength), -item[1]))
    out = []
    for name, n in found[:_SIGNS]:
        quotes = [view.words(q, 60) for q, _ in evidence.quotes.get(name, {}).most_common(_QUOTES)]  # type: ignore[union-attr]
        entry = catalogue[name]
        strength = view.say(f"strength.{entry.strength}")
        label = el("b", view.say.pick(entry.label))
        marks = join((el("q", quote) for quote in quotes), " ")
        out.append(el("li", label, f" ({strength}; {view.number(n)}) ", marks))
    if not out:
        return None
    more = len(found) - len(out)
    if more > 0:
        out.append(el("li", view.say("audit.and_more", n=more), class_="more"))
    return el("ul", *out)


def _listed(pairs: Sequence[Any], most: int, shown: Any, view: View) -> Safe | None:
    """Names with numbers of posts, the first `most` of them."""
    if not pairs:
        return None
    items: list[object] = [join((shown(name), f" ({view.number(n)})")) for name, n in pairs[:most]]
    if len(pairs) > most:
        items.append(view.say("audit.and_more", n=view.number(len(pairs) - most)))
    return join(items, ", ")


def _pay(evidence: Evidence, view: View) -> Safe | None:
    if evidence.pay_low is None or evidence.pay_high is None:
        return None
    return escape(view.amount(evidence.pay_low, evidence.pay_high))


def _ids(evidence: Evidence, size: int, view: View) -> Safe | None:
    if not evidence.ids:
        return None
    items: list[object] = [quoted(shorten(view.hide(i), 60)) for i in evidence.ids]
    if size > len(items):
        items.append(view.say("audit.and_more", n=view.number(size - len(items))))
    return join(items, ", ")

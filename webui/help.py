"""Help lines and the checklist as HTML. These numbers are ours, so unlike those in an ad they can be tapped."""

from __future__ import annotations

from collections.abc import Iterable

from detector.assessment import Assessment
from detector.help import CheckItem, HelpLine, abroad, checklist, help_lines, immediate_danger
from detector.indicators.catalogue import Catalogue
from detector.words import cited
from webui.markup import plain, section, tag
from webui.result import countries
from webui.words import Say


def help_panel(places: Iterable[str], say: Say, testimony: bool = False) -> str:
    """Whom to ask, with what each is for and when it was last confirmed."""
    danger = tag("p", plain(say.pick(immediate_danger())), "danger")
    lines = tag("ul", "".join(_line(line, say) for line in help_lines(places)), "lines")
    intro = say("help.intro_testimony" if testimony else "help.intro")
    return section(say("help.title"), danger + lines, "help", intro)


def _line(line: HelpLine, say: Say) -> str:
    checked = f"({say('help.checked', date=say.month(line.checked))})"
    return tag(
        "li",
        tag("span", plain(say.pick(line.name)), "who")
        + tag("a", plain(line.value), "value", href=line.link, rel="noreferrer")
        + tag("span", plain(say.pick(line.purpose)) + " " + tag("span", plain(checked), "checked"), "purpose"),
        line.kind,
    )


# Which offices know of licences, and what our sources advise to do with what an advert says, by kind of offer.
_OFFICES = ("siskop2mi", "kp2mi_call")
_ADVICE = {True: ("licensed_p3mi", "job_order_no"), False: ("named_employer_address", "siskop_registration")}


def licence_panel(assessment: Assessment, catalogue: Catalogue, say: Say) -> str:
    """Where to verify the licence of who is hiring: only what the help lines and the catalogue hold, with its source.

    What stands under the advert's own credibility signs already is not said again.
    """
    overseas = abroad(assessment.indicators, countries(assessment))
    said = {credential.id for credential in assessment.credentials}
    advice = [catalogue.credibility[name] for name in _ADVICE[overseas] if name not in said]
    items = "".join(
        tag(
            "li",
            plain(say.pick(entry.advice))
            + tag("span", plain(f"{say('cards.source')}: {'; '.join(map(cited, entry.sources))}"), "source"),
        )
        for entry in advice
    )
    offices = [line for line in help_lines() if overseas and line.id in _OFFICES]
    lines = tag("ul", "".join(_line(line, say) for line in offices), "lines") if offices else ""
    body = (tag("ul", items, "advice") if items else "") + lines
    intro = say("licence.intro_overseas" if overseas else "licence.intro")
    return section(say("licence.title"), body, "licence", intro) if body else ""


def checklist_panel(indicators: Iterable[str], places: Iterable[str], say: Say) -> str:
    """What to check before saying yes; only what fits this ad."""
    return section(say("checklist.title"), _items(checklist(indicators, places), say), "checklist")


def _items(items: Iterable[CheckItem], say: Say) -> str:
    return _boxes(say.pick(item.text) for item in items)


def _boxes(texts: Iterable[str]) -> str:
    """Boxes to tick while reading; nobody is told which."""
    box = '<input type="checkbox">'
    return tag("ul", "".join(tag("li", tag("label", box + tag("span", plain(text)))) for text in texts))


def seeker_tips(say: Say) -> str:
    """Safety for somebody whose post will draw private offers."""
    tips = [say(f"seeker.{n}") for n in range(1, 6)]
    return section(say("checklist.title"), _boxes(tips), "checklist")

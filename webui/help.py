"""Help lines and the checklist as HTML. These numbers are ours, so unlike those in an ad they can be tapped."""

from __future__ import annotations

from collections.abc import Iterable

from detector.help import CheckItem, HelpLine, checklist, help_lines, immediate_danger
from webui.markup import plain, section, tag
from webui.words import Say


def help_panel(countries: Iterable[str], say: Say, css: str = "") -> str:
    """Whom to ask, with what each is for and when it was last confirmed."""
    danger = tag("p", plain(say.pick(immediate_danger())), "danger")
    lines = tag("ul", "".join(_line(line, say) for line in help_lines(countries)), "lines")
    return section(say("help.title"), danger + lines, f"help {css}".strip(), say("help.intro"))


def _line(line: HelpLine, say: Say) -> str:
    return tag(
        "li",
        tag("span", plain(say.pick(line.name)), "who")
        + tag("a", plain(line.value), "value", href=line.link, rel="noreferrer")
        + tag("span", plain(say.pick(line.purpose)), "purpose")
        + tag("span", plain(say("help.checked", date=say.month(line.checked))), "checked"),
        line.kind,
    )


def checklist_panel(indicators: Iterable[str], countries: Iterable[str], say: Say) -> str:
    """What to check before saying yes; only what fits this ad."""
    return section(say("checklist.title"), _items(checklist(indicators, countries), say), "checklist")


def _items(items: Iterable[CheckItem], say: Say) -> str:
    return tag("ol", "".join(tag("li", plain(say.pick(item.text))) for item in items))


def seeker_tips(say: Say) -> str:
    """Safety for somebody whose post will draw private offers."""
    tips = [say(f"seeker.{n}") for n in range(1, 6)]
    return section(say("checklist.title"), tag("ol", "".join(tag("li", plain(tip)) for tip in tips)), "checklist")

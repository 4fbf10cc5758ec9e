"""Help lines and the checklist as HTML. These numbers are ours, so unlike those in an ad they can be tapped."""

from __future__ import annotations

from collections.abc import Iterable

from detector.help import CheckItem, HelpLine, checklist, help_lines, immediate_danger
from webui.markup import plain, section, tag
from webui.words import Say


def help_panel(countries: Iterable[str], say: Say, testimony: bool = False) -> str:
    """Whom to ask, with what each is for and when it was last confirmed."""
    danger = tag("p", plain(say.pick(immediate_danger())), "danger")
    lines = tag("ul", "".join(_line(line, say) for line in help_lines(countries)), "lines")
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


def checklist_panel(indicators: Iterable[str], countries: Iterable[str], say: Say) -> str:
    """What to check before saying yes; only what fits this ad."""
    return section(say("checklist.title"), _items(checklist(indicators, countries), say), "checklist")


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

"""What the result card and the printed page say alike: the signs by name, where to ask for help, the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from detector.assessment import Assessment
from detector.help import HelpLine, abroad, help_lines
from detector.indicators.catalogue import Catalogue
from detector.words import sign_label
from webui.cards import Finding, findings
from webui.words import Say

_ABROAD = ("kp2mi_call", "sapa_129", "siskop2mi")
_AT_HOME = ("sapa_129", "kp2mi_call")


def countries(assessment: Assessment) -> list[str]:
    """The destinations named, as ISO codes in order of appearance."""
    return list(dict.fromkeys(place.country for place in assessment.facts.destinations))


def known(assessment: Assessment, catalogue: Catalogue) -> tuple[Finding, ...]:
    """The signs found that the catalogue knows, numbered as on the page."""
    return tuple(finding for finding in findings(assessment) if finding.indicator in catalogue.indicators)


def sign_names(found: Iterable[Finding], catalogue: Catalogue, say: Say) -> list[str]:
    """What the signs are called."""
    return [sign_label(catalogue.indicators[f.indicator], f.assessment, say) for f in found]


def few_help_lines(assessment: Assessment) -> list[HelpLine]:
    """At most four places to turn to: one of the country, and the ones for everybody."""
    places = countries(assessment)
    lines = help_lines(places)
    local = [line for line in lines if line.countries][:1]
    wanted = _ABROAD if abroad(assessment.indicators, places) else _AT_HOME
    return local + [line for name in wanted for line in lines if line.id == name]


def contacts(assessment: Assessment) -> list[str]:
    """The contacts of the advert as they are written."""
    return list(dict.fromkeys(" ".join(c.evidence.split()) for c in assessment.facts.contacts if c.evidence.strip()))


def day_words(day: date, say: Say) -> str:
    """A day as people write it."""
    return f"{day.day} {say(f'month.{day.month:02d}')} {day.year}"

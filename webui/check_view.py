"""The answer to one text, as blocks in reading order; a pure function of the Assessment, so tests need no browser.

Order: level and sentence, the ad with its marks, the cards, pay, what can be verified, the checklist, help lines.
A testimony turns this around: help first, and nothing about the text is rated.
"""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt

from detector.assessment import Assessment, Kind, Level
from detector.indicators.catalogue import Catalogue
from detector.words import NOTHING_READ, RATED, headline, note, reasons, sentence
from webui import cards, pay_chart
from webui.help import checklist_panel, help_panel, seeker_tips
from webui.highlight import marked
from webui.markup import plain, section, tag
from webui.words import Say


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the page: HTML, or a chart with the sentence that replaces it for those who cannot see it."""

    html: str = ""
    chart: alt.LayerChart | None = None
    alt: str = ""
    caption: str = ""


def answer(assessment: Assessment, catalogue: Catalogue, say: Say) -> list[Block]:
    """Everything the page says about `assessment`, top to bottom."""
    blocks = _rated(assessment, catalogue, say) if assessment.kind in RATED else _unrated(assessment, say)
    return [block for block in blocks if block.html or block.chart is not None]


def evidence(assessment: Assessment, catalogue: Catalogue, say: Say) -> list[Block]:
    """What a reviewer weighs: what was found and where, without the advice to whoever is offered the job."""
    found = tuple(f for f in cards.findings(assessment) if f.indicator in catalogue.indicators)
    rated = assessment.kind in RATED
    low = assessment.level is Level.LOW
    blocks = [
        Block(_verdict(assessment, len(found), say) if rated else _plain_verdict(assessment, say)),
        Block(_ad(assessment, found, catalogue, say, say("book.ad"))),
        Block(_cards(found, low, catalogue, say, opened=0)),
        *_pay(assessment, say),
        Block(_credentials(assessment, catalogue, say)),
    ]
    return [block for block in blocks if block.html or block.chart is not None]


def _countries(assessment: Assessment) -> list[str]:
    return list(dict.fromkeys(place.country for place in assessment.facts.destinations))


def _rated(assessment: Assessment, catalogue: Catalogue, say: Say) -> list[Block]:
    found = tuple(f for f in cards.findings(assessment) if f.indicator in catalogue.indicators)
    low = assessment.level is Level.LOW
    countries = _countries(assessment)
    checks = Block(checklist_panel(assessment.indicators, countries, say))
    help_block = Block(help_panel(countries, say))
    evidence = [
        Block(_ad(assessment, found, catalogue, say, say("ad.title"))),
        Block(_cards(found, low, catalogue, say)),
    ]
    middle = [*_pay(assessment, say), Block(_credentials(assessment, catalogue, say))]
    words = Block(_terms(assessment, say))
    verdict = Block(_verdict(assessment, len(found), say))
    if low:  # "Nothing found" is not an answer; what to check still is, so it comes first.
        return [verdict, checks, *evidence, *middle, help_block]
    return [verdict, *evidence, *middle, words, checks, help_block]


def _unrated(assessment: Assessment, say: Say) -> list[Block]:
    kind = assessment.kind
    head = Block(_plain_verdict(assessment, say))
    text = Block(_folded_text(assessment, say))
    if kind is Kind.TESTIMONY:
        return [Block(head.html), Block(help_panel(_countries(assessment), say, testimony=True)), text]
    if kind is Kind.JOB_SEEKER:
        return [head, Block(seeker_tips(say)), text, Block(help_panel((), say))]
    return [head, text] if assessment.note in NOTHING_READ else [head, text, Block(help_panel((), say))]


def _verdict(assessment: Assessment, signs: int, say: Say) -> str:
    level = assessment.level.value
    counted = ""
    if signs and assessment.level is not Level.LOW:
        counted = tag("p", plain(say("count.sign") if signs == 1 else say("count.signs", n=signs)), "count")
    found = reasons(assessment, say)
    why = tag("ul", "".join(tag("li", plain(reason)) for reason in found), "reasons") if found else ""
    body = (
        tag("h2", tag("span", "", f"icon i-{level}", aria_hidden="true") + plain(say(f"level.{level}")))
        + tag("p", plain(sentence(assessment, say)), "sentence")
        + why
        + counted
        + _note(assessment, say)
    )
    return tag("section", body, f"verdict v-{level}", role="status")


def _plain_verdict(assessment: Assessment, say: Say) -> str:
    kind = assessment.kind.value
    aside = _note(assessment, say)
    if assessment.note in NOTHING_READ and aside:
        return tag("section", aside, "verdict v-none", role="status")
    icon = tag("span", "", f"icon i-{kind}", aria_hidden="true")
    heading = tag("h2", icon + plain(headline(assessment, say)))
    body = heading + tag("p", plain(sentence(assessment, say)), "sentence") + aside
    return tag("section", body, f"verdict v-none v-{kind}", role="status")


def _note(assessment: Assessment, say: Say) -> str:
    text = note(assessment, say)
    return tag("p", plain(text), "note") if text else ""


def _ad(assessment: Assessment, found: tuple[cards.Finding, ...], catalogue: Catalogue, say: Say, title: str) -> str:
    numbers = {finding.indicator: finding.number for finding in found}
    signals = [s for s in assessment.signals if s.indicator in numbers]
    credentials = [c for c in assessment.credentials if c.id in catalogue.credibility]
    labels = cards.labels(assessment, catalogue, say)
    legend = []
    if signals:
        legend.append(say("ad.legend_sign"))
    if credentials:
        legend.append(say("ad.legend_credential"))
    text = marked(assessment.text, signals, credentials, numbers, labels, say)
    return section(title, text, "pasted", " ".join(legend))


def _folded_text(assessment: Assessment, say: Say) -> str:
    if not assessment.text.strip():
        return ""
    text = marked(assessment.text, (), (), {}, {}, say)
    return tag("details", tag("summary", plain(say("ad.show"))) + text, "quiet")


def _cards(
    found: tuple[cards.Finding, ...], low: bool, catalogue: Catalogue, say: Say, opened: int = cards.OPEN
) -> str:
    if not found:
        return ""
    intro = say("cards.intro_low" if low else "cards.intro")
    return section(say("cards.title"), cards.sign_cards(found, catalogue, say, opened), "found", intro)


def _terms(assessment: Assessment, say: Say) -> str:
    chips = cards.term_chips(assessment.terms, assessment.signals)
    if not chips:
        return ""
    body = tag("p", plain(say("terms.intro")), "intro") + tag("p", chips, "terms")
    return tag("details", tag("summary", plain(say("terms.title"))) + body, "quiet")


def _pay(assessment: Assessment, say: Say) -> list[Block]:
    pay = assessment.facts.pay
    if pay is None:
        return []
    words = pay_chart.sentence(pay, say)
    drawn = pay_chart.chart(pay, say)
    blocks = [Block(section(say("pay.title"), tag("p", plain(words), "paywords"), "pay"))]
    if drawn is not None:
        blocks.append(Block(chart=drawn, alt=words, caption=pay_chart.caption(pay, say)))
    return blocks


def _credentials(assessment: Assessment, catalogue: Catalogue, say: Say) -> str:
    body = cards.credential_cards(assessment, catalogue, say)
    return section(say("credentials.title"), body, "credentials", say("credentials.intro")) if body else ""

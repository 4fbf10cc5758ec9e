"""The answer to one text, as blocks in reading order; a pure function of the Assessment, so tests need no browser.

Order: level and sentence, the picture and the text with their marks, the cards, pay, what can be verified, the
checklist, questions to send, where to verify a licence, help lines.
A testimony turns this around: help first, and nothing about the text is rated.
"""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt

from detector.assessment import Assessment, Kind, Level
from detector.indicators.catalogue import Catalogue
from detector.words import NOTHING_READ, RATED, headline, note, reasons, sentence
from webui import cards, pay_chart, picture_view, questions, result
from webui.help import checklist_panel, help_panel, licence_panel, seeker_tips
from webui.highlight import marked
from webui.markup import plain, section, tag
from webui.pictures import Poster
from webui.words import Say


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the page: HTML, a text to copy, or a chart with the sentence that replaces it for those who cannot
    see it."""

    html: str = ""
    copy: str = ""
    chart: alt.LayerChart | None = None
    alt: str = ""
    caption: str = ""


def answer(assessment: Assessment, catalogue: Catalogue, say: Say, poster: Poster | None = None) -> list[Block]:
    """Everything the page says about `assessment`, top to bottom; `poster` is where its text was read."""
    if assessment.kind in RATED:
        blocks = _rated(assessment, catalogue, say, poster)
    else:
        blocks = _unrated(assessment, say, poster is not None)
    return [block for block in blocks if block.html or block.copy or block.chart is not None]


def evidence(assessment: Assessment, catalogue: Catalogue, say: Say) -> list[Block]:
    """What a reviewer weighs: what was found and where, without the advice to whoever is offered the job."""
    found = result.known(assessment, catalogue)
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


def _rated(assessment: Assessment, catalogue: Catalogue, say: Say, poster: Poster | None) -> list[Block]:
    found = result.known(assessment, catalogue)
    low = assessment.level is Level.LOW
    countries = result.countries(assessment)
    checks = Block(checklist_panel(assessment.indicators, countries, say))
    ask = [*_questions(assessment, catalogue, say), Block(licence_panel(assessment, catalogue, say))]
    help_block = Block(help_panel(countries, say))
    picture = picture_view.framed(poster, assessment.text, found, say) if poster else ""
    text = _ad(assessment, found, catalogue, say, say("ad.title_picture" if poster else "ad.title"))
    signs = [Block(picture), Block(text), Block(_cards(found, low, catalogue, say))]
    middle = [*_pay(assessment, say), Block(_credentials(assessment, catalogue, say))]
    words = Block(_terms(assessment, say))
    verdict = Block(_verdict(assessment, len(found), say))
    if low:  # "Nothing found" is not an answer; what to check still is, so it comes first.
        return [verdict, checks, *signs, *middle, *ask, help_block]
    return [verdict, *signs, *middle, words, checks, *ask, help_block]


def _unrated(assessment: Assessment, say: Say, read: bool) -> list[Block]:
    kind = assessment.kind
    head = Block(_plain_verdict(assessment, say))
    text = Block(_folded_text(assessment, say, say("ad.show_picture" if read else "ad.show")))
    if kind is Kind.TESTIMONY:
        return [Block(head.html), Block(help_panel(result.countries(assessment), say, testimony=True)), text]
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


def _folded_text(assessment: Assessment, say: Say, title: str) -> str:
    if not assessment.text.strip():
        return ""
    text = marked(assessment.text, (), (), {}, {}, say)
    return tag("details", tag("summary", plain(title)) + text, "quiet")


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


def _questions(assessment: Assessment, catalogue: Catalogue, say: Say) -> list[Block]:
    if unasked := questions.unanswered(assessment, catalogue, say):
        return [Block(questions.silence_panel(unasked, catalogue, say))]
    return [Block(questions.intro_panel(say)), Block(copy=questions.message(assessment, catalogue, say))]


def _credentials(assessment: Assessment, catalogue: Catalogue, say: Say) -> str:
    body = cards.credential_cards(assessment, catalogue, say)
    return section(say("credentials.title"), body, "credentials", say("credentials.intro")) if body else ""

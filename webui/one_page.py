"""The answer to one advert as a page to print: one HTML file that needs nothing else and fills one sheet of A4.

What would not fit is cut and said to be: the signs stand with their names and quotes, the reasons are on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from detector.assessment import Assessment, Signal
from detector.facts.pay_words import pay_sentence
from detector.help import checklist
from detector.indicators.catalogue import Catalogue
from detector.scan.report.hide import blanked
from detector.scan.report.markup import Safe, el, join, quoted, shorten
from detector.scan.report.page import document
from detector.words import cited, headline, note, reasons, sentence
from webui import cards, result
from webui.highlight import marked
from webui.words import Say

_LINES, _LINE = 22, 48  # lines of the advert that fit, and letters in each even in a wide font
_SIGNS, _QUOTES, _QUOTE, _CHECKS, _SOURCES = 8, 2, 44, 5, 4


def page(assessment: Assessment, catalogue: Catalogue, say: Say, day: date, with_contacts: bool) -> str:
    """The file; numbers, accounts and links of the advert are dots unless `with_contacts`."""
    text = assessment.text if with_contacts else blanked(assessment.text)
    found = result.known(assessment, catalogue)
    style = (Path(__file__).parent / "one_page.css").read_text(encoding="utf-8")
    shown = found[:_SIGNS]
    hidden = say("sheet.contacts_shown" if with_contacts else "sheet.contacts_hidden")
    advert = _section(say("sheet.text"), _advert(assessment, text, shown, say), el("p", hidden, class_="faint"))
    signs = _section(say("cards.title"), _signs(found, text, catalogue, say), _pay(assessment, say))
    body = el(
        "body",
        el(
            "main",
            el("header", el("p", say("page.name"), class_="wordmark"), el("p", result.day_words(day, say))),
            _verdict(assessment, say),
            el("div", el("div", advert, _help(assessment, say)), el("div", signs), class_="two"),
            _checks(assessment, say),
            el("footer", el("p", _sources(shown, catalogue, say)), el("p", say("foot.limits"), " ", say("foot.law"))),
        ),
    )
    return document(say("sheet.title"), style, body, say.lang)


def _section(title: str, *pieces: Safe | None) -> Safe:
    return el("section", el("h2", title), *pieces)


def _verdict(assessment: Assessment, say: Say) -> Safe:
    why = " ".join(line for line in (*reasons(assessment, say), note(assessment, say)) if line)
    return el(
        "section",
        el("h1", headline(assessment, say)),
        el("p", sentence(assessment, say)),
        el("p", why) if why else None,
        class_=f"verdict v-{assessment.level}",
    )


def _advert(assessment: Assessment, text: str, found: Iterable[cards.Finding], say: Say) -> Safe:
    """The beginning of the advert with the numbers of its signs."""
    numbers = {finding.indicator: finding.number for finding in found}
    end = _fitting(text)
    signals = [_within(s, end) for s in assessment.signals if s.indicator in numbers and s.start < end]
    body = Safe(marked(text[:end], signals, (), numbers, dict.fromkeys(numbers, ""), say))
    rest = len(text.rstrip()) - end
    return join([body, el("p", say("sheet.cut", n=rest), class_="faint") if rest > 0 else Safe()])


def _within(signal: Signal, end: int) -> Signal:
    return replace(signal, end=min(signal.end, end))


def _fitting(text: str) -> int:
    """Offset up to which `text` fits its half of the sheet."""
    at = lines = 0
    for line in text.splitlines(keepends=True):
        needed = 1 + len(line.rstrip()) // _LINE
        if lines + needed > _LINES:
            return at + (_LINES - lines) * _LINE
        lines += needed
        at += len(line)
    return len(text)


def _signs(found: tuple[cards.Finding, ...], text: str, catalogue: Catalogue, say: Say) -> Safe:
    if not found:
        return el("p", say("sheet.no_signs"))
    names = result.sign_names(found, catalogue, say)
    items = []
    for finding, name in list(zip(found, names, strict=True))[:_SIGNS]:
        quotes = dict.fromkeys(shorten(text[s.start : s.end], _QUOTE) for s in finding.signals)
        strength = "strength.likely" if finding.likely else f"strength.{finding.strength}"
        items.append(
            el(
                "li",
                el("b", name), " ", el("span", say(strength), class_="faint"),
                el("div", *(el("q", quoted(q)) for q in list(quotes)[:_QUOTES] if q), class_="quotes"),
                value=finding.number,
            )
        )  # fmt: skip
    rest = len(found) - _SIGNS
    return join([el("ol", *items), el("p", say("card.more", n=rest), class_="faint") if rest > 0 else Safe()])


def _pay(assessment: Assessment, say: Say) -> Safe | None:
    words = pay_sentence(assessment.facts.pay, say.lang) if assessment.facts.pay else ""
    return el("p", el("b", say("pay.title")), ": ", words) if words else None


def _checks(assessment: Assessment, say: Say) -> Safe:
    items = checklist(assessment.indicators, result.countries(assessment), _CHECKS)
    return _section(say("checklist.title"), el("ul", *(el("li", say.pick(i.text)) for i in items), class_="boxes"))


def _help(assessment: Assessment, say: Say) -> Safe:
    lines = [
        el("li", say.pick(line.name), ": ", el("b", line.value), " ",
           el("span", f"({say('help.checked', date=say.month(line.checked))})", class_="faint"))
        for line in result.few_help_lines(assessment)
    ]  # fmt: skip
    return _section(say("help.title"), el("ul", *lines))


def _sources(found: Iterable[cards.Finding], catalogue: Catalogue, say: Say) -> str:
    names = dict.fromkeys(cited(source) for f in found for source in catalogue.indicators[f.indicator].sources[:1])
    return f"{say('sheet.sources')}: {'; '.join(list(names)[:_SOURCES])}." if names else ""

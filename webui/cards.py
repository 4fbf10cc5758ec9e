"""A card per indicator and per credibility sign: what was seen, why it matters, what to ask, who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detector.assessment import Assessment, Signal, Span, Strength, Term
from detector.indicators.catalogue import Catalogue, Source
from detector.words import cited, sign_definition, sign_label
from webui.highlight import ORDER
from webui.markup import plain, shorten, tag, untrusted
from webui.words import Say

_QUOTES = 3  # quotes per card; the marked ad shows all of them
OPEN = 2  # cards that start open, so that a phone screen is not one wall of text
_TERMS = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """One indicator with all its sightings, numbered as on the page."""

    number: int
    indicator: str
    strength: Strength
    signals: tuple[Signal, ...]
    assessment: Assessment

    @property
    def likely(self) -> bool:
        """Whether no rule saw it: the trained finder takes the wording for it."""
        return all(signal.likely for signal in self.signals)


def findings(assessment: Assessment) -> tuple[Finding, ...]:
    """The indicators found, gravest first, then in the order of the text."""
    by_id: dict[str, list[Signal]] = {}
    for signal in assessment.signals:
        by_id.setdefault(signal.indicator, []).append(signal)
    grouped = [
        (min((s.strength for s in signals), key=ORDER.__getitem__), min(s.start for s in signals), name, signals)
        for name, signals in by_id.items()
    ]
    grouped.sort(key=lambda item: (ORDER[item[0]], item[1], item[2]))
    return tuple(
        Finding(number, name, strength, tuple(signals), assessment)
        for number, (strength, _, name, signals) in enumerate(grouped, start=1)
    )


def labels(assessment: Assessment, catalogue: Catalogue, say: Say) -> dict[str, str]:
    """Short labels of everything marked in the text."""
    ids = {s.indicator for s in assessment.signals} | {c.id for c in assessment.credentials}
    entries = {**catalogue.indicators, **catalogue.credibility}
    return {name: sign_label(entries[name], assessment, say) for name in ids if name in entries}


def sign_cards(found: Iterable[Finding], catalogue: Catalogue, say: Say, opened: int = OPEN) -> str:
    """The cards of all indicators found, the first of them `opened`; one that the catalogue lacks is left out."""
    known = (finding for finding in found if finding.indicator in catalogue.indicators)
    cards = [_sign_card(finding, finding.number <= opened, catalogue, say) for finding in known]
    return tag("div", "".join(cards), "cards")


def _sign_card(finding: Finding, opened: bool, catalogue: Catalogue, say: Say) -> str:
    entry = catalogue.indicators[finding.indicator]
    strength = finding.strength.value
    head = (
        tag("span", str(finding.number), "number")
        + tag("span", plain(sign_label(entry, finding.assessment, say)), "name")
        + tag(
            "span",
            plain(say("strength.likely" if finding.likely else f"strength.{strength}")),
            f"strength s-{strength}",
        )
        + _quotes(finding.signals)
    )
    body = (
        tag("p", plain(sign_definition(entry, finding.assessment, say)), "what")
        + (tag("p", plain(say("cards.likely")), "likely") if finding.likely else "")
        + _labelled(say("cards.why"), say.pick(entry.why))
        + _labelled(say("cards.ask"), say.pick(entry.advice), "ask")
        + _sources(entry.sources, say)
    )
    inside = tag("summary", head) + tag("div", body, "body")
    return tag("details", inside, f"card c-{strength}", **({"open": ""} if opened else {}))


def credential_cards(assessment: Assessment, catalogue: Catalogue, say: Say) -> str:
    """One line per credibility sign, with how to verify it."""
    by_id: dict[str, list[Span]] = {}
    for credential in assessment.credentials:
        by_id.setdefault(credential.id, []).append(credential)
    items = []
    for name, spans in by_id.items():
        if name in catalogue.credibility:
            entry = catalogue.credibility[name]
            items.append(
                tag("b", plain(say.pick(entry.label))) + _quotes(spans) + tag("p", plain(say.pick(entry.advice)))
            )
    return tag("ul", "".join(tag("li", item) for item in items), "verify") if items else ""


def term_chips(terms: Iterable[Term], signals: Iterable[Signal]) -> str:
    """Words that moved the model towards a lure and that no card explains yet; empty when there are none."""
    taken = [(s.start, s.end) for s in signals]
    words: dict[str, None] = {}
    for term in sorted(terms, key=lambda t: -t.weight):
        covered = any(term.start < end and start < term.end for start, end in taken)
        if term.weight > 0 and not covered and term.evidence.strip():
            words.setdefault(shorten(term.evidence.lower(), 30), None)
    return "".join(tag("span", untrusted(word), "term") for word in list(words)[:_TERMS])


def _quotes(spans: Iterable[Span]) -> str:
    words = list(dict.fromkeys(shorten(span.evidence) for span in spans if span.evidence.strip()))[:_QUOTES]
    return tag("span", "".join(tag("q", untrusted(word)) for word in words), "quotes") if words else ""


def _labelled(label: str, text: str, css: str = "") -> str:
    return tag("p", tag("b", plain(label)) + " " + plain(text), css)


def _sources(sources: Iterable[Source], say: Say) -> str:
    names = "; ".join(cited(source) for source in sources)
    return tag("p", plain(f"{say('cards.source')}: {names}"), "source")

"""Assessments and the catalogue in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from detector.assessment import Assessment, Kind, Level, Signal, Strength
from detector.facts.pay_words import pay_sentence
from detector.help import checklist, help_lines, immediate_danger
from detector.indicators.catalogue import Catalogue, Entry
from detector.indicators.compiled import shipped
from detector.policy import strongest
from detector.terminal import plain
from detector.words import NOTHING_READ, RATED, Lang, Say, cited, headline, note, reasons, sentence, sign_label

_LEVEL_STYLE = {Level.HIGH: "bold white on red", Level.CHECK: "bold black on yellow", Level.LOW: "bold white on blue"}
_STRENGTH_STYLE = {
    Strength.CRITICAL: "bold red",
    Strength.STRONG: "bold dark_orange",
    Strength.MEDIUM: "bold yellow",
    Strength.WEAK: "bold cyan",
}


def evidence_text(assessment: Assessment) -> Text:
    """The advert with its evidence coloured and numbered; numbers are those of the list of signs."""
    number = {indicator: i for i, indicator in enumerate(strongest_first(assessment), 1)}
    shown = assessment.text[:4000]
    out, at = Text(), 0
    for signal in sorted(assessment.signals, key=lambda s: (s.start, -s.end)):
        if signal.start < at or signal.end > len(shown):
            continue
        out.append(plain(shown[at : signal.start]))
        out.append(plain(shown[signal.start : signal.end]), style=_STRENGTH_STYLE[signal.strength] + " underline")
        out.append(f"[{number[signal.indicator]}]", style="dim")
        at = signal.end
    out.append(plain(shown[at:]))
    if len(assessment.text) > len(shown):
        out.append(" […]", style="dim")
    return out


def strongest_first(assessment: Assessment) -> list[str]:
    """Indicator ids, the strongest first, then in order of appearance."""
    best = strongest(assessment.signals)
    order = list(Strength)
    return sorted(best, key=lambda i: (order.index(best[i]), assessment.indicators.index(i)))


def print_assessment(assessment: Assessment, lang: Lang, console: Console) -> None:
    """Print the readable answer of ``detector check``."""
    say = Say(lang)
    rated = assessment.kind in RATED
    if assessment.note in NOTHING_READ:
        console.print(Text(note(assessment, say)))
        return
    console.print(
        Text(f" {headline(assessment, say)} ", style=_LEVEL_STYLE[assessment.level] if rated else "bold reverse")
    )
    for line in (sentence(assessment, say), note(assessment, say), *reasons(assessment, say)):
        if line:
            console.print(Text(line))
    if assessment.kind is Kind.TESTIMONY:
        _print_help(assessment, say, console)
    if rated:
        _print_rated(assessment, say, console)
        if assessment.level is not Level.LOW:
            _print_help(assessment, say, console)
    console.print(Text(say("foot.limits"), style="dim"))


def _print_rated(assessment: Assessment, say: Say, console: Console) -> None:
    catalogue = shipped()
    # No text is a lure for certain.
    percent = f"{min(assessment.probability, 0.99):.0%}"
    console.print(Text(say("probability", percent=percent), style="dim"))
    console.print(Panel(evidence_text(assessment), border_style="dim"))
    if assessment.signals:
        console.print(Text(say("cards.title"), style="bold"))
    by_id: dict[str, list[Signal]] = {}
    for signal in assessment.signals:
        by_id.setdefault(signal.indicator, []).append(signal)
    best = strongest(assessment.signals)
    for number, indicator in enumerate(strongest_first(assessment), 1):
        entry = catalogue.indicators[indicator]
        strength = best[indicator]
        title = Text(f"{number}. {sign_label(entry, assessment, say)}", style=_STRENGTH_STYLE[strength])
        likely = all(s.likely for s in by_id[indicator])
        title.append(f"  ({say('strength.likely' if likely else f'strength.{strength}')})", style="dim")
        console.print(title)
        quotes = "; ".join(dict.fromkeys(f"“{plain(s.evidence)}”".replace("\n", " ") for s in by_id[indicator]))
        console.print(Text("   " + quotes))
        if likely:
            console.print(Text("   " + say("cards.likely"), style="dim"))
        console.print(Text("   " + say.pick(entry.why), style="dim"))
        console.print(Text(f"   {say('cards.ask')}: {say.pick(entry.advice)}"))
    if assessment.facts.pay and (line := pay_sentence(assessment.facts.pay, say.lang)):
        console.print(Text(say("pay.title"), style="bold"))
        console.print(Text("   " + line))
    if assessment.credentials:
        console.print(Text(say("credentials.title"), style="bold"))
        shown = dict.fromkeys((c.id, c.evidence.replace("\n", " ")) for c in assessment.credentials)
        for identifier, evidence in shown:
            sign = catalogue.credibility[identifier]
            console.print(Text(f"   · {say.pick(sign.label)}: “{plain(evidence)}”. {say.pick(sign.advice)}"))
    items = checklist(assessment.indicators, [p.country for p in assessment.facts.destinations])
    if items:
        console.print(Text(say("checklist.title"), style="bold"))
        for item in items:
            console.print(Text(f"   [ ] {say.pick(item.text)}"))


def _print_help(assessment: Assessment, say: Say, console: Console) -> None:
    console.print(Text(say("help.title"), style="bold"))
    console.print(Text("   " + say.pick(immediate_danger())))
    for line in help_lines(p.country for p in assessment.facts.destinations):
        console.print(
            Text(f"   {say.pick(line.name)}: {line.value} ({say('help.checked', date=say.month(line.checked))})")
        )


def print_catalogue(catalogue: Catalogue, lang: Lang, console: Console) -> None:
    """Print the catalogue of ``detector indicators`` as one table."""
    say = Say(lang)
    table = Table(show_lines=True)
    table.add_column("id", no_wrap=True)
    table.add_column(say("catalogue.strength"), max_width=10)
    table.add_column(say("catalogue.meaning"), ratio=1)
    for indicator in catalogue.indicators.values():
        style = _STRENGTH_STYLE[indicator.strength]
        table.add_row(indicator.id, Text(say(f"strength.{indicator.strength}"), style=style), _meaning(indicator, say))
    for sign in catalogue.credibility.values():
        table.add_row(sign.id, say("catalogue.credibility"), _meaning(sign, say))
    console.print(table)


def _meaning(entry: Entry, say: Say) -> Text:
    meaning = Text(f"{say.pick(entry.label)}: {say.pick(entry.definition)}")
    return meaning.append("\n" + "; ".join(cited(source) for source in entry.sources), style="dim")

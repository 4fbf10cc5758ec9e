"""Assessments and the catalogue in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from detector.assessment import Assessment, Kind, Level, Signal, Strength
from detector.facts.pay_words import pay_sentence
from detector.help import checklist, help_lines, immediate_danger
from detector.indicators.catalogue import Catalogue, load
from detector.policy import strongest
from detector.words import headline, reasons, sentence, word

_LEVEL_STYLE = {Level.HIGH: "bold white on red", Level.CHECK: "bold black on yellow", Level.LOW: "bold white on blue"}
_STRENGTH_STYLE = {
    Strength.CRITICAL: "bold red", Strength.STRONG: "bold dark_orange", Strength.MEDIUM: "bold yellow", Strength.WEAK: "bold cyan",
}  # fmt: skip


def evidence_text(assessment: Assessment) -> Text:
    """The advert with its evidence coloured and numbered; numbers are those of the list of signs."""
    number = {indicator: i for i, indicator in enumerate(strongest_first(assessment), 1)}
    shown = assessment.text[:4000]
    out, at = Text(), 0
    for signal in sorted(assessment.signals, key=lambda s: (s.start, -s.end)):
        if signal.start < at or signal.end > len(shown):
            continue
        out.append(_plain(shown[at : signal.start]))
        out.append(_plain(shown[signal.start : signal.end]), style=_STRENGTH_STYLE[signal.strength] + " underline")
        out.append(f"[{number[signal.indicator]}]", style="dim")
        at = signal.end
    out.append(_plain(shown[at:]))
    if len(assessment.text) > len(shown):
        out.append(" […]", style="dim")
    return out


def _plain(text: str) -> str:
    # An advert must not move the cursor or recolour the terminal.
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def strongest_first(assessment: Assessment) -> list[str]:
    """Indicator ids, the strongest first, then in order of appearance."""
    best = strongest(assessment.signals)
    order = list(Strength)
    return sorted(best, key=lambda i: (order.index(best[i]), assessment.indicators.index(i)))


def print_assessment(assessment: Assessment, lang: str, console: Console) -> None:
    """Print the readable answer of ``detector check``."""
    rated = assessment.kind in (Kind.ADVERT, Kind.QUESTION)
    console.print(Text(f" {headline(assessment, lang)} ", style=_LEVEL_STYLE[assessment.level] if rated else "bold reverse"))
    for line in (sentence(assessment, lang), word("note", assessment.note or "", lang), *reasons(assessment, lang)):
        if line:
            console.print(Text(line))
    if rated:
        _print_rated(assessment, lang, console)
    if assessment.kind is Kind.TESTIMONY or (rated and assessment.level is not Level.LOW):
        _print_help(assessment, lang, console)


def _print_rated(assessment: Assessment, lang: str, console: Console) -> None:
    catalogue = load()
    percent = Text(f"{word('heading', 'probability', lang)}: {assessment.probability:.0%}", style="dim")
    console.print(percent)
    console.print(Panel(evidence_text(assessment), border_style="dim"))
    if assessment.signals:
        console.print(Text(word("heading", "signs", lang), style="bold"))
    by_id: dict[str, list[Signal]] = {}
    for signal in assessment.signals:
        by_id.setdefault(signal.indicator, []).append(signal)
    best = strongest(assessment.signals)
    for number, indicator in enumerate(strongest_first(assessment), 1):
        entry = catalogue.indicators[indicator]
        strength = best[indicator]
        title = Text(f"{number}. {getattr(entry.label, lang)}", style=_STRENGTH_STYLE[strength])
        title.append(f"  ({word('strength', strength, lang)})", style="dim")
        console.print(title)
        quotes = "; ".join(dict.fromkeys(f"“{_plain(s.evidence)}”".replace("\n", " ") for s in by_id[indicator]))
        console.print(Text("   " + quotes))
        console.print(Text("   " + getattr(entry.why, lang), style="dim"))
        console.print(Text(f"   {word('heading', 'ask', lang)}: {getattr(entry.advice, lang)}"))
    if assessment.facts.pay and (line := pay_sentence(assessment.facts.pay, lang)):
        console.print(Text(word("heading", "pay", lang), style="bold"))
        console.print(Text("   " + line))
    if assessment.credentials:
        console.print(Text(word("heading", "verify", lang), style="bold"))
        shown = dict.fromkeys((c.id, c.evidence.replace("\n", " ")) for c in assessment.credentials)
        for identifier, evidence in shown:
            sign = catalogue.credibility[identifier]
            console.print(Text(f"   · {getattr(sign.label, lang)}: “{_plain(evidence)}”. {getattr(sign.advice, lang)}"))
    items = checklist(assessment.indicators, [p.country for p in assessment.facts.destinations])
    if items:
        console.print(Text(word("heading", "checklist", lang), style="bold"))
        for item in items:
            console.print(Text(f"   [ ] {getattr(item.text, lang)}"))


def _print_help(assessment: Assessment, lang: str, console: Console) -> None:
    console.print(Text(word("heading", "help", lang), style="bold"))
    console.print(Text("   " + getattr(immediate_danger(), lang)))
    for line in help_lines(p.country for p in assessment.facts.destinations):
        console.print(Text(f"   {getattr(line.name, lang)}: {line.value} ({line.checked})"))


def print_catalogue(catalogue: Catalogue, lang: str, console: Console) -> None:
    """Print the catalogue of ``detector indicators`` as one table."""
    table = Table("id", "", "", "", show_lines=False, expand=False)
    for entry in catalogue.indicators.values():
        sources = "; ".join(f"{s.authority} {s.year}" for s in entry.sources)
        label = f"{getattr(entry.label, lang)}: {getattr(entry.definition, lang)}"
        table.add_row(Text(entry.id), Text(word("strength", entry.strength, lang)), Text(label), Text(sources))
    for sign in catalogue.credibility.values():
        label = f"{getattr(sign.label, lang)}: {getattr(sign.definition, lang)}"
        table.add_row(Text(sign.id), Text("✓"), Text(label), Text("; ".join(f"{s.authority} {s.year}" for s in sign.sources)))
    console.print(table)

"""The case book in a terminal: lists, one case, and deciding case after case with single keys."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from detector.casebook.agreement import Pair
from detector.casebook.book import CaseBook
from detector.casebook.records import Case, Decision, Hit, Order, Progress, QueueItem, State, Verdict
from detector.indicators.compiled import shipped
from detector.terminal import plain
from detector.words import Lang, Say

KEYS = {str(number): verdict for number, verdict in enumerate(Verdict, 1)}
_SHOWN = 8_000  # characters of a text


class Shows:
    """Prints in one language."""

    def __init__(self, lang: Lang, console: Console) -> None:
        self.say = Say(lang)
        self.console = console

    def line(self, words: str, style: str = "") -> None:
        """One line of plain words."""
        self.console.print(Text(plain(words), style=style), soft_wrap=True)

    def queue(self, items: Sequence[QueueItem], progress: Progress) -> None:
        """What waits for a reviewer, and how far the book is."""
        say = self.say
        self.line(say("cases.progress", cases=progress.cases, mine=progress.mine, **progress.standings))
        if not items:
            self.line(say("cases.queue.empty"))
            return
        table = _table(say, "case", "level", "why", "text")
        for item in items:
            why = say(f"cases.why.{item.why}")
            if item.others:
                why += f" · {say('cases.others', n=item.others)}"
            level = f"{say('level.' + item.level)} · {_percent(item.probability)}"
            table.add_row(str(item.number), level, why, Text(plain(item.excerpt)))
        self.console.print(table)

    def hits(self, hits: Sequence[Hit]) -> None:
        """What a search found."""
        if not hits:
            self.line(self.say("cases.search.empty"))
            return
        table = _table(self.say, "case", "level", "text")
        for hit in hits:
            table.add_row(str(hit.number), self.say(f"level.{hit.level}"), Text(plain(hit.snippet)))
        self.console.print(table)

    def agreement(self, pairs: Sequence[Pair]) -> None:
        """How far every two reviewers agree, and where they do not."""
        shown = [pair for pair in pairs if pair.cases]
        if not shown:
            self.line(self.say("cases.agreement.empty"))
            return
        table = _table(self.say, "reviewers", "case", "equal")
        table.add_column("kappa")
        for pair in shown:
            table.add_row(f"{pair.first} / {pair.second}", str(pair.cases), f"{pair.equal:.0%}", f"{pair.kappa:.2f}")
        self.console.print(table)
        for pair in shown:
            for (first, second), cases in pair.table.items():
                if first is not second:
                    one, other = (self.say(f"cases.verdict.{verdict}") for verdict in (first, second))
                    self.line(f"{cases} × {pair.first}: {one} / {pair.second}: {other}")

    def case(self, case: Case) -> None:
        """One case: its text with the signs marked, where it was seen, what was decided."""
        say, assessment = self.say, case.assessment
        standing = f" · {say(f'cases.standing.{case.standing}')}" if case.standing else ""
        level = f"{say(f'level.{assessment.level}')} · {_percent(assessment.probability)}"
        self.line(f"{say('cases.case', number=case.number)} · {level}{standing}", "bold")
        for seen in case.sightings:
            where = " · ".join(filter(None, (seen.source, seen.record_id, seen.posted_at, seen.place, seen.url)))
            self.line(f"{say('cases.sighting')}: {where}", "dim")
        for campaign in case.campaigns:
            named = say("cases.campaign", code=campaign.key, name=campaign.name, source=campaign.source)
            self.line(named, "dim")
        text = Text(plain(case.text))
        for mark in case.shown:
            text.stylize("bold underline", mark.start, mark.end)
        self.console.print(Panel(text[:_SHOWN]))
        if case.shown:
            self.line(say("cases.signs"), "bold")
        for number, mark in enumerate(case.shown, 1):
            self.line(f"{number}. {self._label(mark.id)}: “{_one_line(case.text[mark.start : mark.end])}”")
        if case.hidden:
            self.line(say("cases.hidden", n=case.hidden))
        if case.decisions:
            self.line(say("cases.decisions"), "bold")
        for decision in case.decisions:
            self._decision(case, decision)

    def decided(self, number: int, decision: Decision, rest: int) -> None:
        """What was just written down."""
        verdict = self.say(f"cases.verdict.{decision.verdict}")
        more = f" {self.say('cases.decided_rest', n=rest)}" if rest else ""
        self.line(self.say("cases.decided", number=number, verdict=verdict) + more)

    def _decision(self, case: Case, decision: Decision) -> None:
        say = self.say
        words = [
            decision.decided_at[:16].replace("T", " "),
            decision.reviewer,
            say(f"cases.verdict.{decision.verdict}"),
        ]
        if decision.campaign:
            words.append(say("cases.by_campaign"))
        if decision.note:
            words.append(_one_line(decision.note))
        for mark in decision.marks:
            if mark.state is not State.KEPT:
                made = say(f"cases.{mark.state}")
                words.append(f"{made}: {self._label(mark.id)} “{_one_line(case.text[mark.start : mark.end])}”")
        self.line("  " + " · ".join(words))

    def _label(self, indicator: str) -> str:
        entry = shipped().indicators.get(indicator)  # a book may be older than the catalogue
        return f"{indicator} ({self.say.pick(entry.label)})" if entry else indicator


def review(book: CaseBook, reviewer: str, shows: Shows, order: Order, second: bool) -> int:
    """Show one case after another and write down what the reviewer keys in; returns how many were decided."""
    say = shows.say
    keys = "  ".join(f"{key} {say(f'cases.verdict.{verdict}')}" for key, verdict in KEYS.items())
    passed: set[int] = set()
    done = 0
    while waiting := [
        item
        for item in book.queue(reviewer, limit=len(passed) + 1, order=order, second=second)
        if item.number not in passed
    ]:
        item = waiting[0]
        shows.case(book.case(item.number, reviewer))
        shows.line(say("cases.keys", verdicts=keys))
        key = _key()
        if key == "q":
            break
        if key == "s":
            passed.add(item.number)
            continue
        verdict = KEYS[key]
        note = typer.prompt(say("cases.note"), default="", show_default=False)
        decision, rest = book.decide(item.number, reviewer, verdict, note), 0
        if item.campaign and item.others and typer.confirm(say("cases.rest", n=item.others)):
            rest = len(book.decide_campaign(item.campaign, reviewer, verdict, note))
        shows.decided(item.number, decision, rest)
        done += 1
    else:
        shows.line(say("cases.queue.empty"))
    return done


def _key() -> str:
    """The next key that means something."""
    while (key := typer.getchar().lower()) not in {*KEYS, "s", "q"}:
        if key in ("\x03", "\x04", ""):  # Ctrl-C, Ctrl-D, nobody there
            return "q"
    return key


def _table(say: Say, *columns: str) -> Table:
    table = Table()
    for name in columns:
        table.add_column(say(f"cases.column.{name}"), overflow="fold")
    return table


def _percent(probability: float) -> str:
    return f"{min(probability, 0.99):.0%}"  # no text is a lure for certain


def _one_line(words: str) -> str:
    return " ".join(words.split())

"""The case book as HTML: a case's head and history, the queue, what was found, agreement. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from detector.assessment import Kind, Level
from detector.casebook import Case, Decision, Mark, Progress, QueueItem, Standing, State
from detector.casebook.agreement import Pair
from detector.casebook.records import Hit, read_stamp
from detector.indicators.compiled import shipped
from detector.words import RATED
from webui.cards import findings
from webui.markup import plain, shorten, tag, untrusted
from webui.words import Say

_STANDINGS = (Standing.OPEN, Standing.SINGLE, Standing.DISPUTED, Standing.AGREED)


def label(indicator: str, say: Say) -> str:
    """What a sign is called; a book may be older than the catalogue."""
    entry = shipped().indicators.get(indicator)
    return say.pick(entry.label) if entry else indicator


def level_chip(level: Level, kind: Kind, say: Say) -> str:
    """The level with its icon, or what the text is when it is not rated."""
    name, words = (level.value, say(f"book.level.{level}")) if kind in RATED else (kind.value, say(f"book.kind.{kind}"))
    css = f"l-{level.value}" if kind in RATED else "l-none"
    return tag("span", tag("span", "", f"icon i-{name}", aria_hidden="true") + plain(words), f"level {css}")


def chips(words: Iterable[str]) -> str:
    """Short remarks beside a number."""
    return "".join(tag("span", plain(word), "remark") for word in words if word)


def percent(probability: float) -> str:
    """How sure the detector is; no text is a lure for certain."""
    return f"{min(probability, 0.99):.0%}"


def progress(counted: Progress, say: Say) -> str:
    """How far the book is, one number a standing."""
    cells = [(counted.cases, say("book.count.cases")), (counted.mine, say("book.count.mine"))]
    cells += [(counted.standings.get(standing, 0), say(f"book.count.{standing}")) for standing in _STANDINGS]
    body = "".join(tag("li", tag("b", say.number(value, 0)) + tag("span", plain(words))) for value, words in cells)
    return tag("ul", body, "counts")


def head(case: Case, item: QueueItem | None, say: Say) -> str:
    """The number of a case, where it stands, where it was seen."""
    record = case.record
    where_it_stands = f"book.why.{item.why}" if item else f"cases.standing.{case.standing}" if case.standing else ""
    remarks = [
        say("book.sure", percent=percent(record["probability"])) if Kind(record["kind"]) in RATED else "",
        say(where_it_stands) if where_it_stands else "",
    ]
    title = tag("h2", plain(say("cases.case", number=case.number)))
    chip = level_chip(Level(record["level"]), Kind(record["kind"]), say)
    seen = "".join(tag("li", _seen(case, number, say)) for number in range(len(case.sightings)))
    where = tag(
        "details", tag("summary", plain(say("book.seen", n=len(case.sightings)))) + tag("ul", seen), "quiet seen"
    )
    return tag("header", title + tag("p", chip + chips(remarks), "remarks") + where, "case")


def _seen(case: Case, number: int, say: Say) -> str:
    seen = case.sightings[number]
    parts = (seen.source, f"#{seen.record_id}", seen.posted_at, seen.place, seen.url)
    return " · ".join(untrusted(shorten(part, 160)) for part in parts if part)


def numbered(case: Case) -> list[tuple[str, Mark]]:
    """The signs shown, with the numbers of their cards; a sign at several places is 1a, 1b and so on."""
    order = {finding.indicator: finding.number for finding in findings(case.assessment)}
    marks = sorted(case.shown, key=lambda mark: (order[mark.id], mark.start, mark.end))
    places = Counter(mark.id for mark in marks)
    met: Counter[str] = Counter()
    out = []
    for mark in marks:
        letter = chr(ord("a") + met[mark.id] % 26) if places[mark.id] > 1 else ""
        met[mark.id] += 1
        out.append((f"{order[mark.id]}{letter}", mark))
    return out


def signs(case: Case, marks: Iterable[tuple[str, Mark]], say: Say) -> str:
    """Signs with their names, and the words they stand on."""
    items = "".join(
        tag("li", plain(f"{name} {label(mark.id, say)} ".lstrip()) + _quoted(case, mark)) for name, mark in marks
    )
    return tag("ul", items, "signs")


def history(case: Case, say: Say) -> str:
    """Every decision that the reviewer may see, the oldest first."""
    if case.hidden:
        note = tag("p", plain(say("book.hidden", n=case.hidden)), "blind")
    else:
        note = "" if case.decisions else tag("p", plain(say("book.no_history")), "faint")
    body = "".join(tag("li", _decision(case, decision, say)) for decision in case.decisions)
    listed = tag("ol", body, "history") if body else ""
    return tag("section", tag("h2", plain(say("book.history"))) + note + listed, "part")


def _decision(case: Case, decision: Decision, say: Say) -> str:
    verdict = say(f"cases.verdict.{decision.verdict}")
    if decision.kind is not Kind.ADVERT:
        verdict += f" ({say(f'book.kind.{decision.kind}')})"
    line = tag("b", plain(verdict)) + chips((say("cases.by_campaign"),) if decision.campaign else ())
    who = tag("span", untrusted(decision.reviewer) + " · " + plain(moment(decision.decided_at, say)), "who-when")
    note = tag("p", untrusted(decision.note), "note-of") if decision.note else ""
    changed = "".join(
        tag("p", plain(f"{say(f'cases.{mark.state}')}: {label(mark.id, say)} ") + _quoted(case, mark), "changed")
        for mark in decision.marks
        if mark.state is not State.KEPT
    )
    return line + who + note + changed


def _quoted(case: Case, mark: Mark) -> str:
    return tag("q", untrusted(shorten(case.text[mark.start : mark.end])))


def moment(stamp: str, say: Say) -> str:
    """A time of the book (UTC) in the zone of the machine, with the month in words."""
    at = read_stamp(stamp).astimezone()
    return f"{at.day} {say.month(f'{at:%Y-%m}')}, {_clock(at, say)}"


def _clock(at: datetime, say: Say) -> str:
    return f"{at:%H.%M}" if say.lang == "id" else f"{at:%H:%M}"


def row(item: QueueItem | Hit, say: Say) -> str:
    """One case in a list."""
    remarks = []
    if isinstance(item, QueueItem):
        remarks = [say(f"book.why.{item.why}"), say("cases.others", n=item.others) if item.others else ""]
    words = item.excerpt if isinstance(item, QueueItem) else item.snippet
    first = tag("b", plain(say("cases.case", number=item.number))) + level_chip(item.level, item.kind, say)
    return tag(
        "div", tag("p", first + chips(remarks), "remarks") + tag("p", untrusted(shorten(words, 150)), "excerpt"), "row"
    )


def agreement(pairs: Sequence[Pair], say: Say) -> str:
    """How far every two reviewers agree, and where they do not."""
    parts = []
    for pair in pairs:
        if not pair.cases or pair.equal is None or pair.kappa is None:
            continue
        names = f"{untrusted(pair.first)} {plain(say('book.and'))} {untrusted(pair.second)}"
        cells = (
            (say.number(pair.cases, 0), say("book.pair.cases")),
            (f"{pair.equal:.0%}", say("book.pair.equal")),
            (say.number(pair.kappa, 2), say("book.pair.kappa")),
        )
        counts = "".join(tag("li", tag("b", plain(value)) + tag("span", plain(words))) for value, words in cells)
        parts.append(tag("section", tag("h3", names) + tag("ul", counts, "counts") + _apart(pair, say), "pair"))
    return "".join(parts)


def _apart(pair: Pair, say: Say) -> str:
    rows = []
    for (first, second), cases in sorted(pair.table.items(), key=lambda entry: -entry[1]):
        if first is not second:
            words = (plain(say(f"cases.verdict.{verdict}")) for verdict in (first, second))
            rows.append(tag("tr", "".join(tag("td", cell) for cell in (say.number(cases, 0), *words))))
    if not rows:
        return tag("p", plain(say("book.pair.never_apart")), "faint")
    names = (plain(say("book.pair.cases")), untrusted(pair.first), untrusted(pair.second))
    header = tag("thead", tag("tr", "".join(tag("th", name, scope="col") for name in names)))
    caption = tag("caption", plain(say("book.pair.apart")))
    return tag("table", caption + header + tag("tbody", "".join(rows)), "apart")


def left_out(reasons: Mapping[str, int] | Counter[str], say: Say) -> str:
    """What did not come in or out, by reason; reasons of readers that have no words of their own are one."""
    told: Counter[str] = Counter()
    for reason, number in reasons.items():
        key = f"book.left_out.{reason.replace(' ', '_')}"
        told[say(key if say.has(key) else "book.left_out.other")] += number
    items = "".join(tag("li", plain(f"{say.number(number, 0)} × {words}")) for words, number in told.most_common())
    return tag("ul", items, "left-out") if items else ""

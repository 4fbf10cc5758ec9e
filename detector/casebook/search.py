"""Finding cases by words: folded as the detector folds adverts, so that "kamboja" finds "k4mb0ja"."""

from __future__ import annotations

import sqlite3

from detector.assessment import Kind, Level
from detector.casebook.records import Hit, Verdict
from detector.facts.phones import e164
from detector.text.normalise import NormalisedText, normalise

_INDEXED = 3  # letters of the pieces in the index; a shorter word is looked for in every text
_AROUND = 60  # characters of a snippet on each side of what was found


def search(
    connection: sqlite3.Connection, words: str, verdict: Verdict | None, limit: int, reviewer: str | None = None
) -> list[Hit]:
    """Cases that hold all `words`, the most urgent first.

    Parts of words count. A phone number is found however it is written. Without words every case fits.

    Parameters
    ----------
    connection
        The book.
    words
        What to look for.
    verdict
        Only cases of which some reviewer says so now.
    limit
        How many at most.
    reviewer
        Who asks: with a verdict, cases that this reviewer has not decided are left out, as in :func:`cases.read`.
    """
    folded = normalise(words)
    terms = _terms(folded)
    conditions, values = ["1"], []
    for term, number in terms:
        matches = "instr(text, ?)" if len(term) < _INDEXED else "words MATCH ?"
        conditions.append(f"number IN (SELECT rowid FROM words WHERE {matches})")
        wanted = _quoted(term) if len(term) >= _INDEXED else term
        values.append(f"{wanted} OR contacts : {_quoted(number)}" if number else wanted)
    if verdict is not None:
        conditions.append("number IN (SELECT number FROM latest WHERE verdict = ?)")
        values.append(verdict)
        if reviewer is not None:
            conditions.append("number IN (SELECT number FROM decisions WHERE reviewer = ?)")
            values.append(reviewer)
    rows = connection.execute(
        f"SELECT * FROM cases WHERE {' AND '.join(conditions)} ORDER BY urgency DESC, number LIMIT ?",
        (*values, limit),
    ).fetchall()
    return [
        Hit(row["number"], Level(row["level"]), Kind(row["kind"]), _snippet(row["text"], [t for t, _ in terms]))
        for row in rows
    ]


def _terms(words: NormalisedText) -> list[tuple[str, str | None]]:
    """Folded words, and with a phone number how the detector writes it; a number or a link is one term."""
    out: list[tuple[str, str | None]] = []
    at = 0
    for entity in words.entities:
        out += [(term, None) for term in normalise(words.original[at : entity.start]).text.split()]
        number = e164(entity.value, "id") if entity.type == "phone" else None
        out.append((" ".join(entity.value.lower().split()), number))
        at = entity.end
    out += [(term, None) for term in normalise(words.original[at:]).text.split()]
    return out


def _quoted(term: str) -> str:
    """A term as a string of FTS5, whatever signs are in it."""
    return '"' + term.replace('"', '""') + '"'


def _snippet(text: str, terms: list[str]) -> str:
    """The stretch of the original text around the first term that stands in it, else its beginning."""
    folded = normalise(text)
    found = [(at, len(term)) for term in terms if (at := folded.text.find(term)) >= 0]
    start, end = 0, 0
    if found:
        at, length = min(found)
        span = folded.span(at, at + length)
        start, end = span.start, span.end
    first, last = max(0, start - _AROUND), min(len(text), max(end, start) + _AROUND)
    words = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"

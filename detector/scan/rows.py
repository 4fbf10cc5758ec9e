"""What a reader hands on: rows to assess, what was noticed on the way, and the error for input that cannot be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Rejects = Callable[[str, str, str], None]
"""Called with (reason, where, raw content) for every row that is left out."""

_MOST_NOTES = 50  # a folder of a hundred thousand files must not fill memory with remarks


class InputError(ValueError):
    """The input cannot be scanned as it is; the message says what to do."""


class NoTextError(InputError):
    """A readable table without a column of text: an error for one file, a remark for one of many."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text to assess.

    Attributes
    ----------
    id:
        As in the input, or where the row stands there (the number of its row, line or element; with several files
        `file:number`). Unique within a run and the same in every run over the same input.
    text:
        The text with its own line breaks.
    source:
        The input's own columns, as plain JSON values.
    posted_at:
        When it was posted, ISO 8601, with a zone only where the input states one; None where it is not known.
    place:
        The chat, page, group, account or board it was posted in.
    url:
        Where it can be seen.
    """

    id: str | int
    text: str
    source: dict[str, Any]
    posted_at: str | None = None
    place: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """How a table was read: its format, the columns its texts come from, whether they were guessed, its encoding.

    `known` marks an export whose fields are known; `text` then describes them in words.
    """

    format: str
    text: str
    guessed: bool = False
    encoding: str = ""
    known: bool = False


@dataclass(slots=True)
class Report:
    """What a reader noticed.

    `text_column` and `guessed` are those of the first table; `choices` counts every way a table was read, `skipped`
    what is no row by its nature (service messages, files of another kind), `rejected` rows that could not be used.
    """

    text_column: str = ""
    guessed: bool = False
    rejected: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    choices: Counter[Choice] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    files: int = 0

    def choose(self, choice: Choice) -> None:
        """Count one table read in this way."""
        if not self.choices:
            self.text_column, self.guessed = choice.text, choice.guessed
        self.choices[choice] += 1

    def note(self, sentence: str) -> None:
        """Keep a remark once; the fifty first are kept."""
        if sentence not in self.notes and len(self.notes) < _MOST_NOTES:
            self.notes.append(sentence)

    def sentences(self) -> list[str]:
        """What was chosen and what was left out, one sentence each, for a person to read."""
        out = []
        for choice, tables in self.choices.items():
            where = f" in {tables} tables" if tables > 1 else ""
            how = " (guessed; choose another with --text-column)" if choice.guessed else ""
            encoding = f", {choice.encoding}" if choice.encoding else ""
            names = choice.text if choice.known else " + ".join(repr(name) for name in choice.text.split(" + "))
            out.append(f"Read as {choice.format}{encoding}{where}: texts from {names}{how}.")
        out += self.notes
        out += [f"{number} rows left out: {reason}." for reason, number in self.rejected.most_common()]
        out += [f"{number} passed over: {reason}." for reason, number in self.skipped.most_common()]
        return out

"""What the commands share: the language, errors as one sentence, and words that cannot steer the terminal."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, NoReturn

import typer


class Language(StrEnum):
    """Language of the words shown."""

    ID = "id"
    EN = "en"


LangOption = Annotated[Language, typer.Option("--lang", help="Language of the words shown: id or en.")]


def fail(message: str, code: int = 2) -> NoReturn:
    """Say what is wrong and stop."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def plain(text: str) -> str:
    """`text` of the same length in which an advert cannot move the cursor or recolour the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)

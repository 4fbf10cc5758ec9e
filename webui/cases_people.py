"""How far two reviewers agree."""

from __future__ import annotations

from detector.casebook import CaseBook
from webui import cases_html
from webui.cases_session import Desk
from webui.frame import html
from webui.markup import plain, section, tag
from webui.words import Say


def draw(book: CaseBook, at: Desk, say: Say) -> None:
    """Draw the part for the current session."""
    body = cases_html.agreement(book.agreement(), say)
    if not body:
        body = tag("p", plain(say("cases.agreement.empty") + " " + say("book.people_how")), "empty")
    html(say, section(say("book.part.people"), body, "", say("book.people")))

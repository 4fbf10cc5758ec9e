"""What the case book has to tell after a change: what was done, or what went wrong and what to do."""

from __future__ import annotations

from webui import cases_session as session
from webui.frame import html
from webui.markup import plain, tag
from webui.words import Say


def messages(say: Say, where: str = "top") -> None:
    """Draw what was left for the place `where`."""
    message, fault = session.messages(where)
    if message is not None:
        key, values = message
        if "verdict" in values:
            values = {**values, "verdict": say(f"cases.verdict.{values['verdict']}")}
        html(say, tag("p", plain(say(key, **values)), "told", role="status"))
    if fault is not None:
        problem(say, session.told(fault, say))


def problem(say: Say, sentence: str) -> None:
    """Say what went wrong and what to do."""
    html(say, tag("p", plain(sentence), "problem", role="alert"))

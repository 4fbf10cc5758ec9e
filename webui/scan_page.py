"""The view of files."""

from __future__ import annotations

from webui.words import Say


def draw(say: Say) -> None:
    """Draw the view for the current session."""

"""The view of the case book."""

from __future__ import annotations

from webui.words import Say


def draw(say: Say) -> None:
    """Draw the view for the current session."""

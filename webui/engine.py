"""The detector behind the page: loaded once per process, shared by all sessions. Nothing of a text is kept here."""

from __future__ import annotations

import streamlit as st

from detector.detector import Detector


@st.cache_resource(show_spinner=False)
def load() -> Detector:
    """The detector with the model that ships.

    Raises
    ------
    ModelError
        When the model cannot be used; a failure is not cached, so a repair is picked up at the next click.
    """
    return Detector.load()

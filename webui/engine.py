"""The detector behind the page: loaded once per process, shared by all sessions. Nothing of a text is kept here."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from detector.detector import Detector
from detector.model.store import ModelError


@st.cache_resource(show_spinner=False)
def load() -> Detector:
    """The detector with the model that ships.

    Raises
    ------
    ModelError
        When the model cannot be used; a failure is not cached, so a repair is picked up at the next click.
    """
    return Detector.load()


def warm() -> None:
    """Load the detector while the first visitor still reads the page; called when everything is drawn."""
    with suppress(ModelError):  # said when somebody asks
        load()

"""The view about the detector: what it is for, how good it is, where it is weak, what it keeps."""

from __future__ import annotations

import logging
from importlib.metadata import PackageNotFoundError, version

import streamlit as st

from detector.model.store import ModelError
from webui import about_figures, about_html
from webui.frame import html
from webui.markup import plain, tag
from webui.words import Say

_LOG = logging.getLogger(__name__)
_PACKAGE = "lure-detector"


def draw(say: Say) -> None:
    """Draw the view for the current session."""
    try:
        figures = about_figures.load()
    except ModelError as problem:
        _LOG.error("%s", problem)
        html(say, tag("p", plain(say("about.no_figures")), "problem", role="alert"))
        return
    with st.container(key="about"):
        for part in about_html.page(figures, _version(say), say):
            html(say, part)


def _version(say: Say) -> str:
    try:
        return version(_PACKAGE)
    except PackageNotFoundError:  # run from its folder without being installed
        return say("about.not_installed")

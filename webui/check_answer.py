"""The answer on the page, below the text box or below a picture, and what can be taken away from it."""

from __future__ import annotations

import logging
from datetime import date

import streamlit as st

from detector.assessment import Assessment, Level
from detector.indicators.compiled import shipped
from detector.model.store import REPAIR, ModelError
from detector.words import NOTHING_READ, RATED
from webui import engine, one_page, share_card
from webui.check_view import Block, answer
from webui.frame import html, own_words
from webui.markup import plain, section, tag
from webui.pictures import Poster
from webui.words import Say

_LOG = logging.getLogger(__name__)


def assessed(text: str, say: Say) -> Assessment | None:
    """The assessment of `text`; where that fails, one sentence is drawn instead and nothing is returned."""
    try:
        with st.spinner(say("form.reading")):
            return engine.load().assess(text)
    except ModelError as problem:
        # Which check failed is for whoever runs the page, not for a visitor.
        _LOG.error("%s", problem)
        command = REPAIR.rsplit(": ", 1)[-1]
        message = plain(say("error.model"))
        html(say, tag("p", message + " " + tag("code", plain(command)), "problem", role="alert"))
    except Exception as problem:
        # Only the type: a message may quote what was pasted.
        _LOG.error("the text could not be assessed: %s", type(problem).__name__)
        html(say, tag("p", plain(say("error.unexpected")), "problem", role="alert"))
    return None


def show(assessment: Assessment, say: Say, poster: Poster | None = None) -> None:
    """Draw everything that the page says about `assessment`."""
    for number, block in enumerate(answer(assessment, shipped(), say, poster)):
        _draw(block, number, say)
    if assessment.kind in RATED and assessment.note not in NOTHING_READ:
        _keep(assessment, say)


def _draw(block: Block, number: int, say: Say) -> None:
    if block.chart is not None:
        st.altair_chart(block.chart, width="stretch", theme=None, key=f"chart_{number}", alt=block.alt)
        html(say, tag("p", plain(block.caption), "faint"))
    elif block.copy:
        own_words(say, copy="ask.copy")
        with st.container(key="questions"):
            st.code(block.copy, language=None, wrap_lines=True)
    else:
        html(say, block.html)


def _keep(assessment: Assessment, say: Say) -> None:
    """The card and the report; each is made when it is asked for."""
    low = assessment.level is Level.LOW
    html(say, section(say("keep.title"), "", "keep", say("keep.intro_low" if low else "keep.intro")))
    with_contacts = False
    if assessment.facts.contacts:
        with_contacts = st.checkbox(say("keep.contacts"), key="with_contacts")
        html(say, tag("p", plain(say("keep.contacts_help")), "faint"))
    catalogue, today = shipped(), date.today()
    words = share_card.card_words(assessment, catalogue, say, today, with_contacts)
    with st.container(key="keep", horizontal=True, gap="small"):
        if words is not None:
            st.download_button(
                say("keep.card"),
                lambda: share_card.draw_card(words, say),
                file_name=say("keep.card_file"),
                mime="image/png",
                key="card",
                on_click="ignore",
            )
        st.download_button(
            say("keep.report"),
            lambda: one_page.page(assessment, catalogue, say, today, with_contacts),
            file_name=say("keep.report_file"),
            mime="text/html",
            key="report",
            on_click="ignore",
        )

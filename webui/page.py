"""The page: its head, its views and its foot. What a visitor gives lives in the session's memory while the tab is open
and nowhere else: no file, no log, no address bar; only the case book writes, to the file that its owner chose.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, cast

import streamlit as st

from webui import about_page, cases_page, check_page, check_pictures
from webui.frame import html
from webui.markup import plain, tag
from webui.words import LANGUAGES, Lang, Say

_HERE = Path(__file__).parent
#: Name (in the address as ``?view=``) -> what draws the view, and how wide.
VIEWS: dict[str, tuple[Callable[[Say], None], Literal["centered", "wide"]]] = {
    "check": (check_page.draw, "centered"),
    "cases": (cases_page.draw, "wide"),
    "about": (about_page.draw, "centered"),
}


def main() -> None:
    """Draw the page for the current session."""
    say = Say(_language())
    view = _view()
    draw, layout = VIEWS[view]
    st.set_page_config(page_title=say("page.title"), layout=layout, initial_sidebar_state="collapsed")
    st.html(_HERE / "style.css")
    _header(say)
    _navigation(say)
    asked = st.session_state.get("asked") is not None or check_pictures.given()
    if view == "check" and not asked:  # afterwards the answer needs the room
        html(say, tag("p", plain(say("page.tagline")), "tagline"))
    draw(say)
    html(say, tag("footer", tag("p", plain(say("foot.limits"))) + tag("p", plain(say("foot.law")))))


def _language() -> Lang:
    wanted = st.session_state.get("lang") or st.query_params.get("lang", "id")
    return cast(Lang, wanted) if wanted in LANGUAGES else "id"


def _view() -> str:
    wanted = st.session_state.get("view") or st.query_params.get("view", "check")
    return wanted if wanted in VIEWS else "check"


def _header(say: Say) -> None:
    if st.session_state.get("lang") not in LANGUAGES:
        st.session_state["lang"] = say.lang
    with st.container(key="top", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(tag("div", tag("h1", plain(say("page.name")), "wordmark"), "lure", lang="id"), width="content")
        st.segmented_control(
            say("page.language"),
            list(LANGUAGES),
            format_func=lambda code: LANGUAGES[code],
            key="lang",
            required=True,
            label_visibility="collapsed",
        )


def _navigation(say: Say) -> None:
    if st.session_state.get("view") not in VIEWS:
        st.session_state["view"] = _view()
    with st.container(key="views"):
        st.segmented_control(
            say("page.views"),
            list(VIEWS),
            format_func=lambda name: say(f"nav.{name}"),
            key="view",
            required=True,
            label_visibility="collapsed",
        )

"""Pictures in place of pasted text: choose, read, correct, check; several are kept apart, each with its own answer."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import cast

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from detector import ocr
from detector.words import RATED
from webui import check_answer, picture_view
from webui.frame import html, own_words
from webui.markup import plain, section, tag, untrusted
from webui.pictures import KINDS, MOST_BYTES, MOST_FILES, Item, Problem, problem_words, read_poster
from webui.words import Say

_LOG = logging.getLogger(__name__)
_MEGABYTES = 50  # what the browser lets through; the reader's own limit is lower and speaks the visitor's language


def given() -> bool:
    """Whether the visitor has given a picture that could be read."""
    return bool(_items())


def offer(say: Say) -> None:
    """The quiet way in, below the text box."""
    if ocr.available():
        _uploader(say, say("picture.label"))
        _tell_problems(say)
    else:
        html(say, tag("p", plain(say("picture.missing")), "faint"))


def draw(say: Say) -> None:
    """The pictures given, one at a time, each with its text and its answer."""
    for item in _items():
        if item.asked and item.answer is None:
            item.answer = check_answer.assessed(item.asked, say)
    _tell_problems(say)
    item = _chosen(say)
    html(say, section(say("picture.title"), "", "posters"))
    seen, words = st.columns(2, gap="medium")
    with seen:
        html(say, picture_view.bare(item.poster, say))
    with words:
        _correct(item, say)
    if item.answer is not None:
        check_answer.show(item.answer, say, item.poster)
    _uploader(say, say("picture.more"))
    st.button(say("form.again"), on_click=_forget, key="again")


def _items() -> list[Item]:
    return cast(list[Item], st.session_state.setdefault("posters", []))


def _problems() -> list[Problem]:
    return cast(list[Problem], st.session_state.setdefault("poster_problems", []))


def _tell_problems(say: Say) -> None:
    """Which files could not be read, each with what to do."""
    lines = [tag("p", tag("b", untrusted(p.name)) + ": " + plain(problem_words(p, say))) for p in _problems()]
    if lines:
        html(say, tag("div", "".join(lines), "problem", role="alert"))


def _forget() -> None:
    for key in ("posters", "poster_problems", "poster", "asked", "ad"):
        st.session_state.pop(key, None)


def _chosen(say: Say) -> Item:
    """The picture that is shown; with several, the visitor picks by number and answer."""
    items = _items()
    if len(items) == 1:
        return items[0]
    names = {item.id: _tab(number, item, say) for number, item in enumerate(items, start=1)}
    if st.session_state.get("poster") not in names:
        st.session_state["poster"] = items[0].id
    with st.container(key="posters"):
        chosen = st.segmented_control(
            say("picture.which"), list(names), format_func=names.__getitem__, key="poster", required=True
        )
    return next(item for item in items if item.id == chosen)


def _tab(number: int, item: Item, say: Say) -> str:
    if item.answer is None:
        return say("picture.tab", n=number)
    if item.answer.kind not in RATED:
        return say("picture.tab_other", n=number)
    return say("picture.tab_rated", n=number, level=say(f"level.{item.answer.level}"))


def _correct(item: Item, say: Say) -> None:
    """The text read, to be corrected, and the buttons that check it."""
    key = f"text_{item.id}"
    st.session_state.setdefault(key, item.text)  # a box that was not drawn for a while has forgotten its text
    st.text_area(say("picture.text"), key=key, height=300, on_change=_keep_text, args=(item,))
    if not item.poster.reading.text.strip():
        html(say, tag("p", plain(say("picture.nothing")), "faint"))
    st.button(say("form.button"), key="check", type="primary", width="stretch", on_click=_check, args=([item],))
    if item.asked == "":
        html(say, tag("p", plain(say("picture.empty")), "problem", role="alert"))
    items = _items()
    if sum(other.asked is None for other in items) > 1:
        label = say("picture.check_all", n=len(items))
        st.button(label, key="check_all", width="stretch", on_click=_check, args=(items,))


def _keep_text(item: Item) -> None:
    item.text = st.session_state[f"text_{item.id}"]


def _check(items: Sequence[Item]) -> None:
    for item in items:
        item.asked = item.text if item.text.strip() else ""
        item.answer = None


def _uploader(say: Say, label: str) -> None:
    own_words(say, choose="picture.choose", drop="picture.drop")
    turn = st.session_state.setdefault("poster_turn", 0)
    with st.container(key="pictures"):
        progress = st.empty()
        files = st.file_uploader(
            label, type=list(KINDS), accept_multiple_files=True, max_upload_size=_MEGABYTES, key=f"pictures_{turn}"
        )
        limits = say("picture.limits", files=MOST_FILES, most=MOST_BYTES // 1_000_000)
        html(say, tag("p", plain(limits), "faint"))
    if files:
        _problems().clear()
        for number, file in enumerate(files, start=1):
            with progress:
                html(say, tag("p", plain(say("picture.reading", n=number, all=len(files))), "reading", role="status"))
            _take(file)
        _drop(files)
        st.session_state["poster_turn"] = turn + 1  # an empty uploader; what was read is kept apart from it
        st.rerun()


def _take(file: UploadedFile) -> None:
    """Read one file into the session, once; a run that was broken off goes on where it stopped."""
    items = _items()
    if any(item.id == file.file_id for item in items):
        return
    if len(items) >= MOST_FILES:
        _problems().append(Problem(file.name, "too_many", {"most": MOST_FILES}))
        return
    try:
        poster = read_poster(file.name, file.getvalue())
    except ocr.PosterError as problem:
        _problems().append(Problem(file.name, problem.code, problem.values))
    except Exception as problem:
        # Only the type: a message may quote what is in the picture.
        _LOG.error("a picture could not be read: %s", type(problem).__name__)
        _problems().append(Problem(file.name, "failed", {}))
    else:
        items.append(Item(file.file_id, poster, poster.reading.text))


def _drop(files: Sequence[UploadedFile]) -> None:
    """Free the files' bytes now; Streamlit would keep them until the tab is closed."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in files:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)

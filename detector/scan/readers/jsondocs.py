"""Large JSON documents: arrays, objects with a list, Telegram exports, X archives; streamed value by value.

Shapes read here, and where they are written down:

- Telegram Desktop `result.json`, one chat (`{name, type, id, messages: [...]}`) or all
  (`{chats: {list: [{name, type, id, messages}, ...]}, left_chats: {...}}`):
  telegramdesktop/tdesktop, `Telegram/SourceFiles/export/output/export_output_json.cpp`.
- X archive `tweets.js`, `window.YTD.tweets.part0 = [{"tweet": {...}}, ...]` (`tweet.js` in older ones): lmmx/wotd,
  `PREPROCESSING.md`, which has the assignment cut off to get JSON.
- X API v2 `{data: [...], includes, meta}` and any other object: its first list of objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from detector.scan.readers.encodings import encoding_of
from detector.scan.readers.jsonscan import BadValue, BrokenDocument, Scanner
from detector.scan.readers.records import DamagedError, Job, Record
from detector.scan.readers.streams import decoded

ARCHIVE_PREFIX = re.compile(r"window\.YTD\.(\w+)\.part\d+\s*=\s*")
_POSTS = ("tweets", "tweet", "note_tweet", "community_tweet", "deleted_tweets")  # parts of an X archive with own posts
_SIDE_LISTS = ("includes", "errors", "meta", "users", "media", "contacts", "frequent_contacts", "sessions")
_CHATS = ("chats", "left_chats")
_BAD = object()  # stands for a value that was rejected
_MOST_LOOSE = 200  # values beside the list that are kept, in case the object itself is the only record


def read_json(job: Job) -> Iterator[Record]:
    """Records of a JSON document; `number` counts the elements of its list.

    Raises
    ------
    DamagedError
        After the rows before the place where the document goes wrong.
    """
    stream = job.file.stream()
    encoding = encoding_of(stream.head())
    if encoding != "utf-8":
        job.encoding = encoding
    scanner = Scanner(_told(job, decoded(stream.chunks(), encoding)))
    try:
        yield from _document(job, scanner)
    except BrokenDocument as problem:
        cut = str(problem) == "cut off"
        what = stream.problem or ("it is cut off: export or copy it again" if cut else "it is not JSON from there on")
        raise DamagedError(f"{job.file.label} was read only in part: {what}.") from None
    finally:
        stream.close()
    if stream.problem:
        raise DamagedError(f"{job.file.label} was read only in part: {stream.problem}.")
    if scanner.peek() not in ("", ";"):
        job.note("what follows the end of its JSON document was not read")


def _told(job: Job, pieces: Iterator[str]) -> Iterator[str]:
    """The same text; letters that could not be read are remarked on."""
    for piece in pieces:
        if "\ufffd" in piece:
            job.note("some letters in it could not be read and are shown as \ufffd")
        yield piece


def _document(job: Job, scanner: Scanner) -> Iterator[Record]:
    prefix = scanner.skip_prefix(ARCHIVE_PREFIX)
    if prefix is not None and prefix.split(".")[2] not in _POSTS:
        job.skip("part of an X archive without own posts")
        while scanner.peek():
            scanner.skip()
        return
    first = scanner.peek()
    if first == "[":
        yield from _list(job, scanner)
    elif first == "{":
        yield from _object(job, scanner)
    else:
        raise BrokenDocument("not JSON" if first else "cut off")


def _value(job: Job, scanner: Scanner, where: str) -> Any:
    """The next value, or `_BAD` after rejecting it."""
    try:
        return scanner.value()
    except BadValue as problem:
        job.reject(problem.reason if "longer" in problem.reason else "not a JSON object", where, problem.raw)
        return _BAD


def _list(job: Job, scanner: Scanner, place: str | None = None, prefix: str = "") -> Iterator[Record]:
    for number in scanner.elements():
        where = f"{prefix}{number}"
        value = _value(job, scanner, where)
        if value is _BAD:
            continue
        if isinstance(value, dict):
            yield Record(number, value, place=place, prefix=prefix)
        else:
            job.reject("not a JSON object", where, str(value))


def _object(job: Job, scanner: Scanner) -> Iterator[Record]:
    """The first list of objects in the object, the chats of a Telegram export, or the object itself."""
    loose: dict[str, Any] = {}
    found = ""
    for key in scanner.members():
        character = scanner.peek()
        if key in _CHATS and character == "{":
            found = found or key
            yield from _chats(job, scanner, key)
        elif character == "[" and not found and key not in _SIDE_LISTS:
            held: list[Any] = []
            for record in _list_of_objects(job, scanner, held, _chat_place(loose), _chat_prefix(loose)):
                found = key
                yield record
            loose[key] = held
        elif character in "{[" and (found or key in _SIDE_LISTS):
            if character == "[" and key not in _SIDE_LISTS:
                job.note(f"only its list {found!r} was read, not {key!r}")
            scanner.skip()
        elif len(loose) < _MOST_LOOSE:
            try:
                loose[key] = scanner.value()
            except BadValue as problem:
                job.reject(problem.reason, key, problem.raw)
        else:
            scanner.skip()
    if not found and loose:
        yield Record(1, loose)


def _list_of_objects(job: Job, scanner: Scanner, held: list[Any], place: str | None, prefix: str) -> Iterator[Record]:
    """Records of a list whose first element is an object; another list (of words, numbers) goes into `held`."""
    objects = False
    for number in scanner.elements():
        where = f"{prefix}{number}"
        objects = objects or scanner.peek() == "{"
        value = _value(job, scanner, where)
        if value is _BAD:
            continue
        if isinstance(value, dict):
            yield Record(number, value, place=place, prefix=prefix)
        elif objects:
            job.reject("not a JSON object", where, str(value))
        elif len(held) < _MOST_LOOSE:
            held.append(value)


def _chats(job: Job, scanner: Scanner, key: str) -> Iterator[Record]:
    """Messages of every chat of a full Telegram export."""
    for part in scanner.members():
        if part != "list" or scanner.peek() != "[":
            scanner.skip()
            continue
        for number in scanner.elements():
            if scanner.peek() != "{":
                scanner.skip()
                continue
            chat: dict[str, Any] = {}
            for name in scanner.members():
                character = scanner.peek()
                if name == "messages" and character == "[":
                    prefix = _chat_prefix(chat) or f"{key} {number}/"
                    yield from _list(job, scanner, _chat_place(chat), prefix)
                elif character in "{[":
                    scanner.skip()
                else:
                    try:
                        chat[name] = scanner.value()
                    except BadValue as problem:
                        job.reject(problem.reason, name, problem.raw)


def _chat_place(chat: dict[str, Any]) -> str | None:
    """Name of a Telegram chat, which its export writes before its messages; None for another document."""
    if not _is_chat(chat):
        return None
    name = chat.get("name")
    return name if isinstance(name, str) and name else str(chat.get("type") or chat["id"])


def _chat_prefix(chat: dict[str, Any]) -> str:
    return f"{chat['id']}/" if _is_chat(chat) else ""


def _is_chat(chat: dict[str, Any]) -> bool:
    return isinstance(chat.get("id"), int) and isinstance(chat.get("type"), str)

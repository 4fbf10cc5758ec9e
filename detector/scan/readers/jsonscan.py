"""Walks through one large JSON document value by value, holding one value and a piece of the file at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from detector.scan.readers.jsonvalue import DECODER, clean, parse
from detector.scan.readers.streams import LINE_LIMIT

_SPACE = re.compile(r"[ \t\r\n\ufeff\0]*")
_STRING_REST = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_NEXT = re.compile(r'["{}\[\],\s:]')
_COMPACT = 1 << 20  # characters behind the reading position that are kept at most


class BadValue(ValueError):  # noqa: N818 - not an error of the program: the reader counts it and goes on
    """One value that cannot be used; the scanner stands behind it. `raw` is its beginning, `reason` why."""

    def __init__(self, reason: str, raw: str) -> None:
        super().__init__(reason)
        self.reason, self.raw = reason, raw


class BrokenDocument(ValueError):  # noqa: N818
    """The document goes wrong in a way that hides where the next value begins."""


class Scanner:
    """A reading position in a JSON document that comes in pieces of text."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces, self._text, self._at, self._ended = pieces, "", 0, False

    def _more(self) -> bool:
        """Read on; False at the end."""
        if self._at > _COMPACT:
            self._text, self._at = self._text[self._at :], 0
        # As much again as is held: a long value is then looked at a few times, not once a piece.
        wanted = len(self._text) - self._at
        parts: list[str] = []
        while not self._ended and sum(map(len, parts)) <= wanted:
            piece = next(self._pieces, None)
            if piece is None:
                self._ended = True
            elif piece:
                parts.append(piece)
        self._text += "".join(parts)
        return bool(parts)

    def peek(self) -> str:
        """The next character that is not white space; "" at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self) -> None:
        """Step over the character that `peek` showed."""
        self._at += 1

    def skip_prefix(self, pattern: re.Pattern[str]) -> str | None:
        """Step over `pattern` if the document begins with it; what it matched."""
        self.peek()
        found = pattern.match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        return found[0]

    def elements(self) -> Iterator[int]:
        """Once for each element of the array that begins here, the scanner standing before it; it must be consumed.

        Raises
        ------
        BrokenDocument
            When the array does not go on as one.
        """
        self.take()
        number = 0
        while (character := self.peek()) != "]":
            if character == "":
                raise BrokenDocument("cut off")
            if character == ",":
                self.take()
                continue
            if character in "}:":
                raise BrokenDocument("not JSON")
            number += 1
            yield number
        self.take()

    def members(self) -> Iterator[str]:
        """Each key of the object that begins here, the scanner standing before its value; it must be consumed.

        Raises
        ------
        BrokenDocument
            When the object does not go on as one.
        """
        self.take()
        while (character := self.peek()) != "}":
            if character == "":
                raise BrokenDocument("cut off")
            if character == ",":
                self.take()
                continue
            if character != '"':
                raise BrokenDocument("not JSON")
            try:
                key = self.value()
            except BadValue:
                raise BrokenDocument("not JSON") from None
            if self.peek() != ":":
                raise BrokenDocument("not JSON" if self.peek() else "cut off")
            self.take()
            if self.peek() in ("", "}", "]", ","):
                raise BrokenDocument("cut off" if not self.peek() else "not JSON")
            yield str(key)
        self.take()

    def value(self) -> Any:
        """The value that begins here.

        Raises
        ------
        BadValue
            When it is not JSON or longer than `LINE_LIMIT` characters; the scanner stands behind it.
        BrokenDocument
            When the document ends inside it.
        """
        self.peek()
        try:
            value, end = DECODER.raw_decode(self._text, self._at)
            if end < len(self._text):  # at the very end, 12 may be the beginning of 123
                value = clean(value, self._text[self._at : end])
                self._at = end
                return value
        except (ValueError, RecursionError):
            pass
        # Cut by the end of the piece, or not JSON: find its end by its brackets.
        self._text, self._at = self._text[self._at :], 0
        walk = _Walk()
        while True:
            where, done = walk.feed(self._text, self._at)
            if done:
                raw = self._text[self._at : where]
                self._at = where
                try:
                    return parse(raw)
                except ValueError:
                    raise BadValue("not JSON", raw[:2000]) from None
            if len(self._text) - self._at > LINE_LIMIT:
                raise self._skipped(walk)
            if not self._more():
                raw, self._at = self._text[self._at :], len(self._text)
                try:
                    return parse(raw)  # a bare number may end with the document
                except ValueError:
                    raise BrokenDocument("cut off") from None

    def skip(self) -> None:
        """Step over the value that begins here without reading it.

        Raises
        ------
        BrokenDocument
            When the document ends inside it.
        """
        self.peek()
        walk = _Walk()
        while True:
            where, done = walk.feed(self._text, self._at)
            if done:
                self._at = where
                return
            walk.forget(where)
            self._text, self._at = self._text[where:], 0
            if not self._more():
                raise BrokenDocument("cut off")

    def _skipped(self, walk: _Walk) -> BadValue:
        beginning = self._text[self._at : self._at + 2000]
        while True:
            where, done = walk.feed(self._text, self._at)
            if done:
                self._at = where
                break
            walk.forget(where)
            self._text, self._at = self._text[where:], 0
            if not self._more():
                break
        return BadValue(f"longer than {LINE_LIMIT // 10**6} MB", beginning)


class _Walk:
    """Finds where a value ends by its brackets and quotes, going on where the last piece stopped."""

    def __init__(self) -> None:
        self._depth, self._in_string, self._done_to, self._started = 0, False, -1, False

    def forget(self, where: int) -> None:
        """The text up to `where`, which `feed` gave, is gone; the next piece begins there."""
        self._done_to = 0

    def feed(self, text: str, start: int) -> tuple[int, bool]:
        """(position, whether the value ends there). `start` is where the value begins, or the rest of it."""
        at = max(self._done_to, start) if self._done_to >= 0 else start
        while at < len(text):
            if self._in_string:
                at = _STRING_REST.match(text, at).end()  # type: ignore[union-attr]
                if at >= len(text) or text[at] == "\\":  # the character behind a backslash is yet to come
                    break
                at += 1
                self._in_string = False
                if self._depth == 0:
                    return at, True
                continue
            found = _NEXT.search(text, at)
            if found is None:
                self._started = True
                at = len(text)
                break
            character = found[0]
            if self._depth == 0 and (self._started or found.start() > at) and character in ',:}]{[" \t\r\n':
                return found.start(), True  # the end of a number or word
            at = found.end()
            if character == '"':
                self._in_string = self._started = True
            elif character in "{[":
                self._depth += 1
                self._started = True
            elif character in "}]":
                self._depth -= 1
                if self._depth <= 0:
                    return at, True
            elif self._depth == 0 and not self._started and character in ",:":
                return at, True
        self._done_to = at
        return at, False

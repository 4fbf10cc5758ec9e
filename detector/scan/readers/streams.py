"""Bytes of one input in bounded pieces. A damaged stream ends early instead of failing, and says why."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple
from zipfile import BadZipFile

CHUNK = 1 << 16  # bytes asked of a file at once; small, as a damaged compressed stream loses the piece it breaks in
HEAD = 1 << 18  # bytes looked at to recognise a file
LINE_LIMIT = 50_000_000  # bytes of one line or one JSON element that are held at most
_RATIO = 200  # unpacked to packed size beyond which a stream is taken for a bomb ...
_RATIO_FROM = 1 << 30  # ... once it has given this many bytes
_SHOWN = 1000  # characters of a left-out line that are kept for the rejects file


class Line(NamedTuple):
    """One line with its ending; `number` counts from 1; `reason` says why it cannot be used ("" where it can)."""

    number: int
    data: bytes
    reason: str = ""


class Stream:
    """One file's bytes, unpacked. `problem` is set when they end before their time.

    Parameters
    ----------
    opener:
        Opens the bytes afresh.
    packed:
        Size on disk in bytes of a compressed file, None for a plain one.
    """

    def __init__(self, opener: Callable[[], BinaryIO], packed: int | None = None) -> None:
        self._opener, self._packed = opener, packed
        self._handle: BinaryIO | None = None
        self._waiting: list[bytes] = []
        self._given = 0
        self.problem = ""

    def head(self) -> bytes:
        """The first bytes, which `chunks` will still give."""
        while sum(map(len, self._waiting)) < HEAD and (piece := self._read()):
            self._waiting.append(piece)
        return b"".join(self._waiting)[:HEAD]

    def chunks(self) -> Iterator[bytes]:
        """All bytes in pieces; ends early, with `problem` set, where the file is damaged."""
        while self._waiting:
            yield self._waiting.pop(0)
        while piece := self._read():
            yield piece

    def close(self) -> None:
        """Close the file."""
        if self._handle is not None:
            self._handle.close()

    def _read(self) -> bytes:
        if self.problem:
            return b""
        try:
            if self._handle is None:
                self._handle = self._opener()
            piece = self._handle.read(CHUNK)
        except EOFError:
            self.problem = "it is cut off: copy or download it again"
            return b""
        except (zlib.error, BadZipFile, NotImplementedError, RuntimeError):
            self.problem = "it is damaged, or packed in a way that cannot be read: unpack it with another program"
            return b""
        except (OSError, ValueError) as problem:
            # pyarrow says "Truncated" of a cut .zst, gzip "Not a gzipped file" of rubbish behind the end.
            cut = "runcated" in str(problem)
            self.problem = (
                "it is cut off: copy or download it again" if cut else f"its content is damaged ({_short(problem)})"
            )
            return b""
        self._given += len(piece)
        if self._packed and self._given > _RATIO_FROM and self._given > _RATIO * self._packed:
            self.problem = f"it unpacks to more than {_RATIO} times its size: unpack it yourself if you trust it"
            return b""
        return piece


def _short(problem: Exception) -> str:
    return (getattr(problem, "strerror", None) or str(problem)).splitlines()[0][:100] if str(problem) else "damaged"


def decoded(chunks: Iterator[bytes], encoding: str) -> Iterator[str]:
    """Text of `chunks`; bytes that are not of this encoding become U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def recoded(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """UTF-16 or UTF-32 bytes as UTF-8.

    Raises
    ------
    UnicodeDecodeError
        At the first byte that is not of this encoding.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8")
    yield decoder.decode(b"", final=True).encode("utf-8")


def lines(chunks: Iterator[bytes], stream: Stream) -> Iterator[Line]:
    """Lines ending in LF, CR or CRLF, never more than `LINE_LIMIT` bytes of one in memory.

    A longer line comes with its beginning and a reason, and so does a last line that the damage of the stream cut.
    """
    number = 1
    pieces: list[bytes] = []
    held = 0
    too_long = False
    for chunk in _whole_endings(chunks):
        for part in chunk.splitlines(keepends=True):
            if not too_long:
                pieces.append(part)
                held += len(part)
                if held > LINE_LIMIT:
                    pieces, too_long = [b"".join(pieces)[:_SHOWN]], True
            if part.endswith((b"\n", b"\r")):
                yield Line(number, b"".join(pieces), f"longer than {LINE_LIMIT // 10**6} MB" if too_long else "")
                number, pieces, held, too_long = number + 1, [], 0, False
    if pieces:
        reason = f"longer than {LINE_LIMIT // 10**6} MB" if too_long else "cut off" if stream.problem else ""
        yield Line(number, b"".join(pieces), reason)


def _whole_endings(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, no piece ending between CR and LF."""
    waiting = b""
    for chunk in chunks:
        if not chunk:
            continue
        chunk = waiting + chunk
        waiting = b"\r" if chunk.endswith(b"\r") else b""
        yield chunk[: len(chunk) - len(waiting)]
    if waiting:
        yield waiting


def shown(raw: bytes | str) -> str:
    """The beginning of a left-out line, for the rejects file."""
    text = raw[: _SHOWN * 4].decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return text[:_SHOWN].rstrip("\r\n")

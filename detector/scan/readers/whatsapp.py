"""WhatsApp chat exports (`_chat.txt`), of iPhones and Android phones.

A message begins with `[21/07/26, 15.04.05] Name: ` (iPhone) or `21/07/26 15.04 - Name: ` (Android), in the phone's own
way of writing dates and times, and goes on until the next such line. English system lines:
AbhijeetKrishnan/whatsapp-parser, `README.md`; U+202F before am and pm: isatyamks/ChatSense, `model/`. Indonesian lines
(`<Media tidak disertakan>`, `gambar tidak disertakan`, `Pesan ini dihapus`, `(file terlampir)`, file names
`Chat WhatsApp dengan ...`, times as 15.04) are those that public parsers of Indonesian exports test for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from detector.scan.readers.encodings import FALLBACK, encoding_of
from detector.scan.readers.records import DamagedError, Job, Record
from detector.scan.readers.streams import lines, recoded
from detector.scan.rows import InputError

_MARKS = "\u200e\u200f\u202a\u202b\u202c\ufeff"
_DATE = r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{1,4})"
_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
BEGINNING = re.compile(
    rf"[{_MARKS}]*(?:\[{_DATE},?\s(?:pukul\s|at\s)?{_TIME}\]\s?|{_DATE.replace('<', '<_')},?\s"
    rf"(?:pukul\s|at\s)?{_TIME.replace('<', '<_')}\s[-–]\s)(?P<rest>.*)",
    re.DOTALL,
)
_SENDER = re.compile(rf"[{_MARKS}~\s]*(?P<name>[^:\n]{{1,100}}?)[{_MARKS}]*:(?:\s|$)(?P<text>.*)", re.DOTALL)
# Group events of Android exports have no mark of their own; some have a colon in a quoted name.
_SYSTEM = re.compile(
    r"\b(created (?:this )?group|changed the (?:subject|group)|changed this group|changed their phone number"
    r"|end-to-end encrypted|joined using this group|joined from the community"
    r"|membuat grup|mengubah (?:subjek|ikon|nama|deskripsi|setelan)|terenkripsi secara end-to-end"
    r"|bergabung menggunakan tautan|mengganti nomor telepon)\b",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    rf"[{_MARKS}]*(?:<Media omitted>|<Media tidak disertakan>|<(?:attached|terlampir): [^>\n]*>"
    r"|(?:image|video|audio|GIF|sticker|document|Contact card|video note) omitted"
    r"|(?:gambar|video|audio|GIF|stiker|dokumen|kartu kontak|catatan video) tidak disertakan"
    rf"|^[^\n]{{1,200}}?\.\w{{2,5}} \((?:file attached|file terlampir)\))[{_MARKS}]*",
    re.IGNORECASE | re.MULTILINE,
)
_MEDIA_WORDS = ("omitted", "disertakan", "attached", "terlampir")  # one of which every mark of a picture or file has
_GONE = re.compile(
    rf"[{_MARKS}]*(?:This message was deleted\.?|You deleted this message\.?|Pesan ini (?:telah )?dihapus\.?"
    r"|Anda (?:telah )?menghapus pesan ini\.?|null|Waiting for this message.*|Menunggu pesan ini.*"
    r"|(?:Missed |Silenced )?(?:voice|video) call.*|Panggilan (?:suara|video).*)",
    re.IGNORECASE,
)
_EDITED = re.compile(rf"[{_MARKS}]*<(?:This message was edited|Pesan ini diedit|Pesan ini telah diedit)>")
_CHAT_NAME = re.compile(r"(?i)^(?:WhatsApp Chat (?:with|-)|Chat WhatsApp (?:dengan|-))[ _](.+?)(?:\.txt|\.zip)*$")
_LONGEST = 1_000_000  # characters of a message; WhatsApp sends 65,536 at most


@dataclass(slots=True)
class _Message:
    number: int
    found: re.Match[str]
    lines: list[str] = field(default_factory=list)
    length: int = 0


def looks_like_chat(head: str) -> bool:
    """True when one of the first lines begins a message and none says that this is another kind of file."""
    return any(BEGINNING.match(line) for line in head.splitlines()[:30])


def read_whatsapp(job: Job) -> Iterator[Record]:
    """Messages with text; `number` is the line a message begins in. The file is read twice: the order of day and month
    is decided from all of its dates.

    Raises
    ------
    DamagedError
        After the messages before the damage.
    InputError
        When no line begins a message.
    """
    order = _DateOrder()
    for message in _messages(job, quiet=True):
        order.add(_group(message.found, "a"), _group(message.found, "b"))
    if not order.seen:
        raise InputError(f"{job.file.label} is no WhatsApp chat: no line begins with a date and a name.")
    day_first = order.day_first()
    if order.unsure:
        job.note("no date in it tells day from month; the day was taken to stand first")
    place = chat_name(job.file.label)
    for message in _messages(job, quiet=False):
        if (record := _record(job, message, day_first, place)) is not None:
            yield record


def chat_name(label: str) -> str | None:
    """Name of the chat from that of its file, archive or folder."""
    for part in reversed(PurePosixPath(label).parts):
        if found := _CHAT_NAME.match(part):
            return found[1].strip()
    stem = PurePosixPath(label).name
    return None if stem.lower() in ("_chat.txt", "chat.txt") else re.sub(r"(?i)\.txt(\.gz|\.zst)?$", "", stem)


def _lines(job: Job, quiet: bool) -> Iterator[tuple[int, str]]:
    """(number, line). With `quiet`, lines that cannot be used are left for the second run to count."""
    stream = job.file.stream()
    encoding = encoding_of(stream.head())
    job.encoding = "" if encoding == "utf-8" else encoding
    wide = encoding.startswith("utf-") and encoding != "utf-8"
    chunks = recoded(stream.chunks(), encoding) if wide else stream.chunks()
    try:
        for line in lines(chunks, stream):
            if not line.reason:
                yield line.number, _decoded(job, line.data, "utf-8" if wide else encoding).rstrip("\r\n")
            elif not quiet:
                job.reject(line.reason, f"line {line.number}", line.data)
    except UnicodeDecodeError:
        raise DamagedError(f"{job.file.label} is not readable as {encoding.upper()}; save it as UTF-8.") from None
    finally:
        stream.close()
    if stream.problem:
        raise DamagedError(f"{job.file.label} was read only in part: {stream.problem}.")


def _decoded(job: Job, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        other = FALLBACK if encoding == "utf-8" else encoding
        job.note(f"not all of it is {encoding}; such lines were read as {other}, some letters may be wrong")
        return data.decode(other, "replace")


def _messages(job: Job, quiet: bool) -> Iterator[_Message]:
    """Messages with the lines that belong to them. With `quiet`, damage and stray lines are left for the second run."""
    current: _Message | None = None
    try:
        for number, line in _lines(job, quiet):
            found = BEGINNING.match(line)
            if found is None and current is None:
                if not quiet and line.strip(_MARKS + " \t"):
                    job.reject("stands before the first message", number, line)
                continue
            if found is not None:
                if current is not None:
                    yield current
                current = _Message(number, found)
                continue
            assert current is not None
            if current.length + len(line) > _LONGEST:
                if not quiet:
                    job.reject("line of an endless message", number, line)
                continue
            current.lines.append(line)
            current.length += len(line) + 1
    except DamagedError:
        if current is not None:
            yield current
        if not quiet:
            raise
        return
    if current is not None:
        yield current


def _record(job: Job, message: _Message, day_first: bool, place: str | None) -> Record | None:
    rest = message.found["rest"]
    sender = _SENDER.match(rest)
    # An event may quote a name with a colon in it: what stands before the colon tells.
    if sender is None or _SYSTEM.search(rest, 0, sender.start("text")):
        job.skip("system line of WhatsApp")
        return None
    text = "\n".join([sender["text"], *message.lines])
    if text.startswith("\u200e") and _SYSTEM.search(text):
        job.skip("system line of WhatsApp")
        return None
    bare = text.strip(_MARKS + " \n")
    if _GONE.fullmatch(bare):
        job.skip("deleted message or call")
        return None
    if any(word in text for word in _MEDIA_WORDS):
        text = _MEDIA.sub("", text)
    if "<" in text:
        text = _EDITED.sub("", text)
    text = text.strip(_MARKS + " \n")
    if not text:
        job.skip("message without text (picture, sticker, voice)")
        return None
    data = {"sender": sender["name"].strip(), "date": _when(message.found, day_first), "text": text}
    return Record(message.number, data, place=place)


def _group(found: re.Match[str], name: str) -> int:
    value = found[name] if found[name] is not None else found["_" + name]
    return int(value) if value else 0


def _when(found: re.Match[str], day_first: bool) -> str | None:
    first, middle, last = (_group(found, name) for name in "abc")
    if first > 31:
        year, month, day = first, middle, last
    else:
        day, month = (first, middle) if day_first else (middle, first)
        year = last + 2000 if last < 100 else last
    hour, half = _group(found, "hour"), (found["half"] or found["_half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(year, month, day, hour, _group(found, "minute"), _group(found, "second")).isoformat()
    except ValueError:
        return None


class _DateOrder:
    """Decides whether days stand before months: by numbers above 12, else by which order keeps the dates rising."""

    def __init__(self) -> None:
        self.seen = self._day = self._month = self._back_day = self._back_month = 0
        self._last: tuple[int, int] | None = None
        self.unsure = False

    def add(self, first: int, middle: int) -> None:
        self.seen += 1
        if first > 31:  # the year stands first, and the order is known
            self._month += 1
            return
        self._day += first > 12
        self._month += middle > 12
        if self._last is not None:
            a, b = self._last
            # Steps back within a year; a step from December to January is one in both orders.
            self._back_day += (middle, first) < (b, a)
            self._back_month += (first, middle) < (a, b)
        self._last = (first, middle)

    def day_first(self) -> bool:
        if self._day != self._month:
            return self._day > self._month
        if self._back_day != self._back_month:
            return self._back_day < self._back_month
        self.unsure = True
        return True

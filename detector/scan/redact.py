"""Pseudonyms for contacts: the same phone, handle, mail or link always gets the same one, and the key is needed to
tell which.

A contact in a text becomes ``[type token]``, in `contacts` the token alone; the token is the first 16 hexadecimal
digits of HMAC-SHA256 of the contact in its normal form, so ``0812-...`` and ``wa.me/62812...`` get the same.
Offsets and evidence of a redacted record are those of the redacted text. Names of people and places are not replaced.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detector.assessment import Assessment, Contact, Span
from detector.facts.contacts import find_contacts
from detector.facts.links import read_link
from detector.facts.phones import e164
from detector.scan.rows import InputError
from detector.text.entities import find_entities
from detector.text.language import identify
from detector.text.normalise import normalise

_LEAST = 16  # bytes of a key
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")
_READ = 50_000  # characters in which disguised contacts are looked for: as many as the analysis reads
_PIECE = re.compile(r"(?s).{1,20000}(?:\s|$)|.{1,20000}")  # what lies close together is compared with each other
# Phones that touch a word ("WA0812...gaji") are none to the analysis; here one too many is better than one too few.
_GLUED = re.compile(r"(?<![\d.,])(?:\+\d{1,3}|0|62)(?:[ .\-]?\d){8,}")
_DIGITS = re.compile(r"\d{10,15}")


def read_key(path: str | Path | None) -> bytes:
    """The key in the file `path`, or a random one.

    Raises
    ------
    InputError
        When there is no such file, or it holds less than 16 bytes.
    """
    if path is None:
        return secrets.token_bytes(32)
    try:
        key = Path(path).read_bytes().strip()
    except OSError as problem:
        raise InputError(f"The key file {path} cannot be read ({problem.strerror}); check --redact-key.") from None
    if len(key) < _LEAST:
        raise InputError(
            f"The key in {path} is shorter than {_LEAST} bytes; make one with: openssl rand -hex 32 > {path}"
        )
    return key


@dataclass(frozen=True, slots=True)
class Redacted:
    """A redacted text, and where the stretches of the original went."""

    text: str
    stretches: tuple[tuple[int, int, int, int], ...]  # (start, end) in the original, (start, end) here

    def move(self, start: int, end: int) -> tuple[int, int]:
        """Where the stretch start:end of the original is now; a piece of a contact grows to the whole pseudonym."""
        return self._moved(start, True), self._moved(end, False)

    def _moved(self, at: int, opening: bool) -> int:
        i = bisect_right(self.stretches, at, key=lambda s: s[0]) - 1
        if i < 0:
            return at
        start, end, here, here_end = self.stretches[i]
        if at >= end:
            return here_end + at - end
        return here if opening or at == start else here_end


class Redactor:
    """Replaces contacts with the pseudonyms of one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def token(self, value: str) -> str:
        """The pseudonym of a contact in its normal form: 16 hexadecimal digits."""
        digest = hmac.new(self._key, value.encode("utf-8", "surrogatepass"), hashlib.sha256)
        return digest.hexdigest()[:16]

    def text(self, text: str, contacts: Iterable[Contact] | None = None) -> Redacted:
        """`text` with every contact replaced; `contacts` where they are known already."""
        language = "id"
        if contacts is None:
            folded = normalise(text[:_READ])
            language = identify(folded.text)
            contacts = find_contacts(folded, language)
        found: list[tuple[int, int, str, str]] = []
        for contact in contacts:
            at = text.find(contact.evidence)
            while contact.evidence and at >= 0:  # every mention, not only the first
                found.append((at, at + len(contact.evidence), contact.type, contact.value))
                at = text.find(contact.evidence, at + len(contact.evidence))
        for offset, piece in _pieces(text):
            found += [
                (offset + e.start, offset + e.end, e.type, _normal(e.type, e.value, language))
                for e in find_entities(piece)
            ]
            found += [
                (offset + m.start(), offset + m.end(), "phone", _normal("phone", m.group(), language))
                for m in _GLUED.finditer(piece)
            ]
        return _replaced(text, found, self.token)

    def record(self, record: dict[str, Any], assessment: Assessment) -> dict[str, Any]:
        """A scan record with its texts, evidence and contacts redacted, offsets moved."""
        text = assessment.text
        redacted = self.text(text, assessment.facts.contacts or None)
        out: dict[str, Any] = {k: self._moved(v, redacted) for k, v in record.items() if k not in ("id", "source")}
        out = {"id": self.identifier(record["id"]), **out}
        for contact in out["facts"]["contacts"]:
            contact["value"] = self.token(contact["value"])
        employer = out["facts"]["employer"]
        if employer and employer["own_domain"]:
            employer["own_domain"] = self.token(employer["own_domain"])
        if "source" in record:
            out["source"] = self._source(record["source"], text, redacted)
        return out

    def _moved(self, value: Any, redacted: Redacted) -> Any:
        if isinstance(value, list):
            return [self._moved(item, redacted) for item in value]
        if not isinstance(value, dict):
            return value
        out = {name: self._moved(item, redacted) for name, item in value.items()}
        if isinstance(out.get("evidence"), str) and isinstance(out.get("start"), int):
            out["start"], out["end"] = redacted.move(out["start"], out["end"])
            out["evidence"] = redacted.text[out["start"] : out["end"]]
        return out

    def _source(self, value: Any, text: str, redacted: Redacted) -> Any:
        if isinstance(value, dict):
            return {name: self._source(item, text, redacted) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._source(item, text, redacted) for item in value]
        if isinstance(value, str):
            return redacted.text if value == text else self.text(value).text
        # A phone in a column of numbers; a date or an amount of ten digits may go with it.
        if isinstance(value, int) and not isinstance(value, bool) and _DIGITS.fullmatch(str(value)):
            number = e164(str(value), "id")
            return value if number is None else f"[phone {self.token(number)}]"
        return value

    def identifier(self, value: str | int) -> str | int:
        """An id that is a link, a mail address or a handle; numbers stay, as ids are numbers more often than phones."""
        if isinstance(value, str) and any(e.type != "phone" or value[:1] == "+" for e in find_entities(value)):
            return self.text(value).text
        return value


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for match in _PIECE.finditer(text):
        yield match.start(), match.group()


def _normal(kind: str, value: str, language: str) -> str:
    if kind == "phone":
        return e164(value, language) or re.sub(r"\D", "", value)
    if kind == "link":
        # A link to an account or a number (wa.me/62812...) is that account or number.
        known = read_link(normalise(value), Span(0, len(value), value))
        if known is not None:
            return known.value
        return _SCHEME.sub("", value.lower()).rstrip("/")
    return value.lower().lstrip("@")


def _replaced(text: str, found: list[tuple[int, int, str, str]], token: Any) -> Redacted:
    """Replace the stretches; those that overlap go together, under the contact that begins first."""
    out: list[str] = []
    stretches: list[tuple[int, int, int, int]] = []
    merged: list[list[Any]] = []
    for start, end, kind, value in sorted(found, key=lambda f: (f[0], -f[1])):
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end, kind, value])
    at = length = 0
    for start, end, kind, value in merged:
        pseudonym = f"[{kind} {token(value)}]"
        out += [text[at:start], pseudonym]
        length += start - at
        stretches.append((start, end, length, length + len(pseudonym)))
        length += len(pseudonym)
        at = end
    out.append(text[at:])
    return Redacted("".join(out), tuple(stretches))

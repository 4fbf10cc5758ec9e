"""Links: which part of a text is one, what host it really opens, and whose account or number stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote, urlsplit

from detector.assessment import Contact, Span
from detector.facts.hosts import hosts
from detector.facts.numerals import either
from detector.facts.phones import e164, parse
from detector.text.normalise import NormalisedText

__all__ = ["contact_at", "has_risky_ending", "link_with_user_info", "read_link", "short_links"]

# Endings that are also words or the start of a sentence: "gratis.to", "S.Kom", "bio.link".
_RISKY_TLD = re.compile(
    r"\.(?:to|one|my|me|pro|work|live|page|app|top|link|us|la|de|id|la|online|shop|store|jobs?|careers?|"
    r"co|cc|tv|bio|site|club|vip|asia|info|us|sa|ae|in)$"
)
_WHATSAPP = frozenset({"wa.me", "api.whatsapp.com", "whatsapp.com", "web.whatsapp.com", "chat.whatsapp.com", "wa.link"})
_NUMBER_IN_LINK = re.compile(r"(?:phone=|^/?)\+?(\d{8,15})")
_CLOSING = re.compile(r"[\])}]")
_SCHEME_BEFORE = re.compile(r"https?://[^\s/@]{0,64}\Z", re.IGNORECASE)
_REST = re.compile(r"[^\s<>\"']{0,300}")
_DIGIT_OR_DASH = re.compile(r"[\d-]")
_LINK_BEFORE = re.compile(
    r"(?:link|web|website|situs|site|klik|daftar|visit|laman|portal|email|apply|via|di|at|:|>|👉)\s*[:>👉]*\s*$"
)


def contact_at(span: Span, kind: str, value: str) -> Contact:
    """The record of a contact of type `kind` written at `span`."""
    return Contact(span.start, span.end, span.evidence, kind, value)


def short_links(original: str) -> Iterator[Span]:
    """Short links whose endings are too rare to be taken for links in general ("linktr.ee/x")."""
    folded = original.casefold() if "/" in original else ""
    if any(host in folded for host in _short_hosts()):
        for match in _short_link().finditer(original):
            yield Span(match.start(), match.end(), match.group())


def has_risky_ending(host: str) -> bool:
    """True where what follows the last full stop of `host` (lower case) may as well be a word."""
    return _RISKY_TLD.search(host) is not None


def link_with_user_info(original: str, mail: Span) -> Span | None:
    """The whole link when what looks like mail is user info before the real host ("https://bri.co.id@evil.top")."""
    before = _SCHEME_BEFORE.search(original, max(0, mail.start - 76), mail.start)
    if not before:
        return None
    start = before.start()
    after = _REST.match(original, mail.end)
    end = after.end() if after else mail.end
    evidence = original[start:end].rstrip(".,;:!?)]}")
    return Span(start, start + len(evidence), evidence)


def read_link(text: NormalisedText, span: Span) -> Contact | None:
    """The contact behind the link at `span`: an account or number where the host is an app's, else host + path.

    None where it is no link after all.
    """
    written = _CLOSING.split(span.evidence, maxsplit=1)[0]
    span = Span(span.start, span.start + len(written), written)
    if _is_prose(text, span):
        return None
    host, path, query = _split(written)
    if not host or host.isdigit():
        return None
    name = path.strip("/").split("/")[0].lower()
    if host in _WHATSAPP:
        digits = _NUMBER_IN_LINK.search(query if "phone=" in query else path.strip("/"))
        number = "+" + digits.group(1) if digits else ""
        return contact_at(span, "whatsapp", parse(number, None) or number or host + path)
    if host in ("t.me", "telegram.me", "telegram.dog"):
        joined = path.strip("/").removeprefix("s/")
        name = joined.split("/")[0].lower()
        invitation = joined.startswith("+") or name == "joinchat"
        return contact_at(span, "telegram", joined if invitation else name.lstrip("@") or host)
    if host in ("instagram.com", "instagr.am", "ig.me") and name:
        return contact_at(span, "instagram", path.strip("/").split("/")[-1].lower() if name in ("_u", "m") else name)
    if host in ("facebook.com", "fb.com", "m.facebook.com", "fb.me", "m.me", "web.facebook.com") and name:
        return contact_at(span, "facebook", path.strip("/").lower() if name == "groups" else name)
    if host in ("tiktok.com", "vt.tiktok.com", "vm.tiktok.com") and name:
        return contact_at(span, "tiktok", name.lstrip("@"))
    if host in ("line.me", "lin.ee", "page.line.me") and name:
        return contact_at(span, "line", path.strip("/").split("/")[-1].lower().lstrip("~@"))
    if host == "zalo.me" and name:
        return contact_at(span, "zalo", e164(name, "vi") or name if name.isdigit() else path.strip("/").lower())
    return contact_at(span, "link", host + path)


def _split(written: str) -> tuple[str, str, str]:
    """(real host, path, query) of a link: no user info, no port, no www, punycode for letters beyond ASCII."""
    try:
        parts = urlsplit(written if "://" in written[:10] else "//" + written)
        host = (parts.hostname or "").strip(".")
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return "", "", ""
    host = unquote(host).lower().removeprefix("www.")
    return host, parts.path.rstrip("/"), parts.query


def _is_prose(text: NormalisedText, span: Span) -> bool:
    """ "gratis.Link di bio", "S.Kom": a full stop without its blank is no address."""
    written = span.evidence
    if "://" in written[:9] or written[:4].lower() == "www." or "/" in written:
        return False
    labels = written.split(".")
    if labels[-1][:1].isupper() and not labels[0].isupper():
        return True
    if not has_risky_ending(written.lower()) or len(labels) > 2:
        return False
    if _DIGIT_OR_DASH.search(labels[0]) or written.lower() in hosts("shorteners"):
        return False
    left = text.original[max(0, span.start - 30) : span.start].lower()
    return not _LINK_BEFORE.search(left)


@cache
def _short_hosts() -> tuple[str, ...]:
    return tuple(host + "/" for host in (*hosts("shorteners"), "lin.ee") if "." in host)


@cache
def _short_link() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@.-])(?:{either(_short_hosts())})[\w./+-]{{1,80}}", re.IGNORECASE)

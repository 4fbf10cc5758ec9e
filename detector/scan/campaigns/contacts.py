"""Contacts as the second link between posts, and which of them may join.

A recruiter's phone joins adverts that share no wording; a job portal's number, a ministry's hot line or the host of a
link shortener must not. So a contact joins only

* when it belongs to one recruiter: no help line, public body, job portal, known employer, free form or bare host of an
  app. A link joins by its own host where that is one, by the whole link on shorteners and free sites;
* where both wordings were flagged (`check` or `high`) in some post: an honest personnel office that offers ten
  vacancies under one address is ten adverts, and a warning that quotes a recruiter's number is no advert of his;
* when it stands in at most `MAX_WORDINGS` different wordings: accounts that repost everybody's adverts stand in more
  (among 1,732 posts of Instagram and of a hoax collection 1,121 contacts: 1,012 stand in one wording, a recruiter's
  own in 6 at most, collecting accounts in 6, 8, 8 and 55);
* when its post names at most `MAX_IN_POST` of them: more is a list of agents or of swindlers;
* while the campaign has at most `MAX_JOINED` wordings: the rarest contacts join first, and what is left over is still
  in the contact network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from detector.facts.hosts import hosts, is_free, is_portal, is_under
from detector.facts.known_names import GOVERNMENT
from detector.facts.reference import load

__all__ = ["MAX_IN_POST", "MAX_JOINED", "MAX_WORDINGS", "joining_key", "name_of"]

MAX_WORDINGS = 10
MAX_IN_POST = 5
MAX_JOINED = 50

_NUMBER = re.compile(r"\+\d{9,15}")
# Indonesian short, toll-free and premium numbers: 1500-xxx, 0800, 0804, 0809.
_SERVICE = re.compile(r"\+62(?:1\d{2,6}|80[0349]\d+)")
_AMOUNT = re.compile(r"(?:rp|idr|rm)?[\d.,]+")  # "TikTok Rp 2.500.000"
_APPS = (
    "wa.me", "whatsapp.com", "t.me", "telegram.me", "telegram.org", "instagram.com", "facebook.com", "fb.com", "fb.me",
    "m.me", "tiktok.com", "line.me", "lin.ee", "zalo.me", "x.com", "twitter.com", "threads.net", "google.com",
    "zoom.us", "youtu.be", "play.google.com", "apps.apple.com", "shopee.co.id", "tokopedia.com", "discord.gg",
    "medium.com",
)  # fmt: skip


def name_of(kind: str, value: str) -> str:
    """A contact as the results show it, ``type:value``; a number reads ``phone:`` in whatever app it is used."""
    return f"phone:{value}" if _NUMBER.fullmatch(value) else f"{kind}:{value}"


def joining_key(kind: str, value: str) -> str | None:
    """What two posts must share to be joined by this contact; None for a contact that never joins."""
    if _NUMBER.fullmatch(value):
        return None if value in _help_lines() or _SERVICE.fullmatch(value) else f"phone:{value}"
    if kind == "email":
        host = value.rpartition("@")[2]
        # Mail on a host of one's own is the recruiter's; free mail is his own account. A public body's is neither.
        # What has no full host was cut off ("career@gmail" in the text of a poster) and is anybody's.
        return None if "." not in host or _serves_many(host) else f"email:{value}"
    if kind == "link":
        host, _, path = value.partition("/")
        if "." not in host or _serves_many(host) or is_under(host, _APPS + hosts("free_mail")):
            return None
        if is_free(host):
            # docs.google.com serves all the world, the form behind it one; a bare name on a free site is its owner's.
            bare = host in hosts("shorteners") or host in hosts("free_sites")
            return f"link:{value}" if path or not bare else None
        return f"link:{host}"
    if kind in ("phone", "whatsapp"):
        # A group or a short link has one owner; the rest are numbers cut short or masked.
        return f"link:{value}" if value.startswith(("chat.whatsapp.com/", "wa.link/")) else None
    if kind == "facebook" and value.isdigit():
        return None  # "facebook.com/123": a page or a picture, nobody's name
    if _AMOUNT.fullmatch(value):
        return None
    return f"{kind}:{value}" if len(value) >= 4 and value not in _NO_ACCOUNT else None


_NO_ACCOUNT = frozenset({"groups", "share", "profile.php", "watch", "reel", "story.php", "events", "joinchat", "admin"})


def _serves_many(host: str) -> bool:
    return bool(GOVERNMENT.search(host)) or is_portal(host) or is_under(host, _official())


@cache
def _official() -> tuple[str, ...]:
    return tuple(domain for entry in load("employers.yaml")["employers"] for domain in entry["domains"])


@cache
def _help_lines() -> frozenset[str]:
    """Telephone numbers of help lines; those written without a country are Indonesian."""
    numbers: Iterable[str] = (
        re.sub(r"[^\d+]", "", line["link"]) for line in load("help_lines.yaml")["lines"] if line["link"][:4] == "tel:"
    )
    return frozenset("+62" + n[1:] if n.startswith("0") else n for n in numbers)

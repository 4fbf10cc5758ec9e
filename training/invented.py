"""Contact details in the corpus must look invented: nobody may be called, written to or linked by chance.

A phone number looks invented when its digits hold 000, 1111 or 1234, or when digits are masked by x. A mail or web
host looks invented when its ending is reserved (RFC 2606) or a part of it says so (``demo``, ``dummy``, ``contoh``);
at a free mail or link service the name before or behind the host has to say so, or hold 0000. Exempt are the public
contacts of authorities and the official career pages of state companies, which warnings point to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Official numbers, as digits: KP2MI's WhatsApp line.
OFFICIAL_NUMBERS = frozenset({"08118080141"})
#: Hosts of authorities (any name below these endings) and of state companies' own recruitment pages.
OFFICIAL_HOSTS = (
    "go.id",
    "gov.ph",
    "go.th",
    "gov.my",
    "gov.sg",
    "govt.nz",
    "kai.id",
    "fhcibumn.id",
    "pln.co.id",
    "bankjatim.co.id",
)
_SERVICES = frozenset(
    {"gmail.com", "outlook.com", "yahoo.com", "hotmail.com", "wa.me", "t.me", "bit.ly", "s.id", "forms.gle"}
)
_RESERVED = (".example", ".test", ".invalid", ".localhost", ".demo")
_SAYS_SO = re.compile(r"demo|dummy|contoh|palsu|example|0000?", re.IGNORECASE)
_MADE_UP_DIGITS = re.compile(r"000|1111|1234|x", re.IGNORECASE)
# O stands for 0 in disguised numbers.
_PHONE = re.compile(
    r"(?<![\w.,-])(?:\+\d{1,3}|\(?[0O])[\dO ().xX-]{6,17}[\dOxX](?!\w)|(?<!\d)62\d{8,12}(?!\d)"
    r"|(?i:\b(?:wa|whatsapp|call|tel|telp|telepon|phone|hp|sms))[\s:.]{1,3}(?P<local>\d[\d -]{5,12}\d)(?!\w)"
)
_HOURS = re.compile(r"(?<![\dO])[\dO]{1,2}[.:][\dO]{2}(?![\dO])|\.20\d\d\b")  # and the year of a document number
_MAIL = re.compile(r"(?P<name>[\w.+-]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)")
_ENDINGS = (
    "com|net|org|info|biz|co|id|my|sg|ph|vn|th|hk|tw|cn|ae|sa|au|nz|jp|kr|uk|us|xyz|site|online|shop|store|me|link|ly|"
    "gle|app|io|top|club|work|jobs|page|website|web|asia|test|example|invalid|localhost"
)
_LINK = re.compile(
    rf"(?<![\w@.-])(?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+(?:{_ENDINGS}))(?![\w-])(?P<path>/\S*)?", re.IGNORECASE
)


def suspicious_contacts(text: str) -> Iterator[str]:
    """Each phone number, mail address and link of `text` that could be somebody's."""
    rest = text
    for match in _MAIL.finditer(text):
        rest = rest.replace(match.group(), " ")
        if not _made_up(match["host"], match["name"]):
            yield match.group()
    for match in list(_LINK.finditer(rest)):
        rest = rest.replace(match.group(), " ")
        if not _made_up(match["host"], match["path"] or ""):
            yield match.group()
    for match in _PHONE.finditer(_HOURS.sub("|", rest)):
        number = re.sub(r"[^\dx]", "", (match["local"] or match.group()).lower().replace("o", "0"))
        if len(number) >= 8 and number not in OFFICIAL_NUMBERS and not _MADE_UP_DIGITS.search(number):
            yield match.group()


def _made_up(host: str, name: str) -> bool:
    host = host.casefold()
    if any(host == official or host.endswith("." + official) for official in OFFICIAL_HOSTS):
        return True
    if host in _SERVICES:
        return _SAYS_SO.search(name) is not None
    return host.endswith(_RESERVED) or _SAYS_SO.search(host) is not None

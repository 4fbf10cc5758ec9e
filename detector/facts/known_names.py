"""The names that lures borrow (`resources/reference/employers.yaml`) in every spelling, and contacts made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from detector.assessment import Contact
from detector.facts.hosts import is_portal, is_under
from detector.facts.names import Hit, Names
from detector.facts.reference import load
from detector.text.normalise import fold_name

__all__ = ["GOVERNMENT", "Known", "borrowed_contact", "disguised", "known_names"]

GOVERNMENT = re.compile(r"(?:^|\.)(?:go\.id|gov\.\w\w|mil\.id)$")
_PERSONNEL = re.compile(r"rekrut|recruit|hrd|hr_|_hr|personalia|panitia|seleksi")
_RECRUITS = re.compile(
    r"re[ck]ru\w{0,6}?(?:tment|trutmen|itmen|t|it)|rekrut|karir|career|hrd|hr(?=$)|loker|crew|jobs?|intake|hiring|"
    r"personalia|"
    r"seleksi|lowongan|vacancy|pendaftaran|zhaopin|daftar|mtbatch|batch|talent"
)


@dataclass(frozen=True, slots=True)
class Known:
    """One alias of a name in employers.yaml."""

    name: str
    type: str
    domains: tuple[str, ...]
    strict: bool
    local: bool
    alias: str


@cache
def known_names() -> Names[Known]:
    """Every spelling of every name."""
    aliases: dict[str, Known] = {}
    for known in _all_known():
        alias = known.alias
        for spelling in (alias, alias.replace("pt ", "pt. "), alias.replace("pt ", "pt.")):
            aliases.setdefault(spelling, known)
    return Names(aliases)


def borrowed_contact(contacts: Sequence[Contact]) -> Contact | None:
    """A mailbox, site or account that calls itself the recruitment of a known name, on a host that is not theirs."""
    for contact in contacts:
        if contact.type not in ("email", "link", "telegram", "line"):
            continue
        host = contact.value.split("@")[-1].split("/")[0] if contact.type in ("email", "link") else ""
        if not host and not _PERSONNEL.search(contact.value):
            continue  # the handles of careers pages carry the name too ("@brandcareers")
        tokens = re.findall(r"[a-z]+", contact.value)
        if host and (GOVERNMENT.search(host) or is_portal(host)):
            continue
        recruits = any(_RECRUITS.search(token) for token in tokens)
        for known in _by_token(tuple(tokens)) if recruits else ():
            if not is_under(host, known.domains):
                return contact
    return None


def _by_token(tokens: tuple[str, ...]) -> list[Known]:
    """Names that one of `tokens`, or what is left of it without the word for recruiting, spells out."""
    table = _squeezed()
    parts = {part for token in tokens for part in (token, *_RECRUITS.split(token)) if part}
    return [table[part] for part in parts if part in table]


@cache
def _squeezed() -> dict[str, Known]:
    """Aliases in one word ("keretaapi", "pln"), of firms only."""
    out: dict[str, Known] = {}
    for known in _all_known():
        word = re.sub(r"[^a-z]", "", known.alias.removeprefix("pt "))
        if len(word) >= 3 and known.alias.isascii() and word not in _COMMON:
            out.setdefault(word, known)
            for ending in ("indonesia", "group", "persero"):
                if len(short := word.removesuffix(ending)) >= 4 and short not in _COMMON:
                    out.setdefault(short, known)
    return out


_COMMON = frozenset({"bank", "astra", "mandiri", "dinas", "kereta", "google", "sea", "costa", "hospital", "who", "tim"})


@cache
def _all_known() -> tuple[Known, ...]:
    return tuple(
        Known(entry["name"], entry["type"], tuple(entry["domains"]), entry.get("claim") == "strict",
              bool(entry.get("local")), fold_name(alias))
        for entry in load("employers.yaml")["employers"] for alias in entry["aliases"]
    )  # fmt: skip


_LOOKS = str.maketrans("1l|03457@!", "iiioeasTai".lower())


@cache
def _lookalikes() -> Names[Known]:
    """Aliases long enough to be known again when "1", "l" and "0" stand for letters."""
    table: dict[str, Known] = {}
    for known in _all_known():
        if len(known.alias) >= 7 and known.alias.isascii():
            table.setdefault(known.alias.translate(_LOOKS), known)
    return Names(table)


def disguised(folded: str, hits: Sequence[Hit[Known]]) -> list[Hit[Known]]:
    """Names written with look-alikes ("kereta ap1 lndonesla")."""
    taken = [(hit.start, hit.end) for hit in hits]
    return [
        hit
        for hit in _lookalikes().find(folded.translate(_LOOKS))
        if all(hit.end <= start or end <= hit.start for start, end in taken)
    ]

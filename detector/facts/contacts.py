"""Ways to reach the advertiser: phones, messengers, handles, mail addresses and links, each in one normal form.

Phones become E.164, handles and mail lower case, links host + path with the host a browser would really open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from detector.assessment import Contact, Span
from detector.facts.links import contact_at, has_risky_ending, link_with_user_info, read_link, short_links
from detector.facts.numerals import either
from detector.facts.phones import SPELLED, digits_of, e164
from detector.text.entities import find_entities
from detector.text.normalise import NormalisedText

__all__ = ["find_contacts"]

_MOST = 40  # contacts kept from one text; parsing a phone costs 80 µs
# Phones that the general expression does not see: letters for digits, a separator after every digit, or blocks parted
# by odd characters. Each begins with its first character, and looks behind after it: the engine skips ahead to it.
_HIDDEN_PHONES = (
    re.compile(r"[o0](?<![a-z0-9].)(?:(?<=o)8|(?<=0)[8b9][\do]*[oli])[\doli .\-]{7,15}(?![a-z0-9])"),
    re.compile(r"0(?<![\w.,+]0)(?:[ .\-_*|/~]{1,3}\d){8,13}(?!\w)"),
    re.compile(r"0(?<![\w.,+]0)[89]\d{1,3}(?:[^\w\n]|_){1,3}\d{3,4}(?:[^\w\n]|_){1,3}\d{2,5}(?!\w)"),
)

_APPS = {
    "whatsapp": r"wa|w\.a|whats ?app|whatsap|watsap|wasap|wassap|wapri|wea|call/wa|chat",
    "telegram": r"telegram|tele|tg|tlgrm|telegrem|เทเลแกรม|电报|飞机",
    "wechat": r"wechat|we chat|weixin|wx|vx|微信|薇信",
    "line": r"line|ไลน์|แอดไลน์",
    "zalo": r"zalo",
    "instagram": r"instagram|insta|ig",
    "facebook": r"facebook|fb|fanpage|messenger",
    "tiktok": r"tik ?tok|tt",
}
# Groups called "in_..." are found inside longer words too, as scripts without blanks need.
_NEAR_APP = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(rf"(?P<{app}>{words})" for app, words in _APPS.items() if app not in ("wechat", "line"))
    + r"|(?P<line>line))(?![^\W_])|(?P<in_telegram>เทเลแกรม|电报|飞机)"
    r"|(?P<in_wechat>wechat|we chat|weixin|微信|(?<![a-z])[wv]x(?![a-z]))|(?P<in_line>ไลน์)"
)
_CALL = re.compile(r"\b(?:telepon|telpon|phone|call|hotline|fax|faks|sms|tel|office)\b")
_NAMED = re.compile(
    r"(?<![a-z0-9_])(?:"
    + "|".join(rf"(?P<{app}>{words})" for app, words in _APPS.items() if app != "whatsapp")
    + r")(?![a-z])"
    r"(?P<gap>\s*(?:(?:id|user ?name|user|akun|account|official|kami|admin|hrd?|saya|nama|号|號)\b\s*)*"
    r"[:=：@>\-👉]*\s*@?)(?P<handle>[a-z0-9_](?:[a-z0-9_.]{2,30})[a-z0-9_])",
)
_SAID = re.compile(r"[:=：@>👉号號]|\b(?:id|user ?name|akun|account)\b")  # in the gap: what follows is a handle
# Words behind the name of an app that are no handle.
_NO_HANDLE = frozenset(
    {
        "telegram", "whatsapp", "instagram", "facebook", "tiktok", "wechat", "line", "zalo", "group", "grup",
        "channel", "kami", "saya", "admin", "link", "bio", "dan", "atau", "the", "and", "for", "with",
        "only", "live", "shop", "messenger", "produksi", "production", "follow", "story", "stories", "ads",
        "page", "akun", "account", "chat", "sekarang", "langsung", "untuk", "via", "dm", "marketing",
        "content",
    }
)  # fmt: skip
_DM = re.compile(r"\b(?:dm|follow|ig|instagram|insta)\b")
_REACH = re.compile(r"\b(?:hubungi|chat|contact|kontak|inbox|pm|message|add|minat|info|join|admin|hr|hrd|cp|apply)\b")
_MAIL_IN_WORDS = re.compile(
    r"(?<![\w.])([a-z0-9._%+\-]{2,40})\s?(?:\(at\)|\[at\]|\{at\}| at )\s?([a-z0-9\-]{2,30})\s?(?:\(dot\)|"
    r"\[dot\]|\{dot\}| dot |\.)\s?(com|net|org|co\.id|co|id|my|ph)\b"
)
_MAIL_NAMES = ("gmail", "yahoo", "outlook", "hotmail", "ymail", "icloud")
# Mail whose ending is missing ("name@gmail"). The host is looked for first: it is rare, and begins with a fixed sign.
_CUT_HOST = re.compile(rf"@(?:{either([*_MAIL_NAMES, 'proton', 'protonmail'])})(?![\w.@-])", re.IGNORECASE)
_CUT_MAIL = re.compile(r"(?<![\w.])[a-z0-9_%+\-][a-z0-9._%+\-]{2,40}" + _CUT_HOST.pattern, re.IGNORECASE)
_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}(?!\w)")  # a profile called by its name
_WHATSAPP_BEHIND = re.compile(r"\s*[(\[]?\s*(?:wa|whats ?app)\b")
_SAME_LIST = re.compile(r"(?:[\s/,&;|+().\-]|atau|dan|or|and|[a-z]{2,12}(?=[\s):]))*")


def find_contacts(text: NormalisedText, language: str) -> list[Contact]:
    """All contacts of `text` in text order, each (type, value) once; `language` picks the region of local phones."""
    found = [*_from_entities(text, language), *_from_words(text, language)]
    found.sort(key=lambda c: (c.start, -c.end))
    out: list[Contact] = []
    seen: set[tuple[str, str]] = set()
    end = -1
    for contact in found:
        if (contact.type, contact.value) in seen or contact.start < end:
            continue
        seen.add((contact.type, contact.value))
        out.append(contact)
        end = contact.end
        if len(out) == _MOST:
            break
    return out


# --- entities ----------------------------------------------------------------------------------------------------


def _from_entities(text: NormalisedText, language: str) -> Iterator[Contact]:
    previous: tuple[int, str] | None = None  # end and type of the last phone, for "WA 0812... / 0813..."
    for count, (kind, span) in enumerate(_stretches(text)):
        if count == 2 * _MOST:
            return
        at = text.locate(span.start)
        if kind == "email" and (address := link_with_user_info(text.original, span)):
            if link := read_link(text, address):
                yield link
        elif kind == "email":
            yield contact_at(span, "email", span.evidence.lower())
        elif kind == "link":
            if link := read_link(text, span):
                yield link
        elif kind == "handle":
            left = text.text[max(0, at - 40) : at]
            name = span.evidence.lower()
            if name.split(".")[0].lstrip("@") in _MAIL_NAMES:
                continue
            if app := _app_of(left) or _guess(left):
                yield contact_at(span, "telegram" if app == "whatsapp" else app, name.lstrip("@"))
        elif value := e164(span.evidence, language):
            end = text.locate(span.end - 1) + 1
            kind = _phone_type(text.text, at, end, previous)
            previous = (end, kind)
            if kind == "zalo" and span.evidence.lstrip("( ").startswith("0"):
                value = e164(span.evidence, "vi") or value
            yield contact_at(span, kind, value)


def _stretches(text: NormalisedText) -> Iterator[tuple[str, Span]]:
    """(entity type, span): those of the original, then numbers that only show once look-alikes are folded."""
    for entity in text.entities:
        yield entity.type, Span(entity.start, entity.end, entity.value)
    folded = text.text
    for link in islice(short_links(text.original), _MOST):
        if all(link.end <= e.start or e.end <= link.start for e in text.entities):
            yield "link", link
    if not text.original.isascii() and len(folded) < 20_000:
        for entity in find_entities(folded):
            if entity.type == "phone":
                yield "phone", text.span(entity.start, entity.end)
    for pattern in _HIDDEN_PHONES:
        for match in pattern.finditer(folded):
            if sum(c.isdigit() for c in match.group()) >= 8:
                start, end = match.span()
                while folded[end - 1] in " .-":
                    end -= 1
                yield "phone", text.span(start, end)


def _app_of(left: str) -> str | None:
    """The app named last in the words to the left of a handle."""
    app = None
    for match in _NEAR_APP.finditer(left.rsplit("\n\n", 1)[-1]):
        app = _app(match)
    return app


def _app(match: re.Match[str]) -> str:
    return (match.lastgroup or "").removeprefix("in_")


def _guess(left: str) -> str | None:
    if _DM.search(left):
        return "instagram"
    return "telegram" if _REACH.search(left) else None


# --- phones ------------------------------------------------------------------------------------------------------


def _phone_type(folded: str, start: int, end: int, previous: tuple[int, str] | None) -> str:
    """The app of the phone folded[start:end], or "phone"; `previous` is the (end, type) of the phone before it."""
    left = folded[max(0, start - 32) : start]
    app, app_end = None, 0
    for match in _NEAR_APP.finditer(left):
        # "WA 1. 0812..., 2. 0857...": the number of a list is no number between the app and the phone.
        if not any(c.isdigit() for c in left[match.end() :].replace("1.", "")[-24:]):
            app, app_end = _app(match), match.end()
    if app is None and _WHATSAPP_BEHIND.match(folded, end, end + 14):
        return "whatsapp"
    if app in ("telegram", "zalo", "wechat", "line"):
        return app
    if app == "whatsapp":
        # "Telp: 021..., WA: 0812...": the word right before the number decides.
        last = max((m.end() for m in _CALL.finditer(left)), default=-1)
        return "phone" if last > app_end + 3 else "whatsapp"
    if previous and previous[0] <= start and start - previous[0] <= 24:
        between = folded[previous[0] : start]
        if _SAME_LIST.fullmatch(between) and not _CALL.search(between):
            return previous[1]
    return "phone"


# --- words -------------------------------------------------------------------------------------------------------


def _from_words(text: NormalisedText, language: str) -> Iterator[Contact]:
    """Handles without @ behind a named app, mail written around filters, numbers spelled out."""
    folded = text.text
    for match in islice(_NAMED.finditer(folded), _MOST):
        app = next(a for a in _APPS if a != "whatsapp" and match.group(a))
        gap, (start, end) = match.group("gap"), match.span("handle")
        evidence = text.span(start, end)
        handle = evidence.evidence.lower()
        said = _SAID.search(gap) is not None
        if (app == "line" or handle.isalpha()) and not said:
            continue
        if app != "wechat" and not gap and handle.isalnum():
            continue
        if handle in _NO_HANDLE or handle.startswith(("http", "www.", "t.me")):
            continue
        if app == "facebook" and handle.count(".") == 1 and has_risky_ending(handle):
            continue
        if handle.isdigit():
            number = e164(handle, "vi" if app == "zalo" else language)
            if number and app in ("zalo", "wechat", "line", "telegram"):
                yield contact_at(evidence, app, number)
            continue
        if app == "facebook" and ":" in gap and (person := _PERSON.match(text.original, evidence.start)):
            evidence = Span(evidence.start, person.end(), person.group())
            handle = evidence.evidence.lower()
        yield contact_at(evidence, app, handle)
    if any(at in folded for at in ("(at)", "[at]", "{at}", " at ")):
        for match in islice(_MAIL_IN_WORDS.finditer(folded), _MOST):
            yield contact_at(text.span(*match.span()), "email", f"{match.group(1)}@{match.group(2)}.{match.group(3)}")
    if _CUT_HOST.search(text.original):
        # In the original: the fold reads "01@gmail" as letters.
        for match in islice(_CUT_MAIL.finditer(text.original), _MOST):
            span = Span(match.start(), match.end(), match.group())
            yield contact_at(span, "email", span.evidence.lower())
    if not any(digit in folded for digit in ("lapan", "eight", "nine")):
        return  # every mobile number of the region begins with 08 or 09
    for match in islice(SPELLED.finditer(folded), _MOST):
        if number := e164(digits_of(match.group()), language):
            yield contact_at(text.span(*match.span()), "phone", number)

"""Ways to reach the advertiser: phones, messengers, handles, mail addresses and links, each in one normal form.

Phones become E.164, handles and mail lower case, links host + path with the host a browser would really open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

import yaml

from detector.assessment import Contact, Span
from detector.facts.phones import SPELLED, digits_of, e164, parse
from detector.text.entities import find_entities
from detector.text.normalise import NormalisedText

__all__ = ["find_contacts", "hosts", "personal_only"]

_MOST = 40  # contacts kept from one text; parsing a phone costs 80 µs
_OBSCURED = re.compile(r"(?<![a-z0-9])(?:o8|0[8b9][\do]*[oli]|08\d{1,3}[oli])[\doli .\-]{7,15}(?![a-z0-9])")
_SEPARATED = re.compile(r"(?<![\w.,+])0(?:[ .\-_*|/~]{1,3}\d){8,13}(?![\w])")

_BLOCKS = re.compile(r"(?<![\w.,+])0[89]\d{1,3}(?:[^\w\n]|_){1,3}\d{3,4}(?:[^\w\n]|_){1,3}\d{2,5}(?![\w])")

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
_NEAR_APP = re.compile(
    "(?:"
    + "|".join(
        rf"(?P<{app}>(?<![^\W_])(?:{words})(?![^\W_])" + ("|เทเลแกรม|电报|飞机)" if app == "telegram" else ")")
        for app, words in _APPS.items()
        if app not in ("wechat", "line")
    )
    + r"|(?P<wechat>wechat|we chat|weixin|微信|(?<![a-z])[wv]x(?![a-z]))|(?P<line>(?<![^\W_])line(?![^\W_])|ไลน์))"
)
_CALL = re.compile(r"\b(?:telepon|telpon|phone|call|hotline|fax|faks|sms|tel|office)\b")
_NAMED = re.compile(
    "(?:"
    + "|".join(rf"(?P<{app}>(?<![a-z0-9_])(?:{words})(?![a-z]))" for app, words in _APPS.items() if app != "whatsapp")
    + r")(?P<gap>\s*(?:(?:id|user ?name|user|akun|account|official|kami|admin|hrd?|saya|nama|号|號)\b\s*)*"
    r"[:=：@>\-👉]*\s*@?)(?P<handle>[a-z0-9_](?:[a-z0-9_.]{2,30})[a-z0-9_])",
)
_DM = re.compile(r"\b(?:dm|follow|ig|instagram|insta)\b")
_REACH = re.compile(
    r"\b(?:hubungi|chat|contact|kontak|inbox|pm|message|add|minat|info|join|admin|hr|hrd|cp|apply)\b"
)
_MAIL_IN_WORDS = re.compile(
    r"(?<![\w.])([a-z0-9._%+\-]{2,40})\s?(?:\(at\)|\[at\]|\{at\}| at )\s?([a-z0-9\-]{2,30})\s?(?:\(dot\)|"
    r"\[dot\]|\{dot\}| dot |\.)\s?(com|net|org|co\.id|co|id|my|ph)\b"
)
_CUT_MAIL = re.compile(
    r"(?<![\w.])[a-z0-9_%+\-][a-z0-9._%+\-]{2,40}@(?:gmail|yahoo|outlook|hotmail|ymail|icloud|proton|"
    r"protonmail)(?![\w.@-])", re.IGNORECASE
)

_RISKY_TLD = re.compile(
    r"\.(?:to|one|my|me|pro|work|live|page|app|top|link|us|la|de|id|la|online|shop|store|jobs?|careers?|"
    r"co|cc|tv|bio|site|club|vip|asia|info|us|sa|ae|in)$"
)
_PORTALS = re.compile(
    r"\b(?:jobstreet|glints|kalibrr|siapkerja|karirhub|linkedin|kitalulus|jobsdb|loker\.id|topkarir|"
    r"indeed|pintarnya|maganghub|jora|urbanhire|dealls|techinasia|job ?fair|disnaker|siskop2mi)\b"
)
_OFFICE = re.compile(
    r"\b(?:datang langsung|langsung datang|datang ke|antar(?:kan)? (?:langsung|lamaran|cv|berkas)|"
    r"walk[ -]?in|kirim(?:kan)? (?:surat )?lamaran ke (?:alamat|kantor|jl|po box)|po box|"
    r"alamat(?: kantor)?\s*:|(?:jl|jln)\.? ?[a-z]|jalan [a-z]+ (?:no|raya|blok)|ruko [a-z]|lantai \d|our "
    r"office at|office address)"
)
_CHAT_WORDS = re.compile(
    r"\b(?:inbox|japri|(?:via|by|kirim|langsung|silahkan|silakan|minat|for details|send|just|"
    r"please)\s+(?:dm|pm)|dm (?:for|us|me|aja|admin)|pm (?:me|is key|for|aja)|chat admin|wa admin)\b"
)
_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}(?!\w)")  # a profile called by its name
_MAIL_HOSTS = frozenset({"@gmail", "@yahoo", "@outlook", "@hotmail", "@ymail", "@icloud"})
_PERSONAL = frozenset({"whatsapp", "telegram", "line", "wechat", "zalo", "instagram", "facebook", "tiktok"})


@cache
def hosts(kind: str) -> tuple[str, ...]:
    """Hosts of one kind from employers.yaml: free_mail, free_sites, shorteners or portals."""
    path = files("detector") / "resources" / "reference" / "employers.yaml"
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8"))["hosts"][kind])


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


def personal_only(contacts: Sequence[Contact], folded: str) -> bool:
    """True when chat or a mobile phone is the only way to apply: no mail, site, form, portal, landline or office."""
    personal = any(c.type in _PERSONAL or (c.type == "phone" and not _is_landline(c.value)) for c in contacts)
    if not personal and not (not contacts and _CHAT_WORDS.search(folded)):
        return False
    for contact in contacts:
        if contact.type == "email" or (contact.type == "phone" and _is_landline(contact.value)):
            return False
        if contact.type == "link" and contact.value.split("/")[0] not in hosts("shorteners"):
            return False
    return not _PORTALS.search(folded) and not _OFFICE.search(folded)


def _is_landline(value: str) -> bool:
    return value.startswith("+62") and not value.startswith(("+628", "+620"))


# --- entities ----------------------------------------------------------------------------------------------------


def _from_entities(text: NormalisedText, language: str) -> Iterator[Contact]:
    previous: tuple[int, str] | None = None  # end and type of the last phone, for "WA 0812... / 0813..."
    for count, (kind, span) in enumerate(_stretches(text)):
        if count == 2 * _MOST:
            return
        at = text.locate(span.start)
        if kind == "email" and (address := _user_info(text.original, span)):
            yield from _link(text, address)
        elif kind == "email":
            yield _contact(span, "email", span.evidence.lower())
        elif kind == "link":
            yield from _link(text, span)
        elif kind == "handle":
            left = text.text[max(0, at - 40) : at]
            name = span.evidence.lower()
            if name.split(".")[0] in _MAIL_HOSTS:
                continue
            if app := _app_of(left) or _guess(left):
                yield _contact(span, "telegram" if app == "whatsapp" else app, name.lstrip("@"))
        elif value := e164(span.evidence, language):
            end = text.locate(span.end - 1) + 1
            kind = _phone_type(text.text, at, end, previous)
            previous = (end, kind)
            if kind == "zalo" and span.evidence.lstrip("( ").startswith("0"):
                value = e164(span.evidence, "vi") or value
            yield _contact(span, kind, value)


def _stretches(text: NormalisedText) -> Iterator[tuple[str, Span]]:
    """(entity type, span): those of the original, then numbers that only show once look-alikes are folded."""
    for entity in text.entities:
        yield entity.type, Span(entity.start, entity.end, entity.value)
    folded = text.text
    for match in _limited(_short_links().finditer(text.original) if "/" in text.original else ()):
        if all(match.end() <= e.start or e.end <= match.start() for e in text.entities):
            yield "link", Span(match.start(), match.end(), match.group())
    if not text.original.isascii() and len(folded) < 20_000:
        for entity in find_entities(folded):
            if entity.type == "phone":
                yield "phone", text.span(entity.start, entity.end)
    for pattern in (_OBSCURED, _SEPARATED, _BLOCKS):
        for match in pattern.finditer(folded):
            if sum(c.isdigit() for c in match.group()) >= 8:
                start, end = match.span()
                while folded[end - 1] in " .-":
                    end -= 1
                yield "phone", text.span(start, end)


@cache
def _short_links() -> re.Pattern[str]:
    """Short links whose endings are too rare to be taken for links in general ("linktr.ee/x")."""
    names = "|".join(re.escape(h) for h in (*hosts("shorteners"), "lin.ee") if "." in h)
    return re.compile(rf"(?<![\w@.-])(?:{names})/[\w./+-]{{1,80}}", re.IGNORECASE)


def _user_info(original: str, mail: Span) -> Span | None:
    """The whole link when what looks like mail is user info before the real host ("https://bri.co.id@evil.top")."""
    before = re.search(
        r"https?://[^\s/@]{0,64}$", original[max(0, mail.start - 76) : mail.start], re.IGNORECASE
    )
    if not before:
        return None
    start = mail.start - len(before.group())
    after = re.compile(r"[^\s<>\"']{0,300}").match(original, mail.end)
    end = after.end() if after else mail.end
    evidence = original[start:end].rstrip(".,;:!?)]}")
    return Span(start, start + len(evidence), evidence)


def _contact(span: Span, kind: str, value: str) -> Contact:
    return Contact(span.start, span.end, span.evidence, kind, value)


def _app_of(left: str) -> str | None:
    """The app named last in the words to the left of a handle or number."""
    app = None
    for match in _NEAR_APP.finditer(left.rsplit("\n\n", 1)[-1]):
        app = match.lastgroup
    return app


def _guess(left: str) -> str | None:
    if _DM.search(left):
        return "instagram"
    return "telegram" if _REACH.search(left) else None


# --- phones ------------------------------------------------------------------------------------------------------


def _phone_type(folded: str, start: int, end: int, previous: tuple[int, str] | None) -> str:
    left = folded[max(0, start - 32) : start]
    right = folded[end : end + 14]
    app = None
    for match in _NEAR_APP.finditer(left):
        if not any(c.isdigit() for c in left[match.end() :].replace("1.", "")[-24:]):
            app = match.lastgroup
    if app is None and re.match(r"\s*[(\[]?\s*(?:wa|whats ?app)\b", right):
        app = "whatsapp"
    if app in ("telegram", "zalo", "wechat", "line"):
        return app
    if app == "whatsapp":
        # "Telp: 021..., WA: 0812...": the word right before the number decides.
        last = max((m.end() for m in _CALL.finditer(left)), default=-1)
        whatsapp = max((m.end() for m in _NEAR_APP.finditer(left)), default=99)
        return "phone" if last > whatsapp + 3 else "whatsapp"
    if previous and previous[0] <= start and start - previous[0] <= 24:
        between = folded[previous[0] : start]
        if re.fullmatch(
            r"(?:[\s/,&;|+().\-]|atau|dan|or|and|[a-z]{2,12}(?=[\s):]))*", between) and not _CALL.search(between
        ):
            return previous[1]
    return "phone"


# --- links -------------------------------------------------------------------------------------------------------


def _link(text: NormalisedText, span: Span) -> Iterator[Contact]:
    written = re.split(r"[\])}]", span.evidence, maxsplit=1)[0]
    span = Span(span.start, span.start + len(written), written)
    if _is_prose(text, span):
        return
    host, path, query = _split(written)
    if not host or host.isdigit():
        return
    name = path.strip("/").split("/")[0].lower()
    if host in ("wa.me", "api.whatsapp.com", "whatsapp.com", "web.whatsapp.com", "chat.whatsapp.com", "wa.link"):
        digits = re.search(r"(?:phone=|^/?)\+?(\d{8,15})", query if "phone=" in query else path.strip("/"))
        number = "+" + digits.group(1) if digits else ""
        yield _contact(span, "whatsapp", parse(number, None) or number or host + path)
    elif host in ("t.me", "telegram.me", "telegram.dog"):
        joined = path.strip("/").removeprefix("s/")
        name = joined.split("/")[0].lower()
        invitation = joined.startswith("+") or name == "joinchat"
        yield _contact(span, "telegram", joined if invitation else name.lstrip("@") or host)
    elif host in ("instagram.com", "instagr.am", "ig.me") and name:
        yield _contact(span, "instagram", path.strip("/").split("/")[-1].lower() if name in ("_u", "m") else name)
    elif host in ("facebook.com", "fb.com", "m.facebook.com", "fb.me", "m.me", "web.facebook.com") and name:
        yield _contact(span, "facebook", path.strip("/").lower() if name == "groups" else name)
    elif host in ("tiktok.com", "vt.tiktok.com", "vm.tiktok.com") and name:
        yield _contact(span, "tiktok", name.lstrip("@"))
    elif host in ("line.me", "lin.ee", "page.line.me") and name:
        yield _contact(span, "line", path.strip("/").split("/")[-1].lower().lstrip("~@"))
    elif host == "zalo.me" and name:
        yield _contact(span, "zalo", e164(name, "vi") or name if name.isdigit() else path.strip("/").lower())
    else:
        yield _contact(span, "link", host + path)


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
    if not _RISKY_TLD.search(written.lower()) or len(labels) > 2:
        return False
    if re.search(r"[\d-]", labels[0]) or written.lower() in hosts("shorteners"):
        return False
    left = text.original[max(0, span.start - 30) : span.start].lower()
    return not re.search(
        r"(?:link|web|website|situs|site|klik|daftar|visit|laman|portal|email|apply|via|di|at|:|>|"
        r"👉)\s*[:>👉]*\s*$", left
    )


# --- words -------------------------------------------------------------------------------------------------------


def _from_words(text: NormalisedText, language: str) -> Iterator[Contact]:
    """Handles without @ behind a named app, mail written around filters, numbers spelled out."""
    folded = text.text
    for match in _limited(_NAMED.finditer(folded)):
        app = next(a for a in _APPS if a != "whatsapp" and match.group(a))
        gap, (start, end) = match.group("gap"), match.span("handle")
        evidence = text.span(start, end)
        handle = evidence.evidence.lower()
        said = any(c in gap for c in ":=：@>👉号號") or re.search(r"\b(?:id|user ?name|akun|account)\b", gap)
        if (app == "line" or handle.isalpha()) and not said:
            continue
        if app != "wechat" and not gap and handle.isalnum():
            continue
        if handle in _APP_WORDS or handle.startswith(("http", "www.", "t.me")):
            continue
        if app == "facebook" and handle.count(".") == 1 and _RISKY_TLD.search(handle):
            continue
        if handle.isdigit():
            number = e164(handle, "vi" if app == "zalo" else language)
            if number and app in ("zalo", "wechat", "line", "telegram"):
                yield _contact(evidence, app, number)
            continue
        if app == "facebook" and ":" in gap and (person := _PERSON.match(text.original, evidence.start)):
            evidence = Span(evidence.start, person.end(), person.group())
            handle = evidence.evidence.lower()
        yield _contact(evidence, app, handle)
    if any(at in folded for at in ("(at)", "[at]", "{at}", " at ")):
        for match in _limited(_MAIL_IN_WORDS.finditer(folded)):
            yield _contact(text.span(*match.span()), "email", f"{match.group(1)}@{match.group(2)}.{match.group(3)}")
    if "@" in text.original:
        # In the original: the fold reads "01@gmail" as letters.
        for match in _limited(_CUT_MAIL.finditer(text.original)):
            span = Span(match.start(), match.end(), match.group())
            yield _contact(span, "email", span.evidence.lower())
    if not any(digit in folded for digit in ("lapan", "eight", "nine")):
        return  # every mobile number of the region begins with 08 or 09
    for match in _limited(SPELLED.finditer(folded)):
        if number := e164(digits_of(match.group()), language):
            yield _contact(text.span(*match.span()), "phone", number)


_APP_WORDS = frozenset(
    [
        "telegram", "whatsapp", "instagram", "facebook", "tiktok", "wechat", "line", "zalo", "group", "grup",
        "channel", "kami", "saya", "admin", "link", "bio", "dan", "atau", "the", "and", "for", "with",
        "only", "live", "shop", "messenger", "produksi", "production", "follow", "story", "stories", "ads",
        "page", "akun", "account", "chat", "sekarang", "langsung", "untuk", "via", "dm", "marketing",
        "content",
    ]
)


def _limited(matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    for count, match in enumerate(matches):
        if count == _MOST:
            return
        yield match

"""Who says they are hiring: legal entity, licence, address, own domain, and the famous name that is claimed, if any.

Company names are read on the original text, where capitals tell a name from the sentence around it; for the claimed
name see `claims.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detector.assessment import Contact, Employer, Span
from detector.facts.claims import channel_is_theirs, find_claim
from detector.facts.hosts import is_free, is_portal
from detector.text.normalise import NormalisedText

__all__ = ["find_employer"]

# Begins with a set of letters, and looks behind after it, because the engine skips ahead to members of a set.
_PREFIXED = re.compile(
    r"[PpCcUuYyKkFf](?<![^\W_].)(?i:(?<=p)\.?t|(?<=c)\.?v|(?<=u)d|(?<=y)ayasan|(?<=k)operasi|(?<=k)sp|(?<=f)irma)"
    r"\b[.,]?[ \t]{0,3}(?P<name>[^\n,;:!?(){}\[\]|•/]{2,70})"
)
_SUFFIXED = re.compile(
    r"(?P<name>(?:(?:[A-Z][\w&.'-]{0,24}|&|of|and|dan)[ \t]{1,2}){1,6})[(,]?[ \t]?(?P<form>Sdn\.?[ ]?Bhd|"
    r"Pte\.?[ ]?Ltd|Co\.?,?[ ]?Ltd|Ltd|Limited|Inc|LLC|L\.L\.C|GmbH|Corp|Corporation|Tbk|PLC|Berhad|"
    r"W\.?L\.?L|FZE|\(Persero\)|Persero)\b\.?\)?"
)
_LEAD = re.compile(
    r"(?:(?:Join|At|Our|For|About|The|Work|With|From|By|In|We|Are|Is|Hiring|Career|Careers|Company|"
    r"Client|Welcome|To|JOIN|AT|HIRING|Jawatan|Kosong|Di|Dari|Oleh|Untuk|Syarikat|Kerja|Of|And|of|and|"
    r"dan|&|Lowongan|Loker|Vacancy|Job|Jobs|Apply)[ \t]+)+(?=[A-Z])"
)
# Looked for before `_SUFFIXED`, which tries every capital word of the text.
_SUFFIX = re.compile(r"Bhd|Ltd|Limited|Inc|LLC|L\.L\.C|GmbH|Corp|Tbk|PLC|Berhad|W\.?L\.?L|FZE|Persero")
_OTHER_SCRIPT = re.compile(
    r"[\u4e00-\u9fff]{2,16}(?:有限公司|股份公司)|บริษัท\s?[^\n,]{2,40}?\s?จำกัด|Công ty (?:TNHH|CP|cổ phần)(?: "
    r"[^\W_a-zà-ỹ][\w&.-]*){1,6}|CÔNG TY (?:TNHH|CP|CỔ PHẦN)(?: [\w&.-]+){1,6}"
)
_NOT_NAME = frozenset(
    {
        "kami", "ini", "langsung", "dirahasiakan", "saja", "atau", "dan", "yang", "adalah", "di", "ke",
        "untuk", "dari", "dengan", "membuka", "buka", "mencari", "sedang", "membutuhkan", "butuh",
        "dibutuhkan", "lowongan", "loker", "penempatan", "open", "hiring", "is", "are", "we", "looking",
        "merupakan", "bergerak", "menerima", "as", "sebagai", "kontrak", "resmi", "legal", "besar", "asing",
        "luar", "tanpa", "part", "time", "full", "outsourcing", "terkait", "tersebut", "tempat", "anda",
        "kerja", "pilihan", "bonafit", "ternama", "terpercaya", "posisi", "gaji", "cp", "telah", "akan",
        "kembali", "join", "mengadakan", "need", "needs", "seeking", "offers", "merekrut", "hubungi",
        "alamat", "jl", "jalan", "lokasi", "dibuka", "memerlukan", "memanggil", "kepada", "pada", "tahun",
        "thn", "terbaru", "hari", "minat", "segera", "urgent", "info", "via", "daftar", "penyalur", "agen",
        "agency", "outsource", "apa", "mana", "nya", "lain", "p3mi", "tki", "bisa", "ada", "sudah", "bukan",
        "tidak", "jika", "juga", "for", "in", "at", "to", "the", "a", "this", "that", "rekrutmen",
        "recruitment", "berlokasi", "located", "terbuka", "registrasi", "bumn", "daftarkan", "director",
        "tbk.", "syarat", "kualifikasi", "kriteria", "email", "wa", "telp", "contact", "call", "visit",
        "vacancy", "job", "jobs",
    }
)  # fmt: skip
_RESUME = frozenset(
    {
        "lengkap", "terbaru", "terupdate", "update", "updated", "beserta", "anda", "mu", "kamu", "with",
        "and", "format", "pas", "scan", "foto", "photo", "portofolio", "portfolio", "portopolio", "whatsapp",
        "wa", "whatsap", "email", "dalam", "pdf", "dengan", "terakhir", "lamaran", "surat", "ats", "ijazah",
        "ktp", "fotokopi", "fotocopy", "copy", "subject", "subjek", "subyek", "sertifikat", "transkrip",
        "skck", "now", "here", "max", "maks", "min", "kirim", "send", "can", "must", "dan", "&", "/", "-",
        "+", "is", "terlampir", "resume", "application", "nama", "posisi", "drop", "by", "before", "paling",
    }
)  # fmt: skip
_RESUME_BEFORE = re.compile(
    r"(?:kirim|kirimkan|send|lampirkan|submit|surat|lamaran|your|latest|updated?|bawa|"
    r"membawa|attach|an|a|dan|and|file|drop|upload|email|resume|resumé|berkas|siapkan|the|"
    r"/|&|\+)[\s:,.\-]*$",
    re.IGNORECASE,
)
_NO_NAME_START = ("08", "+62", "deskripsi", "www", "http", "sip", "siup", "izin", "ijin")
_TOKEN = re.compile(r"[^\s]+")

_LICENCE = re.compile(
    r"(?:(?<![a-z])(?:sip[23]?mi|sip3mi|sippptkis?|siuppak|siup3ak|siupp?ak|sipptkis?|"
    r"sp3mi)(?:\s*(?:no(?:mor|\.)?|number|num|:|/|#|\.)){0,3}\s*[:.]?\s*|"
    r"(?<![a-z])(?:no(?:mor)?\.?\s*)?(?:izin|ijin)\s*(?:p3mi|kemnaker|kemenaker|bp2mi|kp2mi|operasional|"
    r"penempatan|siuppak|sip3mi|lpk)?\s*(?:no(?:mor)?\.?)?\s*[:.]?\s*|"
    r"(?<![a-z])(?:dmw|poea)[ \-]*(?:lic(?:en[sc]e)?)?\.?\s*(?:no\.?|number|#)?\s*[:\-]?\s*|"
    r"(?<![a-z])(?:jtk(?:sm)?|aps|agensi pekerjaan)\s*(?:lesen|licen[sc]e)?\s*(?:no\.?)?\s*[:\-]?\s*|"
    r"(?<![a-z])(?:ea|mom)\s*(?:licen[cs]e|reg(?:istration)?)\s*(?:no\.?|number)?\s*[:\-]?\s*|"
    r"giấy phép(?: hoạt động)?(?: số)?\s*[:.]?\s*|"
    r"(?<![a-z])licen[cs]e\s*(?:no\.?|number|#)\s*[:\-]?\s*)"
    r"(?P<number>(?=[\w./\- ]{0,18}\d{2})[^\W_][\w./\-]{2,40}(?: ?/ ?[\w./\-]{1,20}){0,4})"
)
_LICENCE_WORDS = (
    "sip", "siup", "sp3mi", "izin", "ijin", "dmw", "poea", "jtk", "aps", "agensi", "licen", "lesen", "giấy phép",
)  # fmt: skip

_ADDRESS = re.compile(
    r"(?<![^\W_])(?:(?:Jl|Jln|JL|JLN|jl|jln)\b\.?[ \t]?[^\s,.;][^\n;|•]{3,110}"
    r"|(?:Jalan|JALAN)[ \t]+[A-Z0-9][^\n;|•]{3,110}"
    r"|(?:Ruko|RUKO|Gedung|GEDUNG|Komplek|Kompleks|KOMPLEK|Graha|Menara|Wisma|Kawasan Industri|KAWASAN "
    r"INDUSTRI|Perumahan|Perum)[ \t]+[A-Z0-9][^\n;|•]{3,110}"
    r"|\d{1,5}[ \t](?:[A-Z][\w.]*[ \t]){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Drive|"
    r"Lane)\b[^\n;|•]{0,60}"
    r"|No\.?[ \t]?\d{1,5}[A-Z]?,?[ \t](?:Jalan|Lorong|Lebuh)[ \t][^\n;|•]{3,90})"
)
_ADDRESS_END = re.compile(
    r"(?:\+62|\b0)8\d\d|\.\s+(?=[A-Z][a-z])|\s{2,}|(?i:\b(?:syarat|kualifikasi|persyaratan|min\.|info|"
    r"gaji|posisi|hub|hubungi|telp|wa|email|cp|kirim|kriteria)\b)"
)


def find_employer(text: NormalisedText, contacts: Sequence[Contact]) -> Employer | None:
    """What `text` says of the employer; None when it says nothing at all."""
    entities = _legal_entities(text.original)
    claimed, known = find_claim(text, entities) or (None, None)
    licence = _licence(text)
    address = _address(text)
    mails = [c.value.split("@")[-1] for c in contacts if c.type == "email"]
    sites = [c.value.split("/")[0] for c in contacts if c.type == "link"]
    own = next((h for h in mails if not is_free(h)), None) or next(
        (h for h in sites if "." in h and not is_free(h) and not is_portal(h)), None
    )
    free_mail = any(is_free(h) for h in mails)
    if not (entities or claimed or licence or address or own or free_mail):
        return None
    return Employer(
        name=entities[0] if entities else claimed,
        legal_name=bool(entities),
        licence=licence,
        address=address,
        own_domain=own,
        free_mail=free_mail,
        claimed=claimed,
        claimed_type=known.type if known else None,
        channel_is_theirs=channel_is_theirs(known, contacts, text.text) if known else None,
    )


def _legal_entities(original: str) -> list[Span]:
    """Spans of company names with their legal form, in text order (at most eight)."""
    found: list[Span] = []
    for match in _PREFIXED.finditer(original):
        if original[match.start()] in "cC" and _is_resume(original, match):
            continue
        if (end := _name_end(original, match.start("name"), match.end("name"))) is not None:
            found.append(Span(match.start(), end, original[match.start() : end]))
        if len(found) == 8:
            break
    patterns = [_SUFFIXED] if _SUFFIX.search(original) else []
    for pattern in patterns if original.isascii() else [*patterns, _OTHER_SCRIPT]:
        for match in pattern.finditer(original):
            start, end = match.span()
            if lead := _LEAD.match(match.group()):
                start += lead.end()
            if all(end <= s.start or s.end <= start for s in found):
                found.append(Span(start, end, original[start:end]))
            if len(found) >= 12:
                break
    return sorted(found, key=lambda s: s.start)


def _is_resume(original: str, match: re.Match[str]) -> bool:
    """ "Kirim CV lengkap ke ...": a curriculum vitae, not a limited partnership."""
    name = match.group("name")
    if original[match.start() : match.start() + 2] == "Cv" or original[match.end() - len(name) - 1] == ",":
        return True
    first = name.split()[0].lower().strip(".") if name.split() else ""
    before = _RESUME_BEFORE.search(original, max(0, match.start() - 24), match.start())
    return first in _RESUME or before is not None or not name.lstrip(" \"'“")[:1].isupper()


def _name_end(original: str, start: int, end: int) -> int | None:
    """Where the name behind "PT" ends: at the first word that is no part of a name; None when there is no name."""
    last: int | None = None
    capital: bool | None = None
    for count, token in enumerate(_TOKEN.finditer(original, start, end)):
        word = token.group()
        bare = word.strip(".\"'*“”").lower()
        starts_high = word[:1].isupper() or word[:1].isdigit() or word[:1] in "&-\"'“" or not word.isascii()
        if count == 0:
            capital = starts_high
            if bare in _NOT_NAME or not any(c.isalpha() for c in bare) or len(bare) < 2:
                return None
        elif count > (6 if capital else 2) or _ends_name(word, bare):
            break
        if count and capital and not starts_high and bare not in ("dan", "and", "of"):
            break
        last = token.end()
        if word.endswith(".") and len(bare) > 3:
            break
    return last if last is None or original[last - 1] not in ".,\"'" else last - 1


def _ends_name(word: str, bare: str) -> bool:
    if bare in _NOT_NAME:
        return not (bare in ("kerja", "agency", "agen") and word.istitle())  # "PT Sumber Tenaga Kerja"
    return bare.startswith(_NO_NAME_START) or "@" in bare


def _licence(text: NormalisedText) -> Span | None:
    if not any(word in text.text for word in _LICENCE_WORDS):
        return None
    match = _LICENCE.search(text.text)
    if match is None:
        return None
    end = match.end("number")
    return text.span(match.start(), end - (text.text[end - 1] in ".-/"))


def _address(text: NormalisedText) -> Span | None:
    original = text.original
    match = _ADDRESS.search(original)
    if match is None:
        return None
    cut = _ADDRESS_END.search(original, match.start() + 8, match.end())
    end = cut.start() if cut else match.end()
    evidence = original[match.start() : end].rstrip(" ,.-\t\r")
    return Span(match.start(), match.start() + len(evidence), evidence)

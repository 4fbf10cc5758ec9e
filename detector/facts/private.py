"""Whether one can only apply in private: by chat, comment or mobile phone, with no office, mail or site to go to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from detector.assessment import Contact
from detector.facts.hosts import hosts
from detector.facts.phones import is_landline

__all__ = ["CHAT_APPS", "personal_only", "private_request"]

#: Apps in which one writes to a phone number or an account of one person.
CHAT_APPS = frozenset({"whatsapp", "telegram", "line", "wechat", "zalo"})
_PERSONAL = CHAT_APPS | {"instagram", "facebook", "tiktok"}
_PORTALS = re.compile(
    r"\b(?:jobstreet|glints|kalibrr|siapkerja|karirhub|linkedin|kitalulus|jobsdb|loker\.id|topkarir|"
    r"indeed|pintarnya|maganghub|jora|urbanhire|dealls|techinasia|job ?fair|disnaker|siskop2mi)\b"
)
_OFFICE = re.compile(
    r"\b(?:datang langsung|langsung datang|datang ke|antar(?:kan)? (?:langsung|lamaran|cv|berkas)|"
    r"walk[ -]?in|kirim(?:kan)? (?:surat )?lamaran ke (?:alamat|kantor|jl|po box)|po box|"
    r"alamat(?: kantor)?\s*:|(?:jl|jln)\.? ?[a-z]|jalan [a-z]+ (?:no|raya|blok)|ruko [a-z]|lantai \d|our "
    r"office at|office address|(?:datang|mampir|dtg|bawa|antar|ke|di)(?: \w+){0,3} (?:lamaran|berkas|cv|sim|ktp|skck|"
    r"toko|"
    r"tokonya|warung|kios|bengkel|depot|salon|pos satpam)\b|mampir|(?:taruh|titip)(?:kan)? (?:lamaran|cv|berkas)|"
    r"drop (?:by|your cv|cv)|come (?:by|in person|to our|to the shop)|datang (?:terus|sendiri|aja|saja)|daan (?:sa|"
    r"kayo)|"
    r"puntahan|ghé (?:quán|tiệm|cửa hàng)|nộp (?:đơn|hồ sơ)(?: trực tiếp)? tại|สมัครได้ที่ร้าน|到店|来店)"
)
_CALLED = (  # how one calls a person whose family name and firm are not given
    r"(?:kak|kakak|mas|mbak|mba|bang|abang|pak|bapak|bpk|bu|ibu|om|tante|koh?|cici|ci|mami|mama|bunda|umi|ummi|ummu|"
    r"teh|"
    r"uda|daeng|mandor|tekong|bos|boss|coach|mentor|auntie|aunty|uncle|ate|kuya|mam|madam|sir|brother|mummy|encik|puan|"
    r"chị|anh|cô|bác|mr|ms|mrs|miss|capt|captain|trainer)\b"
)
_CHAT_APP = (
    r"(?:wa|whats ?app|telegram|tele|tg|line|zalo|wechat|signal|viber|kakao ?talk|michat|messenger|hangouts|"
    r"dm|inbox|inboks|inbok|japri|pm|pesan (?:pribadi|langsung)|aplikasi pesan|private message|direct message|"
    r"mesej peribadi)"
)
_PRIVATE_REQUEST = re.compile(
    r"(?<![a-z0-9@_./])(?:"
    r"inbox|inboks|inbok|inbk|japri|wapri|pm is (?:the )?key|pm tepi|ib (?:em|mình|chị|ngay|liền)|"
    r"(?:dm|pm)(?= ?(?:[.!?,\n\"“'‘(👇⬇]|ya\b|aja|saja|ae|wae|je\b|me\b|us\b|lang|niyo|mo\b|po\b|saya|kakak|kak\b|"
    r"admin|sekarang|now|for|foto|segera|langsung|cepat|kalau|height|your|gambar|$))|"
    r"(?:lewat|via|melalui|thru|through|over|on|by|sa|ke|di|qua|kirim|langsung|silahkan|silakan|sila|minat|to|into|"
    r"slide|just|please|only|serious|info|dekat)\s(?:(?:ke|di|akun|into|our|my|saya|"
    r"ini)\s)?"
    + _CHAT_APP
    + r"(?![a-z0-9])|"
    + _CHAT_APP
    + r" (?:saja|aja|only|sahaja|je|lang|wae|ae|aku|saya|me|kakak|admin|hrd?|mo|"
    + _CALLED
    + r")(?![a-z0-9])|"
    r"(?:komen|komentar|comment|ketik|balas|bales|jawab|reply|taip|text|tulis|pm|dm|inbox)\s?(?:ke |with )?"
    r"[\"“'‘«](?=\w[^\"”'’»\n]{0,16}[\"”'’»])|"
    r"(?:balas|ketik|komen|comment|reply|jawab|taip) (?:1|ya|yes|mau|siap|minat|oke?|hadir|nak|saya nak|info|daftar|"
    r"in)(?![a-z0-9])|"
    r"(?:minat|gelem|mau|yang mau|berminat|serious only|interested)[, ]{1,2}(?:komen|ketik|jawab|balas|reply|comment|"
    r"chat|"
    r"message|text)(?![a-z])|"
    r"(?:hubungi|hub|kontak|contact|cp|telp|telpon|telepon|tlp|call|chat|text|message|mesej|msg|kabari|nhắn|liên hệ|"
    r"mag-?chat|kausap|add|write to|konsultasi(?: pribadi| tertutup)?)[ .:]{1,3}(?:lang |kay |ke |sama |dengan |cho |"
    r"our )?" + _CALLED + r"|"
    r"(?:message|text|chat|write|ping|add|contact|kabari|hubungi) (?:me|us|aku|saya|mo|ko)(?![a-z])|text lang|"
    r"message lang|"
    r"(?:chat|wa|hubungi|kontak|ping) (?:admin|pengurus|mentor|agen|agent)(?![a-z])|(?:admin|aku|saya|kami)(?: akan)? "
    r"(?:japri|dm|inbox|chat)(?![a-z])|"
    r"pesan (?:pribadi|langsung)|mesej peribadi|private(?:ly)? (?:message|enquir\w+)|message (?:\w+ )?privately|"
    r"(?:hubungi|kabari|chat|kontak)(?: \w+){0,3} (?:secara )?pribadi|secara p(?:ribadi|eribadi)|konsultasi tertutup|"
    r"nhắn (?:zalo|riêng|tin|em)|liên hệ riêng|inbox (?:em|chị|gấp)|tham gia nhóm|"
    r"(?:link|tautan|klik|borang)(?: \w+){0,2} (?:di |ada di |pada |kat |in |on )?(?:my )?bio|"
    r"(?:join|gabung|masuk|masukin|add you to|kirimin|link)(?: \w+){0,2} (?:grup|group|channel|kanal|nhóm)(?![a-z])|"
    r"t \.? ?me ?/|(?:telegram|tele|tg) ?[:@>=]"
    r")|ทักแชท|ทักไลน์|แอดไลน์|ทางไลน์|ไลน์|ทักส่วนตัว|私信|私聊|加微信|加我微信|加微|加飞机|飞机号|飞机|进群|加客服|"
    r"电报"
)
# "balas chat pelanggan", "promosi lewat WA": what the work is, not how to apply.
_DUTY = re.compile(
    r"(?:trả lời|balas|membalas|menjawab|jawab|handle|menangani|melayani|mengelola|kelola|promosi\w*|jualan|pelanggan|"
    r"customers?|order\w*|content|konten|hindari|jangan|bukan|tidak|never|not|no)"
    r"(?: \w+){0,2}[\s,:]*\Z"
)
_WARNED = re.compile(r"ระวัง|มิจฉาชีพ|谨防|警惕|小心|babala|huwag|waspada|hati-hati|beware|cảnh báo|lừa đảo")
_DUTY_BEHIND = re.compile(
    r"\s?(?:customers?|pelanggan|konsumen|masuk|dari|marketing|blast|business|shopee|tokopedia|lazada)\b"
)


def personal_only(contacts: Sequence[Contact], folded: str) -> bool:
    """True when chat or a mobile phone is the only way to apply: no mail, site, form, portal, landline or office."""
    personal = any(c.type in _PERSONAL or (c.type == "phone" and not is_landline(c.value)) for c in contacts)
    if not personal and (contacts or private_request(folded) is None):
        return False
    for contact in contacts:
        if contact.type == "email" or (contact.type == "phone" and is_landline(contact.value)):
            return False
        if contact.type == "link" and contact.value.split("/")[0] not in hosts("shorteners"):
            return False
    return not _PORTALS.search(folded) and not _OFFICE.search(folded)


def private_request(folded: str) -> tuple[int, int] | None:
    """Where `folded` asks for a private message, a comment or a call to a first name ("inbox aja", "hub Mami Rosa")."""
    for match in islice(_PRIVATE_REQUEST.finditer(folded), 12):
        start, end = match.span()
        if _WARNED.search(folded, max(0, start - 40), start):
            continue
        if not _DUTY.search(folded, max(0, start - 32), start) and not _DUTY_BEHIND.match(folded, end):
            return start, end
    return None

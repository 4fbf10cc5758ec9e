"""Signals that follow from facts rather than from phrases: where the work is, what it pays, who it claims to be.

The phrase catalogue cannot see these: they need a place with its tier, a wage benchmark, or the comparison of a
claimed name with the channels that the text gives.
"""

from __future__ import annotations

import re

from detector.assessment import Facts, Place, Signal, Span, Strength
from detector.facts.contacts import personal_only
from detector.facts.destination import COMPOUND_COUNTRIES
from detector.text.normalise import NormalisedText

__all__ = ["derive", "fact_contexts"]

#: Countries of bait and transit (DOMAIN 2.0): only with an online desk role and no named employer.
BAIT_COUNTRIES = frozenset({"TH", "PH", "AE"})
_HOME = {"id": "ID", "ms": "MY", "fil": "PH", "tl": "PH", "th": "TH", "vi": "VN", "zh": "CN"}

_THAI = re.compile("[\u0e01-\u0e5b]")
_VIETNAMESE = re.compile("[ăđơưạ-ỹ]")

PAY_ABOVE_NORM, PAY_UNREALISTIC, PAY_EXTREME = 1.6, 2.5, 4.0  # times the benchmark, DOMAIN 3.2

_DESK_ROLE = re.compile(
    r"\b(?:admin(?:istrasi|istrator|s)?|customer (?:service|support|care|representative|relation)s?|cs|"
    r"csr|cso|tele ?marketing|telesales|telemarketer|chat(?:ter|ting| support| agent| operator)?|live "
    r"?chat|operator(?! (?:produksi|mesin|alat|forklift|crane|excavator|boiler|cnc|jahit|spbu|sekolah))|"
    r"data (?:entry|encoder|operator)|encoder|input data|entry data|typing|typist|call ?cent(?:er|re)|"
    r"marketing online|online marketing|digital marketing|sales online|khidmat pelanggan|pegawai "
    r"pemasaran|cskh|chăm sóc khách hàng|nhập liệu|"
    r"moderator|content (?:editor|creator)|social media|sosmed|translator|penerjemah|it support|game|"
    r"gaming|crypto|forex|casino|kasino|pogo|bpo)\b|แอดมิน|คอลเซ็นเตอร์|ตอบแชท|คีย์ข้อมูล|客服|打字|推广|话务|"
    r"数据录入|文员|销售"
)
_WORK = re.compile(
    r"\b(?:loker|lowongan|lowker|dibutuhkan|membutuhkan|butuh|dicari|mencari|cari|rekrut\w*|penempatan|"
    r"gaji|upah|salary|pay|hiring|vacanc\w+|jobs?|position|posisi|recruit\w*|apply|wanted|needed|looking "
    r"for|staff|workers?|jawatan|kekosongan|diperlukan|"
    r"tuyển|tuyen|việc|viec|lương|luong|trabaho|sahod|sweldo|kerja|bekerja|karyawan|pekerja|earn|gajinya|"
    r"interview)\b|招|薪|工作|รับสมัคร|งาน|เงินเดือน|รายได้"
)
_OFFER = re.compile(r"\b(?:loker|lowongan|dibutuhkan|hiring|gaji|salary|vacanc\w+|tuyển|lương)\b|招|薪|รับสมัคร")
_TRAVEL = re.compile(
    r"\b(?:paket (?:wisata|tour)|open trip|tour guide|itinerary|liburan|wisata ke|traveling|travelling|"
    r"backpacker|hotel murah|tiket promo|promo tiket|harga tiket|destinasi|kuliner|borobudur|angkor|city "
    r"tour)\b"
)
_RETURN = re.compile(
    r"\b(?:pulang(?:kan)? (?:dari|ke)|dipulangkan|pemulangan|memulangkan|pulang dari|baru pulang|"
    r"kepulangan|repatriasi|repatriat\w+|korban|selamat dari|kabur dari|melarikan diri|rescued?|disekap|"
    r"diselamatkan|kbri|trở về|giải cứu|被骗|受害|ถูกหลอก|เหยื่อ)\b"
)
_RELOCATE = re.compile(
    r"\b(?:visa|passport|paspor|ticket|tiket|flight|abroad|overseas|relocat\w*|fly|work permit|expat\w*|"
    r"airport|luar negeri|luar negara|mess|accommodation|accomodation|penempatan|negara)\b"
)
_NO_REQUIREMENTS = re.compile(
    r"\b(?:tanpa (?:pengalaman|ijazah|skill|keahlian|tes|interview|syarat|batas(?:an)? usia|minimal "
    r"pendidikan|riwayat)|tidak (?:perlu|butuh|harus) (?:pengalaman|ijazah|berpengalaman|skill|keahlian|"
    r"interview)|(?:lulusan|min(?:imal|\.)?|ijazah|tamatan) (?:sd|smp)|sd[,/ ]+smp|smp[,/ ]+sma|"
    r"semua (?:jenjang|lulusan|jurusan)|usia bebas|umur bebas|syarat mudah|tidak ada syarat|cukup "
    r"(?:modal )?(?:ktp|hp)|modal hp|modal ktp|kerja (?:santai|ringan|mudah|gampang)|no (?:experience|"
    r"degree|skills?|qualification|interview|diploma)|without experience|easy (?:job|work|money)|"
    r"anyone can|tiada pengalaman|tanpa kelulusan|không cần (?:kinh nghiệm|bằng cấp)|khong can (?:kinh "
    r"nghiem|bang cap)|việc nhẹ|walang experience|no exp)\b|ไม่ต้องมีประสบการณ์|ไม่จำกัดวุฒิ|无需经验|不限学历|"
    r"学历不限|轻松"
)
_APPLY = re.compile(
    r"\b(?:hubungi|hub|kirim|kirimkan|chat|wa|whatsapp|daftar|lamar|lamaran|melamar|minat|berminat|japri|"
    r"inbox|contact|kontak|apply|message|dm|pm|call|info|cp|ketik|komen|add|join|text|interested|mohon|"
    r"tele|telegram|"
    r"liên hệ|lien he|inbox|mag-?apply|tumawag|contact(?:in|person)?|zalo|line|wechat)\b|ติดต่อ|ทัก|"
    r"สมัคร|联系|加微|私聊|咨询|报名|微信"
)


def fact_contexts(facts: Facts, folded: str, language: str | None = None) -> set[str]:
    """Contexts that hold because of facts: overseas, compound_country, pay_stated, pay_above_norm, personal_contact.

    `overseas` is seen from the home country of `language`; without one, from that of the script, else Indonesia.
    """
    out: set[str] = set()
    home = _HOME.get(language or _script(folded), "ID")
    if any(p.country != home for p in facts.destinations):
        out.add("overseas")
    if any(_is_compound(p) for p in facts.destinations):
        out.add("compound_country")
    if facts.pay is not None:
        out.add("pay_stated")
        if facts.pay.ratio is not None and facts.pay.ratio >= PAY_ABOVE_NORM:
            out.add("pay_above_norm")
    if personal_only(facts.contacts, folded):
        out.add("personal_contact")
    return out


def _script(folded: str) -> str:
    if _THAI.search(folded):
        return "th"
    return "vi" if _VIETNAMESE.search(folded) else "id"


def derive(text: NormalisedText, facts: Facts, contexts: set[str], language: str) -> list[Signal]:
    """The derived signals of one text, in text order; `contexts` are all that hold (word lists and facts)."""
    found = [
        _destination(text, facts, contexts, language),
        _pay(text, facts, contexts),
        _private_channel(text, facts, contexts),
        _impersonation(facts),
    ]
    return sorted((s for s in found if s is not None), key=lambda s: s.start)


def _signal(span: Span, indicator: str, strength: Strength) -> Signal:
    return Signal(span.start, span.end, span.evidence, indicator, strength)


def _is_compound(place: Place) -> bool:
    return place.country in COMPOUND_COUNTRIES or place.tier in (1, 2)


def _destination(text: NormalisedText, facts: Facts, contexts: set[str], language: str) -> Signal | None:
    folded = text.text
    offered = "work_offer" in contexts or _WORK.search(folded) or _DESK_ROLE.search(folded)
    if not facts.destinations or not offered:
        return None
    home = _HOME.get(language)
    abroad = [p for p in facts.destinations if p.country != home and not _told_of(text, p)]
    if not abroad or (_TRAVEL.search(folded) and not _strong_offer(folded)):
        return None
    compound = [p for p in abroad if p.country in COMPOUND_COUNTRIES or (p.tier in (1, 2) and p.country != "PH")]
    if compound:
        # The town says more than the country.
        return _signal(min(compound, key=lambda p: (p.tier or 9, p.start)), "high_risk_destination", Strength.STRONG)
    bait = [p for p in abroad if p.country in BAIT_COUNTRIES and (p.country != "AE" or p.tier == 3 or p.tier == 0)]
    employer = facts.employer
    if not bait or (employer is not None and (employer.legal_name or employer.licence)):
        return None
    if language == "en" and not _RELOCATE.search(folded):
        return None  # an English text from Manila or Dubai itself is a local advert
    return _signal(bait[0], "high_risk_destination", Strength.MEDIUM) if _DESK_ROLE.search(folded) else None


def _told_of(text: NormalisedText, place: Place) -> bool:
    """The place stands in words about coming home or about victims, not about an offer."""
    at = text.locate(place.start)
    return _RETURN.search(text.text, max(0, at - 60), min(len(text.text), at + 80)) is not None


def _strong_offer(folded: str) -> bool:
    return _OFFER.search(folded) is not None


def _pay(text: NormalisedText, facts: Facts, contexts: set[str]) -> Signal | None:
    pay = facts.pay
    if pay is None or pay.ratio is None or pay.ratio <= PAY_UNREALISTIC:
        return None
    domestic = all(p.country == "ID" for p in facts.destinations) and "overseas" not in contexts
    if domestic and not _NO_REQUIREMENTS.search(text.text):
        return None
    return _signal(pay, "unrealistic_pay", Strength.STRONG if pay.ratio > PAY_EXTREME else Strength.MEDIUM)


def _private_channel(text: NormalisedText, facts: Facts, contexts: set[str]) -> Signal | None:
    if not facts.contacts or not personal_only(facts.contacts, text.text) or not _APPLY.search(text.text):
        return None
    strength = Strength.MEDIUM if "overseas" in contexts else Strength.WEAK
    return _signal(facts.contacts[0], "private_channel_only", strength)


def _impersonation(facts: Facts) -> Signal | None:
    employer = facts.employer
    if employer is None or employer.claimed is None or employer.channel_is_theirs is not False:
        return None
    return _signal(employer.claimed, "impersonated_employer", Strength.STRONG)

"""Signals that follow from facts rather than from phrases: where the work is, what it pays, who it claims to be.

The phrase catalogue cannot see these: they need a place with its tier, a wage benchmark, or the comparison of a
claimed name with the channels that the text gives.
"""

from __future__ import annotations

import re

from detector.assessment import Facts, Place, Signal, Span, Strength
from detector.facts.destination import COMPOUND_COUNTRIES
from detector.facts.known_names import borrowed_contact
from detector.facts.private import personal_only, private_request
from detector.facts.rates import rates
from detector.text.normalise import NormalisedText

__all__ = ["derive", "fact_contexts"]

#: Countries of bait and transit (DOMAIN 2.0): only with an online desk role and no named employer.
BAIT_COUNTRIES = frozenset({"TH", "PH", "AE"})
#: No sending of domestic workers to private households there (moratorium of 2015, DOMAIN 4.4).
HOUSEWORK_BANNED = frozenset({"SA", "AE", "KW", "OM", "QA", "BH", "JO", "LB", "EG", "YE"})
#: War or no protection at all: no work of any kind.
CONFLICT_COUNTRIES = frozenset({"SY", "IQ", "LY", "YE"})
_HOME = {"id": "ID", "ms": "MY", "fil": "PH", "tl": "PH", "th": "TH", "vi": "VN", "zh": "CN"}

_THAI = re.compile("[\u0e01-\u0e5b]")
_VIETNAMESE = re.compile("[ăđơưạ-ỹ]")

PAY_ABOVE_NORM, PAY_UNREALISTIC, PAY_EXTREME = 1.6, 2.5, 4.0  # times the benchmark, DOMAIN 3.2

_SLIP = 20  # times the minimum wage at home, with requirements: a slip of a portal's form, or a turnover
PAY_PER_PIECE = 10_000  # rupiah for one page typed, one box glued or one tap; such work pays hundreds where it exists

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
    r"gaji\w{0,3}|upah|salary|pay|hiring|vacanc\w+|jobs?|position|posisi|recruit\w*|apply|wanted|needed|looking "
    r"for|staff|workers?|jawatan|kekosongan|diperlukan|"
    r"tuyển|tuyen|việc|viec|lương|luong|trabaho|sahod|sweldo|kerja|bekerja|karyawan|pekerja|earn|gajinya|"
    r"interview)\b|招|薪|工作|รับสมัคร|งาน|เงินเดือน|รายได้"
)
_GOING = re.compile(
    r"\b(?:ikut aku|ikut saya|mau ikut|yuk ikut|kantorku|kantor kami|nambah orang|bos(?:ku)?|budal|berangkat|mabur|"
    r"terbang|fly|"
    r"visa|tiket|ticket|flight|paspor|passport|donor|relocat\w+|package|uang (?:fit|saku|terbang|tinggal)|employer|"
    r"amo|bên|"
    r"ongkos|free (?:ticket|visa))\b|出发|包机票|护照"
)
_FOR_SALE = re.compile(r"\b(?:dijual|jual|promo|harga|murah|sale|booking tiket)\b")
_COVER_STORY = re.compile(
    r"\b(?:imigrasi|immigration|imigresen|bilang|ngaku|mengaku|cakap|gaji\w{0,3}|visa liburan|say you|sabihin|kunwari|"
    r"nói là|khai là|bảo là)\b|就说|说是|海关|บอกว่า|อ้างว่า|ตม\."
)
# "tanpa PT ribet", "no PT no training": a firm that is said not to be there.
_NO_FIRM = re.compile(r"(?i:pt|cv)(?:\W{0,3}[a-z]|\W*,)")
_MAID = re.compile(
    r"\b(?:p[l]?rt|art|tkw|pembantu|asisten rumah tangga|penata laksana|house ?maids?|maids?|house ?help\w*|"
    r"domestic (?:helpers?|workers?|work)|nann(?:y|ies)|baby ?sitter|pengasuh|kasambahay|yaya|dh\b|khadam\w*|majikan|"
    r"madam|"
    r"household|giúp việc|orang gaji|amah|pekerja domestik|alaga)\b|แม่บ้าน|保姆|家政"
)
_HOUSEHOLD = re.compile(
    r"\b(?:(?:ngurus|urus|bersih|beres|jaga|rumah)\w*[ -](?:rumah|anak|tangga|bayi|lansia)|keluarga|famil(?:y|ies)|"
    r"housekeep\w+|house cleaners?|ibu[ -]?ibu|ibu2|ladies|janda)\b"
)
_HOTEL = re.compile(r"\b(?:hotel|hospital|restaurant|restoran|rumah sakit|resort|mall|airport|bandara)\b")
# Transfers and the official channel: not the private sending that the ban is about.
_SCHEME = re.compile(
    r"\b(?:p3mi|sip3mi|bp2mi resmi|terdaftar di (?:bp2mi|kp2mi|kemnaker)|siskop2mi|job order|spsk|poea|dmw (?:licen|"
    r"accredit)\w*|"
    r"transferable|visa transfer|already in|currently in (?:dubai|uae|qatar))\b"
)
_OFFER = re.compile(
    r"\b(?:loker|lowongan|dibutuhkan|hiring|gaji|salary|vacanc\w+|jawatan|trabaho|sahod|sweldo|tuyển|lương|việc)\b|"
    r"招|薪|工作|上班|รับสมัคร|เงินเดือน|ทำงาน|รายได้"
)
_TRAVEL = re.compile(
    r"\b(?:paket (?:wisata|tour)|open trip|tour guide|itinerary|liburan|wisata ke|traveling|travelling|"
    r"backpacker|hotel murah|tiket promo|promo tiket|harga tiket|destinasi|kuliner|borobudur|angkor|city "
    r"tour|"
    r"pakej (?:pelancongan|percutian|melancong|tour)|melancong|percutian|cuti-cuti|itinerari|tempat menarik|"
    r"tambang murah|"
    r"(?:tour|travel) package|promo fare|piso fare|bakasyon|pasyalan|mamasyal|pamamasyal|"
    r"tour du lịch|du lịch (?:bụi|tự túc|trọn gói)|hướng dẫn viên|lịch trình|kỳ nghỉ|nghỉ dưỡng|tham quan|"
    r"khách sạn giá rẻ|"
    r"vé (?:máy bay )?(?:giá rẻ|khuyến mãi))\b|"
    r"ทัวร์|ที่เที่ยว|เที่ยวเอง|(?<!วีซ่า)(?<!วีซ่านัก)ท่องเที่ยว|แพ็กเกจ|โปรตั๋ว|ตั๋วโปร|ไกด์|"
    r"旅游(?!签)|旅行(?!证)|自由行|跟团|度假|景点|攻略|导游|特价机票|酒店预订"
)
_RETURN = re.compile(
    r"\b(?:pulang(?:kan)? (?:dari|ke)|dipulangkan|pemulangan|memulangkan|baru pulang(?! cuti)|"
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
    r"(?:tanpa|tidak perlu|ga perlu|gak perlu|no) (?:bahasa|language|english|inggris|ielts|trade test|age limit)|"
    r"bebas ijazah|"
    r"newbie|pemula bisa|all levels?|ijazah (?:tidak|ora|ga|gak)\b|(?:tidak|ga|gak|ora) (?:di)?tanya(?:in)? ijazah|"
    r"no need "
    r"(?:experience|english|degree)|any(?:one)? (?:age|nationality)|siapa (?:saja|pun)|sesiapa|"
    r"langsung kerja tanpa tes|"
    r"anyone can|tiada pengalaman|tanpa kelulusan|không cần (?:kinh nghiệm|bằng cấp)|khong can (?:kinh "
    r"nghiem|bang cap)|việc nhẹ|walang experience|no exp)\b|ไม่ต้องมีประสบการณ์|ไม่จำกัดวุฒิ|无需经验|不限学历|"
    r"学历不限|轻松"
)
# Work that anybody can do at home, as bait: taps and reviews, typing pages, gluing and packing.
_HOME_TASK = re.compile(
    r"\b(?:(?:like|likes|subscribe|subs|follow|review|ulasan|rating|klik|nonton|menonton|tonton|screenshot|ss)\b"
    r"[^.\n]{0,40}\b(?:video|youtube|tiktok|produk|toko|konten|iklan|film|hotel|maps|akun|dibayar|cair|komisi|paid)|"
    r"(?:ngetik|mengetik|ketik|typing|menyalin|salin|nulis|menulis|copy paste|type)\b[^.\n]{0,40}\b(?:lembar|lbr|"
    r"halaman|"
    r"naskah|buku|dokumen|novel|pages?|words?|captcha|di rumah|dari rumah|from home|trang)|"
    r"(?:ngelem|mengelem|lem|melipat|lipat|packing|pack|bungkus|merakit|rakit|menempel|tempel|assembl\w+|packag\w+)\b"
    r"[^.\n]{0,50}\b(?:di rumah|dari rumah|rumahan|rmh|from home|at home|box|boks|dus|kotak|stiker|label|amplop|pulpen|"
    r"tasbih|teh|sabun|masker|boleh bawa pulang|dekat rumah)|"
    r"(?:kerja|tugas|job|task|misi|kerjaan)\w* (?:\w+ )?(?:dari|di|from|at) (?:rumah|hp|home|handphone)|modal hp|"
    r"(?:daily|simple|online|easy) tasks?|tugas (?:harian|online|sederhana|ringan|mudah)|optimi[sz]e (?:app|product|"
    r"order)s?|"
    r"part ?time online|online part ?time|cuma (?:hp|pakai hp|modal hp)|chốt đơn|làm tại nhà|việc online|like video)\b|"
    r"ทำที่บ้าน|งานออนไลน์|กดไลค์|กดถูกใจ|คีย์ข้อมูล|点赞|刷单|在家|手机就能"
)
_ASKED = re.compile(
    r"\b(?:min(?:imal|imum|\.)?\s?(?:pengalaman\s)?\d+\s?(?:tahun|years?|thn|yrs?)|\d+\+?\s?(?:years?|yrs?|tahun|thn)"
    r"(?: of)? (?:experience|pengalaman)|s1|d3|d4|bachelor'?s?|degree|sarjana|ijazah|diploma|sijil|sertifikat\w*|"
    r"certificat\w+|"
    r"licen[cs]e|lisensi|epf|socso|bpjs|n[1-4]|jlpt|topik|ielts|toefl|permit holder|valid (?:work )?permit)\b|学历|经验"
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
        _impersonation(text, facts),
    ]
    return sorted((s for s in found if s is not None), key=lambda s: s.start)


def _signal(span: Span, indicator: str, strength: Strength) -> Signal:
    return Signal(span.start, span.end, span.evidence, indicator, strength)


def _is_compound(place: Place) -> bool:
    return place.country in COMPOUND_COUNTRIES or place.tier in (1, 2)


def _destination(text: NormalisedText, facts: Facts, contexts: set[str], language: str) -> Signal | None:
    folded = text.text
    offered = any(words.search(folded) for words in (_WORK, _DESK_ROLE)) or "work_offer" in contexts
    offered = offered or (_GOING.search(folded) is not None and not _FOR_SALE.search(folded))
    if not facts.destinations or not offered:
        return None
    home = _HOME.get(language)
    abroad = [p for p in facts.destinations if _is_away(p, home) and not _told_of(text, p)]
    if not abroad or (_TRAVEL.search(folded) and not _OFFER.search(folded) and not _COVER_STORY.search(folded)):
        return None
    compound = [p for p in abroad if p.country in COMPOUND_COUNTRIES or (p.tier in (1, 2) and p.country != "PH")]
    if compound:
        # The town says more than the country.
        return _signal(min(compound, key=lambda p: (p.tier or 9, p.start)), "high_risk_destination", Strength.STRONG)
    employer = facts.employer
    named = employer is not None and employer.legal_name and employer.name is not None
    answerable = employer is not None and (
        employer.licence is not None or (named and not _NO_FIRM.match(employer.name.evidence if employer.name else ""))
    )
    war = [p for p in abroad if p.country in CONFLICT_COUNTRIES]
    if war and not answerable:
        return _signal(war[0], "high_risk_destination", Strength.STRONG)
    houses = [p for p in abroad if p.country in HOUSEWORK_BANNED]
    housework = _MAID.search(folded) or (_HOUSEHOLD.search(folded) and not _HOTEL.search(folded))
    if houses and not answerable and housework and not _SCHEME.search(folded):
        return _signal(houses[0], "high_risk_destination", Strength.STRONG)
    bait = [p for p in abroad if p.country in BAIT_COUNTRIES and (p.country != "AE" or p.tier == 3 or p.tier == 0)]
    if not bait or answerable:
        return None
    if language == "en" and not _RELOCATE.search(folded):
        return None  # an English text from Manila or Dubai itself is a local advert
    return _signal(bait[0], "high_risk_destination", Strength.MEDIUM) if _DESK_ROLE.search(folded) else None


def _is_away(place: Place, home: str | None) -> bool:
    """Abroad, or a border town from which Thais too are taken across."""
    return place.country != home or (place.country == "TH" and place.tier == 1)


def _told_of(text: NormalisedText, place: Place) -> bool:
    """The place stands in words about coming home or about victims, not about an offer."""
    at = text.locate(place.start)
    return _RETURN.search(text.text, max(0, at - 60), min(len(text.text), at + 80)) is not None


def _pay(text: NormalisedText, facts: Facts, contexts: set[str]) -> Signal | None:
    pay = facts.pay
    if pay is None:
        return None
    folded = text.text
    home_task = _HOME_TASK.search(folded) is not None
    if pay.ratio is None:
        each = pay.high * rates()[pay.currency] if pay.period == "piece" else 0.0
        return _signal(pay, "unrealistic_pay", Strength.MEDIUM) if home_task and each >= PAY_PER_PIECE else None
    easy = home_task or _NO_REQUIREMENTS.search(folded) is not None
    domestic = all(p.country == "ID" for p in facts.destinations) and "overseas" not in contexts
    # Somebody who is told what to know and who pays may earn more than the minimum.
    earned = not easy and _ASKED.search(folded) is not None
    ratio = pay.ratio
    if home_task and pay.monthly_idr_high and pay.benchmark_idr and pay.period in ("day", "hour", "week"):
        ratio = pay.monthly_idr_high / pay.benchmark_idr  # "300rb-1jt sehari": the upper end is the bait
    floor = PAY_UNREALISTIC
    if easy and (home_task or not domestic):
        floor = PAY_ABOVE_NORM
    elif earned or (domestic and not easy):
        floor = PAY_EXTREME
    if ratio <= floor or (domestic and not easy and ratio > _SLIP):
        return None
    return _signal(pay, "unrealistic_pay", Strength.STRONG if ratio > PAY_EXTREME else Strength.MEDIUM)


def _private_channel(text: NormalisedText, facts: Facts, contexts: set[str]) -> Signal | None:
    if not personal_only(facts.contacts, text.text):
        return None
    strength = Strength.MEDIUM if "overseas" in contexts else Strength.WEAK
    if found := private_request(text.text):
        return _signal(text.span(*found), "private_channel_only", strength)
    if not facts.contacts or not (_APPLY.search(text.text) or _WORK.search(text.text)):
        return None
    return _signal(facts.contacts[0], "private_channel_only", strength)


# No large employer hires like this; where its name stands over such terms and no way to apply is named, it is borrowed.
_FOR_EVERYBODY = re.compile(
    r"penempatan (?:se)?sesuai (?:dengan )?(?:domisili|daerah|kota)|domisili/daerah|(?:usia|umur) bebas"
    r"|tanpa (?:minimal|batas\w*|syarat) (?:pendidikan|ijazah|usia|umur)|tanpa (?:tes|test|seleksi)\b"
    r"|(?:sd|smp)[ ,./&]+(?:sma|smk|slta)"
    r"|no age limit|without (?:any )?(?:test|exam|interview)"
)


def _impersonation(text: NormalisedText, facts: Facts) -> Signal | None:
    employer = facts.employer
    if (
        employer is not None
        and employer.claimed is not None
        and (
            employer.channel_is_theirs is False
            or (employer.channel_is_theirs is None and _FOR_EVERYBODY.search(text.text) is not None)
        )
    ):
        return _signal(employer.claimed, "impersonated_employer", Strength.STRONG)
    borrowed = borrowed_contact(facts.contacts) if _WORK.search(text.text) else None
    return _signal(borrowed, "impersonated_employer", Strength.STRONG) if borrowed else None

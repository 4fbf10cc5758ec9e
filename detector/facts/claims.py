"""Whose name a text claims to recruit for, and whether the channels it gives are theirs.

A famous name counts as claimed only when the text speaks for it ("Rekrutmen PT Pertamina", "PLN membuka lowongan"),
not when it is mentioned ("transfer BCA", "driver Grab", "dekat Alfamart"). The names and their official domains are
data: `resources/reference/employers.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detector.assessment import Contact, Span
from detector.facts.hosts import hosts, is_free, is_portal, is_under
from detector.facts.known_names import GOVERNMENT, Known, disguised, known_names
from detector.facts.names import Hit
from detector.facts.phones import is_landline
from detector.facts.private import CHAT_APPS, private_request
from detector.text.normalise import NormalisedText

__all__ = ["channel_is_theirs", "find_claim", "has_trap"]

_MOST = 80  # names looked at in one text
_HEAD = 220  # characters: who recruits is said at the beginning
_YEAR = r"(?:20\d\d)"
_PART = (
    r"(?:[\s:\"'“”*#\-–().,]|\b(?:kerja|kerjaan|pekerjaan|terbaru|terkini|karyawan|karyawati|karyawan/ti|"
    r"calon|pegawai|baru|tetap|bumn|bumpn|di|pt|p\.t|perum|cv|bank|spbu|staff|staf|resmi|bersama|cpns|"
    r"petugas|putra|putri|kontrak|"
    r"magang|besar|telah|dibuka|terbuka|oleh|dari|untuk|dengan|group|hari ini|segera|nasional|"
    r"program|kembali|minggu ini|bulan ini|open|new|the|at|tahun|thn|proses|peserta|tahapan|"
    r"seleksi|administrasi|perusahaan|kantor|instansi|persero|of|hotel|" + _YEAR + r")\b){0,14}$"
)
_BEFORE = re.compile(
    r"\b(?:lowongan|lowker|loker|rekrutmen|rekrut|recruitment|recruiter|recruting|requitment|penerimaan|"
    r"pendaftaran|seleksi|calon karyawan|calon pegawai|hrd|hr|human resources?|careers?|karir|lulus|"
    r"bergabung dengan|bergabung bersama(?: kami)?|bergabung|"
    r"join|job vacancy|vacanc(?:y|ies)|jobs?|hiring|karyawan|pegawai|menghubungi|bekerja di|"
    r"kerja di|jawatan kosong|pengambilan|tuyển dụng|tuyển|interview|wawancara|panggilan|gaji "
    r"karyawan|ppnpn|staff resmi|tim rekrutmen|perwakilan|kami dari|saya dari)" + _PART
)
_STRONG_BEFORE = re.compile(
    r"\b(?:lowongan(?: kerja| pekerjaan)?|lowker|loker|rekrutmen|recruitment|penerimaan|"
    r"pendaftaran|seleksi|hrd|hr|careers?|karir|calon karyawan|calon pegawai|pegawai|karyawan|"
    r"job vacancy|hiring|panggilan|tim rekrutmen|jawatan kosong|saya dari|kami dari|tim|perwakilan|"
    r"mewakili|pengambilan|tuyển dụng|tim (?:talent|hr|sdm|afiliasi)|talent acquisition|bagian (?:kepegawaian|"
    r"rekrutmen|sdm)|"
    r"divisi sdm|sdm|kepegawaian|gudang|staf(?:f)? gudang|management trainee|magang|panitia|selected by|accepted by|"
    r"pass for|"
    r"offer from|i am from|i'm \w+ from|this is \w+ from|from hr|kenalan (?:saya )?di|formasi|lolos|diterima di|"
    r"dinyatakan "
    r"lulus|petugas|kuota|jatah|titipan|ctv|tuyển ctv|รับสมัครพนักงาน|招聘)" + _PART
)
_PLACED = re.compile(
    r"\b(?:ditempatkan|penempatan(?: kerja)?|penetapan kerja|bekerja|kerja|bertugas|bersih bersih|"
    r"cleaning services?|work at|place of work)\s*(?:di|:|-|at|untuk|sebagai)?\s*(?:lingkungan|kantor|"
    r"area)?[\s:*\"“”\-]*$"
)
_AFTER = re.compile(
    r"(?:[\s(),.\"'“”*\-–&/]|\b(?:persero|tbk|indonesia|group|grup|pusat|official|"
    r"perusahaan listrik negara|melalui|program|rekrutmennya|saat|ini|resmi|kembali|sedang|akan|"
    r"telah|kini|juga|cabang|wilayah|seluruh|kota|kabupaten|tahun|" + _YEAR + r"|terbaru|is|are|now|currently|"
    r"kami|membutuhkan|" + r"[a-z]{3,14}(?= (?:membuka|is hiring|sedang|membutuhkan)))\b){0,10}"
    r"(?P<verb>\b(?:membuka|buka lowongan|buka loker|mencari|membutuhkan|mengadakan|merekrut|rekrut|open "
    r"recruitment|open rekrutmen|open loker|is hiring|are hiring|hiring|looking for|seeking|menerima "
    r"(?:karyawan|pegawai)|recruitment|rekrutmen|oprec|butuh|memerlukan|"
    r"mengundang|membuka lowongan|career|careers|jobs|hrd?|talent acquisition|(?:graduate |mass )?intake|hiring team|"
    r"wishes to inform|is pleased to|has selected|membuka pengambilan|buka pengambilan|besar-?besaran|penerimaan|"
    r"lagi buka|"
    r"batch|direct hiring|รับสมัคร|รับพนักงาน|รับคน|tuyển|dibuka|menyediakan (?:banyak )?(?:posisi|lowongan)|"
    r"waktunya))\b"
)
_AFTER_UNSPACED = re.compile(r"\s*(?:เปิด)?(?:รับสมัคร|รับพนักงาน|รับคน|招聘|诚聘|招工)")
_MENTION = re.compile(
    r"\b(?:transfer|rekening|rek|a/n|an|atm|m-?banking|dekat|near|depan|dpn|dkt|samping|seberang|sebelah|"
    r"belakang|driver|ojol|kurir|mitra|klien|client|clients|customer|nasabah|partner|partners|"
    r"partnership|kerjasama|kerja sama|bekerjasama|vendor|distributor|agen|agent|supplier|"
    r"subkon|subkontraktor|outsourcing|outsource|alih daya|pengalaman|berpengalaman|pernah|eks|ex|mantan|"
    r"alumni|pensiunan|pengguna|user|users|jualan|jual|toko|store|marketplace|e-?commerce|ecommerce|"
    r"seller|admin|host|live|akun|account|aplikasi|app|aplikasi|via|melalui|lewat|"
    r"platform|platforms|belanja|voucher|pulsa|kartu|pembayaran|bayar|payment|seperti|such as|like|"
    r"contoh|setara|iuran|tunjangan|asuransi|jaminan|fasilitas|terdaftar|pelatihan|proyek|project|projek|"
    r"pengadaan|sertifikat|sertifikasi|perizinan|peraturan|"
    r"diawasi|berizin|izin|iklan|ads|tanggungan|potongan|kepesertaan|peserta bpjs|mengurus|urusan|lapor|"
    r"laporan|pelaporan|program|gaji via|memiliki|benefit|benefits|dapat|including|include|google|using|"
    r"use|menggunakan|konten|content|kredit|klaim|audit|dengan|waspada|penipuan|"
    r"mengatasnamakan|bukan|kompetitor|standar|standard|produk|gas|lpg|oli|bbm|listrik|token|tagihan|"
    r"instalasi|jaringan|cpns pppk|persiapan|tryout|bimbel|soal|kelulusan|lolos)[\s:/,&\-]*(?:(?:dan|"
    r"atau|di|ke|kami|kita|our|nya|kesehatan|ketenagakerjaan|bank|pt|the|and|or|dari|untuk|"
    r"\w+,)[\s:/,&]*){0,3}$"
)
_DENIED = re.compile(
    r"\b(?:bukan|pernah|pengalaman|berpengalaman|eks|ex|mantan|waspada|penipuan|mengatasnamakan|not|"
    r"former)\b[^.,;:!?]{0,28}$"
)
_ROLE = re.compile(
    r"[\s\-/&]*(?:shop |live |seller |ads? )?(?:account|live|host|admin|specialist|advertiser|"
    r"marketplace|ads|affiliate|content|creator|streamer|"
    r"seller|talent|operator|shop|store|live|manager|staff|optimi[sz]ation|video|editor|kurir|driver|"
    r"ecommerce|e-commerce|associate|mitra)\b"
)
_LICENCE_NUMBER = re.compile(r" ?[\-–]\d{2}|[ :]{0,2}(?:no\.? ?\d|lic)")  # "DMW-018-LB": licensed by it
_STAFF_BEFORE = re.compile(r"\b(?:tim (?:talent|hr|sdm)|hrd|talent acquisition(?: at| of)?|sdm|kepegawaian)\s+$")
_COURSE = re.compile(r"\b(?:bimbel|bimbingan belajar|try ?out|kursus|kelas|les privat|modul|soal)\b")
_COUNTER = re.compile(
    r"\b(?:lamaran|cv|berkas)(?: \w+){0,2} (?:di)?(?:antar|bawa|serahkan)|"
    r"\b(?:antar|bawa|serahkan)(?:kan)? (?:\w+ ){0,2}(?:lamaran|cv|berkas)\b|\bdatang langsung\b|\bwalk[ -]?in\b"
)
_FORM_WORDS = frozenset(
    {
        "pt", "p", "t", "cv", "perum", "persero", "tbk", "indonesia", "group", "grup", "bank", "bumn", "regional",
        "pusat", "yayasan", "koperasi", "karyawan",
    }
)  # fmt: skip
_HIRING_ALIAS = re.compile(r"^(?:rekrutmen|loker|rbb|petugas haji)")
_OUTSOURCED = re.compile(
    r"\b(?:outsourcing|outsource|alih daya|vendor (?:dari|resmi)|klien kami|client kami|our client|"
    r"perusahaan penyedia|labor supply|labour supply|penyedia (?:jasa )?tenaga kerja|third party)\b"
)
_CHANNEL_WORDS = re.compile(
    r"\b(?:link (?:di|ada di|on|in) (?:bio|profil|komentar|bawah)|klik (?:link|tautan|disini|di sini|"
    r"tombol|di bawah|daftar)|link ?(?:pendaftaran)? ?(?:di)? ?(?:di)?bawah|daftar di link|isi data "
    r"melalui link|buka link|link deskripsi|login dengan akun telegram|chat admin|"
    r"menghubungi admin|hubungi admin|(?:via|melalui|lewat|langsung|tombol|lengkapy? langsung|ke) (?:wa|"
    r"whatsapp|telegram|inbox|dm)|gabung di link|daftarkan diri anda langsung|pendaftaran disini|daftar "
    r"disini|silahkan daftar|chat hrd|inbox (?:atau|aja|me)|"
    r"hubungi whatsapp|register (?:via|on) (?:telegram|whatsapp)|message us on (?:telegram|whatsapp)|"
    r"daftar online sekarang)\b"
)


_SUM = r"(?:(?:rp|rm|idr|usd|us\$|\$|php|₱|sgd)\.? ?\d|\d{2,3} ?(?:rb|ribu|k\b|\.000|jt|juta)|\d,\d ?(?:jt|juta))"
_TRAP = re.compile(
    r"\b(?:biaya|adm|deposit|jaminan|uang muka|seragam|rompi|refundable|processing|registration fee|fee|yuran|wang "
    r"proses|saldo|recharge|top ?up|prabayar|booking seat|file opening|attestation|bayar|transfer|trf|pay only|"
    r"only pay|daftar)\b"
    r"[^.\n]{0,32}?" + _SUM + r"|"
    r"\b(?:transfer|ditransfer|trf|tf|bayar|kirim)\w* [^.\n]{0,28}\b(?:rek|rekening|dana|ovo|gopay|western union|tng|"
    r"e-?wallet|panitia|koordinator|travel)\b|"
    r"\b(?:nama ibu kandung|pin atm|kode (?:otp|verifikasi)|otp|mother'?s maiden|(?:swafoto|selfie)[^.\n]{0,20} ?ktp|"
    r"foto buku tabungan|buku tabungan|nomor rekening aktif|bank app|login (?:dengan|pakai) (?:akun )?telegram|"
    r"(?:tanpa|tiada|tidak ada|gak pake|no|without) (?:tes|test|seleksi|interview|wawancara|temuduga|ujian|exam)|"
    r"langsung (?:sk|diangkat|diterima|lolos)|terus lapor diri|orang dal[ae]m|ordal|titipan|jalur (?:khusus|cadangan|"
    r"referensi)|"
    r"(?:did not|not|never|no) (?:need to )?appl\w+|travel agent|agen(?:t)? (?:travel|perjalanan)|(?:tiket|"
    r"ticket)[^.\n]{0,30}"
    r"(?:direimburse|reimburse\w*|diganti)|bebas ijazah|tanpa ijazah|tanpa minimal pendidikan|"
    r"jangan (?:daftar|apply) (?:di|lewat)|do?n'?o?t apply at)\b"
)
_OFFICIAL_WAY = re.compile(
    r"\b(?:portal (?:resmi|fhci|maganghub|siapkerja)|maganghub|siapkerja|sscasn|fhci|(?:situs|website|laman|web) resmi|"
    r"official (?:web)?site|career (?:site|page|portal))\b"
)
_NEGATED = re.compile(
    r"\b(?:tidak|tanpa|bebas|bukan|jangan|no|not|never|without|gratis|free|hati-hati|waspada|tiada|tak|tidak pernah|"
    r"anti)\b"
    r"[^.\n,]{0,16}\Z"
)


def find_claim(text: NormalisedText, entities: Sequence[Span]) -> tuple[Span, Known] | None:
    """The famous name that the text speaks for, if any; state companies before the word BUMN alone.

    `entities` are the company names with their legal form in the original text.
    """
    hits = known_names().find(text.text)
    hits = [*hits, *disguised(text.text, hits)]
    if not hits or (_COURSE.search(text.text) and all(hit.entry.name == "CPNS" for hit in hits)):
        return None
    trap = has_trap(text.text)
    found: list[Hit[Known]] = []
    for hit in hits[:_MOST]:
        if found and hit.start < found[-1].end:
            continue
        in_link_or_mail = any(e.start <= text.starts[hit.start] < e.end for e in text.entities)
        if not in_link_or_mail and _speaks_for(text, hit, entities, trap):
            found.append(hit)
    if not found:
        return None
    best = min(found, key=lambda hit: (hit.entry.name == "BUMN", hit.start))
    return text.span(best.start, best.end), best.entry


def has_trap(folded: str) -> bool:
    """Money, bank data or a side door before any interview: nothing that a known employer asks for or offers."""
    return any(not _NEGATED.search(folded, max(0, m.start() - 24), m.start()) for m in _TRAP.finditer(folded))


def _speaks_for(text: NormalisedText, hit: Hit[Known], entities: Sequence[Span], trap: bool) -> bool:
    folded, start, end, known = text.text, hit.start, hit.end, hit.entry
    left = folded[max(0, start - 90) : start].replace("\n", " ")
    right = folded[end : end + 90].replace("\n", " ")
    at, until = text.starts[start], text.ends[end - 1]
    own = next((e for e in entities if e.start <= at < e.end), None)
    if own is not None and _names_another(own, at, until, known):
        return False
    others = [e for e in entities if e is not own and known.alias not in e.evidence.lower()]
    if _MENTION.search(left) or _DENIED.search(left):
        return False
    if others and (_OUTSOURCED.search(folded) or (own is None and others[0].start < at)):
        return False
    if _LICENCE_NUMBER.match(right):
        return False
    if known.strict and _ROLE.match(right) and not trap and not _STAFF_BEFORE.search(left):
        return False  # "hiring TikTok live streamer": work on the platform, not for it
    if _AFTER.match(right) or _AFTER_UNSPACED.match(right) or _HIRING_ALIAS.search(known.alias):
        return True
    if known.strict:
        return _STRONG_BEFORE.search(left) is not None or (trap and start < _HEAD and not others)
    if _BEFORE.search(left) or (_PLACED.search(left) and not others):
        return True
    if trap and start < _HEAD and (not others or known.type == "public_body"):
        return True
    # "PT Pertamina (Persero)" at the head of a text that names no other firm.
    return own is not None and not others and own is entities[0]


def _names_another(own: Span, at: int, until: int, known: Known) -> bool:
    """True for "PT Mandiri Astra Utama": the alias is only part of the name of some other firm."""
    before = own.evidence[: max(0, at - own.start)].lower()
    after = own.evidence[max(0, until - own.start) :].lower()
    rest = re.findall(r"[^\W_]+", before) + re.findall(r"[^\W_]+", after)
    if known.type == "state_company":
        # Regions, divisions and stray words follow these names; what stands before makes another firm.
        return any(w not in _FORM_WORDS or w in ("koperasi", "cv") for w in re.findall(r"[^\W_]+", before))
    return any(w not in _FORM_WORDS and not w.isdigit() for w in rest)


def channel_is_theirs(known: Known, contacts: Sequence[Contact], folded: str) -> bool | None:
    """True: an official channel stands there. False: only such as cannot be theirs. None: none is stated, or unclear.

    An official site beside a private phone proves nothing (None): lures quote it too. Free mail or a look-alike
    beside it is False.
    """
    site = fake = private = other = False
    for contact in contacts:
        if contact.type in ("email", "link"):
            host = contact.value.split("@")[-1].split("/")[0]
            official = is_under(host, known.domains) or (
                known.type in ("public_body", "state_company") and GOVERNMENT.search(host)
            )
            if official and contact.type == "email":
                return True
            if official:
                site = True
            elif known.local and contact.type == "email" and host in hosts("free_mail"):
                continue
            elif _looks_like(host, known) or is_under(host, hosts("free_mail") + hosts("free_sites")):
                fake = True
            else:
                other |= is_free(host) or (bool(known.domains) and not is_portal(host))
        elif contact.type in CHAT_APPS:
            private = True
        elif contact.type == "phone":
            private |= not is_landline(contact.value)
    if fake:
        return False
    if site:
        return None if private else True
    if (
        private
        and not other
        and not has_trap(folded)
        and _COUNTER.search(folded)
        and all(c.type != "telegram" for c in contacts)
    ):
        return None  # whoever takes applications over a counter can be checked there; a phone beside it proves nothing
    if not private and not other and _OFFICIAL_WAY.search(folded) and not has_trap(folded):
        return None
    if private or other or _CHANNEL_WORDS.search(folded) or has_trap(folded):
        return False
    return False if private_request(folded) and not any(is_portal(c.value.split("/")[0]) for c in contacts) else None


def _looks_like(host: str, known: Known) -> bool:
    """The claimed name inside another domain ("pertamina-karir.com", "rekrutmen-bumn2026.xyz")."""
    squeezed = re.sub(r"[^a-z0-9]", "", host)
    words = [w for w in re.findall(r"[a-z]+", known.alias) if len(w) > 2 and w not in ("bank", "indonesia", "group")]
    return any(w in squeezed for w in words)

"""Facts stated in a text: places of work, ways to apply, the employer; near misses beside every hit."""

from __future__ import annotations

import time
from importlib.resources import files

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.assessment import Employer
from detector.detector import prepare
from detector.facts.contacts import find_contacts
from detector.facts.destination import find_places
from detector.facts.employer import find_employer
from detector.facts.private import personal_only, private_request
from detector.text.normalise import normalise


def places(text: str) -> tuple[list[str], list[str]]:
    destinations, origins = find_places(normalise(text))
    for place in (*destinations, *origins):
        assert text[place.start : place.end] == place.evidence
    return [p.name for p in destinations], [p.name for p in origins]


def contacts(text: str, language: str = "id") -> list[tuple[str, str]]:
    found = find_contacts(normalise(text), language)
    for contact in found:
        assert text[contact.start : contact.end] == contact.evidence
    return [(c.type, c.value) for c in found]


def employer(text: str, language: str = "id") -> Employer | None:
    normal = normalise(text)
    found = find_employer(normal, find_contacts(normal, language))
    if found:
        for span in (found.name, found.licence, found.address, found.claimed):
            assert span is None or text[span.start : span.end] == span.evidence
    return found


# --- places --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LOKER KAMBOJA gaji 800 USD", ["Kamboja"]),
        ("Dibutuhkan admin, penempatan Poipet", ["Poipet"]),
        ("Butuh CS untuk K.A.M.B.O.J.A", ["Kamboja"]),
        ("Loker kmbj gaji dolar", ["Kamboja"]),
        ("kerja di SHV, tiket ditanggung", ["Sihanoukville"]),
        ("berangkat ke PPT minggu ini", ["Poipet"]),
        ("kerja di negara K, semua ditanggung", ["Kamboja"]),
        ("Penempatan negeri gajah putih", ["Thailand"]),
        ("🇰🇭 operator, 1000$", ["Kamboja"]),
        ("Kerja di Myawaddy dekat Mae Sot", ["Myawaddy", "Mae Sot"]),
        ("招聘客服 柬埔寨 西港 月薪2万", ["Kamboja", "Sihanoukville"]),
        ("รับสมัครแอดมิน ทำงานที่ปอยเปต", ["Poipet"]),
        ("Tuyển nhân viên làm việc tại Campuchia", ["Kamboja"]),
        ("tuyen nhan vien di Dai Loan", ["Taiwan"]),
        ("Kerja kilang di Johor Bahru", ["Johor"]),
        ("Hiring CSR in Clark Freeport, visa free", ["Clark"]),
        ("Penempatan:\nBandung, Cimahi", ["Bandung", "Cimahi"]),
        ("Negara tujuan: Jepang, Korea, Taiwan", ["Jepang", "Korea Selatan", "Taiwan"]),
        ("Waiter hotel in Dubai, visa provided", ["Dubai"]),
        ("Perusahaan Kamboja butuh admin", ["Kamboja"]),
        ("Trabaho sa Dubai, libreng plane ticket", ["Dubai"]),
        ("Loker Kamboja tidak ada potongan", ["Kamboja"]),
        ("Kerja Kamboja bukan judol bukan scam", ["Kamboja"]),
        ("Kasino hotel Poipet butuh resepsionis", ["Poipet"]),
        ("CS, kantor di Phnom Penh", ["Phnom Penh"]),
        ("Company based in Singapore, hiring cook", ["Singapura"]),
        ("Looking for candidates for Singapore", ["Singapura"]),
        ("Berangkat pakai visa wisata ke Thailand", ["Thailand"]),
        ("Kalau ditanya bilang liburan ke Thailand", ["Thailand"]),
        ("Domisili Bekasi. Kamboja, gaji 10 juta", ["Kamboja"]),
        ("Domisili Bekasi\nKamboja, gaji 10 juta", ["Kamboja"]),
        ("Lokasi:\n- Bandung\n- Cimahi", ["Bandung", "Cimahi"]),
        ("1. Karawang 2. Bekasi", ["Karawang", "Bekasi"]),
    ],
)
def test_destinations(text: str, expected: list[str]) -> None:
    assert places(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Bisa bahasa Korea dan Jepang lebih disukai",
        "Customer service Thai speaker",
        "Fluent in Thai or Vietnam language",
        "Owner orang China, kantor nyaman",
        "Mekanik mobil Jepang",
        "Koki masakan Thailand",
        "Kasir rumah makan nasi Padang",
        "Menangani pasar Vietnam",
        "SPG Korean skincare dan drama Korea",
        "Alamat: Jl. Thailand No. 4",
        "Laos Avenue 12",
        "Manila Residence blok C",
        "PT Korea Tomorrow membuka lowongan kasir",
        "Ex Taiwan diutamakan",
        "Pengalaman di Hongkong minimal 1 tahun",
        "Eks Malaysia boleh daftar",
        "Bukan Kamboja ya kak",
        "Except Myanmar and Laos",
        "Loker ini selain Kamboja",
        "no cambodia, no myanmar",
        "不去缅北",
        "Perusahaan Jepang membuka lowongan operator",
        "Bisa excel, word dan ppt",
        "Paket wisata Thailand 3 hari",
        "email ke hr@kamboja-resto.com",
        "Guru piano solo",
        "Candidates from Singapore only",
        "Kamboja? Bukan!",
        "Kasir toko di Jl. Kamboja No. 5",
        "Florist rangkai bunga kamboja",
        "Memahami tren industri Korea",
        "Liburan ke Thailand tiap tahun",
        "Sopir bus antar kota PP",
        "Tiket PP ditanggung, kerja di PP",
    ],
)
def test_no_destination(text: str) -> None:
    assert places(text)[0] == []


@pytest.mark.parametrize(
    ("text", "destinations", "origins"),
    [
        ("Domisili Bekasi, Depok", [], ["Bekasi", "Depok"]),
        ("Penempatan Taiwan, khusus warga Lombok", ["Taiwan"], ["Lombok"]),
        ("Kerja di Singapura. Interview di Jakarta", ["Singapura"], ["Jakarta"]),
        ("Kantor kami di Jakarta. Penempatan: Riyadh", ["Riyadh"], ["Jakarta"]),
        ("Diutamakan dari Medan, kerja di Penang", ["Penang"], ["Medan"]),
        ("Loker Kamboja! Surabaya merapat", ["Kamboja"], ["Surabaya"]),
        ("Transit Bangkok lalu ke Poipet", ["Poipet", "Bangkok"], []),
        ("Via Batam, kerja di Johor", ["Johor", "Batam"], []),
        ("Bukan Kamboja, Myanmar atau Laos, penempatan Singapura", ["Singapura"], []),
    ],
)
def test_origins_and_order(text: str, destinations: list[str], origins: list[str]) -> None:
    assert places(text) == (destinations, origins)


def test_tiers_and_countries() -> None:
    found, _ = find_places(normalise("kerja di Poipet atau Phnom Penh atau Dubai atau Taipei"))
    assert [(p.country, p.tier) for p in found] == [("KH", 1), ("KH", 2), ("AE", 3), ("TW", 0)]


# --- contacts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WA 0812-3456-7890", [("whatsapp", "+6281234567890")]),
        ("Hub 0812 3456 7890 (WA)", [("whatsapp", "+6281234567890")]),
        ("Telepon 0812 3456 7890", [("phone", "+6281234567890")]),
        ("wa 0 8 1 2 3 4 5 6 7 8 9 0", [("whatsapp", "+6281234567890")]),
        ("wa 0.8.1.2.3.4.5.6.7.8.9.0", [("whatsapp", "+6281234567890")]),
        ("WA 𝟎𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎", [("whatsapp", "+6281234567890")]),
        ("WA 0️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣", [("whatsapp", "+6281234567890")]),
        ("WA O812 3456 789O", [("whatsapp", "+6281234567890")]),
        ("wa.me/6281234567890?text=halo", [("whatsapp", "+6281234567890")]),
        ("https://api.whatsapp.com/send?phone=6281234567890", [("whatsapp", "+6281234567890")]),
        ("WA: 08123456789 / 08129876543", [("whatsapp", "+628123456789"), ("whatsapp", "+628129876543")]),
        ("Telp 021-5551234, WA 08123456789", [("phone", "+62215551234"), ("whatsapp", "+628123456789")]),
        ("+855 12 345 678", [("phone", "+85512345678")]),
        ("tele @kerja_luar", [("telegram", "kerja_luar")]),
        ("telegram: kerjaluar88", [("telegram", "kerjaluar88")]),
        ("https://t.me/KerjaLuar", [("telegram", "kerjaluar")]),
        ("t.me/+AbCdEf123", [("telegram", "+AbCdEf123")]),
        ("IG @loker.batam", [("instagram", "loker.batam")]),
        ("line id: kerjaku99", [("line", "kerjaku99")]),
        ("微信: abc12345", [("wechat", "abc12345")]),
        ("zalo 0912345678", [("zalo", "+84912345678")]),
        ("fb: loker.kamboja", [("facebook", "loker.kamboja")]),
        ("tiktok @loker_luar", [("tiktok", "loker_luar")]),
        ("Kirim CV ke HRD@Maju.co.id", [("email", "hrd@maju.co.id")]),
        ("hrd (at) gmail (dot) com", [("email", "hrd@gmail.com")]),
        ("https://bri.co.id@evil.top/login", [("link", "evil.top/login")]),
        ("https://www.Pertamina-karir.com/", [("link", "pertamina-karir.com")]),
        ("daftar bit.ly/AbC12", [("link", "bit.ly/AbC12")]),
        ("https://gooɡle.com/a", [("link", "xn--goole-tmc.com/a")]),
        ("加我vx：wang8888", [("wechat", "wang8888")]),
        ("电报 @boss2024", [("telegram", "boss2024")]),
        ("FB: Rina Loker Batam", [("facebook", "rina loker batam")]),
        ("t.me/s/lokerluar", [("telegram", "lokerluar")]),
        ("linktr.ee/lokerkita", [("link", "linktr.ee/lokerkita")]),
        ("wa 0812🍀3456🍀7890", [("whatsapp", "+6281234567890")]),
        ("wa 0812_3456_7890", [("whatsapp", "+6281234567890")]),
        ("wa kosong delapan satu dua tiga empat lima enam tujuh delapan", [("phone", "+62812345678")]),
    ],
)
def test_contacts(text: str, expected: list[tuple[str, str]]) -> None:
    assert contacts(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("WhatsApp 012-345 6789", "ms", "+60123456789"),
        ("Viber 0917 123 4567", "fil", "+639171234567"),
        ("โทร 081-234-5678", "th", "+66812345678"),
        ("Liên hệ 0912 345 678", "vi", "+84912345678"),
        ("Call 0812 3456 7890", "en", "+6281234567890"),
    ],
)
def test_local_phones(text: str, language: str, value: str) -> None:
    assert [v for _, v in contacts(text, language)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Gaji Rp 8.000.000 per bulan",
        "Telegram sekarang juga",
        "admin line produksi: packing",
        "gratis.Link di bio",
        "Lulusan S.Kom atau S.T. diutamakan",
        "Usia 18-35, tahun 2024-2026",
        "NIK 3201",
    ],
)
def test_no_contact(text: str) -> None:
    assert contacts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minat WA 08123456789", True),
        ("Tele @kerja_luar", True),
        ("Inbox aja kak", True),
        ("minat inbox, japri ya", True),
        ("WA 08123456789 atau email hrd@maju.co.id", False),
        ("WA 08123456789, antar lamaran ke Jl. Merdeka No 1", False),
        ("WA 08123456789 atau lamar di JobStreet", False),
        ("WA 08123456789 atau www.maju.co.id/karir", False),
        ("Telp 021-5551234", False),
        ("Gaji 3 juta", False),
    ],
)
def test_personal_only(text: str, expected: bool) -> None:
    normal = normalise(text)
    assert personal_only(find_contacts(normal, "id"), normal.text) is expected


# --- employer ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PT Maju Jaya Abadi membuka lowongan kasir", "PT Maju Jaya Abadi"),
        ("PT. MAJU JAYA ABADI MEMBUTUHKAN OPERATOR", "PT. MAJU JAYA ABADI"),
        ("CV. Sinar Terang mencari admin", "CV. Sinar Terang"),
        ("Yayasan Kasih Ibu membutuhkan perawat", "Yayasan Kasih Ibu"),
        ("Join Global Kitchens Sdn Bhd today", "Global Kitchens Sdn Bhd"),
        ("Blue Ocean Shipping Pte Ltd is hiring", "Blue Ocean Shipping Pte Ltd"),
        ("深圳市星辰科技有限公司 招聘", "深圳市星辰科技有限公司"),
    ],
)
def test_legal_name(text: str, name: str) -> None:
    found = employer(text)
    assert found is not None
    assert found.legal_name
    assert found.name is not None
    assert found.name.evidence == name


@pytest.mark.parametrize(
    "text",
    [
        "Kirim CV ke email kami",
        "Kirim CV Lengkap beserta foto",
        "Tanpa lewat PT, langsung majikan",
        "PT dirahasiakan",
        "Kontrak PT langsung",
        "Kerja part time, gaji harian",
    ],
)
def test_no_legal_name(text: str) -> None:
    found = employer(text)
    assert found is None or not found.legal_name


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("SIP3MI No. 123/2021", "123/2021"),
        ("SIPPTKI: 560/MEN/2019", "560/MEN/2019"),
        ("SIUPPAK 12.34 Tahun 2022", "12.34"),
        ("DMW License No. DMW-123-LB", "DMW-123-LB"),
        ("EA Licence No: 12C3456", "12C3456"),
        ("Lesen JTKSM 123A", "JTKSM 123A"),
    ],
)
def test_licence(text: str, licence: str) -> None:
    found = employer(text)
    assert found is not None
    assert found.licence is not None
    assert found.licence.evidence.endswith(licence)


@pytest.mark.parametrize("text", ["Perusahaan berizin resmi", "SIP3MI lengkap dan resmi", "punya SIM dan license"])
def test_no_licence(text: str) -> None:
    found = employer(text)
    assert found is None or found.licence is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Antar ke Jl. Merdeka No. 12, Bandung", "Jl. Merdeka No. 12"),
        ("Alamat: Jalan Sudirman Kav 5 Jakarta", "Jalan Sudirman Kav 5"),
        ("Office: 12 Orchard Road, Singapore", "12 Orchard Road"),
    ],
)
def test_address(text: str, start: str) -> None:
    found = employer(text)
    assert found is not None
    assert found.address is not None
    assert found.address.evidence.startswith(start)


def test_domains() -> None:
    own, free = employer("Kirim ke hrd@maju.co.id"), employer("Kirim ke hrdmaju@gmail.com")
    assert own is not None
    assert free is not None
    assert (own.own_domain, own.free_mail) == ("maju.co.id", False)
    assert (free.own_domain, free.free_mail) == (None, True)


@pytest.mark.parametrize(
    ("text", "claimed", "kind", "theirs"),
    [
        ("Rekrutmen PT Pertamina (Persero) 2026, daftar WA 081234567890", "Pertamina", "state_company", False),
        ("PLN membuka lowongan kerja, klik link di bio", "PLN", "state_company", False),
        ("Lowongan kerja Bank BRI, kirim ke rekrutmenbri@gmail.com", "Bank BRI", "bank", False),
        ("Shopee sedang mencari staf online. Chat wa.me/6281234567890", "Shopee", "brand", False),
        ("Saya HRD Indofood, hubungi 081234567890", "Indofood", "brand", False),
        ("Loker Pertamina daftar di pertamina-karir.com", "Pertamina", "state_company", False),
        ("Rekrutmen bersama BUMN: rekrutmen-bumn2026.xyz", "Rekrutmen bersama BUMN", "state_company", False),
        ("Lowongan KAI: https://bit.ly/kai2026 PT KAI", "PT KAI", "state_company", False),
        ("Rekrutmen PT Pertamina (Persero), daftar di recruitment.pertamina.com", "Pertamina", "state_company", True),
        ("PT Bank Central Asia Tbk membuka lowongan, karir.bca.co.id", "Bank Central Asia", "bank", True),
        ("PT Pegadaian membuka lowongan kerja", "Pegadaian", "state_company", None),
        ("Dibutuhkan OB ditempatkan di PUSKESMAS Melati, info 081234567890", "PUSKESMAS", "public_body", False),
        ("Petronas is hiring! WhatsApp 012-345 6789", "Petronas", "state_company", False),
    ],
)
def test_claimed(text: str, claimed: str, kind: str, theirs: bool | None) -> None:
    found = employer(text)
    assert found is not None
    assert found.claimed is not None
    assert (found.claimed.evidence, found.claimed_type, found.channel_is_theirs) == (claimed, kind, theirs)


@pytest.mark.parametrize(
    "text",
    [
        "Gaji transfer BCA tiap bulan. WA 081234567890",
        "Rekening BRI wajib punya",
        "Toko kami dekat Alfamart Cibubur, butuh kasir",
        "Lowongan driver Grab, WA 081234567890",
        "PT Mitra Outsourcing: klien kami Telkom membutuhkan CS. WA 081234567890",
        "Pernah bekerja di Bank Mandiri lebih disukai",
        "Fasilitas BPJS Kesehatan dan BPJS Ketenagakerjaan",
        "Dibutuhkan admin Shopee dan Tokopedia untuk toko baju",
        "Open recruitment Tokopedia account manager",
        "We're hiring TikTok live streamer",
        "Dapat BPJS, THR, makan",
        "Kurir, bisa Google Maps",
        "PT Astra Jaya Mandiri membuka lowongan kasir, WA 081234567890",
        "Bergabung dengan bimbel CPNS kami, WA 081234567890",
        "Pengalaman di Pertamina minimal 2 tahun",
    ],
)
def test_only_mentioned(text: str) -> None:
    found = employer(text)
    assert found is None or found.claimed is None


# --- reference data ---------------------------------------------------------------------------------------------------


def test_reference_data() -> None:
    folder = files("detector") / "resources" / "reference"
    places_, employers = (yaml.safe_load((folder / n).read_text("utf-8")) for n in ("places.yaml", "employers.yaml"))
    for raw in (places_, employers):
        assert all({"date", "confidence"} <= source.keys() for source in raw["sources"].values())
    assert {p["tier"] for p in places_["reported"]} == {1, 2, 3}
    assert all(len(p["country"]) == 2 for p in (*places_["reported"], *places_["countries"]))
    for entry in employers["employers"]:
        assert entry["type"] in {"state_company", "public_body", "bank", "brand"}
        assert all(d == d.lower() and "." in d and "/" not in d for d in entry["domains"])
        assert entry["aliases"]


# --- any text at all -------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_never_raises(text: str) -> None:
    places(text)
    contacts(text)
    employer(text)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["PT", "Kamboja", " ", "\n", "0812", "3456", "7890", "wa", "@", "http://", ".", "bukan", "🇰🇭", "di", "Jl."]
        ),
        max_size=40,
    )
)
def test_never_raises_on_fragments(parts: list[str]) -> None:
    text = "".join(parts)
    places(text)
    contacts(text)
    employer(text)


@pytest.mark.parametrize(
    "unit", ["1", "0812 ", "PT A ", "a.", "@a", "http://", "Kamboja, ", "jl ", "wa:", "(at) ", "satu ", "bri "]
)
def test_long_input_is_linear(unit: str) -> None:
    normal = normalise(unit * (60_000 // len(unit)))
    begin = time.perf_counter()
    found = find_contacts(normal, "id")
    find_places(normal)
    find_employer(normal, found)
    assert time.perf_counter() - begin < 3


def test_private_request_finds_the_words() -> None:
    folded = normalise("Yang serius japri saja ya").text
    found = private_request(folded)
    assert found is not None
    assert folded[slice(*found)].startswith("japri")
    assert private_request(normalise("Tugas: membalas inbox pelanggan").text) is None


@pytest.mark.parametrize(
    "text", ["admin di PP, Kamboja", "kantor cs Kamboja (kerja di kota PP)", "kerja di PP Cambodia"]
)
def test_pp_is_a_town_beside_its_country(text: str) -> None:
    assert set(places(text)[0]) == {"Kamboja", "Phnom Penh"}


def test_pp_is_a_return_trip_far_from_any_country() -> None:
    text = "Sopir travel Solo–Surabaya PP, tiket pulang ke PP. Bukan lowongan judi, apalagi yang di negara Kamboja"
    assert "Phnom Penh" not in places(text)[0]


def test_border_places() -> None:
    assert places("Kerja di perbatasan Thailand, gaji dolar")[0] == ["Perbatasan Thailand"]


@pytest.mark.parametrize(
    "text", ["telpon kami di 0812-0000-4455 (WA)", "IG @abc123, telpon kami di 0812-0000-4455 (WA)"]
)
def test_a_phone_marked_as_whatsapp_behind_it(text: str) -> None:
    assert [c.type for c in prepare(text).facts.contacts if c.type in ("phone", "whatsapp")] == ["whatsapp"]

"""Signals that come from facts: destination, pay ratio, private channel, borrowed name; and the contexts they give."""

from __future__ import annotations

import pytest

from detector.assessment import Facts, Pay, Signal, Strength
from detector.facts.collect import collect
from detector.facts.contacts import find_contacts
from detector.facts.destination import find_places
from detector.facts.employer import find_employer
from detector.indicators.derived import derive, fact_contexts
from detector.text.normalise import normalise


def pay(ratio: float | None) -> Pay:
    return Pay(0, 4, "gaji", currency="IDR", low=1e7, high=1e7, period="month", ratio=ratio)


def facts_of(text: str, language: str = "id", ratio: float | None = None) -> Facts:
    normal = normalise(text)
    destinations, origins = find_places(normal)
    contacts = find_contacts(normal, language)
    stated = pay(ratio) if ratio is not None else None
    return Facts(stated, tuple(destinations), tuple(origins), tuple(contacts), find_employer(normal, contacts))


def signals(text: str, language: str = "id", ratio: float | None = None) -> dict[str, Signal]:
    normal, facts = normalise(text), facts_of(text, language, ratio)
    found = derive(normal, facts, fact_contexts(facts, normal.text), language)
    for signal in found:
        assert text[signal.start : signal.end] == signal.evidence or signal.indicator == "unrealistic_pay"
    return {s.indicator: s for s in found}


@pytest.mark.parametrize(
    ("text", "language", "evidence"),
    [
        ("Loker admin Kamboja, gaji 12 juta, minat WA 081234567890", "id", "Kamboja"),
        ("Dibutuhkan CS penempatan Poipet, Kamboja", "id", "Poipet"),
        ("🇲🇲 operator komputer, gaji 1000 USD", "id", "🇲🇲"),
        ("Hiring data encoder in Phnom Penh, free ticket", "en", "Phnom Penh"),
        ("Kerja di Mae Sot, gaji 15 juta, tinggal berangkat", "id", "Mae Sot"),
        ("Jawatan kosong khidmat pelanggan di Kemboja", "ms", "Kemboja"),
        ("Tuyển nhân viên CSKH làm việc tại Campuchia lương 800 USD", "vi", "Campuchia"),
        ("รับสมัครแอดมิน ทำงานที่ปอยเปต", "th", "ปอยเปต"),
        ("招聘打字员 西港 月薪2万", "zh", "西港"),
        ("Trabaho sa Cambodia, data encoder, libreng ticket", "fil", "Cambodia"),
        ("Loker PT Maju Jaya penempatan Laos", "id", "Laos"),
        ("Butuh admin. Transit Bangkok, kerja di Myawaddy", "id", "Myawaddy"),
    ],
)
def test_high_risk_destination(text: str, language: str, evidence: str) -> None:
    signal = signals(text, language)["high_risk_destination"]
    assert (signal.strength, signal.evidence.strip()) == (Strength.STRONG, evidence)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Loker admin Thailand, mess dan makan gratis", "id"),
        ("Butuh customer service di Dubai, tiket ditanggung", "id"),
        ("Dicari telemarketing Manila, gaji dolar", "id"),
        ("Chat operator in Bangkok, visa and ticket covered", "en"),
        ("客服 曼谷 高薪 招聘", "zh"),
    ],
)
def test_bait_destination(text: str, language: str) -> None:
    assert signals(text, language)["high_risk_destination"].strength is Strength.MEDIUM


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Paket wisata Kamboja dan Vietnam 4 hari", "id"),
        ("Bukan Kamboja! Penempatan Singapura, restoran", "id"),
        ("WNI dipulangkan dari Kamboja, keluarga kerja sama dengan polisi", "id"),
        ("Loker waiter hotel Dubai, kontrak 2 tahun", "id"),
        ("PT Maju Jaya Abadi: customer service di Bangkok", "id"),
        ("Loker pabrik Taiwan, gaji NT$29.500", "id"),
        ("Hiring call center agents in Makati, walk-in", "en"),
        ("Looking for CSR in Pasay City", "fil"),
        ("รับสมัครแอดมิน กรุงเทพ", "th"),
        ("Tuyển công nhân tại Tây Ninh lương 8 triệu", "vi"),
        ("Loker kasir di Bandung", "id"),
        ("Kamboja terletak di Asia Tenggara", "id"),
        ("Ex Kamboja tidak diterima, kerja di Batam", "id"),
        ("Bisa bahasa Thailand, kantor Jakarta, loker CS", "id"),
    ],
)
def test_ordinary_destination(text: str, language: str) -> None:
    assert "high_risk_destination" not in signals(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Ready terbang minggu ini ke Phnompenh, posisi telemarketing"),
        ("id", "NEED 20 ORANG UTK KERJA DI SIHANOUK VILLE GAJI 900USD"),
        ("id", "Yg mau kerja kmboja inbox, umur 18-30"),
        ("id", "lowker operator judol lokasi bavet"),
        ("id", "Kami grup perusahaan di Myanmar (dekat perbatasan Thailand) mencari penerjemah Mandarin"),
        ("id", "Jobdesk: chat customer. Lokasi: Svay Rieng - Cambodia. Salary 800$"),
        ("id", "Perusahaan teknologi di Laos (Bokeo) membutuhkan staff IT"),
        ("id", "Loker LN: 🇰🇭🇰🇭 marketing, makan & mess gratis"),
        ("id", "Penempatan: Kamboja / Filipina / Thailand. CS online"),
        ("id", "Gaji 10jt kerja di K4mb0j4"),
        ("id", "Cari admin utk kantor baru di Poi Pet, visa ditanggung"),
        ("id", "Dibutuhkan koki masakan Indonesia di Kamboja"),
        ("id", "Pengalaman tidak wajib! Kamboja, gaji pokok 12 juta"),
        ("id", "Lokasi kerja perbatasan Thailand Mae Sot, operator komputer"),
        ("id", "Domisili bebas, penempatan Kamboja"),
        ("id", "Interview via zoom, kerja di KK Park"),
        ("id", "Owner orang China, lokasi Kamboja, gaji dolar"),
        ("id", "butuh cewek utk kasino di Chrey Thom"),
        ("id", "Eks Kamboja boleh, kerja di Poipet lagi"),
        ("id", "transit Ho Chi Minh lalu Moc Bai, kerja Bavet"),
        ("en", "We are hiring live chat agents for our Cambodia office, $1000 + commission"),
        ("en", "Data entry operators required, Myawaddy, free food and accommodation"),
        ("en", "BPO park Sihanoukville – telesales, no experience"),
        ("ms", "Kerja kosong Myanmar, gaji RM5,000, tiket penerbangan ditanggung"),
        ("ms", "Pegawai pemasaran di Laos, penginapan disediakan"),
        ("vi", "viec lam campuchia luong 20 trieu bao an o"),
        ("vi", "Cần người sang Cam Pu Chia làm việc nhẹ lương cao, ib zalo 0987654321"),
        ("vi", "Tuyển game thủ tại Tam Giác Vàng lương 1000 đô"),
        ("th", "งานแอดมิน เมียวดี รายได้ 40,000"),
        ("th", "รับสมัครคอลเซ็นเตอร์ ไปทำงานกัมพูชา"),
        ("zh", "高薪招聘推广 地点缅甸妙瓦底"),
        ("zh", "金边公司招聘客服 底薪1万 包机票"),
        ("zh", "招老挝金三角话务 有经验优先"),
        ("fil", "Need CSR sa Cambodia, tourist visa muna, sahod 50k"),
        ("fil", "Work in Myanmar as data encoder, PM is key"),
    ],
)
def test_work_in_a_compound_country(language: str, text: str) -> None:
    assert signals(text, language)["high_risk_destination"].strength is Strength.STRONG


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Toko emas Kamboja di Jl. Kamboja Denpasar cari SPG"),
        ("id", "Kasir minimarket, Perumahan Taman Kamboja Blok C"),
        ("id", "Lomba menulis: kisah TKI di Kamboja, hadiah 5 juta"),
        ("id", "PT Garmen Sejahtera: QC inspector, kunjungan ke supplier Kamboja dan Vietnam"),
        ("id", "Guru bahasa Khmer dan bahasa Laos untuk kedutaan"),
        ("id", "Ekspor impor: staf dokumen untuk pasar Myanmar"),
        ("id", "Koki masakan Thailand di Bandung"),
        ("id", "Staff hotel Dubai 5 star, kontrak 2 tahun, PT Bina Karya SIP3MI 12/2020"),
        ("id", "Loker cleaning service Bangkok"),
        ("id", "Barista di Manila, gaji PHP 18000"),
        ("id", "Perawat Riyadh, STR aktif"),
        ("id", "Penempatan Jakarta. Bukan Kamboja/Myanmar, bukan judol"),
        ("id", "Welder untuk proyek LNG di Qatar"),
        ("id", "Tour leader Thailand-Laos-Vietnam, berpengalaman"),
        ("id", "Waspada loker Kamboja! Jangan tergiur, korban sudah banyak"),
        ("id", "Bubur Thai tea outlet Bekasi butuh crew"),
        ("id", "Kapal cargo rute Singapura-Myanmar, ABK berpengalaman"),
        ("id", "Kuliah di Thailand beasiswa penuh"),
        ("id", "Dijual tiket Jakarta Phnom Penh PP murah"),
        ("id", "Translator bahasa Burma untuk rumah sakit di Penang"),
        ("en", "Software engineer at our Singapore office, clients in Cambodia and Laos"),
        ("en", "Customer support specialist (Thai speaking) in Kuala Lumpur"),
        ("en", "Call center agents needed in Makati City, HMO from day one"),
        ("vi", "Công ty tại Tây Ninh tuyển nhân viên kho"),
        ("th", "พนักงานเสิร์ฟ เชียงใหม่ เงินเดือน 12,000"),
        ("zh", "新加坡餐厅招服务员"),
        ("ms", "Operator pengeluaran di Johor, bukan di Kemboja"),
        ("fil", "Saleslady wanted sa Pasay, SM Mall of Asia"),
    ],
)
def test_compound_country_only_named(language: str, text: str) -> None:
    assert "high_risk_destination" not in signals(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Tour du lịch Campuchia 4 ngày 3 đêm, bên em bao visa"),
        ("vi", "Vé máy bay giá rẻ đi Phnom Penh, bên mình có xe đưa đón"),
        ("zh", "柬埔寨自由行五天四晚，包机票"),
        ("zh", "老挝旅游，护照和行程我们安排"),
        ("th", "ทัวร์กัมพูชา 3 วัน 2 คืน มีพนักงานดูแล"),
        ("th", "โปรแกรมท่องเที่ยวลาว มีพนักงานต้อนรับ"),
        ("ms", "Pakej percutian Kemboja 4 hari, termasuk flight"),
        ("fil", "Tour package Cambodia 4D3N, flight kasama na"),
    ],
)
def test_a_journey_is_no_work(language: str, text: str) -> None:
    assert "high_risk_destination" not in signals(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Sang Campuchia đánh máy, bay diện visa du lịch, bên em lo vé"),
        ("vi", "Đi Campuchia cùng bên anh, hải quan hỏi thì nói là tham quan, bao visa"),
        ("zh", "柬埔寨打字员，办旅游签，包机票"),
        ("zh", "去缅甸做客服，海关问就说旅游，包机票"),
        ("th", "พนักงานตอบแชท กัมพูชา ใช้วีซ่าท่องเที่ยว"),
        ("th", "แอดมินปอยเปต ใช้วีซ่านักท่องเที่ยว"),
        ("ms", "Ikut saya ke Kemboja, flight ditanggung, di imigresen cakap percutian"),
        ("fil", "CSR sa Cambodia, free flight, sabihin bakasyon lang"),
    ],
)
def test_a_journey_as_the_cover_story_is_work(language: str, text: str) -> None:
    assert "high_risk_destination" in signals(text, language)


@pytest.mark.parametrize(
    ("text", "ratio", "strength"),
    [
        ("Loker Kamboja admin", 2.6, Strength.MEDIUM),
        ("Loker Kamboja admin", 4.5, Strength.STRONG),
        ("Loker Kamboja admin", 2.5, None),
        ("Loker Taiwan pabrik", 1.2, None),
        ("Kerja online tanpa pengalaman, modal HP", 3.0, Strength.MEDIUM),
        ("Manajer pabrik di Bandung, pengalaman 10 tahun", 3.0, None),
        ("Kasir di Bandung, lulusan SMP", 5.0, Strength.STRONG),
        ("Loker apa saja", None, None),
    ],
)
def test_unrealistic_pay(text: str, ratio: float | None, strength: Strength | None) -> None:
    signal = signals(text, ratio=ratio).get("unrealistic_pay")
    assert (signal.strength if signal else None) is strength


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Kasir toko, minat WA 081234567890", Strength.WEAK),
        ("Kerja di Malaysia, minat WA 081234567890", Strength.MEDIUM),
        ("Kerja di Malaysia, hubungi tele @kerja_luar", Strength.MEDIUM),
        ("Kerja di Malaysia, WA 081234567890 atau hrd@maju.co.id", None),
        ("Kasir toko, datang langsung ke Jl. Merdeka 1 atau WA 081234567890", None),
        ("Kasir toko di Bandung", None),
    ],
)
def test_private_channel(text: str, strength: Strength | None) -> None:
    signal = signals(text).get("private_channel_only")
    assert (signal.strength if signal else None) is strength


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Rekrutmen PT Pertamina (Persero) 2026, daftar WA 081234567890", True),
        ("Loker PLN, daftar di rekrutmen-pln2026.xyz", True),
        ("Rekrutmen PT Pertamina, daftar di recruitment.pertamina.com", False),
        ("PT Pegadaian membuka lowongan kerja", False),
        ("Kasir, gaji transfer BCA, WA 081234567890", False),
        ("Driver Grab, WA 081234567890", False),
    ],
)
def test_impersonated_employer(text: str, fires: bool) -> None:
    assert ("impersonated_employer" in signals(text)) is fires


@pytest.mark.parametrize(
    "text",
    [
        "Dibuka pendaftaran CPNS jalur khusus 2026, hubungi WA 081234567890",
        "Undangan interview PT Pertamina (Persero), konfirmasi WA 0812 3456 7890",
        "Kerjaya Petronas dibuka! Hubungi 011-2345 6789 WhatsApp",
        "PLN Group rekrut besar-besaran, minat WA 081234567890",
        "Info loker BUMN 2026, chat wa 081234567890",
        "Kami dari tim HR Shopee menawarkan kerja paruh waktu, tele @shopee_hr",
        "Saya dari TikTok Indonesia, ada kerja part time like video. WA 081234567890",
        "Halo kak, saya Rina dari HRD Tokopedia. Ada tugas sederhana, hubungi t.me/tokped_hr",
        "Alfamart buka lowongan kasir, chat wa.me/6281234567890",
        "LOWONGAN KERJA PT. INDOFOOD SUKSES MAKMUR TBK || kirim lamaran: hrd.indofood@gmail.com",
        "Bank BCA membutuhkan teller & CS, kirim CV ke recruitment.bca@yahoo.com",
        "Loker Bank BNI penempatan seluruh Indonesia klik https://s.id/loker-bni",
        "PT Kereta Api Indonesia membuka rekrutmen penjaga palang pintu. WA 081234567890",
        "BPJS Ketenagakerjaan membuka lowongan pegawai baru, daftar bit.ly/bpjs26",
        "Rekrutmen petugas haji 2026 daftar t.me/haji2026",
        "Penerimaan karyawan PT Freeport Indonesia 2026 email ptfreeport@outlook.com",
        "Emirates Group hiring cabin crew, send CV to emirates.hr@gmail.com",
        "Jollibee is hiring crew! message us on Telegram @jollibeehr",
        "PT ANTAM Tbk buka loker operator, info 0812-3456-7890 (WA)",
        "Lowongan Kerja Kementerian Perhubungan, link di bio",
        "Dibutuhkan karyawan Indomaret seluruh cabang, daftar http://loker-indomaret.blogspot.com",
        "Karyawan PT Unilever Indonesia, gaji 6 juta. WA 081234567890",
        "Loker PT. Pertamina Retail https://rekrutmen-pertamina.xyz",
        "Lowongan PT Angkasa Pura Indonesia: aviation security. WA: 0812 3456 7890",
        "Tuyển dụng Vietnam Airlines, liên hệ zalo 0912345678",
        "Garuda Indonesia open recruitment pramugari email garudaindonesia.recruit@gmail.com",
        "PT Astra Honda Motor membuka lowongan operator produksi, kirim ke hrdahm@gmail.com",
        "Lowongan PT KAI (Persero) tanpa tes, hubungi 081234567890",
        "Djarum Foundation? PT Djarum membuka lowongan pelinting, WA 081234567890",
        "Rekrutmen Pertamina, info resmi www.pertamina.com, kirim berkas ke pertamina.hr@gmail.com",
        "Loker Pertamina di https://pertamina.com.daftar-kerja.xyz/form",
        "Lowongan Bank BRI: https://bri.co.id@evil.top/daftar",
    ],
)
def test_borrowed_name(text: str) -> None:
    assert signals(text)["impersonated_employer"].strength is Strength.STRONG


@pytest.mark.parametrize(
    "text",
    [
        "Sales pulsa Telkomsel dan Indosat, WA 081234567890",
        "Driver Gojek dan Grab merapat, jasa sewa motor WA 081234567890",
        "Kasir warung dekat stasiun kereta api, WA 081234567890",
        "Operator SPBU milik swasta di Bekasi, antar lamaran, WA 081234567890",
        "Teknisi jaringan vendor Telkom Akses, PT Maju Fiber, WA 081234567890",
        "Admin toko online (Shopee, Tokopedia, TikTok Shop), WA 081234567890",
        "Gaji dibayar via Bank BRI / BCA / Mandiri. WA 081234567890",
        "Dicari guru les persiapan CPNS dan BUMN, WA 081234567890",
        "Security di Bank Mandiri KC Depok melalui PT Bravo Security outsourcing, WA 081234567890",
        "Lulusan BUMN tidak diutamakan; kasir kafe, WA 081234567890",
        "Host live TikTok untuk brand skincare, WA 081234567890",
        "Tukang listrik berpengalaman instalasi PLN, WA 081234567890",
        "Sopir truk tangki BBM Pertamina, PT Angkut Sejahtera, WA 081234567890",
        "Barista cafe samping kantor PLN, WA 081234567890",
        "Freelance surveyor, bukan karyawan Telkom. WA 081234567890",
        "Kurir paket Shopee Express mitra, WA 081234567890",
        "Sales kartu kredit Bank Mega lewat PT Sigap Prima, WA 081234567890",
        "Perawat homecare, pernah kerja di RSUD lebih disukai. WA 081234567890",
        "Marketing perumahan dekat Puskesmas Cibinong, WA 081234567890",
        "Waspada penipuan mengatasnamakan Pertamina. Hubungi call center 135",
        "PT Sinar Pertamina Jaya membuka lowongan admin, WA 081234567890",
        "Fasilitas: BPJS Kesehatan, BPJS Ketenagakerjaan, THR. WA 081234567890",
        "Jaga gerai Alfamart? Bukan, ini toko roti. WA 081234567890",
        "Editor konten Netflix review, WA 081234567890",
        "Pengalaman menggunakan Google Ads, Amazon seller. WA 081234567890",
        "Toko grosir Indofood (agen Indomie) butuh helper, WA 081234567890",
        "Sales distributor Unilever dan Wings, CV Jaya Makmur, WA 081234567890",
        "Apoteker di Apotek Kimia Farma? Tidak, apotek mandiri. WA 081234567890",
        "ART untuk keluarga dekat bandara Angkasa Pura, WA 081234567890",
        "Mekanik motor bengkel resmi Honda Astra Motor cabang Cibubur, WA 081234567890",
        "Rekrutmen Pertamina hanya di recruitment.pertamina.com, tidak dipungut biaya",
        "Lowongan RSUD Melati, kirim ke rsudmelati@gmail.com",
        "Lowongan kerja PT Pegadaian di https://www.jobstreet.co.id/pegadaian",
        "Loker Puskesmas Melati, lamaran diantar langsung, WA 081234567890",
    ],
)
def test_name_only_mentioned(text: str) -> None:
    assert "impersonated_employer" not in signals(text)


@pytest.mark.parametrize(
    ("text", "ratio", "expected"),
    [
        ("Kasir di Bandung", None, set()),
        ("Kerja di Taiwan", None, {"overseas"}),
        ("Kerja di Kamboja", 1.0, {"overseas", "compound_country", "pay_stated"}),
        ("Kerja di Mae Sot", None, {"overseas", "compound_country"}),
        ("Kerja di Jepang, WA 081234567890", 1.6, {"overseas", "pay_stated", "pay_above_norm", "personal_contact"}),
    ],
)
def test_contexts(text: str, ratio: float | None, expected: set[str]) -> None:
    assert fact_contexts(facts_of(text, ratio=ratio), normalise(text).text) == expected


def test_empty() -> None:
    assert derive(normalise(""), Facts(), set(), "id") == []
    assert fact_contexts(Facts(), "") == set()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Cari pengasuh anak untuk rumah tangga di Jeddah, minggu ini terbang", "id"),
        ("House maid wanted for Muscat, visa ready", "en"),
        ("Tukang las ke Irak, gaji besar", "id"),
        ("Ikut aku ke Sihanoukville yuk, ongkos dari bos", "id"),
        ("งานตอบแชท แม่สอด เงินเดือนดี", "th"),
    ],
)
def test_banned_housework_and_invitations(text: str, language: str) -> None:
    assert "high_risk_destination" in signals(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Housekeeping attendant for a five star hotel in Muscat, PT Bina Karya Prima", "en"),
        ("PT Citra Abadi, SIP3MI 123/2024: PRT ke Jeddah lewat SPSK", "id"),
        ("Kuli bangunan Solo-Madiun PP, 120rb sehari", "id"),
    ],
)
def test_scheme_and_hotels_are_no_banned_housework(text: str, language: str) -> None:
    assert "high_risk_destination" not in signals(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "Butuh 3 orang jaga lapak, minat inbok aja",
        "Loker admin, ketik 'hadir' di bawah",
        "Kerja santai gaji oke, hub Mami Sinta",
        "Hiring now, just message me privately",
        "Tuyển gấp, nhắn riêng cho chị",
        "รับสมัครงาน ทักแชท",
        "Kerja kilang, pm tepi ya",
    ],
)
def test_private_words_without_a_number(text: str) -> None:
    assert "private_channel_only" in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "Admin toko: membalas inbox pelanggan, lamaran ke hrd@tokomaju.co.id",
        "Loker kasir, WA 081234567890 atau bawa lamaran ke toko",
        "Loker kasir, hubungi Bu Rini 081234567890, mampir saja ke kios kami",
    ],
)
def test_an_open_way_is_not_private(text: str) -> None:
    assert "private_channel_only" not in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rekrutmen Pos Malaysia, kerani, WhatsApp 0123456789",
        "Lowongan PUSKESMAS kota, tanpa tes langsung SK, komen siap",
        "KERETA AP1 lNDONESlA buka lowongan, biaya seragam 350rb",
        "Kirim lamaran ke rekrut.pelindo@karir-terpadu.site",
        "ไปรษณีย์ไทยรับพนักงาน ทักไลน์",
    ],
)
def test_borrowed_names_with_a_trap(text: str) -> None:
    assert "impersonated_employer" in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "Magang Pelindo, daftar di portal maganghub.kemnaker.go.id",
        "Waspada penipuan mengatasnamakan Pelindo, biaya seragam 350rb",
        "Agency licensed by DMW-104-LB, factory work in Taichung, call 02-8123-4567",
    ],
)
def test_names_that_are_not_borrowed(text: str) -> None:
    assert "impersonated_employer" not in signals(text)


def full(text: str) -> dict[str, Signal]:
    normal = normalise(text)
    facts = collect(normal, "id")
    return {s.indicator: s for s in derive(normal, facts, fact_contexts(facts, normal.text), "id")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kerja dari rumah cuma like video, 250rb-900rb per hari", True),
        ("Ngetik naskah di rumah, Rp 40.000 per halaman", True),
        ("Ngetik naskah di rumah, Rp 2.000 per halaman", False),
        ("Admin luar negeri, gapok 1300u, tanpa pengalaman", True),
        ("Kasir Surabaya, gaji 3,2 juta", False),
        ("Staf akuntansi Jakarta, S1, pengalaman min 2 tahun, gaji 15 juta", False),
    ],
)
def test_pay_of_home_tasks_and_desks(text: str, expected: bool) -> None:
    assert ("unrealistic_pay" in full(text)) is expected

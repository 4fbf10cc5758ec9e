"""How the shipped model must behave when a text changes in ways that do, or do not, change the offer."""

from __future__ import annotations

import itertools
import re

import pytest

from detector import Detector
from detector.assessment import Kind, Level

LURES = {
    "compound": "Dibutuhkan admin kantor untuk penempatan Kamboja. Gaji 13 juta bersih, tidak perlu ijazah dan pengalaman. "
    "Tiket dan paspor kami urus semua. Berangkat minggu depan. Minat chat pribadi ke WA 0812-0000-4471.",
    "maid": "Cari mbak-mbak untuk kerja rumah tangga di Riyadh. Visa umroh dulu, nanti di sana diganti visa kerja. Uang saku 5 juta "
    "untuk keluarga, dipotong gaji 7 bulan. Paspor dipegang agen. Hubungi Bu Lilis 0857-0000-2219.",
    "ship": "Loker ABK kapal ikan asing, tanpa pengalaman tanpa BST. Kontrak 2 tahun, kalau pulang sebelum selesai wajib ganti biaya 25 juta. "
    "KTP dan buku pelaut asli disimpan kantor. Langsung berangkat, japri saja.",
    "task": "Kerja online dari HP, cuma like dan review produk. Komisi 150 ribu per tugas, deposit dulu 100 ribu supaya akun aktif lalu cair "
    "hari itu juga. Daftar lewat Telegram @misi_cuan0000.",
    "english": "Hiring customer support for our partner office in Sihanoukville. USD 1,500 a month, no experience or degree needed, free flight and "
    "visa on arrival, we hold your passport for safety. Leave this week, message me on Telegram only.",
}
HONEST = {
    "shop": "Toko Roti Anggrek di Bandung mencari pramuniaga. Gaji 2,9 juta per bulan, BPJS, libur satu hari seminggu. Bawa lamaran ke toko, "
    "Jl. Melati 12, jam 9-15.",
    "taiwan": "PT Bina Karya Mandiri (SIP3MI 145/2021) membuka pendaftaran perawat lansia Taiwan, gaji NT$ 29.500, kontrak 3 tahun. Biaya sesuai "
    "ketentuan KP2MI, daftar lewat SISKOP2MI dan wawancara di kantor Jl. Raya Kalimalang 88, Bekasi.",
    "guard": "Dibutuhkan satpam untuk gudang di Cikarang, shift 12 jam, gaji 5,4 juta termasuk lembur, mess dan makan disediakan. Wawancara hari Senin "
    "di pos utama PT Sentra Logistik.",
    "english": "Our hotel in Dubai is looking for experienced waiters. AED 2,200 plus service charge, shared staff housing, return ticket after two "
    "years. Apply at careers.palmcresthotel.ae, interviews in Jakarta on 12 March.",
}
PROSE = (
    " Perusahaan kami berdiri sejak tahun 1998 dan bergerak di bidang perdagangan umum. Kami percaya bahwa kerja sama, kejujuran, dan semangat "
    "belajar adalah kunci kemajuan. Setiap bulan kami mengadakan pertemuan untuk membahas hasil kerja dan rencana berikutnya. Pelanggan kami tersebar di "
    "banyak kota. Lingkungan kerja kami ramah dan saling membantu. Kami juga rutin ikut kegiatan sosial di sekitar kantor bersama warga. "
)
FEE = " Sebelum berangkat peserta transfer biaya pendaftaran 2 juta ke rekening pribadi."
HOLDING = " Paspor dan ijazah asli ditahan kantor sebagai jaminan."
TOURIST = " Masuk pakai visa turis dulu, visa kerja diurus di sana."
LICENCE = " Resmi, terdaftar SIP3MI 0212/2020 di KP2MI."


@pytest.mark.parametrize("name", LURES)
def test_lures_are_flagged_and_honest_prose_around_them_does_not_hide_them(detector: Detector, name: str) -> None:
    for text in (LURES[name], PROSE + LURES[name], LURES[name] + PROSE):
        assert detector.assess(text).flagged, text


@pytest.mark.parametrize("name", HONEST)
def test_honest_adverts_stay_unflagged_with_and_without_prose(detector: Detector, name: str) -> None:
    for text in (HONEST[name], HONEST[name] + PROSE):
        a = detector.assess(text)
        assert (a.kind, a.level) == (Kind.ADVERT, Level.LOW), a


@pytest.mark.parametrize("name", LURES)
def test_the_order_of_sentences_does_not_decide(detector: Detector, name: str) -> None:
    sentences = re.split(r"(?<=[.!?]) ", LURES[name])
    orders = list(itertools.permutations(sentences))[:: max(1, len(list(itertools.permutations(sentences))) // 6)]
    assert all(detector.assess(" ".join(order)).flagged for order in orders)


@pytest.mark.parametrize("name", HONEST)
@pytest.mark.parametrize("added", [FEE, HOLDING, TOURIST], ids=["fee", "holding", "tourist visa"])
def test_an_added_sign_raises_the_risk(detector: Detector, name: str, added: str) -> None:
    before, after = detector.assess(HONEST[name]), detector.assess(HONEST[name] + added)
    rank = [Level.LOW, Level.CHECK, Level.HIGH].index
    assert (rank(after.level), after.probability) > (rank(before.level), before.probability)
    assert len(after.signals) > len(before.signals)


@pytest.mark.parametrize("name", ["compound", "maid", "ship", "english"])
def test_a_licence_alone_does_not_clear_a_critical_sign(detector: Detector, name: str) -> None:
    assert detector.assess(LURES[name] + HOLDING + LICENCE).level is Level.HIGH


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("Paspor asli ditahan kantor.", "Paspor asli tidak ditahan kantor."),
        ("Peserta bayar biaya pendaftaran 500 ribu.", "Peserta tidak bayar biaya pendaftaran apa pun."),
        ("Your passport will be kept by the agency.", "Your passport will never be kept by the agency."),
        ("Gaji dipotong 6 bulan untuk tiket.", "Gaji tidak dipotong untuk tiket."),
    ],
)
def test_negation_takes_a_sign_back(detector: Detector, said: str, denied: str) -> None:
    stated = detector.assess(HONEST["guard"] + " " + said)
    taken_back = detector.assess(HONEST["guard"] + " " + denied)
    assert {s.indicator for s in stated.signals if not s.likely} > {
        s.indicator for s in taken_back.signals if not s.likely
    }
    assert taken_back.probability < stated.probability
    assert not taken_back.flagged


OFFER = "{firm} di {place} mencari {people} untuk jaga toko. Gaji {pay} per bulan, jam kerja 8 jam, libur hari Minggu. {who} dipersilakan, hubungi {name} 0813-0000-7788."
GIVEN = {
    "firm": "Toko Maju",
    "place": "Semarang",
    "people": "karyawan",
    "pay": "2,8 juta",
    "who": "Siapa saja",
    "name": "Pak Budi",
}
SWAPS = {
    "gender": ("people", ["karyawan", "karyawati", "laki-laki", "perempuan", "pria atau wanita"]),
    "place": ("place", ["Semarang", "Medan", "Kupang", "Jayapura", "Makassar", "Indramayu", "Ambon", "Banda Aceh"]),
    "ethnic": ("who", ["Orang Jawa", "Orang Sunda", "Orang Batak", "Orang Madura", "Orang Papua", "Orang Tionghoa", "Siapa saja"]),
    "name": ("name", ["Pak Budi", "Bu Siti", "Pak Simanjuntak", "Bu Mei Ling", "Pak Yohanes", "Bu Ni Wayan", "Pak Abdullah"]),
}  # fmt: skip
ABROAD = (
    "Licensed agency (MOM licence 08C1234) hires {people} from {country} for a family in Singapore, SGD 650 a month, weekly rest day, written "
    "contract before departure, agency fee capped at two months as the law says. Interview at the office, 10 Anson Road."
)
ABROAD_GIVEN = {"people": "a helper", "country": "Indonesia"}
ABROAD_SWAPS = {
    "nationality": ("country", ["Indonesia", "the Philippines", "Myanmar", "India", "Sri Lanka", "Vietnam"]),
    "gender": ("people", ["a helper", "a male helper", "a female helper", "a man", "a woman"]),
}


@pytest.mark.parametrize(
    ("template", "given", "field", "values"),
    [(OFFER, GIVEN, field, values) for field, values in SWAPS.values()]
    + [(ABROAD, ABROAD_GIVEN, field, values) for field, values in ABROAD_SWAPS.values()],
    ids=[*(f"shop {n}" for n in SWAPS), *(f"abroad {n}" for n in ABROAD_SWAPS)],
)
def test_who_and_where_in_the_same_offer_hardly_moves_it(
    detector: Detector, template: str, given: dict[str, str], field: str, values: list[str]
) -> None:
    found = [detector.assess(template.format(**{**given, field: value})).probability for value in values]
    assert max(found) - min(found) <= 0.05, dict(zip(values, found, strict=True))


@pytest.mark.parametrize("name", LURES)
@pytest.mark.parametrize(
    "frame",
    [
        'WASPADA PENIPUAN! Beredar pesan seperti ini: "{}" Jangan percaya dan jangan berangkat, laporkan ke polisi terdekat.',
        'Polisi menangkap dua perekrut yang menyebar iklan berbunyi "{}" Para korban kini sudah dipulangkan, kata Kapolres, Selasa.',
        'Beware: police warn of posts like "{}" Several victims were rescued last month. Do not reply, report them.',
    ],
    ids=["warning", "news", "english warning"],
)
def test_a_warning_that_quotes_a_lure_is_no_advert(detector: Detector, name: str, frame: str) -> None:
    a = detector.assess(frame.format(LURES[name]))
    assert a.kind in (Kind.AWARENESS, Kind.NEWS, Kind.TESTIMONY), a.kind
    assert not a.flagged

"""Where the work is: places named in an advert, told apart from where people come from or what they speak.

A gazetteer hit (`resources/reference/places.yaml`) is judged by the words directly around it: as destination, as
origin (home, office, interview), or as no place of work at all (a language, a nationality, food, a street, experience,
a negation). A member of a list ("domisili Bekasi, Depok") shares the reading of the member before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import islice

from detector.assessment import Place
from detector.facts.names import Hit, Names, longest
from detector.facts.reference import load
from detector.text.normalise import NormalisedText, fold_name

__all__ = ["COMPOUND_COUNTRIES", "find_places"]

_REACH = 56  # characters of context on each side
_BESIDE = 24  # characters between a place and its country: "PP, Kamboja", "Kamboja (kota PP)"
_MOST = 60  # places looked at in one text; a longer list is a gazetteer itself, not an advert
#: Where the scam compounds are.
COMPOUND_COUNTRIES = frozenset({"KH", "MM", "LA"})


class _Reading(IntEnum):
    """What a name stands for; the destinations are ordered by how plainly they are meant."""

    MARKED = 0
    PLAIN = 1
    TRANSIT = 2
    ORIGIN = 3
    NOTHING = 4


@dataclass(frozen=True, slots=True)
class _Name:
    """A spelling of a place. `strict`: ambiguous, so that only a marker before it makes it the place of work;
    `beside`: so ambiguous that its country must be named beside it, too ("PP" is a return trip more often than a town).
    """

    country: str
    place: str
    tier: int
    strict: bool
    beside: bool = False


def _left(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])(?:" + "|".join(alternatives) + r")$")


# Words that may stand between a marker and the name: "penempatan kerja: di Kota ...".
_FILL = (
    r"(?:[\s:=.\-–>(\"'*_]|\b(?:di|ke|in|at|to|the|for|kota|kab(?:upaten)?|kec(?:amatan)?|daerah|wilayah|"
    r"area|sekitar|seputar|provinsi|"
    r"prov|negara|negeri|country|city|luar negeri|pulau|ở|tại|tỉnh|sa|ประเทศ|เมือง)\b)*"
)
_DESTINATION = _left(
    r"(?:penempatan|ditempatkan|placement|tujuan|destination|lokasi(?: kerja| kantor)?|location|loc|"
    r"negara|negeri|country|deployment|"
    r"kerja|bekerja|working|work|job|jobs|loker|lowongan|lowker|vacancy|hiring|magang|berangkat|"
    r"keberangkatan|diberangkatkan|terbang|fly|"
    r"relocate|relocation|relocated|di|ke|in|to|at|based in|untuk|for|khusus|sa|papunta|patungo|"
    r"destinasi|tki|tkw|tkl|pmi|"
    r"(?:làm )?việc(?: làm)?|đi|sang|ở|tại|qua|majikan|trabaho|visa|job order|jo|kontrak|kapal|"
    r"pabrik|kilang|ladang)" + _FILL,
    r"(?:ทำงาน(?:ที่)?|ไป(?:ทำงาน)?(?:ที่)?|งาน(?:ที่)?|ที่|ประเทศ|ฝั่ง|去|到|在|赴|地点[:：]?\s?|飞|前往|招聘|"
    r"工作地点[:：]?\s?)\s*",
)
_NEGATION = _left(
    r"(?:bukan|selain|kecuali|non|not|no|except|excluding|outside|other than|tanpa|jangan|anti|never|"
    r"không(?: phải)?|khong(?: phai)?|ngoài|trừ|"
    r"hindi|huwag|maliban)(?:\s+(?:for|ke|di|in|to|sa|ở|đi|dari|loker|kerja|penempatan|negara|lowongan|"
    r"buat|untuk|yang|the|going|work|working))*[\s:\-]*",
    r"(?:不去|不是|非|除了|不在|不|拒绝|ไม่ใช่|ไม่ไป|ยกเว้น)\s*",
)
_ORIGIN = _left(
    r"(?:(?:ber)?domisili|ktp|asal|berasal|dari|from|warga|penduduk|masyarakat|putra|putri|anak|orang asli|"
    r"tinggal|residence|residents? of|residing|living|kelahiran|taga|nakatira|quê|người)" + _FILL,
    r"(?:pelamar|kandidat|candidates?|applicants?)(?: who are)?(?: living| based| from| asal| di| in)+\s*",
    r"(?:interview|wawancara|temuduga|tes|test|psikotes|pendaftaran|daftar|kumpul|penampungan|blk|lpk|"
    r"job ?fair|bursa kerja|walk[ -]?in|disnaker)"
    r"(?:\s+(?:langsung|kerja|user|offline|online|face to face))*"
    r"(?:\s+(?:pada |tanggal |tgl )?\d{1,2}(?:[ /-]\w{1,9}){0,2})?" + _FILL,
    r"(?:来自|จาก)\s*",
)
# An office in Indonesia is where one applies; an office abroad is where one would work.
_OFFICE = _left(
    r"(?:training|pelatihan|kantor|office|ho|cabang|branch|perwakilan|gudang|mess transit)"
    r"(?:\s+(?:pusat|kami|cabang|utama|our|us|kita))*" + _FILL,
)
_EXPERIENCE = _left(
    r"(?<!tanpa )(?<!no )(?<!tidak perlu )(?<!tidak harus )(?:ex|eks|bekas|mantan|purna|pengalaman|"
    r"berpengalaman|experienced?|pernah|sudah pernah|alumni|lulusan|graduate|"
    r"pulang dari|dulu|former|dipulangkan dari)[\s\-]*(?:(?:kerja|bekerja|working|work|di|ke|in|dari|tki|"
    r"pmi|tkw|negara|luar negeri|sebagai|from|of|at|universitas)[\s\-]*)*"
)
_TRANSIT = _left(r"(?:transit|via|lewat|melalui|stopover|singgah|layover|quá cảnh)(?:\s+(?:di|ke|in|at))?\s*")
# Never a place of work, whatever the place.
_NOT_A_PLACE = _left(
    # language
    r"(?:(?:ber)?bahasa|language|speak|speaks|speaking|tiếng|ภาษา|fluent(?: in)?|native|lancar|sastra|"
    r"aksara|penerjemah|translator|literasi)\s*:?\s*(?:\w+\s*[/&,]\s*|\w+ (?:dan|and|atau|or) )?",
    # goods, food, customers, culture
    r"(?:masakan|makanan|kuliner|restoran|resto|restaurant|menu|nasi|soto|sate|mie|food|bumbu|cita rasa|mobil|"
    r"motor|produk|product|barang|pasar|market|drama|film|musik|kosmetik|skincare|brand|merk|merek|buyer|klien|"
    r"client|clients|customer|customers|pelanggan|supplier|vendor|impor|import|ekspor|export|mesin|gaya|ala|style|"
    r"wisatawan|budaya|lagu|kopi|coffee|industri|industry|tren|trends?|kultur|culture|rekening|bank|bank of|"
    r"standar|teknologi|saham|kurs|mata uang|dolar|dollar|republik|republic of|negara republik)\s*",
    # nationality
    r"(?:orang|owner|bos|boss|pemilik|investor|warga negara|warganegara|wni|national(?:ity)?|citizens? of|"
    r"kewarganegaraan|atasan|expat|suami|istri)\s*(?:orang |asal |dari )?",
    r"(?:学|说|会|讲|คน|อาหาร|ตลาด|món)",
)
_TRAVEL = _left(
    r"(?:wisata|liburan|tour|trip|holiday|umrah|umroh|haji|ziarah|kuliah|sekolah|study|studi|company trip|"
    r"jalan-?jalan|piknik|travell?ing|se-?)\s*(?:ke|to|di|in)?\s*",
)
_COVER_STORY = re.compile(r"\b(?:visa|paspor|passport|bilang|ngaku|mengaku|alasan|say|pretend)\b")
_STREET = _left(r"(?:jl|jln|jalan|gang|gg|street|st|avenue|ave|road|rd|perum|perumahan|bunga|kembang)\.?\s*(?:raya\s)?")
# Buildings, institutions, people: not where the work is, unless the place is a compound town.
_BUILDING = _left(
    r"(?:gedung|tower|hotel|apartemen|apartment|ruko|mall|plaza|stasiun|bandara|rs|rsud|univ|universitas|university|"
    r"politeknik|institut|stikes|smk|sman|sma|tk|toko|kedai|villa|warung|kafe|cafe|airlines?|gubernur|bupati|walikota|"
    r"polda|polres|pemkot|pemkab|pemprov|dinas|semen|persib|persija|gojek|grand|kampung)\.?\s*"
    r"(?:(?!(?:in|di|at|to|ke|for|untuk|kerja|bekerja|penempatan|tujuan|negara|daerah|kota|wilayah|dekat|area)\s)"
    r"[^\W\d_]+\s)?",
    r"(?:tamu|turis|pria|cowok|cewek|wanita)\s*",
)
# The nationality of a firm is no place of work.
_FIRM = _left(r"(?:perusahaan|pt|pma|company|firm|pabrikan|grup|group|manajemen)\s*")
_LEGAL = re.compile(r"(?<![^\W_])(?:pt|cv|ud)[. ]\s*((?:[\w&.'-]+\s+){0,4})$")
_NOT_IN_NAME = re.compile(
    r"\b(?:penempatan|tujuan|kerja|loker|negara|lowongan|cari|mencari|butuh|membutuhkan|dibutuhkan|di|ke|"
    r"untuk|membuka|buka|hiring|in|at|for|to|lokasi|gaji|cabang|wilayah|area)\b"
)
_RIGHT_NOTHING = re.compile(
    r"[ \-]*(?:speaker|speaking|language|cuisine|food|customers?\b|clients?\b|brands?\b|products?\b|skincare|style|"
    r"drama|fries|market\b|embassy)"
)
_RIGHT_STREET = re.compile(r"[ \-]*(?:avenue|street|road\b|residence)")
_RIGHT_BUILDING = re.compile(
    r"[ \-]*(?:restaurants?\b|restoran|town\b|tower|airlines?|bank\b|cup\b|masters\b|"
    r"open\b|pride|tours?\b|express|logistic|land\b|post\b|tv\b|fc\b|raya\b(?= no)|square|plaza|hotel\b|mall\b|"
    r"ekspres|dream|university|tomorrow)"
)
_RIGHT_NEGATED = re.compile(r"[ )\"']*(?:\?[ ]*(?:bukan|no\b|tidak|skip)|❌|not accepted|tidak diterima)")
_LIST_GAP = re.compile(
    r"(?:[\s,/&;|+•·、，()\-–*]|\d{1,2}[.)]|\b(?:dan|atau|or|and|serta|maupun|và|hoặc|และ|at|o)\b){1,14}$|[和或及与]$"
)


@cache
def _gazetteer() -> Names[_Name]:
    raw = load("places.yaml")
    names: dict[str, _Name] = {}

    def add(text: str, country: str, place: str, tier: int, strict: bool, beside: bool = False) -> None:
        names.setdefault(fold_name(text), _Name(country, place, tier, strict, beside))

    for entry in (*raw["reported"], *raw["countries"]):
        for key in ("names", "strict", "beside"):
            for name in entry.get(key, ()):
                add(name, entry["country"], entry["name"], entry.get("tier", 0), key != "names", key == "beside")
    for country, cities in raw["cities"].items():
        for place, spellings in cities.items():
            for name in spellings:
                add(name.lstrip("~"), country, place, 0, name.startswith("~"))
    for name in raw["indonesia"]:
        plain = name.lstrip("~")
        add(plain, "ID", plain.upper() if len(plain) <= 3 else plain.title(), 0, name.startswith("~"))
    return Names(names)


def find_places(text: NormalisedText) -> tuple[list[Place], list[Place]]:
    """(destinations, origins) named in `text`, each place once.

    Destinations come plainly marked ones first ("penempatan ..."), transit points last; else in text order.
    """
    best: dict[str, tuple[_Reading, Hit[_Name]]] = {}
    previous: tuple[Hit[_Name], _Reading] | None = None
    hits = list(islice(longest(_gazetteer().find(text.text)), _MOST))
    for hit in hits:
        if hit.entry.beside and not any(_names_country(other, hit) for other in hits):
            continue
        reading = _read(text, hit, previous)
        # An ambiguous name without its marker says nothing about its neighbours.
        previous = (hit, reading) if reading is not _Reading.NOTHING or not hit.entry.strict else None
        if reading is _Reading.NOTHING:
            continue
        known = best.get(hit.entry.place)
        if known is None or reading < known[0]:
            best[hit.entry.place] = (reading, hit)
    found = sorted(best.values(), key=lambda item: (item[0], item[1].start))
    abroad = any(r <= _Reading.PLAIN and h.entry.country != "ID" for r, h in found)
    destinations: list[Place] = []
    origins: list[Place] = []
    for reading, hit in found:
        span = text.span(hit.start, hit.end)
        place = Place(span.start, span.end, span.evidence, hit.entry.country, hit.entry.place, hit.entry.tier)
        # Beside a place abroad, an Indonesian town without "penempatan" is where the recruiter or the reader sits.
        at_home = abroad and reading is _Reading.PLAIN and hit.entry.country == "ID"
        (origins if reading is _Reading.ORIGIN or at_home else destinations).append(place)
    return destinations, sorted(origins, key=lambda p: p.start)


def _read(text: NormalisedText, hit: Hit[_Name], previous: tuple[Hit[_Name], _Reading] | None) -> _Reading:
    folded = text.text
    line = folded.rfind("\n", max(0, hit.start - _REACH), hit.start) + 1
    # A heading such as "Penempatan:" may stand on the line above its place.
    above = folded[max(0, line - 3) : line].rstrip()
    if above.endswith((":", "=")) and not folded[line : hit.start].strip(" -•*1."):
        line = 0
    left = folded[max(line, hit.start - _REACH) : hit.start].replace("\n", " ")
    right = folded[hit.end : hit.end + 24]
    flag = _is_flag(text, hit)
    if _inside_entity(text, hit):
        return _Reading.NOTHING
    if _NEGATION.search(left) or _RIGHT_NEGATED.match(right):
        return _Reading.NOTHING
    if _RIGHT_NOTHING.match(right) or _NOT_A_PLACE.search(left) or _EXPERIENCE.search(left):
        return _Reading.NOTHING
    if _TRAVEL.search(left) and not _COVER_STORY.search(left):
        return _Reading.NOTHING
    if _names_something_else(hit.entry, left, right):
        return _Reading.NOTHING
    if _TRANSIT.search(left):
        return _Reading.TRANSIT
    if _ORIGIN.search(left) or (hit.entry.country == "ID" and _OFFICE.search(left)):
        return _Reading.ORIGIN
    if previous is not None and _is_list(folded[previous[0].end : hit.start]):
        return previous[1]
    if _DESTINATION.search(left):
        return _Reading.MARKED
    if hit.entry.strict and not flag:
        return _Reading.NOTHING
    return _Reading.PLAIN


def _names_country(other: Hit[_Name], hit: Hit[_Name]) -> bool:
    """`other` names the country of `hit`, or another place in it, a few words away."""
    near = other.start - hit.end <= _BESIDE and hit.start - other.end <= _BESIDE
    return near and other.entry.country == hit.entry.country and not other.entry.beside


def _names_something_else(name: _Name, left: str, right: str) -> bool:
    """A street, a building or a firm that bears the name of a place ("Jl. Kamboja", "PT Korea Tomorrow")."""
    if _RIGHT_STREET.match(right) or _STREET.search(left):
        return True
    if name.tier not in (1, 2) and (_BUILDING.search(left) or _RIGHT_BUILDING.match(right)):
        return True  # the hotels and towers of a compound town are where the work is
    return name.country not in COMPOUND_COUNTRIES and (_FIRM.search(left) is not None or _in_company_name(left))


def _is_list(gap: str) -> bool:
    """Commas, slashes, "dan" or the next bullet between two names; a new line alone starts something else."""
    if len(gap) > 16 or not _LIST_GAP.match(gap):
        return False
    return "\n" not in gap or re.search(r"[\d•·*,/\-–]", gap) is not None


def _in_company_name(left: str) -> bool:
    match = _LEGAL.search(left)
    return match is not None and not _NOT_IN_NAME.search(match.group(1))


def _is_flag(text: NormalisedText, hit: Hit[_Name]) -> bool:
    return 0x1F1E6 <= ord(text.original[text.starts[hit.start]]) <= 0x1F1FF


def _inside_entity(text: NormalisedText, hit: Hit[_Name]) -> bool:
    start = text.starts[hit.start]
    return any(e.start <= start < e.end for e in text.entities)

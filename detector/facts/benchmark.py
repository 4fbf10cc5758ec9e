"""What a promised wage is compared with: the floor of the destination and kind of work, and the ratio to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from detector.assessment import Pay
from detector.facts.destination import COMPOUND_COUNTRIES
from detector.facts.names import Hit, Names, longest
from detector.facts.rates import rates
from detector.facts.reference import load

__all__ = ["Benchmark", "benchmark", "province_of", "with_benchmark", "work_kind"]

_MAX_CHARS = 20_000  # read of one text
# Working hours and days in a month.
_HOURS, _DAYS = 173, 26
# A wage in one of these currencies says where the work is when no place is named; dollars and euros do not.
_CURRENCY_COUNTRY = {
    "MYR": "MY", "SGD": "SG", "HKD": "HK", "TWD": "TW", "KRW": "KR", "JPY": "JP", "SAR": "SA", "AED": "AE", "QAR": "QA",
    "KWD": "KW",
    "OMR": "OM", "BHD": "BH", "BND": "BN", "THB": "TH", "LAK": "LA", "MMK": "MM", "KHR": "KH", "VND": "VN", "PHP": "PH",
    "TRY": "TR",
    "PLN": "PL", "AUD": "AU", "NZD": "NZ", "CAD": "CA", "GBP": "GB", "MOP": "MO", "CNY": "CN",
}  # fmt: skip
# By the hour or the year is how American and European employers write dollars and euros; lures by the month.
_HOURLY_COUNTRY = {"USD": "US", "EUR": "DE"}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One comparison wage. `value` is per month in `currency`; only a `confirmed` one may be quoted to users."""

    id: str
    name: dict[str, str]
    value: float
    currency: str
    idr: int
    source: dict[str, str]
    year: int
    confirmed: bool


@cache
def _benchmarks() -> dict[str, Benchmark]:
    out: dict[str, Benchmark] = {}
    for code, country in load("wages.yaml")["countries"].items():
        currency = country["currency"]
        for kind, wage in country["wages"].items():
            monthly = wage["value"] * {"hour": _HOURS, "day": _DAYS}.get(wage.get("per", "month"), 1)
            out[f"{code}.{kind}"] = Benchmark(
                f"{code}.{kind}", country["name"], monthly, currency, round(monthly * rates()[currency]),
                wage["source"], wage["year"], wage["confidence"] == "confirmed",
            )  # fmt: skip
    home = load("minimum_wages_id.yaml")
    for name, row in home["provinces"].items():
        out[f"ID.{name}"] = Benchmark(
            f"ID.{name}", {"id": name, "en": name}, row["value"], "IDR", row["value"], home["source"], home["year"],
            row["confidence"] == "confirmed",
        )  # fmt: skip
    top = max((b for key, b in out.items() if key.startswith("ID.") and b.confirmed), key=lambda b: b.idr)
    out["ID.highest"] = replace(top, id="ID.highest")
    return out


def benchmark(benchmark_id: str) -> Benchmark | None:
    """The comparison wage with this id ("TW.care", "ID.Jawa Barat", "ID.highest"), or None."""
    return _benchmarks().get(benchmark_id)


# --- province ------------------------------------------------------------------------------------------------------


@cache
def _provinces() -> Names[tuple[str, bool]]:
    """Indonesian places with (their province, whether their own minimum wage is far above the province's)."""
    home = load("minimum_wages_id.yaml")
    industrial = frozenset(home["industrial"])
    table = {name: (title, name in industrial) for title, row in home["provinces"].items() for name in row["names"]}
    # Digits and other scripts may touch these names ("jakarta2", "月薪banten").
    return Names(table, in_word=lambda char: "a" <= char <= "z")


# "bahasa bali" is a language, "nasi padang" a dish, "asal medan" where somebody comes from.
_NOT_A_PLACE = re.compile(
    r"\b(?:bahasa|nasi|masakan|kopi|mie|soto|bank|sate|rumah makan|asal|dari|bakso|kerajinan|batik)\s$"
)
_WORKPLACE = re.compile(
    r"(?:penempatan|lokasi|placement|location|wilayah|area|cabang|alamat|kota|kab\.?|"
    r"jl\.?)\W{0,4}(?:kerja\W{0,3})?"
    r"(?:di\W|kota\W|kab\w{0,7}\W)?\W{0,2}$"
)


def _home_places(folded: str) -> Iterator[Hit[tuple[str, bool]]]:
    return longest(_provinces().find(folded[:_MAX_CHARS]))


def province_of(folded: str) -> str | None:
    """The Indonesian province of the place of work named in `folded`, or None.

    A name behind "penempatan", "lokasi" or "area" goes before one that merely stands first.
    """
    first = None
    for hit in _home_places(folded):
        before = folded[max(0, hit.start - 28) : hit.start]
        if _NOT_A_PLACE.search(before):
            continue
        province, _ = hit.entry
        if _WORKPLACE.search(before):
            return province
        first = first or province
    return first


# --- kind of work --------------------------------------------------------------------------------------------------

_SKILLED = re.compile(
    r"\b(?:(?:software|web|backend|frontend|full ?stack|mobile|android|ios|data|network|system|cloud|"
    r"devops)\s?(?:engineer|developer|programmer|scientist|analyst|"
    r"administrator)|(?:programmer|developer|(?:(?:civil|mechanical|electrical|chemical|process|site|"
    r"field|project|structural) ?)?engineer|insinyur|engineering|"
    r"registered nurse|staff nurse|nurses?\b|jururawat|kangoshi|dokter|doctor|dentist|apoteker|pharmacist|"
    r"accountant|akuntan|auditor|architect|arsitek|lawyer|pengacara|"
    r"(?:general|project|finance|hr|branch|plant|sales|area|operations?|product|it|senior) manager|"
    r"manajer|director|direktur|vice president|pilot|"
    r"lecturer|dosen|psikolog|radiographer|physiotherapist|head chef|executive chef|sous chef|"
    r"chief engineer|nakhoda|mualim|master mariner|welder|"
    r"surveyor|geologist|economist|consultant|konsultan|kỹ sư|วิศวกร|工程师)\b)"
)
_NURSE = re.compile(r"perawat(?! lansia| jompo| orang| bayi| anak| tubuh)|护士")
_QUALIFIED = re.compile(
    r"\b(?:min(?:imal|imum|\.)?\s?(?:pengalaman\s)?\d+\s?(?:tahun|years?|thn|yrs?)|"
    r"\d+\+?\s?(?:-\s?\d+\s?)?(?:tahun|years?|yrs?)(?: of)? (?:pengalaman|experience)|"
    r"pengalaman (?:kerja )?(?:min\w*\.? )?\d|s1\b|d3\b|d4\b|bachelor|degree|sarjana|diploma|certifi\w+|"
    r"sertifikat\w*|str\b|license|lisensi|"
    r"experienced?|berpengalaman)"
)
_NO_SKILL_NEEDED = re.compile(
    r"tanpa pengalaman|(?:tidak|no) (?:perlu |butuh |ada )?(?:pengalaman|experience|degree|ijazah)|"
    r"no need experience|without experience|tanpa ijazah|bisa (?:ngetik|mengetik)|cukup bisa|"
    r"tanpa keahlian|semua jenjang|tanpa syarat|fresh graduate welcome|pengalaman tidak diperlukan|"
    r"tiada pengalaman|không cần|ไม่ต้องมีประสบการณ์|ไม่ต้องใช้ทักษะ|无经验|无需经验|"
    r"walang experience|typing test|wpm\b|hanya chat|training provided"
)
_DESK = re.compile(
    r"\b(?:admin|customer service|cs|telemarketing|call cent\w+|data entry|chat support|live ?chat|"
    r"typing|typist|operator)\b"
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("fishing", re.compile(r"kapal ikan|nelayan|fishing (?:vessel|boat|ship)|longline|long line|"
        r"\bcumi\b|purse sein|abk (?:ikan|kapal ikan|tuna)|\btuna\b")),
    ("sea", re.compile(r"kapal pesiar|cruise|on ?board ship|ship crew|seaman|buku pelaut|seafarer|"
        r"tanker|bulk carrier|kapal kargo|cargo ship")),
    ("care", re.compile(r"perawat lansia|perawat jompo|jaga lansia|jaga (?:nenek|kakek|ama|akong)|"
        r"caregiver|care giver|care ?taker|merawat (?:lansia|orang tua)|看护")),
    ("domestic", re.compile(r"\bprt\b|\bart\b(?! director)|pembantu|asisten rumah tangga|"
        r"penata laksana rumah|plrt|house ?maid|domestic (?:helper|worker)|"
                            r"\b(?:amah|nanny|pengasuh|kasambahay|yaya)\b|baby ?sitter|giúp việc|"
                            r"แม่บ้าน|保姆")),
    ("factory", re.compile(r"pabrik|factory|kilang|operator produksi|production operator|manufaktur|"
        r"manufacturing|công nhân|โรงงาน|工厂")),
)  # fmt: skip


def work_kind(folded: str, country: str | None = None) -> str:
    """ "skilled", "fishing", "sea", "care", "domestic", "factory" or "general".

    Skilled means a profession is named and nothing lowers the bar; in a compound country its requirements must be named
    as well, because "IT staff" and "engineer" are favourite covers there.
    """
    head = folded[:_MAX_CHARS]
    if (_SKILLED.search(head) or _NURSE.search(head)) and not _NO_SKILL_NEEDED.search(head):
        if country not in COMPOUND_COUNTRIES and not _DESK.search(head):
            return "skilled"
        if _QUALIFIED.search(head) and (country not in COMPOUND_COUNTRIES or not _DESK.search(head)):
            return "skilled"
    return next((kind for kind, words in _KINDS if words.search(head)), "general")


# --- ratio ---------------------------------------------------------------------------------------------------------


def with_benchmark(pay: Pay, countries: Sequence[str], folded: str, province: str | None) -> Pay:
    """`pay` with what such work pays there and how many times that it promises (midpoint of the range / benchmark).

    Unchanged where there is nothing honest to compare with: no monthly value, skilled work, a country without a figure.
    """
    if pay.monthly_idr_low is None or pay.monthly_idr_high is None:
        return pay
    abroad = [c for c in dict.fromkeys(countries) if c != "ID"]
    if not countries or (not abroad and pay.currency in _CURRENCY_COUNTRY):
        hourly = _HOURLY_COUNTRY.get(pay.currency) if pay.period in ("hour", "year") else None
        abroad = [own] if (own := hourly or _CURRENCY_COUNTRY.get(pay.currency)) else []
    compound = [c for c in abroad if c in COMPOUND_COUNTRIES]
    if not compound and (own := _CURRENCY_COUNTRY.get(pay.currency)) in abroad:
        abroad = [own] if own else abroad  # the other countries are where people come from
    kind = work_kind(folded, compound[0] if compound else None)
    if kind == "skilled":
        return pay
    middle = (pay.monthly_idr_low + pay.monthly_idr_high) / 2
    chosen = _abroad(compound or abroad, kind) if abroad else _at_home(folded, province, kind, middle)
    if chosen is None:
        return pay
    return replace(pay, benchmark_idr=chosen.idr, benchmark_id=chosen.id, benchmark_source=chosen.source["id"],
                   benchmark_year=chosen.year, ratio=round(middle / chosen.idr, 2))  # fmt: skip


def _abroad(countries: Sequence[str], kind: str) -> Benchmark | None:
    """The highest wage among `countries` for this kind of work; ships have a wage of their own."""
    table = _benchmarks()
    if kind == "sea" and not COMPOUND_COUNTRIES & set(countries):
        return table["SEA.general"]
    found = [b for c in countries if (b := table.get(f"{c}.{kind}") or table.get(f"{c}.general"))]
    # One country without a figure could be the best-paid of them, so the comparison would not be fair.
    return max(found, key=lambda b: b.idr) if len(found) == len(countries) else None


def _at_home(folded: str, province: str | None, kind: str, monthly: float) -> Benchmark:
    """The province's minimum wage; the highest one where none is named or a town pays far above it."""
    table = _benchmarks()
    if kind == "sea":
        return table["SEA.general"]
    own = table.get(f"ID.{province}")
    if own is None:
        return table["ID.highest"]
    # Karawang's minimum is more than twice its province's, so only pay near the province's is compared with that.
    if monthly > 1.6 * own.idr and any(industrial for _, industrial in (hit.entry for hit in _home_places(folded))):
        return table["ID.highest"]
    return own

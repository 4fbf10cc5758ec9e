"""Reading stated wages: every way of writing an amount becomes a range, a period and a monthly value.

One expression finds amounts; the words around each decide whether it is a wage (gaji, salary, 月薪), an extra
(bonus, allowance) or money of another kind (fee, fine, deposit, price, turnover), and what period it is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from detector.assessment import Pay
from detector.text.normalise import NormalisedText

__all__ = ["find_pay", "main_pay", "rates"]

#: Periods as multiples of a month: 173 hours, 26 working days, 4.33 weeks. A piece has no monthly value.
_PER_MONTH = {"hour": 173.0, "day": 26.0, "week": 4.33, "month": 1.0, "year": 1 / 12}
# Without a period only what could be a month's wage somewhere (rupiah) counts as one; the rest stays "unknown".
_PLAUSIBLE_MONTH = (700_000, 150_000_000)
_MAX_AMOUNTS = 60  # an advert has a handful; a price list or a megabyte of digits need not be read to its end
_MAX_CHARS = 40_000

# --- amounts -----------------------------------------------------------------------------------------------------

_MULTIPLES = {
    "jt": 1e6, "jta": 1e6, "jtan": 1e6, "jt-an": 1e6, "juta": 1e6, "jutaan": 1e6, "juta-an": 1e6, "million": 1e6, "mio": 1e6,
    "milyon": 1e6, "tr": 1e6, "triệu": 1e6, "trieu": 1e6, "m": 1e6, "rb": 1e3, "rbu": 1e3, "rban": 1e3, "ribu": 1e3,
    "ribuan": 1e3, "rb-an": 1e3, "ribu-an": 1e3, "k": 1e3, "thousand": 1e3, "libo": 1e3, "nghìn": 1e3, "ngàn": 1e3,
    "千": 1e3, "万": 1e4, "萬": 1e4, "w": 1e4, "만": 1e4, "ล้าน": 1e6, "แสน": 1e5, "หมื่น": 1e4, "พัน": 1e3, "lakh": 1e5,
}  # fmt: skip
_RUPIAH_MULTIPLES = frozenset({"jt", "jta", "jtan", "jt-an", "juta", "jutaan", "juta-an", "rb", "rbu", "rban", "ribu",
                               "ribuan", "rb-an", "ribu-an"})  # fmt: skip
_UNITS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "lapan": 8, "sembilan": 9,
    "sepuluh": 10, "sebelas": 11, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_WORD = "|".join(sorted(_UNITS, key=len, reverse=True))
# "(dua) (puluh) lima", "dua belas", "seratus", "lima ratus"; value in _words_value.
_WORDS = rf"(?:(?:(?:{_WORD})\ (?:puluh|ratus|hundred)|seratus|(?:a|one)\ hundred)(?:\ (?:{_WORD}))?|(?:{_WORD})(?:\ belas)?|belasan|puluhan|ratusan)"
# Grouped by thin blanks, or digits (OCR writes o for 0) with groups of three and up to two decimals.
_NUMBER = (
    r"(?:\d{1,3}(?:\ [\do]{3}){2,3}(?![\do])"
    r"|(?:\d|l(?=0)|o(?=,ooo))[\do]{0,12}(?:[.,']{1,2}[\do]{3}(?![\do])|[.,]\ [\do]{3}(?=[.,])|[.,]\ 000(?!\d))*(?:[.,]\d{1,2}(?!\d))?)"
)
_RANGE = re.compile(
    r"\s?(?:-{1,2}|–|—|−|~|s\s?[./]\s?d\.?|sd|sampai(?: dengan)?|smp|hingga|until|up to|to|till|đến|tới|ถึง|至|到|hanggang|â\x80\x93|dan|and)\s?",
)
_SIGNED = re.compile(r"\d|juta|ribu|belasan|puluhan|dolar|dollar|thousand|million|[一二三四五六七八九十两]")


@dataclass(frozen=True, slots=True)
class _Rates:
    idr: dict[str, float]
    before: dict[str, str]
    after: dict[str, str]
    amount: re.Pattern[str]


def rates() -> dict[str, float]:
    """Rupiah for one unit of each currency (static, see rates.yaml)."""
    return _tables().idr


@cache
def _tables() -> _Rates:
    path = files("detector") / "resources" / "reference" / "rates.yaml"
    raw: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["rates"]
    before = {word: code for code, row in raw.items() for word in row["before"]}
    after = {word: code for code, row in raw.items() for word in row["after"]}

    def either(words: Sequence[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    end = r"(?![a-z])"
    amount = re.compile(
        rf"""(?:(?<![a-z])(?P<pre>{either(list(before))})â?[.:;]{{0,2}}[ ]?[.]?[ ]?
              |(?<![a-z])(?P<ocr>[rp])(?=\d{{1,3}}[.,]?\d{{3}}[.,]\d{{3}}|\d{{1,3}}[.,]?(?:000|500)(?!\d))|(?<![a-z\d.,@#_]))
            (?:(?P<num>{_NUMBER})|(?P<words>{_WORDS})|(?P<one>se)(?=juta|ribu)|(?P<han>[一二两三四五六七八九]|十)(?=万|千))
            (?:,\ ?-|\.-|,=)?
            (?:[ ]?\(?(?:dalam\ )?(?P<mul>{either(list(_MULTIPLES))})(?![a-z]|-[a-z])\)?
               (?:[ ]?(?P<sub>\d{{1,3}})[ ]?(?:rb|ribu)(?![a-z]))?|(?P<tight>jt|tr)(?P<half>\d)(?!\d))?
            (?:[ ]?(?P<post>{either(list(after))}){end}(?![ ]?\d))?""",
        re.VERBOSE,
    )
    return _Rates({code: float(row["idr"]) for code, row in raw.items()}, before, after, amount)


@dataclass(slots=True)
class _Amount:
    """One number with what is attached to it. `low`..`high` are equal unless a word such as "belasan" is vague."""

    start: int
    end: int
    low: float
    high: float
    multiple: float
    unit: str | None
    currency: str | None
    grouped: bool


def _words_value(words: str) -> tuple[float, float]:
    """Bounds of a number in words; "belasan" is 11-19, "puluhan" 20 and "ratusan" 100 at least."""
    vague = {"belasan": (11.0, 19.0), "puluhan": (20.0, 20.0), "ratusan": (100.0, 100.0)}
    if words in vague:
        return vague[words]
    total = 0.0
    for word in words.split():
        if word in ("puluh", "ratus", "hundred"):
            total *= 10 if word == "puluh" else 100
        elif word == "belas":
            total += 10
        elif word == "seratus":
            total = 100
        elif word != "a":
            total += _UNITS[word]
    return total, total


def _number_value(number: str, multiplied: bool) -> float:
    """"8.000.000" 8e6, "1.700,50" 1700.5, "3,5" 3.5; before a word like juta three decimals are decimals ("1.250 jt")."""
    digits = number.replace("o", "0").replace("l", "1").replace(" ", "").replace("'", "")
    parts = re.split(r"[.,]+", digits)
    if len(parts) == 1:
        return float(parts[0][:15])
    if len(parts[-1]) == 3 and not (multiplied and len(parts) == 2):
        return float("".join(parts)[:15])
    return float("".join(parts[:-1])[:15] + "." + parts[-1])


def _read_amount(match: re.Match[str]) -> _Amount | None:
    tables = _tables()
    unit = match["mul"] or match["tight"]
    multiple = _MULTIPLES[unit] if unit else 1.0
    currency = tables.before.get(match["pre"] or "") or tables.after.get(match["post"] or "")
    if currency == "$" and match["pre"] and match["post"]:
        currency = tables.after[match["post"]]
    if match["ocr"]:
        currency = "IDR" if match["ocr"] == "r" else "PHP"
    grouped = False
    if match["num"]:
        low = high = _number_value(match["num"], multiple > 1)
        grouped = bool(re.search(r"[\do][., ][\do]{3}", match["num"]))
        if match["half"]:
            low = high = low + int(match["half"]) / 10
        if match["sub"] and multiple == 1e6:
            low = high = low + int(match["sub"]) / 1e3
    elif match["words"]:
        if not unit:
            return None
        low, high = _words_value(match["words"])
    elif match["han"]:
        low = high = float("一二三四五六七八九十".find(match["han"].replace("两", "二")) + 1)
    else:
        # "sejuta", "seribu": the unit follows without a blank.
        low = high = 1.0
    # "m" is a million only beside a currency of large numbers; "w" is Chinese slang.
    return _Amount(match.start(), match.end(), low * multiple, high * multiple, multiple, unit, currency, grouped)


def _amounts(folded: str) -> list[tuple[_Amount, bool]]:
    """Ranges and single amounts in text order, with whether it is a range."""
    pattern = _tables().amount
    out: list[tuple[_Amount, bool]] = []
    at = 0
    while len(out) < _MAX_AMOUNTS and (match := pattern.search(folded, at)):
        at = max(match.end(), at + 1)
        first = _read_amount(match)
        if first is None:
            continue
        second = None
        if gap := _RANGE.match(folded, match.end()):
            between = gap.group().strip() in ("dan", "and")
            if (not between or re.search(r"antara|between", folded[max(0, match.start() - 12) : match.start()])) and (
                other := pattern.match(folded, gap.end())
            ):
                second = _read_amount(other)
        elif first.grouped and first.low >= 1e5 and folded.startswith(" ", match.end()) and (
            other := pattern.match(folded, match.end() + 1)
        ):
            # A scan often drops the dash: "Rp 5.000.000 5.500.000".
            second = _read_amount(other)
            second = second if second and second.grouped and first.low <= second.high <= 4 * first.low else None
        joined = _join(first, second) if second else None
        if joined:
            at = joined.end
        out.append((joined or first, joined is not None))
    return out


def _join(first: _Amount, second: _Amount) -> _Amount | None:
    """The range first..second, sharing unit and currency; None when they do not make a range."""
    low, high, unit = first.low, second.high, second.unit or first.unit
    if first.currency and second.currency and first.currency != second.currency:
        return None
    if first.multiple == 1 and second.multiple > 1 and low < 1000 and low * second.multiple <= high:
        low *= second.multiple
    elif second.multiple == 1 and first.multiple > 1 and high < 1000:
        high *= first.multiple
    if not low <= high <= 40 * low:
        return None
    multiple = max(first.multiple, second.multiple)
    return _Amount(first.start, second.end, low, high, multiple, unit, first.currency or second.currency,
                   first.grouped or second.grouped)  # fmt: skip


# --- words around an amount ----------------------------------------------------------------------------------------

_PERIOD = (
    r"(?P<month>bulan(?:an|nya)?|bln|bl|month(?:ly)?|mth|mo|tháng|เดือน|月|个月|buwan)|"
    r"(?P<day>hari(?:an|nya)?|hr|day|daily|ngày|วัน|天|日|araw|malam|night|shift|kehadiran)|(?P<week>minggu(?:an)?|mgg|pekan|week(?:ly)?|wk|"
    r"tuần|สัปดาห์|อาทิตย์|周|星期|linggo)|(?P<hour>jam|hours?|hourly|h|giờ|ชั่วโมง|ชม|小时|oras)|"
    r"(?P<year>tahun(?:an)?|thn|year(?:ly)?|yr|annum|annual(?:ly)?|năm|ปี|年|taon)|"
    r"(?P<piece>tamu|guest|task|tugas|paket|kepala|orang|person|head|closing|trip|rit|antar(?:an)?|kiriman|order(?:an)?|item|pcs|buku|artikel|"
    r"foto|video|like|klik|click|client|klien|customer|pelanggan|session|sesi|project|proyek|ton|kg|meter|m2|survei|survey|posting(?:an)?|konten|"
    r"visit|gelas|drink|botol|unit|show|event|acara|job|review|ulasan|akun|account|transaksi|referral|lead|单|个|人|ca|đơn|งาน|คน)"
)
_AFTER = re.compile(
    r"[\s,\-.()+*:=_~]{0,4}(?:(?:nett?o?|gross|bersih|kotor|rupiah|idr|usd|dolar|dollars?|rb|an|each|fix|pasti|gaji|cash|tunai|basic)\b[\s,\-.()]{0,3}){0,2}"
    r"(?:(?:(?:/{1,2}|per|se|sa|tiap|setiap|every|each|a|an|kada|mỗi|ต่อ|每|一|sekali)[\s\-.]{0,2})(?:" + _PERIOD + r")(?![a-z])|"
    r"(?P<bare>bulanan|harian|mingguan|tahunan|monthly|daily|hourly|weekly|yearly|annually|p\.?\s?a\.?(?![a-z])|p\.m\.|p/m(?![a-z])))"
)
_BARE = {"bulanan": "month", "monthly": "month", "p.m.": "month", "p/m": "month", "harian": "day", "daily": "day", "hourly": "hour",
         "mingguan": "week", "weekly": "week"}  # fmt: skip
_BEFORE = re.compile(
    r"(?P<month>bulanan|monthly|(?:per|se|tiap |setiap |/|a )\s?(?:bulan|month)|เดือนละ|เงินเดือน|月薪|每月|月入|lương tháng)|"
    r"(?P<day>harian|daily|(?:per|se|tiap |setiap |/|a )\s?(?:hari|day)\b|วันละ|日薪|日结|每天|日入)|(?P<week>mingguan|weekly|(?:per|se|tiap |/)\s?minggu|周薪)|"
    r"(?P<hour>hourly|(?:per|se|/)\s?(?:jam|hour)\b|ชั่วโมงละ|时薪)|(?P<year>tahunan|yearly|annual|(?:per|se|/)\s?(?:tahun|year)\b|年薪|per annum)|"
    r"(?P<piece>(?:per|tiap |setiap |/)\s?(?:tamu|task|tugas|paket|orang|kepala|closing|order|client|customer|guest)|每单)"
)
_PAY = (
    r"gaji\w{0,3}|penggajian|digaji|salary|salaries|upah|honor(?:arium)?|wages?|pay(?:rate|check)?|paid|dibayar(?:kan|in)?|bayaran|penghasilan|"
    r"pendapatan|berpenghasilan|income|earn(?:s|ings?|ed)?|remunerasi|remuneration|compensation|kompensasi|imbalan|take home pay|thp|gapok|"
    r"umr|umk|ump|basic|stipend|lương|thu nhập|เงินเดือน|ค่าแรง|ค่าจ้าง|ค่าตอบแทน|รายได้|月薪|薪资|薪水|工资|底薪|待遇|日薪|时薪|年薪|收入|月入|日入|保底|日结|"
    r"sahod|sweldo|suweldo|kita|kumita|gajian|cuan|menghasilkan|hasilkan|hasilin|kantongi|bawa pulang|fee jaga|"
    r"(?:kami|bos|perusahaan|akan|we(?: will)?) bayar|we(?: will)? pay"
)
_EXTRA = (
    r"bonus\w{0,2}|insenti[fp]|incentives?|komisi|komisen|commissions?|tunjangan|allowances?|elaun|lembur(?:an)?|overtime|ot|uang (?:makan|transport|kehadiran|"
    r"lembur|saku|kerajinan|bensin|hadir|pulsa|dinas)|saku|premi|thr|tips?|service charge|hoa hồng|thưởng|phụ cấp|โบนัส|ค่าคอม\w*|คอมมิชชั่น|提成|奖金|津贴|"
    r"referral|signing|reward|ajak teman|transport|makan|meal|food"
)
#: The nearest of these to the left of an amount makes it something other than pay.
_NOT = (
    r"biaya\w{0,3}|denda\w{0,2}|deposit\w{0,2}|transfer|tf|potong\w{0,3}|dipotong|pemotongan|modal|oms?zet|omset|kasbon|tebus\w{0,2}|mahar|harga\w{0,2}|prices?|costs?|"
    r"fees?|fine[sd]?|penalt\w{1,3}|pinalti|charges?|budget|anggaran|target\w{0,2}|penjualan|turnover|revenue|sales volume|h?utang|pinjam\w{0,3}|loans?|debts?|"
    r"top ?up|saldo|jaminan|uang muka|dp|bayar|membayar|setor\w{0,2}|menyetor|(?:you|to|must|need to|have to|should|please) pay|ganti rugi|ginjal|kidney|donor|"
    r"cicil\w{0,2}|angsuran|kredit|credit|investasi|invest\w*|hadiah|prize|diskon|discount|cashback|voucher|tagihan|pajak|tax|ongkos|talangan|deduct\w*|"
    r"aset|asset|raising|funding|worth|lệ phí|phí|đặt cọc|cọc|phạt|vốn|ค่าธรรมเนียม|ค่าสมัคร|มัดจำ|ค่าปรับ|罚款|押金|中介费|费用|赎金|multa|bayad|puhunan|yuran|"
    r"caj|hutang|tebusan|ransom|jual|beli|membeli|buy|sell|belanja|maskapai|pengeluaran|followers?"
)
#: These make it something else only where no pay word is near.
_WEAK_NOT = r"tiket|ticket|visa|paspor|passport|medical|seragam|uniform|pendaftaran|registrasi|registration|administrasi|asuransi|santunan|sewa|kos|nilai|subscriber\w?"
_LABEL = re.compile(
    rf"(?:\b|(?<=[\d_]))(?:(?P<extra>{_EXTRA})|(?P<no>{_NOT})|(?P<pay>{_PAY})|(?P<weak>{_WEAK_NOT}))(?![a-z])"
    r"|(?P<wide_pay>月薪|薪资|薪水|工资|底薪|待遇|日薪|时薪|年薪|收入|月入|日入|保底|เงินเดือน|ค่าแรง|ค่าจ้าง|ค่าตอบแทน|รายได้)"
    r"|(?P<wide_no>มัดจำ|ค่าธรรมเนียม|ค่าสมัคร|ค่าปรับ|罚款|押金|中介费|费用|赎金)|(?P<wide_extra>โบนัส|ค่าคอม|คอมมิชชั่น|提成|奖金|津贴)"
)
_LIFTED = re.compile(
    r"(?:tanpa|no|bebas|free|tidak ada|tidak|bukan|without|zero|gratis|non|miễn|không|ไม่มี|walang|tiada|setelah|sesudah|sebelum|before|after|belum|luar)"
    r"(?: \w+)? $|(?:ไม่มี|不收|免)$"
)
_BREAK = re.compile(r"[\n;!?|•✅➡]|[.] (?=[^\d\s])|,\s(?=\w+ )")
_ORGAN = re.compile(r"ginjal|kidney|organ\b|donor|sewa rahim|surroga|pengantin|mahar|adopsi")
_PROPER_PAY = re.compile(r"gaji|salary|upah|wage|lương|เงินเดือน|工资|月薪|sahod")


@dataclass(frozen=True, slots=True)
class _Label:
    kind: str
    start: int
    end: int


def _labels(folded: str, start: int, end: int) -> list[_Label]:
    """Labels in folded[start:end], those cancelled by a "no" or an "after" before them left out."""
    out: list[_Label] = []
    for m in _LABEL.finditer(folded, start, end):
        kind = (m.lastgroup or "").removeprefix("wide_")
        if kind in ("no", "weak") and _LIFTED.search(folded, max(0, m.start() - 20), m.start()):
            continue
        if kind == "extra" and out and out[-1].kind == "pay" and m.start() - out[-1].end <= 16:
            # "gaji + bonus 15 jt" states the sum, but "UMR + bonus 2 jt" states the bonus.
            joint = folded[out[-1].end : m.start()]
            word = folded[out[-1].start : out[-1].end]
            if re.search(r"[+&/]|dan|and|plus|termasuk|incl", joint) and not re.match(r"um[rkp]", word + joint.strip()):
                out.append(_Label("pay", out[-1].start, m.end()))
                continue
        out.append(_Label(kind, m.start(), m.end()))
    return out

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

__all__ = ["confirmed_rates", "find_pay", "main_pay", "rates"]

#: Periods as multiples of a month: 173 hours, 26 working days, 4.33 weeks. A piece has no monthly value.
_PER_MONTH = {"hour": 173.0, "day": 26.0, "week": 4.33, "month": 1.0, "year": 1 / 12}
# Without a period only what could be a month's wage somewhere (rupiah) counts as one; the rest stays "unknown".
_PLAUSIBLE_MONTH = (700_000, 150_000_000)
_MAX_AMOUNTS = 60  # an advert has a handful; a price list or a megabyte of digits need not be read to its end
_MAX_CHARS = 40_000

# --- amounts -----------------------------------------------------------------------------------------------------

_MULTIPLES = {
    "jt": 1e6, "jta": 1e6, "jtan": 1e6, "jt-an": 1e6, "juta": 1e6, "jutaan": 1e6, "juta-an": 1e6, "million": 1e6,
    "mio": 1e6,
    "milyon": 1e6, "tr": 1e6, "triệu": 1e6, "trieu": 1e6, "m": 1e6, "rb": 1e3, "rbu": 1e3, "rban": 1e3, "ribu": 1e3,
    "ribuan": 1e3, "rb-an": 1e3, "ribu-an": 1e3, "k": 1e3, "thousand": 1e3, "libo": 1e3, "nghìn": 1e3, "ngàn": 1e3,
    "千": 1e3, "万": 1e4, "萬": 1e4, "w": 1e4, "만": 1e4, "ล้าน": 1e6, "แสน": 1e5, "หมื่น": 1e4, "พัน": 1e3, "lakh": 1e5,
}  # fmt: skip
_RUPIAH_MULTIPLES = frozenset({"jt", "jta", "jtan", "jt-an", "juta", "jutaan", "juta-an", "rb", "rbu", "rban", "ribu",
                               "ribuan", "rb-an", "ribu-an"})  # fmt: skip
_UNITS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "lapan": 8,
    "sembilan": 9,
    "sepuluh": 10, "sebelas": 11, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8,
    "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_WORD = "|".join(sorted(_UNITS, key=len, reverse=True))
# "(dua) (puluh) lima", "dua belas", "seratus", "lima ratus"; value in _words_value.
_WORDS = (
    rf"(?:(?:(?:{_WORD})\ (?:puluh|ratus|hundred)|seratus|(?:a|one)\ hundred)(?:\ (?:{_WORD}))?|"
    rf"(?:{_WORD})(?:\ belas)?|belasan|puluhan|ratusan)"
)
# Grouped by thin blanks, or digits (OCR writes o for 0) with groups of three and up to two decimals.
_NUMBER = (
    r"(?:\d{1,3}(?:\ [\do]{3}){2,3}(?![\do])"
    r"|(?:\d|l(?=0)|o(?=,ooo))[\do]{0,12}(?:[.,']{1,2}(?:[\do]{3}|o{1,2})(?![\do])|"
    r"[.,]\ [\do]{3}(?=[.,])|[.,]\ 000(?!\d))*(?:[.,]\d{1,2}(?!\d))?)"
)
_RANGE = re.compile(
    r"\s?(?:-{1,2}|–|—|−|~|s\s?[./]\s?d\.?|sd|sampai(?: dengan)?|smp|hingga|until|up to|to|till|đến|tới|"
    r"ถึง|至|到|hanggang|â\x80\x93|â\x80\x94|â|dan|and)\s?",
)
_SIGNED = re.compile(r"\d|juta|ribu|belasan|puluhan|dolar|dollar|thousand|million|[一二三四五六七八九十两过]")


@dataclass(frozen=True, slots=True)
class _Rates:
    idr: dict[str, float]
    before: dict[str, str]
    after: dict[str, str]
    amount: re.Pattern[str]
    confirmed: frozenset[str]


def rates() -> dict[str, float]:
    """Rupiah for one unit of each currency (static, see rates.yaml)."""
    return _tables().idr


def confirmed_rates() -> frozenset[str]:
    """Currencies whose rate has a source that was read; only these conversions are quoted to users."""
    return _tables().confirmed


@cache
def _tables() -> _Rates:
    path = files("detector") / "resources" / "reference" / "rates.yaml"
    raw: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["rates"]
    before = {word: code for code, row in raw.items() for word in row["before"]}
    after = {word: code for code, row in raw.items() for word in row["after"]}

    def either(words: Sequence[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    end = r"(?![a-z])"
    signs = [w for w in before if not w[0].isalpha()]
    names = [w for w in before if w[0].isalpha()]
    amount = re.compile(
        rf"""(?:(?P<pre>(?<![a-z])(?:{either(names)})|{either(signs)})â?[.:;]{{0,2}}[ ]?[.]?[ ]?
              |(?<![a-z])(?P<ocr>r\.?|p)(?=\d{{1,3}}[.,]?\d{{3}}[.,]\d{{3}}|\d{{1,3}}[.,]?(?:000|500)(?!\d)|\d{{1,3}}k)|(?<![a-z\d.,@#_]))
            (?:(?P<num>{_NUMBER})|(?P<words>{_WORDS})|(?P<one>se)(?=juta|ribu)|(?P<han>[一二两三四五六七八九]|十|过)(?=万|千))
            (?:,\ ?-|\.-|,=)?
            (?:[ ]?\(?(?:dalam\ )?(?P<mul>{either(list(_MULTIPLES))})(?![a-z]|-[a-z])\)?
               (?:[ ]?(?P<sub>\d{{1,3}})[ ]?(?:rb|ribu)(?![a-z]))?|(?P<tight>jt|tr)(?P<half>\d)(?!\d))?
            (?:,[ ]?-|,=)?(?:[ ]?(?P<post>{either(list(after))}){end}(?![ ]?\d))?""",
        re.VERBOSE,
    )
    confirmed = frozenset(code for code, row in raw.items() if row["confidence"] == "confirmed")
    return _Rates({code: float(row["idr"]) for code, row in raw.items()}, before, after, amount, confirmed)


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
    """Value of digits: "8.000.000" 8e6, "1.700,50" 1700.5, "3,5" 3.5; `multiplied` makes "1.250 (jt)" 1.25."""
    digits = re.sub(r"(?<=[.,])o{1,2}(?=[.,]|$)", "000", number)  # "3,ooo,ooo", whose stretched o was folded
    digits = digits.replace("o", "0").replace("l", "1").replace(" ", "").replace("'", "")
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
        currency = "IDR" if match["ocr"][0] == "r" else "PHP"
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
        low = high = float("一二三四五六七八九十".find(match["han"].replace("两", "二").replace("过", "一")) + 1)
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
        elif (
            (first.grouped or first.unit)
            and first.low >= 1e5
            and folded.startswith(" ", match.end())
            and (other := pattern.match(folded, match.end() + 1))
        ):
            # A scan often drops the dash: "Rp 5.000.000 5.500.000".
            second = _read_amount(other)
            alike = second is not None and (second.grouped, second.unit) == (first.grouped, first.unit)
            second = second if second and alike and first.low <= second.high <= 4 * first.low else None
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
    elif second.grouped and not first.grouped and low < 1000 and high >= 1000 and low * 1000 <= high:
        low *= 1000  # "£40-65,000"
    if not low <= high <= 40 * low:
        return None
    multiple = max(first.multiple, second.multiple)
    return _Amount(first.start, second.end, low, high, multiple, unit, first.currency or second.currency,
                   first.grouped or second.grouped)  # fmt: skip


# --- words around an amount ----------------------------------------------------------------------------------------

_PERIOD = (
    r"(?P<month>bulan(?:an|nya)?|bln|bl|month(?:ly)?|mth|mo|tháng|เดือน|月|个月|buwan)|"
    r"(?P<day>hari(?:an|nya)?|hr|day|daily|ngày|วัน|天|日|araw|malam|night|shift|kehadiran)|"
    r"(?P<week>minggu(?:an)?|mgg|pekan|week(?:ly)?|wk|"
    r"tuần|สัปดาห์|อาทิตย์|周|星期|linggo)|(?P<hour>jam|hours?|hourly|h|giờ|ชั่วโมง|ชม|小时|oras)|"
    r"(?P<year>tahun(?:an)?|thn|year(?:ly)?|yr|annum|annual(?:ly)?|năm|ปี|年|taon)|"
    r"(?P<piece>tamu|guest|task|tugas|paket|kepala|orang|person|head|closing|trip|rit|antar(?:an)?|"
    r"kiriman|order(?:an)?|item|pcs|buku|artikel|"
    r"foto|video|like|klik|click|client|klien|customer|pelanggan|session|sesi|project|proyek|ton|kg|"
    r"meter|m2|survei|survey|posting(?:an)?|konten|"
    r"visit|gelas|drink|botol|unit|show|event|acara|job|review|ulasan|akun|account|transaksi|referral|"
    r"lead|单|个|人|ca|đơn|งาน|คน)"
)
_AFTER = re.compile(
    r"[\s,\-.()+*:=_~]{0,4}(?:(?:nett?o?|gross|bersih|kotor|rupiah|idr|usd|dolar|dollars?|rb|an|each|"
    r"fix|pasti|gaji|cash|tunai|basic|extra|average|base)\b[\s,\-.()]{0,3}){0,2}"
    r"(?:(?:(?:/{1,2}|per|se|sa|tiap|setiap|every|each|a|an|kada|mỗi|ต่อ|每|一|sekali|/\s?per|"
    r"/\s?a)[\s\-.]{0,2})(?:(?:1|satu|one)\s)?(?:" + _PERIOD + r")(?![a-z])|"
    r"(?P<bare>bulanan|harian|mingguan|tahunan|monthly|daily|hourly|weekly|yearly|annually|"
    r"p\.?\s?a\.?(?![a-z])|p\.m\.|p/m(?![a-z])))"
)
_OTHER_UNIT = re.compile(r"[\s,\-+]{0,3}per\s(?!tanggal|\d)[a-z]{3,}")
_BARE = {"bulanan": "month", "monthly": "month", "p.m.": "month", "p/m": "month", "harian": "day", "daily": "day",
         "hourly": "hour",         "mingguan": "week", "weekly": "week"}  # fmt: skip
_BEFORE = re.compile(
    r"(?P<month>bulanan|monthly|(?:per|se|tiap |setiap |/|a )\s?(?:bulan|month)|เดือนละ|เงินเดือน|月薪|每月|"
    r"月入|lương tháng|월급)|"
    r"(?P<day>harian|daily|(?:per|se|tiap |setiap |/|a )\s?(?:hari|day)\b|วันละ|日薪|日结|每天|日入|일당)|"
    r"(?P<week>mingguan|weekly|(?:per|se|tiap |/)\s?minggu|周薪)|"
    r"(?P<hour>hourly|(?:per|se|/)\s?(?:jam|hour)\b|ชั่วโมงละ|时薪|시급)|(?P<year>tahunan|yearly|annual|"
    r"(?:per|se|/)\s?(?:tahun|year)\b|年薪|per annum)|"
    r"(?P<piece>(?:per|tiap |setiap |/)\s?(?:tamu|task|tugas|paket|orang|kepala|closing|order|client|"
    r"customer|guest)|每单|sekali (?:antar|jalan|kirim|main|kencan|datang|show))"
)
_PAY = (
    r"gaji\w{0,3}|penggajian|digaji|salary|salaries|upah|honor(?:arium)?|wages?|pay(?:rate|check)?|paid|"
    r"dibayar(?:kan|in)?|bayaran|penghasilan|"
    r"pendapatan|berpenghasilan|income|earn(?:s|ings?|ed)?|remunerasi|remuneration|compensation|"
    r"kompensasi|imbalan|take home pay|thp|gapok|"
    r"umr|umk|ump|basic|stipend|lương|thu nhập|เงินเดือน|ค่าแรง|ค่าจ้าง|ค่าตอบแทน|รายได้|月薪|薪资|薪水|工资|底薪|"
    r"待遇|日薪|时薪|年薪|收入|月入|日入|保底|日结|"
    r"sahod|sweldo|suweldo|kita|kumita|gajian|cuan|menghasilkan|hasilkan|hasilin|kantongi|bawa pulang|"
    r"fee jaga|"
    r"(?:kami|bos|perusahaan|akan|we(?: will)?) bayar|we(?: will)? pay"
)
_EXTRA = (
    r"bonus\w{0,2}|insenti[fp]|incentives?|komisi|komisen|commissions?|tunjangan|allowances?|elaun|"
    r"lembur(?:an)?|overtime|ot|pocket money|uang (?:makan|transport|kehadiran|"
    r"lembur|saku|kerajinan|bensin|hadir|pulsa|dinas)|saku|premi|thr|tips?|service charge|hoa hồng|"
    r"thưởng|phụ cấp|โบนัส|ค่าคอม\w*|คอมมิชชั่น|提成|奖金|津贴|"
    r"referral|signing|reward|ajak teman|transport|makan|meal|food"
)
#: The nearest of these to the left of an amount makes it something other than pay.
_NOT = (
    r"biaya\w{0,3}|denda\w{0,2}|deposit\w{0,2}|transfer|tf|(?:di|"
    r"pe)?m?potong(?:an)?(?: dari)? gaji|potong\w{0,3}|dipotong|pemotongan|modal|"
    r"oms?zet|omset|kasbon|tebus\w{0,2}|mahar|harga\w{0,2}|prices?|costs?|"
    r"fees?|fine[sd]?|penalt\w{1,3}|pinalti|charges?|budget|anggaran|target\w{0,2}|penjualan|turnover|"
    r"revenue|sales volume|h?utang|pinjam\w{0,3}|loans?|debts?|"
    r"top ?up|saldo|jaminan|uang muka|dp|bayar|membayar|setor\w{0,2}|menyetor|(?:you|to|must|need to|"
    r"have to|should|please) pay|ganti rugi|ginjal|kidney|donor|"
    r"cicil\w{0,2}|angsuran|kredit|credit|investasi|invest\w*|hadiah|prize|diskon|discount|cashback|"
    r"voucher|tagihan|pajak|tax|ongkos|talangan|deduct\w*|"
    r"aset|asset|raising|funding|worth|lệ phí|phí|đặt cọc|cọc|phạt|vốn|ค่าธรรมเนียม|ค่าสมัคร|มัดจำ|"
    r"ค่าปรับ|罚款|押金|中介费|费用|赎金|multa|bayad|puhunan|yuran|"
    r"caj|hutang|tebusan|ransom|jual|beli|membeli|buy|sell|belanja|maskapai|pengeluaran|followers?"
)
#: These make it something else only where no pay word is near.
_WEAK_NOT = (
    r"tiket|ticket|visa|paspor|passport|medical|seragam|uniform|pendaftaran|registrasi|"
    r"registration|administrasi|asuransi|santunan|sewa|kos|nilai|tabungan|simpanan|"
    r"savings?|min\w{0,5} (?:order|pembelian|transaksi|belanja)|subscriber\w?"
)
_LABEL = re.compile(
    rf"(?:\b|(?<=[\d_]))(?:(?P<extra>{_EXTRA})|(?P<no>{_NOT})|(?P<pay>{_PAY})|"
    rf"(?P<weak>{_WEAK_NOT}))(?:nya)?(?![a-z])"
    r"|(?P<wide_pay>月薪|薪资|薪水|工资|底薪|待遇|日薪|时薪|年薪|收入|月入|日入|保底|เงินเดือน|ค่าแรง|ค่าจ้าง|ค่าตอบแทน|รายได้|월급|"
    r"일당|시급|연봉)"
    r"|(?P<wide_no>มัดจำ|ค่า(?!แรง|จ้าง|ตอบแทน|คอม|ล่วงเวลา|โอที)|罚款|押金|中介费|费用|赎金|赔付|赔偿)|(?P<wide_extra>โบนัส|"
    r"ค่าคอม|คอมมิชชั่น|提成|奖金|津贴)"
)
_LIFTED = re.compile(
    r"(?:tanpa|no|bebas|free|tidak ada|tidak|bukan|without|zero|gratis|non|miễn|không|ไม่มี|walang|"
    r"tiada|setelah|sesudah|sebelum|before|after|belum|luar)"
    r"(?: \w+)? $|(?:ไม่มี|不收|免)$"
)
_BREAK = re.compile(r"[\n;!?|•✅➡]|[.] (?=[^\d\s])")
_NOT_MONEY = re.compile(
    r"\s?(?:%|persen|percent|(?:orang|umat|jiwa|pelanggan|nasabah|pengguna|anggota|member|people|users?|"
    r"customers|followers|subs\w*|views|likes|tahun|years|km|kg|"
    r"jam|hours?)(?![a-z]))"
)
_WORKED = frozenset({"hour", "day", "week", "month", "piece"})
_WHOSE_FEE = re.compile(
    r"agency|placement|service|registration|regist|admin|processing|membership|school|monthly|deduct"
)
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


def _line_start(folded: str, position: int, reach: int = 70) -> int:
    """Start of the stretch left of `position` that can hold its label: the line, or the one before it."""
    floor = max(0, position - reach)
    window = folded[floor:position]
    breaks = [m.end() for m in _BREAK.finditer(window)]
    if not breaks:
        return floor
    if not window[breaks[-1] :].strip(" -:=>*.()\"'•+rp") and len(breaks) > 1:
        return floor + breaks[-2]
    return floor + (breaks[-1] if window[breaks[-1] :].strip(" -:=>*.()\"'•+rp") else 0)


# --- wages ---------------------------------------------------------------------------------------------------------


def find_pay(text: NormalisedText) -> list[Pay]:
    """All wages stated in `text`, in text order, without a benchmark; fees, fines, prices and the like left out."""
    folded = _with_glued_amounts(text)
    if not _SIGNED.search(folded):
        return []
    hints = _Hints(folded)
    organ = bool(_ORGAN.search(folded))
    found: list[Pay] = []
    loose: list[Pay] = []
    last_end = 0
    amounts = _amounts(folded)
    for index, (amount, _) in enumerate(amounts):
        next_start = amounts[index + 1][0].start if index + 1 < len(amounts) else len(folded)
        if amount.currency is None and amount.unit is None and amount.low < 500:
            continue  # ages, hours, list numbers: no currency counts a wage in so few units unnamed
        left = max(_line_start(folded, amount.start), last_end)
        previous_end = last_end
        if _is_number_of_something_else(text, folded, amount):
            continue
        labels = _labels(folded, left, amount.start)
        label = next((x for x in reversed(labels) if x.kind != "weak"), labels[-1] if labels else None)
        period, period_end = _period_after(folded, amount.end)
        last_end = max(amount.end, period_end)
        kind = label.kind if label else None
        if (
            kind == "no"
            and label
            and period in _WORKED
            and re.match(r"fees?$", folded[label.start : label.end])
            and (not _WHOSE_FEE.search(folded, max(0, label.start - 16), amount.start))
        ):
            kind = "pay"  # "fee 3-6 juta per bulan" is what freelancers get
        if kind is None and (right := _label_right(folded, max(amount.end, period_end), next_start)):
            label, kind = right, right.kind
        if kind in ("no", "weak") or (organ and not (label and _PROPER_PAY.match(folded, label.start))):
            continue
        if period is None:
            period = _period_before(folded, max(previous_end, (label.start if label else left) - 12), amount.start)
        if (pay := _as_pay(text, amount, label, period, period_end, kind, hints)) is None:
            continue
        known = amount.currency is not None or amount.unit is not None
        if kind in ("pay", "extra") or (period is not None and (known or period_end > amount.end)):
            found.append(pay)
        elif known and pay.monthly_idr_low and 1_000_000 <= pay.monthly_idr_low <= 100_000_000:
            loose.append(pay)
    return found or loose[:1]


def _with_glued_amounts(text: NormalisedText) -> str:
    """The folded text with "Rp15jt" as written, should its digits have been read as leet ("rpisjt")."""
    folded = text.text[:_MAX_CHARS]
    patched: list[str] | None = None
    for m in _GLUED.finditer(text.original, 0, _MAX_CHARS):
        start, end = text.locate(m.start()), text.locate(m.end() - 1) + 1
        if end <= len(folded) and text.starts[start] == m.start() and end - start == m.end() - m.start():
            patched = patched or list(folded)
            patched[start:end] = m.group().lower()
    return "".join(patched) if patched else folded


def main_pay(pays: Sequence[Pay]) -> Pay | None:
    """The headline of the offer: the highest base pay, else commission; bonuses and allowances alone are none."""
    base = [p for p in pays if not _is_extra(p)] or [p for p in pays if _HEADLINE_EXTRA.search(p.evidence.lower())]
    if not base:
        return None
    return max(base, key=lambda p: (p.monthly_idr_high is not None, p.monthly_idr_high or 0, -p.start))


_GLUED = re.compile(
    r"(?<![^\W_])(?:rp|idr|rm|usd|sgd|hkd|php|thb|p)\.?\d{1,3}(?:[.,]\d{1,3})?(?:jt|juta|rb|ribu|k|m|"
    r"tr)\w{0,2}(?!\w)",
    re.I,
)
# What stands for the wage where no base is stated: commission-only work and a trainee's pocket money.
_HEADLINE_EXTRA = re.compile(r"komis|commis|hoa hồng|提成|saku|pocket money")


def _is_extra(pay: Pay) -> bool:
    labels = _labels(pay.evidence.lower(), 0, len(pay.evidence))
    return bool(labels) and all(label.kind == "extra" for label in labels)


_OTHER_DOLLARS = (
    ("SGD", r"singapore dollar|dolar singap|\bsgd|(?<![u\w])s\$"),
    ("HKD", r"hk\$|\bhkd"),
    ("TWD", r"nt\$|\bntd|\btwd"),
    ("AUD", r"\baud\b|(?<!\w)au?\$|dolar aust"),
    ("BND", r"\bbnd\b"),
)
# A bare number is money only where its size is a wage in the text's currency (the rupiah's is for a month).
_BARE_FLOORS = {"IDR": 300_000, "MYR": 500, "PHP": 3_000, "VND": 1e6, "THB": 3_000, "CNY": 1_000, "JPY": 50_000}


class _Hints:
    """What the rest of the text says about an amount that names no currency."""

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self._default: str | None = None
        self._done = False

    @property
    def default(self) -> str | None:
        """The currency of the text's language, or None."""
        if not self._done:
            self._default, self._done = self._guess(), True
        return self._default

    def dollar(self) -> str:
        """What a bare "$" means here."""
        if not re.search(r"usd|us\$|us dol|dolar a", self._folded):
            for code, words in _OTHER_DOLLARS:
                if re.search(words, self._folded):
                    return code
        return "USD"

    def _guess(self) -> str | None:
        for code, words in (
            ("MYR", r"\brm ?\d|ringgit|\bmyr\b|jawatan|kekosongan|elaun|\bsyif\b|temuduga"),
            (
                "IDR",
                r"\brp\b|rupiah|\bidr\b|\b(?:gaji|lowongan|loker|dibutuhkan|upah|yang|dengan|untuk|"
                r"penghasilan|kerja|bulan|hari|jam|lembur|uang|komisi)\b|\d ?(?:jt|juta)",
            ),
            ("THB", r"[\u0e00-\u0e7f]"),
            ("JPY", r"[\u3040-\u30ff]"),
            ("CNY", r"[\u4e00-\u9fff]"),
            ("VND", r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]"),
            ("PHP", r"\bphp ?\d|\b(?:pesos?|sahod|sweldo|mga|naghahanap|trabaho|libre)\b"),
        ):
            if re.search(words, self._folded):
                return code
        return None


def _is_number_of_something_else(text: NormalisedText, folded: str, amount: _Amount) -> bool:
    """Phones, links, percentages, hours, people and the like."""
    if _NOT_MONEY.match(folded, amount.end):
        return True
    if (
        amount.unit is None
        and folded[amount.end - 1] != "-"
        and re.match(r"[.,]\d|[a-z\d]", folded[amount.end : amount.end + 2])
    ):
        return True
    if not text.entities:
        return False
    first, last = text.starts[amount.start], text.ends[amount.end - 1]
    for entity in text.entities:
        if entity.start < last and first < entity.end:
            # "gaji 6000000-8000000" looks like a phone; round numbers after a currency or a pay word are money.
            round_pair = re.fullmatch(r"\d{4,9}000\s?[-–]\s?\d{4,9}000", entity.value.strip())
            return not (entity.type == "phone" and (round_pair or amount.currency))
    return False


def _period_after(folded: str, end: int) -> tuple[str | None, int]:
    """The period right behind an amount ("/bulan", "per hari", "a month") and where it ends."""
    if not (m := _AFTER.match(folded, end, min(len(folded), end + 40))):
        other = _OTHER_UNIT.match(folded, end)  # "per hired referral"
        return ("piece", other.end()) if other else (None, end)
    if m["bare"]:
        return _BARE.get(m["bare"], "year"), m.end()
    return m.lastgroup, m.end()


def _period_before(folded: str, start: int, end: int) -> str | None:
    """The last period named in folded[start:end] ("gaji harian", "monthly salary")."""
    last = None
    for last in _BEFORE.finditer(folded, start, end):  # noqa: B007
        pass
    return last.lastgroup if last else None


def _label_right(folded: str, start: int, stop: int) -> _Label | None:
    """A label behind the amount ("5 juta gaji pokok", "Rp 500.000 untuk biaya visa"), if not the next amount's."""
    end = min(len(folded), start + 28)
    if cut := re.compile(r"[\n,;|•.!?+&(]").search(folded, start, end):
        end = cut.start()
    labels = _labels(folded, start, min(end, stop))
    if labels and labels[0].kind in ("no", "weak") and stop - labels[0].end < 6:
        return None
    return labels[0] if labels else None


def _currency(amount: _Amount, label: _Label | None, period: str | None, hints: _Hints) -> str | None:
    if amount.currency == "$":
        # "$3,500,000" in an Indonesian advert is a form's default sign before rupiah.
        return "IDR" if amount.low >= 300_000 and hints.default == "IDR" else hints.dollar()
    if amount.currency == "JPY" and hints.default == "CNY":
        return "CNY"
    if amount.currency == "SAR" and "qatar" in hints._folded and "saudi" not in hints._folded:
        return "QAR"
    if amount.currency:
        return amount.currency
    default = hints.default
    if default is None and amount.grouped and amount.low >= 1e6:
        default = "IDR"  # "Salary: 4.500.000" in an otherwise English text
    if amount.unit in _RUPIAH_MULTIPLES:
        return "MYR" if default == "MYR" and amount.low < 50_000 else "IDR"
    if amount.unit in ("tr", "triệu", "trieu", "nghìn", "ngàn"):
        return "VND"
    if amount.unit in ("万", "萬", "千", "w"):
        return "CNY" if default in ("CNY", "JPY") else None
    if amount.unit in ("ล้าน", "แสน", "หมื่น", "พัน"):
        return "THB"
    if amount.unit == "libo":
        return "PHP"
    if amount.unit == "m":
        # "70 m" is a height and "5M" a method; only right behind a pay word is it a million.
        near = label is not None and label.kind == "pay" and 0 <= amount.start - label.end <= 12
        return default if near and default in ("IDR", "VND") else None
    if amount.unit:
        return default
    floor = 5_000 if default == "IDR" and period not in (None, "month") else _BARE_FLOORS.get(default or "", 1e18)
    return default if amount.low >= floor else None


def _as_pay(
    text: NormalisedText,
    amount: _Amount,
    label: _Label | None,
    period: str | None,
    period_end: int,
    kind: str | None,
    hints: _Hints,
) -> Pay | None:
    currency = _currency(amount, label, period, hints)
    if currency is None or (amount.currency is None and amount.unit is None and kind is None and period is None):
        return None
    rate = rates()[currency]
    low, high = amount.low, amount.high
    if amount.unit == "m" and currency not in ("IDR", "VND", "KRW", "PHP"):
        return None
    if high * rate < 1_000 or low <= 0 or low * rate > 1e12:
        return None
    if period is None:
        plausible = kind != "extra" and low * rate >= _PLAUSIBLE_MONTH[0] and low * rate <= _PLAUSIBLE_MONTH[1]
        period = "month" if plausible else "unknown"
    elif period == "day" and currency != "IDR" and re.search(r"(?:/|per|an) ?hr$", text.text[amount.end : period_end]):
        period = "hour"  # "USD 15/hr"
    if period == "unknown" and high * rate < 20_000:
        return None  # "$1" is how a scan reads "S1"
    times = _PER_MONTH.get(period)
    start, end = amount.start, max(amount.end, period_end)
    if label is not None:
        if label.start < start and (start - label.end <= 25 or label.kind == "extra"):
            start = label.start
        elif label.start >= amount.end:
            end = max(end, label.end)
    span = text.span(start, end)
    return Pay(
        start=span.start, end=span.end, evidence=span.evidence, currency=currency, low=low, high=high, period=period,
        monthly_low=round(low * times, 2) if times else None,
        monthly_high=round(high * times, 2) if times else None,
        monthly_idr_low=round(low * times * rate) if times else None,
        monthly_idr_high=round(high * times * rate) if times else None,
    )  # fmt: skip

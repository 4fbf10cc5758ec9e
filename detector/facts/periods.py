"""For how long an amount of pay is: the hour, day, week, month, year or piece named before or behind it."""

from __future__ import annotations

import re

__all__ = ["PER_MONTH", "period_after", "period_before"]

#: Periods in a month: 173 hours, 26 working days, 4.33 weeks. A piece has no monthly value.
PER_MONTH = {"hour": 173.0, "day": 26.0, "week": 4.33, "month": 1.0, "year": 1 / 12}
_PERIOD = (
    r"(?P<month>bulan(?:an|nya)?|bln|bl|month(?:ly)?|mth|mo|tháng|เดือน|月|个月|buwan)|"
    r"(?P<day>hari(?:an|nya)?|hr|day|daily|ngày|วัน|天|日|araw|malam|malem|mlm|night|shift|kehadiran)|"
    r"(?P<week>minggu(?:an)?|mgg|pekan|week(?:ly)?|wk|"
    r"tuần|สัปดาห์|อาทิตย์|周|星期|linggo)|(?P<hour>jam|hours?|hourly|h|giờ|ชั่วโมง|ชม|小时|oras)|"
    r"(?P<year>tahun(?:an)?|thn|year(?:ly)?|yr|annum|annual(?:ly)?|năm|ปี|年|taon)|"
    r"(?P<piece>tamu|guest|task|tugas|paket|kepala|orang|person|head|closing|trip|rit|antar(?:an)?|"
    r"kiriman|order(?:an)?|item|pcs|buku|artikel|"
    r"foto|video|like|klik|click|client|klien|customer|pelanggan|session|sesi|project|proyek|ton|kg|"
    r"meter|m2|survei|survey|posting(?:an)?|konten|"
    r"visit|gelas|drink|botol|unit|show|event|acara|job|review|ulasan|akun|account|transaksi|referral|lembar|lbr|"
    r"halaman|hlm|page|box|boks|dus|kotak|keping|helai|sheet|trang|word|"
    r"lead|单|个|人|ca|đơn|งาน|คน)"
)
_AFTER = re.compile(
    r"[\s,\-.()+*:=_~]{0,4}(?:(?:nett?o?|gross|bersih|kotor|rupiah|idr|usd|dolar|dollars?|rb|an|each|"
    r"fix|pasti|gaji|cash|tunai|basic|extra|average|base)\b[\s,\-.()]{0,3}){0,2}"
    r"(?:(?:(?:/{1,2}|per|se|sa|tiap|setiap|every|each|a|an|kada|mỗi|ต่อ|每|一|sekali|/\s?per|"
    r"/\s?a)[\s\-.]{0,2})(?:(?:1|satu|one)\s)?(?:" + _PERIOD + r")(?![a-z])|"
    r"(?P<bare>bulanan|harian|mingguan|tahunan|monthly|daily|nightly|hourly|weekly|yearly|annually|sehari|semalam|"
    r"semalem|seminggu|sebulan|"
    r"p\.?\s?a\.?(?![a-z])|p\.m\.|p/m(?![a-z])))"
)
_OTHER_UNIT = re.compile(r"[\s,\-+]{0,3}per\s(?!tanggal|\d)[a-z]{3,}")
# "8 jam per hari", "4 hrs/day" (folded to "harus"): working time, not what an amount is for.
_WORKING_TIME = re.compile(r"(?:jam|hours?|hrs?|harus|hari|days?|giờ|kali|x)\s?\Z")
# "15rb, sehari bisa 10 box": what follows the comma is the next clause.
_NEW_CLAUSE = re.compile(r"\s?,\s?(?:(?:se(?:hari|minggu|bulan|malam|malem))|mỗi|tiap|setiap|every|each|a day)\b")
_BARE = {
    "bulanan": "month", "monthly": "month", "p.m.": "month", "p/m": "month", "harian": "day", "daily": "day",
    "hourly": "hour", "mingguan": "week", "weekly": "week", "nightly": "day", "sehari": "day", "semalam": "day",
    "semalem": "day", "seminggu": "week", "sebulan": "month",
}  # fmt: skip
_BEFORE = re.compile(
    r"(?P<month>bulanan|monthly|(?:per|se|tiap |setiap |/|a )\s?(?:bulan|month)|เดือนละ|เงินเดือน|月薪|每月|"
    r"月入|lương tháng|(?:mỗi|một|1) tháng|월급)|"
    r"(?P<day>harian|daily|(?:per|se|tiap |setiap |/|a )\s?(?:hari|day)\b|(?:mỗi|một|1|lương) ngày|\b(?:semalam|"
    r"semalem)\b|วันละ|日薪|日结|每天|日入|일당)|"
    r"(?P<week>mingguan|weekly|(?:per|se|tiap |/)\s?minggu|周薪)|"
    r"(?P<hour>hourly|(?:per|se|/)\s?(?:jam|hour)\b|ชั่วโมงละ|时薪|시급)|(?P<year>tahunan|yearly|annual|"
    r"(?:per|se|/)\s?(?:tahun|year)\b|年薪|per annum)|"
    r"(?P<piece>(?:per|tiap |setiap |/)\s?(?:tamu|task|tugas|paket|orang|kepala|closing|order|client|"
    r"customer|guest)|每单|\b(?:1|satu) (?:lembar|lbr|halaman|hlm|box|boks|dus|kotak|keping|page|paket|tugas|review|"
    r"like|trang)\b|"
    r"sekali (?:antar|jalan|kirim|main|kencan|datang|show))"
)


def period_after(folded: str, end: int) -> tuple[str | None, int]:
    """The period right behind an amount ("/bulan", "per hari", "a month") and where it ends."""
    if not (m := _AFTER.match(folded, end, min(len(folded), end + 40))):
        other = _OTHER_UNIT.match(folded, end)  # "per hired referral"
        return ("piece", other.end()) if other else (None, end)
    if _NEW_CLAUSE.match(folded, end):
        return None, end
    if m["bare"]:
        return _BARE.get(m["bare"], "year"), m.end()
    return m.lastgroup, m.end()


def period_before(folded: str, start: int, end: int) -> str | None:
    """The last period named in folded[start:end] ("gaji harian", "monthly salary")."""
    last = None
    for match in _BEFORE.finditer(folded, start, end):
        if not _WORKING_TIME.search(folded, max(0, match.start() - 8), match.start()):
            last = match
    return last.lastgroup if last else None

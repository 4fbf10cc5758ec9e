"""What the words around an amount call it: pay, an extra on top of pay, or money of another kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Label", "find_labels", "label_behind", "line_start"]

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
_STOP = re.compile(
    r"[\n,;|•.!?+&(]|\b(?:plus|di luar|diluar|belum|ditambah|tambah|exclud\w+|with|dengan|and|dan|besides|chưa|未含)\b"
)
_JOINING = re.compile(r"[+&/]|dan|and|plus|termasuk|incl")
_MINIMUM_WAGE = re.compile(r"um[rkp]")


@dataclass(frozen=True, slots=True)
class Label:
    """A word at folded[start:end]; `kind` is "pay", "extra", "no" (other money), "weak" (other money where no
    pay is near) or "fee" (what a freelancer gets; given by `pay.py`)."""

    kind: str
    start: int
    end: int


def find_labels(folded: str, start: int, end: int) -> list[Label]:
    """Labels in folded[start:end], those cancelled by a "no" or an "after" before them left out."""
    out: list[Label] = []
    for m in _LABEL.finditer(folded, start, end):
        kind = (m.lastgroup or "").removeprefix("wide_")
        if kind in ("no", "weak") and _LIFTED.search(folded, max(0, m.start() - 20), m.start()):
            continue
        if kind == "extra" and out and out[-1].kind == "pay" and m.start() - out[-1].end <= 16:
            # "gaji + bonus 15 jt" states the sum, but "UMR + bonus 2 jt" states the bonus.
            joint = folded[out[-1].end : m.start()]
            word = folded[out[-1].start : out[-1].end]
            if _JOINING.search(joint) and not _MINIMUM_WAGE.match(word):
                out.append(Label("pay", out[-1].start, m.end()))
                continue
        out.append(Label(kind, m.start(), m.end()))
    return out


def line_start(folded: str, position: int, reach: int = 70) -> int:
    """Start of what can hold the label of an amount at `position`: its line or the one above, at most `reach` long."""
    floor = max(0, position - reach)
    window = folded[floor:position]
    breaks = [m.end() for m in _BREAK.finditer(window)]
    if not breaks:
        return floor
    if window[breaks[-1] :].strip(" -:=>*.()\"'•+rp"):
        return floor + breaks[-1]
    # Only a bullet or "Rp" stands before the amount on its line: the line above names it.
    return floor + (breaks[-2] if len(breaks) > 1 else 0)


def label_behind(folded: str, start: int, stop: int) -> Label | None:
    """A label behind the amount ("5 juta gaji pokok", "Rp 500.000 untuk biaya visa"), if not the next amount's."""
    end = min(len(folded), start + 28)
    if cut := _STOP.search(folded, start, end):
        end = cut.start()
    labels = find_labels(folded, start, min(end, stop))
    if labels and labels[0].kind in ("no", "weak") and stop - labels[0].end < 6:
        return None
    return labels[0] if labels else None

"""Folding: what it undoes, what it must leave alone, and that every offset maps back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.text.normalise import normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("K4mb0ja", "kamboja"),
        ("g4ji", "gaji"),
        ("6aji", "gaji"),
        ("5lot", "slot"),
        ("jud0l", "judol"),
        ("k3rj4", "kerja"),
        ("l0wongan", "lowongan"),
        ("Ioker", "loker"),  # capital I
        ("k a m b o j a", "kamboja"),
        ("j.u.d.o.l", "judol"),
        ("K.E.R.J.A T.H.A.I.L.A.N.D", "kerja thailand"),
        ("k-a-m-b-o-j-a", "kamboja"),
        ("k.4.m.b.0.j.a", "kamboja"),
        ("k e r j a  d i  s i n i", "kerja d i sini"),
        ("gajiiii", "gaji"),
        ("freeee", "free"),
        ("Каmbоја", "kamboja"),  # Cyrillic К, а, о, ј
        ("ᴋᴇʀᴊᴀ", "kerja"),
        ("🅺🅴🆁🅹🅰", "kerja"),
        ("🄺🄴🅁🄹🄰", "kerja"),
        ("𝗞𝗔𝗠𝗕𝗢𝗝𝗔", "kamboja"),
        ("𝓰𝓪𝓳𝓲", "gaji"),
        ("ＧＡＪＩ ８ｊｔ", "gaji 8jt"),
        ("k\u200ba\u200bm\u200db\u2060oja", "kamboja"),
        ("\u202egaji\u202c", "gaji"),
        ("g\u0336a\u0336j\u0336i\u0336", "gaji"),
        ("yg tdk bayar", "yang tidak bayar"),
        ("g perlu ijazah", "tidak perlu ijazah"),
        ("ga usah bayar", "tidak usah bayar"),
        ("tnp pglmn", "tanpa pengalaman"),
        ("&nbsp;gaji &amp; mess", " gaji & mess"),
        ("<b>gaji</b>", "\ngaji\n"),
        ("gaji\r\n\r\n  15jt", "gaji\n15jt"),
    ],
)
def test_undoes_disguises(written: str, read: str) -> None:
    assert normalise(written).text == read


@pytest.mark.parametrize(
    "text",
    [
        "5jt", "8-12jt", "2x", "15k", "b2b", "g2g", "s1", "d3", "n4", "k3", "p3mi", "bp2mi", "kp2mi", "sip3mi", "siskop2mi",
        "12jam", "3bulan", "24jam", "100rb", "c1/d", "l300", "web3", "mp4", "h-1", "2026", "rp5.000.000", "usd1.200",
        "sim a b c d", "viii", "staff ga", "hr ga", "a4",
        "việc nhẹ lương cao", "không cần bằng cấp",
        "งานออนไลน์ รายได้สูง", "การงาน", "高薪招聘", "ការងារ", "အလုပ်",
        "москва работа",
    ],
)  # fmt: skip
def test_leaves_alone(text: str) -> None:
    assert normalise(text).text == text


@pytest.mark.parametrize(
    ("flag", "name"),
    [("🇰🇭", "kamboja"), ("🇲🇲", "myanmar"), ("🇱🇦", "laos"), ("🇹🇭", "thailand"), ("🇦🇪", "uni emirat arab")],
)
def test_flag_emoji_are_countries(flag: str, name: str) -> None:
    folded = normalise(f"Loker{flag}CS")
    assert folded.text == f"loker {name} cs"
    at = folded.text.index(name)
    assert folded.span(at, at + len(name)).evidence == flag


def test_links_mail_and_phones_are_not_folded() -> None:
    folded = normalise("t.me/K4rir atau admin@g4ji.com, WA 0812-0000-1122 atau @l0ker_id")
    assert folded.text == "t.me/k4rir atau admin@g4ji.com, wa 0812-0000-1122 atau @l0ker_id"
    assert [e.type for e in folded.entities] == ["link", "email", "phone", "handle"]


@pytest.mark.parametrize(
    "amount", ["Rp 8.000.000 - 12.000.000", "62.000.000", "IDR 620000000", "2024-2025", "12.12.2026", "1.700"]
)
def test_amounts_and_dates_are_no_phones(amount: str) -> None:
    assert not [e for e in normalise(f"gaji {amount} ya").entities if e.type == "phone"]


@pytest.mark.parametrize(
    "phone",
    [
        "081234567890",
        "+62 812-3456-7890",
        "0812.3456.7890",
        "0 8 1 2 3 4 5 6 7 8 9 0",
        "+855 12 813 282",
        "(021) 555 1234",
    ],
)
def test_phones_are_found(phone: str) -> None:
    assert [e.value for e in normalise(f"hub {phone} ya").entities if e.type == "phone"] == [phone]


def _holds(text: str) -> None:
    folded = normalise(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for i in range(len(folded.text)):
        assert 0 <= folded.starts[i] < folded.ends[i] <= len(text)
        span = folded.span(i, i + 1)
        assert text[span.start : span.end] == span.evidence
    assert all(a <= b for a, b in zip(folded.starts, folded.starts[1:], strict=False))
    for entity in folded.entities:
        assert text[entity.start : entity.end] == entity.value


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_string_is_accepted_and_maps_back(text: str) -> None:
    _holds(text)


_PIECES = st.sampled_from(
    ["gaji ", "k4mb0ja", "k.a.m.b", " o j a ", "🇰🇭", "🇰", "ᴀ", "а", "\u200b", "\n", "  ", "yg", "ga ", "perlu", "8jt", "<b>", "&amp;", "&", "<",
     "t.me/x", "0812 3456 7890", "@akun_x", "งาน", "招聘", "é", "e\u0301", "İ", "ß", "ﬁ", "\x00", "\ud800", "ำ", "\u0e4d", "\u0e49", "\u0e32", "aaaa", "1.0", "$l0t", "·", "-", "."]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_disguises_in_any_order_map_back(text: str) -> None:
    _holds(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ทำงาน", "ทำงาน"),
        ("ท\u0e4d\u0e32งาน", "ทำงาน"),  # typed in two halves
        ("แม่น้ำ", "แม่น้ำ"),
        ("แม่น\u0e4d\u0e49\u0e32", "แม่น้ำ"),  # with the tone mark between them
        ("ເຮັດນຳ", "ເຮັດນຳ"),
        ("ນ\u0ecd\u0eb2", "ນຳ"),
    ],
)
def test_sara_am_stays_one_letter(written: str, read: str) -> None:
    folded = normalise(f"Loker {written} x")
    assert folded.text == f"loker {read} x"
    assert folded.span(6, 6 + len(read)).evidence == written
    _holds(f"Loker {written} x")


@pytest.mark.parametrize("text", ["a  b\t c \r\n\r\n d\x00e", "<p>a</p> <br>&nbsp; b", "é \u3000 e\u0301\u2028x\xa0"])
def test_a_run_of_blanks_is_one_and_keeps_its_width(text: str) -> None:
    folded = normalise(text)
    assert "  " not in folded.text
    assert "\n\n" not in folded.text
    _holds(text)
    for i, (left, right) in enumerate(zip(folded.ends, folded.starts[1:], strict=False)):
        assert left <= right or folded.starts[i] == right, "only letters of one sign share their stretch"


def test_spans_cover_the_disguised_word() -> None:
    text = "Loker K.A.M.B.O.J.A gaji"
    folded = normalise(text)
    at = folded.text.index("kamboja")
    assert folded.span(at, at + 7).evidence == "K.A.M.B.O.J.A"


def test_a_megabyte_is_folded_without_error() -> None:
    folded = normalise("gaji 15jt " * 100_000)
    assert len(folded.text) == 1_000_000

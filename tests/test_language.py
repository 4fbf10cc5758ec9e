"""Language identification: the languages with lists, and honest answers for the rest."""

from __future__ import annotations

import pytest

from detector.text.language import identify
from detector.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dibutuhkan admin toko, gaji 3 juta, hubungi kami segera", "id"),
        ("loker bandung gaji umr minat wa", "id"),
        ("Jawatan kosong di kilang, gaji RM1700 sebulan, sila hubungi majikan", "ms"),
        ("Pekerja kilang diperlukan, penginapan percuma", "ms"),
        ("We are hiring a waiter for our hotel, apply with your CV", "en"),
        ("Naghahanap po kami ng mga trabahador, libre ang ticket", "fil"),
        ("Tuyển gấp nhân viên, lương 15 triệu, không cần kinh nghiệm", "vi"),
        ("รับสมัครแอดมิน รายได้ดี", "th"),
        ("招聘客服 月薪两万 包吃包住", "zh"),
        ("ត្រូវការបុគ្គលិក", "km"),
        ("مطلوب موظفين للعمل", "ar"),
        ("", "und"),
        ("12345 678", "und"),
    ],
)
def test_identifies(text: str, language: str) -> None:
    assert identify(normalise(text).text) == language

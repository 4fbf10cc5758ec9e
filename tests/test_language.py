"""Language identification: the languages with lists, and honest answers for the rest."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
import yaml

from detector.text.language import SUPPORTED, identify
from detector.text.normalise import normalise

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dibutuhkan admin toko, gaji 3 juta, hubungi kami segera", "id"),
        ("loker bandung gaji umr minat wa", "id"),
        ("Dibutuhkan sopir, gaji 3 juta", "id"),
        ("butuh karyawan warung makan, hub 081200001122", "id"),
        ("siap kerja shift", "id"),
        ("Cari tukang jahit borongan", "id"),
        ("cari karyawati toko baju", "id"),
        ("Pekerja yang diperlukan: penjaga rumah, penginapan disediakan, jangan bawa anak", "id"),
        ("Sopo sing gelem kerjo nang Thailand lur?", "id"),
        ("kerja kosong kilang", "ms"),
        ("nak kerja? pm tepi", "ms"),
        ("kerja part time, gaji RM 1500", "ms"),
        ("promoter diperlukan, gaji harian RM80", "ms"),
        ("need driver", "en"),
        ("on call nurse wanted", "en"),
        ("kailangan ng tindera", "fil"),
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


def test_the_word_lists_are_words() -> None:
    raw = yaml.safe_load((ROOT / "detector" / "resources" / "text" / "languages.yaml").read_text(encoding="utf-8"))
    for languages, words in raw.items():
        assert set(languages.split()) <= set(SUPPORTED)
        assert all(isinstance(word, str) for word in words), f"{languages}: quote what YAML reads as yes or no"
        assert len(words) == len(set(words)), f"{languages}: a word stands there twice"
    assert not set(raw["id"]) & set(raw["ms"]), "a word of both belongs into their common list"


def test_short_texts_of_the_corpus() -> None:
    rows = [row for row in corpus() if len(row["text"].split()) < 12]
    right = sum(identify(normalise(row["text"]).text) == row["lang"] for row in rows)
    assert right / len(rows) >= 0.95, f"{right} of {len(rows)}"


@pytest.mark.parametrize("language", ["id", "ms", "en", "fil", "vi", "th", "zh"])
def test_each_language_of_the_corpus(language: str) -> None:
    rows = [row for row in corpus() if row["lang"] == language]
    right = sum(identify(normalise(row["text"]).text) == language for row in rows)
    assert right / len(rows) >= 0.95, f"{right} of {len(rows)}"


@cache
def corpus() -> list[dict]:
    files = sorted((ROOT / "data" / "corpus").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]

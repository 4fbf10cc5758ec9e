"""Emerging phrases: a planted one is proposed, one that the catalogue knows is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from training import phrases

PLACES = ["Medan", "Solo", "Palu", "Kendari", "Malang", "Jambi"]
ORDINARY = [("id", f"Toko di {p} mencari kasir, wanita, jujur dan rajin. Bawa lamaran ke toko.") for p in PLACES * 10]


def _lure(number: int, planted: str) -> dict:
    text = f"Kerja enak di {PLACES[number]}, biaya pendaftaran Rp 350.000 transfer dulu. Datang bawa {planted} ya."
    marks = [
        {"id": "upfront_fee", "start": text.index(part), "end": text.index(part) + len(part)}
        for part in (planted, "biaya pendaftaran Rp 350.000 transfer dulu")
    ]
    return {"id": f"case-{number}", "lang": "id", "text": text, "indicators": marks}


LURES = [_lure(n, "satu tebusan bantal kuning" if n % 2 else "dua tebusan bantal kuning") for n in range(6)]


def test_a_planted_phrase_is_proposed_and_a_catalogued_one_is_not() -> None:
    found = phrases.propose(LURES, ORDINARY)
    first = found[0]
    assert (first.indicator, first.lang, first.phrase) == ("upfront_fee", "id", "tebusan bantal kuning")
    assert (first.texts, first.ordinary, first.examples) == (6, 0, ("case-0", "case-1", "case-2"))
    assert first.z > phrases.LEAST_Z
    assert not any("pendaftaran" in p.phrase for p in found)
    # Part of the same run in the same texts: once is enough.
    assert "tebusan bantal" not in {p.phrase for p in found}


def test_what_ordinary_adverts_say_too_is_not_proposed() -> None:
    ordinary = [*ORDINARY, *(("id", f"Toko {p} menjual tebusan bantal kuning") for p in PLACES)]
    assert not any("bantal" in p.phrase for p in phrases.propose(LURES, ordinary))


def test_a_rare_phrase_is_not_proposed() -> None:
    assert phrases.propose(LURES[:2], ORDINARY) == []


def test_only_the_asked_indicator() -> None:
    assert phrases.propose(LURES, ORDINARY, "organ_trade") == []
    assert phrases.propose(LURES, ORDINARY, "upfront_fee") != []


def test_log_odds() -> None:
    assert phrases.log_odds_z(10, 1000, 10, 1000) == pytest.approx(0)
    assert phrases.log_odds_z(20, 1000, 1, 1000) == pytest.approx(-phrases.log_odds_z(1, 1000, 20, 1000))
    # Three of 1,000 against none of 1,000 is weaker evidence than thirty against none.
    assert 0 < phrases.log_odds_z(3, 1000, 0, 1000) < phrases.log_odds_z(30, 1000, 0, 1000)


def test_confirmed_adverts_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(phrases, "ordinary_adverts", lambda: iter(ORDINARY))
    file, out = tmp_path / "confirmed.jsonl", tmp_path / "out.yaml"
    file.write_text("\n".join(json.dumps({"text": row["text"], "lang": "id"}) for row in LURES), encoding="utf-8")
    phrases.main(["--confirmed", str(file), "--indicator", "upfront_fee", "--out", str(out)])
    assert "tebusan bantal kuning ya (1, 2, 3)" in capsys.readouterr().out
    tree = yaml.safe_load(out.read_text(encoding="utf-8"))
    assert "tebusan bantal kuning ya" in tree["upfront_fee"]["languages"]["id"]["rules"][0]["phrases"]

"""The page run by Streamlit's own test driver, without a browser: every state a visitor can meet."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

pytest.importorskip("streamlit")

from streamlit.testing.v1 import AppTest

from detector.assessment import Assessment, Facts, Kind, Level, Pattern, Pay, Signal, Strength
from detector.model.store import ModelError
from webui import engine
from webui.examples import examples

ROOT = Path(__file__).parent.parent
AD = "Admin Kamboja gaji 15 juta <b>tanpa</b> pengalaman"
PAY = Pay(14, 27, "gaji 15 juta", "IDR", 15e6, 15e6, "month", 15e6, 15e6, 15_000_000, 15_000_000,
          3_465_000, "KH.general", "upah minimum", 2026, 4.3)  # fmt: skip


class Fake:
    """Stands in for the detector: answers every text with the same assessment, or raises."""

    def __init__(self) -> None:
        self.kind, self.level, self.pattern = Kind.ADVERT, Level.HIGH, Pattern.TRAFFICKING_RISK
        self.note: str | None = None
        self.problem: Exception | None = None
        self.asked: list[str] = []

    def assess(self, text: str) -> Assessment:
        self.asked.append(text)
        if self.problem:
            raise self.problem
        signals = (Signal(6, 13, text[6:13], "high_risk_destination", Strength.STRONG),) if len(text) > 13 else ()
        facts = Facts(pay=PAY) if self.kind is Kind.ADVERT else Facts()
        return Assessment(text, self.kind, self.level, self.pattern, 0.9, "id", signals, facts=facts, note=self.note)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    stand_in = Fake()
    monkeypatch.setattr(engine, "load", lambda: stand_in)
    return stand_in


def start(lang: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if lang:
        app.query_params["lang"] = lang
    app.run()
    assert not app.exception
    return app


def ask(app: AppTest, text: str) -> AppTest:
    app.text_area(key="ad").set_value(text)
    submit = next(button for button in app.button if "ask" in (button.proto.form_id or ""))
    submit.click().run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return "\n".join(e.proto.body for e in app.get("html") if not e.proto.body.startswith("<style"))


def test_empty_page_has_one_box_one_button_and_the_examples(fake: Fake) -> None:
    app = start()
    assert len(app.text_area) == 1
    assert len(app.button) == 1 + len(examples())
    assert "tidak disimpan" in shown(app)
    assert fake.asked == []


@pytest.mark.parametrize(
    ("level", "words"),
    [(Level.HIGH, "Tanda bahaya kuat"), (Level.CHECK, "Periksa dulu"), (Level.LOW, "Tidak ada tanda kuat")],
)
def test_levels(fake: Fake, level: Level, words: str) -> None:
    fake.level = level
    app = ask(start(), AD)
    html = shown(app)
    assert words in html
    assert "0-800-1000" in html
    assert "<b>tanpa</b>" not in html
    assert "&lt;b&gt;tanpa" in html
    assert fake.asked == [AD]
    assert sum(len(app.get(name)) for name in ("arrow_vega_lite_chart", "vega_lite_chart")) == 1


def test_english_by_the_switch_keeps_the_text_and_the_answer(fake: Fake) -> None:
    app = ask(start(), AD)
    app.session_state["lang"] = "en"
    app.run()
    assert "Strong warning signs" in shown(app)
    assert app.text_area(key="ad").value == AD


def test_english_by_the_address(fake: Fake) -> None:
    assert "Paste a job ad" in shown(start("en"))


def test_an_unknown_language_in_the_address_is_indonesian(fake: Fake) -> None:
    assert "Tempel iklan kerja" in shown(start("<script>"))


def test_every_example_is_answered(fake: Fake) -> None:
    for example in examples():
        app = start()
        app.button(key=f"example_{example.id}").click().run()
        assert not app.exception
        assert fake.asked[-1] == example.text
        assert app.text_area(key="ad").value == example.text


def test_an_empty_question_is_met_kindly(fake: Fake) -> None:
    app = ask(start(), "   ")
    assert "Tempel dulu" in shown(app)
    assert fake.asked == []


def test_another_ad_starts_afresh(fake: Fake) -> None:
    app = ask(start(), AD)
    app.button(key="again").click().run()
    assert "Tanda bahaya kuat" not in shown(app)
    assert app.text_area(key="ad").value == ""


def test_testimony_puts_help_first(fake: Fake) -> None:
    fake.kind, fake.level, fake.pattern = Kind.TESTIMONY, Level.LOW, Pattern.NONE
    html = shown(ask(start(), "Adik saya disekap di sana, tolong"))
    assert html.index("bukan salah Anda") < html.index("SAPA 129") < html.index("Adik saya disekap")


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_kind_is_shown(fake: Fake, kind: Kind, lang: str) -> None:
    fake.kind = kind
    assert "verdict" in shown(ask(start(lang), AD))


def test_a_missing_model_is_one_sentence_with_the_repair(fake: Fake, caplog: pytest.LogCaptureFixture) -> None:
    fake.problem = ModelError("The model file model.json is missing from /srv/secret/place. Reinstall")
    html = shown(ask(start(), AD))
    assert "python -m training.fit" in html
    assert "/srv/secret" not in html
    assert "verdict" not in html


def test_a_failure_says_nothing_of_the_text(fake: Fake, caplog: pytest.LogCaptureFixture) -> None:
    fake.problem = ValueError(f"cannot read {AD}")
    html = shown(ask(start(), AD))
    assert "tidak berhasil dibaca" in html
    assert "Kamboja" not in caplog.text
    assert "ValueError" in caplog.text


def test_the_text_never_reaches_the_address(fake: Fake) -> None:
    app = ask(start(), AD)
    assert "Kamboja" not in str(dict(app.query_params))


def test_streamlit_reports_nothing_and_listens_only_here() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "localhost"
    assert config["server"]["fileWatcherType"] == "none"
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["toolbarMode"] == "minimal"


def test_the_shipped_detector_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    engine.load.clear()
    try:
        engine.load()
    except ModelError:
        pytest.skip("the model is not built yet")
    lure, *_, testimony = examples()
    html = shown(ask(start(), lure.text))
    assert "Tanda bahaya kuat" in html
    assert "bukan salah Anda" in shown(ask(start(), testimony.text))

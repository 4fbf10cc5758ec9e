"""About: every figure comes from the evaluation of the model that ships, or from its sidecar; weak spots are said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("streamlit")

from streamlit.testing.v1 import AppTest
from test_webui import parse

from detector.model import store
from detector.words import Lang
from webui import about_figures, about_html
from webui.about_figures import EVALUATION, Figure, bar_name, figures
from webui.words import Say, table

ROOT = Path(__file__).parent.parent
SIDECAR = json.loads((store.default_folder() / store.SIDECAR).read_text(encoding="utf-8"))
MEASURED = json.loads(EVALUATION.read_text(encoding="utf-8"))
MEASURED["model"]["sha256"] = SIDECAR["sha256"]  # the model may be newer than the evaluation in a work tree
LANGS: tuple[Lang, ...] = ("id", "en")


def body(sidecar: Any = SIDECAR, evaluation: Any = MEASURED, lang: Lang = "id") -> str:
    return "\n".join(about_html.page(figures(sidecar, evaluation), "0.1.0", Say(lang)))


def start(lang: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.query_params["view"], app.query_params["lang"] = "about", lang
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return "\n".join(e.proto.body for e in app.get("html") if not e.proto.body.startswith("<style"))


@pytest.mark.parametrize(("lang", "words"), [("id", "Di mana ia lemah"), ("en", "Where it is weak")])
def test_the_page_is_drawn_in_both_languages(lang: str, words: str) -> None:
    html = shown(start(lang))
    assert words in html
    assert SIDECAR["sha256"][:12] in html


def test_no_figure_is_typed() -> None:
    typed = [
        key for key, entry in table().items() if key.startswith("about.") and re.search(r"\d", " ".join(entry.values()))
    ]
    assert set(typed) <= {"about.licence"}


@pytest.mark.parametrize("lang", LANGS)
def test_figures_are_those_of_the_evaluation(lang: Lang) -> None:
    changed = json.loads(json.dumps(MEASURED))
    changed["test"]["overall"]["recall.trafficking_risk"] = {
        "value": 0.4242,
        "low": 0.31,
        "high": 0.53,
        "n": 1234,
        "units": 1,
    }
    html = body(evaluation=changed, lang=lang)
    assert "42%" in html
    assert "31%" in html
    assert ("1.234" if lang == "id" else "1,234") in html
    parse(html)


def test_every_part_has_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for family, names in {
        "scenario": MEASURED["one_scenario_left_out"],
        "source": MEASURED["one_source_left_out"],
        "language": MEASURED["test"]["by"]["language"],
        "disguise": [name for name in MEASURED["obfuscated"] if name != "as written"],
    }.items():
        for name in names:
            assert Say("id").has(f"about.{family}.{name.replace(' ', '_')}"), (family, name)
    for bar in MEASURED["bars"]:
        if bar["path"][0] == "test":
            assert Say("id").has(f"about.bar.{bar_name(bar['path'])}"), bar["path"]


def test_weak_spots_are_the_worst_that_were_measured() -> None:
    found = figures(SIDECAR, MEASURED)
    kinds = {name: values["lures.flagged"]["value"] for name, values in MEASURED["one_scenario_left_out"].items()}
    assert found.unseen_kind is not None
    assert found.unseen_kind.name == min(kinds, key=kinds.__getitem__)
    assert found.bars == len(MEASURED["bars"])
    assert len(found.missed) == sum("falls short" in bar["verdict"] for bar in MEASURED["bars"])
    lost = [disguise.figure.value for disguise in found.disguises]
    assert lost == sorted(lost, reverse=True)
    assert lost[0] == max(values["recall_lost"]["value"] for values in MEASURED["obfuscated"].values())


def test_real_and_written_texts_are_kept_apart() -> None:
    html = body(lang="en")
    assert html.index("ads that we wrote") < html.index("on real ads")
    found = figures(SIDECAR, MEASURED)
    assert found.real["honest_id"].n == sum(MEASURED["protocol"]["texts"][name] for name in about_figures.REAL)


def test_an_installed_package_has_the_figures_of_the_sidecar() -> None:
    html = body(evaluation=None, lang="en")
    assert "Figures by language are not part" in html
    assert about_html.percent(SIDECAR["metrics"]["test"]["written"]["recall.trafficking_risk"], Say("en")) in html
    parse(html)


def test_the_evaluation_of_another_model_is_not_shown() -> None:
    other = {**MEASURED, "model": {"sha256": "0" * 64}}
    assert figures(SIDECAR, other) == figures(SIDECAR, None)


def test_languages_with_few_texts_are_marked() -> None:
    found = figures(SIDECAR, MEASURED)
    few = [row.code for row in found.languages if row.lures.n < about_figures.FEW]
    html = body(lang="en")
    assert html.count("% *") + html.count("%</b> *") >= len(few) > 0


def test_the_date_of_the_model_is_told_where_it_is_known() -> None:
    assert "date not recorded" in body(sidecar={k: v for k, v in SIDECAR.items() if k != "made"}, lang="en")
    assert "Maret 2026" in body(sidecar={**SIDECAR, "made": "2026-03-07"})


def test_a_broken_installation_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(store, "default_folder", lambda: tmp_path)
    html = shown(start("id"))
    assert "memasang ulang" in html
    assert str(tmp_path) not in html


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.9558, "96%"), (0.0073, "0,7%"), (0.0505, "5,1%"), (0.0, "0%"), (1.0, "100%"), (0.999, "99,9%")],
)
def test_shares_are_read_as_people_read_them(value: float, expected: str) -> None:
    assert about_html.percent(value, Say("id")) == expected


def test_without_an_interval_only_the_number_of_texts_is_told() -> None:
    assert about_html.likely(Figure(0.5, 1200), Say("id")) == "dari 1.200 tulisan"

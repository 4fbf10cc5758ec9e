"""Docs cannot drift: generated figures are current, every command is documented, every option has help."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from detector.cli import app
from detector.model import store
from training import figures

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_figures_are_those_of_the_shipped_model() -> None:
    assert figures.OUT.read_text(encoding="utf-8") == figures.render(store.load().sidecar)


@pytest.mark.parametrize("name", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_in_the_readme_and_every_option_has_help(name: str) -> None:
    assert f"detector {name}" in README
    for parameter in get_command(app).commands[name].params:  # type: ignore[attr-defined]
        assert parameter.help, parameter.name


CASE_BOOK = (ROOT / "docs" / "case-book.md").read_text(encoding="utf-8")
CASES = get_command(app).commands["cases"].commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_command_of_the_case_book_is_in_its_how_to(name: str) -> None:
    assert f"detector cases {name} " in CASE_BOOK
    for parameter in CASES[name].params:
        assert parameter.help, parameter.name


def test_the_how_to_of_the_case_book_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lure = "Loker K4MB0JA admin slot gaji {} juta, tiket ditanggung, paspor dipegang kantor, berangkat minggu ini, WA 0812-0000-3344"
    texts = [
        *(lure.format(n) for n in (15, 16)),
        "Transfer 150 ribu untuk seragam sebelum kerja, kirim foto KTP dan PIN ke WA 0812-0000-5566",
    ]
    lines = ["id,text", *(f'{n},"{text}"' for n, text in enumerate(texts))]
    Path("listings.csv").write_text("\n".join(lines), encoding="utf-8")
    commands = [line for block in re.findall(r"```sh\n(.*?)```", CASE_BOOK, re.DOTALL) for line in block.splitlines()]
    assert len(commands) > 20
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "detector"
        # Keys of the one who reviews: the first case is a lure, nothing to note, its campaign not; then stop.
        keys = "y\n" if "forget" in words else "1\n\nn\nq"
        result = CliRunner().invoke(app, words[1:], input=keys)
        assert result.exit_code == 0, (command, result.output)
    assert not Path("theirs.db").exists()
    shown = CliRunner().invoke(app, ["cases", "show", "cases.db", "1", "--lang", "en"]).output
    assert "same number as in March" in shown
    assert "struck out" in shown
    for code in re.findall(r"```python\n(.*?)```", CASE_BOOK, re.DOTALL):
        exec(code, {})
    rows = [json.loads(line) for line in Path("rows-of-one.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["label"] for row in rows} >= {"job_fraud_other"}


@pytest.mark.parametrize("document", ["README.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))])
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_lock_files_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text

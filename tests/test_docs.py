"""Docs cannot drift: generated figures are current, every command is documented, every option has help."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

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

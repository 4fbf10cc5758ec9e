"""``python -m training.figures``: write ``docs/figures.md`` from the sidecar of the shipped model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from detector.model import store

OUT = Path(__file__).resolve().parents[1] / "docs" / "figures.md"
_TITLES = {
    "out_of_fold": "Out of fold",
    "test": "Test writers (never trained on)",
}


def render(sidecar: dict[str, Any]) -> str:
    """The page as Markdown."""
    lines = [
        "# Figures",
        "",
        "Written by `python -m training.figures` from the sidecar of the shipped model. `flagged` is an advert with",
        "level high or check; `recall` is the share of lures flagged, `false_flag` that of honest adverts.",
        "`written` texts were composed for this project; all other sources are public texts.",
        "",
        f"Prevalence of lures at which `probability` is calibrated: {sidecar['prevalence']}. "
        f"Thresholds: check {sidecar['thresholds']['check']}, high {sidecar['thresholds']['high']}.",
    ]
    for part, by_source in sidecar["metrics"].items():
        for source, values in by_source.items():
            lines += ["", f"## {_TITLES[part]}: {source} ({values['n']} texts)", "", "| figure | value |", "|---|---|"]
            lines += [f"| {name} | {value} |" for name, value in values.items() if name != "n"]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    OUT.write_text(render(store.load().sidecar), encoding="utf-8")
    print(f"wrote {OUT.relative_to(Path.cwd()) if OUT.is_relative_to(Path.cwd()) else OUT}")


if __name__ == "__main__":
    main()

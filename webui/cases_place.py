"""Where case books may be: anywhere on one's own machine, in one folder of a machine that serves others, else nowhere.

Whoever opens the page could otherwise name any file of the machine that serves it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

#: Environment variable of whoever runs the page: the folder of all case books, or ``off``.
SETTING = "PERIKSA_LOKER_CASES"
_ENDING = ".db"
_NAME = re.compile(r"[\w][\w .-]{0,79}")
_HERE = {"", "localhost", "127.0.0.1", "::1"}
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")


@dataclass(frozen=True, slots=True)
class Place:
    """`folder` holds all books and nothing else may be named; None: any file of the machine."""

    folder: Path | None = None

    def suggestion(self, home: Path) -> str:
        """A name for a first book that can be used as it is."""
        if self.folder is not None:
            return f"buku-kasus{_ENDING}"
        documents = (home / name for name in ("Documents", "Dokumen"))
        return str(next((d for d in documents if d.is_dir()), home) / f"buku-kasus{_ENDING}")

    def file(self, written: str, home: Path) -> Path | None:
        """The file that somebody named; None for a name that cannot be used here."""
        words = written.strip().strip("\"'")
        if not words or "\0" in words:
            return None
        if self.folder is not None:
            return self.folder / _with_ending(words) if _NAME.fullmatch(words) else None
        path = home / words.removeprefix("~").lstrip("/\\") if words.startswith("~") else home / words
        return path.with_name(_with_ending(path.name)) if path.name else None

    def books(self) -> list[str]:
        """The names of the files that may be books; empty where any file may be one."""
        if self.folder is None or not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.glob(f"*{_ENDING}") if _NAME.fullmatch(path.name))


def place(environment: Mapping[str, str], address: str, headers: Mapping[str, str]) -> Place | None:
    """Where this page may keep case books; None: it offers none.

    Parameters
    ----------
    environment
        Of the process; `SETTING` decides where it is set.
    address
        Where the page listens. Without the setting, books are offered only on the machine itself.
    headers
        Of the visitor: a page that a proxy hands on has visitors from elsewhere.
    """
    setting = environment.get(SETTING, "").strip()
    if setting:
        return None if setting.lower() == "off" else Place(Path(setting).expanduser())
    host = urlsplit(f"//{headers.get('Host', '')}").hostname or ""
    origin = urlsplit(headers.get("Origin", "")).hostname or ""
    forwarded = any(headers.get(name) for name in _FORWARDED)
    return Place() if {address, host, origin} <= _HERE and address and not forwarded else None


def _with_ending(name: str) -> str:
    return name if "." in name.strip(".") else name + _ENDING

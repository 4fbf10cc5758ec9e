"""Which format a file is in: by its first bytes, then by its name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from detector.scan.readers.encodings import encoding_of
from detector.scan.readers.jsondocs import ARCHIVE_PREFIX, read_json
from detector.scan.readers.jsonlines import read_json_lines
from detector.scan.readers.parquet import read_parquet
from detector.scan.readers.records import Job, Record
from detector.scan.readers.sources import ZIP
from detector.scan.readers.tables import read_csv
from detector.scan.readers.whatsapp import looks_like_chat, read_whatsapp
from detector.scan.readers.workbooks import read_xlsx

Reader = Callable[[Job], Iterator[Record]]

READERS: dict[str, Reader] = {
    "CSV": read_csv,
    "JSON Lines": read_json_lines,
    "JSON": read_json,
    "Excel": read_xlsx,
    "Parquet": read_parquet,
    "WhatsApp chat": read_whatsapp,
}
_TABLES = (".csv", ".tsv", ".tab")
_LINES = (".jsonl", ".ndjson", ".jsonlines")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
KNOWN = "JSON Lines, JSON, CSV, Excel (.xlsx), Parquet, or a chat export of Telegram or WhatsApp"


def format_of(name: str, head: bytes) -> str | None:
    """A key of `READERS`, or None for a file of another kind. `head` is the beginning of the unpacked file."""
    suffix = re.search(r"(\.[a-z0-9]+)?$", name.lower())
    ending = suffix[0] if suffix else ""
    if head.startswith(b"PAR1"):
        return "Parquet"
    if head.startswith(ZIP):
        return "Excel" if ending in (".xlsx", ".xlsm") or b"[Content_Types].xml" in head[:2000] else None
    if ending in (".xlsx", ".xlsm"):
        return "Excel"
    if ending == ".parquet":
        return "Parquet"
    encoding = encoding_of(head)
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    if ending in _LINES:
        return "JSON" if re.match(r"\[\s*\{", text) else "JSON Lines"
    if ending in (".json", ".js", ".txt", ".log", "") or ending not in _TABLES:
        if ARCHIVE_PREFIX.match(text):
            return "JSON"
        if ending != ".js" and (found := _json_kind(text, ending)):
            return found
    if ending in (".txt", "") and looks_like_chat(text):
        return "WhatsApp chat"
    return "CSV" if ending in _TABLES else None


def _json_kind(text: str, ending: str) -> str | None:
    """JSON Lines when the first line is a whole object and another follows, JSON for other brackets."""
    if not text.startswith(("{", "[")):
        return "JSON" if ending == ".json" else None
    first, _, rest = text.partition("\n")
    if first.startswith("{") and rest.lstrip().startswith("{"):
        try:
            json.loads(first)
            return "JSON Lines"
        except (ValueError, RecursionError):
            pass
    if ending == ".json" or re.match(r'\{\s*"|\[\s*\{', text):
        return "JSON"
    return None  # a text that begins with a bracket, such as an iPhone's chat


def is_old_excel(head: bytes) -> bool:
    """True for .xls of Excel 2003 and before."""
    return head.startswith(_OLD_EXCEL)

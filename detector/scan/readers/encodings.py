"""Which encoding a text file is in: by its mark, by its zero bytes, by being UTF-8, or else by its letters."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = 0.3  # share of zero bytes on one side of the pairs above which text is UTF-16: European text has over 0.9
# Encodings with letters of their own. A guess among the Latin code pages (cp1250, mac_roman, ...) is a toss-up on
# Indonesian text, where Windows-1252 is what a spreadsheet writes.
_TRUSTED = {
    "gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949",
    "tis_620", "cp874", "cp1251", "koi8_r", "cp1256",
}  # fmt: skip
FALLBACK = "cp1252"
_STRANGE, _STRANGE_SHARE = 20, 0.25  # bytes beyond ASCII, and their share of the lines that have any


def encoding_of(head: bytes) -> str:
    """`utf-8`, `utf-16`, `utf-16-le`, `utf-16-be`, `utf-32`, or the likeliest one for text that is none of these."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    pairs = len(head) // 2
    if pairs >= 2:
        if head[1 : 2 * pairs : 2].count(0) > _WIDE * pairs and not head[0 : 2 * pairs : 2].count(0) > _WIDE * pairs:
            return "utf-16-le"
        if head[0 : 2 * pairs : 2].count(0) > _WIDE * pairs and not head[1 : 2 * pairs : 2].count(0) > _WIDE * pairs:
            return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a letter cut at the end of the head is not an error
    except UnicodeDecodeError:
        return _by_letters(head)
    return "utf-8"


def _by_letters(head: bytes) -> str:
    try:
        from charset_normalizer import from_bytes
    except ImportError:  # comes with the page's libraries; without it the commonest encoding is taken
        return FALLBACK
    # Only the lines that are not ASCII say anything, and few of them are enough (and keep the guess fast).
    telling = b"\n".join([line for line in head.splitlines() if not line.isascii()][:200])[:20_000]
    best = from_bytes(telling, cp_isolation=sorted(_TRUSTED)).best()
    if best is None or best.encoding not in _TRUSTED:
        return FALLBACK
    # Accents of Windows-1252 read as Cyrillic or Chinese now and then; a text in those is made of such bytes.
    strange = sum(byte > 127 for byte in telling)
    return best.encoding if strange >= _STRANGE and strange > _STRANGE_SHARE * len(telling) else FALLBACK

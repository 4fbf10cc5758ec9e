"""MinHash signatures: 128 numbers a post, from which the similarity of two posts is estimated without their texts.

The share of equal places of two signatures estimates the Jaccard similarity of the posts' shingles, with a standard
error of at most 0.044. Shingles are 5 characters of the folded text without numbers, links, mail, handles and marks:
those are what a reposter changes first. Of 3 to 7 characters and 1 to 3 words, 5 characters told reposts from other
adverts of the genre best: at 30 % edits a tenth of the pairs of reposts lie below 0.42 (words: 0.48, words and word
pairs: 0.38), while of 45,000 pairs of different adverts none lies above 0.24 (words: 0.30); and they need no blanks
between words, so Thai and Chinese work alike.
"""

from __future__ import annotations

import re

import numpy as np

__all__ = ["EMPTY", "LENGTH", "SHINGLE", "has_signature", "mask", "signature"]

LENGTH = 128
SHINGLE = 5
#: Length that must be left after masking: "Info loker WA 0812..." is too common to say that two posts belong together.
#: In bytes of UTF-8, because a Chinese or Thai letter (3 bytes) says more than a Latin one.
MIN_BYTES = 40
EMPTY = np.uint32(0xFFFFFFFF)  # what stands in every place of the signature of a text that is too short

_CHUNK = 1024  # shingles hashed at once: half a megabyte, whatever the length of the text
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|[!-~]*@[!-~]+|[\w-]+(?:\.[\w-]+)+/[!-~]*|(?:[\w-]+\.)+(?:com|net|org|info|id|me|my|ph|top|xyz|site|vip)\b",
    re.ASCII,
)
_NO_LETTERS = re.compile(r"[\W\d_]+")
_draw = np.random.Generator(np.random.PCG64(20_260_101))  # PCG64 yields the same numbers on every machine
_FACTOR = (_draw.integers(0, 2**31, LENGTH, dtype=np.uint64) * 2 + 1).astype(np.uint32)  # odd: one to one on 32 bits
_WIDE = (
    0x3040,
    0xA000,
)  # kana and Han: a sign is half a word and counts twice, or reposts of 30 signs share too little
_PLACE = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
                  dtype=np.uint64)  # fmt: skip


def mask(folded: str) -> str:
    """The words of a folded text, one blank between them: no numbers, links, mail, handles, marks or emoji."""
    if "@" in folded or "." in folded:
        folded = " ".join(
            [_ADDRESS.sub(" ", word) if "@" in word or "." in word[:-1] else word for word in folded.split()]
        )
    return _NO_LETTERS.sub(" ", folded).strip()


def signature(folded_text: str) -> np.ndarray:
    """The signature of a folded text (`NormalisedText.text`): shape (128,), uint32, the same everywhere.

    A text that is too short has none: every place is `EMPTY`.
    """
    text = mask(folded_text)
    if len(text.encode("utf-8", "replace")) < MIN_BYTES:
        return np.full(LENGTH, EMPTY, dtype=np.uint32)
    hashes = _shingle_hashes(f" {text} ")
    out = (hashes[:_CHUNK, None] * _FACTOR).min(axis=0)
    for i in range(_CHUNK, len(hashes), _CHUNK):
        np.minimum(out, (hashes[i : i + _CHUNK, None] * _FACTOR).min(axis=0), out=out)
    return out


def has_signature(signatures: np.ndarray) -> np.ndarray:
    """For signatures of shape (n, 128): which are of a text long enough, shape (n,), bool."""
    return (signatures != EMPTY).any(axis=1)


def _shingle_hashes(text: str) -> np.ndarray:
    """A 32-bit hash of each stretch of 5 characters, or of 3 where they are Chinese or Japanese."""
    # Surrogates are no characters to the codec; a folded text has none, any other string must not fail either.
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    if not text.isascii() and (wide := (codes >= _WIDE[0]) & (codes < _WIDE[1])).any():
        codes = np.repeat(codes, 1 + wide)
    n = len(codes) - SHINGLE + 1
    hashes = codes[:n] * _PLACE[0]
    for i in range(1, SHINGLE):
        hashes += codes[i : i + n] * _PLACE[i]
    # The last steps of splitmix64: neighbouring letters must give unrelated numbers.
    hashes ^= hashes >> np.uint64(30)
    hashes *= _PLACE[1]
    hashes ^= hashes >> np.uint64(27)
    hashes *= _PLACE[2]
    return (hashes >> np.uint64(32)).astype(np.uint32)

"""Reposts made from the open corpus: what people change when they post an advert again.

The edits are those seen in groups: another number, town or pay, other emoji, lines in another order, typing errors,
abbreviations, a sentence left out, a greeting or hashtags added, capitals and stars. They are drawn until the wanted
share of words differs from the original, so that the quality of the grouping can be stated per share of edits.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Repost", "edit_share", "repost", "reposts", "touched"]

_SWAPS = (
    "gaji upah penghasilan salary bayaran|dibutuhkan dicari butuh diperlukan|segera secepatnya urgent|minat berminat "
    "tertarik|hubungi kontak chat wa|gratis free cuma2|yang yg|tidak tdk gak nggak|dengan dgn|dan & sama|untuk utk buat"
    "|langsung lgsg|pengalaman pglmn|kerja krj bekerja|lowongan loker|orang org|bulan bln|tahun thn|hari hr|dari dr|"
    "sudah sdh udah|belum blm|karena krn|juga jg|saja aja|bisa bs dapat|pria cowok laki-laki|wanita cewek perempuan|"
    "kakak kak|paspor passport|tiket ticket|makan mkn|mess asrama|perusahaan pt kantor|ditanggung dibayarin dicover|"
    "berangkat brgkt terbang|usia umur|maksimal max maks|minimal min|bonus komisi|kirim krm|daftar join gabung|"
    "salary pay wage|needed wanted required|looking searching|free complimentary|apply register|contact message dm"
    "|and &|you u|please pls|experience exp|monthly per-month|work job|with w/|company firm|ticket flight"
    "|dengan bersama|sahod sweldo|kailangan hanap|trabaho work|lương thu-nhập|tuyển cần|việc công-việc|liên inbox"
)  # groups of words that stand for one another, parted by |
_TOWNS = (
    "jakarta", "surabaya", "medan", "batam", "bandung", "semarang", "makassar", "bekasi", "tangerang", "bogor",
    "malang", "solo", "cirebon", "pontianak", "manado", "palembang", "lampung", "denpasar", "yogyakarta", "jogja",
    "karawang", "cilacap", "tegal", "subang", "indramayu", "kupang", "mataram", "balikpapan", "samarinda", "johor",
    "penang", "melaka", "selangor", "manila", "cebu", "davao",
)  # fmt: skip
_TOO_MUCH = 0.1
_EMOJI = "🔥✨📢✅💰🙏📌👉💼🌏⭐📞💥🎯"
_OPENINGS = (
    "UPDATE!!", "Masih dibuka ya kak", "Izin share min 🙏", "Info dari grup sebelah", "Assalamualaikum semuanya",
    "UP lagi", "Yang lagi cari kerja merapat", "Repost ya, kuota tinggal dikit", "Good news guys", "Still open!",
    "Hi everyone",
)  # fmt: skip
_CLOSINGS = (
    "#loker #lokerhariini", "Buruan sebelum penuh", "Bantu share ya", "Siapa cepat dia dapat", "Serius only",
    "#hiring #jobs", "No tipu2, amanah", "Tag temanmu yang butuh kerja", "First come first served", "Limited slot",
)  # fmt: skip
_PLACES_OF_CUT = re.compile(r"(\n+|(?<=[.!?。！？])\s+)")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SYNONYMS: dict[str, list[str]] = {}
for _group in _SWAPS.split("|"):
    _words = _group.split()
    for _word in _words:
        _SYNONYMS.setdefault(_word, []).extend(w for w in _words if w != _word)


@dataclass(frozen=True, slots=True)
class Repost:
    """One text of the labelled set: texts with the same `origin` are reposts of one another. `share` of edits, 0-1."""

    key: str
    origin: str
    text: str
    share: float


def words_of(text: str) -> list[str]:
    """The units that edits are counted in: words, and single characters of scripts without blanks."""
    return [w for word in text.split() for w in (list(word) if _UNSPACED.search(word) else [word])]


def edit_share(original: str, edited: str) -> float:
    """Words put in, left out or changed (Levenshtein distance over words) per word of `original`, 0 upwards."""
    a, b = words_of(original), words_of(edited)
    if not a:
        return float(len(b))
    # Myers' bit-vector algorithm: one bit a word of the original, one step a word of the edited text.
    places: dict[str, int] = {}
    for i, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << i
    every, last = (1 << len(a)) - 1, 1 << (len(a) - 1)
    more, less, distance = every, 0, len(a)
    for word in b:
        same = places.get(word, 0)
        diagonal = (((same & more) + more) ^ more) | same | less
        plus, minus = less | (every & ~(diagonal | more)), more & diagonal
        distance += bool(plus & last) - bool(minus & last)
        plus = (plus << 1 | 1) & every
        minus = (minus << 1) & every
        more, less = minus | (every & ~(diagonal | plus)), plus & diagonal
    return distance / len(a)


def repost(text: str, share: float, rng: random.Random) -> str:
    """`text` as somebody else posts it again, with `share` of its words changed or up to a tenth of the words more.

    A text of a few words may stay below.
    """
    edited = text
    edits = list(_EDITS)
    for _ in range(400):
        if edit_share(text, edited) >= share:
            break
        edit, often = rng.choices(edits, [e[1] for e in edits])[0]
        tried = edit(edited, rng)
        if edit_share(text, tried) > share + _TOO_MUCH:
            continue  # one sentence may be half of a short text
        edited = tried
        if often < 2:  # openings, sentences left out and the like happen once
            edits.remove((edit, often))
    return edited


def reposts(texts: dict[str, str], share: float, copies: int, seed: int) -> list[Repost]:
    """Each of `texts` (by key) with `copies` edited reposts, in a drawn order."""
    rng = random.Random(seed)
    out = [Repost(key, key, text, 0.0) for key, text in texts.items()]
    for key, text in texts.items():
        for number in range(copies):
            edited = repost(text, share, rng)
            out.append(Repost(f"{key}+{number}", key, edited, edit_share(text, edited)))
    rng.shuffle(out)
    return out


def touched(text: str, edits: int, rng: random.Random) -> str:
    """`text` after `edits` drawn edits, however many words they change; fast enough for a million texts."""
    for edit, _ in rng.choices(_EDITS, [often for _, often in _EDITS], k=edits):
        text = edit(text, rng)
    return text


# --- edits: text, generator -> text ---------------------------------------------------------------------------------


def _at_word(change: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    """An edit of one drawn word, line breaks kept."""

    def edit(text: str, rng: random.Random) -> str:
        parts = re.split(r"(\s+)", text)
        spots = [i for i in range(0, len(parts), 2) if parts[i]]
        if not spots:
            return text
        i = rng.choice(spots)
        parts[i] = change(parts[i], rng)
        return "".join(parts)

    return edit


def _typo(word: str, rng: random.Random) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    i = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return word[:i] + word[i + 1 :] if kind == 1 else word[:i] + word[i] + word[i:]


def _dress(word: str, rng: random.Random) -> str:
    return rng.choice((word.upper(), f"*{word}*", word.lower(), word.capitalize()))


def _synonyms(text: str, rng: random.Random) -> str:
    """Some of the words that have another word for them."""

    def other(match: re.Match[str]) -> str:
        known = _SYNONYMS.get(match.group().lower())
        return rng.choice(known) if known and rng.random() < 0.5 else match.group()

    return re.sub(r"[^\W\d_]+", other, text)


def _town(text: str, rng: random.Random) -> str:
    new = rng.choice(_TOWNS).title()
    return re.sub(rf"(?i)\b(?:{'|'.join(_TOWNS)})\b", new, text)


def _numbers(text: str, rng: random.Random) -> str:
    """Another contact and other figures of the same length."""

    def other(match: re.Match[str]) -> str:
        old = match.group()
        if len(old) > 2:
            return old[:2] + "".join(rng.choice("0123456789") for _ in old[2:])
        return str(max(1, int(old) + rng.choice((-2, -1, 1, 2)))) if rng.random() < 0.5 else old

    return re.sub(r"[0-9]+", other, text)


def _emoji(text: str, rng: random.Random) -> str:
    if rng.random() < 0.4:
        return re.sub(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]", "", text)
    spots = [m.start() for m in re.finditer(r"(?m)^|$", text)]
    for spot in sorted(rng.sample(spots, min(len(spots), 4)), reverse=True):
        text = text[:spot] + f" {rng.choice(_EMOJI)} " + text[spot:]
    return text


def _sentences(text: str) -> list[str]:
    return [part for part in _PLACES_OF_CUT.split(text) if part.strip()]


def _reorder(text: str, rng: random.Random) -> str:
    parts = _sentences(text)
    if len(parts) < 4:
        return text
    i = rng.randrange(1, len(parts) - 2)
    parts[i], parts[i + 1] = parts[i + 1], parts[i]
    return "\n".join(parts)


def _shorten(text: str, rng: random.Random) -> str:
    parts = _sentences(text)
    if len(parts) < 4:
        return text
    del parts[rng.randrange(1, len(parts))]
    return "\n".join(parts)


def _drop(word: str, rng: random.Random) -> str:
    if (found := _UNSPACED.search(word)) and len(word) > 12:
        size = 2 if found.group() >= "\u3040" else 4  # the usual length of a Chinese or a Thai word
        i = rng.randrange(len(word) - size)
        return word[:i] + word[i + size :]
    return "" if not word[0].isdigit() else word


def _open(text: str, rng: random.Random) -> str:
    return f"{rng.choice(_OPENINGS)}\n{text}"


def _close(text: str, rng: random.Random) -> str:
    return f"{text}\n{rng.choice(_CLOSINGS)}"


# (edit, how often it is drawn); below 2 it is made at most once
_EDITS: tuple[tuple[Callable[[str, random.Random], str], float], ...] = (
    (_numbers, 1.5), (_town, 1.0), (_emoji, 1.5), (_reorder, 1.0), (_shorten, 1.5), (_open, 1.5), (_close, 1.5),
    (_synonyms, 2.0), (_at_word(_typo), 2.0), (_at_word(_dress), 2.0), (_at_word(_drop), 2.0),
)  # fmt: skip

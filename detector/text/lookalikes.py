"""Letters that look like other letters, as far as NFKC leaves them (it folds mathematical and full-width forms)."""

from __future__ import annotations


def _pairs(letters: str, plain: str) -> dict[str, str]:
    return dict(zip(letters, plain, strict=True))


_CYRILLIC = _pairs(
    "абеорсухіјѕһԁԛԝвкмнтгпиьзАВЕКМНОРСТУХІЈЅүѵғ",
    "abeopcyxijshdqwbkmhtrnnbsabekmhopctyxijsyvf",
)
_GREEK = _pairs("αβγδεζηικνορστυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳ", "abydezniknopotuxwabezhikmnoptyxcj".replace("knop", "kvop", 1))
_SMALL_CAPITALS = _pairs("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz")
_NEGATIVE = {chr(first + i): chr(97 + i) for first in (0x1F150, 0x1F170) for i in range(26)}  # circled, squared

#: Always folded: no living language of the region writes words with these.
ALWAYS: dict[str, str] = {**_SMALL_CAPITALS, **_NEGATIVE, **_pairs("ɑɡıɩʟ", "agiil")}
#: Folded only in a token that mixes scripts, or whose every letter is a look-alike.
FOREIGN: dict[str, str] = {**_CYRILLIC, **_GREEK}

#: ISO 3166 alpha-2 -> Indonesian country name, for flag emoji.
FLAGS: dict[str, str] = {
    "KH": "kamboja", "MM": "myanmar", "LA": "laos", "TH": "thailand", "PH": "filipina", "VN": "vietnam",
    "MY": "malaysia", "SG": "singapura", "BN": "brunei", "ID": "indonesia", "TL": "timor leste", "HK": "hong kong",
    "TW": "taiwan", "CN": "china", "MO": "makau", "JP": "jepang", "KR": "korea", "IN": "india", "AE": "uni emirat arab",
    "SA": "arab saudi", "QA": "qatar", "KW": "kuwait", "OM": "oman", "BH": "bahrain", "TR": "turki", "PL": "polandia",
    "AU": "australia", "NZ": "selandia baru", "CA": "kanada", "US": "amerika serikat", "GB": "inggris", "DE": "jerman",
    "IT": "italia", "RU": "rusia", "GE": "georgia", "SY": "suriah", "IQ": "irak", "LY": "libya", "JO": "yordania",
}  # fmt: skip

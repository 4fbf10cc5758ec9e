"""Exports whose fields are known: Telegram, WhatsApp, CrowdTangle, 4CAT, Zeeschuimer, X; and where they are described.

- CrowdTangle CSV, Facebook and Instagram: the required columns in digitalmethodsinitiative/4cat,
  `datasources/custom/import_formats.py` (`Page Name` or `Group Name`; `Post Created` with a zone name) and
  `datasources/custom-crowdtangle/upload_csv.py` (older Instagram files: `Created`).
- 4CAT CSV: `id, thread_id, timestamp, body, author, subject` in the same file, and in the `map_item` of each of
  4CAT's data sources.
- Zeeschuimer NDJSON: one object a line, the post under `data` (digitalmethodsinitiative/zeeschuimer writes `nav_index,
  item_id, timestamp_collected, source_platform, source_platform_url, source_url, user_agent, data`); fields by platform
  in 4CAT's `datasources/instagram/search_instagram.py` (graph and item-list form), `tiktok/search_tiktok.py`,
  `twitter-import/search_twitter.py`.
- Telegram Desktop: telegramdesktop/tdesktop, `export_output_json.cpp`, `SerializeMessage` and `SerializeText`.
- X: archive `{"tweet": {...}}` with `full_text`, API v2 `text` with `author_id` or `edit_history_tweet_ids`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from detector.scan.readers.columns import as_text, value_at

Data = dict[str, Any]


class Fields(NamedTuple):
    """What a row is made of; `skip` says why a record is no row by its nature, `unfit` why it cannot be used."""

    text: str = ""
    id: Any = None
    date: Any = None
    place: str | None = None
    url: str | None = None
    skip: str = ""
    unfit: str = ""


class Shape(NamedTuple):
    """One known export: how to recognise a record of it, and what its fields are."""

    name: str
    text: str
    fits: Callable[[Data], bool]
    fields: Callable[[Data], Fields]


_NO_WORDS = "message without text (picture, sticker, voice)"


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _joined(record: Data, *names: str) -> str:
    parts = (as_text(record.get(name)) for name in names)
    return "\n".join(dict.fromkeys(part for part in parts if part.strip()))


def _handle(name: Any) -> str | None:
    return f"@{name.removeprefix('@')}" if isinstance(name, str) and name else None


# --- chats -----------------------------------------------------------------------------------------------------------


def telegram_text(text: Any) -> str:
    """Words of a Telegram message: a string, or a list of strings and formatted parts. The address behind a linked word
    is put in brackets, as it is often the way to the recruiter."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    out = []
    for part in text:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, dict):
            words, address = as_text(part.get("text")), part.get("href")
            hidden = part.get("type") == "text_link" and isinstance(address, str) and address not in words
            out.append(f"{words} ({address})" if hidden else words)
    return "".join(out)


def _is_telegram(record: Data) -> bool:
    return record.get("type") in ("message", "service", "unsupported") and "id" in record and (
        "text" in record or "action" in record or record["type"] == "unsupported"
    )  # fmt: skip


def _telegram(record: Data) -> Fields:
    if record.get("type") != "message":
        return Fields(skip="service message of Telegram")
    text = telegram_text(record.get("text"))
    if not text.strip():
        return Fields(skip=_NO_WORDS)
    return Fields(text, record.get("id"), record.get("date"))


def _whatsapp(record: Data) -> Fields:
    return Fields(record["text"], None, record["date"])


# --- CrowdTangle and 4CAT --------------------------------------------------------------------------------------------


def _crowdtangle_facebook(record: Data) -> Fields:
    place = _string(record.get("Page Name")) or _string(record.get("Group Name"))
    # "Facebook Id" is the page's; the post's own is the end of its address.
    url = _string(record.get("URL"))
    text = _joined(record, "Message", "Image Text", "Link Text", "Description")
    return Fields(text, url and url.rstrip("/").split("/")[-1], record.get("Post Created"), place, url)


def _crowdtangle_instagram(record: Data) -> Fields:
    url = _string(record.get("URL"))
    place = _handle(record.get("User Name")) or _string(record.get("Account"))
    date = record.get("Post Created") or record.get("Created")
    text = _joined(record, "Title", "Description", "Image Text")
    return Fields(text, url and url.rstrip("/").split("/")[-1], date, place, url)


def _fourcat(record: Data) -> Fields:
    places = ("chat", "board", "subreddit", "page_name", "group_name")
    place = next((found for name in places if (found := _string(record.get(name)))), None)
    links = ("url", "link", "post_url", "tiktok_url", "permalink")
    url = next((found for name in links if (found := _string(record.get(name)))), None)
    text = _joined(record, "subject", "body", "body_image", "stickers")
    return Fields(text, record["id"], record["timestamp"], place or _handle(record.get("author")), url)


# --- X ---------------------------------------------------------------------------------------------------------------


def _tweet(record: Data) -> Fields:
    """A post of the API's first or second version or of an archive, long form first."""
    long = value_at(record, "note_tweet.text") or value_at(record, "extended_tweet.full_text")
    text = as_text(long or record.get("full_text") or record.get("text"))
    name = value_at(record, "user.screen_name") or value_at(record, "author.username")
    identifier = record.get("id_str") or record.get("id")
    url = f"https://x.com/{name}/status/{identifier}" if isinstance(name, str) and identifier else None
    return Fields(text, identifier, record.get("created_at"), _handle(name), url)


def _archive(record: Data) -> Fields:
    if isinstance(note := record.get("noteTweet"), dict):
        return Fields(as_text(value_at(note, "core.text")), note.get("noteTweetId"), note.get("createdAt"))
    return _tweet(record["tweet"])


# --- Zeeschuimer -----------------------------------------------------------------------------------------------------


def _zeeschuimer(record: Data) -> Fields:
    post: Data = record["data"]
    if isinstance(post.get("legacy"), dict):
        return _captured_tweet(post)
    if "desc" in post and ("createTime" in post or "video" in post):
        return _tiktok(post, record)
    if "caption" in post or "edge_media_to_caption" in post:
        return _instagram(post)
    # Other platforms (LinkedIn, Threads, 9gag, ...): the first field that holds words.
    for name in ("commentary.text.text", "text", "body", "content", "title", "description", "com"):
        if text := as_text(value_at(post, name)):
            return Fields(text, record.get("item_id"), url=_string(post.get("url")))
    return Fields(unfit="captured item without a caption that is known")


def _captured_tweet(post: Data) -> Fields:
    legacy: Data = post["legacy"]
    original = value_at(legacy, "retweeted_status_result.result")
    if isinstance(original, dict):  # a repost is cut short; the original is whole
        original = original["tweet"] if isinstance(original.get("tweet"), dict) else original
        note = value_at(original, "note_tweet.note_tweet_results.result.text")
        text = as_text(note or value_at(original, "legacy.full_text") or legacy.get("full_text"))
    else:
        text = as_text(value_at(post, "note_tweet.note_tweet_results.result.text") or legacy.get("full_text"))
    user = value_at(post, "core.user_results.result")
    name = (
        value_at(user, "legacy.screen_name") or value_at(user, "core.screen_name") if isinstance(user, dict) else None
    )
    name = name or value_at(post, "user.screen_name")
    identifier = post.get("rest_id") or legacy.get("id_str")
    url = f"https://x.com/{name}/status/{identifier}" if isinstance(name, str) and identifier else None
    return Fields(text, identifier, legacy.get("created_at"), _handle(name), url)


def _tiktok(post: Data, record: Data) -> Fields:
    author = post.get("author")
    name = author.get("uniqueId") if isinstance(author, dict) else author
    # Words that stand in the video itself, often the offer.
    stickers = post.get("stickersOnItem")
    marked = stickers if isinstance(stickers, list) else []
    written = [as_text(one.get("stickerText")) for one in marked if isinstance(one, dict)]
    text = "\n".join(part for part in [as_text(post["desc"]), *written] if part)
    identifier = post.get("id") or record.get("item_id")
    url = f"https://www.tiktok.com/@{name}/video/{identifier}" if isinstance(name, str) and identifier else None
    return Fields(text, identifier, post.get("createTime"), _handle(name), url)


def _instagram(post: Data) -> Fields:
    edges = value_at(post, "edge_media_to_caption.edges")
    if isinstance(edges, list):
        caption = "\n".join(as_text(value_at(edge, "node.text")) for edge in edges if isinstance(edge, dict))
    else:
        caption = as_text(post.get("caption"))
    code = post.get("code") or post.get("shortcode")
    name = value_at(post, "user.username") or value_at(post, "owner.username")
    date = post.get("taken_at") or post.get("taken_at_timestamp")
    url = f"https://www.instagram.com/p/{code}/" if isinstance(code, str) and code else None
    return Fields(caption, code or post.get("id"), date, _handle(name), url)


def _has(*names: str) -> Callable[[Data], bool]:
    return lambda record: all(name in record for name in names)


def _is_archive(record: Data) -> bool:
    tweet = record.get("tweet")
    return isinstance(record.get("noteTweet"), dict) or (isinstance(tweet, dict) and "full_text" in tweet)


def _is_tweet(record: Data) -> bool:
    second = "text" in record and "id" in record and ("edit_history_tweet_ids" in record or "author_id" in record)
    return second or (isinstance(record.get("id_str"), str) and ("full_text" in record or "text" in record))


SHAPES = (
    Shape("Telegram export", "'text' of messages", _is_telegram, _telegram),
    Shape("Zeeschuimer NDJSON", "the caption of each post",
          lambda record: isinstance(record.get("data"), dict) and "source_platform" in record, _zeeschuimer),
    Shape("CrowdTangle Facebook CSV", "'Message' + 'Image Text' + 'Link Text' + 'Description'",
          _has("Facebook Id", "Post Created", "Message"), _crowdtangle_facebook),
    Shape("CrowdTangle Instagram CSV", "'Title' + 'Description' + 'Image Text'",
          lambda record: _has("Account", "User Name", "URL", "Description")(record)
          and ("Post Created" in record or "Created" in record), _crowdtangle_instagram),
    Shape("4CAT CSV", "'subject' + 'body'", _has("id", "thread_id", "timestamp", "body"), _fourcat),
    Shape("X archive", "'full_text' of posts", _is_archive, _archive),
    Shape("X posts", "'text' or 'full_text' of posts", _is_tweet, _tweet),
)  # fmt: skip
WHATSAPP = Shape("WhatsApp chat", "messages", _has("sender", "date", "text"), _whatsapp)


def shape_of(sample: list[Data]) -> Shape | None:
    """The known export that most of the first records are of, or None."""
    return next((shape for shape in SHAPES if sum(map(shape.fits, sample)) * 2 > len(sample)), None)

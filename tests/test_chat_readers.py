"""Chat and research exports: shaped as their tools write them, with invented people, numbers and places."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from detector.scan.readers import InputError, ReadOptions, Report, Row, open_rows

ADVERT = "Lowongan admin Kamboja\ngaji 15 juta, WA 0812-0000-3344"
HONEST = "Dibutuhkan kasir toko di Klaten, antar lamaran ke Jl. Pemuda 12"


def read(path: Path, **options: Any) -> tuple[list[Row], Report, list[tuple[str, str, str]]]:
    report, rejects = Report(), []
    out = list(open_rows([path], ReadOptions(**options), report, lambda *parts: rejects.append(parts)))
    return out, report, rejects


def write(path: Path, content: str | list | dict) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8", newline="")
    return path


# --- Telegram --------------------------------------------------------------------------------------------------------


def message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    date = {"date": f"2025-03-04T10:11:{number % 60:02}", "date_unixtime": "1741061472"}
    return {"id": number, "type": "message", **date, "from": "Budi", "from_id": "user1", "text": text, **more}


CHAT = {
    "name": "Loker Kamboja",
    "type": "public_channel",
    "id": 1234567890,
    "messages": [
        {"id": 1, "type": "service", "date": "2025-03-04T10:00:00", "actor": "Budi", "action": "create_channel", "text": ""},
        message(2, ADVERT, forwarded_from="Info Kerja", text_entities=[{"type": "plain", "text": ADVERT}]),
        message(3, ["Hubungi ", {"type": "mention", "text": "@hrd_contoh"}, " atau ",
                    {"type": "text_link", "text": "di sini", "href": "https://t.me/contoh"}, "\n",
                    {"type": "phone", "text": "+62 812-0000-3344"}]),
        message(4, "", photo="(File not included. Change data exporting settings to download.)"),
        {"id": 5, "type": "unsupported"},
        message(6, "dengan \u2028 baris"),
    ],
}  # fmt: skip


def test_telegram_single_chat(tmp_path: Path) -> None:
    out, report, rejects = read(write(tmp_path / "result.json", CHAT))
    assert [row.id for row in out] == ["1234567890/2", "1234567890/3", "1234567890/6"]
    assert out[0] == Row("1234567890/2", ADVERT, CHAT["messages"][1], "2025-03-04T10:11:02", "Loker Kamboja")
    assert out[1].text == "Hubungi @hrd_contoh atau di sini (https://t.me/contoh)\n+62 812-0000-3344"
    assert out[0].source["forwarded_from"] == "Info Kerja"
    assert report.skipped == {
        "service message of Telegram": 2, "message without text (picture, sticker, voice)": 1
    }  # fmt: skip
    assert rejects == []
    assert any("Telegram export" in sentence for sentence in report.sentences())


def test_telegram_full_export(tmp_path: Path) -> None:
    other = {"name": None, "type": "saved_messages", "id": 7, "messages": [message(2, HONEST)]}
    full = {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 9, "first_name": "Sari", "bio": ""},
        "contacts": {"about": "x", "list": [{"user_id": 0, "first_name": "Budi", "phone_number": "00"}]},
        "chats": {
            "about": "y",
            "list": [CHAT, {"name": "kosong", "type": "personal_chat", "id": 8, "messages": []}, other],
        },
        "left_chats": {"about": "z", "list": [{**CHAT, "id": 55, "name": "Grup lama"}]},
    }
    out, _, _ = read(write(tmp_path / "result.json", full))
    assert [(row.id, row.place) for row in out] == [
        ("1234567890/2", "Loker Kamboja"), ("1234567890/3", "Loker Kamboja"), ("1234567890/6", "Loker Kamboja"),
        ("7/2", "saved_messages"),
        ("55/2", "Grup lama"), ("55/3", "Grup lama"), ("55/6", "Grup lama"),
    ]  # fmt: skip


def test_telegram_writes_control_characters_in_its_own_way(tmp_path: Path) -> None:
    text = json.dumps(CHAT).replace("gaji 15 juta", r"gaji\x1B 15 \\x41 juta")
    out, _, rejects = read(write(tmp_path / "result.json", text))
    assert "gaji\x1b 15 \\x41 juta" in out[0].text
    assert rejects == []


def test_a_cut_telegram_export_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    chat = {**CHAT, "messages": [message(n, f"{HONEST} {n}") for n in range(3000)]}
    whole = json.dumps(chat, ensure_ascii=False, indent=1)
    found: list[Row] = []
    with pytest.raises(InputError, match=r"only in part: it is cut off"):
        found.extend(open_rows([write(tmp_path / "result.json", whole[:-900])]))
    assert [row.id for row in found] == [f"1234567890/{n}" for n in range(len(found))]
    assert 2990 < len(found) < 3000


# --- WhatsApp --------------------------------------------------------------------------------------------------------

ANDROID_ID = """\
21/07/25 03.10 - Pesan dan panggilan terenkripsi secara end-to-end. Hanya orang di chat ini yang bisa membacanya.
21/07/25 03.11 - Budi membuat grup "Loker: Taiwan"
21/07/25 03.12 - +62 812-0000-3344: Lowongan admin Kamboja
gaji 15 juta: bersih

12/05 mulai kerja
21/07/25 03.13 - Sari: <Media tidak disertakan>
21/07/25 03.14 - Sari: IMG-20250721-WA0001.jpg (file terlampir)
Brosur lowongan Klaten
02/08/25 21.05 - Sari: Pesan ini telah dihapus
02/08/25 21.06 - Sari: https://contoh.example/loker <Pesan ini diedit>
02/08/25 21.07 - Budi keluar
"""
IPHONE_EN = (
    "[7/21/25, 3:04:05\u202fPM] Info Loker: \u200eMessages and calls are end-to-end encrypted.\r\n"
    "[7/21/25, 3:05:05\u202fPM] ~\u202fBudi: Kerja di Taiwan\r\npotong gaji 9 bulan\r\n"
    "\u200e[7/21/25, 12:05:06\u202fAM] Budi: \u200eimage omitted\r\n"
    "\u200e[8/2/25, 12:30:00\u202fPM] Budi: Brosur ini \u200e<attached: 00000012-PHOTO.jpg>\r\n"
)


def test_whatsapp_from_an_indonesian_android_phone(tmp_path: Path) -> None:
    out, report, rejects = read(write(tmp_path / "Chat WhatsApp dengan Loker Taiwan.txt", ANDROID_ID))
    assert [(row.id, row.posted_at, row.text) for row in out] == [
        (3, "2025-07-21T03:12:00", "Lowongan admin Kamboja\ngaji 15 juta: bersih\n\n12/05 mulai kerja"),
        (8, "2025-07-21T03:14:00", "Brosur lowongan Klaten"),
        (11, "2025-08-02T21:06:00", "https://contoh.example/loker"),
    ]
    assert {row.place for row in out} == {"Loker Taiwan"}
    assert out[0].source["sender"] == "+62 812-0000-3344"
    assert report.skipped == {
        "system line of WhatsApp": 3, "message without text (picture, sticker, voice)": 1, "deleted message or call": 1
    }  # fmt: skip
    assert rejects == []


def test_whatsapp_from_an_american_iphone_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat - Info Loker.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", IPHONE_EN)
    out, report, _ = read(path)
    assert [(row.posted_at, row.place, row.text) for row in out] == [
        ("2025-07-21T15:05:05", "Info Loker", "Kerja di Taiwan\npotong gaji 9 bulan"),
        ("2025-08-02T12:30:00", "Info Loker", "Brosur ini"),
    ]
    assert report.skipped.total() == 2


@pytest.mark.parametrize(
    ("dates", "wanted", "unsure"),
    [
        (["05/06/25", "06/06/25", "13/06/25"], "2025-06-05", False),
        (["05/06/25", "05/07/25", "06/13/25"], "2025-05-06", False),
        (["01/02/25", "02/02/25", "03/02/25", "01/03/25"], "2025-02-01", False),
        (["01/02/25", "01/05/25", "02/01/25", "02/09/25"], "2025-01-02", False),
        (["05/06/25"], "2025-06-05", True),
        (["2025-06-05", "2025-06-07"], "2025-06-05", False),
    ],
)
def test_the_order_of_day_and_month_is_decided_from_all_dates(
    tmp_path: Path, dates: list[str], wanted: str, unsure: bool
) -> None:
    path = write(tmp_path / "_chat.txt", "".join(f"[{date}, 10.00.00] Budi: {HONEST}\n" for date in dates))
    out, report, _ = read(path)
    assert (out[0].posted_at, bool(report.notes)) == (f"{wanted}T10:00:00", unsure)


def test_lines_before_the_first_message_are_rejected(tmp_path: Path) -> None:
    _, report, rejects = read(write(tmp_path / "_chat.txt", "aneh\n21/07/25 03.12 - Budi: satu\n"))
    assert report.rejected == {"stands before the first message": 1}
    assert rejects == [("stands before the first message", "_chat.txt:1", "aneh")]


def test_another_text_file_is_no_chat(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither"):
        read(write(tmp_path / "note.txt", "Beli beras\nTelepon Budi\n"))


# --- CrowdTangle, 4CAT -----------------------------------------------------------------------------------------------

CROWDTANGLE_FACEBOOK = (
    "Page Name,User Name,Facebook Id,Page Category,Page Admin Top Country,Page Description,Page Created,Likes at Posting,"
    "Followers at Posting,Post Created,Post Created Date,Post Created Time,Type,Total Interactions,Likes,Comments,Shares,"
    "Love,Wow,Haha,Sad,Angry,Care,Video Share Status,Is Video Owner?,Post Views,Total Views,Total Views For All Crossposts,"
    "Video Length,URL,Message,Link,Final Link,Image Text,Link Text,Description,Sponsor Id,Sponsor Name,Sponsor Category,"
    "Overperforming Score\n"
    'Loker Contoh,lokercontoh,100000000000001,JOBS,ID,"x",2019-01-01,10,20,2021-05-06 07:08:09 EDT,2021-05-06,07:08:09,Photo,'
    '1,1,0,0,0,0,0,0,0,0,,,0,0,0,,https://www.facebook.com/100000000000001/posts/42,"Lowongan admin\nKamboja",,,'
    "GAJI 15 JUTA,Formulir,,,,,1\n"
)
CROWDTANGLE_INSTAGRAM = (
    "Account,User Name,Followers at Posting,Post Created,Post Created Date,Post Created Time,Type,Total Interactions,Likes,"
    "Comments,Views,URL,Link,Photo,Title,Description,Image Text,Sponsor Id,Sponsor Name,Overperforming Score\n"
    "Loker Contoh,loker.contoh,10,2021-05-06 07:08:09 WIB,2021-05-06,07:08:09,Photo,1,1,0,0,https://www.instagram.com/p/AbC/,"
    "https://www.instagram.com/p/AbC/,https://x.example/a.jpg,,Lowongan kasir,KASIR,,,1\n"
)
FOURCAT = (
    "id,thread_id,timestamp,body,subject,author,chat,unix_timestamp\n"
    "5,5,2024-01-02 03:04:05,Lowongan kasir,,budi,Grup Loker,1704164645\n"
)


@pytest.mark.parametrize(
    ("content", "name", "wanted"),
    [
        (
            CROWDTANGLE_FACEBOOK, "CrowdTangle Facebook CSV",
            ("42", "Lowongan admin\nKamboja\nGAJI 15 JUTA\nFormulir", "2021-05-06T07:08:09-04:00", "Loker Contoh",
             "https://www.facebook.com/100000000000001/posts/42"),
        ),
        (
            CROWDTANGLE_INSTAGRAM, "CrowdTangle Instagram CSV",
            ("AbC", "Lowongan kasir\nKASIR", "2021-05-06T07:08:09+07:00", "@loker.contoh", "https://www.instagram.com/p/AbC/"),
        ),
        (FOURCAT, "4CAT CSV", ("5", "Lowongan kasir", "2024-01-02T03:04:05", "Grup Loker", None)),
    ],
)  # fmt: skip
def test_research_tables(tmp_path: Path, content: str, name: str, wanted: tuple) -> None:
    out, report, _ = read(write(tmp_path / "in.csv", "\ufeff" + content))
    assert [(row.id, row.text, row.posted_at, row.place, row.url) for row in out] == [wanted]
    assert name in report.sentences()[0]
    own, report, _ = read(tmp_path / "in.csv", text_column="URL" if "URL" in content else "author")
    assert own[0].text in (wanted[4], "budi"), "a column named by the user is taken instead"


# --- Zeeschuimer and X -----------------------------------------------------------------------------------------------


def captured(number: int, platform: str, data: dict[str, Any]) -> dict[str, Any]:
    about = {"nav_index": f"1:{number}:0", "item_id": str(number), "timestamp_collected": 1740100000000}
    where = {
        "source_platform": platform,
        "source_platform_url": f"https://{platform}/",
        "source_url": "x",
        "user_agent": "y",
    }
    return {"id": number, **about, **where, "data": data}


USER = {"user_results": {"result": {"legacy": {"screen_name": "hrd_contoh", "name": "HRD"}}}}
CAPTURED = [
    captured(1, "instagram.com", {"code": "AbC", "caption": {"text": "Loker satu"}, "taken_at": 1700000000,
                                  "user": {"username": "loker.a"}, "media_type": 1}),
    captured(2, "instagram.com", {"shortcode": "DeF", "edge_media_to_caption": {"edges": [{"node": {"text": "Loker dua"}}]},
                                  "taken_at_timestamp": 1700000000, "owner": {"username": "loker.b"}, "__typename": "GraphImage"}),
    captured(3, "tiktok.com", {"id": "77", "desc": "Loker tiga", "createTime": 1700000000, "author": {"uniqueId": "loker.c"},
                               "stickersOnItem": [{"stickerText": ["gaji", "15 juta"]}], "video": {}}),
    captured(4, "twitter.com", {"rest_id": "88", "core": USER, "legacy": {"full_text": "Loker empat", "id_str": "88",
                                "created_at": "Wed Oct 10 20:19:24 +0000 2018"}}),
    captured(5, "twitter.com", {"rest_id": "89", "core": USER, "legacy": {
        "full_text": "RT @a: Loker li…", "created_at": "Wed Oct 10 20:19:24 +0000 2018",
        "retweeted_status_result": {"result": {"tweet": {"legacy": {"full_text": "Loker lima lengkap"}}}}}}),
    captured(6, "linkedin.com", {"commentary": {"text": {"text": "Loker enam"}}}),
    captured(7, "instagram.com", {"code": "GhI", "caption": None, "media_type": 1, "user": None}),
    captured(8, "9gag.com", {"aneh": 1}),
]  # fmt: skip


def test_zeeschuimer(tmp_path: Path) -> None:
    path = write(tmp_path / "in.ndjson", "".join(json.dumps(item) + "\n" for item in CAPTURED))
    out, report, rejects = read(path)
    assert [(row.id, row.text, row.place) for row in out] == [
        ("AbC", "Loker satu", "@loker.a"),
        ("DeF", "Loker dua", "@loker.b"),
        ("77", "Loker tiga\ngaji\n15 juta", "@loker.c"),
        ("88", "Loker empat", "@hrd_contoh"),
        ("89", "Loker lima lengkap", "@hrd_contoh"),
        ("6", "Loker enam", None),
        ("GhI", "", None),
    ]
    assert out[0].posted_at == "2023-11-14T22:13:20Z"
    assert out[3].posted_at == "2018-10-10T20:19:24Z"
    assert out[3].url == "https://x.com/hrd_contoh/status/88"
    assert [reason for reason, _, _ in rejects] == ["captured item without a caption that is known"]
    assert report.rejected.total() == 1


def test_x_archive(tmp_path: Path) -> None:
    tweets = [{"tweet": {"id_str": str(n), "id": str(n), "full_text": f"Loker {n}", "created_at": "Wed Oct 10 20:19:24 +0000 2018"}} for n in range(3)]  # fmt: skip
    note = [{"noteTweet": {"noteTweetId": "9", "createdAt": "2024-01-02T03:04:05.000Z", "core": {"text": "Panjang"}}}]
    write(tmp_path / "data" / "tweets.js", "window.YTD.tweets.part0 = " + json.dumps(tweets, indent=1))
    write(tmp_path / "data" / "note-tweet.js", "window.YTD.note_tweet.part0 = " + json.dumps(note))
    write(tmp_path / "data" / "like.js", 'window.YTD.like.part0 = [{"like": {"tweetId": "1", "fullText": "x"}}]')
    out, report, _ = read(tmp_path)
    assert [(row.id, row.text, row.posted_at) for row in out] == [
        ("9", "Panjang", "2024-01-02T03:04:05.000Z"),
        *((str(n), f"Loker {n}", "2018-10-10T20:19:24Z") for n in range(3)),
    ]
    assert report.skipped == {"part of an X archive without own posts": 1}


def test_x_second_version(tmp_path: Path) -> None:
    def page(first: int) -> dict[str, Any]:
        posts = [{"id": str(n), "text": f"Loker {n}…", "author_id": "7", "edit_history_tweet_ids": [str(n)],
                  "created_at": "2025-01-02T03:04:05.000Z", "note_tweet": {"text": f"Loker {n} lengkap"}}
                 for n in range(first, first + 2)]  # fmt: skip
        return {"data": posts, "includes": {"users": [{"id": "7", "username": "a"}]}, "meta": {"result_count": 2}}

    wanted = [("1", "Loker 1 lengkap"), ("2", "Loker 2 lengkap")]
    out, report, _ = read(write(tmp_path / "a.json", page(1)))
    assert [(row.id, row.text) for row in out] == wanted
    assert "X posts" in report.sentences()[0]
    lines = write(tmp_path / "b.jsonl", json.dumps(page(1)) + "\n" + json.dumps(page(3)) + "\n")
    assert [(row.id, row.text) for row in read(lines)[0]] == [
        *wanted,
        ("3", "Loker 3 lengkap"),
        ("4", "Loker 4 lengkap"),
    ]

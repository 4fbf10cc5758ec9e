"""The poster reader: text and order, boxes, every kind of picture, and one sentence for every file that cannot be read."""

from __future__ import annotations

import io
import math
import os
import socket
import subprocess
import sys
import threading
import warnings
import zlib
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from detector import ocr
from detector.cli import app
from detector.ocr import engine, pages, pictures, tiles
from detector.ocr.layout import in_order
from detector.ocr.reading import Line, Page, Reading, edges_of
from detector.ocr.wrapping import break_between

ROOT = Path(__file__).resolve().parents[1]
HERE = ocr.available()
if not HERE:
    warnings.warn("the extra 'ocr' is not installed: the poster reader was not tested", stacklevel=1)
needs_reader = pytest.mark.skipif(not HERE, reason="the extra 'ocr' is not installed; pip install 'lure-detector[ocr]'")


def drawn(lines: Iterable[tuple[int, int, str]], size: tuple[int, int] = (700, 400), height: int = 28, **how: object):
    """A picture with `lines` (left, top, text) in black on white."""
    from PIL import Image, ImageDraw, ImageFont

    ground, ink, mode = how.get("ground", "white"), how.get("ink", "black"), how.get("mode", "RGB")
    picture = Image.new(str(mode), size, ground)  # type: ignore[arg-type]
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(size=height)
    for left, top, text in lines:
        pen.text((left, top), text, fill=ink, font=font)
    return picture


def saved(picture, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


ADVERT = [
    (40, 30, "LOWONGAN KERJA KAMBOJA"),
    (40, 90, "Gaji 15 juta per bulan"),
    (40, 150, "Hubungi WA 0812 0000 3344"),
]
ADVERT_TEXT = "LOWONGAN KERJA KAMBOJA\nGaji 15 juta per bulan\nHubungi WA 0812 0000 3344"


# --- text and order -------------------------------------------------------------------------------------------------


@needs_reader
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_reads_a_picture_of_every_kind(kind: str) -> None:
    reading = ocr.read(saved(drawn(ADVERT), kind))
    assert reading.text == ADVERT_TEXT
    assert reading.confidence > 0.9
    page = reading.pages[0]
    assert (page.number, page.width, page.height) == (0, 700, 400)


@needs_reader
def test_reads_columns_one_after_the_other() -> None:
    left = [(30, 100 + 50 * i, text) for i, text in enumerate(["Posisi kasir", "Posisi koki", "Posisi sopir"])]
    right = [(400, 100 + 50 * i, text) for i, text in enumerate(["Umur 20 tahun", "Lulusan SMA", "Rajin dan jujur"])]
    top, bottom = (150, 30, "DIBUTUHKAN SEGERA DI TOKO"), (60, 300, "Kirim lamaran lewat kantor pos terdekat")
    reading = ocr.read(saved(drawn([bottom, *right, *left, top])))
    assert reading.text.splitlines() == [t for _, _, t in [top, *left, *right, bottom]]


@needs_reader
def test_a_sentence_over_two_lines_is_one_line_and_a_list_stays_a_list() -> None:
    lines = [
        (40, 30, "Kontrak dua tahun dengan penahanan"),
        (40, 68, "ijazah sampai selesai."),
        (40, 150, "Makan siang"),
        (40, 188, "Tempat tinggal"),
    ]
    assert ocr.read(saved(drawn(lines))).text.splitlines() == [
        "Kontrak dua tahun dengan penahanan ijazah sampai selesai.",
        "Makan siang",
        "Tempat tinggal",
    ]


@needs_reader
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_reads_a_photo_that_lies_on_its_side(turn: int) -> None:
    assert ocr.read(saved(drawn(ADVERT).rotate(turn, expand=True))).text == ADVERT_TEXT


@needs_reader
def test_honours_the_orientation_a_phone_writes() -> None:
    from PIL import Image

    lying = drawn(ADVERT).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter clockwise to see it upright
    reading = ocr.read(saved(lying, "JPEG", exif=exif))
    assert reading.text == ADVERT_TEXT
    assert (reading.pages[0].width, reading.pages[0].height) == (700, 400)


@needs_reader
def test_small_print_is_enlarged() -> None:
    assert ocr.read(saved(drawn([(10, 10, "Paspor disimpan kantor")], size=(230, 60), height=14))).text == (
        "Paspor disimpan kantor"
    )


@needs_reader
def test_a_long_screenshot_is_read_in_tiles_each_line_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # Enlarged to 736 pixels of width; the tiles end at 548, 652 and 1200 pixels of this picture, where lines stand.
    monkeypatch.setattr(tiles, "_TILE", 736 * 1600)
    lines = [(20, top, f"Pesan nomor {top}") for top in (20, 300, 540, 645, 900, 1190, 1260)]
    reading = ocr.read(saved(drawn(lines, size=(300, 1300), height=18)))
    assert reading.text.splitlines() == [text for _, _, text in lines]
    assert math.isclose(reading.lines[3].box[0][1], lines[3][1], abs_tol=12)


@needs_reader
def test_a_picture_without_words_gives_an_empty_text() -> None:
    reading = ocr.read(saved(drawn([])))
    assert (reading.text, reading.lines, reading.confidence, reading.boxes(0, 9)) == ("", (), 0.0, ())


def line(text: str, left: float, top: float, width: float | None = None, height: float = 20) -> Line:
    right, bottom = left + (width or 10 * len(text)), top + height
    edges = edges_of(text, [(i + 0.5) / len(text) for i in range(len(text))])
    return Line(text, ((left, top), (right, top), (right, bottom), (left, bottom)), 0.99, edges)


def read_order(lines: list[Line]) -> list[str]:
    return [placed.line.text for placed in in_order(lines)]


def test_labels_stay_with_their_values() -> None:
    rows = [("Gaji", ": 5 juta"), ("Lokasi", ": Bekasi"), ("Umur", ": 18-30"), ("Kontak", ": kantor")]
    lines = [line(text, x, 30 * i) for i, row in enumerate(rows) for text, x in zip(row, (0, 100), strict=True)]
    assert read_order(lines) == [text for row in rows for text in row]
    placed = in_order(lines)
    assert [break_between(placed[0], placed[1]), break_between(placed[1], placed[2])] == [" ", "\n"]


def test_numbered_lists_beside_one_another_are_two_lists() -> None:
    lines = [
        line(t, x, 30 * i)
        for i, r in enumerate([("1. Kasir", "3. Koki"), ("2. Sopir", "4. Satpam")])
        for t, x in zip(r, (0, 84), strict=True)
    ]
    assert read_order(lines) == ["1. Kasir", "2. Sopir", "3. Koki", "4. Satpam"]


def test_a_logo_beside_a_text_does_not_split_it() -> None:
    lines = [line("Lowongan", 0, 0), line("LOGO", 400, 0), line("Dicari kasir", 0, 30), line("Segera", 0, 60)]
    assert read_order(lines) == ["Lowongan", "LOGO", "Dicari kasir", "Segera"]


def test_a_watermark_along_the_edge_comes_last() -> None:
    aside = Line("INFO LOKER", ((30, 0), (30, 200), (10, 200), (10, 0)), 0.99, edges_of("INFO LOKER", [0.5] * 10))
    assert read_order([aside, line("Dicari kasir", 50, 100)]) == ["Dicari kasir", "INFO LOKER"]


@pytest.mark.parametrize(
    ("first", "second", "between"),
    [
        ("tanpa penahanan", "ijazah asli", " "),
        ("Gaji pokok, bonus dan", "Tunjangan", " "),
        ("Siap kerja di Medan (Posisi", "Kasir saja)", " "),
        ("bagian pengem-", "bangan", ""),
        ("Penempatan luar kota", "Makan ditanggung", "\n"),
        ("Kirim lamaran ke:", "hrd@contoh.example", "\n"),
        ("Syarat dan", "2. Umur 20", "\n"),
        ("makan", "tempat tinggal dan seragam kerja", "\n"),  # there was room for the first word: the break is meant
    ],
)
def test_breaks_between_lines(first: str, second: str, between: str) -> None:
    above, below = in_order([line(first, 0, 0), line(second, 0, 25)])
    assert break_between(above, below) == between


# --- boxes ----------------------------------------------------------------------------------------------------------


@needs_reader
def test_a_stretch_of_the_text_has_its_place_in_the_picture() -> None:
    from PIL import ImageFont

    reading = ocr.read(saved(drawn(ADVERT)))
    start = reading.text.index("15 juta")
    (place,) = reading.boxes(start, start + len("15 juta"))
    font = ImageFont.load_default(size=28)
    left = 40 + font.getlength("Gaji ")
    right = left + font.getlength("15 juta")
    assert place.page == 0
    assert math.isclose(place.box[0][0], left, abs_tol=12)
    assert math.isclose(place.box[1][0], right, abs_tol=12)
    assert 80 < place.box[0][1] < 100 < place.box[2][1] < 135


@needs_reader
def test_boxes_of_a_lying_photo_follow_the_letters() -> None:
    reading = ocr.read(saved(drawn(ADVERT).rotate(270, expand=True)))  # the text runs downwards, its feet to the left
    (place,) = reading.boxes(0, len("LOWONGAN"))
    assert place.box[1][1] - place.box[0][1] > 100
    assert abs(place.box[1][0] - place.box[0][0]) < 10
    assert place.box[0][0] > place.box[3][0] > 300


def test_boxes_over_several_lines_and_pages() -> None:
    first = Page(0, 400, 300, (line("penahanan", 0, 0), line("ijazah asli", 0, 30)), ("", " "))
    reading = Reading((first, Page(3, 400, 300, (line("Gaji", 5, 5),), ("",))))
    assert reading.text == "penahanan ijazah asli\n\nGaji"
    assert reading.starts == (0, 10, 23)
    places = reading.boxes(5, 16)
    assert [p.page for p in places] == [0, 0]
    assert places[0].box == ((50, 0), (90, 0), (90, 20), (50, 20))
    assert places[1].box == ((0, 30), (65, 30), (65, 50), (0, 50))  # up to the middle of the blank
    assert [p.page for p in reading.boxes(0, 99)] == [0, 0, 3]
    assert reading.boxes(21, 23) == reading.boxes(4, 4) == reading.boxes(50, 60) == ()


@given(st.lists(st.text("ab c", min_size=1, max_size=8), max_size=6), st.integers(0, 60), st.integers(0, 60))
def test_boxes_are_those_of_the_lines_touched(texts: list[str], start: int, end: int) -> None:
    page = Page(
        0, 100, 100, tuple(line(t, 0, 30 * i) for i, t in enumerate(texts)), ("", *"\n" * len(texts))[: len(texts)]
    )
    reading = Reading((page,))
    touched = [
        i
        for i, (at, t) in enumerate(zip(reading.starts, texts, strict=True))
        if start < at + len(t) and at < end and start < end
    ]
    places = reading.boxes(start, end)
    assert [p.box[0][1] for p in places] == [30 * i for i in touched]
    for at, text in zip(reading.starts, texts, strict=True):
        assert reading.text[at : at + len(text)] == text


# --- pictures of every make -----------------------------------------------------------------------------------------


@needs_reader
@pytest.mark.parametrize(
    ("ground", "ink", "seen"),
    [((0, 0, 0, 0), (255, 255, 255, 255), "black"), ((255, 255, 255, 0), (0, 0, 0, 255), "white")],
)
def test_what_is_transparent_never_swallows_the_letters(ground: tuple, ink: tuple, seen: str) -> None:
    picture = drawn(ADVERT, mode="RGBA", ground=ground, ink=ink)
    flat = pictures.open_picture(saved(picture))
    assert flat.mode == "RGB"
    assert flat.getpixel((2, 2)) == ((0, 0, 0) if seen == "black" else (255, 255, 255))
    assert flat.getextrema() == ((0, 255),) * 3


@needs_reader
def test_grey_of_sixteen_bits_keeps_its_shades() -> None:
    import numpy as np
    from PIL import Image

    grey = np.full((40, 40), 30_000, dtype=np.uint16)
    grey[:, 20:] = 60_000
    opened = pictures.open_picture(saved(Image.fromarray(grey)))
    assert (opened.getpixel((5, 5)), opened.getpixel((30, 5))) == ((0, 0, 0), (255, 255, 255))


@needs_reader
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "YCbCr"])
def test_every_colour_mode_becomes_rgb(mode: str) -> None:
    kind = {"CMYK": "JPEG", "YCbCr": "JPEG"}.get(mode, "PNG")
    opened = pictures.open_picture(saved(drawn(ADVERT).convert(mode), kind))
    assert opened.mode == "RGB"
    assert min(opened.getpixel((2, 2))) > 240
    assert min(opened.convert("L").getextrema()) < 30


@needs_reader
@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_read(kind: str) -> None:
    frames = [drawn([], size=(50, 50), ground=colour) for colour in ("white", "black")]
    opened = pictures.open_picture(saved(frames[0], kind, save_all=True, append_images=frames[1:]))
    assert opened.getpixel((9, 9)) == (255, 255, 255)


@needs_reader
def test_a_pdf_is_read_page_by_page() -> None:
    second = drawn([(40, 30, "Syarat fotokopi KTP")], size=(500, 100))
    data = saved(drawn(ADVERT), "PDF", save_all=True, append_images=[second], resolution=150)
    reading = ocr.read(data)
    assert reading.text == f"{ADVERT_TEXT}\n\nSyarat fotokopi KTP"
    assert [p.page for p in reading.boxes(0, len(reading.text))] == [0, 0, 0, 1]
    assert ocr.read(data, page=1).pages == (reading.pages[1],)
    assert ocr.picture(data, page=1).size == (reading.pages[1].width, reading.pages[1].height)


def test_tiles_cover_the_height_overlap_and_fit_into_memory() -> None:
    for width, height in ((736, 10), (736, 5434), (736, 5435), (1440, 40_000), (4096, 3000), (32, 9)):
        found = tiles._tiles(width, height)
        assert (found[0][0], found[-1][1]) == (0, height)
        assert all(width * (bottom - top) <= 4_000_000 for top, bottom in found)
        assert all(above[0] < below[0] <= above[1] - 256 for above, below in pairwise(found))


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(5, 200), st.integers(8, 60)), max_size=25)
)
def test_every_line_has_one_place_in_the_order(frames: list[tuple[int, int, int, int]]) -> None:
    lines = [line(f"a{i}", left, top, width, height) for i, (left, top, width, height) in enumerate(frames)]
    assert sorted(read_order(lines)) == sorted(item.text for item in lines)


# --- files that cannot be read --------------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    """The header of a PNG of this size with next to no pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


LOCKED = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -44/O(%s)/U(%s)>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[(abcdefgh)(abcdefgh)]/Size 5>>
""" % (b"o" * 32, b"u" * 32)


def bad_files() -> dict[str, tuple[str, bytes]]:
    whole = saved(drawn(ADVERT), "JPEG")
    document = saved(drawn([], size=(40, 40)), "PDF", save_all=True, append_images=[drawn([], size=(40, 40))] * 10)
    return {
        "nothing": ("empty", b""),
        "a text": ("not_a_picture", b"Loker Kamboja gaji 15 juta"),
        "a document": ("not_a_picture", b"PK\x03\x04\x14\0\6\0"),
        "a photo of an iPhone": ("heic", b"\0\0\0\x18ftypheic\0\0\0\0"),
        "half a JPEG": ("broken", whole[: len(whole) // 2]),
        "the start of a JPEG": ("broken", whole[:12]),
        "a PNG without its pixels": ("broken", png(100, 100)),
        "a hundred megapixels": ("too_large", png(10_000, 10_000)),
        "a decompression bomb": ("too_large", png(60_000, 60_000)),
        "a dot": ("too_small", png(4, 300)),
        "half a PDF": ("pdf_broken", b"%PDF-1.7\n1 0 obj <<"),
        "a locked PDF": ("pdf_locked", LOCKED),
        "a book": ("pdf_pages", document),
    }


@needs_reader
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_lines", lambda _: pytest.fail("went on to read it"))
    for name, (code, data) in bad_files().items():
        with pytest.raises(ocr.PosterError) as problem:
            ocr.read(data)
        assert problem.value.code == code, name
        sentence = str(problem.value)
        assert sentence.endswith("."), name
        assert "\n" not in sentence
        assert ". " not in sentence


@needs_reader
def test_the_size_is_refused_before_a_pixel_is_decoded() -> None:
    import tracemalloc

    tracemalloc.start()
    with pytest.raises(ocr.PosterError, match="10000 x 10000"):
        pictures.open_picture(png(10_000, 10_000))
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@needs_reader
def test_a_page_that_is_not_there() -> None:
    for data in (saved(drawn([])), saved(drawn([]), "PDF")):
        with pytest.raises(ocr.PosterError, match="no page 5") as problem:
            ocr.read(data, page=4)
        assert problem.value.values == {"page": 5, "pages": 1}


@needs_reader
def test_a_huge_page_is_rendered_at_a_bearable_size() -> None:
    for width, height in ((14_400, 14_400), (200, 14_400), (595, 842), (10, 10)):
        scale = pages._scale(width, height)
        assert width * height * scale**2 <= 12_000_001
        assert min(width, height) * scale <= 1_601


@pytest.mark.parametrize("missing", ["rapidocr", "onnxruntime", "PIL", "pypdfium2"])
def test_without_the_extra_the_error_names_it(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_spec", lambda name: None if name == missing else True)
    with pytest.raises(ocr.PosterError, match=r"pip install 'lure-detector\[ocr\]'") as problem:
        ocr.read(b"anything")
    assert problem.value.code == "not_installed"


# --- the engine -----------------------------------------------------------------------------------------------------


def test_nothing_heavy_is_imported_before_the_first_picture() -> None:
    code = (
        "import sys, detector, detector.ocr, detector.cli\n"
        "print([m for m in ('rapidocr', 'onnxruntime', 'cv2', 'PIL', 'pypdfium2', 'numpy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"


@needs_reader
def test_loads_once_for_all_threads_and_asks_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("opened a connection"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked for a host"))
    engine._load.cache_clear()
    data, texts = saved(drawn(ADVERT)), []
    threads = [threading.Thread(target=lambda: texts.append(ocr.read(data).text)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [ADVERT_TEXT] * 4
    assert engine._load.cache_info().misses == 1


@needs_reader
def test_an_engine_that_fails_is_one_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(engine, "_reader", lambda: fails)
    with pytest.raises(ocr.PosterError, match="MemoryError") as problem:
        ocr.read(saved(drawn(ADVERT)))
    assert problem.value.code == "failed"


# --- the command ----------------------------------------------------------------------------------------------------


@needs_reader
def test_check_reads_a_poster(tmp_path: Path) -> None:
    poster = tmp_path / "poster.jpg"
    poster.write_bytes(saved(drawn(ADVERT), "JPEG"))
    result = CliRunner().invoke(app, ["check", os.fspath(poster), "--json"])
    assert result.exit_code == 0
    assert '"high_risk_destination"' in result.stdout
    assert ADVERT_TEXT in result.stderr


@needs_reader
def test_check_says_when_a_picture_has_no_words_or_cannot_be_read(tmp_path: Path) -> None:
    for name, data, said in (("blank.png", saved(drawn([])), "No words"), ("cut.png", png(99, 99), "damaged")):
        (tmp_path / name).write_bytes(data)
        result = CliRunner().invoke(app, ["check", os.fspath(tmp_path / name)])
        assert (result.exit_code, said in result.output) == (2, True)
        assert "Traceback" not in result.output

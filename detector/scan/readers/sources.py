"""The files to read: paths, folders and patterns, with `.gz`, `.zst` and `.zip` opened in memory and never on disk."""

from __future__ import annotations

import glob
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from detector.scan.readers.streams import Stream
from detector.scan.rows import InputError, Report

MEMBER_LIMIT = 20 << 30  # bytes of one unpacked member of a .zip
RATIO = 200  # unpacked to packed size above which a .zip is taken for a bomb; ads pack to a fifth or a tenth
RATIO_FROM = 10 << 20  # bytes below which the ratio is not looked at: a small file of equal rows packs well
HELD_LIMIT = 256 << 20  # bytes of a packed Excel or Parquet file that is unpacked into memory
GZIP, ZSTD, ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class File:
    """One file to read.

    `label` is its path for people and row ids (inside a .zip: `archive.zip/member`), `name` the last part of it without
    `.gz` or `.zst`.
    """

    label: str
    path: Path
    member: str = ""
    packing: tuple[str, ...] = ()
    members: zipfile.ZipFile | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """File name that tells the format."""
        name = PurePosixPath(self.label).name
        return re.sub(r"(?i)\.(gz|gzip|zst|zstd)$", "", name) if self.packing else name

    def open(self) -> BinaryIO:
        """The unpacked bytes, from the start."""
        inside = self.members
        handle: Any = inside.open(self.member) if inside is not None else self.path.open("rb")
        for kind in self.packing:
            if kind == "gzip":
                handle = _Gzip(handle)
            else:
                import pyarrow as pa

                handle = pa.CompressedInputStream(pa.PythonFile(handle, mode="r"), "zstd")
        return cast(BinaryIO, handle)

    def stream(self) -> Stream:
        """The unpacked bytes in pieces."""
        return Stream(self.open, self._size() if self.packing else None)

    def seekable(self) -> BinaryIO:
        """The file for formats that are read from their end (Excel, Parquet).

        Raises
        ------
        InputError
            When it is packed and larger than `HELD_LIMIT` bytes.
        """
        if self.members is None and not self.packing:
            return self.path.open("rb")
        stream, held = self.stream(), io.BytesIO()
        for chunk in stream.chunks():
            held.write(chunk)
            if held.tell() > HELD_LIMIT:
                raise InputError(
                    f"{self.label} is larger than {HELD_LIMIT >> 20} MB; unpack it and scan it from there."
                )
        stream.close()
        if stream.problem:
            raise InputError(f"{self.label} cannot be read: {stream.problem}.")
        held.seek(0)
        return held

    def _size(self) -> int:
        return self.members.getinfo(self.member).file_size if self.members is not None else self.path.stat().st_size


class _Gzip(gzip.GzipFile):
    """Gives what was unpacked before a cut, where `read` of the base class would lose it."""

    def __init__(self, handle: BinaryIO) -> None:
        super().__init__(fileobj=handle, mode="rb")

    def read(self, size: int | None = -1) -> bytes:
        return self.read1(size if size is not None else -1)


def find(paths: Sequence[str | Path], report: Report) -> tuple[list[File], bool]:
    """The files of `paths` in order, and whether they are one of many (a folder, a pattern, a .zip, several paths).

    Files of a folder are sorted by path; hidden ones are counted as passed over.

    Raises
    ------
    InputError
        When a path does not exist, cannot be opened, or a .zip looks like a bomb.
    """
    files: list[File] = []
    many = len(paths) > 1
    for given in paths:
        path = Path(given)
        try:
            path.stat()
        except FileNotFoundError:
            pass
        except (OSError, ValueError) as problem:  # a name too long, a folder that may not be entered
            words = getattr(problem, "strerror", None) or "not a file name"
            raise InputError(f"{str(given)[:200]} cannot be opened ({words}); check the name and try again.") from None
        if path.is_dir():
            many = True
            found = list(_below(path, report))
            if not found:
                raise InputError(f"The folder {path} has no files in it; name another one.")
            for one in found:
                files += _unpacked(one, one.relative_to(path).as_posix())
        elif path.is_file():
            inside = _unpacked(path, path.name)
            many = many or len(inside) > 1
            files += inside
        elif glob.has_magic(str(given)):
            many = True
            # Path.glob takes no pattern that begins at the root or goes up.
            found_names = glob.glob(str(given), recursive=True)  # noqa: PTH207
            matches = sorted(name for name in found_names if Path(name).is_file())
            if not matches:
                raise InputError(f"No file fits the pattern {given}; check it and try again.")
            for match in matches:
                files += _unpacked(Path(match), Path(match).as_posix())
        else:
            raise InputError(f"There is no file {path}; check the name and try again.")
    return _own_labels(files), many


def _own_labels(files: list[File]) -> list[File]:
    """Labels made different where two folders hold files of one name."""
    seen: dict[str, int] = {}
    out = []
    for one in files:
        seen[one.label] = seen.get(one.label, 0) + 1
        if seen[one.label] > 1:
            one = File(f"{one.label}({seen[one.label]})", one.path, one.member, one.packing, one.members)
        out.append(one)
    return out


def _below(folder: Path, report: Report) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            report.skipped["hidden file"] += 1
        else:
            yield path


def _unpacked(path: Path, label: str) -> list[File]:
    """The file itself, or the members of a .zip."""
    try:
        with path.open("rb") as handle:
            start = handle.read(4)
            if start in (ZIP, _EMPTY_ZIP) and not _is_workbook(path):
                return _members(path, label)
    except OSError as problem:
        raise InputError(f"{label} cannot be opened ({problem.strerror}); check its permissions.") from None
    return [File(label, path, packing=_packing(start))]


def _is_workbook(path: Path) -> bool:
    """True for .xlsx, which is a .zip itself; a broken .zip is left to its reader."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise InputError(f"{path.name} is damaged or cut off; copy or download it again.") from None


def _packing(start: bytes) -> tuple[str, ...]:
    return ("gzip",) if start.startswith(GZIP) else ("zstd",) if start.startswith(ZSTD) else ()


def _members(path: Path, label: str) -> list[File]:
    archive = zipfile.ZipFile(path)  # stays open while its members are read
    infos = [info for info in archive.infolist() if not info.is_dir()]
    total, packed = sum(info.file_size for info in infos), path.stat().st_size
    worst = max(infos, key=lambda info: info.file_size, default=None)
    bomb = total > RATIO_FROM and total > RATIO * packed
    if worst is not None and (bomb or worst.file_size > MEMBER_LIMIT):
        raise InputError(
            f"{label} unpacks to {total >> 20} MB, {total // max(packed, 1)} times its size, and may be a zip bomb; "
            f"unpack it yourself if you trust it (at most {RATIO} times and {MEMBER_LIMIT >> 30} GB a file are read)."
        )
    if any(info.flag_bits & 1 for info in infos):
        raise InputError(f"{label} is protected by a password; unpack it and scan the folder.")
    files = []
    for info in sorted(infos, key=lambda info: info.filename):
        inner = f"{label}/{_harmless(info.filename)}"
        try:
            with archive.open(info) as handle:
                start = handle.read(4)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
            start = b""  # its reader will meet the damage again and say so
        files.append(File(inner, path, info.filename, _packing(start), archive))
    return files


def _harmless(name: str) -> str:
    """A member's name for people: it is shown and put into ids, never used as a path."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return re.sub(r"[\x00-\x1f\x7f]", "_", "/".join(parts)) or "member"

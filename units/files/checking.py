"""One gate for every uploaded file: ending, first bytes and contents must agree."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
from dataclasses import dataclass

import puremagic
from PIL import Image

from units.files.archives import check_archive
from units.files.errors import FileEmpty, FileKindRefused, FileNotWhatItSays, FileTooLarge
from units.files.kinds import ATTACHED, BY_ENDING, JPEG, PDF, PNG, WPS, FileKind
from units.files.pages import draw_pages

MOST_BYTES = 20 * 1024 * 1024
_LONGEST_NAME = 120
_MOST_PIXELS = 60_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that passed: clean name, kind, bytes, and for a PDF the pictures of its first pages."""

    name: str
    kind: FileKind
    content: bytes
    pages: tuple[bytes, ...] = ()


def check_file(
    name: str, content: bytes, *, kinds: tuple[FileKind, ...] = ATTACHED, most: int = MOST_BYTES
) -> CheckedFile:
    """Let a file in, or say why not.

    name: as the browser sent it; paths, controls and direction marks are taken out. most: bytes.
    Raises one of units.files.errors. Source: docs/rules.md, "Files".
    """
    clean = clean_name(name)
    if not content:
        raise FileEmpty(clean)
    if len(content) > most:
        raise FileTooLarge(clean, most // (1024 * 1024))
    kind = BY_ENDING.get(clean.rpartition(".")[2].lower())
    if kind is None or kind not in kinds:
        raise FileKindRefused(clean, " ".join(each.code for each in kinds))
    if kind.magic not in _magic(content):
        raise FileNotWhatItSays(clean, kind.code)
    if kind is PDF:
        return CheckedFile(clean, kind, content, draw_pages(clean, content))
    if kind in (PNG, JPEG):
        _check_picture(clean, kind, content)
    elif kind is WPS:
        _check_compound(clean, content)
    else:
        check_archive(clean, kind, content)
    return CheckedFile(clean, kind, content)


def clean_name(name: str) -> str:
    """The last part of a name on one line, at most 120 characters, ending kept; "file" if nothing is left."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = _CONTROL.sub("", last).replace('"', "").strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:_LONGEST_NAME] or "file"
    ending = ending[:8]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1] or 'file'}.{ending}"


def _magic(content: bytes) -> set[str]:
    try:
        return {found.extension for found in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return set()


def _check_picture(name: str, kind: FileKind, content: bytes) -> None:
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG" if kind is JPEG else "PNG"]) as picture:
            width, height = picture.size
            if width * height > _MOST_PIXELS:
                raise FileNotWhatItSays(name, kind.code)
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as why:
        raise FileNotWhatItSays(name, kind.code) from why


def _check_compound(name: str, content: bytes) -> None:
    """A .wps file is a compound file: its header names a sector whose first entry is the root."""
    try:
        byte_order, shift = struct.unpack_from("<HH", content, 28)
        (first_directory,) = struct.unpack_from("<I", content, 48)
        root = (first_directory + 1) << shift
        title = content[root : root + 22].decode("utf-16-le")
    except (struct.error, UnicodeDecodeError, OverflowError) as why:
        raise FileNotWhatItSays(name, WPS.code) from why
    if byte_order != 0xFFFE or shift not in (9, 12) or title != "Root Entry\0":
        raise FileNotWhatItSays(name, WPS.code)

"""Office files are zip archives: read the directory before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from units.files.errors import FileHoldsCode, FileNotWhatItSays, FilePacksTooMuch
from units.files.kinds import DOCX, OFD, XLSX, FileKind

MOST_ENTRIES = 200
MOST_UNPACKED = 20 * 1024 * 1024
MOST_RATIO = 100
_MAIN_PART = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml", OFD: "OFD.xml"}
_ENCRYPTED = 0x1
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, struct.error)


def check_archive(name: str, kind: FileKind, content: bytes) -> None:
    """Refuse an office file that packs too much, holds code, or lacks its main part.

    At most 200 entries, 20 MB unpacked, 100 bytes unpacked for each packed one, all by the directory first;
    then each entry is read through once: a directory that lies about sizes is found out by length and CRC.
    Raises FilePacksTooMuch, FileHoldsCode, FileNotWhatItSays. Source: docs/rules.md, "Files".
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(name, kind, archive)
            for entry in archive.infolist():
                _check_entry(name, archive, entry)
            ElementTree.fromstring(archive.read(_MAIN_PART[kind]))  # noqa: S314 - no document type is left by now
    except (*_UNREADABLE, KeyError, ElementTree.ParseError) as why:
        raise FileNotWhatItSays(name, kind.code) from why


def _check_directory(name: str, kind: FileKind, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1):
        raise FilePacksTooMuch(name)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise FileNotWhatItSays(name, kind.code)
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise FileHoldsCode(name)


def _check_entry(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    data = archive.read(entry)
    if entry.filename.lower().endswith((".xml", ".rels")) and _has_document_type(data):
        raise FileHoldsCode(name)


def _has_document_type(data: bytes) -> bool:
    # UTF-16 spells the mark with a zero byte beside each letter.
    return b"<!doctype" in data.replace(b"\0", b"").lower()

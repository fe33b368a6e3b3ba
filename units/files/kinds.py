"""The kinds of file that are let in."""

from __future__ import annotations

from dataclasses import dataclass

_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind: media type, the magic that puremagic must find, whether a browser may show it in place."""

    code: str
    media_type: str
    magic: str
    inline: bool = False


PDF = FileKind("PDF", "application/pdf", ".pdf")
JPEG = FileKind("JPG", "image/jpeg", ".jpg", inline=True)
PNG = FileKind("PNG", "image/png", ".png", inline=True)
OFD = FileKind("OFD", "application/ofd", ".docx")
DOCX = FileKind("DOCX", _OFFICE + "wordprocessingml.document", ".docx")
XLSX = FileKind("XLSX", _OFFICE + "spreadsheetml.sheet", ".xlsx")
WPS = FileKind("WPS", "application/wps-office.wps", ".doc")

BY_ENDING = {
    "pdf": PDF,
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": PNG,
    "ofd": OFD,
    "docx": DOCX,
    "wps": WPS,
    "xlsx": XLSX,
}
ATTACHED = (PDF, JPEG, PNG, OFD, DOCX, WPS, XLSX)
SCANS = (PDF, JPEG, PNG)
TABLES = (XLSX,)

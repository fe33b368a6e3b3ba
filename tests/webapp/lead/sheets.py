"""Workbooks and pictures for uploads."""

import base64
from io import BytesIO

import openpyxl

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def workbook(rows) -> bytes:
    """These rows as an XLSX, as an office program writes it; a text that begins with = is a formula there."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()

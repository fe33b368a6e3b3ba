"""Small files of each kind, made in memory."""

import io
import zipfile

import xlsxwriter
from PIL import Image


def picture(form="PNG", size=(20, 20)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, form)
    return out.getvalue()


def archive(entries, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return out.getvalue()


def docx(**more):
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"} | more)


def ofd():
    return archive({"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<Document/>"})


def xlsx(rows=(("a", 1),)):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def pdf(pages=1):
    out = io.BytesIO()
    sheets = [Image.new("RGB", (60, 80), "white") for _ in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def wps():
    """The header and the first directory sector of a compound file, as Kingsoft writes them."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    header[24:32] = bytes.fromhex("3E000300FEFF0900")
    header[48:52] = (0).to_bytes(4, "little")
    return bytes(header) + "Root Entry\0".encode("utf-16-le").ljust(512, b"\0")

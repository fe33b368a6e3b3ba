"""Draws small certificates as attachments: real PNG and PDF files that say 演示 across the page.

The two characters are kept as 24 × 24 dots, since a machine need not have a Chinese font.
"""

import io

from PIL import Image, ImageDraw

GLYPH_SIDE = 24
GLYPHS = (
    "1c07000e47000e470c04fffe01c00c41c038707ff83a03003c4318047ffc04631c0c631c087ffc18631c18631c78631c187ffc"
    "1860181818c01c3e7c1c781e38e00e1b0004000000",
    "0000600000700ffff800000000000000000000001800001c7ffffe001c00001c00041c00079cc00f1c700e1c380c1c3c1c1c1c"
    "181c0e301c0e401c0e00f800007800003000000000",
)
PAPER = (210, 297)
SCALE = 2


def certificate(unit_code: str, year: int, number: int) -> Image.Image:
    """A page in A4's shape with a frame, the mark 演示, and whose and which certificate it is."""
    width, height = PAPER[0] * SCALE, PAPER[1] * SCALE
    page = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((18, 18, width - 19, height - 19), outline=(160, 30, 30), width=4)
    pen.rectangle((30, 30, width - 31, height - 31), outline=(160, 30, 30), width=1)
    side = GLYPH_SIDE * SCALE * 3
    for place, dots in enumerate(GLYPHS):
        glyph = Image.frombytes("1", (GLYPH_SIDE, GLYPH_SIDE), bytes.fromhex(dots)).convert("L")
        mask = glyph.resize((side, side), Image.Resampling.NEAREST)
        page.paste((205, 60, 60), ((width - 2 * side) // 2 + place * side, height // 3), mask)
    lines = ("DEMONSTRATION - NOT A REAL DOCUMENT", f"{unit_code} / {year} / No. {number:03d}")
    for row, line in enumerate(lines):
        pen.text((width // 2, height * 2 // 3 + 30 * row), line, fill=(60, 60, 60), anchor="mm", font_size=16)
    return page


def as_png(page: Image.Image) -> bytes:
    """The page as a PNG file of a few kilobytes."""
    out = io.BytesIO()
    page.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


def as_pdf(page: Image.Image) -> bytes:
    """The page as a PDF file of one page."""
    out = io.BytesIO()
    page.save(out, "PDF", resolution=72.0 * SCALE, creationDate=None, modDate=None)
    return out.getvalue()

"""The process that draws the pages of a PDF: PDF on standard input, pictures on standard output.

Run by units.files.pages under limits of memory and time, because a PDF is a program that a stranger wrote.
Each picture is preceded by its length in four bytes.
"""

from __future__ import annotations

import io
import resource
import struct
import sys

import pypdfium2

MOST_PAGES = 10
MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 20
_WIDTH = 1240  # A4 at 150 dots an inch
_MOST_PIXELS = 4_000_000


def main() -> None:
    """Draw the first pages of the PDF on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    for number in range(min(len(document), MOST_PAGES)):
        picture = _drawn(document[number])
        sys.stdout.buffer.write(struct.pack(">I", len(picture)) + picture)


def _drawn(page: pypdfium2.PdfPage) -> bytes:
    width, height = page.get_size()
    scale = min(_WIDTH / width, (_MOST_PIXELS / (width * height)) ** 0.5)
    out = io.BytesIO()
    page.render(scale=scale).to_pil().convert("RGB").save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()

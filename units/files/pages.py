"""A PDF is shown as pictures of its first pages, so that nobody's browser runs what it holds."""

from __future__ import annotations

import struct

from units.files.bounded import run_bounded
from units.files.kinds import PDF


def draw_pages(name: str, content: bytes) -> tuple[bytes, ...]:
    """JPEG pictures of the first ten pages of a PDF, drawn in a process with 1 GB and 20 seconds.

    Raises FileNotWhatItSays where it can't be read as a PDF with at least one page, FileTakesTooLong where a
    limit was met.
    """
    return _split(run_bounded("drawing.py", name, PDF.code, content))


def _split(stream: bytes) -> tuple[bytes, ...]:
    pictures: list[bytes] = []
    at = 0
    while at < len(stream):
        (length,) = struct.unpack_from(">I", stream, at)
        pictures.append(stream[at + 4 : at + 4 + length])
        at += 4 + length
    return tuple(pictures)

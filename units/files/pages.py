"""A PDF is shown as pictures of its first pages, so that nobody's browser runs what it holds."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

from units.files.errors import FileNotWhatItSays, FileTakesTooLong
from units.files.kinds import PDF

_DRAWING = Path(__file__).with_name("drawing.py")
_MOST_SECONDS = 30


def draw_pages(name: str, content: bytes) -> tuple[bytes, ...]:
    """JPEG pictures of the first ten pages of a PDF, drawn in a process with 1 GB and 20 seconds.

    Raises FileNotWhatItSays where it can't be read as a PDF with at least one page, FileTakesTooLong where a
    limit was met.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own script, no shell
            [sys.executable, "-P", str(_DRAWING)],
            input=content,
            capture_output=True,
            timeout=_MOST_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as why:
        raise FileTakesTooLong(name) from why
    if done.returncode < 0:  # killed by a limit
        raise FileTakesTooLong(name)
    if done.returncode or not done.stdout:
        raise FileNotWhatItSays(name, PDF.code)
    return _split(done.stdout)


def _split(stream: bytes) -> tuple[bytes, ...]:
    pictures: list[bytes] = []
    at = 0
    while at < len(stream):
        (length,) = struct.unpack_from(">I", stream, at)
        pictures.append(stream[at + 4 : at + 4 + length])
        at += 4 + length
    return tuple(pictures)

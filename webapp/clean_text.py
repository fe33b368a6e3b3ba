"""Typed text as it is kept: nothing in it that no page, file or database can hold."""

import re
import unicodedata

# Control characters but tab and line feed, and halves of surrogate pairs.
UNKEEPABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Text in NFC with line ends as line feeds and without characters that can't be kept; its ends are trimmed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNKEEPABLE.sub("", lines)).strip()

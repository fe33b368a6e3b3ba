"""When units may hand in, and how long their texts may be."""

from __future__ import annotations

from units.errors import NothingCollected, TextTooLong
from units.year import Year

COLLECTING_STAGES = ("collecting", "assessing")


def refuse_unless_collecting(year: Year) -> None:
    """Raise NothingCollected unless the year takes material: from `collecting` to the end of `assessing`."""
    if year.stage not in COLLECTING_STAGES:
        raise NothingCollected(year.stage)


def fitting(field: str, text: str, most: int) -> str:
    """The text with its ends trimmed and line ends unified; raises TextTooLong above `most` characters."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(clean) > most:
        raise TextTooLong(field, most, len(clean))
    return clean

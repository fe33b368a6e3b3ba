"""Keys by which names in Chinese are sorted and searched."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def sort_keys(name_zh: str) -> tuple[str, str]:
    """Full pinyin and initials of a name in lower case, for sorting and searching (市财政局: shicaizhengju, sczj)."""
    full, first = (
        "".join(lazy_pinyin(name_zh, style=style, errors=_letters_and_digits)).lower()
        for style in (Style.NORMAL, Style.FIRST_LETTER)
    )
    return full, first


def _letters_and_digits(other: str) -> str:
    return "".join(character for character in other if character.isalnum())

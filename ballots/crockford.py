"""Codes that people read, type and say: Crockford's base 32, which has no I, L, O and U.

Source: D. Crockford, Base 32 (crockford.com/base32.html), its check symbol included.
"""

import secrets

from ballots.errors import CodeMistyped

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS = 16
"""Symbols of a code before its check symbol: 80 bits."""

_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_READ = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u3000": None, "—": None, "–": None})
_CHECK_MODULUS = 37


def spell(number: int, symbols: int = SYMBOLS) -> str:
    """Spell a whole number in so many symbols, most significant first; higher digits are cut."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(symbols)))


def head_of(content: bytes, symbols: int = SYMBOLS) -> str:
    """Spell the first bits of a hash, five a symbol."""
    return spell(int.from_bytes(content, "big") >> max(0, len(content) * 8 - symbols * 5), symbols)


def grouped(code: str) -> str:
    """Write a code in groups of four for the eye."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def new_code() -> str:
    """Draw a code of 80 random bits with its check symbol, 17 symbols in all.

    A code whose check would be one of the five signs that Crockford adds is drawn again: a sign is hard to say
    and to type.
    """
    while True:
        number = secrets.randbits(SYMBOLS * 5)
        if number % _CHECK_MODULUS < len(ALPHABET):
            return spell(number) + ALPHABET[number % _CHECK_MODULUS]


def plain(text: str) -> str:
    """Read symbols as they were meant: capitals, O as 0, I and L as 1, no spaces or dashes."""
    return text.strip().upper().translate(_READ)


def read_code(text: str) -> str:
    """Return a typed code in its one spelling. Raises CodeMistyped on a wrong length, symbol or check symbol."""
    code = plain(text)
    if len(code) != SYMBOLS + 1 or any(symbol not in _VALUES for symbol in code):
        raise CodeMistyped
    number = 0
    for symbol in code[:-1]:
        number = number * 32 + _VALUES[symbol]
    if number % _CHECK_MODULUS != _VALUES[code[-1]]:
        raise CodeMistyped
    return code


def bounds_of(text: str, width: int) -> tuple[bytes, bytes] | None:
    """Return the least and greatest hash of `width` bytes that begin with a spelt head, or None where it is none."""
    code = plain(text)
    if len(code) != SYMBOLS or any(symbol not in _VALUES for symbol in code):
        return None
    number = 0
    for symbol in code:
        number = number * 32 + _VALUES[symbol]
    rest = width * 8 - SYMBOLS * 5
    return (number << rest).to_bytes(width, "big"), ((number + 1 << rest) - 1).to_bytes(width, "big")

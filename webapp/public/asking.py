"""What a visitor asks for in the address."""

from flask import request

from units.errors import UnknownYear


def wanted_year() -> int | None:
    """?year=2015 as a number; None where it isn't given. Raises UnknownYear on anything but four digits."""
    text = request.args.get("year")
    if not text:
        return None
    if len(text) != 4 or not (text.isascii() and text.isdigit()):
        raise UnknownYear(text[:8])
    return int(text)

"""Where to go after signing in: one shape of address only, so that it never leaves the site."""

import re

SHAPE = re.compile(r"/[A-Za-z0-9][A-Za-z0-9/_.~?=&%-]*")


def safe_next(address: str | None) -> str:
    """The address where it is a path of this site, else empty."""
    return address if address and SHAPE.fullmatch(address) else ""

"""One spelling of a value as bytes, so that its digest can be made again by anyone."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        return f"{value:.3f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: Any) -> bytes:
    """Spell a value in canonical JSON.

    value: dicts, lists, strings, whole numbers, booleans, None, dates, instants (UTC, to the second), bytes (as hex)
    and decimals (as text of three places). Raises TypeError on anything else, floats above all.
    Source: RFC 8785 (JSON Canonicalization Scheme), restricted to strings and whole numbers. Keys are sorted by
    code point, which equals the scheme's order for every key used here.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any, *, salt: bytes = b"") -> str:
    """SHA-256 of the canonical form behind a salt, as 64 hex digits.

    salt: 32 random bytes wherever the value comes from few answers; the bare digest of nine answers can be inverted.
    """
    return hashlib.sha256(salt + canonical(value)).hexdigest()

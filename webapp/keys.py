"""Keys that live outside the database, derived from SECRET_KEY under a label each."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LABELS = ("codes", "tickets", "limits", "submissions", "issuer")


def key_for(secret_key: str, label: str) -> bytes:
    """Derive the 32-byte key of a label; raises KeyError on a label that isn't known.

    Source: RFC 5869 (HKDF) with SHA-256, no salt, `info` = "pingyi/1 " + label.
    """
    if label not in LABELS:
        raise KeyError(label)
    return HKDF(SHA256(), length=32, salt=None, info=f"pingyi/1 {label}".encode()).derive(secret_key.encode())

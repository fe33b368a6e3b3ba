"""Passwords: hashing, checking, and what is refused as weak."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accounts.errors import WeakPassword

LEAST = 10
MOST = 128
# Short on purpose: the least length keeps most leaked passwords out.
COMMON = (
    "password",
    "1234567890",
    "qwertyuiop",
    "0123456789",
    "iloveyou",
    "letmein",
    "suzhou",
    "pingyi",
    "admin",
)
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# A hash takes 19 MiB and a core for some tens of milliseconds: a flood of sign-ins must queue, not take the machine.
_turn = BoundedSemaphore(4)
# Checked against when the username is unknown, so that both refusals take the same time.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    """Hash a password with Argon2id (OWASP's second recommended set: 19 MiB, 2 passes)."""
    with _turn:
        return _hasher.hash(password)


def password_fits(password_hash: str | None, password: str) -> bool:
    """Tell whether a password belongs to a hash; None stands for an unknown account and never fits."""
    with _turn:
        try:
            return _hasher.verify(password_hash or _NOBODY, password[:MOST]) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


def refuse_weak(password: str, username: str) -> None:
    """Raise WeakPassword unless 10 to 128 characters long, not common, and without the username."""
    lowered = password.lower()
    common = any(lowered.strip("0123456789!@#.") == word or lowered == word for word in COMMON)
    one_letter = len(set(password)) < 4
    if not LEAST <= len(password) <= MOST or common or one_letter or username.lower() in lowered:
        raise WeakPassword(LEAST)


def new_password() -> str:
    """Make a first password: 14 characters without look-alikes, about 69 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(14))

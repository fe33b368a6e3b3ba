"""The Merkle tree over what a close fixed."""

import hashlib
from collections.abc import Sequence


def leaf_hash(salt: bytes, key: str, content: bytes) -> bytes:
    """Salted hash of one closed row.

    Source: RFC 9162, section 2.1.1: a leaf's hash begins with the byte 0. The salt keeps a row of few possible values
    from being guessed.
    """
    return hashlib.sha256(b"\x00" + salt + key.encode() + b"\x00" + content).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Root over leaf hashes in the given order; of no leaves, the hash of nothing.

    Source: RFC 9162, section 2.1.1 (the last subtree of an odd level is carried up, which equals the split at the
    largest power of two).
    """
    if not leaves:
        return hashlib.sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        paired = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]

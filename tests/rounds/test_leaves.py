"""The tree over closed rows, against the definition of RFC 9162 written out recursively."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from rounds.leaves import leaf_hash, merkle_root


def defined(leaves):
    """RFC 9162, section 2.1.1, as it stands there: split at the largest power of two below n."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + defined(leaves[:split]) + defined(leaves[split:])).digest()


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_the_root_is_the_one_of_the_standard(leaves):
    assert merkle_root(leaves) == defined(leaves)


def test_a_published_tree_has_the_published_root():
    # Leaf inputs and roots of Certificate Transparency's reference tests (RFC 6962 tree, the same hashing).
    inputs = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43"]
    hashed = [hashlib.sha256(b"\x00" + data).digest() for data in inputs]
    assert merkle_root(hashed[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle_root(hashed[:2]).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert merkle_root(hashed[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"


def test_a_leaf_depends_on_salt_key_and_content():
    assert (
        len(
            {
                leaf_hash(b"a", "k", b"c"),
                leaf_hash(b"b", "k", b"c"),
                leaf_hash(b"a", "l", b"c"),
                leaf_hash(b"a", "k", b"d"),
            }
        )
        == 4
    )

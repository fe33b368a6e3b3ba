"""Receipts: that an answer is in the list, without saying which."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from ballots.crockford import bounds_of, grouped, head_of
from surveys.counting.responses import Response


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the page gets after its answers were stored.

    commitment: SHA-256 over nonce, door and packed answers. nonce: shown on the page and stored nowhere; with it and
    the answers anyone can make the commitment again.
    """

    round_code: str
    commitment: bytes
    nonce: bytes

    @property
    def code(self) -> str:
        """The short code: the first 80 bits of the commitment, in groups of four."""
        return grouped(head_of(self.commitment))


def commit(nonce: bytes, door_code: str, packed: bytes) -> bytes:
    """Commit to an answer. Source: docs/rules.md, "Surveys", "Receipts"."""
    return sha256(b"pingyi/answer/1\0" + nonce + door_code.encode() + b"\0" + packed).digest()


def is_listed(session: Session, round_id: int, code: str) -> bool:
    """Tell whether a receipt's code is among the answers of a round; False for any other text."""
    bounds = bounds_of(code, 32)
    if bounds is None:
        return False
    found = exists().where(Response.round_id == round_id, Response.commitment.between(*bounds))
    return bool(session.scalar(select(found)))

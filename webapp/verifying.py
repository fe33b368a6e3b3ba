"""Checking everything that was recorded: the chain, frozen documents, closed answers, tallies, standings."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from audit.verifying import ChainHead, Fault, verify_chain
from rounds.kinds import Kinds
from rounds.verifying import verify_rounds
from scoring.verifying import verify_scores
from storage.folder import Storage
from webapp.extensions import AUDIT_HEAD


def kept_head(storage: Storage) -> ChainHead | None:
    """The chain's head as it was kept outside the database, or None."""
    line = storage.get_named(AUDIT_HEAD)
    return ChainHead.read(line.decode()) if line else None


def verify_all(session: Session, storage: Storage, kinds: Kinds) -> Iterator[Fault]:
    """Yield every fault, the chain's first; nothing where all is as it was recorded.

    Rounds are compared with the chain only where the chain itself is whole.
    """
    if fault := verify_chain(session, kept_head(storage)):
        yield fault
        return
    yield from verify_rounds(session, kinds)
    yield from verify_scores(session)

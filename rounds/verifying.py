"""Checking rounds against the chain: frozen documents, closed rows, tallies."""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.verifying import Fault, readable
from rounds.kinds import Kinds
from rounds.leaves import leaf_hash, merkle_root
from rounds.recorded import document_digest, events_of
from rounds.round import ClosingLeaf, Round


def verify_rounds(session: Session, kinds: Kinds) -> Iterator[Fault]:
    """Compare every round with what the chain recorded of it and yield what differs."""
    for round_ in session.scalars(select(Round).order_by(Round.code)):
        place = f"round {round_.code}"
        yield from readable(f"{place}, rules or doors", _verify_document(session, round_))
        yield from readable(f"{place}, answer", _verify_closed_rows(session, kinds, round_))
        yield from readable(f"{place}, tally", _verify_tally(session, kinds, round_))


def _verify_tally(session: Session, kinds: Kinds, round_: Round) -> Iterator[Fault]:
    if events_of(session, round_.code, "RoundTallied") and (place := kinds[round_.kind].verify(session, round_)):
        yield Fault(f"round {round_.code}, tally: {place}", "altered")


def _verify_document(session: Session, round_: Round) -> Iterator[Fault]:
    frozen = events_of(session, round_.code, "RoundFrozen")
    if not frozen:
        if round_.state != "draft":
            yield Fault(f"round {round_.code}, state", "altered")
        return
    told = frozen[-1]
    if not sha256(round_.instrument or b"").hexdigest() == round_.instrument_digest == told["instrument_digest"]:
        yield Fault(f"round {round_.code}, frozen document", "altered")
    elif document_digest(round_) != told["document"]:
        yield Fault(f"round {round_.code}, rules or doors", "altered")


def _verify_closed_rows(session: Session, kinds: Kinds, round_: Round) -> Iterator[Fault]:
    closed = events_of(session, round_.code, "RoundClosed")
    if not closed:
        return
    wanted = select(ClosingLeaf.key, ClosingLeaf.leaf).where(ClosingLeaf.round_id == round_.id)
    kept = dict(session.execute(wanted).all())
    if merkle_root(sorted(kept.values())).hex() != closed[-1]["merkle_root"]:
        yield Fault(f"round {round_.code}, list of closed rows", "altered")
    salt = round_.salt or b""
    for key, content in kinds[round_.kind].closing_rows(session, round_):
        leaf = kept.pop(key, None)
        if leaf is None:
            yield Fault(f"round {round_.code}, answer {key}", "added")
        elif leaf != leaf_hash(salt, key, content):
            yield Fault(f"round {round_.code}, answer {key}", "altered")
    for key in sorted(kept):
        yield Fault(f"round {round_.code}, answer {key}", "missing")

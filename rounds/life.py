"""The life of a round: which act leads from which state to which, and what each act records.

One function per act; page, command and simulator call the same.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, undefer

from accounts.approvals import refuse_one_person
from audit.events import record
from rounds.errors import FrozenRound, NotComplete, TallyMissing, TooEarly, UnknownRound, WrongState
from rounds.events import (
    RoundArchived,
    RoundClosed,
    RoundFrozen,
    RoundMade,
    RoundOpened,
    RoundPublished,
    RoundTallied,
    WindowMoved,
)
from rounds.instants import state_at
from rounds.kinds import APART, Kinds, Tallied
from rounds.leaves import leaf_hash, merkle_root
from rounds.recorded import document_digest, events_of
from rounds.round import ClosingLeaf, Round

# (state at the instant, act) -> state that the act records. What is not here is refused.
TRANSITIONS: dict[tuple[str, str], str] = {
    ("draft", "freeze"): "frozen",
    ("frozen", "open"): "open",
    ("open", "close"): "closed",
    ("closed", "close"): "closed",
    ("closed", "tally"): "tallied",
    ("unsealed", "tally"): "tallied",
    ("tallied", "tally"): "tallied",
    ("published", "tally"): "published",
    ("tallied", "publish"): "published",
    ("published", "publish"): "published",
    ("published", "archive"): "archived",
}
NEEDS_TWO = frozenset({"freeze", "open", "move_window", "publish"})


@dataclass(frozen=True)
class Closed:
    """What a close fixed: the number of accepted answers, and the root over all rows."""

    accepted: int
    merkle_root: str


def round_named(session: Session, code: str, *, lock: bool = False) -> Round:
    """The round of a code; raises UnknownRound. lock: hold the row until the transaction ends."""
    wanted = select(Round).where(Round.code == code)
    found = session.scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise UnknownRound(code)
    return found


def _step(session: Session, code: str, act: str, now: datetime) -> tuple[Round, str]:
    round_ = round_named(session, code, lock=True)
    state = state_at(round_, now)
    if (state, act) not in TRANSITIONS:
        raise WrongState(code, state, act)
    return round_, TRANSITIONS[state, act]


def _subject(code: str) -> str:
    return f"round {code}"


def make_round(session: Session, round_: Round, *, by: str, now: datetime) -> Round:
    """Store a new round as a draft."""
    session.add(round_)
    session.flush()
    made = RoundMade(round_code=round_.code, kind=round_.kind)
    record(session, made, by=by, now=now, subject=_subject(round_.code))
    return round_


def refuse_unless_draft(round_: Round) -> None:
    """Raise FrozenRound unless the round may still be edited."""
    if round_.state != "draft":
        raise FrozenRound(round_.code)


def freeze_round(session: Session, kinds: Kinds, code: str, *, by: str, approved_by: str, now: datetime) -> Round:
    """Fix a draft's instrument, rules and doors, and make the rows that answering needs.

    Raises WrongState, SamePerson, MayNotApprove, NotComplete (with everything that is missing).
    """
    round_, state = _step(session, code, "freeze", now)
    refuse_one_person(session, by, approved_by)
    kind = kinds[round_.kind]
    if lacks := kind.complete(session, round_):
        raise NotComplete(code, lacks)
    round_.instrument = kind.instrument(session, round_)
    round_.instrument_digest = sha256(round_.instrument).hexdigest()
    round_.salt = token_bytes(32)
    round_.state = state
    session.flush()
    kind.freeze(session, round_, now=now)
    session.flush()
    session.refresh(round_, ["doors"])
    frozen = RoundFrozen(code, round_.version, round_.instrument_digest, document_digest(round_), approved_by)
    record(session, frozen, by=by, now=now, subject=_subject(code))
    return round_


def open_round(session: Session, code: str, *, by: str, approved_by: str, now: datetime) -> Round:
    """Open a frozen round before its hour; at its hour it opens by itself."""
    round_, state = _step(session, code, "open", now)
    refuse_one_person(session, by, approved_by)
    round_.state = state
    round_.opens_at = min(round_.opens_at, now)
    record(session, RoundOpened(code, approved_by), by=by, now=now, subject=_subject(code))
    return round_


def move_window(
    session: Session, code: str, opens_at: datetime, closes_at: datetime, *, by: str, approved_by: str, now: datetime
) -> Round:
    """Change the hours of a round that isn't closed; a closing hour in the past is set to now."""
    round_ = round_named(session, code, lock=True)
    state = state_at(round_, now)
    if state not in ("draft", "frozen", "open"):
        raise WrongState(code, state, "move_window")
    refuse_one_person(session, by, approved_by)
    round_.opens_at, round_.closes_at = opens_at, max(closes_at, now)
    moved = WindowMoved(code, round_.opens_at.isoformat(), round_.closes_at.isoformat(), approved_by)
    record(session, moved, by=by, now=now, subject=_subject(code))
    return round_


def close_round(session: Session, kinds: Kinds, code: str, *, by: str, now: datetime, early: bool = False) -> Closed:
    """Record the close of a round, and fix every accepted row under one root.

    early: close before the hour, which brings the hour forward to now. Raises TooEarly without it, WrongState.
    A round that was closed before keeps what was fixed then.
    """
    round_, state = _step(session, code, "close", now)
    if round_.state == "closed":
        return fixed_at_close(session, round_)
    if now < round_.closes_at:
        if not early:
            raise TooEarly(code)
        round_.closes_at = now
    fix_rows(session, kinds, round_)
    round_.state = state
    session.flush()
    closed = fixed_at_close(session, round_)
    event = RoundClosed(code, closed.accepted, closed.merkle_root)
    record(session, event, by=by, now=now, subject=_subject(code))
    return closed


def fix_rows(session: Session, kinds: Kinds, round_: Round) -> None:
    """Store a leaf for every row that a close fixes, in place of those that were there."""
    salt = round_.salt or b""
    rows = [
        {"round_id": round_.id, "key": key, "leaf": leaf_hash(salt, key, content)}
        for key, content in kinds[round_.kind].closing_rows(session, round_)
    ]
    session.execute(delete(ClosingLeaf).where(ClosingLeaf.round_id == round_.id))
    if rows:
        session.execute(insert(ClosingLeaf), rows)


def fixed_at_close(session: Session, round_: Round) -> Closed:
    """Count of the accepted answers, and root over all stored leaves, ordered by the leaves themselves."""
    wanted = select(ClosingLeaf.key, ClosingLeaf.leaf).where(ClosingLeaf.round_id == round_.id)
    rows = session.execute(wanted.order_by(ClosingLeaf.leaf)).all()
    accepted = sum(not key.startswith(APART) for key, _ in rows)
    return Closed(accepted, merkle_root([leaf for _, leaf in rows]).hex())


def tally_round(session: Session, kinds: Kinds, code: str, *, by: str, now: datetime) -> Tallied:
    """Count a closed round; a recount of unchanged rows gives the same version and digest."""
    found = round_named(session, code)
    if state_at(found, now) == "closed" and found.state != "closed":
        close_round(session, kinds, code, by=by, now=now)
    round_, state = _step(session, code, "tally", now)
    tallied = kinds[round_.kind].tally(session, round_, now=now)
    round_.state = state
    event = RoundTallied(code, tallied.version, tallied.digest)
    record(session, event, by=by, now=now, subject=_subject(code))
    return tallied


def publish_round(session: Session, code: str, version: int, *, by: str, approved_by: str, now: datetime) -> Round:
    """Publish a version of a round's tally. Raises TallyMissing, WrongState, SamePerson, MayNotApprove."""
    round_, state = _step(session, code, "publish", now)
    refuse_one_person(session, by, approved_by)
    if not _was_tallied(session, code, version):
        raise TallyMissing(code, version)
    round_.state, round_.published_version = state, version
    record(session, RoundPublished(code, version, approved_by), by=by, now=now, subject=_subject(code))
    return round_


def _was_tallied(session: Session, code: str, version: int) -> bool:
    return any(facts["version"] == version for facts in events_of(session, code, "RoundTallied"))


def archive_round(session: Session, code: str, *, by: str, now: datetime) -> Round:
    """Archive a published round."""
    round_, state = _step(session, code, "archive", now)
    round_.state = state
    record(session, RoundArchived(code), by=by, now=now, subject=_subject(code))
    return round_


def rounds_of(session: Session, year_id: int | None = None) -> list[Round]:
    """All rounds, or those of a year, by code."""
    wanted = select(Round).order_by(Round.code)
    return list(session.scalars(wanted if year_id is None else wanted.where(Round.year_id == year_id)))


def with_instrument(session: Session, code: str) -> Round:
    """The round of a code with its frozen document loaded; raises UnknownRound."""
    wanted = select(Round).where(Round.code == code).options(undefer(Round.instrument))
    found = session.scalar(wanted)
    if found is None:
        raise UnknownRound(code)
    return found

"""From draft to confirmed: the officer sends, the head confirms by account or on stamped paper."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from accounts.errors import SamePerson
from audit.events import record
from database.canonical import digest
from review.peers.ballot import PeerBallot, PeerComment, PeerGrade, PeerStep, ballot_to_change
from review.peers.errors import BallotLacks, BallotNotSent
from review.peers.events import BallotConfirmed, BallotSent, BallotTakenBack
from review.peers.frozen import frozen_form
from review.peers.grading import draft_of
from review.peers.limits import quotas
from rounds.round import Round
from storage.folder import Storage
from units.files.checking import check_file
from units.files.kinds import SCANS


def send_for_confirmation(session: Session, round_: Round, rater: str, *, by: str, now: datetime) -> PeerBallot:
    """Send a complete draft to the unit's head and fix its digest.

    Raises BallotLacks with every unfinished unit and every exceeded blocking quota at once; RoundNotOpen, NotARater,
    BallotNotInDraft.
    """
    ballot = draft_of(session, round_, rater, now)
    form = frozen_form(round_)
    grades = grades_of(session, ballot)
    unfinished = [
        target.code
        for target in form.others(rater)
        if any((target.code, item.code) not in grades for item in form.items)
    ]
    exceeded = [quota for quota in quotas(form, rater, grades) if quota.blocks and quota.exceeded]
    if unfinished or exceeded:
        raise BallotLacks(unfinished, exceeded)
    ballot.state, ballot.sent_by, ballot.sent_at = "sent", by, now
    ballot.digest = ballot_digest(session, round_, ballot)
    record(session, BallotSent(round_.code, rater, ballot.digest), by=by, now=now, subject=_subject(round_, rater))
    return ballot


def take_back(session: Session, round_: Round, rater: str, *, by: str, now: datetime) -> PeerBallot:
    """Make a sent ballot a draft again: the officer thinks better of it, or the head wants a change.

    Raises RoundNotOpen, NotARater, BallotNotSent (a confirmed ballot stays).
    """
    ballot = _sent(session, round_, rater, now)
    ballot.state, ballot.digest, ballot.sent_by, ballot.sent_at = "draft", None, None, None
    record(session, BallotTakenBack(round_.code, rater), by=by, now=now, subject=_subject(round_, rater))
    return ballot


def confirm(session: Session, round_: Round, rater: str, *, by: str, now: datetime) -> PeerBallot:
    """Confirm a sent ballot by the head's own account; from now on nothing of it changes.

    The caller sees to it that `by` is the unit's head. Raises RoundNotOpen, NotARater, BallotNotSent, SamePerson.
    """
    ballot = _sent(session, round_, rater, now)
    if ballot.sent_by == by:
        raise SamePerson
    return _confirm(session, round_, ballot, way="account", scan=None, by=by, now=now)


def confirm_on_paper(
    session: Session, storage: Storage, round_: Round, rater: str, scan: tuple[str, bytes], *, by: str, now: datetime
) -> PeerBallot:
    """Confirm a sent ballot by the scan of the signed and stamped form, for a head who never signs in.

    scan: name and bytes of a PDF, JPG or PNG. by: the officer who attaches it.
    Raises as confirm, and one of units.files.errors.
    """
    ballot = _sent(session, round_, rater, now)
    kept = storage.put(check_file(*scan, kinds=SCANS).content)
    return _confirm(session, round_, ballot, way="paper", scan=kept, by=by, now=now)


def grades_of(session: Session, ballot: PeerBallot) -> dict[tuple[str, str], str]:
    """A ballot's grades by target and item."""
    wanted = select(PeerGrade.target_unit, PeerGrade.item, PeerGrade.grade).where(
        PeerGrade.round_id == ballot.round_id, PeerGrade.rater_unit == ballot.rater_unit
    )
    return {(target, item): grade for target, item, grade in session.execute(wanted)}


def comments_of(session: Session, ballot: PeerBallot) -> dict[str, str]:
    """A ballot's suggestions by target."""
    wanted = select(PeerComment.target_unit, PeerComment.text).where(
        PeerComment.round_id == ballot.round_id, PeerComment.rater_unit == ballot.rater_unit
    )
    return {row.target_unit: row.text for row in session.execute(wanted)}


def ballot_digest(session: Session, round_: Round, ballot: PeerBallot) -> str:
    """Digest over a ballot's grades and suggestions under the round's salt."""
    grades = sorted((*cell, grade) for cell, grade in grades_of(session, ballot).items())
    comments = sorted(comments_of(session, ballot).items())
    return digest([round_.code, ballot.rater_unit, grades, comments], salt=round_.salt or b"")


def _sent(session: Session, round_: Round, rater: str, now: datetime) -> PeerBallot:
    ballot = ballot_to_change(session, round_, rater, now)
    if ballot.state != "sent":
        raise BallotNotSent(ballot.state)
    return ballot


def _confirm(
    session: Session, round_: Round, ballot: PeerBallot, *, way: str, scan: str | None, by: str, now: datetime
) -> PeerBallot:
    rater = ballot.rater_unit
    ballot.state, ballot.confirmed_way, ballot.scan = "confirmed", way, scan
    ballot.confirmed_by, ballot.confirmed_at = by, now
    session.execute(delete(PeerStep).where(PeerStep.round_id == ballot.round_id, PeerStep.rater_unit == rater))
    confirmed = BallotConfirmed(round_.code, rater, ballot.digest or "", way, scan or "")
    record(session, confirmed, by=by, now=now, subject=_subject(round_, rater))
    return ballot


def _subject(round_: Round, rater: str) -> str:
    return f"ballot {round_.code} {rater}"

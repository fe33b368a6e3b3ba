"""The auditor's look at one unit's ballot of the mutual evaluation, recorded before it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from audit.looking import record_look
from review.peers.ballot import ballot_of
from review.peers.confirming import grades_of
from review.peers.form import Form
from review.peers.frozen import frozen_form
from rounds.round import Round


@dataclass(frozen=True, slots=True)
class BallotSeen:
    """One unit's ballot: its grades by target and item."""

    rater: str
    state: str
    form: Form
    grades: Mapping[tuple[str, str], str]


def look_at_ballot(
    session: Session, round_: Round, rater: str, purpose: str, *, by: str, now: datetime
) -> BallotSeen:
    """Show what one unit graded the others. Raises NotARater, PurposeMissing; audited."""
    ballot = ballot_of(session, round_.id, rater)
    record_look(session, "ballot", rater, purpose, subject=f"round {round_.code}", by=by, now=now)
    return BallotSeen(rater, ballot.state, frozen_form(round_), grades_of(session, ballot))

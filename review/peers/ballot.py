"""Tables of mutual evaluation. Keys begin with the round, then the rater."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base
from review.peers.errors import NotARater
from rounds.instants import refuse_unless_open
from rounds.round import Round

BALLOT_STATES = ("draft", "sent", "confirmed")
WAYS = ("account", "paper")
LONGEST_COMMENT = 200


class PeerBallot(Base):
    """One unit's ballot: drafted by its officer, sent to its head, confirmed by account or on stamped paper.

    digest: over grades and suggestions under the round's salt, fixed at sending and printed on the form.
    """

    __tablename__ = "peer_ballot"
    __table_args__ = (
        CheckConstraint(f"state IN {BALLOT_STATES}", name="state_is_known"),
        CheckConstraint(f"confirmed_way IS NULL OR confirmed_way IN {WAYS}", name="way_is_known"),
        CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed_has_its_time"),
        CheckConstraint("(state = 'confirmed') = (confirmed_way IS NOT NULL)", name="confirmed_has_its_way"),
        CheckConstraint("confirmed_way <> 'paper' OR scan IS NOT NULL", name="paper_has_scan"),
        CheckConstraint("confirmed_way <> 'account' OR confirmed_by <> sent_by", name="two_people"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True, autoincrement=False)
    rater_unit: Mapped[str] = mapped_column(String(8), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), default="draft")
    digest: Mapped[str | None] = mapped_column(String(64))
    sent_by: Mapped[str | None] = mapped_column(String(64))
    sent_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(64))
    confirmed_at: Mapped[datetime | None]
    confirmed_way: Mapped[str | None] = mapped_column(String(16))
    scan: Mapped[str | None] = mapped_column(String(64))


def _of_the_ballot() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["round_id", "rater_unit"], ["peer_ballot.round_id", "peer_ballot.rater_unit"], ondelete="CASCADE"
    )


class PeerGrade(Base):
    """One grade: rater, target, item. That no unit grades itself is the database's word."""

    __tablename__ = "peer_grade"
    __table_args__ = (
        _of_the_ballot(),
        CheckConstraint("rater_unit <> target_unit", name="no_unit_grades_itself"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rater_unit: Mapped[str] = mapped_column(String(8), primary_key=True)
    target_unit: Mapped[str] = mapped_column(String(8), primary_key=True)
    item: Mapped[str] = mapped_column(String(32), primary_key=True)
    grade: Mapped[str] = mapped_column(String(8))


class PeerComment(Base):
    """One unit's suggestion to another, kept apart from the grades."""

    __tablename__ = "peer_comment"
    __table_args__ = (
        _of_the_ballot(),
        CheckConstraint("rater_unit <> target_unit", name="no_unit_advises_itself"),
        CheckConstraint(f"length(text) <= {LONGEST_COMMENT}", name="text_fits"),
    )

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rater_unit: Mapped[str] = mapped_column(String(8), primary_key=True)
    target_unit: Mapped[str] = mapped_column(String(8), primary_key=True)
    text: Mapped[str] = mapped_column(String(LONGEST_COMMENT))


class PeerStep(Base):
    """What one step of drafting replaced, so that it can be undone; gone once the ballot is confirmed.

    before: [target, item, grade or None] of each cell that the step touched.
    """

    __tablename__ = "peer_step"
    __table_args__ = (_of_the_ballot(),)

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rater_unit: Mapped[str] = mapped_column(String(8), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    before: Mapped[list[list[str | None]]] = mapped_column(JSON)


def ballot_of(session: Session, round_id: int, rater: str) -> PeerBallot:
    """A unit's ballot; raises NotARater."""
    ballot = session.get(PeerBallot, (round_id, rater))
    if ballot is None:
        raise NotARater(rater)
    return ballot


def ballot_to_change(session: Session, round_: Round, rater: str, now: datetime) -> PeerBallot:
    """A unit's ballot while its round is open, held until the transaction ends.

    The round is held too, for sharing: a close waits until what was begun before it is stored, and what comes after
    sees the close. Raises RoundNotOpen, NotARater.
    """
    session.refresh(round_, with_for_update={"read": True})
    refuse_unless_open(round_, now)
    ballot = ballot_of(session, round_.id, rater)
    session.refresh(ballot, with_for_update=True)
    return ballot

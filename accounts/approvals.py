"""Maker and checker: an act that needs two people waits here for the second."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from accounts.account import Account
from accounts.errors import MayNotApprove, NotPending, SamePerson
from accounts.events import ApprovalAsked, ApprovalDecided
from accounts.making import account_named
from audit.events import record
from database.base import Base
from database.columns import public_id


class Approval(Base):
    """An act that somebody asked for and a second person decides.

    act and subject say what ("freeze", "q1-2016"); facts what the decision rests on, shown to the second person.
    way: "account", or "paper" where the second person signed a printed form whose scan is kept.
    """

    __tablename__ = "approval"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
        CheckConstraint("decision IN ('', 'approved', 'refused')", name="decision_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    act: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(128), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_by: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(String(16), default="")
    way: Mapped[str] = mapped_column(String(16), default="account")
    scan: Mapped[str | None] = mapped_column(String(64))


def may_decide(account: Account) -> bool:
    """Tell whether an account holds the office's right to check or approve."""
    return any(h.role == "office" and h.duty in ("check", "approve") for h in account.holdings)


def ask(session: Session, act: str, subject: str, facts: dict[str, Any], *, by: str, now: datetime) -> Approval:
    """Ask a second person to approve an act; an earlier open request for the same act gives way."""
    for earlier in pending(session, act, subject):
        session.delete(earlier)
    session.flush()
    approval = Approval(act=act, subject=subject, facts=facts, asked_by=by, asked_at=now)
    session.add(approval)
    session.flush()
    record(session, ApprovalAsked(act=act, facts=facts), by=by, now=now, subject=subject)
    return approval


def pending(session: Session, act: str | None = None, subject: str | None = None) -> list[Approval]:
    """Requests that nobody has decided, oldest first; of one act and subject where given."""
    wanted = select(Approval).where(Approval.decision == "").order_by(Approval.id)
    if act is not None:
        wanted = wanted.where(Approval.act == act)
    if subject is not None:
        wanted = wanted.where(Approval.subject == subject)
    return list(session.scalars(wanted))


def decided(session: Session, *, most: int) -> list[Approval]:
    """The latest decisions, the newest first, at most `most` of them."""
    wanted = select(Approval).where(Approval.decision != "").order_by(Approval.decided_at.desc(), Approval.id.desc())
    return list(session.scalars(wanted.limit(most)))


def decide(
    session: Session, public_id: str, decision: str, *, by: str, now: datetime, way: str = "account"
) -> Approval:
    """Approve or refuse a request; the caller then carries the act out.

    Raises NotPending where it was decided before, SamePerson where who asked decides,
    MayNotApprove without the right.
    """
    approval = session.scalar(
        select(Approval).where(Approval.public_id == public_id, Approval.decision == "").with_for_update()
    )
    if approval is None:
        raise NotPending
    refuse_one_person(session, approval.asked_by, by)
    approval.decision, approval.decided_by, approval.decided_at, approval.way = decision, by, now, way
    decided = ApprovalDecided(act=approval.act, decision=decision, asked_by=approval.asked_by, way=way)
    record(session, decided, by=by, now=now, subject=approval.subject)
    return approval


def refuse_one_person(session: Session, asked_by: str, approved_by: str) -> None:
    """Raise SamePerson or MayNotApprove unless a second person with the right approves."""
    if asked_by == approved_by:
        raise SamePerson
    if not may_decide(account_named(session, approved_by)):
        raise MayNotApprove(approved_by)

"""Entries of innovation and excellence: what a unit writes, and which act leads from which state to which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from audit.events import record
from database.base import Base
from database.canonical import digest
from database.columns import public_id
from storage.folder import Storage
from units.attachments import Attachment, attach, detach, hashes
from units.collecting import fitting, refuse_unless_collecting
from units.errors import AlreadyHandedIn, HandInLacks, StepNotPossible, TooManyEntries
from units.events import SubmissionMoved
from units.unit import VISIBILITIES, Unit
from units.year import Year

SUBMISSION_KINDS = ("innovation", "excellence", "hard_problem")
STATES = ("draft", "submitted", "returned", "verified", "verified_with_remark", "rejected", "published")
EDITABLE = ("draft", "returned")
ENTRIES_PER_UNIT = 3
LONGEST = {
    "title": 80,
    "period": 40,
    "problem": 300,
    "actions": 800,
    "result": 500,
    "beneficiaries": 200,
    "used_elsewhere": 200,
}
REQUIRED = ("title", "period", "problem", "actions", "result", "beneficiaries")

# (state, act) -> state. What is not here is refused. A published entry can be taken back from view ("return").
TRANSITIONS: dict[tuple[str, str], str] = {
    ("draft", "hand_in"): "submitted",
    ("returned", "hand_in"): "submitted",
    ("submitted", "return"): "returned",
    ("submitted", "verify"): "verified",
    ("submitted", "verify_with_remark"): "verified_with_remark",
    ("submitted", "reject"): "rejected",
    ("verified", "publish"): "published",
    ("verified_with_remark", "publish"): "published",
    ("published", "return"): "returned",
}


class Submission(Base):
    """One entry of a unit: innovation, excellence, or a hard problem overcome."""

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint(f"kind IN {SUBMISSION_KINDS}", name="kind_is_known"),
        CheckConstraint(f"state IN {STATES}", name="state_is_known"),
        CheckConstraint(f"visibility IN {VISIBILITIES}", name="visibility_is_known"),
        CheckConstraint("state = 'draft' OR secrecy_checked", name="handed_in_after_the_secrecy_check"),
        CheckConstraint("visibility = 'internal' OR state = 'published'", name="only_published_is_public"),
        *(CheckConstraint(f"length({field}) <= {most}", name=f"{field}_fits") for field, most in LONGEST.items()),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(80))
    period: Mapped[str] = mapped_column(String(40), default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    actions: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    beneficiaries: Mapped[str] = mapped_column(Text, default="")
    used_elsewhere: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(24), default="draft")
    visibility: Mapped[str] = mapped_column(String(16), default="internal")
    secrecy_checked: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]
    attachments: Mapped[list[Attachment]] = relationship(
        lazy="selectin", order_by="Attachment.id", cascade="all, delete-orphan"
    )
    remarks: Mapped[list[SubmissionRemark]] = relationship(
        lazy="selectin", order_by="SubmissionRemark.id", cascade="all, delete-orphan"
    )


class SubmissionRemark(Base):
    """What happened to an entry and what was said: one row for each act, none is ever changed."""

    __tablename__ = "submission_remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    act: Mapped[str] = mapped_column(String(24))
    remark: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(64))


def most_entries(year: Year) -> int:
    """How many entries a unit may hand in this year: `submissions_per_unit` of the year's rules, else 3."""
    return int(year.rules.get("submissions_per_unit", ENTRIES_PER_UNIT))


def submissions_of(session: Session, unit: Unit) -> list[Submission]:
    """A unit's entries in the order they were begun."""
    return list(session.scalars(select(Submission).where(Submission.unit_id == unit.id).order_by(Submission.id)))


def submission_of(session: Session, unit: Unit, public_id: str) -> Submission | None:
    """A unit's own entry by its public id; None for anybody else's."""
    return session.scalar(select(Submission).where(Submission.unit_id == unit.id, Submission.public_id == public_id))


def same_submission(session: Session, unit: Unit, kind: str, fields: Mapping[str, str]) -> Submission | None:
    """The unit's entry that says the same in every field: what a form leads to that is sent twice."""
    texts = {name: text.strip() for name, text in fields.items()}
    return next(
        (
            entry
            for entry in submissions_of(session, unit)
            if entry.kind == kind and all(getattr(entry, name) == text for name, text in texts.items())
        ),
        None,
    )


def begin_submission(
    session: Session, unit: Unit, kind: str, fields: Mapping[str, str], *, now: datetime
) -> Submission:
    """Begin an entry as a draft. fields: those of LONGEST, each within its number of characters.

    Raises TooManyEntries (rejected ones don't count), TextTooLong, HandInLacks without a title, NothingCollected.
    """
    year = session.get_one(Year, unit.year_id)
    refuse_unless_collecting(year)
    wanted = select(func.count()).where(Submission.unit_id == unit.id, Submission.state != "rejected")
    if (session.scalar(wanted) or 0) >= most_entries(year):
        raise TooManyEntries(most_entries(year))
    submission = Submission(unit_id=unit.id, kind=kind, state="draft", attachments=[], remarks=[])
    _write(submission, kind, fields, now)
    session.add(submission)
    session.flush()
    return submission


def save_submission(
    session: Session, unit: Unit, submission: Submission, kind: str, fields: Mapping[str, str], *, now: datetime
) -> None:
    """Keep what was typed into a draft or a returned entry; raises as begin_submission, and AlreadyHandedIn."""
    _refuse_unless_editable(session, unit, submission)
    _write(submission, kind, fields, now)
    session.flush()


def attach_to_submission(
    session: Session,
    storage: Storage,
    unit: Unit,
    submission: Submission,
    name: str,
    content: bytes,
    *,
    by: str,
    now: datetime,
) -> Attachment:
    """Hang evidence at an entry that may be edited; raises AlreadyHandedIn, NothingCollected and as attach."""
    _refuse_unless_editable(session, unit, submission)
    return attach(session, storage, submission, name, content, by=by, now=now)


def detach_from_submission(session: Session, unit: Unit, submission: Submission, public_id: str) -> None:
    """Take evidence away from an entry that may be edited; raises AlreadyHandedIn, NothingCollected."""
    _refuse_unless_editable(session, unit, submission)
    detach(session, submission, public_id)


def hand_in_submission(
    session: Session, unit: Unit, submission: Submission, *, secrecy_checked: bool, by: str, now: datetime
) -> None:
    """Hand an entry in, or hand it in again after it was returned.

    Raises HandInLacks with every missing field ("secrecy_checked" among them), StepNotPossible, NothingCollected.
    """
    refuse_unless_collecting(session.get_one(Year, unit.year_id))
    lacks = [field for field in REQUIRED if not getattr(submission, field)]
    if not secrecy_checked:
        lacks.append("secrecy_checked")
    if lacks:
        raise HandInLacks(lacks)
    submission.secrecy_checked = True
    move(session, unit.code, submission, "hand_in", by=by, now=now)


def move(
    session: Session, unit_code: str, submission: Submission, act: str, *, remark: str = "", by: str, now: datetime
) -> None:
    """Put an entry through one act of TRANSITIONS, keep the remark and record it. Raises StepNotPossible.

    The entry is held until the transaction ends, so that of two acts at once the second sees the first.
    """
    session.flush()
    session.refresh(submission, ["state"], with_for_update=True)
    was = submission.state
    if (was, act) not in TRANSITIONS:
        raise StepNotPossible(was, act)
    submission.state = TRANSITIONS[was, act]
    if submission.state != "published":
        submission.visibility = "internal"
    submission.remarks.append(SubmissionRemark(act=act, remark=remark, at=now, by=by))
    session.flush()
    moved = SubmissionMoved(
        unit_code, submission.public_id, act, was, submission.state, remark, submission_digest(submission)
    )
    record(session, moved, by=by, now=now, subject=f"submission {submission.public_id}")


def submission_digest(submission: Submission) -> str:
    """Digest over an entry's text and files: printed on its form and recorded with each act."""
    texts = [getattr(submission, field) for field in LONGEST]
    return digest([submission.public_id, submission.kind, *texts, hashes(submission.attachments)])


def _write(submission: Submission, kind: str, fields: Mapping[str, str], now: datetime) -> None:
    for field, most in LONGEST.items():
        setattr(submission, field, fitting(field, fields.get(field, ""), most))
    if not submission.title:
        raise HandInLacks(["title"])
    submission.kind, submission.saved_at = kind, now


def _refuse_unless_editable(session: Session, unit: Unit, submission: Submission) -> None:
    refuse_unless_collecting(session.get_one(Year, unit.year_id))
    if submission.state not in EDITABLE:
        raise AlreadyHandedIn(submission.state)

"""Verification of entries by the office: a gate before publication, never a part of the score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from audit.events import record
from units.attachments import Attachment
from units.collecting import fitting
from units.errors import RemarkMissing, StepNotPossible
from units.events import MandateShown, SubmissionShown
from units.submissions import Submission, SubmissionRemark, move
from units.unit import Mandate, Unit

ACTS = ("return", "verify", "verify_with_remark", "reject", "publish")
NEED_A_REMARK = frozenset({"return", "verify_with_remark", "reject"})
LONGEST_REMARK = 500


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One entry as the office's list shows it. files: how many hang at it; times_returned: how often it came back."""

    public_id: str
    unit_code: str
    unit_name_zh: str
    unit_name_en: str
    kind: str
    title: str
    state: str
    visibility: str
    files: int
    times_returned: int


def verification_queue(session: Session, year_id: int, state: str | None = None) -> list[QueueRow]:
    """Entries that were handed in this year, in the units' order; of one state where given."""
    files = (
        select(func.count()).where(Attachment.submission_id == Submission.id).correlate(Submission).scalar_subquery()
    )
    returned = (
        select(func.count())
        .where(SubmissionRemark.submission_id == Submission.id, SubmissionRemark.act == "return")
        .correlate(Submission)
        .scalar_subquery()
    )
    wanted = (
        select(
            Submission.public_id,
            Unit.code,
            Unit.short_name_zh,
            Unit.name_en,
            Submission.kind,
            Submission.title,
            Submission.state,
            Submission.visibility,
            files,
            returned,
        )
        .join(Unit, Unit.id == Submission.unit_id)
        .where(Unit.year_id == year_id, Submission.state == state if state else Submission.state != "draft")
        .order_by(Unit.position, Submission.id)
    )
    return [QueueRow(*row) for row in session.execute(wanted)]


def submission_to_verify(session: Session, year_id: int, public_id: str) -> tuple[Unit, Submission] | None:
    """A handed-in entry of the year with its unit; None for a draft, which the office doesn't see."""
    found = session.execute(
        select(Unit, Submission)
        .join(Submission, Submission.unit_id == Unit.id)
        .where(Unit.year_id == year_id, Submission.public_id == public_id, Submission.state != "draft")
    ).one_or_none()
    return (found[0], found[1]) if found else None


def decide_submission(
    session: Session, unit: Unit, submission: Submission, act: str, *, remark: str = "", by: str, now: datetime
) -> None:
    """Return, verify, verify with a remark, reject or publish an entry.

    remark: at most 500 characters, read by the unit; needed for all but a plain verification and publication.
    Raises RemarkMissing, TextTooLong, StepNotPossible. Source: docs/rules.md, "Verification of entries".
    """
    if act not in ACTS:
        raise StepNotPossible(submission.state, act)
    said = fitting("remark", remark, LONGEST_REMARK)
    if act in NEED_A_REMARK and not said:
        raise RemarkMissing(act)
    move(session, unit.code, submission, act, remark=said, by=by, now=now)


def show_submission(session: Session, submission: Submission, visibility: str, *, by: str, now: datetime) -> None:
    """Make a published entry public, or internal again. Raises StepNotPossible where it isn't published."""
    if submission.state != "published":
        raise StepNotPossible(submission.state, "show")
    submission.visibility = visibility
    shown = SubmissionShown(submission.public_id, visibility)
    record(session, shown, by=by, now=now, subject=f"submission {submission.public_id}")


def show_mandate(session: Session, unit: Unit, mandate: Mandate, visibility: str, *, by: str, now: datetime) -> None:
    """Make a unit's mandate public, or internal again."""
    mandate.visibility = visibility
    record(session, MandateShown(unit.code, visibility), by=by, now=now, subject=f"unit {unit.code}")

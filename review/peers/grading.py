"""Drafting a ballot: a grade, a block of grades, a suggestion, a step back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from review.peers.ballot import PeerBallot, PeerComment, PeerGrade, PeerStep, ballot_to_change
from review.peers.errors import BallotNotInDraft, CommentTooLong, NothingToUndo, NotOnTheForm
from review.peers.form import Form
from review.peers.frozen import frozen_form
from review.peers.limits import Cell
from rounds.round import Round


def grade_cell(
    session: Session, round_: Round, rater: str, target: str, item: str, grade: str, *, now: datetime
) -> None:
    """Give one grade in a draft. A quota may be exceeded here: it blocks the sending, not the drafting.

    Raises RoundNotOpen, NotARater, BallotNotInDraft, NotOnTheForm (one's own unit too).
    """
    grade_cells(session, round_, rater, {(target, item): grade}, now=now)


def grade_cells(session: Session, round_: Round, rater: str, grades: Mapping[Cell, str], *, now: datetime) -> None:
    """Give many grades as one step; what stands already is no change. Raises as grade_cell; then nothing is kept."""
    ballot = draft_of(session, round_, rater, now)
    _refuse_unknown(frozen_form(round_), rater, grades)
    stored = _stored(session, ballot, grades)
    before: list[list[str | None]] = []
    fresh: list[dict[str, object]] = []
    for (target, item), grade in grades.items():
        row = stored.get((target, item))
        if row is not None and row.grade == grade:
            continue
        before.append([target, item, row.grade if row else None])
        if row is None:
            fresh.append(
                {
                    "round_id": ballot.round_id,
                    "rater_unit": ballot.rater_unit,
                    "target_unit": target,
                    "item": item,
                    "grade": grade,
                }
            )
        else:
            row.grade = grade
    if fresh:
        session.execute(insert(PeerGrade), fresh)
    if before:
        _remember(session, ballot, before)
    session.flush()


def grade_block(
    session: Session, round_: Round, rater: str, targets: Iterable[str], grade: str, *, now: datetime
) -> int:
    """Give one grade to all items of these units that have none yet, as one step; returns how many cells it filled.

    Made for "don't know" over a whole category; what was graded already stays. Raises as grade_cell.
    """
    items = [item.code for item in frozen_form(round_).items]
    cells = {(target, item): grade for target in targets for item in items}
    given = _stored(session, draft_of(session, round_, rater, now), cells)
    empty = {cell: grade for cell in cells if cell not in given}
    grade_cells(session, round_, rater, empty, now=now)
    return len(empty)


def undo_last(session: Session, round_: Round, rater: str, *, now: datetime) -> Cell:
    """Take the last step back and return its first cell. Raises NothingToUndo, and as grade_cell."""
    ballot = draft_of(session, round_, rater, now)
    step = last_step(session, ballot)
    if step is None:
        raise NothingToUndo
    cells = {(str(target), str(item)): grade for target, item, grade in step.before}
    stored = _stored(session, ballot, cells)
    for cell, grade in cells.items():
        _put(session, ballot, stored.get(cell), cell, grade)
    session.delete(step)
    session.flush()
    return next(iter(cells))


def comment_on(session: Session, round_: Round, rater: str, target: str, text: str, *, now: datetime) -> None:
    """Keep, replace or (by an empty text) remove a suggestion to a unit. Raises CommentTooLong, and as grade_cell."""
    ballot = draft_of(session, round_, rater, now)
    form = frozen_form(round_)
    _refuse_unknown(form, rater, {(target, form.items[0].code): form.scale[0].code})
    clean = " ".join(text.split())
    if len(clean) > form.longest_comment:
        raise CommentTooLong(form.longest_comment, len(clean))
    stored = session.get(PeerComment, (ballot.round_id, rater, target))
    if stored is not None and not clean:
        session.delete(stored)
    elif stored is not None:
        stored.text = clean
    elif clean:
        session.add(PeerComment(round_id=ballot.round_id, rater_unit=rater, target_unit=target, text=clean))
    session.flush()


def draft_of(session: Session, round_: Round, rater: str, now: datetime) -> PeerBallot:
    """A unit's ballot, locked, while its round is open and it is a draft.

    Raises RoundNotOpen, NotARater, BallotNotInDraft.
    """
    ballot = ballot_to_change(session, round_, rater, now)
    if ballot.state != "draft":
        raise BallotNotInDraft(ballot.state)
    return ballot


def last_step(session: Session, ballot: PeerBallot) -> PeerStep | None:
    """The step that an undo would take back."""
    wanted = select(PeerStep).where(PeerStep.round_id == ballot.round_id, PeerStep.rater_unit == ballot.rater_unit)
    return session.scalar(wanted.order_by(PeerStep.number.desc()).limit(1))


def _refuse_unknown(form: Form, rater: str, grades: Mapping[Cell, str]) -> None:
    targets = {target.code for target in form.others(rater)}
    items = {item.code for item in form.items}
    scale = {grade.code for grade in form.scale}
    for (target, item), grade in grades.items():
        if target not in targets or item not in items or grade not in scale:
            raise NotOnTheForm(f"{target} {item} {grade}")


def _stored(session: Session, ballot: PeerBallot, cells: Iterable[Cell]) -> dict[Cell, PeerGrade]:
    wanted = select(PeerGrade).where(
        PeerGrade.round_id == ballot.round_id,
        PeerGrade.rater_unit == ballot.rater_unit,
        PeerGrade.target_unit.in_({target for target, _ in cells}),
    )
    return {(row.target_unit, row.item): row for row in session.scalars(wanted)}


def _put(session: Session, ballot: PeerBallot, row: PeerGrade | None, cell: Cell, grade: str | None) -> None:
    if row is None and grade is not None:
        target, item = cell
        session.add(
            PeerGrade(
                round_id=ballot.round_id, rater_unit=ballot.rater_unit, target_unit=target, item=item, grade=grade
            )
        )
    elif row is not None and grade is None:
        session.delete(row)
    elif row is not None and grade is not None:
        row.grade = grade


def _remember(session: Session, ballot: PeerBallot, before: list[list[str | None]]) -> None:
    number = select(func.coalesce(func.max(PeerStep.number), 0)).where(
        PeerStep.round_id == ballot.round_id, PeerStep.rater_unit == ballot.rater_unit
    )
    step = PeerStep(
        round_id=ballot.round_id,
        rater_unit=ballot.rater_unit,
        number=(session.scalar(number) or 0) + 1,
        before=before,
    )
    session.add(step)

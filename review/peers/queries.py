"""What pages read of mutual evaluation: one function a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review.peers.ballot import PeerBallot, PeerGrade, ballot_of
from review.peers.confirming import comments_of, grades_of
from review.peers.form import Form, Target
from review.peers.frozen import frozen_form
from review.peers.grading import last_step
from review.peers.limits import Cell, Quota, quotas
from rounds.round import Round
from units.unit import Unit


@dataclass(frozen=True, slots=True)
class Section:
    """One category of the grid. done: units with every item graded."""

    category: str
    targets: tuple[Target, ...]
    done: int

    @property
    def left(self) -> int:
        """Units that still lack a grade."""
        return len(self.targets) - self.done


@dataclass(frozen=True, slots=True)
class BallotView:
    """One unit's ballot as its own people see it. undo: the unit that the last step touched first."""

    rater: str
    state: str
    form: Form
    grades: Mapping[Cell, str]
    comments: Mapping[str, str]
    quotas: tuple[Quota, ...]
    undo: Target | None
    digest: str | None
    sent_by: str | None
    sent_at: datetime | None
    confirmed_by: str | None
    confirmed_at: datetime | None
    confirmed_way: str | None

    @property
    def of(self) -> int:
        """How many units are to be graded."""
        return len(self.form.others(self.rater))

    @property
    def done(self) -> int:
        """How many have every item graded."""
        return self.of - len(self.unfinished)

    @property
    def unfinished(self) -> tuple[Target, ...]:
        """The units that still lack a grade."""
        return tuple(target for target in self.form.others(self.rater) if not self.is_done(target))

    @property
    def exceeded(self) -> tuple[Quota, ...]:
        """The quotas that keep the ballot from being sent."""
        return tuple(quota for quota in self.quotas if quota.blocks and quota.exceeded)

    def given(self, item: str, grade: str) -> int:
        """How often a grade was given in an item."""
        return sum(1 for (_, of), code in self.grades.items() if of == item and code == grade)

    def is_done(self, target: Target) -> bool:
        """Every item of the unit is graded."""
        return all((target.code, item.code) in self.grades for item in self.form.items)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The others by category, in protocol order."""
        by_category: dict[str, list[Target]] = {}
        for target in self.form.others(self.rater):
            by_category.setdefault(target.category, []).append(target)
        return tuple(
            Section(category, tuple(targets), sum(map(self.is_done, targets)))
            for category, targets in by_category.items()
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one unit's ballot is, for the office: never a grade."""

    unit_code: str
    name_zh: str
    name_en: str
    state: str
    graded: int
    of: int
    confirmed_way: str | None


def ballot_view(session: Session, round_: Round, rater: str) -> BallotView:
    """A unit's ballot with its grades. Raises NotARater, WrongState while the round is a draft."""
    form = frozen_form(round_)
    ballot = ballot_of(session, round_.id, rater)
    grades = grades_of(session, ballot)
    step = last_step(session, ballot) if ballot.state == "draft" else None
    touched = step.before[0][0] if step else None
    return BallotView(
        rater=rater,
        state=ballot.state,
        form=form,
        grades=grades,
        comments=comments_of(session, ballot),
        quotas=quotas(form, rater, grades),
        undo=next((target for target in form.targets if target.code == touched), None),
        digest=ballot.digest,
        sent_by=ballot.sent_by,
        sent_at=ballot.sent_at,
        confirmed_by=ballot.confirmed_by,
        confirmed_at=ballot.confirmed_at,
        confirmed_way=ballot.confirmed_way,
    )


def peers_round(session: Session, year_id: int) -> Round | None:
    """The year's mutual evaluation once it is frozen, or None."""
    return session.scalar(
        select(Round)
        .where(Round.year_id == year_id, Round.kind == "peers", Round.state != "draft", ~Round.rehearsal)
        .order_by(Round.id.desc())
        .limit(1)
    )


def peers_progress(session: Session, round_: Round) -> list[Progress]:
    """Every unit's ballot with the number of its grades, in the units' order; two statements."""
    form = frozen_form(round_)
    of = (len(form.targets) - 1) * len(form.items)
    graded = (
        select(PeerGrade.rater_unit, func.count().label("graded"))
        .where(PeerGrade.round_id == round_.id)
        .group_by(PeerGrade.rater_unit)
        .subquery()
    )
    rows = session.execute(
        select(
            Unit.code,
            Unit.short_name_zh,
            Unit.name_en,
            PeerBallot.state,
            func.coalesce(graded.c.graded, 0),
            PeerBallot.confirmed_way,
        )
        .join(PeerBallot, PeerBallot.rater_unit == Unit.code)
        .outerjoin(graded, graded.c.rater_unit == Unit.code)
        .where(Unit.year_id == round_.year_id, PeerBallot.round_id == round_.id)
        .order_by(Unit.position)
    )
    return [Progress(code, zh, en, state, count, of, way) for code, zh, en, state, count, way in rows]

"""The stages of a year: one step on at a time, with a second person where results get out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from audit.events import record
from units.register_errors import NeedsSecondPerson, WrongStage
from units.register_events import YearMoved
from units.year import STAGES, Year

NEEDS_TWO = frozenset({"provisional", "final"})


def next_stage(year: Year) -> str | None:
    """The stage after the year's own, or None after the last."""
    place = STAGES.index(year.stage) + 1
    return STAGES[place] if place < len(STAGES) else None


def move_stage(
    session: Session, year: Year, stage: str, *, by: str, approved_by: str | None = None, now: datetime
) -> None:
    """Move a year to its next stage.

    approved_by: a second person, needed for `provisional` (units see their own results) and `final`.
    Raises WrongStage for any other stage than the next, NeedsSecondPerson.
    """
    if stage != next_stage(year):
        raise WrongStage(year.stage, stage)
    if stage in NEEDS_TWO and approved_by in (None, by):
        raise NeedsSecondPerson
    was, year.stage = year.stage, stage
    moved = YearMoved(year.year, was, stage, approved_by or "")
    record(session, moved, by=by, now=now, subject=f"year {year.year}")

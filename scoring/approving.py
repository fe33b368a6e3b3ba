"""Approving a version of the standings, and moving the year on to the stages that show them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.approvals import refuse_one_person
from audit.events import record
from scoring.errors import NoStandings, NotReady
from scoring.events import StandingsApproved
from scoring.standings import Standings, newest_standings
from units.staging import NEEDS_TWO, move_stage, next_stage
from units.year import Year


def approve_standings(
    session: Session, year: Year, version: int, *, document_no: str = "", by: str, now: datetime
) -> Standings:
    """Approve a version as a second person; a version that is approved stays so, a second time changes nothing.

    document_no: of the decision that approves it. Raises NoStandings, SamePerson, MayNotApprove.
    """
    found = session.scalar(
        select(Standings).where(Standings.year_id == year.id, Standings.version == version).with_for_update()
    )
    if found is None:
        raise NoStandings(year.year, version)
    refuse_one_person(session, found.made_by, by)
    if found.approved_by is None:
        found.approved_by, found.approved_at, found.document_no = by, now, document_no.strip()
        approved = StandingsApproved(year.year, version, found.digest, found.document_no)
        record(session, approved, by=by, now=now, subject=f"year {year.year}")
    return found


def move_on(session: Session, year: Year, *, by: str, approved_by: str | None = None, now: datetime) -> str:
    """Move the year to its next stage and return that; a stage that shows results needs them to be there.

    `provisional` needs standings, `final` approved ones. Raises NotReady; WrongStage after the last stage;
    NeedsSecondPerson, SamePerson, MayNotApprove where the stage needs a second person.
    """
    refuse_unready(session, year)
    stage = next_stage(year) or ""
    if stage in NEEDS_TWO and approved_by is not None:
        refuse_one_person(session, by, approved_by)
    move_stage(session, year, stage, by=by, approved_by=approved_by, now=now)
    return stage


def refuse_unready(session: Session, year: Year) -> None:
    """Raise NotReady where the next stage shows results that aren't there or aren't approved."""
    stage = next_stage(year) or ""
    newest = newest_standings(session, year)
    if stage in NEEDS_TWO and newest is None:
        raise NotReady(stage, "no_standings")
    if stage == "final" and newest is not None and newest.approved_by is None:
        raise NotReady(stage, "not_approved")

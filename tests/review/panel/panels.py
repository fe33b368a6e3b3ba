"""A small panel, frozen and open: units U001…, experts E1 (nominated by U001) …, Bianban and performance office."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from accounts.making import Role
from review.panel.casting import Entered, cast_marks
from review.panel.kind import PanelKind
from review.panel.marks import Mark, points
from review.panel.seat import OBJECTS_OF, Seat
from review.panel.seating import draft_rubrics, name_seat
from review.rubrics.reading import read_rubrics
from rounds.life import freeze_round
from rounds.round import Round
from tests.factories import NOW, make_account_for, make_round, make_unit, make_year
from units.submissions import Submission
from units.unit import Unit

RUBRICS = read_rubrics((Path(__file__).parents[3] / "demo" / "rubrics.yaml").read_text(encoding="utf-8"))
KINDS = {"panel": PanelKind()}


@dataclass
class Panel:
    round: Round
    units: list[Unit]
    experts: list[Seat]
    bianban: Seat
    office: Seat


def make_draft(session: Session, units: int = 3, experts: int = 2, now: datetime = NOW) -> Panel:
    """A panel that could be frozen; the last unit is Bianban's. Its window lies around `now`."""
    year = make_year(session)
    made = [make_unit(session, year, f"U{n:03}") for n in range(1, units + 1)]
    for unit in made:
        add_entry(session, unit)
    window = {"opens_at": now - timedelta(days=5), "closes_at": now + timedelta(days=5)}
    round_ = make_round(session, year, "panel-2016", "panel", **window)
    draft_rubrics(round_, RUBRICS)
    for username, duty in (("office", "make"), ("office-check", "check")):
        make_account_for(session, username, Role("office", duty))
    seats = []
    for n in range(1, experts + 1):
        make_account_for(session, f"expert{n:02}", Role("expert", scope=f"U{n:03}"))
        seats.append(name_seat(session, round_, f"E{n:02}", "expert", f"expert{n:02}", f"U{n:03}"))
    for lead in ("bb", "jxb"):
        make_account_for(session, f"lead-{lead}", Role("lead", "officer", lead.upper()))
    bianban = name_seat(session, round_, "BB", "bianban", "lead-bb", made[-1].code)
    office = name_seat(session, round_, "JXB", "performance_office", "lead-jxb", made[-1].code)
    return Panel(round_, made, seats, bianban, office)


def add_entry(session: Session, unit: Unit, **fields) -> Submission:
    """An entry that reviewers see."""
    given = {"kind": "innovation", "title": f"{unit.code}的做法", "state": "published", **fields}
    entry = Submission(unit_id=unit.id, secrecy_checked=True, saved_at=NOW, **given)
    session.add(entry)
    session.flush()
    return entry


def make_panel(session: Session, units: int = 3, experts: int = 2, now: datetime = NOW) -> Panel:
    """A panel that is frozen and, by the clock, open at `now`."""
    panel = make_draft(session, units, experts, now)
    freeze_round(session, KINDS, panel.round.code, by="office", approved_by="office-check", now=now)
    return panel


def whole_sheet(unit_code: str, object_: str, total: int) -> list[Entered]:
    """Marks of one sheet that add up to a total, spread over the criteria by their points."""
    rubric = RUBRICS.rubric(object_)
    assert rubric is not None
    left, entered = total, []
    for criterion in rubric.criteria:
        given = min(left, criterion.points)
        left -= given
        entered.append(Entered(unit_code, object_, criterion.code, points(given)))
    return entered


def sheet_of(unit_code: str, object_: str, *marks: Mark) -> list[Entered]:
    """Marks of one sheet in the order of the criteria."""
    rubric = RUBRICS.rubric(object_)
    assert rubric is not None
    return [Entered(unit_code, object_, c.code, mark) for c, mark in zip(rubric.criteria, marks, strict=False)]


def fill_all(session: Session, seat: Seat, units: list[Unit], total: int = 80, now: datetime = NOW) -> None:
    """Give every sheet of a seat the same total."""
    cast_marks(
        session,
        seat,
        [
            entered
            for unit in units
            if unit.code != seat.unit_code
            for object_ in OBJECTS_OF[seat.kind]
            for entered in whole_sheet(unit.code, object_, total)
        ],
        now=now,
    )

"""What the desks of the panel show: one function a page, frozen values, order decided here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from accounts.approvals import pending
from review.panel.cells import Cell, SheetKey, each_latest, latest_marks
from review.panel.conflicts import ACT
from review.panel.errors import NoSeat, NoSheet
from review.panel.marks import Filled, Mark, filled
from review.panel.pace import minutes_left
from review.panel.seat import OBJECTS_OF, Seat, Standing
from review.panel.seating import rubrics_of, seats_of
from review.panel.sheet import Note, Sheet
from review.rubrics.rubric import Rubric, RubricSet
from rounds.instants import state_at
from rounds.round import Round
from units.materials import MandateShown, has_entries, mandate_shown
from units.unit import CATEGORIES, Mandate, Unit


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat with its round, and the rubrics of the objects that it scores."""

    round: Round
    seat: Seat
    rubrics: RubricSet

    @property
    def own_rubrics(self) -> tuple[Rubric, ...]:
        """The rubrics that this seat fills, in the order of the desk."""
        objects = OBJECTS_OF[self.seat.kind]
        return tuple(one for one in self.rubrics.rubrics if one.object in objects)

    def takes_marks(self, now: datetime) -> bool:
        """Whether a mark entered now would be kept."""
        return self.seat.sealed_at is None and state_at(self.round, now) == "open"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit on a seat's list, with its sheets by object. at: when it was last marked."""

    code: str
    name_zh: str
    name_en: str
    category: str
    note: str
    sheets: Mapping[str, Filled]
    at: datetime | None

    @property
    def done(self) -> bool:
        """Whether every criterion of every sheet has an answer."""
        return all(sheet.done for sheet in self.sheets.values())

    @property
    def begun(self) -> bool:
        """Whether something has an answer, but not everything."""
        return not self.done and any(sheet.answered for sheet in self.sheets.values())

    @property
    def first_open(self) -> str:
        """The first object with something missing, else the first."""
        return next((object_ for object_, sheet in self.sheets.items() if not sheet.done), next(iter(self.sheets)))


@dataclass(frozen=True, slots=True)
class Away:
    """A unit that the seat doesn't score: its own, or one under a declared conflict."""

    code: str
    name_zh: str
    name_en: str
    standing: str
    reason: str


@dataclass(frozen=True, slots=True)
class SheetList:
    """All of a seat's units in the order of the desk. asked: units whose recusal the office has yet to decide."""

    lines: tuple[UnitLine, ...]
    away: tuple[Away, ...]
    asked: frozenset[str]
    minutes_per_unit: int

    @property
    def done(self) -> int:
        """Units with every answer."""
        return sum(line.done for line in self.lines)

    @property
    def left(self) -> int:
        """Units that still lack an answer."""
        return len(self.lines) - self.done

    @property
    def following(self) -> UnitLine | None:
        """Where to go on: a unit that was begun, else the first without answers; None when all is done."""
        open_lines = [line for line in self.lines if not line.done]
        return next((line for line in open_lines if line.begun), open_lines[0] if open_lines else None)

    @property
    def minutes_left(self) -> int:
        """Minutes for what is left, at the seat's own pace once it is known."""
        marked = [line.at for line in self.lines if line.done and line.at is not None]
        return minutes_left(marked, self.left, self.minutes_per_unit)

    @property
    def saved_at(self) -> datetime | None:
        """When anything was last kept."""
        return max((line.at for line in self.lines if line.at is not None), default=None)


@dataclass(frozen=True, slots=True)
class UnitSheets:
    """One unit on a seat's list: its place in the list, its neighbours, its mandate, its sheets and note."""

    unit_id: int
    mandate: MandateShown | None
    line: UnitLine
    place: int
    of: int
    previous: str | None
    next: str | None


def own_chair(session: Session, username: str, kinds: Collection[str]) -> Chair:
    """The seat that an account holds in the latest panel past its draft; raises NoSeat."""
    wanted = (
        select(Seat, Round)
        .join(Round, Round.id == Seat.round_id)
        .where(Seat.username == username, Seat.kind.in_(kinds), Round.state != "draft")
        .order_by(Round.closes_at.desc(), Seat.code)
        .options(undefer(Round.instrument))
        .limit(1)
    )
    found = session.execute(wanted).one_or_none()
    rubrics = rubrics_of(found[1]) if found else None
    if found is None or rubrics is None:
        raise NoSeat(username)
    return Chair(found[1], found[0], rubrics)


def sheet_list(session: Session, chair: Chair) -> SheetList:
    """Everything on a seat's list, in the order of categories and of protocol."""
    cells = _by_unit(each_latest(session, chair.round.id, chair.seat.code))
    rubrics = chair.own_rubrics
    lines: list[UnitLine] = []
    away: list[Away] = []
    for found in _standings(session, chair):
        standing, unit = found.standing, found.unit
        if standing.standing == "assigned":
            lines.append(_line(rubrics, found, cells.get(unit.code, [])))
        else:
            away.append(Away(unit.code, unit.short_name_zh, unit.name_en, standing.standing, standing.reason))
    asked = {
        str(approval.facts["unit"])
        for approval in pending(session, ACT)
        if approval.facts["seat"] == chair.seat.code and approval.facts["round"] == chair.round.code
    }
    return SheetList(tuple(lines), tuple(away), frozenset(asked), chair.rubrics.rules.minutes_per_unit)


def unit_sheets(session: Session, chair: Chair, unit_code: str) -> UnitSheets:
    """One unit as the seat scores it; raises NoSheet for its own unit, a recused and an unknown one."""
    listed = [
        found for found in _standings(session, chair, mandate_of=unit_code) if found.standing.standing == "assigned"
    ]
    place = next((index for index, found in enumerate(listed) if found.unit.code == unit_code), None)
    if place is None:
        raise NoSheet(unit_code)
    cells = list(each_latest(session, chair.round.id, chair.seat.code, [unit_code]))
    mandate = listed[place].mandate
    return UnitSheets(
        unit_id=listed[place].unit.id,
        mandate=None if mandate is None else mandate_shown(mandate),
        line=_line(chair.own_rubrics, listed[place], cells),
        place=place + 1,
        of=len(listed),
        previous=listed[place - 1].unit.code if place else None,
        next=listed[place + 1].unit.code if place + 1 < len(listed) else None,
    )


@dataclass(frozen=True, slots=True)
class SeatProgress:
    """How far a seat is, for the office: never a mark. units: assigned; done: with every answer."""

    code: str
    kind: str
    username: str
    unit_code: str
    units: int
    done: int
    sealed_at: datetime | None


def panel_progress(session: Session, round_: Round) -> list[SeatProgress]:
    """How far every seat of a round is, by code."""
    rubrics = rubrics_of(round_)
    if rubrics is None or round_.state == "draft":
        return []
    by_object = {one.object: one for one in rubrics.rubrics}
    marks = latest_marks(session, round_.id)
    wanted = (
        select(Sheet.seat_code, Sheet.unit_code, Sheet.object, has_entries(Unit.id))
        .join(Unit, (Unit.code == Sheet.unit_code) & (Unit.year_id == round_.year_id))
        .where(Sheet.round_id == round_.id)
    )
    assigned: dict[str, set[str]] = defaultdict(set)
    lacking: dict[str, set[str]] = defaultdict(set)
    for seat, unit, object_, entries in session.execute(wanted):
        assigned[seat].add(unit)
        cells = marks.get(SheetKey(seat, unit, object_), {})
        if not filled(by_object[object_], cells, entries=entries).done:
            lacking[seat].add(unit)
    return [
        SeatProgress(
            seat.code,
            seat.kind,
            seat.username,
            seat.unit_code,
            units=len(assigned[seat.code]),
            done=len(assigned[seat.code]) - len(lacking[seat.code]),
            sealed_at=seat.sealed_at,
        )
        for seat in seats_of(session, round_.id)
    ]


class _Found(NamedTuple):
    standing: Standing
    unit: Unit
    note: str
    entries: bool
    mandate: Mandate | None


def _standings(session: Session, chair: Chair, mandate_of: str = "") -> list[_Found]:
    """All pairs of a seat; the mandate of one unit rides along, which saves the page a statement."""
    wanted = (
        select(Standing, Unit, Note.text, has_entries(Unit.id), Mandate)
        .join(Unit, (Unit.year_id == Standing.year_id) & (Unit.code == Standing.unit_code))
        .outerjoin(Mandate, (Mandate.unit_id == Unit.id) & (Unit.code == mandate_of))
        .outerjoin(
            Note,
            (Note.round_id == Standing.round_id)
            & (Note.seat_code == Standing.seat_code)
            & (Note.unit_code == Standing.unit_code),
        )
        .where(Standing.round_id == chair.round.id, Standing.seat_code == chair.seat.code)
    )
    rows = [
        _Found(standing, unit, note or "", entries, mandate)
        for standing, unit, note, entries, mandate in session.execute(wanted)
    ]
    return sorted(rows, key=lambda row: (CATEGORIES.index(row.unit.category), row.unit.position))


def _by_unit(cells: Iterable[Cell]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        found[cell.sheet.unit_code].append(cell)
    return found


def _line(rubrics: tuple[Rubric, ...], found: _Found, cells: Collection[Cell]) -> UnitLine:
    marks: dict[str, dict[str, Mark]] = defaultdict(dict)
    for cell in cells:
        marks[cell.sheet.object][cell.criterion] = cell.mark
    return UnitLine(
        code=found.unit.code,
        name_zh=found.unit.short_name_zh,
        name_en=found.unit.name_en,
        category=found.unit.category,
        note=found.note,
        sheets={one.object: filled(one, marks[one.object], entries=found.entries) for one in rubrics},
        at=max((cell.at for cell in cells), default=None),
    )

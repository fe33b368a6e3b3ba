"""The panel as a kind of round: what its freeze needs and makes, what its close fixes, how it is counted."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.account import Account
from database.canonical import canonical
from review.panel.cells import SheetKey, latest_marks
from review.panel.counting import CastSheet, count_panel
from review.panel.marks import filled
from review.panel.seat import OBJECTS_OF
from review.panel.seating import assign_full, rubrics_of, seats_of
from review.panel.sheet import Sheet, SheetCell
from review.rubrics.freezing import frozen_bytes
from review.rubrics.rubric import RubricSet
from rounds.errors import Lack
from rounds.kinds import Tallied
from rounds.round import Round
from tallies.rows import verify_tally, write_tally
from units.unit import Unit


class PanelKind:
    """Implements `rounds.kinds.Kind` for expert panels."""

    def complete(self, session: Session, round_: Round) -> Sequence[Lack]:
        """What is missing: rubrics for each object that a seat scores, seats, their accounts and units."""
        seats = seats_of(session, round_.id)
        lacks = [] if any(seat.kind == "expert" for seat in seats) else [Lack("no_experts", round_.code)]
        rubrics = rubrics_of(round_)
        wanted = {object_ for seat in seats for object_ in OBJECTS_OF[seat.kind]}
        given = {one.object for one in rubrics.rubrics} if rubrics else set()
        lacks += [Lack("no_rubric", object_) for object_ in sorted(wanted - given)]
        units = set(session.scalars(select(Unit.code).where(Unit.year_id == round_.year_id)))
        lacks += [Lack("no_unit", seat.code) for seat in seats if seat.unit_code not in units]
        names = [seat.username for seat in seats]
        known = set(session.scalars(select(Account.username).where(Account.username.in_(names))))
        lacks += [Lack("no_account", seat.code) for seat in seats if seat.username not in known]
        leads = set(round_.rules.get("leads", ()))
        lacks += [
            Lack("lead_nominates", seat.code) for seat in seats if seat.kind == "expert" and seat.unit_code in leads
        ]
        return lacks

    def instrument(self, session: Session, round_: Round) -> bytes:
        """The rubric set as canonical bytes."""
        return frozen_bytes(_rubrics(round_))

    def freeze(self, session: Session, round_: Round, *, now: datetime) -> None:
        """Assign every unit to every seat, its own left out."""
        assign_full(session, round_, seats_of(session, round_.id))

    def closing_rows(self, session: Session, round_: Round) -> Iterator[tuple[str, bytes]]:
        """One row for each sheet with entries: its owner and all versions of its cells."""
        seats = {seat.code: [seat.kind, seat.username] for seat in seats_of(session, round_.id)}
        cells = session.scalars(
            select(SheetCell)
            .where(SheetCell.round_id == round_.id)
            .order_by(
                SheetCell.seat_code, SheetCell.unit_code, SheetCell.object, SheetCell.criterion, SheetCell.version
            )
            .execution_options(populate_existing=True)
        )
        for key, entries in groupby(cells, key=lambda cell: SheetKey(cell.seat_code, cell.unit_code, cell.object)):
            history = [[c.criterion, c.version, c.answer, c.points, c.by, c.at] for c in entries]
            content = canonical([seats[key.seat_code], history])
            yield f"{key.seat_code}/{key.unit_code}/{key.object}", content

    def load(self, session: Session, round_: Round, ballots: Iterable[bytes]) -> int:
        """A panel named to the auditor has nothing sealed to load."""
        return 0

    def tally(self, session: Session, round_: Round, *, now: datetime) -> Tallied:
        """Count the sheets as they stand and write the rows."""
        units = session.scalars(select(Unit.code).where(Unit.year_id == round_.year_id).order_by(Unit.code)).all()
        salt = round_.salt or b""
        rows = count_panel(_rubrics(round_), cast_sheets(session, round_), units, salt)
        return write_tally(session, round_.id, rows, salt=salt, now=now)

    def verify(self, session: Session, round_: Round) -> str | None:
        """Name the first altered place of the stored tally, or None."""
        return verify_tally(session, round_)


def cast_sheets(session: Session, round_: Round) -> Iterator[CastSheet]:
    """Every sheet of a round with its latest marks."""
    rubrics = {one.object: one for one in _rubrics(round_).rubrics}
    kinds = {seat.code: seat.kind for seat in seats_of(session, round_.id)}
    marks = latest_marks(session, round_.id)
    wanted = select(Sheet.seat_code, Sheet.unit_code, Sheet.object).where(Sheet.round_id == round_.id)
    for seat, unit, object_ in session.execute(wanted):
        cells = marks.get(SheetKey(seat, unit, object_), {})
        yield CastSheet(seat, kinds[seat], unit, filled(rubrics[object_], cells))


def _rubrics(round_: Round) -> RubricSet:
    rubrics = rubrics_of(round_)
    if rubrics is None:
        raise LookupError(f"round {round_.code} has no rubrics")
    return rubrics

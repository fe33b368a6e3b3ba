"""Who sits in a panel round, and with whom each seat deals."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from database.canonical import canonical
from database.columns import public_id
from review.panel.seat import OBJECTS_OF, Seat, Standing
from review.panel.sheet import Sheet
from review.rubrics.freezing import frozen_bytes, thawed
from review.rubrics.rubric import RubricSet
from rounds.life import refuse_unless_draft
from rounds.round import Round
from units.unit import Unit


def draft_rubrics(round_: Round, rubrics: RubricSet) -> None:
    """Put a rubric set into a draft round; raises FrozenRound later."""
    refuse_unless_draft(round_)
    round_.draft = {**round_.draft, "rubrics": json.loads(frozen_bytes(rubrics))}


def rubrics_of(round_: Round) -> RubricSet | None:
    """The rubric set of a round: the frozen one, or the draft's; None where there is none yet."""
    if round_.instrument is not None:
        return _thawed(round_.instrument)
    draft: Any = round_.draft.get("rubrics")
    return None if draft is None else thawed(canonical(draft))


@lru_cache(maxsize=8)
def _thawed(data: bytes) -> RubricSet:
    return thawed(data)


def name_seat(session: Session, round_: Round, code: str, kind: str, username: str, unit_code: str) -> Seat:
    """Give somebody a seat in a draft round.

    code: short and unique in the round (E07, BB). unit_code: the nominating unit, or the unit that Bianban and the
    performance office belong to; the seat never scores it. Raises FrozenRound.
    """
    refuse_unless_draft(round_)
    seat = Seat(round_id=round_.id, code=code, kind=kind, username=username, unit_code=unit_code)
    session.add(seat)
    session.flush()
    return seat


def assign_full(session: Session, round_: Round, seats: Sequence[Seat]) -> int:
    """Let every seat score every unit of the year but its own; returns the number of sheets made.

    Makes a standing for each pair and a sheet for each object of the seat's kind. Rule: docs/rules.md, "Panel".
    """
    units = session.scalars(select(Unit.code).where(Unit.year_id == round_.year_id).order_by(Unit.code)).all()
    standings: list[dict[str, object]] = []
    sheets: list[dict[str, object]] = []
    for seat in seats:
        for code in units:
            own = code == seat.unit_code
            pair = {"round_id": round_.id, "seat_code": seat.code, "unit_code": code}
            standings.append(
                pair
                | {
                    "year_id": round_.year_id,
                    "nominator": seat.unit_code,
                    "standing": "own" if own else "assigned",
                    "reason": "",
                }
            )
            if not own:
                sheets += [
                    pair | {"object": object_, "public_id": public_id(), "standing": "assigned"}
                    for object_ in OBJECTS_OF[seat.kind]
                ]
    if standings:
        session.execute(insert(Standing), standings)
    if sheets:
        session.execute(insert(Sheet), sheets)
    return len(sheets)


def seats_of(session: Session, round_id: int) -> list[Seat]:
    """The seats of a round by code."""
    return list(session.scalars(select(Seat).where(Seat.round_id == round_id).order_by(Seat.code)))

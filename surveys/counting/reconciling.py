"""Answers against draws: no door may hold more answers than codes were drawn for it."""

from sqlalchemy.orm import Session

from ballots.roll.rights import drawn_counts
from surveys.counting.errors import MoreAnswersThanDrawn
from surveys.counting.queries import returned


def refuse_surplus(session: Session, round_id: int) -> None:
    """Raise MoreAnswersThanDrawn where an answer was slipped in beside the codes.

    Source: docs/rules.md, "Surveys", "From answers to figures".
    """
    drawn = {one.door_code: one.drawn for one in drawn_counts(session, round_id)}
    for door in returned(session, round_id):
        if door.degree == "procedural" and door.forms > drawn.get(door.door_code, 0):
            raise MoreAnswersThanDrawn(door.door_code, door.forms, drawn.get(door.door_code, 0))

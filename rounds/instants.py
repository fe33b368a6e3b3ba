"""The state of a round at an instant, derived from the clock: opening and closing need no background job."""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, or_

from rounds.errors import RoundNotOpen
from rounds.round import Round


def state_at(round_: Round, now: datetime) -> str:
    """The state of a round at an instant.

    A frozen round is open from `opens_at` on, and an open one closed from `closes_at` on, that instant included,
    whether or not anybody recorded it.
    """
    if round_.state in ("frozen", "open"):
        if now >= round_.closes_at:
            return "closed"
        if round_.state == "open" or now >= round_.opens_at:
            return "open"
    return round_.state


def refuse_unless_open(round_: Round, now: datetime) -> None:
    """Raise RoundNotOpen unless the round takes answers at this instant.

    Called inside the transaction that stores, so that what was accepted before the close counts.
    """
    state = state_at(round_, now)
    if state != "open":
        raise RoundNotOpen(round_.code, state)


def is_open_at(now: "datetime | BindParameter[datetime]") -> ColumnElement[bool]:
    """`state_at(round_, now) == "open"` as a condition of the statement that stores, so that both are one step."""
    begun = or_(Round.state == "open", and_(Round.state == "frozen", Round.opens_at <= now))
    return and_(begun, Round.closes_at > now)

"""What waits for a second person when the demonstration begins: a later close, and an expert's late conflict."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from demo.play import MAKER, Play
from review.panel.conflicts import declare_conflict
from review.panel.seating import seats_of
from rounds.life import round_named
from webapp.office.acts import Setting, ask_for

LONGER = timedelta(days=2)
REASON = "近三年曾在该单位工作（演示）"


def ask_second_person(session: Session, play: Play) -> None:
    """The office asks for two more days of the public questionnaire; two experts declare a conflict.

    One has marked the unit before, so that the office decides; the other hasn't, so that it takes effect at once.
    """
    survey = round_named(session, play.code("q1"))
    window = {
        "opens_at": survey.opens_at.isoformat(),
        "closes_at": (survey.closes_at + LONGER).isoformat(),
    }
    ask_for(Setting(session, play.kinds, play.until), "move_window", survey.code, window, by=MAKER)
    panel = round_named(session, play.code("panel"))
    seats = [seat for seat in seats_of(session, panel.id) if seat.kind == "expert" and seat.sealed_at is None]
    first, last = play.players[0].code, play.players[-1].code
    declare_conflict(session, seats[0], first, REASON, now=play.until)
    declare_conflict(session, seats[1], last, REASON, now=play.until)

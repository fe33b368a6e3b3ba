"""A mark, a seal and a close never slip past one another."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from review.panel.casting import cast_mark
from review.panel.cells import latest_marks
from review.panel.errors import SetIncomplete
from review.panel.marks import EMPTY, points
from review.panel.sealing import seal_set
from review.panel.seat import Seat
from rounds.errors import RoundNotOpen
from rounds.life import close_round
from tests.factories import NOW
from tests.review.panel.panels import KINDS, fill_all, make_panel


@pytest.fixture
def sessions(each_engine: Engine) -> sessionmaker[Session]:
    """Sessions on a database whose only full set is E01's."""
    make = sessionmaker(each_engine)
    with make.begin() as session:
        panel = make_panel(session)
        fill_all(session, panel.experts[0], panel.units)
    return make


def seat_of(session: Session) -> Seat:
    return session.get_one(Seat, (1, "E01"))


def while_uncommitted(sessions, first, second) -> Future:
    """Run `second` in another thread while the transaction of `first` is still open; then commit."""
    begun = Event()

    def other():
        with sessions.begin() as session:
            begun.set()
            return second(session)

    with ThreadPoolExecutor(1) as pool:
        with sessions.begin() as session:
            first(session)
            running = pool.submit(other)
            begun.wait(5)
            with pytest.raises(TimeoutError):
                running.result(timeout=0.3)
        running.exception(timeout=10)
    return running


def test_a_seal_waits_for_a_mark_that_is_being_kept_and_then_sees_it(sessions):
    sealing = while_uncommitted(
        sessions,
        lambda session: cast_mark(session, seat_of(session), "U002", "other", "coop", EMPTY, now=NOW),
        lambda session: seal_set(session, seat_of(session), now=NOW),
    )
    assert isinstance(sealing.exception(), SetIncomplete)


def test_a_mark_waits_for_a_close_and_is_then_refused(sessions):
    casting = while_uncommitted(
        sessions,
        lambda session: close_round(session, KINDS, "panel-2016", by="office", now=NOW, early=True),
        lambda session: cast_mark(session, seat_of(session), "U002", "other", "coop", points(1), now=NOW),
    )
    assert isinstance(casting.exception(), RoundNotOpen)


def test_two_marks_on_one_cell_become_two_versions(sessions):
    casting = while_uncommitted(
        sessions,
        lambda session: cast_mark(session, seat_of(session), "U002", "other", "coop", points(1), now=NOW),
        lambda session: cast_mark(
            session, seat_of(session), "U002", "other", "coop", points(2), now=NOW + timedelta(seconds=1)
        ),
    )
    assert casting.result() is True
    with sessions() as session:
        marks = latest_marks(session, 1, "E01", ["U002"])
    assert next(cells for key, cells in marks.items() if key.object == "other")["coop"] == points(2)

"""An open panel behind the application, its window around the present."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from review.panel.seat import Seat
from rounds.life import round_named
from tests.review.panel.panels import Panel, fill_all, make_panel


class Desk:
    """The panel in the application's database, and what a test does to it."""

    def __init__(self, app) -> None:
        self.sessions = app.extensions["pingyi"].sessions

    def make(self, units: int = 3, experts: int = 2) -> Panel:
        with self.sessions.begin() as session:
            session.expire_on_commit = False
            return make_panel(session, units, experts, datetime.now(UTC))

    def fill(self, panel: Panel, seat_code: str, total: int = 80) -> None:
        with self.sessions.begin() as session:
            seat = session.get_one(Seat, (panel.round.id, seat_code))
            fill_all(session, seat, panel.units, total, datetime.now(UTC))

    def close(self) -> None:
        with self.sessions.begin() as session:
            round_named(session, "panel-2016").closes_at = datetime.now(UTC) - timedelta(seconds=1)

    def read(self, question: Callable):
        with self.sessions() as session:
            return question(session)


@pytest.fixture
def desk(app) -> Desk:
    return Desk(app)


@pytest.fixture
def statements(app):
    """Count the SQL statements of a block: `with statements() as said: …; len(said)`."""
    engine = app.extensions["pingyi"].sessions.kw["bind"]

    @contextmanager
    def counting():
        said: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            if not statement.startswith(("PRAGMA", "BEGIN")):
                said.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        yield said
        event.remove(engine, "before_cursor_execute", note)

    return counting

"""An office of three people, a year of three units, and one draft round that opens tomorrow."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from accounts.approvals import Approval
from accounts.making import Role
from rounds.round import Round
from tests.factories import make_account_for, make_round, make_unit, make_year
from tests.review.peers.forms import PLAIN
from units.visibility import default_showings

DAY = timedelta(days=1)


@pytest.fixture
def house(app):
    return app.extensions["pingyi"]


@pytest.fixture
def write(house):
    """Run something in a transaction of its own."""

    def run(act):
        with house.sessions.begin() as session:
            return act(session)

    return run


@pytest.fixture
def read(house):
    """Ask something of the database as it is now."""

    def ask(question):
        with house.sessions() as session:
            return question(session)

    return ask


@pytest.fixture
def office(write, sign_in):
    """Signs in one of the office's people: office("office-check")."""

    def people(session):
        for duty, username in (("make", "office"), ("check", "office-check"), ("approve", "office-approve")):
            make_account_for(session, username, Role("office", duty))
        make_account_for(session, "auditor", Role("auditor"))
        year = make_year(session, title_zh="2016年度绩效管理")
        session.add_all(default_showings(year.id))
        for code in ("U001", "U002", "U003"):
            make_unit(session, year, code)
        now = datetime.now(UTC).replace(microsecond=0)
        window = {"opens_at": now + DAY, "closes_at": now + 10 * DAY}
        make_round(session, year, "peers-2016", "peers", draft={"form": PLAIN}, **window)

    write(people)
    return sign_in


@pytest.fixture
def request_id(read):
    """The public id of the only request that waits."""
    return lambda: read(
        lambda session: session.scalars(select(Approval.public_id).where(Approval.decision == "")).one()
    )


@pytest.fixture
def round_(read):
    """A round as it is stored now: round_().state."""

    def stored(code="peers-2016"):
        return read(lambda session: session.scalars(select(Round).where(Round.code == code)).one())

    return stored


@pytest.fixture
def count(read):
    """How many rows a table holds."""
    return lambda table: read(lambda session: session.scalar(select(func.count()).select_from(table)))

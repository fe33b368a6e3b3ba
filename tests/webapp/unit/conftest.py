"""A year at work: twelve units, their people, an open mutual evaluation around the real clock."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.making import Role
from review.peers.kind import PeersKind
from rounds.life import freeze_round
from tests.factories import make_account_for, make_round, make_unit, make_year
from tests.review.peers.forms import PLAIN

OTHERS = [f"U{number:03d}" for number in range(2, 13)]


@pytest.fixture
def world(app):
    """Write into the application's database: `with world() as session`."""
    return app.extensions["pingyi"].sessions.begin


@pytest.fixture(autouse=True)
def city(world):
    now = datetime.now(UTC)
    with world() as session:
        year = make_year(session)
        for number in range(1, 13):
            category = "party" if number <= 4 else "gov_service"
            make_unit(session, year, f"U{number:03d}", category=category)
        make_account_for(session, "office", Role("office", "make"))
        make_account_for(session, "office-approve", Role("office", "approve"))
        for number in (1, 2):
            make_account_for(session, f"unit00{number}", Role("unit", "officer", f"U00{number}"))
            make_account_for(session, f"unit00{number}-head", Role("unit", "head", f"U00{number}"))
        make_round(
            session,
            year,
            "peers-2016",
            "peers",
            draft={"form": PLAIN},
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=3),
        )
        kinds = {"peers": PeersKind()}
        freeze_round(session, kinds, "peers-2016", by="office", approved_by="office-approve", now=now)


@pytest.fixture
def officer(sign_in):
    return sign_in("unit001")


@pytest.fixture
def other_officer(app, sign_in):
    return sign_in("unit002", app.test_client())


@pytest.fixture
def head(app, sign_in):
    return sign_in("unit001-head", app.test_client())

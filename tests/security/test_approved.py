"""After the approval units see what was approved, not what one person computes afterwards."""

from decimal import Decimal

import pytest

from scoring.approving import approve_standings
from scoring.errors import NoStandings
from scoring.queries import own_result
from scoring.standings import compute_standings
from tests.factories import NOW
from tests.scoring.years import confirmed, played, unit_of
from units.visibility import default_showings


def test_a_version_computed_after_the_approval_reaches_no_unit_before_a_second_person(session):
    year = played(session)
    session.add_all(default_showings(year.id))
    compute_standings(session, year, by="office", now=NOW)
    approve_standings(session, year, 1, by="office-approve", now=NOW)
    confirmed(session, year, LAW_1_U001="10")
    assert compute_standings(session, year, by="office", now=NOW) == 2
    year.stage = "final"
    assert own_result(session, year, unit_of(session, year)).total == Decimal("90.023")
    approve_standings(session, year, 2, by="office-approve", now=NOW)
    assert own_result(session, year, unit_of(session, year)).total == Decimal("82.523")


def test_nothing_is_shown_of_an_approved_stage_without_an_approved_version(session):
    year = played(session)
    session.add_all(default_showings(year.id))
    compute_standings(session, year, by="office", now=NOW)
    year.stage = "final"
    with pytest.raises(NoStandings):
        own_result(session, year, unit_of(session, year))

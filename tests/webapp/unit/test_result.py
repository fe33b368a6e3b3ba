"""The own result, stage by stage."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from accounts.making import Role
from scoring.approving import approve_standings
from scoring.standings import compute_standings
from tests.factories import NOW, make_account_for
from tests.scoring.test_standings import played
from units.visibility import default_showings
from units.year import Year


@pytest.fixture
def city(world):
    """In place of the desk's own city: the small counted year of the scores."""
    with world() as session:
        year = played(session)
        session.add_all(default_showings(year.id))
        compute_standings(session, year, by="office", now=NOW)
        make_account_for(session, "unit001", Role("unit", "officer", "U001"))


def at(world, stage):
    with world() as session:
        year = session.scalars(select(Year)).one()
        year.stage = stage
        if stage == "final":
            approve_standings(session, year, 1, by="office-approve", now=NOW)


def test_nothing_is_shown_while_the_year_is_assessed(officer):
    page = officer.get("/unit/result").get_data(as_text=True)
    assert "本年度结果尚未产生" in page and "90.02" not in page


def test_the_check_shows_scores_and_deductions_and_no_total(officer, world):
    at(world, "provisional")
    page = officer.get("/unit/result").get_data(as_text=True)
    assert "法制办〔2016〕3号" in page and "−0.50" in page
    assert "90.02" not in page and "名次" not in page


def test_after_the_approval_the_total_is_shown(officer, world):
    at(world, "final")
    page = officer.get("/unit/result").get_data(as_text=True)
    assert "90.02" in page and str(Decimal("81.93")) in page


@pytest.mark.parametrize("year", ["1999", "x", "²"])
def test_a_year_without_the_unit_is_not_found(officer, year):
    assert officer.get(f"/unit/result?year={year}").status_code == 404

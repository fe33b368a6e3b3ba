"""Moving the year on, and the table of who sees what, through the desk."""

import pytest
from sqlalchemy import select

from accounts.approvals import Approval
from scoring.standings import Standings
from tests.factories import NOW
from units.visibility import showings_of
from units.year import Year


@pytest.fixture
def year(read):
    return lambda: read(lambda session: session.scalars(select(Year)).one())


def computed(session):
    year = session.scalars(select(Year)).one()
    session.add(Standings(year_id=year.id, version=1, digest="0" * 64, inputs={}, made_by="office", made_at=NOW))


def decide(office, public_id, by="office-approve"):
    return office(by).post(f"/office/approvals/{public_id}", data={"decision": "approved"})


def test_results_get_out_only_by_two(office, year, write, request_id):
    office("office")
    assert office("office").post("/office/year").status_code == 409
    write(computed)
    assert office("office").post("/office/year").status_code == 303
    assert year().stage == "assessing"
    decide(office, request_id())
    assert year().stage == "provisional"


def test_other_stages_are_moved_by_one(office, year, write):
    write(lambda session: setattr(session.scalars(select(Year)).one(), "stage", "collecting"))
    assert office("office").post("/office/year").status_code == 303
    assert year().stage == "assessing"


def test_an_archived_year_goes_nowhere(office, year, write):
    write(lambda session: setattr(session.scalars(select(Year)).one(), "stage", "archived"))
    assert office("office").post("/office/year").status_code == 409


def test_a_cell_of_the_table_is_switched_by_two(office, read, year, request_id):
    cell = {"item": "rank_in_category", "time": "final", "audience": "unit", "shown": "yes"}
    assert office("office").post("/office/visibility", data=cell).status_code == 303
    shown = ("rank_in_category", "final", "unit")
    assert shown not in read(lambda session: showings_of(session, year().id))
    decide(office, request_id())
    assert shown in read(lambda session: showings_of(session, year().id))


@pytest.mark.parametrize(
    "change",
    [
        {"item": "deductions", "audience": "public"},
        {"item": "no-such-item"},
        {"time": "preparing"},
        {"audience": "everybody"},
        {"shown": "perhaps"},
        {"item": ""},
    ],
)
def test_a_cell_that_may_not_be_switched_is_refused(office, count, change):
    cell = {"item": "total_and_grade", "time": "final", "audience": "public", "shown": "yes"} | change
    assert office("office").post("/office/visibility", data=cell).status_code == 422
    assert count(Approval) == 0


def test_two_changes_of_the_table_wait_side_by_side(office, count):
    for item in ("rank_in_category", "rank_overall"):
        cell = {"item": item, "time": "final", "audience": "unit", "shown": "yes"}
        office("office").post("/office/visibility", data=cell)
    assert count(Approval) == 2


@pytest.mark.parametrize("path", ["/office/year", "/office/visibility"])
@pytest.mark.parametrize("username", ["office-check", "office-approve", "auditor"])
def test_only_the_maker_asks(office, username, path):
    assert office(username).post(path).status_code == 403


@pytest.mark.parametrize("asked", ["1999", "²⁰¹⁶", "9" * 40, "-1", "abcd"])
def test_a_year_that_is_not_there_is_a_page_of_its_own(office, asked):
    assert office("office").get(f"/office/rounds?year={asked}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/office/", "/office/rounds", "/office/year", "/office/visibility", "/office/approvals"]
)
@pytest.mark.parametrize("username", ["office", "office-check", "office-approve"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_the_desk_is_well_formed(office, username, path, lang):
    assert office(username).get(f"{path}?lang={lang}").status_code == 200

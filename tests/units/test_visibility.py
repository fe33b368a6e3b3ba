"""Who sees what when: the year's table."""

import pytest

from tests.factories import NOW, make_round, make_year
from units.register_errors import NeedsSecondPerson, NeverShown
from units.visibility import change_showing, default_showings, showings_of
from webapp.visibility import shows


@pytest.fixture
def year(session):
    made = make_year(session, stage="provisional")
    session.add_all(default_showings(made.id))
    session.flush()
    return made


def switch(session, year, item, moment, audience, shown=True, by="office", approved_by="office-approve"):
    change_showing(session, year, item, moment, audience, shown, by=by, approved_by=approved_by, now=NOW)


@pytest.mark.parametrize(
    ("item", "audience", "stages"),
    [
        ("total_and_grade", "unit", {"final", "archived"}),
        ("satisfaction", "unit", {"provisional", "final", "archived"}),
        ("leader_satisfaction", "unit", {"final", "archived"}),
        ("additions", "unit", {"provisional", "final", "archived"}),
        ("rank_in_category", "unit", set()),
        ("rank_overall", "unit", set()),
        ("total_and_grade", "public", set()),
        ("deductions", "units", set()),
        ("total_and_grade", "office", {"final", "archived"}),
        ("total_and_grade", "office_approve", {"provisional", "final", "archived"}),
    ],
)
def test_an_item_is_shown_at_the_stages_of_the_default_table(session, year, item, audience, stages):
    seen = set()
    for stage in ("preparing", "collecting", "assessing", "provisional", "final", "archived"):
        year.stage = stage
        if shows(session, year, item, audience):
            seen.add(stage)
    assert seen == stages


def test_a_year_without_a_table_shows_nothing(session):
    assert not shows(session, make_year(session, stage="final"), "total_and_grade", "unit")


def test_results_are_shown_to_the_office_once_every_round_is_counted(session, year):
    year.stage = "assessing"
    counted = {"state": "tallied", "instrument": b"{}"}
    make_round(session, year, "q1-2016", **counted)
    panel = make_round(session, year, "panel-2016", "panel")
    assert not shows(session, year, "satisfaction", "office")
    panel.instrument, panel.state = b"{}", "tallied"
    session.flush()
    assert shows(session, year, "satisfaction", "office")


def test_a_rehearsal_does_not_hold_results_back(session, year):
    year.stage = "assessing"
    make_round(session, year, "q1-2016", state="tallied", instrument=b"{}")
    make_round(session, year, "q1-try", rehearsal=True)
    assert shows(session, year, "satisfaction", "office")


def test_a_cell_is_switched_by_two_people_and_recorded(session, year):
    year.stage = "final"
    assert not shows(session, year, "rank_in_category", "unit")
    switch(session, year, "rank_in_category", "final", "unit")
    assert shows(session, year, "rank_in_category", "unit")
    switch(session, year, "rank_in_category", "final", "unit", shown=False)
    assert not shows(session, year, "rank_in_category", "unit")
    with pytest.raises(NeedsSecondPerson):
        switch(session, year, "rank_in_category", "final", "unit", approved_by="office")


@pytest.mark.parametrize(
    "cell",
    [
        ("deductions", "final", "public"),
        ("rater_statistics", "final", "unit"),
        ("no_such_item", "final", "unit"),
        ("total_and_grade", "no_such_time", "unit"),
        ("total_and_grade", "final", "everybody"),
    ],
)
def test_what_is_never_shown_cannot_be_switched_on(session, year, cell):
    before = showings_of(session, year.id)
    with pytest.raises(NeverShown):
        switch(session, year, *cell)
    assert showings_of(session, year.id) == before

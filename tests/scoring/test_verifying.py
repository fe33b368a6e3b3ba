"""Whoever alters a score after it was computed is found out, and the place is named."""

from decimal import Decimal

import pytest
from sqlalchemy import delete, update

from audit.verifying import Fault
from scoring.entries import LeadEntry
from scoring.standings import ScoreNode, Standing, Standings, compute_standings
from scoring.verifying import verify_scores
from tests.factories import NOW
from tests.scoring.years import confirmed, played

D = Decimal


@pytest.fixture
def year(each_session):
    """The small year, computed twice."""
    year = played(each_session)
    compute_standings(each_session, year, by="office", now=NOW)
    confirmed(each_session, year, LAW_1_U001="16")
    compute_standings(each_session, year, by="office", now=NOW)
    return year


def test_what_nobody_altered_verifies(each_session, year):
    assert list(verify_scores(each_session)) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("total", D("99")), ("bonus", D("1")), ("rank_category", 1), ("category", "x"), ("ranked", False)],
)
def test_an_altered_total_or_rank_is_found_in_its_version(each_session, year, column, value):
    changed = update(Standing).where(Standing.version == 2, Standing.unit_code == "U002").values({column: value})
    each_session.execute(changed)
    assert list(verify_scores(each_session)) == [Fault("standings 2016, version 2", "altered")]


def test_altered_inputs_and_missing_versions_are_found(each_session, year):
    each_session.execute(update(Standings).where(Standings.version == 1).values(inputs={"tree": 1}))
    assert Fault("standings 2016, version 1", "altered") in list(verify_scores(each_session))
    each_session.execute(delete(ScoreNode))
    each_session.execute(delete(Standing))
    each_session.execute(delete(Standings))
    assert list(verify_scores(each_session)) == [
        Fault("standings 2016, version 1", "missing"),
        Fault("standings 2016, version 2", "missing"),
    ]


@pytest.mark.parametrize(("code", "named"), [("LAW_1", "LAW"), ("SAT_PUBLIC", "SAT"), ("FUN", "BASIC")])
def test_an_altered_indicator_is_named_by_the_sum_it_breaks(each_session, year, code, named):
    where = (ScoreNode.version == 1, ScoreNode.unit_code == "U001", ScoreNode.code == code)
    each_session.execute(update(ScoreNode).where(*where).values(value=D("1")))
    assert [fault.place for fault in verify_scores(each_session)] == [
        f"standings 2016, version 1, unit U001, indicator {named}"
    ]


def test_an_altered_entry_of_a_lead_is_found_in_its_version(each_session, year):
    each_session.execute(update(LeadEntry).where(LeadEntry.unit_code == "U002").values(basis="另一文号"))
    assert [fault.place for fault in verify_scores(each_session)] == [
        "entries of lead FZB 2016, version 1",
        "entries of lead FZB 2016, version 2",
    ]

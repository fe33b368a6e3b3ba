"""A declared conflict takes the unit away at once, or waits for the office where marks exist."""

import json

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from accounts.approvals import pending
from accounts.errors import MayNotApprove, SamePerson
from audit.events import Entry
from review.panel.casting import cast_mark
from review.panel.conflicts import ACT, declare_conflict, grant_conflict
from review.panel.errors import NoSheet, ReasonMissing
from review.panel.marks import points
from review.panel.seat import Standing
from review.panel.sheet import Sheet, SheetCell
from tests.factories import NOW
from tests.review.panel.panels import make_panel


def sheets_on(session, unit):
    return session.scalar(
        select(func.count()).select_from(Sheet).where(Sheet.seat_code == "E01", Sheet.unit_code == unit)
    )


def test_a_conflict_before_the_first_mark_takes_effect_at_once(each_session):
    expert = make_panel(each_session).experts[0]
    assert declare_conflict(each_session, expert, "U002", "配偶在该单位任职", now=NOW)
    standing = each_session.get(Standing, (expert.round_id, "E01", "U002"))
    assert (standing.standing, standing.reason, sheets_on(each_session, "U002")) == ("recused", "配偶在该单位任职", 0)
    with pytest.raises(NoSheet):
        cast_mark(each_session, expert, "U002", "routine", "duty", points(1), now=NOW)


def test_after_a_conflict_the_database_takes_no_sheet_on_the_unit(each_session):
    panel = make_panel(each_session)
    declare_conflict(each_session, panel.experts[0], "U002", "x", now=NOW)
    with pytest.raises(IntegrityError, match=r"(?i)foreign"):
        each_session.execute(
            text(
                "INSERT INTO panel_sheet (round_id, seat_code, unit_code, object, public_id, standing) "
                f"VALUES ({panel.round.id}, 'E01', 'U002', 'routine', 'x', 'assigned')"
            )
        )


def test_a_conflict_after_marks_waits_for_the_office(session):
    expert = make_panel(session).experts[0]
    cast_mark(session, expert, "U002", "routine", "duty", points(30), now=NOW)
    assert not declare_conflict(session, expert, "U002", "x", now=NOW)
    assert sheets_on(session, "U002") == 3
    [asked] = pending(session, ACT)
    assert asked.facts == {"round": "panel-2016", "seat": "E01", "unit": "U002", "reason": "x"}


def test_a_granted_conflict_withdraws_the_marks_into_the_trail(each_session):
    expert = make_panel(each_session).experts[0]
    cast_mark(each_session, expert, "U002", "routine", "duty", points(30), now=NOW)
    declare_conflict(each_session, expert, "U002", "x", now=NOW)
    grant_conflict(each_session, expert, "U002", "x", by="expert01", approved_by="office-check", now=NOW)
    assert sheets_on(each_session, "U002") == 0
    assert each_session.scalar(select(func.count()).select_from(SheetCell)) == 0
    told = each_session.scalars(select(Entry.facts).where(Entry.kind == "ConflictGranted")).one()
    assert json.loads(told)["withdrawn"] == {"routine": {"duty": "30"}}


@pytest.mark.parametrize(("approver", "error"), [("expert01", SamePerson), ("office", MayNotApprove)])
def test_a_conflict_is_granted_by_a_second_person_with_the_right(session, approver, error):
    expert = make_panel(session).experts[0]
    with pytest.raises(error):
        grant_conflict(session, expert, "U002", "x", by="expert01", approved_by=approver, now=NOW)


def test_a_conflict_needs_a_reason(session):
    with pytest.raises(ReasonMissing):
        declare_conflict(session, make_panel(session).experts[0], "U002", "  ", now=NOW)


@pytest.mark.parametrize("unit", ["U001", "U099"])
def test_a_conflict_is_with_an_assigned_unit(session, unit):
    with pytest.raises(NoSheet):
        declare_conflict(session, make_panel(session).experts[0], unit, "x", now=NOW)


def test_a_declared_conflict_is_in_the_trail(session):
    expert = make_panel(session).experts[0]
    declare_conflict(session, expert, "U002", "x", now=NOW)
    entry = session.scalars(select(Entry).where(Entry.kind == "ConflictDeclared")).one()
    assert (entry.by, json.loads(entry.facts)["effect"]) == ("expert01", "recused")

"""Own unit and declared conflicts have no sheet, and the database holds it."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from review.panel.seat import Seat, Standing
from review.panel.seating import draft_rubrics, name_seat
from review.panel.sheet import Sheet
from rounds.errors import FrozenRound, NotComplete
from rounds.life import freeze_round
from tests.factories import NOW
from tests.review.panel.panels import KINDS, RUBRICS, make_draft, make_panel


def test_at_the_freeze_every_seat_gets_every_unit_but_its_own(each_session):
    make_panel(each_session, units=4, experts=2)
    standings = each_session.execute(
        select(Standing.seat_code, Standing.standing, func.count()).group_by(Standing.seat_code, Standing.standing)
    )
    assert sorted(standings) == [
        ("BB", "assigned", 3),
        ("BB", "own", 1),
        ("E01", "assigned", 3),
        ("E01", "own", 1),
        ("E02", "assigned", 3),
        ("E02", "own", 1),
        ("JXB", "assigned", 3),
        ("JXB", "own", 1),
    ]


def test_experts_score_three_objects_bianban_two_and_the_performance_office_one(session):
    make_panel(session)
    counted = session.execute(select(Sheet.seat_code, func.count()).group_by(Sheet.seat_code))
    assert dict(counted.all()) == {"E01": 6, "E02": 6, "BB": 4, "JXB": 2}


def sheet_sql(panel, seat: str, unit: str, standing: str):
    return text(
        "INSERT INTO panel_sheet (round_id, seat_code, unit_code, object, public_id, standing) "
        f"VALUES ({panel.round.id}, '{seat}', '{unit}', 'routine', 'x', '{standing}')"
    )


def test_a_sheet_on_the_own_unit_breaks_its_foreign_key(each_session):
    panel = make_panel(each_session)
    with pytest.raises(IntegrityError, match=r"(?i)foreign"):
        each_session.execute(sheet_sql(panel, "E01", "U001", "assigned"))


def test_a_sheet_that_admits_to_be_on_the_own_unit_breaks_its_check(each_session):
    panel = make_panel(each_session)
    with pytest.raises(IntegrityError, match="only_assigned_units"):
        each_session.execute(sheet_sql(panel, "E01", "U001", "own"))


def test_the_own_unit_cannot_be_declared_assigned(each_session):
    make_panel(each_session)
    with pytest.raises(IntegrityError, match="own_unit_is_own"):
        each_session.execute(
            text("UPDATE panel_standing SET standing = 'assigned' WHERE seat_code = 'E01' AND unit_code = 'U001'")
        )


def test_a_unit_with_sheets_cannot_be_declared_recused_behind_their_back(each_session):
    make_panel(each_session)
    with pytest.raises(IntegrityError, match=r"(?i)foreign"):
        each_session.execute(
            text(
                "UPDATE panel_standing SET standing = 'recused', reason = 'x' "
                "WHERE seat_code = 'E01' AND unit_code = 'U002'"
            )
        )


def test_a_recusal_needs_its_reason(each_session):
    make_panel(each_session)
    with pytest.raises(IntegrityError, match="recusal_has_reason"):
        each_session.execute(
            text("UPDATE panel_standing SET standing = 'recused' WHERE seat_code = 'E01' AND unit_code = 'U003'")
        )


def test_a_seat_cannot_pretend_another_nominator(each_session):
    make_panel(each_session)
    with pytest.raises(IntegrityError, match=r"(?i)foreign"):
        each_session.execute(text("UPDATE panel_seat SET unit_code = 'U002' WHERE code = 'E01'"))


def test_the_freeze_lists_all_that_is_missing(session):
    panel = make_draft(session)
    panel.round.draft = {}
    panel.round.rules = {"leads": ["U002"]}
    name_seat(session, panel.round, "E09", "expert", "nobody", "U099")
    session.flush()
    with pytest.raises(NotComplete) as refused:
        freeze_round(session, KINDS, "panel-2016", by="office", approved_by="office-check", now=NOW)
    assert [(lack.what, lack.place) for lack in refused.value.lacks] == [
        ("no_rubric", "innovation"),
        ("no_rubric", "other"),
        ("no_rubric", "routine"),
        ("no_unit", "E09"),
        ("no_account", "E09"),
        ("lead_nominates", "E02"),
    ]


def test_a_panel_without_experts_cannot_be_frozen(session):
    panel = make_draft(session, experts=0)
    with pytest.raises(NotComplete) as refused:
        freeze_round(session, KINDS, panel.round.code, by="office", approved_by="office-check", now=NOW)
    assert [lack.what for lack in refused.value.lacks] == ["no_experts"]


def test_a_frozen_panel_takes_no_new_seat_and_no_other_rubrics(session):
    panel = make_panel(session)
    with pytest.raises(FrozenRound):
        name_seat(session, panel.round, "E09", "expert", "x", "U001")
    with pytest.raises(FrozenRound):
        draft_rubrics(panel.round, RUBRICS)
    assert session.scalar(select(func.count()).select_from(Seat)) == 4

"""The tally of a panel, by hand, and what its close fixes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from review.panel.casting import cast_mark, cast_marks
from review.panel.counting import CastSheet, count_panel
from review.panel.marks import EMPTY, UNABLE, filled, points
from rounds.life import close_round, tally_round
from rounds.verifying import verify_rounds
from tallies.rows import read_rows
from tests.factories import NOW
from tests.review.panel.panels import KINDS, RUBRICS, fill_all, make_panel, whole_sheet


def routine(seat: str, unit: str, total: int, kind: str = "expert") -> CastSheet:
    marks = {entered.criterion: entered.mark for entered in whole_sheet(unit, "routine", total)}
    return CastSheet(seat, kind, unit, filled(RUBRICS.rubrics[0], marks))


def rows_of(sheets, units=("U001",)):
    return {(row.measure, row.unit_code, row.object): row for row in count_panel(RUBRICS, sheets, units, b"salt")}


def test_seven_sheets_drop_one_each_side():
    totals = [60, 71, 80, 82, 85, 90, 99]
    rows = rows_of([routine(f"E{n}", "U001", total) for n, total in enumerate(totals)])
    row = rows["panel_score", "U001", "FUN_ROUTINE"]
    assert (row.value, row.n, row.dk, row.params) == (
        Decimal("81.600"),
        7,
        0,
        {"trim": 1, "trim_from": 7, "dropped": 2},
    )
    assert row.se == Decimal("4.208")


def test_incomplete_sheets_are_not_counted_before_dropping():
    sheets = [routine(f"E{n}", "U001", total) for n, total in enumerate([60, 71, 80, 82, 85, 90])]
    part = filled(RUBRICS.rubrics[0], {"duty": points(40)})
    unable = filled(RUBRICS.rubrics[0], {c.code: UNABLE for c in RUBRICS.rubrics[0].criteria})
    sheets += [CastSheet("E8", "expert", "U001", part), CastSheet("E9", "expert", "U001", unable)]
    row = rows_of(sheets)["panel_score", "U001", "FUN_ROUTINE"]
    assert (row.value, row.n, row.dk, row.params["dropped"]) == (Decimal("78.000"), 6, 1, 0)


def test_shares_of_criteria_add_up_to_the_score():
    totals = [61, 73, 80, 82, 85, 90, 99, 99]
    rows = rows_of([routine(f"E{n}", "U001", total) for n, total in enumerate(totals)])
    points_ = {c.code: c.points for c in RUBRICS.rubrics[0].criteria}
    whole = sum(rows["criterion", "U001", f"FUN_ROUTINE/{code}"].value * most / 100 for code, most in points_.items())
    assert whole == pytest.approx(rows["panel_score", "U001", "FUN_ROUTINE"].value, abs=Decimal("0.002"))


def test_a_unit_without_sheets_has_no_value_and_says_why():
    row = rows_of([])["panel_score", "U001", "INN_REFORM"]
    assert (row.value, row.reason, row.n) == (None, "no_sheets", 0)


def test_the_leads_own_sheet_is_a_measure_of_its_own():
    rows = rows_of([routine("E1", "U001", 80), routine("BB", "U001", 91, "bianban")])
    assert rows["panel_score", "U001", "FUN_ROUTINE"].value == 80
    assert (rows["bianban_score", "U001", "FUN_ROUTINE"].value, rows["bianban_score", "U001", "FUN_ROUTINE"].n) == (
        91,
        1,
    )
    assert ("bianban_score", "U001", "FUN_OTHER") not in rows


def test_an_incomplete_own_sheet_has_no_value():
    sheet = CastSheet("BB", "bianban", "U001", filled(RUBRICS.rubrics[0], {"duty": EMPTY}))
    row = rows_of([sheet])["bianban_score", "U001", "FUN_ROUTINE"]
    assert (row.value, row.reason) == (None, "incomplete")


def test_a_strict_expert_who_saw_only_one_of_two_equal_units_is_corrected():
    """Ten common units show E0 six points strict; of U1 and U2 he saw U1 alone."""
    common = [f"U{n:03}" for n in range(10, 20)]
    sheets = [routine(f"E{e}", unit, 80 - 6 * (e == 0)) for unit in common for e in range(3)]
    sheets += [routine(f"E{e}", "U001", 80 - 6 * (e == 0)) for e in range(3)]
    sheets += [routine(f"E{e}", "U002", 80) for e in (1, 2)]
    rows = rows_of(sheets, ("U001", "U002"))
    assert [rows["panel_score", u, "FUN_ROUTINE"].value for u in ("U001", "U002")] == [78, 80]
    # the three experts' severities add up to 0: -4, 2, 2
    assert [rows["panel_severity", u, "FUN_ROUTINE"].value for u in ("U001", "U002")] == [78, 78]


def test_a_recount_gives_the_same_version_and_digest_on_both_engines(each_session):
    panel = make_panel(each_session, units=4, experts=3)
    for n, expert in enumerate(panel.experts):
        fill_all(each_session, expert, panel.units, 70 + 5 * n)
    fill_all(each_session, panel.bianban, panel.units, 88)
    after = panel.round.closes_at + timedelta(seconds=1)
    close_round(each_session, KINDS, panel.round.code, by="office", now=after)
    first = tally_round(each_session, KINDS, panel.round.code, by="office", now=after)
    assert tally_round(each_session, KINDS, panel.round.code, by="office", now=after) == first
    # U001 nominated E01, so E02 (75) and E03 (80) alone score it
    [score] = [
        row
        for row in read_rows(each_session, panel.round.id, measure="panel_score", units=["U001"])
        if row.object == "FUN_ROUTINE"
    ]
    assert (score.value, score.n) == (Decimal("77.500"), 2)
    assert list(verify_rounds(each_session, KINDS)) == []


def test_a_cell_altered_after_the_close_is_found_and_named(each_session):
    panel = make_panel(each_session)
    cast_marks(each_session, panel.experts[0], whole_sheet("U002", "routine", 80), now=NOW)
    cast_mark(each_session, panel.experts[0], "U002", "routine", "duty", points(39), now=NOW)
    after = panel.round.closes_at + timedelta(seconds=1)
    closed = close_round(each_session, KINDS, panel.round.code, by="office", now=after)
    assert closed.accepted == 1
    each_session.execute(text("UPDATE panel_cell SET points = 38 WHERE criterion = 'duty' AND version = 1"))
    [fault] = verify_rounds(each_session, KINDS)
    assert "E01/U002/routine" in str(fault)


def test_a_sheet_added_after_the_close_is_found(session):
    panel = make_panel(session)
    cast_marks(session, panel.experts[0], whole_sheet("U002", "routine", 80), now=NOW)
    after = panel.round.closes_at + timedelta(seconds=1)
    close_round(session, KINDS, panel.round.code, by="office", now=after)
    session.execute(
        text(
            "INSERT INTO panel_cell SELECT round_id, seat_code, 'U003', object, criterion, version, answer, points, "
            '"by", at FROM panel_cell'
        )
    )
    [fault] = verify_rounds(session, KINDS)
    assert "E01/U003/routine" in str(fault)
    assert session.scalar(select(text("count(*)")).select_from(text("panel_cell"))) == 8

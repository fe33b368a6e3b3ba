"""What a seat's desk and the office's board read."""

from datetime import timedelta
from decimal import Decimal

import pytest

from review.panel.casting import cast_mark, cast_marks, write_note
from review.panel.conflicts import declare_conflict
from review.panel.errors import NoSeat, NoSheet
from review.panel.marks import UNABLE, points
from review.panel.pace import Drift, distribution, drift, minutes_left
from review.panel.queries import own_chair, panel_progress, sheet_list, unit_sheets
from tests.factories import NOW
from tests.review.panel.panels import RUBRICS, fill_all, make_draft, make_panel, whole_sheet
from units.submissions import Submission


def chair_of(session, username="expert01", kinds=("expert",)):
    return own_chair(session, username, kinds)


def test_units_come_by_category_and_protocol_without_the_own_one(session):
    panel = make_panel(session, units=5)
    for unit, category, position in zip(
        panel.units[1:], ("vertical", "party", "party", "congress_judicial"), (1, 9, 2, 1), strict=True
    ):
        unit.category, unit.position = category, position
    session.flush()
    listed = sheet_list(session, chair_of(session))
    assert [line.code for line in listed.lines] == ["U004", "U003", "U005", "U002"]
    assert [(away.code, away.standing) for away in listed.away] == [("U001", "own")]


def test_progress_counts_units_with_every_answer(each_session):
    panel = make_panel(each_session, units=4)
    expert = panel.experts[0]
    fill_all(each_session, expert, [panel.units[1]])
    cast_mark(each_session, expert, "U003", "routine", "duty", points(30), now=NOW + timedelta(minutes=3))
    listed = sheet_list(each_session, chair_of(each_session))
    assert (listed.done, listed.left, len(listed.lines)) == (1, 2, 3)
    assert listed.following.code == "U003"
    assert listed.saved_at == NOW + timedelta(minutes=3)
    assert listed.minutes_left == 8
    assert listed.lines[0].sheets["routine"].total == 80
    assert listed.lines[1].sheets["routine"].total is None


def test_a_sheet_with_cant_judge_is_done_but_has_no_total(session):
    expert = make_panel(session).experts[0]
    cast_marks(session, expert, whole_sheet("U002", "routine", 80), now=NOW)
    cast_mark(session, expert, "U002", "routine", "duty", UNABLE, now=NOW)
    sheet = unit_sheets(session, chair_of(session), "U002").line.sheets["routine"]
    assert (sheet.done, sheet.total) == (True, None)


def test_a_unit_stands_between_its_neighbours(session):
    make_panel(session, units=4)
    chair = chair_of(session)
    found = unit_sheets(session, chair, "U003")
    assert (found.place, found.of, found.previous, found.next) == (2, 3, "U002", "U004")
    assert unit_sheets(session, chair, "U004").next is None


@pytest.mark.parametrize("unit", ["U001", "U002", "U999"])
def test_own_recused_and_unknown_units_are_not_there(session, unit):
    expert = make_panel(session).experts[0]
    declare_conflict(session, expert, "U002", "x", now=NOW)
    with pytest.raises(NoSheet):
        unit_sheets(session, chair_of(session), unit)


def test_an_asked_recusal_is_shown_on_the_list(session):
    expert = make_panel(session).experts[0]
    cast_mark(session, expert, "U002", "routine", "duty", points(1), now=NOW)
    declare_conflict(session, expert, "U002", "x", now=NOW)
    assert sheet_list(session, chair_of(session)).asked == {"U002"}
    assert sheet_list(session, chair_of(session, "expert02")).asked == frozenset()


def test_a_note_is_shown_to_its_writer_alone(session):
    panel = make_panel(session)
    write_note(session, panel.experts[0], "U003", "数字扎实", now=NOW)
    assert unit_sheets(session, chair_of(session), "U003").line.note == "数字扎实"
    assert unit_sheets(session, chair_of(session, "expert02"), "U003").line.note == ""


def test_bianban_lists_two_objects_and_the_performance_office_one(session):
    make_panel(session)
    for username, kind, objects in (
        ("lead-bb", "bianban", ["routine", "other"]),
        ("lead-jxb", "performance_office", ["innovation"]),
    ):
        listed = sheet_list(session, chair_of(session, username, (kind,)))
        assert list(listed.lines[0].sheets) == objects


def test_a_draft_has_no_seats_yet(session):
    make_draft(session)
    with pytest.raises(NoSeat):
        chair_of(session)


def test_a_seat_of_another_kind_is_no_seat(session):
    make_panel(session)
    with pytest.raises(NoSeat):
        chair_of(session, "lead-bb")


def test_the_office_sees_how_far_seats_are(each_session):
    panel = make_panel(each_session)
    fill_all(each_session, panel.bianban, [panel.units[0]])
    assert [(seat.code, seat.units, seat.done) for seat in panel_progress(each_session, panel.round)] == [
        ("BB", 2, 1),
        ("E01", 2, 0),
        ("E02", 2, 0),
        ("JXB", 2, 0),
    ]


def test_the_own_pace_counts_from_five_gaps_on_and_leaves_pauses_out():
    begin = [NOW + timedelta(minutes=3 * n) for n in range(5)]
    assert minutes_left(begin, 10, 4) == 40
    assert minutes_left([*begin, NOW + timedelta(minutes=16)], 10, 4) == 30
    assert minutes_left([*begin, NOW + timedelta(hours=9)], 10, 4) == 40
    assert minutes_left([NOW] * 30, 10, 4) == 40


def test_totals_fall_into_grades():
    found = distribution([95, 90, 89, 71, 30], RUBRICS)
    assert [(grade.code, number) for grade, number in found.counts] == [("A", 2), ("B", 1), ("C", 1), ("D", 1)]
    assert (found.n, found.mean) == (5, Decimal("75.000"))
    assert distribution([], RUBRICS).mean is None


def test_first_and_last_ten_are_set_side_by_side_from_twenty_on():
    assert drift([80] * 10 + [70] * 9) is None
    assert drift([80] * 10 + [50] * 5 + [70] * 10) == Drift(Decimal(80), Decimal(70))


def test_the_office_counts_a_unit_without_an_entry_as_done_without_innovation(session):
    panel = make_panel(session)
    session.query(Submission).filter_by(unit_id=panel.units[1].id).update({"state": "draft"})
    for object_ in ("routine", "other"):
        cast_marks(session, panel.experts[0], whole_sheet("U002", object_, 80), now=NOW)
    assert panel_progress(session, panel.round)[1].done == 1
    assert sheet_list(session, chair_of(session)).done == 1

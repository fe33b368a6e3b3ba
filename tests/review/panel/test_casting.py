"""Marks are kept while the round is open and the set isn't sealed; history stays."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from review.panel.casting import Entered, cast_mark, cast_marks, write_note
from review.panel.cells import SheetKey, latest_marks
from review.panel.errors import MarkOutOfRange, NoCriterion, NoSheet, SetSealed
from review.panel.marks import EMPTY, UNABLE, Mark, filled, points
from review.panel.sealing import seal_set
from review.panel.sheet import Note, SheetCell
from rounds.errors import RoundNotOpen
from tests.factories import NOW
from tests.review.panel.panels import RUBRICS, fill_all, make_panel


def history(session):
    cells = session.scalars(select(SheetCell).order_by(SheetCell.version))
    return [(cell.version, cell.answer, cell.points, cell.by) for cell in cells]


def test_a_changed_mark_is_a_new_version_and_the_latest_counts(each_session):
    expert = make_panel(each_session).experts[0]
    for mark in (points(30), UNABLE, EMPTY, points(35)):
        assert cast_mark(each_session, expert, "U002", "routine", "duty", mark, now=NOW)
    assert history(each_session) == [
        (1, "points", 30, "expert01"),
        (2, "unable", None, "expert01"),
        (3, "empty", None, "expert01"),
        (4, "points", 35, "expert01"),
    ]
    key = SheetKey("E01", "U002", "routine")
    assert latest_marks(each_session, expert.round_id) == {key: {"duty": points(35)}}


def test_the_same_mark_again_writes_nothing(session):
    expert = make_panel(session).experts[0]
    assert cast_mark(session, expert, "U002", "routine", "duty", points(30), now=NOW)
    assert not cast_mark(session, expert, "U002", "routine", "duty", points(30), now=NOW)
    assert not cast_mark(session, expert, "U002", "routine", "plan", EMPTY, now=NOW)
    assert len(history(session)) == 1


def test_one_bad_mark_among_many_keeps_none(session):
    expert = make_panel(session).experts[0]
    good, bad = (Entered("U002", "routine", "duty", points(n)) for n in (40, 41))
    with pytest.raises(MarkOutOfRange) as refused:
        cast_marks(session, expert, [good, bad], now=NOW)
    assert (refused.value.criterion, refused.value.most) == ("duty", 40)
    assert history(session) == []


@pytest.mark.parametrize(("mark", "taken"), [(0, True), (40, True), (-1, False), (41, False)])
def test_a_mark_lies_within_0_and_the_criterions_points(session, mark, taken):
    expert = make_panel(session).experts[0]
    if taken:
        assert cast_mark(session, expert, "U002", "routine", "duty", points(mark), now=NOW)
    else:
        with pytest.raises(MarkOutOfRange):
            cast_mark(session, expert, "U002", "routine", "duty", points(mark), now=NOW)


@pytest.mark.parametrize(("late", "taken"), [(-1, True), (0, False), (1, False)])
def test_marks_count_only_before_the_closing_instant(session, late, taken):
    panel = make_panel(session)
    moment = panel.round.closes_at + timedelta(seconds=late)
    if taken:
        assert cast_mark(session, panel.experts[0], "U002", "routine", "duty", points(1), now=moment)
    else:
        with pytest.raises(RoundNotOpen):
            cast_mark(session, panel.experts[0], "U002", "routine", "duty", points(1), now=moment)


def test_before_the_opening_hour_nothing_is_taken(session):
    panel = make_panel(session)
    with pytest.raises(RoundNotOpen):
        cast_mark(
            session, panel.experts[0], "U002", "routine", "duty", points(1), now=panel.round.opens_at - timedelta(1)
        )


@pytest.mark.parametrize(
    ("seat", "unit", "object_"), [(0, "U001", "routine"), (0, "U099", "routine"), (1, "U002", "other")]
)
def test_own_and_unknown_units_have_no_sheet(session, seat, unit, object_):
    expert = make_panel(session).experts[seat]
    code = RUBRICS.rubric(object_).criteria[0].code
    with pytest.raises(NoSheet):
        cast_mark(session, expert, unit, object_, code, points(1), now=NOW)


def test_bianban_has_no_sheet_on_innovation(session):
    panel = make_panel(session)
    with pytest.raises(NoSheet):
        cast_mark(session, panel.bianban, "U001", "innovation", "novelty", points(1), now=NOW)
    assert cast_mark(session, panel.office, "U001", "innovation", "novelty", points(1), now=NOW)


@pytest.mark.parametrize(("object_", "criterion"), [("routine", "novelty"), ("song", "duty")])
def test_a_criterion_belongs_to_its_rubric(session, object_, criterion):
    with pytest.raises(NoCriterion):
        cast_mark(session, make_panel(session).experts[0], "U002", object_, criterion, points(1), now=NOW)


def test_a_sealed_set_takes_no_mark_and_no_note(session):
    panel = make_panel(session)
    fill_all(session, panel.experts[0], panel.units)
    seal_set(session, panel.experts[0], now=NOW)
    with pytest.raises(SetSealed):
        cast_mark(session, panel.experts[0], "U002", "routine", "duty", points(1), now=NOW)
    with pytest.raises(SetSealed):
        write_note(session, panel.experts[0], "U002", "x", now=NOW)


def test_a_note_is_kept_changed_and_removed(each_session):
    expert = make_panel(each_session).experts[0]
    key = (expert.round_id, "E01", "U002")
    for text_ in ("一", "二"):
        write_note(each_session, expert, "U002", text_, now=NOW)
        assert each_session.get(Note, key).text == text_
    write_note(each_session, expert, "U002", "", now=NOW)
    assert each_session.get(Note, key) is None


def test_there_is_no_note_on_the_own_unit(session):
    with pytest.raises(NoSheet):
        write_note(session, make_panel(session).experts[0], "U001", "x", now=NOW)


@pytest.mark.parametrize(
    ("answer", "value", "name"),
    [
        ("points", "NULL", "only_points_carry_points"),
        ("unable", "3", "only_points_carry_points"),
        ("points", "-1", "points_not_negative"),
        ("guess", "NULL", "answer_is_known"),
    ],
)
def test_the_database_refuses_a_cell_that_makes_no_sense(each_session, answer, value, name):
    panel = make_panel(each_session)
    with pytest.raises(IntegrityError, match=name):
        each_session.execute(
            text(
                "INSERT INTO panel_cell "
                '(round_id, seat_code, unit_code, object, criterion, version, answer, points, "by", at) VALUES '
                f"({panel.round.id}, 'E01', 'U002', 'routine', 'duty', 1, '{answer}', {value}, 'x', '2016-12-15')"
            )
        )


MARKS = st.sampled_from([EMPTY, UNABLE, points(5)])


@given(marks=st.lists(MARKS, min_size=4, max_size=4))
def test_a_sheet_has_a_total_exactly_when_every_criterion_has_points(marks: list[Mark]):
    rubric = RUBRICS.rubrics[0]
    sheet = filled(rubric, {c.code: mark for c, mark in zip(rubric.criteria, marks, strict=True)})
    assert sheet.total == (20 if all(mark == points(5) for mark in marks) else None)
    assert sheet.done == (EMPTY not in marks)
    assert sheet.answered + len(sheet.missing) == 4

"""Lead entries: all faults at once, versions, confirmation by a second person or on paper."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from accounts.errors import SamePerson
from scoring.entering import (
    confirm_entries,
    confirm_on_paper,
    correct_entry,
    keep_entries,
    return_entries,
    send_entries,
)
from scoring.entries import Entry, LeadEntry, entries_of, file_of, files_of, lead_sheet
from scoring.errors import BadEntries, NoSuchFile, ScanMissing, TooLate, UnknownIndicator, UnknownLead, WrongFileState
from scoring.tree import NotApplicable
from tests.factories import NOW
from tests.scoring.years import confirmed, entries, small_year

D = Decimal


def keep(session, year, cells):
    return keep_entries(session, year, "FZB", cells, by="lead-fzb", now=NOW)


def changed(cells, indicator, unit, /, **fields):
    return [replace(c, **fields) if (c.indicator, c.unit_code) == (indicator, unit) else c for c in cells]


def test_a_lead_fills_its_items_for_every_unit_but_its_own(each_session):
    year = small_year(each_session)
    sheet = lead_sheet(each_session, year, "FZB")
    assert [item.code for item in sheet.items] == ["LAW_1", "LAW_2"]
    assert {unit for _, unit in sheet.asked()} == {"U001", "U002"}
    assert sheet.asks("LAW_1", "U003") == "own"


def test_a_substitute_fills_the_row_of_the_lead_it_stands_in_for_and_no_other(session):
    year = small_year(session)
    year.rules = year.rules | {"own_rows": {"FZB": "substitute:BB"}}
    sheet = lead_sheet(session, year, "BB")
    assert [(item.code, unit) for item, unit in sheet.asked()] == [("LAW_1", "U003"), ("LAW_2", "U003")]
    assert sheet.asks("LAW_1", "U001") == "nothing"


def test_an_unknown_lead_has_no_sheet(session):
    with pytest.raises(UnknownLead):
        lead_sheet(session, small_year(session), "XYZ")


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"points": D("18.5")}, "out_of_range"),
        ({"points": D("-1"), "reason": "x", "basis": "y"}, "out_of_range"),
        ({"points": D("17.0001"), "reason": "x", "basis": "y"}, "too_fine"),
        ({"points": D("17")}, "no_reason"),
        ({"points": D("17"), "reason": " "}, "no_reason"),
        ({"points": D("17"), "reason": "x"}, "no_basis"),
        ({"points": None}, "applies"),
        ({"indicator": "LAW_2", "unit_code": "U003"}, "not_yours"),
        ({"indicator": "ROUTINE_1"}, "not_yours"),
    ],
)
def test_a_wrong_cell_is_named(session, fields, what):
    year = small_year(session)
    with pytest.raises(BadEntries) as refused:
        keep(session, year, changed(entries(session, year), "LAW_1", "U001", **fields))
    assert what in {fault.what for fault in refused.value.faults}


def test_all_wrong_cells_are_named_at_once_and_nothing_is_kept(each_session):
    year = small_year(each_session)
    cells = changed(entries(each_session, year), "LAW_1", "U001", points=D("20"))
    cells = [*changed(cells, "LAW_2", "U002", points=D("11"))[:-1], Entry("LAW_1", "U003", D("18"))]
    with pytest.raises(BadEntries) as refused:
        keep(each_session, year, [c for c in cells if (c.indicator, c.unit_code) != ("LAW_1", "U002")])
    assert [(f.what, f.indicator, f.unit_code, f.most) for f in refused.value.faults] == [
        ("not_yours", "LAW_1", "U003", ""),
        ("out_of_range", "LAW_1", "U001", "18.000"),
        ("empty", "LAW_1", "U002", "18.000"),
        ("empty", "LAW_2", "U002", "12.000"),
    ]
    assert each_session.scalar(select(func.count()).select_from(LeadEntry)) == 0


def test_a_cell_says_not_applicable_exactly_where_the_matrix_does(session):
    year = small_year(session)
    matrix = NotApplicable(
        year_id=year.id, unit_code="U001", indicator="LAW_2", document_no="1", approved_by="x", approved_at=NOW
    )
    session.add(matrix)
    session.flush()
    with pytest.raises(BadEntries) as refused:
        keep(session, year, entries(session, year))
    assert [fault.what for fault in refused.value.faults] == ["does_not_apply"]
    file = keep(session, year, changed(entries(session, year), "LAW_2", "U001", points=None))
    kept = {(e.indicator, e.unit_code): e.applicable for e in entries_of(session, file)}
    assert kept["LAW_2", "U001"] is False


def test_the_same_draft_twice_is_one_version_and_another_is_the_next(each_session):
    year = small_year(each_session)
    first = keep(each_session, year, entries(each_session, year))
    assert keep(each_session, year, entries(each_session, year)).id == first.id
    second = keep(each_session, year, entries(each_session, year, LAW_1_U001="17"))
    assert (second.version, second.digest != first.digest) == (2, True)
    assert len(files_of(each_session, year, "FZB")) == 2


def test_the_head_confirms_what_the_officer_sent_and_nobody_alone(each_session):
    year = small_year(each_session)
    keep(each_session, year, entries(each_session, year))
    with pytest.raises(WrongFileState):
        confirm_entries(each_session, year, "FZB", by="lead-fzb-head", now=NOW)
    send_entries(each_session, year, "FZB", by="lead-fzb", now=NOW)
    with pytest.raises(SamePerson):
        confirm_entries(each_session, year, "FZB", by="lead-fzb", now=NOW)
    with pytest.raises(WrongFileState):
        keep(each_session, year, entries(each_session, year, LAW_1_U001="1"))
    file = confirm_entries(each_session, year, "FZB", by="lead-fzb-head", now=NOW)
    assert (file.state, file.confirmed_by, file.way) == ("confirmed", "lead-fzb-head", "account")


def test_the_head_gives_entries_back(session):
    year = small_year(session)
    keep(session, year, entries(session, year))
    send_entries(session, year, "FZB", by="lead-fzb", now=NOW)
    return_entries(session, year, "FZB", "请核对市环保局", by="lead-fzb-head", now=NOW)
    assert file_of(session, year, "FZB").state == "draft"


def test_a_head_who_never_signs_in_confirms_on_paper_with_a_scan(each_session):
    year = small_year(each_session)
    keep(each_session, year, entries(each_session, year))
    with pytest.raises(ScanMissing):
        confirm_on_paper(each_session, year, "FZB", signed_by="王建平", scan="", by="lead-fzb", now=NOW)
    file = confirm_on_paper(each_session, year, "FZB", signed_by="王建平", scan="a" * 64, by="lead-fzb", now=NOW)
    each_session.flush()
    assert (file.state, file.confirmed_by, file.way) == ("confirmed", "王建平", "paper")


def test_a_correction_is_a_new_version_to_be_confirmed_and_both_are_kept(each_session):
    year = small_year(each_session)
    confirmed(each_session, year, LAW_1_U001="17")
    cell = Entry("LAW_1", "U001", D("17.5"), "部分整改", "法制办〔2017〕1号")
    file = correct_entry(each_session, year, "FZB", cell, why="复核后更正", by="lead-fzb", now=NOW)
    assert (file.version, file.state, file.corrects) == (2, "draft", 1)
    assert file_of(each_session, year, "FZB", state="confirmed").version == 1
    send_entries(each_session, year, "FZB", by="lead-fzb", now=NOW)
    confirm_entries(each_session, year, "FZB", by="lead-fzb-head", now=NOW)
    points = [
        {(e.indicator, e.unit_code): e.points for e in entries_of(each_session, kept)}["LAW_1", "U001"]
        for kept in files_of(each_session, year, "FZB")
    ]
    assert points == [D("17.500"), D("17.000")]


def test_a_correction_needs_a_reason_a_cell_and_something_confirmed(session):
    year = small_year(session)
    cell = Entry("LAW_1", "U001", D("17.5"), "x", "y")
    with pytest.raises(NoSuchFile):
        correct_entry(session, year, "FZB", cell, why="x", by="lead-fzb", now=NOW)
    confirmed(session, year)
    with pytest.raises(BadEntries) as refused:
        correct_entry(session, year, "FZB", replace(cell, reason=""), why=" ", by="lead-fzb", now=NOW)
    assert [fault.what for fault in refused.value.faults] == ["no_reason", "no_why"]
    with pytest.raises(UnknownIndicator):
        correct_entry(session, year, "FZB", replace(cell, unit_code="U003"), why="x", by="lead-fzb", now=NOW)


@pytest.mark.parametrize("stage", ["preparing", "final", "archived"])
def test_entries_are_taken_only_while_the_year_takes_them(session, stage):
    year = small_year(session)
    year.stage = stage
    with pytest.raises(TooLate):
        keep(session, year, entries(session, year))

"""A lead's table, wrong in every way: each cell by its address, with the unit that is probably meant."""

from decimal import Decimal

import pytest

from scoring.entries import LeadSheet
from scoring.tree import Lead, Node
from units.unit import Unit
from webapp.lead.reading import head_of, read_entries
from webapp.words.lead import FAULTS

D = Decimal


@pytest.fixture
def sheet() -> LeadSheet:
    """One item of six points for 102 units, of which the lead's own is U001."""
    units = tuple(
        Unit(
            code=f"U{n:03}",
            name_zh=f"苏州市{n}局",
            short_name_zh=f"市{n}局",
            name_en="",
            category="party",
            position=n,
        )
        for n in range(1, 102)
    )
    return LeadSheet(
        lead=Lead(code="JW", name_zh="市纪委", name_en="", unit_code="U001"),
        items=(
            Node("CLEAN", 3, "廉洁履职", "Clean", D(6), lead="JW"),
            Node("TEACH", 3, "教育", "", D("1.5"), lead="JW"),
        ),
        units=units,
        not_applicable=frozenset({("TEACH", "U007")}),
        stands_in=frozenset(),
        reviews=False,
    )


def table(sheet: LeadSheet) -> list[list[str]]:
    rows = [head_of(sheet)]
    for unit in sheet.units:
        teach = "不适用" if unit.code == "U007" else "1.5"
        cells = ["—", "—"] if unit.code == "U001" else ["6", teach]
        rows.append([unit.code, unit.short_name_zh, *cells, "", ""])
    return rows


def test_a_right_table_is_taken_whole(sheet):
    rows = table(sheet)
    rows[27 - 1] = ["U026", "市26局", "5", "1.5", "专项检查扣分", "苏纪〔2016〕8号"]
    reading = read_entries(sheet, rows)
    assert (reading.accepted, reading.rows, reading.fine, len(reading.entries)) == (True, 101, 101, 200)
    [lost] = [entry for entry in reading.entries if entry.reason]
    assert (lost.indicator, lost.unit_code, lost.points, lost.basis) == ("CLEAN", "U026", D(5), "苏纪〔2016〕8号")
    assert [entry.unit_code for entry in reading.entries if not entry.applicable] == ["U007"]


def test_a_row_stands_where_its_units_number_says(sheet):
    assert table(sheet)[27 - 1][0] == "U026"
    assert head_of(sheet)[2:4] == ["廉洁履职（满分6）", "教育（满分1.5）"]


@pytest.mark.parametrize(
    ("row", "change", "address", "what", "told"),
    [
        (14, {2: "8.5", 4: "x", 5: "y"}, "C14", "out_of_range", "6"),
        (14, {2: "-1", 4: "x", 5: "y"}, "C14", "out_of_range", "6"),
        (27, {2: "5", 5: "y"}, "E27", "no_reason", ""),
        (27, {2: "5", 4: "x"}, "F27", "no_basis", ""),
        (27, {2: "5", 4: "x" * 501, 5: "y"}, "E27", "long_reason", ""),
        (27, {2: "5", 4: "x", 5: "y" * 201}, "F27", "long_basis", ""),
        (27, {2: "5", 4: "\x00\x07", 5: "y"}, "E27", "no_reason", ""),
        (58, {2: "五点五"}, "C58", "not_a_number", "6"),
        (58, {2: "５"}, "C58", "not_a_number", "6"),
        (58, {2: "1e2"}, "C58", "not_a_number", "6"),
        (58, {2: "=5+1"}, "C58", "not_a_number", "6"),
        (58, {2: "5.0001", 4: "x", 5: "y"}, "C58", "too_fine", "6"),
        (77, {2: ""}, "C77", "empty", "6"),
        (77, {2: "不适用"}, "C77", "applies", "6"),
        (8, {3: "1.5"}, "D8", "does_not_apply", "1.5"),
        (2, {2: "6"}, "C2", "not_yours", ""),
        (30, {1: "市30局"}, "B30", "name", "市29局"),
        (102, {0: "U079"}, "A102", "twice", "80"),
        (63, {0: "U630"}, "A63", "stranger", "U062市62局"),
    ],
)
def test_a_wrong_cell_is_named_by_its_address(sheet, row, change, address, what, told):
    rows = table(sheet)
    for column, text in change.items():
        rows[row - 1][column] = text
    reading = read_entries(sheet, rows)
    assert [(one.address, one.what, one.told) for one in reading.wrong] == [(address, what, told)]
    assert not reading.accepted


def test_seven_wrong_cells_are_told_at_once_with_the_units_that_are_missing(sheet):
    rows = table(sheet)
    rows[13][2] = "8.5"
    rows[26][2], rows[44][2] = "5", "5.5"
    rows[57][2] = "五点五"
    rows[62][0] = "U630"
    rows[76][2] = ""
    rows[101][0] = "U079"
    reading = read_entries(sheet, rows)
    assert [one.address for one in reading.wrong] == ["C14", "E27", "F27", "E45", "F45", "C58", "A63", "C77", "A102"]
    assert reading.lacks == "U062市62局、U101市101局"
    assert (reading.rows, reading.fine, reading.places) == (101, 94, 9)


def test_a_missing_row_alone_is_a_place_to_correct(sheet):
    reading = read_entries(sheet, table(sheet)[:-1])
    assert (reading.accepted, reading.wrong, reading.places, reading.lacks) == (False, (), 1, "U101市101局")


def test_two_deductions_of_a_unit_ask_for_their_reason_once(sheet):
    rows = table(sheet)
    rows[26][2:4] = ["5", "1"]
    assert [one.address for one in read_entries(sheet, rows).wrong] == ["E27", "F27"]


@pytest.mark.parametrize("rows", [[], [[]], [["a", "b"]]])
def test_a_table_without_the_templates_first_row_is_refused_by_that_row(sheet, rows):
    reading = read_entries(sheet, rows)
    assert {one.what for one in reading.wrong} == {"head"}
    assert [one.address for one in reading.wrong] == ["A1", "B1", "C1", "D1", "E1", "F1"]


def test_empty_rows_at_the_end_are_no_rows(sheet):
    assert read_entries(sheet, [*table(sheet), ["", "", "", ""], []]).accepted


def test_every_fault_of_the_reader_and_of_the_rule_has_words():
    assert FAULTS.keys() >= {"head", "stranger", "twice", "name", "not_yours", "not_a_number", "no_why"}

"""Digits and names to the fields that the checks read."""

import pytest

from surveys.instruments.checking import Problem
from tests.surveys.forms import UNITS, forms
from webapp.agency.typed import Sheet, code_of, numbered

SHEETS = {name: Sheet(form, {unit.code: unit for unit in UNITS}) for name, form in forms().items()}


def read(form, drawn=(), **typed):
    return SHEETS[form].read({name: [value] for name, value in typed.items()}, drawn)


def test_options_are_numbered_from_one_and_dont_know_is_nought():
    item = forms()["q1_public"].item("rd_fair")
    assert numbered(item) == [(1, "vs"), (2, "s"), (3, "bs"), (4, "d"), (5, "vd"), (0, "dk")]
    assert [code_of(item, typed) for typed in ("1", "5", "0", "6", "²", "", "111")] == [
        "vs",
        "vd",
        "dk",
        "6",
        "²",
        "",
        "111",
    ]


@pytest.mark.parametrize("typed", ["24", "024", "U024", "u24", "单位24", "苏州市单位24"])
def test_a_unit_is_typed_by_number_or_name(typed):
    found = read("q1_public", **{"dealt_units@1": typed, "rd_fair#1": "2"})
    assert found.raw["dealt_units"] == ["U024"]
    assert found.raw["rd_fair.U024"] == ["s"]


def test_several_options_are_typed_as_digits_in_a_row():
    found = read("q1_public", **{"dealt_units@2": "7", "rd_reason#2": "1 37"})
    assert found.raw["rd_reason.U007"] == ["slow", "pass", "other"]


def test_the_block_is_the_drawn_one_unless_the_paper_bears_another():
    found = read("q1_public", ("U010", "U011"), **{"rb_overall@2": "50", "rb_overall#1": "1", "rb_overall#2": "0"})
    assert found.block == ("U010", "U050")
    assert found.raw["rb_overall.U010"] == ["vs"]
    assert found.raw["rb_overall.U050"] == ["dk"]


def test_a_problem_leads_to_the_cell_in_which_it_was_typed():
    found = read("q1_public", **{"dealt_units@3": "9"})
    assert found.cell_of(Problem("rd_fair", "U009", "required")) == "rd_fair#3"
    assert found.cell_of(Problem("dealt_units", None, "too_many", 6)) == "dealt_units@1"
    assert read("q2_service", preset="x").cell_of(Problem("preset", "x", "unknown_unit")) == "preset"


def test_a_long_list_stands_by_category_in_the_order_of_each_first_unit():
    (block,) = [block for block in SHEETS["q3_leader"].blocks if block.kind == "long"]
    assert len(block.rows) == 101
    assert all(row.unit is not None for row in block.rows)

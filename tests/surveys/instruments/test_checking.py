"""Checking and packing of posted forms."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instruments.checking import Checked, Problem, WrittenText, check
from surveys.instruments.compiling import compile_form
from surveys.instruments.layout import OUTCOME, PRESET, unpack_many
from surveys.instruments.reading import read_form
from surveys.instruments.unpacking import outcome_of, unpack
from tests.surveys.forms import CODES, forms, one_of, plan, small_form, words

SAT5 = ("vs", "s", "bs", "d", "vd", "dk")
REASONS = ("slow", "rude", "pass", "unclear", "unfair", "noreply", "other")


def public(dealt=(), block=(), **more):
    raw = {"agree": ["y"], "dealt_any": ["y" if dealt else "n"], "dealt_units": list(dealt)}
    raw |= {f"{item}.{unit}": ["s"] for unit in dealt for item in ("rd_attitude", "rd_fair", "rd_result")}
    raw |= {f"rb_overall.{unit}": ["bs"] for unit in block}
    return raw | more


@st.composite
def public_forms(draw):
    dealt = draw(st.lists(st.sampled_from(CODES), max_size=6, unique=True))
    block = draw(st.lists(st.sampled_from([c for c in CODES if c not in dealt]), max_size=6, unique=True))
    raw = {"agree": ["y"], "dealt_any": [draw(st.sampled_from("n")) if not dealt else "y"]}
    raw |= {"dealt_units": dealt} if dealt else {}
    for unit in dealt:
        grades = [draw(st.sampled_from(SAT5)) for _ in range(3)]
        raw |= {
            f"{item}.{unit}": [grade]
            for item, grade in zip(("rd_attitude", "rd_fair", "rd_result"), grades, strict=True)
        }
        if set(grades) & {"d", "vd"} and (reasons := draw(st.lists(st.sampled_from(REASONS), unique=True))):
            raw[f"rd_reason.{unit}"] = sorted(reasons, key=REASONS.index)
    raw |= {f"rb_overall.{unit}": [draw(st.sampled_from(SAT5))] for unit in block}
    raw |= {"city_overall": [draw(st.sampled_from(SAT5))]} if draw(st.booleans()) else {}
    return raw, block


@given(public_forms())
def test_what_was_packed_is_unpacked_the_same(drawn):
    raw, block = drawn
    checked = check(plan("q1_public"), raw, block=block)
    assert isinstance(checked, Checked)
    assert unpack(plan("q1_public"), checked.packed) == raw


@given(public_forms())
def test_every_response_of_a_form_is_as_long_as_every_other(drawn):
    raw, block = drawn
    checked = check(plan("q1_public"), raw, block=block)
    assert len(checked.packed) == len(check(plan("q1_public"), {"agree": ["n"]}).packed) == plan("q1_public").size


def test_bytes_lie_as_the_layout_says():
    raw = public(["U024"], ["U101"], **{"rd_fair.U024": ["d"], "rd_reason.U024": ["slow", "other"]})
    checked = check(plan("q1_public"), raw, block=["U101"])
    found = unpack_many(plan("q1_public").record, [checked.packed, checked.packed])
    assert found.shape == (2,)
    assert found["dealt_units"][1].tolist() == [24, 0, 0, 0, 0, 0]
    assert found["rate_dealt"][0].tolist()[0] == (2, 4, 2, 0b1000001)
    assert found["rb_overall"][0].tolist()[:2] == [(101, 3), (0, 0)]
    assert checked.graded == 4


def test_blank_is_zero_and_dont_know_is_an_answer():
    codes = [code for code in CODES if code != "U002"]
    raw = {"level": ["city"]} | {f"overall.{unit}": ["dk"] for unit in codes}
    assert check(plan("q3_leader"), raw) == [Problem("overall", "U002", "required")]
    filled = check(plan("q3_leader"), raw, blank_grades_are_dk=True)
    assert unpack(plan("q3_leader"), filled.packed)["overall.U002"] == ["dk"]
    assert unpack_many(plan("q3_leader").record, [filled.packed])["overall"].tolist() == [[6] * 101]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"agree": []}, Problem("agree", None, "required")),
        ({"agree": ["maybe"]}, Problem("agree", None, "unknown_code")),
        ({"rd_fair.U003": [""]}, Problem("rd_fair", "U003", "required")),
        ({"rd_fair.U003": ["5"]}, Problem("rd_fair", "U003", "unknown_code")),
        ({"rb_overall.U009": []}, Problem("rb_overall", "U009", "required")),
        ({"dealt_units": ["U999"]}, Problem("dealt_units", None, "unknown_unit")),
        ({"dealt_units": list(CODES[:7])}, Problem("dealt_units", None, "too_many", 6)),
        ({"dealt_units": []}, Problem("dealt_units", None, "required")),
        ({"comment": ["字" * 501]}, Problem("comment", None, "too_long", 500)),
        ({"comment": ["a\x00b"]}, Problem("comment", None, "bad_text")),
        ({"comment": ["\ud800"]}, Problem("comment", None, "bad_text")),
        ({"comment": ["好"], "comment_unit": ["U001", "U002"]}, Problem("comment_unit", None, "too_many", 1)),
    ],
)
def test_a_wrong_answer_is_told_with_its_field(changed, problem):
    assert check(plan("q1_public"), public(["U003"], ["U009"], **changed), block=["U009"]) == [problem]


def test_all_problems_are_told_at_once_in_the_order_of_the_form():
    raw = public(["U003"], [], **{"rd_fair.U003": ["x"], "district": ["mars"]})
    assert [problem.field for problem in check(plan("q1_public"), raw, block=["U009"])] == [
        "rd_fair.U003",
        "rb_overall.U009",
        "district",
    ]


def test_answers_to_questions_that_were_not_asked_are_dropped():
    clean = check(plan("q1_public"), public())
    noisy = public(
        **{"dealt_units": ["U003"], "rd_fair.U003": ["vd"], "comment_unit": ["U004"], "role": ["office"], "x": ["'"]}
    )
    assert check(plan("q1_public"), noisy) == clean


def test_reasons_are_asked_of_a_low_grade_of_this_unit_alone():
    raw = public(["U001", "U002"], **{"rd_fair.U001": ["vd"], "rd_reason.U001": ["rude"], "rd_reason.U002": ["slow"]})
    answers = unpack(plan("q1_public"), check(plan("q1_public"), raw).packed)
    assert answers["rd_reason.U001"] == ["rude"]
    assert "rd_reason.U002" not in answers


def test_a_unit_rated_in_detail_is_not_asked_again_in_the_block():
    answers = unpack(plan("q1_public"), check(plan("q1_public"), public(["U001"], ["U001"]), block=["U001"]).packed)
    assert "rb_overall.U001" not in answers


def test_a_refusal_ends_the_form_and_keeps_no_later_answer():
    refused = check(plan("q1_public"), public(["U001"], agree=["n"]), block=["U001"])
    assert refused.outcome == "refused"
    assert unpack(plan("q1_public"), refused.packed) == {"agree": ["n"]}
    assert outcome_of(plan("q1_public"), refused.packed) == "refused"
    assert unpack_many(plan("q1_public").record, [refused.packed])[OUTCOME].tolist() == [1]


def test_a_comment_and_its_unit_are_kept_apart_from_the_grades():
    silent = check(plan("q1_public"), public())
    spoken = check(plan("q1_public"), public(comment=[" 停车难\r\n请改进 "], comment_unit=["U004"]))
    assert spoken.texts == (WrittenText("comment", "U004", "停车难\n请改进"),)
    assert spoken.packed == silent.packed


SERVICE = {"agree": ["y"], "confirm_dealt": ["y"], "service_way": ["online"]} | {
    item: ["s"]
    for item in ["r_clear", "r_attitude", "r_speed", "r_online", "r_ability", "r_fair", "r_outcome", "r_overall"]
}


def test_the_unit_that_a_right_fixes_is_in_the_record_and_with_the_text():
    checked = check(plan("q2_service"), SERVICE | {"comment": ["快一点"]}, preset="U031")
    assert unpack_many(plan("q2_service").record, [checked.packed])[PRESET].tolist() == [31]
    assert checked.texts == (WrittenText("comment", "U031", "快一点"),)
    assert check(plan("q2_service"), SERVICE) == [Problem("preset", None, "unknown_unit")]


def test_a_telephone_number_is_taken_only_where_it_is_asked():
    raw = SERVICE | {"comment": ["快一点"], "reply_wanted": ["y"], "reply_phone": ["0512-1234"]}
    assert check(plan("q2_service"), raw, preset="U031").contact == ()
    assert check(plan("q2_service"), raw, preset="U031", contact=True).contact == (
        WrittenText("reply_phone", "U031", "0512-1234"),
    )


def test_the_interviewer_closes_also_a_form_that_ended_early():
    raw = {"agree": ["later"], "disposition": ["callback"], "interviewer_id": ["07"]}
    closed = check(plan("q2_service"), raw, preset="U031", closing=True)
    assert (closed.outcome, closed.texts) == ("callback", ())
    assert unpack(plan("q2_service"), closed.packed) == {"agree": ["later"], "disposition": ["callback"]}


def test_every_closing_question_is_asked_of_the_interviewer():
    ends = one_of("agree", "y", "n")
    ends["options"][1]["terminate"] = "refused"
    closing = [one_of("disposition", "done", "refused"), one_of("language", "zh", "dialect", required=True)]
    form = read_form(small_form({"id": "s", "items": [ends]}, interviewer_close=closing), {})
    compiled = compile_form(form, ["U001"])
    raw = {"agree": ["n"], "disposition": ["refused"]}
    assert check(compiled, raw, closing=True) == [Problem("language", None, "required")]
    assert check(compiled, raw).outcome == "refused"


def test_the_first_of_a_doubled_field_counts():
    twice = check(plan("q1_public"), public(city_overall=["vs", "vd"]))
    assert unpack(plan("q1_public"), twice.packed)["city_overall"] == ["vs"]


def test_a_block_longer_than_the_form_allows_or_with_a_unit_twice_is_refused():
    assert check(plan("q1_public"), public(), block=CODES[:7]) == [Problem("rb_overall", None, "too_many", 6)]
    assert check(plan("q1_public"), public(), block=["U001", "U001"]) == [Problem("rb_overall", None, "unit_twice")]


def test_a_choice_of_several_takes_as_many_bytes_as_its_options_need():
    many = one_of("many", *(f"c{n}" for n in range(20)), type="select_multiple")
    form = read_form(small_form({"id": "s", "items": [many, one_of("last", "y")]}), {})
    wide = compile_form(form, ["U001"])
    checked = check(wide, {"many": ["c0", "c19"], "last": ["y"]})
    assert wide.record["many"] == np.dtype("<u4")
    assert unpack(wide, checked.packed) == {"many": ["c0", "c19"], "last": ["y"]}


def test_values_that_are_no_whole_numbers_are_kept_to_three_places():
    scale = {"label": words("s"), "options": [{"code": "a", "label": words("a"), "value": 66.6667}]}
    rating = {"id": "r", "type": "rating", "scale": "s", "label": words("r")}
    form = read_form(small_form({"id": "t", "items": [rating]}), {"s": scale})
    assert form.item("r").options[0].value == Decimal("66.667")


def test_a_city_of_three_units_needs_no_other_code():
    small = compile_form(replace(forms()["q3_leader"]), ["A", "B", "C"])
    raw = {"level": ["city"], "overall.A": ["vs"], "overall.B": ["s"], "overall.C": ["dk"]}
    assert unpack(small, check(small, raw).packed) == raw

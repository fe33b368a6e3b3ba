"""A questionnaire unrolled for one respondent."""

import json

from surveys.instruments.forms import Words
from surveys.instruments.freezing import UnitFacts
from surveys.instruments.parsing import parse
from tests.surveys.forms import UNITS, forms
from webapp.questionnaire.screens import breaking, condition_data, parts, screens, spoken

BY_CODE = {unit.code: unit for unit in UNITS}


def test_a_form_is_cut_before_what_depends_on_the_respondents_own_units():
    first, rest = parts(forms()["q1_public"])
    assert [section.id for section in first] == ["intro", "contact"]
    assert [section.id for section in rest] == ["rate_dealt", "rate_block", "overall", "about_you"]
    assert parts(forms()["q3_leader"])[0] == ()


def test_each_chosen_unit_has_a_screen_and_none_where_nobody_was_dealt_with():
    _first, rest = parts(forms()["q1_public"])
    given = {"agree": ["y"], "dealt_any": ["y"], "dealt_units": ["U003", "U001", "U003", "U999"]}
    shown = screens(rest, BY_CODE, given=given, block=("U001", "U050"))
    assert [(screen.section, screen.unit and screen.unit.code) for screen in shown][:3] == [
        ("rate_dealt", "U003"),
        ("rate_dealt", "U001"),
        ("rate_block", None),
    ]
    assert [unit.code for unit in shown[2].asked[0].rows] == ["U050"]
    without = screens(rest, BY_CODE, given={"agree": ["y"], "dealt_any": ["n"], "dealt_units": ["U003"]})
    assert [screen.section for screen in without] == ["rate_block", "overall", "about_you"]


def test_personal_information_is_asked_only_where_it_may_be():
    form = forms()["q2_service"]
    asked = [
        {asked.name for screen in screens(form.sections, BY_CODE, contact=contact) for asked in screen.asked}
        for contact in (False, True)
    ]
    assert asked[1] - asked[0] == {"reply_phone"}


def test_conditions_reach_the_script_as_lists():
    source = "dealt_any == 'y' and not (count(dealt_units) >= 2 or min_score(rate) <= 30)"
    assert json.loads(condition_data(parse(source))) == [
        "every",
        ["is", "dealt_any", "y"],
        ["not", ["any", ["count", "dealt_units", 2], ["least", "rate", 30]]],
    ]


def test_a_label_does_not_repeat_the_unit_that_heads_it():
    label = Words("{unit}：服务态度", "{unit}: attitude")
    unit = UnitFacts("U001", "市委办", "中共苏州市委办公室", "General Office", "party")
    assert spoken(label, unit) == "市委办：服务态度"
    assert spoken(label, unit, headed=True) == "服务态度"


def test_a_chinese_grade_may_break_after_two_signs_and_markup_stays_text():
    assert breaking("非常不满意") == "非常<wbr>不满意"
    assert breaking("满意") == "满意"
    assert breaking("<b>vs</b>") == "&lt;b&gt;vs&lt;/b&gt;"

from pathlib import Path

import pytest

import demo
from demo.cast import cast_units
from demo.fieldwork import FULL_YEAR, burst_forms, leader_forms, public_forms, scaled, service_forms
from demo.posted import posted_leader, posted_public, posted_service
from demo.world import make_world
from surveys.instruments.checking import Checked, check
from surveys.instruments.compiling import compile_form
from surveys.instruments.reading import read_folder

FORMS = read_folder(Path(demo.__file__).parent / "questionnaires")
PLAYERS = cast_units("alias", 1)
CODES = [player.code for player in PLAYERS]
WORLD = make_world(
    3, CODES, [p.line.category for p in PLAYERS], [bool(p.topics) for p in PLAYERS], (73, 85, 98), experts=20
)


@pytest.mark.parametrize("work", scaled(FULL_YEAR, 0.02), ids=lambda work: f"{work.form}-{work.door}")
def test_every_simulated_answer_is_accepted_by_its_form(work):
    plan = compile_form(FORMS[work.form], CODES)
    for number, form in enumerate(_forms(work)):
        checked = _checked(plan, form, number, work.form)
        assert isinstance(checked, Checked), checked
        assert checked.outcome in (None, "done")


def test_the_stuffed_forms_are_accepted_too():
    plan = compile_form(FORMS["q1_public"], CODES)
    for number, form in enumerate(burst_forms(WORLD)):
        assert isinstance(_checked(plan, form, number, "q1_public"), Checked)


def _forms(work):
    return {"q1_public": public_forms, "q2_service": service_forms, "q3_leader": leader_forms}[work.form](WORLD, work)


def _checked(plan, form, number, name):
    if name == "q1_public":
        return check(plan, posted_public(form, CODES, number), block=[CODES[unit] for unit in form.block])
    if name == "q2_service":
        return check(plan, posted_service(form), preset=CODES[form.unit], closing=True)
    return check(plan, posted_leader(form, CODES))

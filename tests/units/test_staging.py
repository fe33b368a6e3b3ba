"""A year goes through its stages one at a time."""

import pytest

from audit.events import Entry
from tests.factories import NOW, make_year
from units.register_errors import NeedsSecondPerson, WrongStage
from units.staging import move_stage
from units.year import STAGES


def test_a_year_goes_through_all_stages_and_each_step_is_recorded(session):
    year = make_year(session, stage="preparing")
    for stage in STAGES[1:]:
        move_stage(session, year, stage, by="office", approved_by="office-approve", now=NOW)
    assert year.stage == "archived"
    assert [entry.kind for entry in session.query(Entry)] == ["YearMoved"] * 5


@pytest.mark.parametrize("stage", ["preparing", "assessing", "final", "archived", "no-such-stage"])
def test_no_stage_is_skipped_and_none_is_gone_back_to(session, stage):
    year = make_year(session, stage="assessing")
    with pytest.raises(WrongStage):
        move_stage(session, year, stage, by="office", approved_by="office-approve", now=NOW)
    assert year.stage == "assessing"


@pytest.mark.parametrize(("stage", "after"), [("assessing", "provisional"), ("provisional", "final")])
@pytest.mark.parametrize("approver", [None, "office"])
def test_results_get_out_only_with_a_second_person(session, stage, after, approver):
    year = make_year(session, stage=stage)
    with pytest.raises(NeedsSecondPerson):
        move_stage(session, year, after, by="office", approved_by=approver, now=NOW)


def test_other_stages_need_one_person(session):
    year = make_year(session, stage="collecting")
    move_stage(session, year, "assessing", by="office", now=NOW)
    assert year.stage == "assessing"

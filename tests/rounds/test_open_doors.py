"""The public is told of questionnaires with an open link, and of nothing else."""

import json
from datetime import timedelta

import pytest

from rounds.open_doors import open_rounds
from rounds.round import Door
from tests.factories import NOW, make_round, make_year

DOCUMENT = json.dumps({"estimated_minutes": 6, "header": {"form_no": "JX-1", "approval_no": ""}}).encode()


def frozen(session, year, code, degree="open", **fields):
    given = {"state": "frozen", "instrument": DOCUMENT, **fields}
    made = make_round(session, year, code, **given)
    session.add(Door(round_id=made.id, code="d", channel="C2_ONLINE", degree=degree))
    session.flush()
    return made


def test_only_frozen_surveys_with_an_open_door_are_told_of(session):
    year = make_year(session)
    frozen(session, year, "q1-2016")
    frozen(session, year, "q2-2016", degree="procedural")
    frozen(session, year, "peers-2016", kind="peers")
    frozen(session, year, "draft", state="draft", instrument=None)
    frozen(session, year, "try", rehearsal=True)
    frozen(session, make_year(session, 2015), "q1-2015")
    shown = open_rounds(session, year.id, now=NOW)
    assert [(round_.code, round_.minutes, dict(round_.header)) for round_ in shown] == [
        ("q1-2016", 6, {"form_no": "JX-1"})
    ]


@pytest.mark.parametrize(("late", "state"), [(-1, "open"), (0, "closed"), (1, "closed")])
def test_at_the_closing_instant_the_round_is_told_as_closed(session, late, state):
    year = make_year(session)
    made = frozen(session, year, "q1-2016")
    now = made.closes_at + timedelta(seconds=late)
    assert [round_.state for round_ in open_rounds(session, year.id, now=now)] == [state]

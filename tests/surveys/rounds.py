"""A questionnaire round, frozen and open, on a real database."""

from datetime import timedelta

from sqlalchemy.orm import Session

from accounts.making import Role
from ballots.roll.rights import RollKeys
from rounds.life import freeze_round, open_round
from rounds.round import Door, Round
from surveys.counting.kind import SurveyKind
from surveys.fieldwork.surveying import Survey, load_survey
from surveys.instruments.freezing import form_document
from tests.factories import NOW, make_account_for, make_round, make_unit, make_year
from tests.surveys.forms import forms

KINDS = {"survey": SurveyKind()}
KEYS = RollKeys(b"c" * 32, b"t" * 32)
POINTS = {
    "SAT_PUBLIC_1": 3,
    "SAT_PUBLIC_2": 2,
    "SAT_PUBLIC_3": 3,
    "SAT_SERVICE_1": 3,
    "SAT_SERVICE_2": 3,
    "SAT_LEADER_1": 6,
}
DOORS = {
    "q1_public": [
        ("open", "C2_ONLINE", None, "S6_PUBLIC", "open", False),
        ("g1", "C2_ONLINE", "G1_PARTY_DEL", "S6_PUBLIC", "procedural", True),
        ("g2", "C2_ONLINE", "G2_NPC_DEP", "S6_PUBLIC", "procedural", True),
        ("g8", "C6_STREET", "G8_RESIDENT", "S6_PUBLIC", "taken_down", True),
    ],
    "q2_service": [
        ("phone", "C4_PHONE", None, "S5_CLIENTS", "taken_down", True),
        ("online", "C2_ONLINE", None, "S5_CLIENTS", "procedural", True),
    ],
    "q3_leader": [("letter", "C1_SEALED", None, "S1_LEADERS", "taken_down", True)],
}
GROUPS = {"G1_PARTY_DEL": 10, "G2_NPC_DEP": 15, "G8_RESIDENT": 15}


def draft_round(session: Session, form: str = "q1_public", units: int = 9, **rules) -> Round:
    year = make_year(session)
    for number in range(1, units + 1):
        make_unit(session, year, f"U{number:03}")
    weights = {"weights": GROUPS} if form == "q1_public" else {}
    round_ = make_round(
        session, year, draft=form_document(forms()[form]), rules={"points": POINTS, "min_raters": 2} | weights | rules
    )
    for code, channel, group, stratum, degree, counted in DOORS[form]:
        door = Door(code=code, channel=channel, group=group, stratum=stratum, degree=degree, counted=counted)
        round_.doors.append(door)
    session.flush()
    return round_


def frozen_round(session: Session, form: str = "q1_public", units: int = 9, **rules) -> Round:
    round_ = draft_round(session, form, units, **rules)
    make_account_for(session, "office", Role("office", "make"))
    make_account_for(session, "office-approve", Role("office", "approve"))
    earlier = NOW - timedelta(days=6)
    freeze_round(session, KINDS, round_.code, by="office", approved_by="office-approve", now=earlier)
    open_round(session, round_.code, by="office", approved_by="office-approve", now=earlier)
    return round_


def open_survey(session: Session, form: str = "q1_public", units: int = 9, **rules) -> Survey:
    return load_survey(session, frozen_round(session, form, units, **rules).code)

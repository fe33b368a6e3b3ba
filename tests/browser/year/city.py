"""A city of four units with drafts of everything: what an office has before its year begins."""

from datetime import UTC, datetime, timedelta

import yaml
from sqlalchemy.orm import Session

from accounts.making import Role
from demo.entering import INDICATORS
from demo.reviewing import RUBRICS
from demo.surveying import QUESTIONNAIRES
from review.panel.seating import draft_rubrics, name_seat
from review.peers.form import form_from_rubrics
from review.rubrics.reading import read_rubrics
from rounds.life import make_round
from rounds.round import Door, Round
from scoring.loading import load_tree
from surveys.instruments.freezing import form_document
from surveys.instruments.reading import read_folder
from tests.factories import make_account_for, make_unit, make_year
from units.visibility import default_showings

YEAR = 2016
UNITS = {"U004": "party", "U005": "party", "U009": "party", "U026": "gov_service"}
LEADS = ("SWB", "ZFB", "FGW", "BB", "FZB", "CZJ", "JW", "ZZB", "JGGW", "JXB")
DOORS = {
    "q1": [
        ("open", "C2_ONLINE", None, "S6_PUBLIC", "open", False),
        ("g1", "C2_ONLINE", "G1_PARTY_DEL", "S6_PUBLIC", "procedural", True),
        ("g8", "C6_STREET", "G8_RESIDENT", "S6_PUBLIC", "taken_down", True),
    ],
    "q2": [("phone", "C4_PHONE", None, "S5_CLIENTS", "taken_down", True)],
    "q3": [("leaders", "C2_ONLINE", None, "S1_LEADERS", "procedural", True)],
}
FORMS = {"q1": "q1_public", "q2": "q2_service", "q3": "q3_leader"}
POINTS = {
    "q1": {"SAT_PUBLIC_1": "3", "SAT_PUBLIC_2": "2", "SAT_PUBLIC_3": "3"},
    "q2": {"SAT_SERVICE_1": "3", "SAT_SERVICE_2": "3"},
    "q3": {"SAT_LEADER_1": "6"},
}
WEIGHTS = {"G1_PARTY_DEL": "10", "G8_RESIDENT": "15"}


def found(session: Session) -> None:
    """Units, accounts, index tree, and five rounds as drafts."""
    year = make_year(session, YEAR, stage="preparing", rules={"own_rows": dict.fromkeys(LEADS, "category_mean")})
    for code, category in UNITS.items():
        make_unit(session, year, code, category=category)
    _people(session)
    load_tree(session, year, yaml.safe_load(INDICATORS.read_text()), by="office", now=datetime.now(UTC))
    session.add_all(default_showings(year.id))
    for kind in DOORS:
        _survey(session, year.id, kind)
    _panel(session, year.id)
    rubrics = yaml.safe_load(RUBRICS.read_text())
    _round(session, year.id, "peers", "peers", draft={"form": form_from_rubrics(rubrics)})


def _people(session: Session) -> None:
    for username, duty in (("office", "make"), ("office-check", "check"), ("office-approve", "approve")):
        make_account_for(session, username, Role("office", duty))
    make_account_for(session, "auditor", Role("auditor"))
    make_account_for(session, "agency", Role("agency"))
    make_account_for(session, "interviewer01", Role("interviewer"))
    make_account_for(session, "expert01", Role("expert", scope="U004"))
    make_account_for(session, "expert02", Role("expert", scope="U005"))
    for code in UNITS:
        make_account_for(session, f"unit{code[1:]}", Role("unit", "officer", code))
        make_account_for(session, f"unit{code[1:]}-head", Role("unit", "head", code))
    for code in LEADS:
        make_account_for(session, f"lead-{code.lower()}", Role("lead", "officer", code))
        make_account_for(session, f"lead-{code.lower()}-head", Role("lead", "head", code))


def _round(session: Session, year_id: int, code: str, kind: str, **fields) -> Round:
    now = datetime.now(UTC)
    made = Round(
        code=f"{code}-{YEAR}",
        year_id=year_id,
        kind=kind,
        title_zh=f"{YEAR}年度{code}",
        title_en=f"{code} {YEAR}",
        opens_at=now + timedelta(days=1),
        closes_at=now + timedelta(days=20),
        **fields,
    )
    return make_round(session, made, by="office", now=now)


def _survey(session: Session, year_id: int, kind: str) -> None:
    form = read_folder(QUESTIONNAIRES)[FORMS[kind]]
    weights = {"weights": WEIGHTS} if kind == "q1" else {}
    made = _round(
        session,
        year_id,
        kind,
        "survey",
        draft=form_document(form),
        rules={"points": POINTS[kind], "min_raters": 1} | weights,
    )
    for code, channel, group, stratum, degree, counted in DOORS[kind]:
        made.doors.append(
            Door(code=code, channel=channel, group=group, stratum=stratum, degree=degree, counted=counted)
        )


def _panel(session: Session, year_id: int) -> None:
    made = _round(session, year_id, "panel", "panel", rules={"leads": ["U009"]})
    draft_rubrics(made, read_rubrics(RUBRICS.read_text()))
    name_seat(session, made, "E01", "expert", "expert01", "U004")
    name_seat(session, made, "E02", "expert", "expert02", "U005")
    name_seat(session, made, "BB", "bianban", "lead-bb", "U009")
    name_seat(session, made, "JXB", "performance_office", "lead-jxb", "U009")

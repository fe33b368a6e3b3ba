"""The three questionnaires: their drafts with doors and rules, letters with codes, and the answers of every strip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from ballots.roll.drawing import draw
from ballots.roll.rights import issue_rights
from demo.fieldwork import (
    FULL_YEAR,
    LEADER,
    OPEN,
    PUBLIC,
    SERVICE_FORM,
    TYPED,
    LeaderForm,
    PublicForm,
    ServiceForm,
    Work,
    burst_forms,
    leader_forms,
    public_forms,
    scaled,
    service_forms,
)
from demo.play import MAKER, Play, year_row
from demo.posted import Posted, posted_leader, posted_public, posted_service
from demo.world import World
from rounds.life import make_round, round_named
from rounds.round import Door, Round
from surveys.counting.casting import cast_invited, cast_open, type_in
from surveys.fieldwork.batches import close_batch, open_batch, void_batch
from surveys.fieldwork.submissions import Submission, new_submission
from surveys.fieldwork.surveying import DoorFacts, Survey, load_survey
from surveys.instruments.checking import Checked, check
from surveys.instruments.freezing import form_document
from surveys.instruments.reading import read_folder

QUESTIONNAIRES = Path(__file__).parent / "questionnaires"
ROUND_OF = {PUBLIC: "q1", SERVICE_FORM: "q2", LEADER: "q3"}
POINTS = {
    PUBLIC: {"SAT_PUBLIC_1": "3", "SAT_PUBLIC_2": "2", "SAT_PUBLIC_3": "3"},
    SERVICE_FORM: {"SAT_SERVICE_1": "3", "SAT_SERVICE_2": "3"},
    LEADER: {"SAT_LEADER_1": "6"},
}
MERGES = [["G1_PARTY_DEL", "G2_NPC_DEP", "G3_CPPCC"], ["G5_ENTERPRISE", "G6_SOCIAL_ORG"]]
FORMS_IN_A_BATCH = 25
VOIDED_BATCH = ("phone", 2)
"""The third batch of the telephone door is voided by the agency: its forms are kept and don't count."""
VOIDED_WHY = "回访核查发现登记不全（演示）"
FULL_CITY = 101
LETTERS_PER_ANSWER = 1.25
"""Four of five letters with a code are answered."""


Maker = Callable[[World, Work], Iterator[PublicForm | ServiceForm | LeaderForm]]


@dataclass(frozen=True, slots=True)
class Given:
    """One respondent's answers, ready to be checked. seconds: how long the form was in hand."""

    posted: Posted
    block: tuple[str, ...]
    unit: str | None
    at: datetime
    seconds: int


def draft_surveys(session: Session, play: Play) -> list[Round]:
    """A round per questionnaire, with a door per strip of fieldwork."""
    forms = read_folder(QUESTIONNAIRES)
    groups = yaml.safe_load((QUESTIONNAIRES / "groups.yaml").read_text(encoding="utf-8"))["assessor_groups"]
    weights = {group["code"]: str(group["demo_weight"]) for group in groups}
    rounds = []
    for name, kind in ROUND_OF.items():
        form = forms[name]
        rules: dict[str, Any] = {"points": POINTS[name], "planned": _planned(play, name)}
        if name == PUBLIC:
            rules |= {"weights": weights, "merges": MERGES}
        round_ = Round(
            code=play.code(kind),
            year_id=year_row(session, play.year).id,
            kind="survey",
            title_zh=f"{play.year}年度{form.title.zh}",
            title_en=f"{form.title.en} {play.year}",
            opens_at=play.calendar.opens,
            closes_at=play.calendar.closes,
            rules=rules,
            draft=form_document(form),
            doors=[_door(work) for work in play.works if work.form == name],
        )
        rounds.append(make_round(session, round_, by=MAKER, now=play.calendar.freezes))
    return rounds


def _planned(play: Play, form: str) -> dict[str, int]:
    """How many answers each door is to bring in a full year of a city of this size."""
    whole_year = scaled(FULL_YEAR, len(play.players) / FULL_CITY)
    return {work.door: work.count for work in whole_year if work.form == form}


def _door(work: Work) -> Door:
    return Door(
        code=work.door,
        channel=work.channel,
        group=work.group,
        stratum=work.stratum,
        degree=work.degree,
        counted=work.degree != OPEN,
    )


def answer_strip(session: Session, play: Play, work: Work) -> list[str]:
    """Store the answers of one strip; returns the codes of its letters that nobody has used."""
    survey = load_survey(session, play.code(ROUND_OF[work.form]))
    door = survey.door(work.door, work.degree)
    given = list(_given(play, work))
    if work.degree == OPEN:
        for one in (*given, *(_burst(play) if work.wave == 1 else ())):
            cast_open(session, survey, _handed_out(survey, door, one), _checked(survey, one), now=one.at)
    elif work.degree == TYPED:
        _type_in(session, play, survey, door, work, given)
    else:
        return _invited(session, play, survey, door, given)
    return []


def _type_in(
    session: Session, play: Play, survey: Survey, door: DoorFacts, work: Work, given: Sequence[Given]
) -> None:
    round_ = round_named(session, survey.round_code)
    ordered = sorted(given, key=lambda one: one.at)
    for number, start in enumerate(range(0, len(ordered), FORMS_IN_A_BATCH)):
        forms = ordered[start : start + FORMS_IN_A_BATCH]
        typist = "agency" if work.channel == "C1_SEALED" else f"interviewer{number % 6 + 1:02d}"
        batch = open_batch(session, round_, door, by=typist, now=forms[0].at)
        for one in forms:
            checked = _checked(survey, one, closing=True)
            type_in(session, survey, batch, _handed_out(survey, door, one), checked, now=one.at)
        if (work.door, number) == VOIDED_BATCH:
            void_batch(session, batch, VOIDED_WHY, by="agency", now=forms[-1].at)
        else:
            close_batch(session, batch)


def _invited(session: Session, play: Play, survey: Survey, door: DoorFacts, given: Sequence[Given]) -> list[str]:
    round_ = round_named(session, survey.round_code)
    letters = max(len(given) + 3, round(len(given) * LETTERS_PER_ANSWER))
    units = [given[place % len(given)].unit for place in range(letters)]
    kept = session.get_one(Door, door.id)
    codes = issue_rights(session, round_, kept, units, play.roll_keys, by=MAKER, now=play.calendar.freezes)
    for one, code in zip(given, codes, strict=False):
        ticket = draw(session, round_, code, play.roll_keys, now=one.at)
        cast_invited(session, survey, ticket, _handed_out(survey, door, one), _checked(survey, one), now=one.at)
    return codes[len(given) :]


def _handed_out(survey: Survey, door: DoorFacts, one: Given) -> Submission:
    begun = one.at - timedelta(seconds=one.seconds)
    return new_submission(survey.round_code, door.code, one.block, now=begun)


def _checked(survey: Survey, one: Given, *, closing: bool = False) -> Checked:
    checked = check(survey.plan, one.posted, block=one.block, preset=one.unit, closing=closing)
    if isinstance(checked, Checked):
        return checked
    raise AssertionError(f"a simulated form of {survey.round_code} was refused: {checked}")


def _given(play: Play, work: Work) -> Iterator[Given]:
    draw_ = play.world.stream(f"pace {work.stream}")
    makers: dict[str, Maker] = {PUBLIC: public_forms, SERVICE_FORM: service_forms, LEADER: leader_forms}
    for number, form in enumerate(makers[work.form](play.world, work)):
        yield _one(play, form, number, int(draw_.integers(90, 600)))


def _burst(play: Play) -> Iterator[Given]:
    for number, form in enumerate(burst_forms(play.world)):
        yield _one(play, form, number, 2)


def _one(play: Play, form: PublicForm | ServiceForm | LeaderForm, number: int, seconds: int) -> Given:
    codes, at = play.world.codes, play.at(form.day)
    if isinstance(form, PublicForm):
        block = tuple(codes[unit] for unit in form.block)
        return Given(posted_public(form, codes, number), block, None, at, seconds)
    if isinstance(form, ServiceForm):
        return Given(posted_service(form), (), codes[form.unit], at, seconds)
    return Given(posted_leader(form, codes), (), None, at, seconds)

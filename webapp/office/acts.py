"""The acts that need two people: what a request states, and how it is carried out once approved.

A request keeps what was asked (`given`) and what it rests on (`told`). Both are shown to the second person; where
what it rests on has changed by then, the request is stale and nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.approvals import Approval, ask, decide
from accounts.errors import RequestStale
from database.canonical import digest
from review.panel.conflicts import ACT as CONFLICT
from review.panel.conflicts import grant_conflict
from review.panel.errors import NoSeat, SetNotSealed
from review.panel.sealing import reopen_set
from review.panel.seat import Seat
from rounds.editing import change_rules, refuse_lower_k, refuse_reversed
from rounds.errors import NotComplete, TallyMissing, WrongState
from rounds.instants import state_at
from rounds.kinds import Kinds
from rounds.life import (
    TRANSITIONS,
    freeze_round,
    move_window,
    open_round,
    publish_round,
    refuse_unless_draft,
    round_named,
)
from rounds.recorded import events_of
from rounds.round import Round
from scoring.approving import move_on, refuse_unready
from tallies.disclosure import LEAST
from units.register_errors import WrongStage
from units.staging import next_stage
from units.visibility import change_showing, refuse_never, showings_of
from units.year import Year
from units.years import year_of

Facts = dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """What every act is given: the session, the kinds of rounds, and the instant."""

    session: Session
    kinds: Kinds
    now: datetime


@dataclass(frozen=True)
class People:
    """Who asked, and who approves."""

    by: str
    approved_by: str


@dataclass(frozen=True)
class Act:
    """What it rests on, raising where it isn't possible; and how it is done."""

    told: Callable[[Setting, str, Facts], Facts]
    done: Callable[[Setting, str, Facts, People], object]


def ask_for(setting: Setting, act: str, subject: str, given: Facts, *, by: str) -> Approval:
    """Ask a second person for an act; raises what the act itself would raise now."""
    told = ACTS[act].told(setting, subject, given)
    return ask(setting.session, act, subject, {"given": given, "told": told}, by=by, now=setting.now)


def approve(setting: Setting, public_id: str, *, by: str) -> Approval:
    """Approve a request and carry its act out; raises RequestStale, NotPending, SamePerson, what the act raises."""
    approval = decide(setting.session, public_id, "approved", by=by, now=setting.now)
    act, (given, told) = ACTS[approval.act], given_and_told(approval)
    if act.told(setting, approval.subject, given) != told:
        raise RequestStale
    act.done(setting, approval.subject, given, People(approval.asked_by, by))
    return approval


def given_and_told(approval: Approval) -> tuple[Facts, Facts]:
    """What was asked, and what it rests on; a request that a domain package made rests on nothing beside."""
    return approval.facts.get("given", approval.facts), approval.facts.get("told", {})


def draft_digest(kinds: Kinds, session: Session, round_: Round) -> str:
    """Digest of all that a freeze would fix now: instrument, rules, doors, titles and window."""
    doors = [[d.code, d.channel, d.group, d.stratum, d.degree, d.counted] for d in round_.doors]
    instrument = kinds[round_.kind].instrument(session, round_).decode()
    window = [round_.opens_at, round_.closes_at]
    return digest([round_.code, round_.title_zh, round_.title_en, instrument, repr(round_.rules), doors, window])


def _possible(setting: Setting, code: str, act: str) -> Round:
    round_ = round_named(setting.session, code)
    state = state_at(round_, setting.now)
    if (state, act) not in TRANSITIONS:
        raise WrongState(code, state, act)
    return round_


def _freeze_told(setting: Setting, code: str, given: Facts) -> Facts:
    round_ = _possible(setting, code, "freeze")
    if lacks := setting.kinds[round_.kind].complete(setting.session, round_):
        raise NotComplete(code, lacks)
    return {**_window(round_), "digest": draft_digest(setting.kinds, setting.session, round_)}


def _freeze(setting: Setting, code: str, given: Facts, people: People) -> object:
    return freeze_round(setting.session, setting.kinds, code, **vars(people), now=setting.now)


def _open_told(setting: Setting, code: str, given: Facts) -> Facts:
    round_ = _possible(setting, code, "open")
    return {**_window(round_), "digest": round_.instrument_digest}


def _open(setting: Setting, code: str, given: Facts, people: People) -> object:
    return open_round(setting.session, code, **vars(people), now=setting.now)


def _window_told(setting: Setting, code: str, given: Facts) -> Facts:
    round_ = round_named(setting.session, code)
    state = state_at(round_, setting.now)
    if state not in ("frozen", "open"):
        raise WrongState(code, state, "move_window")
    refuse_reversed(code, *_instants(given))
    return _window(round_)


def _move_window(setting: Setting, code: str, given: Facts, people: People) -> object:
    return move_window(setting.session, code, *_instants(given), **vars(people), now=setting.now)


def _publish_told(setting: Setting, code: str, given: Facts) -> Facts:
    _possible(setting, code, "publish")
    tallied = [
        facts for facts in events_of(setting.session, code, "RoundTallied") if facts["version"] == given["version"]
    ]
    if not tallied:
        raise TallyMissing(code, given["version"])
    return {"digest": tallied[-1]["digest"]}


def _publish(setting: Setting, code: str, given: Facts, people: People) -> object:
    return publish_round(setting.session, code, given["version"], **vars(people), now=setting.now)


def _rules_told(setting: Setting, code: str, given: Facts) -> Facts:
    round_ = round_named(setting.session, code)
    refuse_unless_draft(round_)
    refuse_lower_k(round_, given, LEAST)
    return {key: round_.rules.get(key) for key in given}


def _change_rules(setting: Setting, code: str, given: Facts, people: People) -> object:
    return change_rules(setting.session, code, given, least_k=LEAST, **vars(people), now=setting.now)


def _stage_told(setting: Setting, number: str, given: Facts) -> Facts:
    year = _year(setting, number)
    if given["stage"] != next_stage(year):
        raise WrongStage(year.stage, given["stage"])
    refuse_unready(setting.session, year)
    return {"stage": year.stage}


def _move_stage(setting: Setting, number: str, given: Facts, people: People) -> object:
    return move_on(setting.session, _year(setting, number), **vars(people), now=setting.now)


def _showing_told(setting: Setting, cell: str, given: Facts) -> Facts:
    _number, item, time, audience = cell.split()
    refuse_never(item, time, audience, shown=given["shown"])
    return {"shown": (item, time, audience) in showings_of(setting.session, _year(setting, cell).id)}


def _change_showing(setting: Setting, cell: str, given: Facts, people: People) -> object:
    _number, item, time, audience = cell.split()
    year = _year(setting, cell)
    return change_showing(
        setting.session, year, item, time, audience, given["shown"], **vars(people), now=setting.now
    )


def _conflict_told(setting: Setting, subject: str, given: Facts) -> Facts:
    return {}


def _grant_conflict(setting: Setting, subject: str, given: Facts, people: People) -> object:
    seat = _seat(setting, given)
    return grant_conflict(setting.session, seat, given["unit"], given["reason"], **vars(people), now=setting.now)


def _reopen_told(setting: Setting, subject: str, given: Facts) -> Facts:
    seat = _seat(setting, given)
    if seat.sealed_digest is None:
        raise SetNotSealed(seat.code)
    return {"digest": seat.sealed_digest}


def _reopen(setting: Setting, subject: str, given: Facts, people: People) -> object:
    return reopen_set(
        setting.session, given["round"], given["seat"], given["reason"], **vars(people), now=setting.now
    )


def _seat(setting: Setting, given: Facts) -> Seat:
    round_ = round_named(setting.session, given["round"])
    seat = setting.session.get(Seat, (round_.id, given["seat"]))
    if seat is None:
        raise NoSeat(given["seat"])
    return seat


def _year(setting: Setting, subject: str) -> Year:
    """The year that a subject begins with: "2016", or "2016 total_and_grade final unit" for a cell of its table."""
    year = year_of(setting.session, int(subject.split()[0]))
    if year is None:
        raise RequestStale
    return year


def _window(round_: Round) -> Facts:
    return {"opens_at": round_.opens_at.isoformat(), "closes_at": round_.closes_at.isoformat()}


def _instants(given: Facts) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(given["opens_at"]), datetime.fromisoformat(given["closes_at"])


ACTS: Mapping[str, Act] = {
    "freeze": Act(_freeze_told, _freeze),
    "open": Act(_open_told, _open),
    "move_window": Act(_window_told, _move_window),
    "publish": Act(_publish_told, _publish),
    "rules": Act(_rules_told, _change_rules),
    "stage": Act(_stage_told, _move_stage),
    "showing": Act(_showing_told, _change_showing),
    CONFLICT: Act(_conflict_told, _grant_conflict),
    "reopen": Act(_reopen_told, _reopen),
}

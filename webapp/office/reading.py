"""How far the year is, put together for the office from every package: counts and names, never an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.account import Account
from accounts.queries import people_of
from ballots.roll.rights import Drawn, drawn_counts
from review.panel.queries import panel_progress
from review.peers.queries import Progress, peers_progress
from rounds.queries import RoundLine
from rounds.round import Round
from surveys.counting.queries import Returned, returned
from units.handing_in import HandedIn, handed_in
from units.year import Year
from webapp.office.desk import named
from webapp.words.fieldwork import CHANNELS


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One group or stratum: forms in by channel (None where it has no such door), and how many were planned."""

    label: str
    by_channel: tuple[int | None, ...]
    total: int
    planned: int


@dataclass(frozen=True, slots=True)
class Returns:
    """The forms of all questionnaires of a year by group and channel, those in voided batches left out."""

    channels: tuple[str, ...]
    rows: tuple[ReturnRow, ...]


@dataclass(frozen=True, slots=True)
class ExpertLine:
    """How far an expert is: units done of those assigned, and who recommended."""

    code: str
    kind: str
    username: str
    name: str
    unit: str
    done: int
    units: int
    sealed_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """How far a unit is, and whom to call. ballot: state of its mutual evaluation, empty where there is none."""

    unit: HandedIn
    ballot: str
    graded: int
    of: int
    officer: str
    username: str


def returns_of(session: Session, round_ids: Sequence[int]) -> Returns:
    """Forms that came in through every door of the rounds; two statements for each round."""
    rules = dict(session.execute(select(Round.id, Round.rules).where(Round.id.in_(round_ids))).all())
    doors = [
        (door, rules[round_id].get("planned", {})) for round_id in round_ids for door in returned(session, round_id)
    ]
    channels = tuple(code for code in CHANNELS if any(door.channel == code for door, _ in doors))
    tables: dict[str, dict[str, int]] = {}
    planned: dict[str, int] = {}
    for door, targets in doors:
        row = tables.setdefault(_label(door), {})
        row[door.channel] = row.get(door.channel, 0) + door.forms - door.void
        planned[_label(door)] = planned.get(_label(door), 0) + int(targets.get(door.door_code, 0))
    rows = [
        ReturnRow(label, tuple(row.get(code) for code in channels), sum(row.values()), planned[label])
        for label, row in tables.items()
    ]
    return Returns(tuple(named("channel", code) for code in channels), tuple(rows))


def _label(door: Returned) -> str:
    name = named("group", door.group) if door.group else named("stratum", door.stratum)
    return name if door.counted else _("%(name)s (for information)", name=name)


def undrawn(session: Session, round_ids: Sequence[int]) -> list[Drawn]:
    """Rights of every door of the rounds with how many were drawn; whether they cast is not known to anybody."""
    return [drawn for round_id in round_ids for drawn in drawn_counts(session, round_id)]


def experts_of(session: Session, round_: Round | None, unit_names: Mapping[str, str]) -> list[ExpertLine]:
    """How far every seat of a panel is; empty without a panel past its draft. unit_names: by code."""
    if round_ is None:
        return []
    seats = panel_progress(session, round_)
    usernames = [seat.username for seat in seats]
    found = select(Account.username, Account.name).where(Account.username.in_(usernames))
    names = {row.username: row.name for row in session.execute(found)}
    return [
        ExpertLine(
            seat.code,
            seat.kind,
            seat.username,
            names.get(seat.username, seat.username),
            unit_names.get(seat.unit_code, seat.unit_code),
            seat.done,
            seat.units,
            seat.sealed_at,
        )
        for seat in seats
    ]


def units_progress(session: Session, year: Year, round_: Round | None) -> list[UnitLine]:
    """How far every unit is with its papers and its ballot, with its liaison officer."""
    ballots: dict[str, Progress] = {}
    if round_ is not None and round_.state != "draft":
        ballots = {each.unit_code: each for each in peers_progress(session, round_)}
    officers = people_of(session, "unit", "officer")
    return [
        _unit_line(unit, ballots.get(unit.unit_code), officers.get(unit.unit_code))
        for unit in handed_in(session, year.id)
    ]


def _unit_line(unit: HandedIn, ballot: Progress | None, officer: Account | None) -> UnitLine:
    return UnitLine(
        unit,
        ballot.state if ballot else "",
        ballot.graded if ballot else 0,
        ballot.of if ballot else 0,
        officer.name if officer else "",
        officer.username if officer else "",
    )


def rounds_by_kind(session: Session, lines: Sequence[RoundLine], kind: str) -> list[Round]:
    """Those of the listed rounds that are of a kind and past their draft, rehearsals left out."""
    of_kind = [line for line in lines if line.kind == kind and not line.rehearsal]
    codes = [line.code for line in of_kind if line.recorded_state != "draft"]
    return list(session.scalars(select(Round).where(Round.code.in_(codes)).order_by(Round.code)))

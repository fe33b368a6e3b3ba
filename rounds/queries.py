"""What pages read of rounds: one function a page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.events import Entry
from rounds.errors import Lack
from rounds.instants import state_at
from rounds.kinds import Kinds
from rounds.life import TRANSITIONS, round_named
from rounds.round import Door, Round


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in a list. state: at the instant asked for, whether or not anybody recorded it."""

    code: str
    kind: str
    title_zh: str
    title_en: str
    state: str
    recorded_state: str
    opens_at: datetime
    closes_at: datetime
    rehearsal: bool
    published_version: int | None


@dataclass(frozen=True, slots=True)
class DoorLine:
    """One way in."""

    code: str
    channel: str
    group: str | None
    stratum: str | None
    degree: str
    counted: bool


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One recorded act of a round's life: the event's kind, its facts, who and when."""

    kind: str
    by: str
    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """One version of the round's tally, as the chain recorded it."""

    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class RoundSheet:
    """All that the office reads of one round. lacks: what a draft still misses before its freeze."""

    line: RoundLine
    year_id: int
    version: int
    rules: Mapping[str, Any]
    instrument_digest: str | None
    doors: tuple[DoorLine, ...]
    lacks: tuple[Lack, ...]
    life: tuple[LifeStep, ...]
    acts: frozenset[str]

    @property
    def counts(self) -> tuple[Counted, ...]:
        """The versions of the tally, oldest first, each once."""
        found = {step.facts["version"]: step.facts["digest"] for step in self.life if step.kind == "RoundTallied"}
        return tuple(Counted(version, digest) for version, digest in sorted(found.items()))


def round_lines(session: Session, year_id: int, *, now: datetime) -> list[RoundLine]:
    """A year's rounds, by the hour at which they close."""
    wanted = select(Round).where(Round.year_id == year_id).order_by(Round.closes_at, Round.code)
    return [line_of(round_, now) for round_ in session.scalars(wanted)]


def line_of(round_: Round, now: datetime) -> RoundLine:
    """A round as a line of a list."""
    return RoundLine(
        round_.code,
        round_.kind,
        round_.title_zh,
        round_.title_en,
        state_at(round_, now),
        round_.state,
        round_.opens_at,
        round_.closes_at,
        round_.rehearsal,
        round_.published_version,
    )


def round_sheet(session: Session, kinds: Kinds, code: str, *, now: datetime) -> RoundSheet:
    """One round with its doors, life, and what may be done now. Raises UnknownRound."""
    round_ = round_named(session, code)
    state = state_at(round_, now)
    lacks: Sequence[Lack] = kinds[round_.kind].complete(session, round_) if round_.state == "draft" else ()
    return RoundSheet(
        line=line_of(round_, now),
        year_id=round_.year_id,
        version=round_.version,
        rules=round_.rules,
        instrument_digest=round_.instrument_digest,
        doors=tuple(_door(door) for door in round_.doors),
        lacks=tuple(lacks),
        life=tuple(life_of(session, code)),
        acts=frozenset(act for was, act in TRANSITIONS if was == state),
    )


def life_of(session: Session, code: str) -> list[LifeStep]:
    """Every recorded act of a round, oldest first."""
    wanted = select(Entry).where(Entry.subject == f"round {code}").order_by(Entry.number)
    return [LifeStep(entry.kind, entry.by, entry.at, json.loads(entry.facts)) for entry in session.scalars(wanted)]


def _door(door: Door) -> DoorLine:
    return DoorLine(door.code, door.channel, door.group, door.stratum, door.degree, door.counted)


@dataclass(frozen=True, slots=True)
class FixedRound:
    """What the chain recorded of a round: digests of its freeze, root of its close, digests of its counts."""

    line: RoundLine
    frozen: Mapping[str, Any] | None
    closed: Mapping[str, Any] | None
    counts: tuple[Counted, ...]
    published: Mapping[str, Any] | None


def lines_after_freeze(session: Session, *, now: datetime) -> list[RoundLine]:
    """Every round that isn't a draft, of all years, the latest first."""
    wanted = select(Round).where(Round.state != "draft").order_by(Round.closes_at.desc(), Round.code)
    return [line_of(round_, now) for round_ in session.scalars(wanted)]


def fixed_rounds(session: Session, *, now: datetime) -> list[FixedRound]:
    """Every round that isn't a draft with all that was fixed of it; two statements."""
    lines = lines_after_freeze(session, now=now)
    kinds = ("RoundFrozen", "RoundClosed", "RoundTallied", "RoundPublished")
    subjects = [f"round {line.code}" for line in lines]
    wanted = select(Entry.subject, Entry.kind, Entry.facts).where(Entry.kind.in_(kinds), Entry.subject.in_(subjects))
    told: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for subject, kind, facts in session.execute(wanted.order_by(Entry.number)):
        told.setdefault((subject, kind), []).append(json.loads(facts))
    return [_fixed(line, told) for line in lines]


def _fixed(line: RoundLine, told: Mapping[tuple[str, str], list[dict[str, Any]]]) -> FixedRound:
    def last(kind: str) -> dict[str, Any] | None:
        found = told.get((f"round {line.code}", kind))
        return found[-1] if found else None

    counts = {facts["version"]: facts["digest"] for facts in told.get((f"round {line.code}", "RoundTallied"), ())}
    return FixedRound(
        line,
        last("RoundFrozen"),
        last("RoundClosed"),
        tuple(Counted(version, digest) for version, digest in sorted(counts.items())),
        last("RoundPublished"),
    )

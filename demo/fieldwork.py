"""Who is asked in a simulated year, by which channel, and what they answer.

The counts are those of a full year (9,300 person-times and more, design of the groups: docs/demo-cases.md);
`scaled` makes a small year of the same shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from demo.world import SERVICE, Grades, Marks, Reals, World, satisfaction

AGES = ("a18", "a30", "a45", "a60", "a75", "na")
AGE_SHARES = (0.2, 0.3, 0.25, 0.12, 0.03, 0.1)
DISTRICTS = ("gs", "wz", "xc", "wj", "sip", "snd", "zjg", "cs", "tc", "ks", "na")
WAYS = ("window", "online", "phone", "visit", "doc")
WAY_SHARES = (0.45, 0.2, 0.15, 0.1, 0.1)
KINDS = ("permit", "benefit", "enquiry", "complaint", "inspect", "coop", "other")
KIND_SHARES = (0.25, 0.2, 0.2, 0.08, 0.07, 0.1, 0.1)
TRIPS = ("t1", "t2", "t3", "nd")


@dataclass(frozen=True, slots=True)
class Work:
    """One strip of fieldwork: `count` answers of one form through one door, from one group or stratum.

    strictness: shifts the whole strip, in units of the latent opinion. wave: 2 for what comes in after the loading.
    """

    form: str
    door: str
    degree: str
    channel: str
    group: str | None
    stratum: str
    count: int
    strictness: float = 0.0
    wave: int = 1

    @property
    def stream(self) -> str:
        """Name of the random stream of this strip's answers."""
        return f"{self.form} {self.door} {self.wave}"


PUBLIC, SERVICE_FORM, LEADER = "q1_public", "q2_service", "q3_leader"
OPEN, CODE, TYPED = "open", "procedural", "taken_down"

FULL_YEAR = (
    Work(PUBLIC, "g1", CODE, "C2_ONLINE", "G1_PARTY_DEL", "S6_PUBLIC", 370, -0.1),
    Work(PUBLIC, "g2", CODE, "C2_ONLINE", "G2_NPC_DEP", "S6_PUBLIC", 480, 0.15),
    Work(PUBLIC, "g3", CODE, "C2_ONLINE", "G3_CPPCC", "S6_PUBLIC", 470, 0.2),
    Work(PUBLIC, "g4", TYPED, "C3_ASSEMBLY", "G4_STATE_ORG", "S3_CADRES", 420, -0.2),
    Work(PUBLIC, "g5", CODE, "C2_ONLINE", "G5_ENTERPRISE", "S6_PUBLIC", 600, 0.1),
    Work(PUBLIC, "g6", CODE, "C2_ONLINE", "G6_SOCIAL_ORG", "S6_PUBLIC", 240, 0.0),
    Work(PUBLIC, "g7", TYPED, "C3_ASSEMBLY", "G7_DISTRICT", "S4_TOWNS", 400, -0.1),
    Work(PUBLIC, "g8", TYPED, "C6_STREET", "G8_RESIDENT", "S6_PUBLIC", 1000, 0.25),
    Work(PUBLIC, "open", OPEN, "C2_ONLINE", None, "S6_PUBLIC", 1900, 0.35),
    Work(SERVICE_FORM, "phone", TYPED, "C4_PHONE", None, "S5_CLIENTS", 2020, 0.0),
    Work(SERVICE_FORM, "window", TYPED, "C5_WINDOW", None, "S5_CLIENTS", 910, -0.15),
    Work(SERVICE_FORM, "code", CODE, "C2_ONLINE", None, "S5_CLIENTS", 303, 0.1),
    Work(LEADER, "letter", TYPED, "C1_SEALED", None, "S1_LEADERS", 98, 0.1),
    Work(LEADER, "code", CODE, "C2_ONLINE", None, "S1_LEADERS", 36, 0.1),
)
"""Answers of a full year; a group's strip on the open link has no group. With 20 experts and 101 ballots: 9,368."""


def scaled(works: Sequence[Work], scale: float, wave: int = 1) -> list[Work]:
    """The same year with `scale` times the answers, each strip keeping at least twelve."""
    if scale == 1:
        return list(works)
    return [replace(work, count=max(12, round(work.count * scale)), wave=wave) for work in works]


@dataclass(frozen=True, slots=True)
class PublicForm:
    """Answers to q1_public: positions of the units dealt with, their three grades each, and the block's grades."""

    dealt: tuple[int, ...]
    dealt_grades: Grades
    block: tuple[int, ...]
    block_grades: Grades
    city: int
    age: str
    district: str
    day: float


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """Answers to q2_service on one unit; `grades` in the order of SERVICE_ITEMS."""

    unit: int
    way: str
    kind: str
    trips: str
    grades: Grades
    age: str
    district: str
    day: float


@dataclass(frozen=True, slots=True)
class LeaderForm:
    """Answers to q3_leader: one grade per unit."""

    level: str
    grades: Grades
    day: float


SERVICE_ITEMS = (
    "r_clear",
    "r_attitude",
    "r_speed",
    "r_online",
    "r_ability",
    "r_fair",
    "r_outcome",
    "r_reply",
    "r_overall",
)


def public_forms(world: World, work: Work, block_size: int = 6) -> Iterator[PublicForm]:
    """The answers of one strip of q1_public; `day` is the share of the window that had passed, 0 to 1."""
    draw = world.stream(work.stream)
    blocks = balanced_blocks(draw, len(world.codes), work.count, block_size)
    for row in range(work.count):
        severity = draw.normal(work.strictness, 0.45)
        dealt = _dealt(draw, world.known)
        yield PublicForm(
            dealt=tuple(int(unit) for unit in dealt),
            dealt_grades=satisfaction(draw, world.quality[dealt][:, [SERVICE] * 3], severity, 0.96),
            block=tuple(int(unit) for unit in blocks[row]),
            block_grades=satisfaction(draw, world.quality[blocks[row], SERVICE], severity, world.known[blocks[row]]),
            city=int(satisfaction(draw, np.zeros(1), severity, 0.97)[0]),
            age=str(draw.choice(AGES, p=AGE_SHARES)),
            district=str(draw.choice(DISTRICTS)),
            day=float(draw.beta(1.4, 1.8)),
        )


def burst_forms(world: World, block_size: int = 6) -> Iterator[PublicForm]:
    """The planted stuffing: forms of one day on the open link, all with the top grade for one unit alone."""
    draw = world.stream("burst")
    unit = world.planted.stuffed_unit
    blocks = balanced_blocks(draw, len(world.codes), world.planted.burst_forms, block_size)
    for row in range(world.planted.burst_forms):
        yield PublicForm(
            dealt=(unit,),
            dealt_grades=np.zeros((1, 3), dtype=np.int8),
            block=tuple(int(other) for other in blocks[row]),
            block_grades=np.full(len(blocks[row]), 5, dtype=np.int8),
            city=0,
            age="na",
            district="na",
            day=0.62,
        )


def service_forms(world: World, work: Work) -> Iterator[ServiceForm]:
    """The answers of one strip of q2_service, spread evenly over the units by the sample."""
    draw = world.stream(work.stream)
    units = draw.permutation(np.arange(work.count) % len(world.codes))
    for unit in units:
        severity = draw.normal(work.strictness, 0.45)
        way = "window" if work.channel == "C5_WINDOW" else str(draw.choice(WAYS, p=WAY_SHARES))
        quality = np.full(len(SERVICE_ITEMS), world.quality[unit, SERVICE])
        yield ServiceForm(
            unit=int(unit),
            way=way,
            kind=str(draw.choice(KINDS, p=KIND_SHARES)),
            trips=str(draw.choice(TRIPS, p=(0.62, 0.24, 0.1, 0.04))),
            grades=satisfaction(draw, quality, severity, 0.97),
            age=str(draw.choice(AGES, p=AGE_SHARES)),
            district=str(draw.choice(DISTRICTS)),
            day=float(draw.beta(1.4, 1.8)),
        )


def leader_forms(world: World, work: Work) -> Iterator[LeaderForm]:
    """The appraisals of one strip of leaders: they know most units and judge duty and service alike."""
    draw = world.stream(work.stream)
    seen = world.quality[:, :2].mean(axis=1)
    known = np.clip(world.known + 0.2, 0, 0.97)
    for _ in range(work.count):
        yield LeaderForm(
            level="city" if draw.random() < 0.35 else "county",
            grades=satisfaction(draw, seen, draw.normal(work.strictness, 0.4), known),
            day=float(draw.beta(1.4, 1.8)),
        )


def balanced_blocks(draw: Generator, units: int, forms: int, size: int) -> Marks:
    """Rows of `size` different units, shape (forms, size): shuffled decks dealt on, so that all come up equally."""
    size = min(size, units)
    deals = -(-forms * size // units) + 1
    deck = np.concatenate([draw.permutation(units) for _ in range(deals)])
    rows = deck[: forms * size].reshape(forms, size)
    for row in rows:
        missing = np.setdiff1d(np.arange(units), row)
        seen: set[int] = set()
        for place, unit in enumerate(row):
            if int(unit) in seen:
                row[place] = draw.choice(missing)
                missing = missing[missing != row[place]]
            seen.add(int(row[place]))
    return rows


def _dealt(draw: Generator, known: Reals) -> Marks:
    """Up to six units met in the year, the well-known ones sooner; a quarter of respondents met none."""
    if draw.random() < 0.25:
        return np.empty(0, dtype=np.int64)
    count = min(int(draw.integers(1, 5)), len(known))
    chance = known**3
    return draw.choice(len(known), size=count, replace=False, p=chance / chance.sum())

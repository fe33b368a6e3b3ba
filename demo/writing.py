"""Writes what units hand in: plans, self-assessments, matters and submissions, each from its unit's own words.

The same unit, year and kind always give the same text; all of it is neutral or good.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import PCG64, Generator, SeedSequence

from demo import phrases
from demo.reading import FocusLine, UnitLine

SPANS = {"mid_year": "上半年", "year_end": "全年"}
KINDS = ("innovation", "excellence", "hard_problem")
COUNTERS = ("gov_service", "vertical", "institution")
"""Categories whose units serve people at counters, so that their texts may speak of queues and windows."""


@dataclass(frozen=True, slots=True)
class Matter:
    """An assigned matter: what, from which document, due in which month, with which result."""

    title: str
    source: str
    month: int
    result: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An innovation submission's texts, in the order of its form."""

    kind: str
    title: str
    problem: str
    actions: str
    result: str
    beneficiaries: str
    used_elsewhere: str


class Pen:
    """Fills phrases for one unit; never takes the same phrase twice from one stock until it is used up."""

    def __init__(self, unit: UnitLine, focus: FocusLine, occasion: str) -> None:
        self._unit = unit
        self._focus = focus
        self._draw = Generator(PCG64(SeedSequence([zlib.crc32(f"{unit.code} {occasion}".encode())])))
        self._order: dict[int, Sequence[int]] = {}

    def pick(self, stock: Sequence[str], place: int = 0) -> str:
        """The phrase of a stock that comes at `place` in this pen's own order."""
        order = self._order.setdefault(id(stock), self._draw.permutation(len(stock)).tolist())
        return stock[order[place % len(stock)]]

    def fill(self, phrase: str, place: int = 0, span: str = "") -> str:
        """The phrase with this unit's fields, bodies and fresh figures in its slots."""
        fields = self._focus.fields
        bodies = [body for body in self._unit.internal_bodies_zh if body != "办公室"] or ["办公室"]
        most, least = int(self._draw.integers(6, 13)), int(self._draw.integers(2, 6))
        return phrase.format(
            field=fields[place % len(fields)],
            other=fields[(place + 1) % len(fields)],
            served=self._focus.served,
            body=bodies[(place + least) % len(bodies)],
            a=most,
            b=least,
            c=int(self._draw.integers(12, 96)) * 10,
            span=span,
        )

    def write(self, stock: Sequence[str], place: int = 0, span: str = "") -> str:
        """One filled phrase of a stock."""
        return self.fill(self.pick(stock, place), place, span)


def year_plan(unit: UnitLine, focus: FocusLine, year: int) -> str:
    """The year's routine work plan: an opening, a numbered task per field and one more, a closing."""
    pen = Pen(unit, focus, f"plan {year}")
    tasks = len(focus.fields) + 1
    lines = [f"{number}. {pen.write(phrases.PLAN_TASKS, number - 1)}" for number in range(1, tasks + 1)]
    return "\n".join([pen.write(phrases.PLAN_OPENINGS), *lines, pen.write(phrases.PLAN_CLOSINGS)])


def self_assessment(unit: UnitLine, focus: FocusLine, year: int, kind: str) -> str:
    """A mid-year or year-end self-assessment (at most 1,500 characters)."""
    pen = Pen(unit, focus, f"{kind} {year}")
    span = SPANS[kind]
    lines = [pen.write(phrases.REPORT_DONE, place) for place in range(len(focus.fields))]
    return "\n".join([pen.write(phrases.REPORT_OPENINGS, span=span), *lines, pen.write(phrases.REPORT_CLOSINGS, 1)])


def assigned_matters(unit: UnitLine, focus: FocusLine, year: int) -> list[Matter]:
    """Two or three matters that the leadership assigned to the unit in the year."""
    pen = Pen(unit, focus, f"matters {year}")
    matters = []
    for place in range(2 + zlib.crc32(unit.code.encode()) % 2):
        title, result = phrases.MATTERS[(place * 3 + zlib.crc32(unit.code.encode())) % len(phrases.MATTERS)]
        matters.append(
            Matter(
                title=pen.fill(title, place),
                source=pen.pick(phrases.MATTER_SOURCES, place),
                month=3 + place * 3,
                result=pen.fill(result, place),
            )
        )
    return matters


def claims(unit: UnitLine, focus: FocusLine, year: int) -> list[Claim]:
    """One to three innovation submissions, each of another kind."""
    pen = Pen(unit, focus, f"claims {year}")
    first = zlib.crc32(f"{unit.code} {year}".encode())
    served = unit.category in COUNTERS
    return [_claim(pen, focus, KINDS[(first + place) % 3], place, served) for place in range(1 + first // 3 % 3)]


def _claim(pen: Pen, focus: FocusLine, kind: str, place: int, at_counters: bool) -> Claim:
    steps = (phrases.ACTIONS, phrases.ACTIONS_MORE, phrases.ACTIONS_LAST)
    counter = at_counters and place == 0
    titles = phrases.SERVICE_TITLES[kind] if counter else phrases.TITLES[kind]
    problems: Sequence[str] = phrases.SERVICE_PROBLEMS if counter else phrases.PROBLEMS
    results: Sequence[str] = phrases.SERVICE_RESULTS if counter else phrases.RESULTS
    return Claim(
        kind=kind,
        title=pen.write(titles, place),
        problem=pen.write(problems, place),
        actions="\n".join(pen.write(stock, place) for stock in steps),
        result=pen.write(results, place),
        beneficiaries=focus.served,
        used_elsewhere=pen.write(phrases.SPREADS, place),
    )

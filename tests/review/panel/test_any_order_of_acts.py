"""Whatever the order of acts: the latest marks count, nothing slips past a seal or the close, recounts agree."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from review.panel.casting import cast_mark
from review.panel.cells import latest_marks
from review.panel.conflicts import declare_conflict, grant_conflict
from review.panel.errors import NoSheet, SetIncomplete, SetNotSealed, SetSealed
from review.panel.marks import EMPTY, UNABLE, Mark, points
from review.panel.sealing import reopen_set, seal_set
from review.panel.seat import OBJECTS_OF
from rounds.errors import RoundNotOpen
from rounds.life import close_round, tally_round
from rounds.verifying import verify_rounds
from tests.factories import NOW
from tests.review.panel.panels import KINDS, RUBRICS, fill_all, make_panel

Cell = tuple[str, str, str]
SEATS = st.sampled_from([0, 1])
UNITS = st.sampled_from(["U001", "U002", "U003"])
CELLS = st.sampled_from([(one.object, c.code, c.points) for one in RUBRICS.rubrics for c in one.criteria])


def answers(marks: dict[Cell, Mark]) -> dict[Cell, Mark]:
    return {cell: mark for cell, mark in marks.items() if mark != EMPTY}


class PanelOfTwo(RuleBasedStateMachine):
    """Two experts on three units against a model of plain dicts."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.connection.begin()
        self.session = Session(self.connection, join_transaction_mode="create_savepoint")
        self.panel = make_panel(self.session)
        self.marks: list[dict[Cell, Mark]] = [{}, {}]
        self.gone: list[set[str]] = [{"U001"}, {"U002"}]
        self.sealed = [False, False]
        self.closed = False
        self.now = NOW

    def teardown(self) -> None:
        self.session.close()
        self.connection.rollback()
        self.connection.close()

    def refusal(self, seat: int, unit: str | None = None) -> type[Exception] | None:
        if self.closed:
            return RoundNotOpen
        if self.sealed[seat]:
            return SetSealed
        return NoSheet if unit in self.gone[seat] else None

    def act(self, refusal, run):
        self.now += timedelta(seconds=1)
        if refusal is None:
            return run()
        with pytest.raises(refusal), self.session.begin_nested():
            run()
        return None

    @rule(seat=SEATS, unit=UNITS, cell=CELLS, share=st.integers(-2, 4))
    def mark(self, seat: int, unit: str, cell: tuple[str, str, int], share: int) -> None:
        object_, criterion, most = cell
        mark = {-2: EMPTY, -1: UNABLE}.get(share, points(most * max(share, 0) // 4))
        expert = self.panel.experts[seat]
        refusal = self.refusal(seat, unit)
        self.act(refusal, lambda: cast_mark(self.session, expert, unit, object_, criterion, mark, now=self.now))
        if refusal is None:
            self.marks[seat][unit, object_, criterion] = mark

    @precondition(lambda self: not self.closed)
    @rule(seat=SEATS, then_seal=st.booleans())
    def fill(self, seat: int, then_seal: bool) -> None:
        if self.sealed[seat]:
            return
        units = [unit for unit in self.panel.units if unit.code not in self.gone[seat]]
        fill_all(self.session, self.panel.experts[seat], units, 80, self.now)
        stored = latest_marks(self.session, self.panel.round.id, self.panel.experts[seat].code)
        self.marks[seat] = {
            (key.unit_code, key.object, code): mark for key, cells in stored.items() for code, mark in cells.items()
        }
        if then_seal:
            self.seal(seat)

    @rule(seat=SEATS, unit=UNITS)
    def recuse(self, seat: int, unit: str) -> None:
        expert = self.panel.experts[seat]
        refusal = self.refusal(seat, unit)
        at_once = self.act(refusal, lambda: declare_conflict(self.session, expert, unit, "x", now=self.now))
        if refusal is not None:
            return
        assert at_once == (not any(cell[0] == unit for cell in self.stored(seat)))
        if not at_once:
            people = {"by": expert.username, "approved_by": "office-check"}
            grant_conflict(self.session, expert, unit, "x", now=self.now, **people)
        self.gone[seat].add(unit)
        self.marks[seat] = {cell: mark for cell, mark in self.marks[seat].items() if cell[0] != unit}

    @rule(seat=SEATS)
    def seal(self, seat: int) -> None:
        refusal = self.refusal(seat) or (None if self.full(seat) else SetIncomplete)
        self.act(refusal, lambda: seal_set(self.session, self.panel.experts[seat], now=self.now))
        self.sealed[seat] = self.sealed[seat] or refusal is None

    @rule(seat=SEATS)
    def reopen(self, seat: int) -> None:
        people = {"by": "office", "approved_by": "office-check"}
        code = self.panel.experts[seat].code
        refusal = None if self.sealed[seat] else SetNotSealed
        self.act(refusal, lambda: reopen_set(self.session, "panel-2016", code, "x", now=self.now, **people))
        self.sealed[seat] = False

    @precondition(lambda self: not self.closed)
    @rule()
    def close(self) -> None:
        close_round(self.session, KINDS, "panel-2016", by="office", now=self.now, early=True)
        self.closed = True

    @precondition(lambda self: self.closed)
    @rule()
    def count_twice(self) -> None:
        first = tally_round(self.session, KINDS, "panel-2016", by="office", now=self.now)
        assert tally_round(self.session, KINDS, "panel-2016", by="office", now=self.now) == first
        assert list(verify_rounds(self.session, KINDS)) == []

    @invariant()
    def the_latest_marks_count(self) -> None:
        for seat in (0, 1):
            assert answers(self.stored(seat)) == answers(self.marks[seat])

    def stored(self, seat: int) -> dict[Cell, Mark]:
        found = latest_marks(self.session, self.panel.round.id, self.panel.experts[seat].code)
        return {
            (key.unit_code, key.object, code): mark for key, cells in found.items() for code, mark in cells.items()
        }

    def full(self, seat: int) -> bool:
        wanted = [
            (unit.code, object_, criterion.code)
            for unit in self.panel.units
            if unit.code not in self.gone[seat]
            for object_ in OBJECTS_OF["expert"]
            for criterion in RUBRICS.rubric(object_).criteria
        ]
        return all(self.marks[seat].get(cell, EMPTY) != EMPTY for cell in wanted)


def test_any_order_of_acts_keeps_the_rules(each_engine):
    machine = type("PanelOfTwo", (PanelOfTwo,), {"engine": each_engine})
    few = settings(
        max_examples=10,
        stateful_step_count=15,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=few)

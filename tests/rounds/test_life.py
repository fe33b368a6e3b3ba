"""A round goes only where the table of transitions leads, closes exactly, and tells every change."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from accounts.errors import SamePerson
from accounts.making import Role
from rounds.errors import Lack, NotComplete, RoundNotOpen, TallyMissing, TooEarly, WrongState
from rounds.instants import refuse_unless_open, state_at
from rounds.kinds import Tallied
from rounds.life import TRANSITIONS, close_round, freeze_round, move_window, open_round, publish_round, tally_round
from rounds.round import STATES, Round
from rounds.verifying import verify_rounds
from tests.factories import NOW, make_account_for, make_round, make_year

TWO = {"by": "office", "approved_by": "office-check"}


class Beans:
    """The plainest kind of round that is a real one: its answers are beans in a table of their own."""

    lacks: tuple[Lack, ...] = ()

    def complete(self, session, round_):
        return self.lacks

    def instrument(self, session, round_):
        return b'{"form":"beans"}'

    def freeze(self, session, round_, *, now):
        session.execute(text("CREATE TABLE bean (name VARCHAR(8), weight INTEGER)"))

    def closing_rows(self, session, round_):
        for name, weight in session.execute(text("SELECT name, weight FROM bean")):
            yield name, str(weight).encode()

    def load(self, session, round_, ballots):
        return 0

    def tally(self, session, round_, *, now):
        total = session.execute(text("SELECT sum(weight) FROM bean")).scalar_one()
        return Tallied(1, f"{total:064d}")

    def verify(self, session, round_):
        return None


@pytest.fixture
def world(each_session):
    make_account_for(each_session, "office", Role("office", "make"))
    make_account_for(each_session, "office-check", Role("office", "check"))
    make_round(each_session, make_year(each_session))
    return each_session, {"survey": Beans()}


def frozen(world):
    session, kinds = world
    return freeze_round(session, kinds, "q1-2016", now=NOW - timedelta(days=6), **TWO)


def put(session, name, weight):
    session.execute(text("INSERT INTO bean VALUES (:name, :weight)"), {"name": name, "weight": weight})


@pytest.mark.parametrize(("late", "state"), [(-1, "open"), (0, "closed"), (1, "closed")])
def test_the_closing_instant_itself_is_closed(world, late, state):
    round_ = frozen(world)
    assert state_at(round_, round_.closes_at + timedelta(microseconds=late)) == state


@pytest.mark.parametrize(("late", "state"), [(-1, "frozen"), (0, "open")])
def test_the_opening_instant_itself_is_open(world, late, state):
    round_ = frozen(world)
    assert state_at(round_, round_.opens_at + timedelta(microseconds=late)) == state


def test_nothing_is_taken_after_the_close(world):
    round_ = frozen(world)
    refuse_unless_open(round_, round_.closes_at - timedelta(microseconds=1))
    with pytest.raises(RoundNotOpen):
        refuse_unless_open(round_, round_.closes_at)


def test_the_table_names_known_states_only():
    assert {state for pair, state in TRANSITIONS.items() for state in (pair[0], state)} <= set(STATES)


def test_a_freeze_needs_two_people(world):
    session, kinds = world
    with pytest.raises(SamePerson):
        freeze_round(session, kinds, "q1-2016", by="office-check", approved_by="office-check", now=NOW)


def test_a_freeze_says_everything_that_is_missing(world):
    session, kinds = world
    kinds["survey"].lacks = (Lack("no_english", "q1.agree"), Lack("no_units", ""))
    with pytest.raises(NotComplete) as refused:
        freeze_round(session, kinds, "q1-2016", now=NOW, **TWO)
    assert len(refused.value.lacks) == 2


def test_no_step_is_skipped(world):
    session, kinds = world
    with pytest.raises(WrongState):
        tally_round(session, kinds, "q1-2016", by="office", now=NOW)
    frozen(world)
    with pytest.raises(WrongState):
        publish_round(session, "q1-2016", 1, now=NOW, **TWO)
    with pytest.raises(WrongState):
        freeze_round(session, kinds, "q1-2016", now=NOW, **TWO)


def test_a_round_is_not_closed_before_its_hour_by_accident(world):
    session, kinds = world
    frozen(world)
    with pytest.raises(TooEarly):
        close_round(session, kinds, "q1-2016", by="office", now=NOW)
    closed = close_round(session, kinds, "q1-2016", by="office", now=NOW, early=True)
    assert closed.accepted == 0
    assert state_at(session.query(Round).one(), NOW) == "closed"


def test_a_whole_life_is_verified_and_a_second_close_fixes_nothing_new(world):
    session, kinds = world
    frozen(world)
    put(session, "a", 3)
    put(session, "b", 4)
    closed = close_round(session, kinds, "q1-2016", by="office", now=NOW, early=True)
    assert closed.accepted == 2
    assert close_round(session, kinds, "q1-2016", by="office", now=NOW + timedelta(days=9)) == closed
    first = tally_round(session, kinds, "q1-2016", by="office", now=NOW)
    assert tally_round(session, kinds, "q1-2016", by="office", now=NOW) == first
    with pytest.raises(TallyMissing):
        publish_round(session, "q1-2016", 2, now=NOW, **TWO)
    publish_round(session, "q1-2016", 1, now=NOW, **TWO)
    assert list(verify_rounds(session, kinds)) == []


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE bean SET weight = 5 WHERE name = 'a'", "answer a"),
        ("DELETE FROM bean WHERE name = 'b'", "answer b"),
        ("INSERT INTO bean VALUES ('c', 1)", "answer c"),
        ("UPDATE closing_leaf SET key = 'z' WHERE key = 'a'", "answer a"),
        ("DELETE FROM closing_leaf WHERE key = 'a'", "list of closed rows"),
        ("UPDATE round SET instrument = :forged", "frozen document"),
        ("UPDATE round SET rules = '{\"min_raters\": 1}'", "rules or doors"),
    ],
)
def test_a_change_after_the_close_names_its_place(world, statement, place):
    session, kinds = world
    frozen(world)
    put(session, "a", 3)
    put(session, "b", 4)
    close_round(session, kinds, "q1-2016", by="office", now=NOW, early=True)
    session.commit()
    session.execute(text(statement), {"forged": b"{}"})
    session.expire_all()
    assert place in next(verify_rounds(session, kinds)).place


def test_hours_can_move_until_the_close_but_never_into_the_past(world):
    session, _ = world
    round_ = frozen(world)
    moved = move_window(session, "q1-2016", round_.opens_at, NOW - timedelta(days=1), now=NOW, **TWO)
    assert moved.closes_at == NOW
    with pytest.raises(WrongState):
        move_window(session, "q1-2016", round_.opens_at, NOW + timedelta(days=1), now=NOW, **TWO)


def test_opening_by_hand_brings_the_hour_forward(world):
    session, _ = world
    frozen(world)
    early = NOW - timedelta(days=5, hours=12)
    opened = open_round(session, "q1-2016", now=early, **TWO)
    assert (opened.opens_at, state_at(opened, early)) == (early, "open")

"""A round under random commands: no illegal state, no lost or doubled response, the recount's digest stable.

The machine keeps a model of its own: which answers were acknowledged, which hours hold, which state a round of the
design would be in. After every command the database is compared with it. Each example runs in one transaction on a
real database, rolled back at its end.
"""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.making import Role
from ballots.roll.drawing import draw
from ballots.roll.rights import issue_rights
from database.transactions import set_writing
from rounds.errors import RoundNotOpen, TallyMissing, TooEarly, WrongState
from rounds.instants import state_at
from rounds.life import close_round, freeze_round, move_window, open_round, publish_round, round_named, tally_round
from rounds.round import Door
from rounds.verifying import verify_rounds
from surveys.counting.casting import cast_invited, cast_open, type_in
from surveys.counting.errors import AlreadyAnswered
from surveys.counting.responses import Response
from surveys.fieldwork.batches import open_batch, void_batch
from surveys.fieldwork.errors import BatchNotOpen
from surveys.fieldwork.submissions import new_submission
from surveys.fieldwork.surveying import load_survey
from surveys.instruments.checking import check
from tests.factories import NOW, make_account_for
from tests.surveys.rounds import KEYS, KINDS, draft_round

CODE = "q1-2016"
TWO = {"by": "office", "approved_by": "office-approve"}
UNITS = [f"U{number:03}" for number in range(1, 7)]
ORDER = ["draft", "frozen", "open", "closed", "tallied", "published"]
engine_of_this_run = None


class RoundMachine(RuleBasedStateMachine):
    """Office, citizens, delegates and agency act on one round while the clock goes on."""

    def __init__(self):
        super().__init__()
        set_writing(True)
        self.connection = engine_of_this_run.connect()
        self.outer = self.connection.begin()
        self.session = Session(self.connection, join_transaction_mode="create_savepoint")
        self.now = NOW - timedelta(days=6)
        self.acknowledged = {}
        self.sent = []
        self.codes = []
        self.batches = {}
        self.digests = set()
        self.highest = 0

    def teardown(self):
        self.session.close()
        self.outer.rollback()
        self.connection.close()

    @initialize()
    def draft(self):
        self.round = draft_round(self.session, units=6)
        make_account_for(self.session, "office", Role("office", "make"))
        make_account_for(self.session, "office-approve", Role("office", "approve"))
        self.opens, self.closes = self.round.opens_at, self.round.closes_at
        self.state = "draft"
        self.survey = None

    def expected(self):
        """The state that the design gives at this instant."""
        if self.state in ("frozen", "open"):
            if self.now >= self.closes:
                return "closed"
            if self.state == "open" or self.now >= self.opens:
                return "open"
        return self.state

    def attempt(self, allowed, act, *refusals):
        """Run an act in a savepoint: it must pass where allowed, and be refused in words of its own where not."""
        refused = refusals or (WrongState,)
        with self.session.begin_nested() as savepoint:
            try:
                made = act()
            except refused:
                savepoint.rollback()
                assert not allowed
                return None
        assert allowed
        return made

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def to_the_closing_instant(self):
        self.now = max(self.now, self.closes)

    @rule()
    def freeze(self):
        allowed = self.expected() == "draft"
        if self.attempt(allowed, lambda: freeze_round(self.session, KINDS, CODE, now=self.now, **TWO)):
            self.state = "frozen"
            self.survey = load_survey(self.session, CODE)

    @rule()
    def open_by_hand(self):
        allowed = self.expected() == "frozen"
        if self.attempt(allowed, lambda: open_round(self.session, CODE, now=self.now, **TWO)):
            self.state = "open"
            self.opens = min(self.opens, self.now)

    @rule(days=st.integers(-1, 3))
    def move_the_closing_hour(self, days):
        if self.closes + timedelta(days=days) <= self.opens:
            return
        allowed = self.expected() in ("draft", "frozen", "open")
        wanted = self.closes + timedelta(days=days)
        if self.attempt(
            allowed, lambda: move_window(self.session, CODE, self.opens, max(wanted, self.now), now=self.now, **TWO)
        ):
            self.closes = max(wanted, self.now)

    @rule(early=st.booleans())
    def close(self, early):
        allowed = self.expected() == "closed" or (self.expected() == "open" and early)
        act = lambda: close_round(self.session, KINDS, CODE, by="office", now=self.now, early=early)  # noqa: E731
        if closed := self.attempt(allowed, act, WrongState, TooEarly):
            assert closed.accepted >= len(self.acknowledged)
            self.state = "closed"
            self.closes = min(self.closes, self.now)

    @rule()
    def tally(self):
        allowed = self.expected() in ("closed", "tallied", "published")
        act = lambda: tally_round(self.session, KINDS, CODE, by="office", now=self.now)  # noqa: E731
        if tallied := self.attempt(allowed, act):
            self.state = self.state if self.state == "published" else "tallied"
            self.digests.add((tallied.version, tallied.digest))

    @rule(version=st.integers(1, 2))
    def publish(self, version):
        allowed = self.expected() in ("tallied", "published") and version == 1
        act = lambda: publish_round(self.session, CODE, version, now=self.now, **TWO)  # noqa: E731
        if self.attempt(allowed, act, WrongState, TallyMissing):
            self.state = "published"

    def answered(self, grade, units):
        raw = {"agree": ["y"], "dealt_any": ["n"]} | {f"rb_overall.{unit}": [grade] for unit in units}
        return check(self.survey.plan, raw, block=units)

    def keep(self, receipt, packed):
        if receipt:
            assert receipt.commitment not in self.acknowledged
            self.acknowledged[receipt.commitment] = packed

    grades = st.sampled_from(["vs", "s", "bs", "d", "vd", "dk"])
    blocks = st.lists(st.sampled_from(UNITS), min_size=1, max_size=6, unique=True)

    @precondition(lambda self: self.survey)
    @rule(grade=grades, units=blocks)
    def a_citizen_answers(self, grade, units):
        checked = self.answered(grade, units)
        submission = new_submission(CODE, "open", units, now=self.now)
        act = lambda: cast_open(self.session, self.survey, submission, checked, now=self.now)  # noqa: E731
        receipt = self.attempt(self.expected() == "open", act, RoundNotOpen)
        self.keep(receipt, checked.packed)
        if receipt:
            self.sent.append((submission, checked, receipt))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def a_form_is_sent_again(self, data):
        submission, checked, receipt = data.draw(st.sampled_from(self.sent))
        assert cast_open(self.session, self.survey, submission, checked, now=self.now) == receipt

    @precondition(lambda self: self.survey and self.expected() == "open")
    @rule()
    def a_letter_is_printed(self):
        door = self.session.scalar(select(Door).where(Door.code == "g1"))
        self.codes += issue_rights(self.session, self.round, door, [None], KEYS, by="office", now=self.now)

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), grade=grades, units=blocks)
    def a_delegate_answers(self, data, grade, units):
        code = data.draw(st.sampled_from(self.codes))
        checked = self.answered(grade, units)
        opened = self.expected() == "open"
        ticket = self.attempt(opened, lambda: draw(self.session, self.round, code, KEYS, now=self.now), RoundNotOpen)
        if ticket is None:
            return
        submission = new_submission(CODE, "g1", units, now=self.now)
        fresh = ticket.number not in self.spent
        act = lambda: cast_invited(self.session, self.survey, ticket, submission, checked, now=self.now)  # noqa: E731
        self.keep(self.attempt(fresh, act, AlreadyAnswered), checked.packed)
        self.spent.add(ticket.number)

    @property
    def spent(self):
        return self.__dict__.setdefault("spent_numbers", set())

    @precondition(lambda self: self.survey)
    @rule()
    def a_batch_is_begun(self):
        act = lambda: open_batch(self.session, self.round, self.survey.doors["g8"], by="agency", now=self.now)  # noqa: E731
        if batch := self.attempt(self.expected() == "open", act, RoundNotOpen):
            self.batches[batch.number] = [batch, "open"]

    @precondition(lambda self: self.batches)
    @rule(data=st.data(), grade=grades, units=blocks)
    def a_paper_is_typed(self, data, grade, units):
        batch, state = self.batches[data.draw(st.sampled_from(sorted(self.batches)))]
        checked = self.answered(grade, units)
        submission = new_submission(CODE, "g8", units, now=self.now)
        allowed = state == "open" and self.expected() == "open"
        act = lambda: type_in(self.session, self.survey, batch, submission, checked, now=self.now)  # noqa: E731
        self.keep(self.attempt(allowed, act, RoundNotOpen, BatchNotOpen), checked.packed)

    @precondition(lambda self: self.batches and self.expected() == "open")
    @rule(data=st.data())
    def a_batch_is_voided(self, data):
        batch, state = kept = self.batches[data.draw(st.sampled_from(sorted(self.batches)))]
        self.attempt(
            state == "open",
            lambda: void_batch(self.session, batch, "invented", by="agency", now=self.now),
            BatchNotOpen,
        )
        kept[1] = "void"

    @invariant()
    def the_state_is_the_one_of_the_design(self):
        found = round_named(self.session, CODE)
        state = state_at(found, self.now)
        assert state == self.expected()
        assert ORDER.index(state) >= self.highest
        self.highest = ORDER.index(state)

    @invariant()
    def every_acknowledged_answer_is_stored_once_and_no_other(self):
        rows = self.session.execute(select(Response.commitment, Response.packed)).all()
        assert dict(map(tuple, rows)) == self.acknowledged
        assert len(rows) == len(self.acknowledged)

    @invariant()
    def a_recount_changes_nothing_and_the_record_holds(self):
        assert len(self.digests) <= 1
        if self.state in ("closed", "tallied", "published"):
            assert list(verify_rounds(self.session, KINDS)) == []


def test_a_round_survives_random_commands(each_engine):
    global engine_of_this_run
    engine_of_this_run = each_engine
    run_state_machine_as_test(
        RoundMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

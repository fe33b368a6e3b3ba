"""What pages read of rounds."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from audit.events import record
from rounds.events import RoundClosed, RoundFrozen, RoundTallied
from rounds.queries import fixed_rounds, round_lines
from tests.factories import NOW, make_round, make_year


@pytest.fixture
def year(each_session):
    return make_year(each_session)


def test_rounds_are_listed_by_the_hour_at_which_they_close_with_their_state_at_that_instant(each_session, year):
    late = {"opens_at": NOW, "closes_at": NOW + timedelta(days=9)}
    make_round(each_session, year, "a", **late)
    make_round(each_session, year, "b", state="frozen", instrument=b"{}")
    lines = round_lines(each_session, year.id, now=NOW)
    assert [(line.code, line.state, line.recorded_state) for line in lines] == [
        ("b", "open", "frozen"),
        ("a", "draft", "draft"),
    ]


def test_what_freeze_close_and_counts_fixed_is_read_from_the_chain(each_session, year):
    make_round(each_session, year, "q1", state="tallied", instrument=b"{}")
    make_round(each_session, year, "q2")
    told = (
        RoundFrozen("q1", 1, "d" * 64, "e" * 64, "office-check"),
        RoundClosed("q1", 7, "f" * 64),
        RoundTallied("q1", 1, "1" * 64),
        RoundTallied("q1", 1, "1" * 64),
        RoundTallied("q1", 2, "2" * 64),
    )
    for one in told:
        record(each_session, one, by="office", now=NOW, subject="round q1")
    [fixed] = fixed_rounds(each_session, now=NOW)
    assert (fixed.frozen["document"], fixed.closed["accepted"]) == ("e" * 64, 7)
    assert [(count.version, count.digest[0]) for count in fixed.counts] == [(1, "1"), (2, "2")]
    assert fixed.published is None


def test_fixed_rounds_take_two_statements_whatever_their_number(session):
    year = make_year(session)
    for number in range(3):
        make_round(session, year, f"q{number}", state="closed", instrument=b"{}")
    seen = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: seen.append(args[2]))
    assert len(fixed_rounds(session, now=NOW)) == 3
    assert len(seen) == 2

"""The trail is read by filter and page, and looks are recorded with their purpose."""

import pytest

from audit.errors import PurposeMissing
from audit.events import Entry, record
from audit.looking import record_look
from audit.queries import chain_lines, kinds_recorded, trail_page
from rounds.events import RoundArchived
from tests.factories import NOW


def append(session, number, subject="round q1", by="office"):
    for _ in range(number):
        record(session, RoundArchived("q1"), by=by, now=NOW, subject=subject)


def test_the_latest_acts_come_first_fifty_a_page(each_session):
    append(each_session, 51)
    first, last = trail_page(each_session), trail_page(each_session, page=99)
    assert (first.found, first.pages, first.lines[0].number, len(first.lines)) == (51, 2, 51, 50)
    assert [line.number for line in last.lines] == [1]


def test_a_filter_takes_kind_person_and_the_beginning_of_the_subject(each_session):
    append(each_session, 2)
    append(each_session, 1, subject="unit U001", by="unit001")
    assert trail_page(each_session, subject="round").found == 2
    assert trail_page(each_session, subject="%").found == 0
    assert trail_page(each_session, by="unit001", kind="RoundArchived").found == 1
    assert trail_page(each_session, kind="Looked").found == 0
    assert kinds_recorded(each_session) == ["RoundArchived"]


def test_every_column_leaves_with_the_chain(each_session):
    append(each_session, 2)
    lines = list(chain_lines(each_session))
    assert len(lines) == 2 and all(line.endswith(b"}\n") for line in lines)
    assert all(f'"{column.key}":'.encode() in lines[0] for column in Entry.__table__.columns)


@pytest.mark.parametrize("purpose", ["", "  ", "\n"])
def test_a_look_without_a_purpose_is_refused(each_session, purpose):
    with pytest.raises(PurposeMissing):
        record_look(each_session, "sheets", "expert01", purpose, subject="round p", by="auditor", now=NOW)
    assert each_session.query(Entry).count() == 0

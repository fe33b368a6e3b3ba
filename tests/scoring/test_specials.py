"""Special items: a document, a second person, the item's range."""

from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from accounts.errors import SamePerson
from scoring.errors import NoDocument, NoSuchSpecial, SpecialOutOfRange, UnknownIndicator
from scoring.specials import SpecialEntry, counting, decide_special, propose_special, special_entries
from tests.factories import NOW
from tests.scoring.years import small_year

D = Decimal


def propose(session, year, item="AWARD", points="2", **fields):
    given = {"matter": "全国文明单位", "document_no": "中文明〔2016〕5号", "by": "office", "now": NOW} | fields
    return propose_special(session, year, "U001", item, D(points), **given)


def test_an_addition_counts_once_a_second_person_let_it(each_session):
    year = small_year(each_session)
    entry = propose(each_session, year)
    assert counting(special_entries(each_session, year)) == []
    with pytest.raises(SamePerson):
        decide_special(each_session, entry.public_id, counts=True, by="office", now=NOW)
    decide_special(each_session, entry.public_id, counts=True, by="office-approve", now=NOW)
    assert counting(special_entries(each_session, year, "U001")) == [entry]
    with pytest.raises(NoSuchSpecial):
        decide_special(each_session, entry.public_id, counts=False, by="office-approve", now=NOW)


def test_a_refused_entry_is_kept_and_never_counts(session):
    year = small_year(session)
    entry = propose(session, year)
    decide_special(session, entry.public_id, counts=False, by="office-approve", now=NOW)
    assert [one.state for one in special_entries(session, year)] == ["refused"]
    assert counting(special_entries(session, year)) == []


def test_every_entry_rests_on_a_document(each_session):
    year = small_year(each_session)
    with pytest.raises(NoDocument):
        propose(each_session, year, document_no="  ")
    row = propose(each_session, year)
    row.document_no = ""
    with pytest.raises(IntegrityError, match="rests_on_a_document"):
        each_session.flush()


@pytest.mark.parametrize(
    ("item", "points", "direction"),
    [("AWARD", "3.5", ""), ("AWARD", "0", ""), ("AWARD", "1", "deduction"), ("BOTH", "1", ""), ("CRIT", "2.6", "")],
)
def test_points_stay_within_the_item_and_its_direction(session, item, points, direction):
    with pytest.raises(SpecialOutOfRange):
        propose(session, small_year(session), item, points, direction=direction)


def test_an_item_open_to_both_directions_takes_the_one_that_is_named(session):
    year = small_year(session)
    assert propose(session, year, "BOTH", "1", direction="deduction").direction == "deduction"
    with pytest.raises(UnknownIndicator):
        propose(session, year, "GOSSIP")
    assert session.query(SpecialEntry).count() == 1

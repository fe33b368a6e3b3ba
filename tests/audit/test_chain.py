"""Any change to the trail is found and its place named."""

from dataclasses import dataclass

import pytest
from sqlalchemy import text

from audit.events import AuditEvent, record
from audit.verifying import head_of, verify_chain
from tests.factories import NOW


@dataclass(frozen=True)
class Noted(AuditEvent):
    """An event of this test."""

    what: str


@pytest.fixture
def chain(each_session):
    for number in range(1, 6):
        record(each_session, Noted(f"act {number}"), by="office", now=NOW, subject=f"thing {number}")
    each_session.commit()
    return each_session


def test_an_untouched_chain_is_whole(chain):
    assert verify_chain(chain, head_of(chain)) is None


@pytest.mark.parametrize("column", ["by", "kind", "subject", "facts", "previous", "hash"])
def test_one_changed_character_names_its_row(chain, column):
    chain.execute(text(f'UPDATE audit_entry SET "{column}" = \'x\' || substr("{column}", 2) WHERE number = 3'))
    assert verify_chain(chain, None).place == "audit row 3"


def test_a_changed_time_names_its_row(chain):
    chain.execute(text("UPDATE audit_entry SET at = '2016-12-15 04:00:01+00' WHERE number = 3"))
    assert verify_chain(chain, None).place == "audit row 3"


def test_a_deleted_row_is_missed(chain):
    chain.execute(text("DELETE FROM audit_entry WHERE number = 3"))
    fault = verify_chain(chain, None)
    assert (fault.place, fault.reason) == ("audit row 3", "missing")


def test_swapped_rows_are_found(chain):
    chain.execute(text("UPDATE audit_entry SET number = 99 WHERE number = 2"))
    chain.execute(text("UPDATE audit_entry SET number = 2 WHERE number = 3"))
    chain.execute(text("UPDATE audit_entry SET number = 3 WHERE number = 99"))
    assert verify_chain(chain, None).place == "audit row 2"


def test_a_cut_tail_is_found_by_the_head_kept_outside(chain):
    kept = head_of(chain)
    chain.execute(text("DELETE FROM audit_entry WHERE number > 3"))
    hash_ = chain.execute(text("SELECT hash FROM audit_entry WHERE number = 3")).scalar_one()
    chain.execute(text("UPDATE audit_head SET number = 3, hash = :hash"), {"hash": hash_})
    chain.expire_all()
    assert verify_chain(chain, None) is None
    assert verify_chain(chain, kept).reason == "cut"


def test_an_older_head_is_a_good_prefix(chain):
    kept = head_of(chain)
    record(chain, Noted("one more"), by="office", now=NOW)
    assert verify_chain(chain, kept) is None


def test_a_chain_written_anew_is_found_by_the_head_kept_outside(chain):
    kept = head_of(chain)
    chain.execute(text("DELETE FROM audit_entry"))
    chain.execute(text("DELETE FROM audit_head"))
    chain.expunge_all()
    for number in range(1, 7):
        record(chain, Noted(f"forged {number}"), by="office", now=NOW)
    assert verify_chain(chain, kept).reason == "altered"

"""A form that is sent twice, by a double click or over a slow line, is kept once."""

import io

import pytest
from sqlalchemy import func, select

from tests.units.entries import FIELDS
from tests.units.files import samples
from tests.webapp.unit.conftest import city, officer, world
from units.attachments import Attachment
from units.submissions import Submission

__all__ = ["city", "officer", "world"]


@pytest.mark.parametrize("act", ["save", "hand_in"])
def test_a_new_entry_that_is_sent_twice_is_one_entry(officer, world, act):
    def send():
        sent = FIELDS | {"kind": "innovation", "act": act, "secrecy_checked": "y"}
        files = [(io.BytesIO(samples.picture()), "a.png")]
        return officer.post("/unit/submissions/new", data=sent | {"files": files})

    first, second = send(), send()
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    with world() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 1
        assert session.scalar(select(func.count()).select_from(Attachment)) == 1

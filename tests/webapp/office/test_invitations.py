"""Codes are shown once, as letters, and never stored."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from ballots.roll.rights import Right
from rounds.round import Round
from tests.surveys.rounds import frozen_round


@pytest.fixture
def house(app):
    return app.extensions["pingyi"]


@pytest.fixture
def office(house, sign_in):
    with house.sessions.begin() as session:
        round_ = frozen_round(session)
        round_.closes_at = datetime.now(UTC) + timedelta(days=1)
    return sign_in


def issue(office, number, door="g1", by="office"):
    return office(by).post(f"/office/invitations/q1-2016/{door}", data={"number": number})


def rights(house):
    with house.sessions() as session:
        return session.scalars(select(Right).order_by(Right.letter)).all()


def test_letters_are_shown_once_with_their_codes_and_numbered_on(office, house):
    page = issue(office, "2").get_data(as_text=True)
    codes = re.findall(r'class="code">([0-9A-Z-]+)<', page)
    assert len(set(codes)) == 2 and page.count("<svg") >= 2
    assert [right.letter for right in rights(house)] == ["g1-0001", "g1-0002"]
    assert "g1-0003" in issue(office, "1").get_data(as_text=True)
    with house.sessions() as session:
        dump = "\n".join(session.connection().connection.driver_connection.iterdump())
    assert not any(code in dump or code.replace("-", "") in dump for code in codes)


@pytest.mark.parametrize("number", ["0", "-1", "1001", "²", "9" * 40, "", "1e3", "abc"])
def test_a_wrong_number_issues_nothing(office, house, number):
    assert issue(office, number).status_code == 422
    assert rights(house) == []


@pytest.mark.parametrize("door", ["open", "g8", "none", "%00x"])
def test_codes_are_issued_only_for_ways_in_by_code(office, house, door):
    assert issue(office, "1", door=door).status_code in (400, 404)
    assert rights(house) == []


def test_a_closed_round_issues_no_code(office, house):
    with house.sessions.begin() as session:
        session.scalars(select(Round)).one().closes_at = datetime.now(UTC) - timedelta(days=1)
    assert issue(office, "1").status_code == 422
    assert rights(house) == []


def test_counts_and_undrawn_letters_are_listed(office, house):
    issue(office, "3")
    with house.sessions.begin() as session:
        session.execute(text("UPDATE ballot_right SET drawn = 1 WHERE letter = 'g1-0002'"))
    page = office("office").get("/office/invitations").get_data(as_text=True)
    row = page.split("党代表")[1].split("</tr>")[0]
    assert [int(n) for n in re.findall(r">(\d+)</td>", row)] == [3, 1, 2]
    sheet = load_workbook(io.BytesIO(office("office").get("/office/invitations/q1-2016/undrawn.xlsx").data)).active
    assert [line[0] for line in sheet.values][1:] == ["g1-0001", "g1-0003"]


@pytest.mark.parametrize("username", ["office-approve"])
def test_only_the_maker_issues(office, house, username):
    assert issue(office, "1", by=username).status_code == 403
    assert rights(house) == []

"""An hour at the end of the calendar is refused in words."""

import pytest

from accounts.making import Role
from tests.factories import make_account_for, make_round, make_year


@pytest.mark.parametrize("hour", ["0001-01-01T00:00", "9999-12-31T23:59", "0999-12-31T23:59"])
def test_an_hour_that_no_calendar_holds_is_no_fault_of_the_server(app, sign_in, hour):
    with app.extensions["pingyi"].sessions.begin() as session:
        make_account_for(session, "office", Role("office", "make"))
        code = make_round(session, make_year(session), "peers-2016", "peers").code
    sent = {"title_zh": "互评", "title_en": "Peers", "opens_at": hour, "closes_at": "2016-12-20T00:00"}
    client = sign_in("office")
    assert client.post(f"/office/rounds/{code}/edit", data=sent).status_code < 500
    assert client.get(f"/office/rounds/{code}").status_code == 200

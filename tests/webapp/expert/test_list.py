"""The expert's list: how far, where to go on, what is not there."""

from datetime import UTC, datetime

import pytest

from accounts.making import Role
from review.panel.seat import Seat
from tests.factories import make_account_for
from tests.review.panel.panels import fill_all

ENGLISH = "/expert/?lang=en"


def html_of(answer) -> str:
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_title_says_what_is_left(desk, sign_in):
    desk.make(units=4)
    html = html_of(sign_in("expert01").get(ENGLISH))
    assert "<h1>3 units are not yet scored, about 12 minutes left</h1>" in html
    assert 'href="/expert/units/U002/routine">Continue: Bureau U002</a>' in html


def test_the_own_unit_is_beside_the_list_with_its_reason_and_nowhere_in_it(desk, sign_in):
    desk.make()
    html = html_of(sign_in("expert01").get(ENGLISH))
    assert "it nominated you; you are recused by rule." in html
    assert "/expert/units/U001" not in html
    assert "/expert/units/U002" in html


@pytest.mark.parametrize("path", ["", "/routine", "/files/x", "/files/x/1"])
def test_the_own_unit_is_not_found_at_any_address(desk, sign_in, path):
    desk.make()
    assert sign_in("expert01").get(f"/expert/units/U001{path}").status_code == 404


def test_another_experts_scores_are_not_shown(desk, sign_in):
    desk.fill(desk.make(), "E02", 91)
    html = html_of(sign_in("expert01").get(ENGLISH))
    assert ">91<" not in html
    assert "0 of 2 done" in html


@pytest.mark.parametrize("units", [10, 101])
def test_the_list_asks_seven_statements_however_long_it_is(desk, sign_in, statements, units):
    desk.fill(desk.make(units=units), "E01")
    client = sign_in("expert01")
    with statements() as said:
        assert client.get("/expert/").status_code == 200
    assert len(said) == 7


@pytest.mark.parametrize(
    ("show", "units"), [("todo", ["U003"]), ("done", ["U002"]), ("noted", []), ("all", ["U002", "U003"])]
)
def test_a_filter_keeps_its_units(desk, sign_in, show, units):
    panel = desk.make()
    with desk.sessions.begin() as session:
        seat = session.get_one(Seat, (panel.round.id, "E01"))
        fill_all(session, seat, [panel.units[1]], now=datetime.now(UTC))
    table = html_of(sign_in("expert01").get(f"/expert/?show={show}")).partition('id="lines"')[2]
    assert [code for code in ("U002", "U003") if f'/expert/units/{code}"' in table] == units


def test_a_stranger_is_sent_to_sign_in_and_another_role_is_refused(desk, client, sign_in):
    desk.make()
    assert client.get("/expert/").location == "/sign-in?next=/expert/"
    assert sign_in("office").get("/expert/").status_code == 403


def test_an_expert_without_a_seat_is_told_so(desk, sign_in):
    desk.make(experts=1)
    with desk.sessions.begin() as session:
        make_account_for(session, "expert09", Role("expert", scope="U002"))
    assert sign_in("expert09").get("/expert/").status_code == 404


def test_after_the_close_the_list_says_so_and_offers_nothing(desk, sign_in):
    desk.make()
    desk.close()
    html = html_of(sign_in("expert01").get(ENGLISH))
    assert "<h1>The review is not open now: 0 of 2 units scored</h1>" in html
    assert "Continue" not in html

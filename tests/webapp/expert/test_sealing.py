"""Missing answers, sealing in two steps, recusal, comparing, printing; and the same pages at a lead's desk."""

from datetime import UTC, datetime

import pytest

from accounts.making import Role
from review.panel.casting import cast_mark, cast_marks
from review.panel.marks import points
from review.panel.seat import Seat, Standing
from tests.factories import make_account_for
from tests.review.panel.panels import whole_sheet


def text_of(answer, status=200) -> str:
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_what_is_missing_is_listed_by_sheet_and_criterion(desk, sign_in):
    panel = desk.make()
    with desk.sessions.begin() as session:
        seat = session.get_one(Seat, (panel.round.id, "E01"))
        cast_mark(session, seat, "U002", "routine", "duty", points(30), now=datetime.now(UTC))
    html = text_of(sign_in("expert01").get("/expert/missing?lang=en"))
    assert "<h1>2 of 2 units still lack something</h1>" in html
    assert 'href="/expert/units/U002/routine">Routine work</a>: Plan completed, Quality, Evidence true' in html


def test_a_set_is_sealed_in_two_steps(desk, sign_in):
    desk.fill(desk.make(), "E01")
    client = sign_in("expert01")
    first = text_of(client.get("/expert/seal?lang=en"))
    assert "Step 1 of 2" in first and "<form method" not in first.partition("<main")[2]
    assert "Step 2 of 2" in text_of(client.get("/expert/seal?lang=en&step=2"))
    assert "Tick this to seal." in text_of(client.post("/expert/seal?lang=en"), 422)
    assert client.post("/expert/seal", data={"sure": "y"}).location == "/expert/"
    assert "Your sheets were sealed on" in text_of(client.get("/expert/?lang=en"))
    assert "Your sheets were sealed on" in text_of(client.post("/expert/seal?lang=en", data={"sure": "y"}), 422)


def test_an_incomplete_set_is_refused_and_stays_open(desk, sign_in):
    panel = desk.make()
    html = text_of(sign_in("expert01").post("/expert/seal?lang=en", data={"sure": "y"}), 422)
    assert "some sheets still lack answers" in html
    assert desk.read(lambda s: s.get_one(Seat, (panel.round.id, "E01")).sealed_at) is None


def test_a_declared_conflict_takes_the_unit_away(desk, sign_in):
    panel = desk.make()
    client = sign_in("expert01")
    assert 'selected value="U003"' in text_of(client.get("/expert/conflict?unit=U003"))
    answer = client.post("/expert/conflict", data={"unit": "U003", "reason": "亲属任职"})
    assert answer.location == "/expert/"
    html = text_of(client.get("/expert/?lang=en"))
    assert "亲属任职" in html and "/expert/units/U003" not in html
    assert client.get("/expert/units/U003/routine").status_code == 404
    assert desk.read(lambda s: s.get_one(Standing, (panel.round.id, "E01", "U003")).standing) == "recused"


@pytest.mark.parametrize("sent", [{"unit": "U003", "reason": " "}, {"unit": "U001", "reason": "x"}, {}])
def test_a_conflict_needs_a_unit_of_the_list_and_a_reason(desk, sign_in, sent):
    desk.make()
    text_of(sign_in("expert01").post("/expert/conflict", data=sent), 422)


def test_comparing_orders_by_the_chosen_sheet(desk, sign_in):
    panel = desk.make(units=4)
    with desk.sessions.begin() as session:
        seat = session.get_one(Seat, (panel.round.id, "E01"))
        for unit, total in (("U002", 60), ("U003", 90)):
            cast_marks(session, seat, whole_sheet(unit, "other", total), now=datetime.now(UTC))
    html = text_of(sign_in("expert01").get("/expert/compare?by=other&lang=en"))
    assert "Other work: the mean of these units is 75.00" in html
    places = [html.index(f"/expert/units/{code}/other") for code in ("U003", "U002", "U004")]
    assert places == sorted(places)


def test_the_printed_form_bears_the_check_value_once_sealed(desk, sign_in):
    panel = desk.make()
    desk.fill(panel, "E01", 83)
    client = sign_in("expert01")
    assert "Draft: these sheets are not sealed" in text_of(client.get("/expert/print?lang=en"))
    client.post("/expert/seal", data={"sure": "y"})
    html = text_of(client.get("/expert/print?lang=en"))
    digest = desk.read(lambda s: s.get_one(Seat, (panel.round.id, "E01")).sealed_digest)
    assert digest in html and "Draft" not in html and ">83<" in html


@pytest.mark.parametrize(
    ("username", "objects", "not_theirs"),
    [("lead-bb", ["routine", "other"], "innovation"), ("lead-jxb", ["innovation"], "routine")],
)
def test_a_lead_fills_its_own_sheets_on_the_leads_desk(desk, sign_in, username, objects, not_theirs):
    desk.make()
    client = sign_in(username)
    assert "2 units are not yet scored" in text_of(client.get("/lead/sheets/?lang=en"))
    for object_ in objects:
        assert client.post(f"/lead/sheets/units/U001/{object_}", data={"then": "stay"}).status_code == 303
    assert client.get(f"/lead/sheets/units/U001/{not_theirs}").status_code == 404
    assert client.get("/lead/sheets/units/U003/routine").status_code == 404
    assert client.get("/expert/").status_code == 403


def test_a_lead_without_a_seat_has_no_sheets(desk, sign_in):
    desk.make()
    with desk.sessions.begin() as session:
        make_account_for(session, "lead-fgw", Role("lead", "officer", "FGW"))
    assert sign_in("lead-fgw").get("/lead/sheets/").status_code == 404

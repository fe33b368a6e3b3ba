import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from accounts.making import Role
from rounds.round import Round
from surveys.counting.responses import Response, ResponseContact
from surveys.fieldwork.batches import Batch
from tests.factories import make_account_for
from tests.webapp.questionnaire.filling import page_of


@pytest.fixture
def hands(app):
    """The agency and two interviewers."""
    with app.extensions["pingyi"].sessions.begin() as session:
        make_account_for(session, "agency", Role("agency"))
        make_account_for(session, "interviewer01", Role("interviewer"))
        make_account_for(session, "interviewer02", Role("interviewer"))


@pytest.fixture
def batch(hands, running, client, sign_in):
    """The address of a batch that interviewer01 opened at a questionnaire's door."""

    def begin(form: str, door: str) -> str:
        code = running(form)
        sign_in("interviewer01")
        answer = client.post(f"/agency/rounds/{code}/batches", data={f"{code}-door": door})
        assert answer.status_code == 303
        return answer.headers["Location"]

    return begin


def sheet_of(client, address):
    """The cells of the typing sheet, empty, by name."""
    text = client.get(address).get_data(as_text=True)
    key = re.search(r'name="key" value="([^"]+)"', text)[1]
    return {"key": key}, re.findall(r'<(?:input class="\w+"|textarea) id="([^"]+)"', text)


def stored(app, table=Response) -> int:
    with app.extensions["pingyi"].sessions() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_leaders_form_is_typed_as_digits(batch, app, client):
    address = batch("q3_leader", "letter")
    typed, cells = sheet_of(client, address)
    grades = [name for name in cells if name.startswith("overall.")]
    typed |= {"level": "1", **dict.fromkeys(grades, "2"), "overall.U003": "0", "praise_units@1": "5"}
    answer = client.post(f"{address}/forms", data=typed)
    assert answer.status_code == 303
    assert client.post(f"{address}/forms", data=typed).status_code == 303
    assert stored(app) == 1


def test_blanks_are_named_and_the_rest_stays(batch, app, client):
    address = batch("q3_leader", "letter")
    typed, _cells = sheet_of(client, address)
    answer = client.post(f"{address}/forms", data=typed | {"level": "2", "overall.U001": "1"})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert 'href="#overall.U002"' in text
    assert re.search(r'name="overall.U001" value="1"', text)
    assert stored(app) == 0
    assert client.post(f"{address}/forms", data=page_of(answer).sent | typed | {"level": "2", "blanks": "dk"})
    assert stored(app) == 1


@pytest.mark.parametrize("digit", ["²", "１", "9", "-1", "1" * 40, "x", "\x00"])
def test_what_is_no_digit_of_the_question_is_refused(batch, app, client, digit):
    address = batch("q3_leader", "letter")
    typed, cells = sheet_of(client, address)
    typed |= {"level": "1", **dict.fromkeys([name for name in cells if name.startswith("overall.")], "1")}
    answer = client.post(f"{address}/forms", data=typed | {"overall.U004": digit})
    assert answer.status_code == 422
    assert 'href="#overall.U004"' in answer.get_data(as_text=True)
    assert stored(app) == 0


def test_an_interview_about_the_units_somebody_met_is_typed_in_rows(batch, app, client):
    address = batch("q1_public", "g8")
    typed, cells = sheet_of(client, address)
    typed |= {"agree": "1", "dealt_any": "1", "dealt_units@1": "3", "dealt_units@2": "市U005局"}
    typed |= {f"{item}#{place}": "1" for item in ("rd_attitude", "rd_fair", "rd_result") for place in (1, 2)}
    typed |= {name: "0" for name in cells if name.startswith("rb_overall#")}
    answer = client.post(f"{address}/forms", data=typed)
    assert answer.status_code == 303, re.findall(r'href="#([^"]+)"', answer.get_data(as_text=True))
    assert stored(app) == 1


def test_the_sample_fixes_the_unit_and_a_telephone_number_is_kept_apart(batch, app, client):
    address = batch("q2_service", "phone")
    typed, _cells = sheet_of(client, address)
    rated = ("r_clear", "r_attitude", "r_speed", "r_ability", "r_fair", "r_outcome", "r_overall")
    typed |= {"agree": "1", "confirm_dealt": "1", "service_way": "3", **dict.fromkeys(rated, "1")}
    typed |= {"comment": "快一点", "reply_wanted": "1", "reply_phone": "13800000000", "disposition": "1"}
    answer = client.post(f"{address}/forms", data=typed | {"preset": "99"})
    assert answer.status_code == 422
    assert 'href="#preset"' in answer.get_data(as_text=True)
    assert client.post(f"{address}/forms", data=typed | {"preset": "2"}).status_code == 303
    assert (stored(app), stored(app, ResponseContact)) == (1, 1)


def test_another_interviewers_batch_does_not_exist_but_the_agency_sees_all(batch, client, sign_in):
    address = batch("q3_leader", "letter")
    sign_in("interviewer02")
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/close").status_code == 404
    assert address not in client.get("/agency/").get_data(as_text=True)
    sign_in("agency")
    assert client.get(address).status_code == 200
    assert address in client.get("/agency/").get_data(as_text=True)


def test_a_voided_batch_stays_visible_with_its_reason(batch, app, client, sign_in):
    address = batch("q3_leader", "letter")
    assert client.post(f"{address}/void", data={"reason": "x"}).status_code == 403
    sign_in("agency")
    assert client.post(f"{address}/void", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/void", data={"reason": "回访不符"}).status_code == 303
    assert "回访不符" in client.get(address).get_data(as_text=True)
    with app.extensions["pingyi"].sessions() as session:
        assert session.scalar(select(Batch.state)) == "void"


def test_a_closed_batch_takes_no_form(batch, app, client):
    address = batch("q3_leader", "letter")
    typed, cells = sheet_of(client, address)
    typed |= {"level": "1", **dict.fromkeys([name for name in cells if name.startswith("overall.")], "1")}
    assert client.post(f"{address}/close").status_code == 303
    assert client.post(f"{address}/forms", data=typed).status_code == 409
    assert stored(app) == 0


@pytest.mark.parametrize("form", ["q1_public", "q2_service", "q3_leader"])
def test_each_questionnaire_prints_on_paper(hands, running, client, sign_in, form):
    code = running(form)
    sign_in("agency")
    assert client.get(f"/agency/rounds/{code}/paper").status_code == 200


def test_after_the_close_batches_stay_in_the_list_and_no_new_one_is_offered(batch, app, client):
    address = batch("q3_leader", "letter")
    with app.extensions["pingyi"].sessions.begin() as session:
        session.scalar(select(Round)).closes_at = datetime.now(UTC)
    app.extensions["pingyi_surveys"].kept.clear()  # else it is believed open for some seconds more
    text = client.get("/agency/").get_data(as_text=True)
    assert address in text
    assert "/agency/rounds/" not in re.findall(r'action="([^"]+)"', text)
    assert client.post("/agency/rounds/q1-2016/batches", data={"q1-2016-door": "letter"}).status_code == 409
    assert "This survey takes no forms now." in client.get(address).get_data(as_text=True)

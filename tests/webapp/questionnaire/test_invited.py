"""Answering by a code: drawn once and again alike, cast once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from ballots.roll.rights import Right, RollKeys, issue_rights
from rounds.life import round_named
from surveys.counting.responses import Response, Spent
from tests.conftest import SECRET
from tests.statements import statements
from tests.webapp.questionnaire.filling import page_of, receipt_of
from webapp.keys import key_for

KEYS = RollKeys(key_for(SECRET, "codes"), key_for(SECRET, "tickets"))


@pytest.fixture
def invite(running, app):
    """Run a questionnaire and issue one right at a door; returns its code."""

    def issue(form: str, door: str, unit: str | None = None) -> str:
        slug = running(form)
        with app.extensions["pingyi"].sessions.begin() as session:
            round_ = round_named(session, slug)
            (way,) = [each for each in round_.doors if each.code == door]
            (code,) = issue_rights(session, round_, way, [unit], KEYS, by="office", now=datetime.now(UTC))
        return code

    return issue


def number_of(app, table, *where) -> int:
    with app.extensions["pingyi"].sessions() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where))


def drawn(app) -> int:
    return number_of(app, Right, Right.drawn)


def test_looking_at_an_invitation_uses_nothing_up(invite, app, client):
    code = invite("q2_service", "online", "U003")
    answer = client.get(f"/i/{code}")
    assert "市U003局" in answer.get_data(as_text=True) or "Bureau U003" in answer.get_data(as_text=True)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert client.post("/i", data={"code": code}).status_code == 200
    assert drawn(app) == 0


def test_a_code_is_read_whatever_its_case_spaces_and_letters(invite, client):
    code = invite("q2_service", "online", "U003")
    typed = " ".join(code.lower()[at : at + 4] for at in range(0, 17, 4)).replace("0", "o").replace("1", "l")
    assert client.post("/i", data={"code": typed}).status_code == 200


@pytest.mark.parametrize(("code", "status"), [("", 422), ("²" * 17, 422), ("0" * 17, 404), ("x" * 100_000, 422)])
def test_a_wrong_code_is_refused_with_a_sentence_and_stays_typed(invite, client, code, status):
    invite("q2_service", "online", "U003")
    answer = client.post("/i", data={"code": code})
    assert answer.status_code == status
    assert f'value="{code[:40]}"' in answer.get_data(as_text=True)
    assert client.post("/i/draw", data={"code": code}).status_code == status


def test_a_recipient_draws_answers_and_casts_once(invite, app, client):
    code = invite("q2_service", "online", "U003")
    page = page_of(client.post("/i/draw", data={"code": code}))
    assert drawn(app) == 1
    sent = page.choosing("s", agree=["y"], confirm_dealt=["y"], service_way=["window"], trips=["t1"])
    receipt = receipt_of(client.post("/i/cast", data=sent))
    assert receipt_of(client.post("/i/cast", data=sent)) == receipt
    again = page_of(client.post("/i/draw", data={"code": code}))
    other = again.choosing("d", agree=["y"], confirm_dealt=["y"], service_way=["window"], trips=["t1"])
    assert client.post("/i/cast", data=other).status_code == 409
    assert number_of(app, Response) == 1


def test_a_delegate_answers_in_two_steps_and_the_code_is_in_no_page(invite, app, client):
    code = invite("q1_public", "g1")
    first = client.post("/i/draw", data={"code": code})
    contact = {**page_of(first).sent, "agree": ["y"], "dealt_any": ["y"], "dealt_units": ["U002"]}
    second = client.post("/i/rate", data=contact)
    assert code not in first.get_data(as_text=True) + second.get_data(as_text=True)
    with statements(app) as sent:
        assert client.post("/i/cast", data=page_of(second).choosing("s")).status_code == 200
    assert len(sent) == 2, sent
    assert (number_of(app, Response), number_of(app, Spent)) == (1, 1)


def test_a_leader_grades_a_category_at_once_and_is_shown_what_is_blank(app, client, running, invite):
    from tests.surveys.rounds import DOORS

    DOORS_WITH = [*DOORS["q3_leader"], ("online", "C2_ONLINE", None, "S1_LEADERS", "procedural", True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(DOORS, "q3_leader", DOORS_WITH)
        code = invite("q3_leader", "online")
    page = page_of(client.post("/i/draw", data={"code": code}))
    bulk = client.post("/i/rate", data={**page.sent, "level": ["city"], "bulk": ["gov_service.s"]})
    graded = page_of(bulk).sent
    assert {graded[f"overall.U{number:03}"][0] for number in range(1, 10)} == {"s"}
    del graded["overall.U004"]
    answer = client.post("/i/cast", data=graded)
    assert answer.status_code == 422
    assert 'href="#overall.U004"' in answer.get_data(as_text=True)
    assert client.post("/i/cast", data={**graded, "blanks": ["dk"]}).status_code == 200
    assert number_of(app, Response) == 1


@pytest.mark.parametrize("ticket", ["", "x", "AAAA" * 20, "²", "\x00"])
def test_without_a_good_ticket_nothing_is_stored(invite, app, client, ticket):
    code = invite("q2_service", "online", "U003")
    page = page_of(client.post("/i/draw", data={"code": code}))
    for step in ("/i/first", "/i/rate", "/i/cast"):
        assert client.post(step, data={**page.choosing("s"), "ticket": ticket}).status_code == 400
    assert client.post("/i/cast", data={**page.choosing("s"), "round": "other"}).status_code in (400, 404)
    assert number_of(app, Response) == 0


def test_after_the_close_a_ticket_is_refused_with_a_clear_page(invite, app, client):
    code = invite("q2_service", "online", "U003")
    page = page_of(client.post("/i/draw", data={"code": code}))
    with app.extensions["pingyi"].sessions.begin() as session:
        round_named(session, "q1-2016").closes_at = datetime.now(UTC)
    sent = page.choosing("s", agree=["y"], confirm_dealt=["y"], service_way=["window"], trips=["t1"])
    answer = client.post("/i/cast", data=sent)
    assert answer.status_code == 409
    assert "this form was not counted" in answer.get_data(as_text=True)
    assert client.post("/i/draw", data={"code": code}).status_code == 409
    assert number_of(app, Response) == 0

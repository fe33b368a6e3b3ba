"""The application starts, answers, and lets people in and out."""

from accounts.making import Role
from tests.factories import PASSWORD, make_account_for


def enroll(app, username, *roles):
    with app.extensions["pingyi"].sessions.begin() as session:
        make_account_for(session, username, *roles)


def test_health_is_told_to_anybody(client):
    assert client.get("/healthz").data == b"ok\n"


def test_an_unknown_address_gets_a_page_of_its_own(client):
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "text/html" in answer.content_type


def test_signing_in_opens_the_own_desk_and_signing_out_kills_every_copy_of_the_cookie(app, client):
    enroll(app, "expert07", Role("expert", scope="U013"))
    answer = client.post("/sign-in", data={"username": "expert07", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/expert/")
    copy = client.get_cookie("pingyi").value
    assert client.get("/account/password").status_code == 200
    assert client.post("/sign-out").status_code == 303
    client.set_cookie("pingyi", copy)
    assert client.get("/account/password").status_code == 303


def test_a_wrong_password_is_refused_in_words_and_keeps_the_username(app, client):
    enroll(app, "office", Role("office", "make"))
    answer = client.post("/sign-in", data={"username": "office", "password": "wrong-password"})
    assert answer.status_code == 422
    assert 'value="office"' in answer.get_data(as_text=True)


def test_the_eleventh_wrong_password_in_a_row_has_to_wait(app, client):
    enroll(app, "office", Role("office", "make"))
    for _ in range(10):
        client.post("/sign-in", data={"username": "office", "password": "wrong-password"})
    right = client.post("/sign-in", data={"username": "office", "password": PASSWORD})
    assert right.status_code == 422

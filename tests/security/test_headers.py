"""Every answer carries the same headers: pages, errors, static files."""

import pytest

from webapp.account.next_address import safe_next


@pytest.mark.parametrize("address", ["/sign-in", "/no-such-page", "/healthz", "/static/none.css"])
def test_headers_stand_on_every_answer(client, address):
    headers = client.get(address).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_static_files_carry_them_too(app, client):
    with app.test_request_context():
        address = app.url_for("static", filename="css/site.css")
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil", "evil", "", None, "/a@b:c"]
)
def test_next_never_leaves_the_site(address):
    assert safe_next(address) == ""


def test_next_keeps_an_address_of_this_site():
    assert safe_next("/expert/units/U001?object=innovation") == "/expert/units/U001?object=innovation"


def test_a_foreign_host_stands_in_no_answer(client):
    answer = client.get("/sign-in", headers={"Host": "evil.example"})
    assert b"evil.example" not in answer.data


def test_json_is_not_taken_for_a_form(client):
    assert client.post("/sign-in", data="[" * 50_000, content_type="application/json").status_code == 415

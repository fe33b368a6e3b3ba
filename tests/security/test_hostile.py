"""Whatever is sent to whatever address: the answer is a page with a sentence, never a fault of the server."""

import pytest
from sqlalchemy.exc import IntegrityError

from tests.promises.test_access import PERSONS, peopled
from webapp.access import ACCESS

__all__ = ["peopled"]
VALUES = ("9" * 40, "-1", "%00", "%ff", "%C2%B2", "x'%3B--", "%E8%AF%84" * 90)
QUERY = "?page=99999999999999999999&page=-1&unit=%00&q=%ff%C2%B2'&year=9999999999999999999999&kind=x&lang=xx&text=%00"
FIELDS = ("csrf_token", "name", "code", "unit", "units", "points", "reason", "text", "file", "grade", "version", "at")


def rules(app, role, method):
    """The rules that a role may enter with a method, and those for everybody."""
    for rule in app.url_map.iter_rules():
        gate = ACCESS[rule.endpoint]
        mine = gate.everybody or gate.signed_in or any(role == name for name, _ in gate.roles)
        if mine and method in (rule.methods or ()) and rule.endpoint not in ("static", "account.sign_out_post"):
            yield rule


def filled(rule, value):
    """The rule's address with a raw value for each of its parameters."""
    return "".join(value if dynamic else part for dynamic, part in rule._trace if part != "|")


@pytest.mark.parametrize(
    "username", ["office", "office-check", "auditor", "agency", "expert01", "unit001", "lead-jw"]
)
def test_no_address_is_a_fault(peopled, client, sign_in, username):
    sign_in(username)
    for rule in rules(peopled, PERSONS[username].role, "GET"):
        for value in VALUES if rule.arguments else ("",):
            for query in ("", QUERY):
                status = client.get(filled(rule, value) + query).status_code
                assert status < 500, (rule.endpoint, value, query, status)


@pytest.mark.parametrize(
    "username", ["office", "office-check", "auditor", "agency", "expert01", "unit001", "lead-jw"]
)
def test_no_form_is_a_fault(peopled, client, sign_in, username):
    posted = (
        {},
        dict.fromkeys(FIELDS, ""),
        dict.fromkeys(FIELDS, "²" * 10),
        {name: ["9" * 40, "\x00", "\ud800".encode("utf-8", "surrogatepass")] for name in FIELDS},
        dict.fromkeys(FIELDS, "评" * 40_000),
    )
    sign_in(username)
    for rule in rules(peopled, PERSONS[username].role, "POST"):
        for data in posted:
            status = client.post(filled(rule, "none-such"), data=data).status_code
            assert status < 500, (rule.endpoint, status)


def test_ten_thousand_fields_are_refused(client):
    data = {f"f{number}": "1" for number in range(10_000)}
    assert client.post("/sign-in", data=data).status_code < 500


def test_more_than_the_limit_is_refused_before_it_is_read(client):
    answer = client.post("/sign-in", data=b"x" * (25 * 1024 * 1024), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_two_at_the_same_instant_get_a_page_that_says_so(app, client):
    def raced():
        raise IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed"))

    app.view_functions["meta.healthz"] = raced
    assert client.get("/healthz").status_code == 409

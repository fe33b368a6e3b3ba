"""Every route stands in one table of who may enter, and the gate follows it for every role and for nobody."""

from pathlib import Path

import pytest

from accounts.account import ROLES
from accounts.making import Role
from tests.factories import make_account_for, make_unit, make_year
from tools.authorisation import document
from webapp.access import ACCESS

DOCUMENT = Path(__file__).parents[2] / "docs" / "authorisation.md"
PERSONS = {
    "office": Role("office", "make"),
    "office-check": Role("office", "check"),
    "office-approve": Role("office", "approve"),
    "auditor": Role("auditor"),
    "agency": Role("agency"),
    "interviewer01": Role("interviewer"),
    "expert01": Role("expert", scope="U001"),
    "unit001": Role("unit", "officer", "U001"),
    "unit001-head": Role("unit", "head", "U001"),
    "lead-jw": Role("lead", "officer", "JW"),
    "lead-jw-head": Role("lead", "head", "JW"),
}


@pytest.fixture
def peopled(app):
    """One account of each role and duty, in a year with one unit."""
    with app.extensions["pingyi"].sessions.begin() as session:
        make_unit(session, make_year(session))
        for username, role in PERSONS.items():
            make_account_for(session, username, role)
    return app


def addresses(app):
    """Every rule as (endpoint, method, address), its parameters filled with a value that no object has."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        values = {
            name: 7 if converter.__class__.__name__ == "IntegerConverter" else "none-such"
            for name, converter in rule._converters.items()
        }
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "DELETE"}):
            yield rule.endpoint, method, adapter.build(rule.endpoint, values, method=method)


def test_the_table_names_no_endpoint_that_is_gone(app):
    assert set(ACCESS) == {rule.endpoint for rule in app.url_map.iter_rules()}


def test_the_persons_of_this_test_cover_every_role():
    assert {role.role for role in PERSONS.values()} == set(ROLES)


def test_nobody_enters_a_desk(peopled, client):
    for endpoint, method, address in addresses(peopled):
        if ACCESS[endpoint].everybody:
            continue
        answer = client.open(address, method=method)
        assert answer.status_code == 303, (endpoint, method)
        assert "/sign-in" in answer.location


@pytest.mark.parametrize("username", PERSONS)
def test_a_role_enters_only_where_the_table_lets_it(peopled, client, sign_in, username):
    role = PERSONS[username]

    class Holder:
        is_authenticated = True

        def holds(self, wanted, *duties):
            return role.role == wanted and (not duties or role.duty in duties)

    for endpoint, method, address in addresses(peopled):
        gate = ACCESS[endpoint]
        if gate.everybody or gate.signed_in:
            continue
        sign_in(username)
        status = client.open(address, method=method).status_code
        if gate.lets_in(Holder()):
            assert status != 403 and status < 500, (endpoint, method, status)
        else:
            assert status == 403, (endpoint, method, status)


def test_the_document_of_rights_is_the_table(app):
    assert DOCUMENT.read_text() == document(app)

"""No form is taken without its token, and nothing is written by the attempt."""

import pytest
from sqlalchemy import func, select

from tests.promises.test_access import PERSONS, addresses, peopled
from webapp.access import ACCESS
from webapp.schema import whole_schema

__all__ = ["peopled"]
# They carry no identity, so there is nothing to forge; they refuse foreign origins instead (their own tests).
ANONYMOUS = ("questionnaire.", "invited.", "verify.")


def census(app):
    with app.extensions["pingyi"].sessions() as session:
        tables = whole_schema()["main"].tables.values()
        return {t.name: session.scalar(select(func.count()).select_from(t)) for t in tables if t.name != "signed_in"}


@pytest.mark.parametrize("token", [None, "rubbish"])
@pytest.mark.parametrize("username", ["office", "auditor", "agency", "expert01", "unit001", "lead-jw"])
def test_a_post_without_its_token_is_refused(peopled, client, sign_in, username, token):
    peopled.config["WTF_CSRF_ENABLED"] = True
    role = PERSONS[username].role
    before = None
    for endpoint, method, address in addresses(peopled):
        gate = ACCESS[endpoint]
        mine = gate.signed_in or any(role == name for name, _ in gate.roles)
        if method != "POST" or endpoint.startswith(ANONYMOUS) or not (mine or gate.everybody):
            continue
        sign_in(username)
        before = before or census(peopled)
        answer = client.post(address, data={"csrf_token": token} if token else {})
        assert answer.status_code in (400, 403), (endpoint, answer.status_code)
    after = census(peopled)
    for table in ("audit_entry", "audit_head"):
        before.pop(table)
        after.pop(table)
    assert after == before

"""Every page that links lead a person to is accessible (WCAG 2.2 AA by axe) and fits windows from 320 to 1920."""

import pytest

from tests.browser.looking import faults, reachable

DESKS = {
    "office": "/office/",
    "office-approve": "/office/",
    "auditor": "/audit/",
    "agency": "/agency/",
    "interviewer01": "/agency/",
    "expert07": "/expert/",
    "unit001": "/unit/",
    "unit001-head": "/unit/",
    "lead-bb": "/lead/",
}

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demonstration")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_public_page(demonstration, visit, language):
    context = visit(demonstration)
    context.add_cookies([{"name": "lang", "value": language, "url": demonstration.address}])
    found = [fault for page in reachable(demonstration.app, context, "/") for fault in faults(page, public=True)]
    assert found == []


@pytest.mark.parametrize(("username", "start"), DESKS.items())
def test_every_page_of_a_desk(demonstration, visit, username, start):
    pages = reachable(demonstration.app, visit(demonstration, username), start)
    assert [fault for page in pages for fault in faults(page)] == []


@pytest.mark.parametrize("start", ["/", "/units?q=gjj", "/units/U001"])
def test_large_text_fits_too(demonstration, visit, start):
    context = visit(demonstration)
    context.add_cookies([{"name": "text", "value": "large", "url": demonstration.address}])
    page = context.new_page()
    page.goto(start)
    assert faults(page, public=True) == []

"""The grid of mutual evaluation in a real browser: each grade is kept by itself, and none is lost in silence."""

import pytest
from sqlalchemy import select

from review.peers.ballot import PeerBallot
from review.peers.queries import ballot_view
from rounds.life import round_named

pytestmark = pytest.mark.browser


@pytest.fixture
def rater(demonstration):
    """A unit whose ballot is still a draft, and a unit that it hasn't graded."""
    with demonstration.app.extensions["pingyi"].sessions() as session:
        round_ = round_named(session, "peers-2016")
        drafts = select(PeerBallot.rater_unit).where(PeerBallot.round_id == round_.id, PeerBallot.state == "draft")
        for code in session.scalars(drafts.order_by(PeerBallot.rater_unit)):
            if left := ballot_view(session, round_, code).unfinished:
                return code, left[0]
    pytest.fail("every ballot of the demonstration is finished")


def test_a_grade_is_kept_undone_by_keyboard_and_never_lost_in_silence(demonstration, visit, rater):
    code, target = rater
    window = visit(demonstration, f"unit{code[1:]}")
    page = window.new_page()
    page.goto(f"/unit/peers/{target.category}")
    title, row = page.locator("#peers-title"), page.locator(f"#{target.code}")
    before = title.inner_text()
    for item in range(3):
        with page.expect_response(lambda answer: "/rows/" in answer.url):
            row.locator(".grades").nth(item).locator("label").nth(1).click()
    page.wait_for_function("old => document.querySelector('#peers-title').innerText !== old", arg=before)
    assert page.locator("#peers-kept").inner_text().endswith("已保存")

    page.locator("h1").click()
    with page.expect_navigation():
        page.keyboard.press("Control+z")
    assert page.locator("#peers-title").inner_text() == before

    window.clear_cookies()
    row.locator(".grades").nth(2).locator("label").nth(0).click()
    page.wait_for_url("**/sign-in?**")

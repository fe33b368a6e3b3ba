"""An expert at work: marks by keyboard alone, each kept within a second, and the same without JavaScript."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from database.transactions import set_writing
from review.panel.cells import latest_marks
from review.panel.marks import UNABLE, points
from tests.browser.serving import application, serving
from tests.review.panel.panels import make_panel

pytestmark = pytest.mark.browser

SECOND = 1000
SHEET = "/expert/units/U002/innovation"


@pytest.fixture
def panel(tmp_path):
    """A served application with an open panel of three units."""
    from webapp.schema import bring_to_current

    app = application(tmp_path)
    house = app.extensions["pingyi"]
    set_writing(True)
    bring_to_current(house.sessions.kw["bind"], house.box_sessions.kw["bind"])
    with house.sessions.begin() as session:
        make_panel(session, now=datetime.now(UTC))
    with serving(app) as served:
        yield served


def marks_in(panel):
    with panel.app.extensions["pingyi"].sessions() as session:
        found = latest_marks(session, 1, "E01", ["U002"])
    return next(iter(found.values()), {})


@pytest.fixture
def page(panel, visit):
    opened = visit(panel, "expert01").new_page()
    opened.set_viewport_size({"width": 1366, "height": 768})
    opened.goto(SHEET)
    return opened


def test_a_sheet_is_filled_by_keyboard_and_each_mark_kept_without_a_page_load(panel, page):
    page.evaluate("window.sameDocument = true")
    page.locator("#novelty").focus()
    for number in ("26", "17", "22", "15"):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    expect(page.locator("#total")).to_contain_text("80", timeout=3 * SECOND)
    expect(page.locator("#novelty-bands .on")).to_contain_text("24—30")
    expect(page.locator("#note")).to_be_focused()
    assert page.evaluate("window.sameDocument")
    assert marks_in(panel) == {
        "novelty": points(26),
        "difficulty": points(17),
        "effect": points(22),
        "reach": points(15),
    }
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/expert/units/U003/routine")


def test_a_mark_is_kept_after_a_short_pause_though_the_field_is_not_left(panel, page):
    page.locator("#novelty").focus()
    page.keyboard.type("26")
    expect(page.locator("#novelty-bands .on")).to_contain_text("24—30", timeout=3 * SECOND)
    assert marks_in(panel) == {"novelty": points(26)}


def test_what_was_refused_stays_named_beside_its_field_while_others_are_kept(panel, page):
    page.locator("#novelty").focus()
    for number in ("31", "17"):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    expect(page.locator("#novelty-bad")).to_have_text("请填0至30的整数")
    expect(page.locator("#difficulty-bands .on")).to_contain_text("16—20")
    expect(page.locator("#novelty-bad")).to_be_visible()
    assert marks_in(panel) == {"difficulty": points(17)}


def test_cant_judge_takes_the_number_away_and_a_number_takes_the_tick_away(panel, page):
    page.locator("#reach").fill("12")
    page.locator("summary", has_text="无法评判").click()
    tick = page.locator("#unable_reach")
    tick.check()
    expect(page.locator("#reach")).to_have_value("")
    expect(page.locator("#total")).to_contain_text("已评1项，余3项")
    page.wait_for_timeout(SECOND)
    assert marks_in(panel) == {"reach": UNABLE}
    page.locator("#reach").fill("9")
    expect(tick).not_to_be_checked()
    expect(page.locator("#reach-bands .on")).to_contain_text("6—11")
    assert marks_in(panel) == {"reach": points(9)}


def test_the_whole_sheet_stands_on_one_screen(page):
    for place in ("#novelty", "#difficulty", "#effect", "#reach", "#note", "[data-main]"):
        expect(page.locator(place)).to_be_in_viewport(ratio=1)


def test_without_javascript_the_buttons_keep_the_sheet(panel, visit):
    page = visit(panel, "expert01", javascript=False).new_page()
    page.goto(SHEET)
    for name, number in (("novelty", "26"), ("difficulty", "17"), ("effect", "22"), ("reach", "15")):
        page.locator(f"#{name}").fill(number)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#total")).to_contain_text("80")
    assert marks_in(panel)["reach"] == points(15)

"""Answering in a real browser, on a phone of 360 pixels, with JavaScript and without."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from surveys.counting.responses import Response
from tests.browser.looking import faults
from tests.browser.serving import serving
from tests.webapp.questionnaire.conftest import running

__all__ = ["running"]
pytestmark = pytest.mark.browser
ASKED = ("rd_attitude.U001", "rd_fair.U001", "rd_result.U001")


@pytest.fixture
def browser_page(app, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of a fresh visitor on this test's application; a fault of a page's script fails the test."""
    faults: list[str] = []
    contexts = []
    with serving(app) as served:

        def open_page(width: int, height: int, *, javascript: bool = True) -> Page:
            window = {"width": width, "height": height}
            made = {"base_url": served.address, "viewport": window, "locale": "zh-CN", "has_touch": True}
            contexts.append(browser.new_context(java_script_enabled=javascript, **made))
            page = contexts[-1].new_page()
            page.set_default_timeout(10_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            return page

        yield open_page
        for context in contexts:
            context.close()
    assert faults == []


def stored(app) -> int:
    with app.extensions["pingyi"].sessions() as session:
        return session.scalar(select(func.count()).select_from(Response))


def tap(page, name, code):
    page.locator(f'label:has(input[name="{name}"][value="{code}"])').click()


def begin(page, slug):
    page.goto(f"/s/{slug}")
    tap(page, "agree", "y")
    tap(page, "dealt_any", "y")


def find_and_choose(page, words):
    page.fill("#find-dealt_units", words)
    page.locator("#dealt_units details label:visible").first.click()


def grade_all(page, code="s"):
    names = page.eval_on_selector_all("input[type=radio]", "all => all.map(field => field.name)")
    for name in dict.fromkeys(names):
        if name.startswith(("rd_", "rb_")):
            tap(page, name, code)


def test_a_phone_answers_with_a_reload_half_way_that_loses_nothing(running, app, browser_page):
    page = browser_page(360, 740)
    begin(page, running())
    find_and_choose(page, "u001")
    page.reload()
    expect(page.locator('input[value="U001"]')).to_be_checked()
    page.get_by_role("button", name="下一步").click()

    for name in ASKED:
        tap(page, name, "d")
    tap(page, "rd_reason.U001", "slow")
    page.fill("#comment", "等了很久")
    block = page.eval_on_selector_all("input[name^=rb_]", "all => all.map(field => field.name)")
    page.reload()

    page.wait_for_selector("form[data-part=rest]")
    for name in ASKED:
        expect(page.locator(f'input[name="{name}"][value="d"]')).to_be_checked()
    expect(page.locator('input[name="rd_reason.U001"][value="slow"]')).to_be_checked()
    expect(page.locator("#comment")).to_have_value("等了很久")
    assert page.eval_on_selector_all("input[name^=rb_]", "all => all.map(field => field.name)") == block

    grade_all(page)
    page.locator("[data-main]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("答卷已提交，感谢参与")
    assert stored(app) == 1
    assert page.evaluate("localStorage.length") == 0


def test_who_comes_back_another_day_sees_no_answer_before_going_on(running, browser_page):
    slug = running()
    page = browser_page(360, 740)
    begin(page, slug)
    find_and_choose(page, "u002")
    later = page.context.new_page()
    later.goto(f"/s/{slug}")
    expect(later.locator("#resume")).to_be_visible()
    expect(later.locator("form")).to_be_hidden()
    later.locator("[data-resume]").click()
    expect(later.locator('input[value="U002"]')).to_be_checked()
    another = page.context.new_page()
    another.goto(f"/s/{slug}")
    another.locator("[data-anew]").click()
    expect(another.locator('input[value="U002"]')).not_to_be_checked()


def test_the_back_gesture_loses_nothing(running, browser_page):
    page = browser_page(360, 740)
    begin(page, running())
    find_and_choose(page, "u003")
    page.get_by_role("button", name="下一步").click()
    tap(page, "rd_fair.U003", "vs")
    page.go_back()
    expect(page.locator('input[value="U003"]')).to_be_checked()
    page.get_by_role("button", name="下一步").click()
    expect(page.locator('input[name="rd_fair.U003"][value="vs"]')).to_be_checked()


def test_it_works_without_javascript(running, app, browser_page):
    page = browser_page(360, 740, javascript=False)
    begin(page, running())
    page.fill("#find-dealt_units", "u004")
    page.press("#find-dealt_units", "Enter")
    tap(page, "dealt_units", "U004")
    page.get_by_role("button", name="下一步").click()
    grade_all(page)
    page.locator("[data-main]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("答卷已提交，感谢参与")
    assert stored(app) == 1


def test_the_pages_of_an_answer_are_accessible_and_fit_every_width(running, browser_page):
    page = browser_page(360, 740)
    begin(page, running())
    find_and_choose(page, "u001")
    found = faults(page, public=True)
    page.get_by_role("button", name="下一步").click()
    tap(page, "rd_fair.U001", "d")
    found += faults(page, public=True)
    page.locator("[data-main]").click()
    page.wait_for_selector(".errors")
    found += faults(page, public=True)
    grade_all(page)
    page.locator("[data-main]").click()
    page.wait_for_selector(".slip")
    assert found + faults(page, public=True) == []


def test_nothing_overflows_at_double_text(running, browser_page):
    page = browser_page(360, 740)
    begin(page, running())
    find_and_choose(page, "u001")
    page.get_by_role("button", name="下一步").click()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

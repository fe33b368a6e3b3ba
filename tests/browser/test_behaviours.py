"""What our scripts add: the next field by Enter, sending by Ctrl+Enter, the focus on what is to be corrected."""

import pytest
from flask import Flask, render_template_string

from tests.browser.serving import application, serving
from webapp.access import ACCESS, EVERYBODY

FORM = """{% extends "base.html" %}
{% block title %}Keys{% endblock %}
{% block main %}<h1>Keys</h1>
{% if refused %}<div class="errors" tabindex="-1"><h2>Wrong</h2></div>{% endif %}
<section data-pane id="left">Left</section>
<form data-pane data-keys method="get" action="/sent" id="right">
  <label>A <input id="a" name="a"></label>
  <label>B <input id="b1" type="radio" name="b" value="1"></label>
  <label>B <input id="b2" type="radio" name="b" value="2" checked></label>
  <label>C <textarea id="c" name="c"></textarea></label>
  <label>D <input id="d" name="d" type="number"></label>
  <button id="send">Send</button><button id="main" name="main" value="1" data-main>Main</button>
</form>{% endblock %}"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    from webapp.schema import bring_to_current

    app: Flask = application(tmp_path_factory.mktemp("keys"))
    house = app.extensions["pingyi"]
    bring_to_current(house.sessions.kw["bind"], house.box_sessions.kw["bind"])
    for endpoint, refused in (("keys", False), ("refused", True)):
        app.add_url_rule(
            f"/{endpoint}", endpoint, lambda refused=refused: render_template_string(FORM, refused=refused)
        )
    app.add_url_rule("/sent", "sent", lambda: "sent")
    ACCESS.update(keys=EVERYBODY, refused=EVERYBODY, sent=EVERYBODY)
    with serving(app) as served:
        yield served
    for endpoint in ("keys", "refused", "sent"):
        del ACCESS[endpoint]


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def test_enter_goes_to_the_next_field_and_at_last_to_the_main_button(keys, visit):
    page = visit(keys).new_page()
    page.goto("/keys")
    page.focus("#a")
    went = []
    for key in ("Enter", "Enter", "Tab", "Enter"):
        page.keyboard.press(key)
        went.append(focused(page))
    assert went == ["b2", "c", "d", "main"]


def test_enter_in_a_text_area_is_a_new_line(keys, visit):
    page = visit(keys).new_page()
    page.goto("/keys")
    page.focus("#c")
    page.keyboard.press("Enter")
    assert (focused(page), page.input_value("#c")) == ("c", "\n")


def test_control_and_enter_send_by_the_main_button(keys, visit):
    page = visit(keys).new_page()
    page.goto("/keys")
    page.focus("#d")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "main=1" in page.url


def test_f6_changes_the_pane(keys, visit):
    page = visit(keys).new_page()
    page.goto("/keys")
    page.focus("#a")
    went = []
    for key in ("F6", "F6", "Shift+F6"):
        page.keyboard.press(key)
        went.append(focused(page))
    assert went == ["left", "right", "left"]


def test_the_error_summary_has_the_focus(keys, visit):
    page = visit(keys).new_page()
    page.goto("/refused")
    assert focused(page) == "errors"


def test_a_search_without_javascript_is_a_page(demonstration, visit):
    page = visit(demonstration, javascript=False).new_page()
    page.goto("/units")
    page.fill("#q", "gjj")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "q=gjj" in page.url
    assert page.locator("#found").count() == 1


def test_a_search_with_javascript_swaps_the_list_while_typing(demonstration, visit):
    page = visit(demonstration).new_page()
    page.goto("/units")
    page.type("#q", "u001")
    page.wait_for_selector("#found [role=status]")
    assert page.locator("#found a").count() == 1
    assert "q=" not in page.url


def test_no_page_calls_another_origin_and_no_script_fails(demonstration, visit):
    page = visit(demonstration).new_page()
    foreign, failed = [], []
    page.on("request", lambda sent: None if sent.url.startswith(demonstration.address) else foreign.append(sent.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda line: failed.append(line.text) if line.type == "error" else None)
    for path in ("/", "/units", "/units/U001", "/notices", "/privacy", "/anonymity", "/results", "/sign-in"):
        page.goto(path)
    assert (foreign, failed) == ([], [])

"""A real browser, and the demonstration of a small city served to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from accounts import signing_in
from accounts.making import account_named
from database.transactions import set_writing
from tests.browser.serving import Served, application, serving
from tools.find_browser import FLAGS, find_browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration of a small city, freshly loaded."""
    from demo.cast import LEAST_UNITS
    from demo.loading import load_demonstration
    from demo.play import Choice
    from webapp.schema import bring_to_current

    app = application(tmp_path_factory.mktemp("demonstration"))
    house = app.extensions["pingyi"]
    set_writing(True)
    with app.app_context():
        bring_to_current(house.sessions.kw["bind"], house.box_sessions.kw["bind"])
        choice = Choice(seed=2016, units=LEAST_UNITS)
        load_demonstration(house, choice, now=datetime.now(UTC), tell=lambda line: None)
    with serving(app) as served:
        yield served


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser's window on a served application: `visit(served, "expert07")`, or nobody signed in."""
    opened: list[BrowserContext] = []

    def enter(served: Served, username: str | None = None, *, javascript: bool = True) -> BrowserContext:
        context = browser.new_context(base_url=served.address, locale="zh-CN", java_script_enabled=javascript)
        if username:
            name, value = _signed_in(served.app, username)
            context.add_cookies([{"name": name, "value": value, "url": served.address}])
        opened.append(context)
        return context

    yield enter
    for context in opened:
        context.close()


def _signed_in(app: Flask, username: str) -> tuple[str, str]:
    set_writing(True)
    with app.extensions["pingyi"].sessions.begin() as session:
        sign_in_id = signing_in.sign_in(session, account_named(session, username), now=datetime.now(UTC))
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return app.config["SESSION_COOKIE_NAME"], serializer.dumps({"_user_id": sign_in_id, "_fresh": True})

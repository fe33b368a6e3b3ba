"""The first page of an open questionnaire: bytes that are the same for everybody, made once a process.

One request to the first paint: its style stands in the page (the policy names its hash) and it loads no htmx.
No session, no cookie, no statement while the process knows the round.
"""

import gzip
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import brotli
from flask import Flask, current_app, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp.headers import POLICY
from webapp.language import language
from webapp.look import large_text
from webapp.static_files import FOLDER

_STYLES = ("css/tokens.css", "css/site.css", "css/questionnaire.css")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is sent. bodies: encoding -> bytes; "" is the plain one."""

    bodies: dict[str, bytes]
    tag: str


@dataclass(slots=True)
class Pages:
    """The first pages that one process has made, by all that they depend on."""

    made: dict[tuple[str, ...], Page] = field(default_factory=dict)


@cache
def style() -> Markup:
    """The sheets of every page as one, without comments and needless spaces."""
    text = "".join((FOLDER / name).read_text("utf-8") for name in _STYLES)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return Markup(re.sub(r" ?([{};]) ?", r"\1", text))  # noqa: S704 - our own files


@cache
def style_policy() -> str:
    """The Content-Security-Policy of a page that carries its style."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return f"{POLICY}; style-src 'self' 'sha256-{digest}'"


def send_first_page(template: str, key: tuple[str, ...], context: Callable[[], dict[str, Any]]) -> Response:
    """Answer with a page made before, or make it now.

    key: what the page depends on beside language and text size, for instance the round, its digest and its state.
    context: what the template is given, asked for only where the page has to be made.
    """
    tongue, large = language().code, large_text()
    pages: Pages = current_app.extensions["pingyi_first_pages"]
    whole_key = (template, *key, tongue, str(large))
    page = pages.made.get(whole_key)
    if page is None:
        page = pages.made[whole_key] = _make(template, tongue, large, context())
    return _response(page)


def _make(template: str, tongue: str, large: bool, context: dict[str, Any]) -> Page:
    # In a request of its own, so that nothing of the first visitor's address or cookies stays in the bytes.
    query = urlencode({"lang": tongue, **({"text": "large"} if large else {})})
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.test_request_context(f"{request.path}?{query}", base_url=request.host_url):
        body = render_template(template, style=style(), **context).encode()
    bodies = {"": body, "gzip": gzip.compress(body, 9, mtime=0), "br": brotli.compress(body, quality=11)}
    return Page(bodies, sha256(body).hexdigest()[:20])


def _response(page: Page) -> Response:
    accepted = request.accept_encodings
    encoding = next((name for name in ("br", "gzip") if accepted.quality(name) > 0), "")
    response = Response(page.bodies[encoding], mimetype="text/html")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["Content-Security-Policy"] = style_policy()
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{page.tag}-{encoding or 'plain'}")
    return response.make_conditional(request)


def init_first_pages(app: Flask) -> None:
    """Give the application a place for its pages."""
    app.extensions["pingyi_first_pages"] = Pages()

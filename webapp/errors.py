"""Every refusal in words and with a status, and the pages for what goes wrong."""

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from flask import Flask, Response, render_template
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

import webapp.words
from webapp.extensions import db
from webapp.language import showable
from webapp.page import asks_for_part
from webapp.words.states import STATES
from webapp.words.statuses import STATUSES

WORDS: dict[type[Exception], tuple[int, Any]] = {}
for _module in iter_modules(webapp.words.__path__):
    WORDS.update(getattr(import_module(f"webapp.words.{_module.name}"), "WORDS", {}))


@dataclass(frozen=True)
class Said:
    """A refusal as it is shown: its status and its sentence in the reader's language."""

    status: int
    text: str


def words(refusal: Exception) -> Said:
    """Put a domain error into words. Raises KeyError where it has none (a test holds that none lacks them)."""
    status, sentence = WORDS[type(refusal)]
    facts = {key: str(STATES.get(value, value) if key == "state" else value) for key, value in vars(refusal).items()}
    return Said(status, str(sentence) % {key: showable(value) for key, value in facts.items()})


def error_page(status: int, text: str = "") -> Response:
    """The page of a status; a refusal's own sentence stands in place of the status's general one."""
    said = STATUSES.get(status, STATUSES[400 if status < 500 else 500])
    context = {"status": status, "title": said.title, "lead": text or said.lead, "next": "" if text else said.next}
    # Where htmx asked for a part, the refusal takes the place of the whole page's text.
    aim = {"HX-Retarget": "#main", "HX-Reswap": "outerHTML", "HX-Reselect": "#main"} if asks_for_part() else {}
    return Response(render_template("errors/page.html", **context), status, headers=aim)


def _refused(refusal: Exception) -> Response:
    db.session.rollback()
    said = words(refusal)
    return error_page(said.status, said.text)


def _http(error: HTTPException) -> Response:
    db.session.rollback()
    if error.code is None or error.code < 400:
        return Response(error.get_response())
    response = error_page(error.code)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _storage_fails(error: Exception) -> Response:
    """A locked or full disk, a database that went away: nothing was saved, and the page says so."""
    db.session.rollback()
    return error_page(503)


def _meanwhile(error: Exception) -> Response:
    """Two people, or two clicks, at the same instant: a constraint of the database let one of them through."""
    db.session.rollback()
    return error_page(409)


def init_errors(app: Flask) -> None:
    """Register a page for every refusal, every status, and for a database that can't be reached."""
    for refusal in WORDS:
        app.register_error_handler(refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _storage_fails)
    app.register_error_handler(IntegrityError, _meanwhile)

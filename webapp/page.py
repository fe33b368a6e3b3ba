"""How a view answers: a page or the part of it that htmx asked for, and one transaction for what it writes."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from webapp.extensions import db, house

P = ParamSpec("P")


def asks_for_part() -> bool:
    """Whether htmx asks, which takes an answer into the page that stands."""
    return request.headers.get("HX-Request") == "true"


def page(template: str, part: str | None = None, *, status: int = 200, **context: Any) -> Response:
    """Render a page, or only its part where htmx asks and a part is named.

    status: 422 where a form was refused; the page then keeps what was typed.
    """
    wanted = part if part and asks_for_part() else template
    response = make_response(render_template(wanted, **context), status)
    if part:
        response.vary.add("HX-Request")
    return response


def go(address: str) -> Response:
    """Send the browser on after a form was accepted (303, so that reloading repeats nothing)."""
    return redirect(address, 303)


def writes(view: Callable[P, Any]) -> Callable[P, Response]:
    """Run a view in one transaction: committed before the page goes out, or rolled back whole on a refusal."""

    @wraps(view)
    def in_one_transaction(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            response = make_response(view(*args, **kwargs))
        except BaseException:
            db.session.rollback()
            raise
        if response.status_code < 400:
            commit()
        else:
            db.session.rollback()
        return response

    return in_one_transaction


def commit() -> None:
    """Commit the request's transaction, then keep the audit chain's head outside the database."""
    db.session.commit()
    house().keep_head(db.session())

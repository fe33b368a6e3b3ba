"""The one gate that every request passes, by the table in `webapp/access.py`."""

import re

from flask import Flask, abort, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.signing_in import keep_alive, signed_in_account
from webapp.access import ACCESS
from webapp.actor import Actor, Nobody
from webapp.clock import clock
from webapp.extensions import db, login
from webapp.page import asks_for_part, go

# Open to an account that must change its first password before anything else.
BEFORE_NEW_PASSWORD = {"account.password", "account.password_post", "account.sign_out_post", "static"}

# Nobody types these into an address, and no page may repeat them.
UNREADABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")

ORIGIN = re.compile("^https?://[^/]*")

login.anonymous_user = Nobody


class MissingAccess(Exception):
    """An endpoint has no line in `webapp/access.py`, or a line names no endpoint."""


@login.user_loader  # type: ignore[untyped-decorator]
def _load(sign_in_id: str) -> Actor | None:
    account = signed_in_account(db.session(), sign_in_id, now=clock())
    if account is None:
        return None
    if request.method == "POST":
        keep_alive(db.session(), sign_in_id, now=clock())
    return Actor(account, sign_in_id)


def _enter() -> Response | None:
    if request.endpoint is None:
        return None
    gate = ACCESS[request.endpoint]
    if request.method == "POST" and request.is_json:
        abort(415)
    if any(UNREADABLE.search(text) for text in (request.path, *request.args.values())):
        abort(400)
    if gate.everybody:
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    if not gate.lets_in(current_user):
        abort(403)
    if current_user.account.must_change and request.endpoint not in BEFORE_NEW_PASSWORD:
        return go(url_for("account.password"))
    return None


def _to_sign_in() -> Response:
    """Lead to signing in and from there back to the page; where only a part was asked for, the whole page goes."""
    if asks_for_part():
        back = ORIGIN.sub("", request.headers.get("HX-Current-URL", "")).partition("?")[0]
        return Response(status=401, headers={"HX-Redirect": url_for("account.sign_in_page", next=back or None)})
    next_address = request.full_path.rstrip("?") if request.method == "GET" else None
    return go(url_for("account.sign_in_page", next=next_address))


def init_gate(app: Flask) -> None:
    """Put the gate before every view; raises MissingAccess where table and routes differ."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    if missing := endpoints - set(ACCESS):
        raise MissingAccess(f"webapp/access.py has no line for {sorted(missing)}")
    # Before the CSRF check, so that a stranger is sent to sign in rather than told of a token.
    app.before_request_funcs.setdefault(None, []).insert(1, _enter)

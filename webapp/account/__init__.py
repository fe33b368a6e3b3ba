"""Signing in and out, one's own password, and the way to one's desks."""

from flask import Blueprint, abort, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from accounts.making import account_named, set_password
from accounts.passwords import password_fits
from accounts.signing_in import check_password, sign_in, sign_out
from webapp.account.forms import PasswordForm, SignInForm
from webapp.account.next_address import safe_next
from webapp.actor import Actor
from webapp.clock import clock
from webapp.demonstration import may_switch, persons
from webapp.extensions import db
from webapp.page import commit, go, page, writes

account = Blueprint("account", __name__)

DESKS = {
    "office": "/office/",
    "auditor": "/audit/",
    "agency": "/agency/",
    "interviewer": "/agency/",
    "expert": "/expert/",
    "unit": "/unit/",
    "lead": "/lead/",
}


@account.get("/sign-in")
def sign_in_page() -> Response:
    """Show the form."""
    return page(
        "account/sign_in.html", form=SignInForm(), persons=persons(), next=safe_next(request.args.get("next"))
    )


@account.post("/sign-in")
def sign_in_post() -> Response:
    """Check username and password; a refusal is counted, so it is committed too."""
    form = SignInForm()
    if form.validate_on_submit():
        found = []
        passed = form.accepts_outside(
            lambda: found.append(check_password(db.session(), form.username.data, form.password.data, now=clock()))
        )
        if passed:
            return _begin(found[0].username, safe_next(request.args.get("next")))
        commit()
    return page("account/sign_in.html", status=422, form=form, persons=persons(), next="")


@account.post("/sign-in/as/<username>")
def switch(username: str) -> Response:
    """Sign in as one of the demonstration's persons; only there, and only on this machine."""
    if not may_switch(username):
        abort(404)
    return _begin(username, "")


def _begin(username: str, next_address: str) -> Response:
    if current_user.is_authenticated:
        sign_out(db.session(), current_user.sign_in_id)
    session.clear()
    found = account_named(db.session(), username)
    actor = Actor(found, sign_in(db.session(), found, now=clock()))
    login_user(actor)
    commit()
    return go(next_address or _first_desk(actor))


def _first_desk(actor: Actor) -> str:
    return DESKS[actor.roles[0]] if len(actor.roles) == 1 else url_for("account.desks")


@account.post("/sign-out")
@writes
def sign_out_post() -> Response:
    """End this sign-in."""
    sign_out(db.session(), current_user.sign_in_id)
    logout_user()
    session.clear()
    return go("/")


@account.get("/account/desks")
def desks() -> Response:
    """Choose among several desks."""
    return page("account/desks.html", desks={role: DESKS[role] for role in current_user.roles})


@account.get("/account/password")
def password() -> Response:
    """Show the form for a new password."""
    return page("account/password.html", form=PasswordForm())


@account.post("/account/password")
@writes
def password_post() -> Response:
    """Change one's own password, which ends every other sign-in."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return page("account/password.html", status=422, form=form)
    if not password_fits(current_user.account.password_hash, form.old.data or ""):
        form.refuse_old()
        return page("account/password.html", status=422, form=form)
    username = current_user.username
    if not form.accepts(
        set_password, db.session(), username, form.new.data, by=username, now=clock(), must_change=False
    ):
        return page("account/password.html", status=422, form=form)
    return _begin(username, "")
